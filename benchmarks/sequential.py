"""Compare lists with a sequential neural baseline: python benchmarks/sequential.py FOLDER [--protocol P] [--candidates
FILE] [--users N]

`sasrec` is a transformer over the newest 50 events of a user (Kang, McAuley, "Self-attentive sequential
recommendation", ICDM 2018) of width 50, trained with a sampled softmax over 256 items (as in gSASRec and eSASRec,
because one negative per event is a weaker baseline). Layers, dropout and steps are chosen on the validation part,
like the settings of every baseline; `penchant eval` measures. It needs PyTorch, which is not part of any extra: pip
install torch.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from penchant.agent.interest_agent import InterestAgent
from penchant.settings import LlmSettings, Settings
from penchant.tools.evaluation.baselines import GRID, Baseline
from penchant.tools.evaluation.evaluate import evaluate
from penchant.tools.evaluation.protocol import Case
from penchant.tools.evaluation.report import EvalReport
from penchant.tools.evaluation.systems import World

WIDTH, LENGTH, NEGATIVES, RATE = 50, 50, 256, 2e-3
POSITIONS = 4_000
"""Events per batch: few long histories or many short ones."""
SETTINGS = {
    f"{layers} layer, dropout {dropout}, {steps:,} steps": (layers, dropout, steps)
    for layers, dropout, steps in ((1, 0.2, 1_000), (1, 0.2, 3_000), (2, 0.5, 3_000))
}
BESIDE = "penchant,popularity,recent-popularity,itemknn,ease"


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--protocol", default="leave-last-out", choices=["leave-last-out", "global-time", "stream"])
    parser.add_argument("--candidates", type=Path)
    parser.add_argument("--users", type=int)
    parser.add_argument("--systems", default=BESIDE, help="what else is measured, divided by commas")
    given = parser.parse_args()
    GRID["sasrec"] = (sasrec, tuple(SETTINGS))
    with tempfile.TemporaryDirectory() as home:
        agent = InterestAgent.open(Settings(home=Path(home), llm=LlmSettings(provider="none")))
        report = evaluate(
            given.folder,
            agent.embedder,
            agent.event_weights,
            protocol=given.protocol,
            candidates_file=given.candidates,
            users=given.users,
            systems=[*given.systems.split(","), "sasrec"],
        )
    show(report)


def show(report: EvalReport) -> None:
    """Print every system, the best first."""
    print(f"{report.dataset}, {report.protocol}: {report.n_users:,} users, {report.n_choices:,} choices")
    for name, system in sorted(report.systems.items(), key=lambda row: -row[1].ndcg_10):
        beside = report.significance.get(name)
        compared = f"ratio {beside.ratio or 0:5.2f}  p {beside.p:.3f}" if beside else " " * 20
        of_new = f"  new items {report.new_items.ndcg_10[name]:.4f}" if report.new_items else ""
        print(f"  {name:20s} nDCG@10 {system.ndcg_10:.4f}  {compared}{of_new}  {system.setting}")


class Transformer(nn.Module):  # type: ignore[misc]
    """A transformer from a history of items to states that predict the next item; item 0 is padding."""

    def __init__(self, n_items: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.items = nn.Embedding(n_items + 1, WIDTH, padding_idx=0)
        self.places = nn.Embedding(LENGTH, WIDTH)
        nn.init.normal_(self.items.weight, std=0.05)
        nn.init.normal_(self.places.weight, std=0.05)
        layer = nn.TransformerEncoderLayer(WIDTH, 1, WIDTH * 4, dropout, "gelu", batch_first=True, norm_first=True)
        self.layers = nn.TransformerEncoder(layer, layers, nn.LayerNorm(WIDTH), enable_nested_tensor=False)
        self.dropout = nn.Dropout(dropout)

    def forward(self, histories: Tensor) -> Tensor:
        """Return states, shape (b, length, width), from items (b, length)."""
        length = histories.shape[1]
        seen = self.dropout(self.items(histories) + self.places.weight[:length])
        later = torch.triu(torch.ones(length, length, dtype=torch.bool), 1)
        return torch.as_tensor(self.layers(seen, mask=later))


def sasrec(world: World, setting: str) -> Baseline:
    """Train on the known part and return a baseline; it uses the user's own events up to the case."""
    torch.manual_seed(7)
    layers, dropout, steps = SETTINGS[setting]
    sequences = _sequences(world)
    model = Transformer(len(world.space), layers, dropout)
    optimiser = torch.optim.Adam(model.parameters(), RATE, betas=(0.9, 0.98))
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, steps, pct_start=0.1)
    model.train()
    for batch in _batches(sequences, steps):
        loss = _loss(model, torch.from_numpy(batch))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        pace.step()
    model.eval()
    table = model.items.weight[1:].detach().numpy()

    def scores(case: Case) -> NDArray[np.floating[Any]]:
        rows = world.part.history(world.log, case)
        taken = world.log.items[rows[world.log.chosen[rows]]][:LENGTH][::-1] + 1
        if not len(taken):
            return np.zeros(len(world.space))
        with torch.no_grad():
            state = model(torch.from_numpy(taken.copy())[None])[0, -1].numpy()
        return np.asarray(table @ state)

    return Baseline(scores)


def _sequences(world: World) -> NDArray[np.int64]:
    """Return windows of every known history in order, shape (s, length + 1), cut from its end; padded with 0 at the end."""
    known = world.behaviour
    order = np.argsort(known.users, kind="stable")
    bounds = np.searchsorted(known.users[order], np.arange(known.n_users + 1))
    windows = []
    for user in range(known.n_users):
        taken = known.items[order[bounds[user] : bounds[user + 1]]] + 1
        for end in range(len(taken), 1, -LENGTH):
            window = taken[max(end - LENGTH - 1, 0) : end]
            windows.append(np.pad(window, (0, LENGTH + 1 - len(window))))
    found = np.stack(windows)
    return found[:, : int((found > 0).sum(1).max())]


def _batches(sequences: NDArray[np.int64], steps: int) -> Iterator[NDArray[np.int64]]:
    random = np.random.default_rng(7)
    size = POSITIONS // sequences.shape[1]
    for _ in range(steps):
        yield sequences[random.integers(len(sequences), size=size)]


def _loss(model: Transformer, batch: Tensor) -> Tensor:
    """Return the cross entropy of the next item among itself and `NEGATIVES` others, which are the same for the whole
    batch.
    """
    known = batch[:, 1:] > 0
    states, targets = model(batch[:, :-1])[known], batch[:, 1:][known]
    others = torch.randint(1, model.items.num_embeddings, (NEGATIVES,))
    true = (states * model.items(targets)).sum(1, keepdim=True)
    false = states @ model.items(others).T
    false = false.masked_fill(targets[:, None] == others[None, :], -1e9)
    logits = torch.cat([true, false], 1)
    return nn.functional.cross_entropy(logits, torch.zeros(len(logits), dtype=torch.long))


if __name__ == "__main__":
    main()
