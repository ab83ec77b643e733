"""Measure the value of a language model's opinion on held-out users: python benchmarks/llm_gate.py [--model FILE.gguf]
[--asks 20]

The model may change a list by the weight it has earned on choices before the split. Before it was measured, a capable
model has a cautious weight, for users about whom little is known. Lists must not become worse either way. An oracle
that knows the next choice is measured too: it must earn a weight and improve the lists. The model is asked only where
its answer matters: where the next choice is among the candidates it sees.
"""

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import numpy as np

from penchant.agent.llm.factory import open_model
from penchant.agent.recommend.llm_rerank import LlmReranker, cautious_weight
from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.ranking import Ranking
from penchant.agent.recommend.tuning.setting import JUDGED, Opinion, Tuned, standardised
from penchant.agent.recommend.user import User
from penchant.arrays import Floats, Ints
from penchant.settings import Settings
from penchant.store.embedders import CachedEmbedder, open_embedder
from penchant.store.event import DEFAULT_WEIGHTS
from penchant.tools.evaluation.evaluate import EvaluationSetting, learn_from, prepare
from penchant.tools.evaluation.protocol import Case, sample
from penchant.tools.evaluation.source import read
from penchant.tools.evaluation.systems import Penchant

SAMPLE = Path(str(resources.files("penchant") / "data" / "sample"))


@dataclass
class CachedOpinion:
    """An opinion with a cache: each list is asked about once."""

    opinion: Opinion
    answers: dict[tuple[str, float, bytes], Floats | None] = field(default_factory=dict)

    @property
    def model(self) -> str:
        return self.opinion.model

    def scores(self, user: User, models: ItemModels, items: Ints) -> Floats | None:
        asked = (user.live.user_id, user.at, items.tobytes())
        if asked not in self.answers:
            self.answers[asked] = self.opinion.scores(user, models, items)
            print(f"\r  asked {len(self.answers)} times", end="", flush=True)
        return self.answers[asked]


@dataclass
class Oracle:
    """An opinion that knows everybody's later choices."""

    setting: EvaluationSetting
    model: str = "oracle"

    def scores(self, user: User, models: ItemModels, items: Ints) -> Floats | None:
        log = self.setting.log
        mine = (log.users == log.user_ids.index(user.live.user_id)) & (log.at >= user.at)
        return np.isin(items, log.items[mine]).astype(np.float64)


def main() -> None:
    """Print nDCG@10 without the model, with its weight before it was measured, and with the weight it has earned."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", help="a GGUF file (by default the embedded model)")
    parser.add_argument(
        "--data", type=Path, default=SAMPLE, help="a folder with items and events (by default the bundled sample)"
    )
    parser.add_argument("--protocol", choices=("global-time", "leave-last-out"), default="global-time")
    parser.add_argument("--asks", type=int, default=20, help="ask about so many lists of held-out users")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        llm = {"provider": "local", "model": options.model, "timeout_seconds": 600}
        settings = Settings.load(home=Path(folder), llm=llm, recommend={"llm_seconds": 600})
        model = open_model(settings)
        assert model is not None
        setting = opened(settings, options.data, options.protocol)
        for opinion in (CachedOpinion(LlmReranker(model, settings)), Oracle(setting)):
            report(setting, opinion, options.asks, capable=model.profile.tier == "name")


def opened(settings: Settings, data: Path, protocol: str) -> EvaluationSetting:
    """Return the evaluation that `penchant eval` makes of this folder."""
    embedder = CachedEmbedder(open_embedder(settings), settings.home / "vectors.db")
    source = read(data, embedder)
    quiet: Callable[[str, int, int], None] = lambda what, done, total: None  # noqa: E731
    return prepare(source, embedder, DEFAULT_WEIGHTS, protocol=protocol, share=0.5, progress=quiet)  # type: ignore[arg-type]


def report(setting: EvaluationSetting, opinion: Opinion, asks: int, *, capable: bool) -> None:
    """Print one line for each way of weighing."""
    print(opinion.model)
    tuned = learn_from(EvaluationSetting(**vars(setting) | {"opinion": opinion})).tuned
    assert tuned.llm is not None
    low, high = tuned.llm.interval
    print(
        f"\r  earned weight {tuned.llm.weight:.4f} on {tuned.llm.choices} choices before the split "
        f"(gain in nDCG@10 {tuned.llm.gain:+.4f}, 95 % {low:+.4f} … {high:+.4f})"
    )
    results = held_out(setting, tuned, opinion, asks)
    ways: dict[str, Callable[[Ranking], float]] = {
        "with what it has earned": lambda ranking: tuned.llm.weight if tuned.llm else 0.0
    }
    if capable and isinstance(opinion, CachedOpinion):
        ways = {"before it was measured": cautious_weight} | ways
    without = float(np.mean([ndcg(ranking, case) for case, ranking, _ in results]))
    print(f"\r  {len(results)} held-out users: nDCG@10 without {without:.4f}")
    for name, weight in ways.items():
        found = float(np.mean([ndcg(moved(ranking, view, weight(ranking)), case) for case, ranking, view in results]))
        thin = sum(weight(ranking) > 0 for _, ranking, _ in results)
        print(f"    {name:24s} {found:.4f}  {100 * (found / without - 1):+.2f} %   ({thin} users with a weight)")


def held_out(
    setting: EvaluationSetting, tuned: Tuned, opinion: Opinion, asks: int
) -> list[tuple[Case, Ranking, Floats | None]]:
    """Return cases with the list by rules, and with the model's opinion where it matters, until `asks` opinions were
    asked for.
    """
    world = setting.world(setting.asked)
    models = ItemModels.fit(setting.source.space, world.behaviour, tuned.penalty)
    system, results, asked = Penchant(world, models, setting.interests, tuned), [], 0
    for case in sample(setting.log, setting.asked.cases, len(setting.asked.cases) - 1):
        ranking = system.ranking(case, world.allowed(case))
        matters = case.chosen[0] in ranking.order[:JUDGED]
        if matters and asked == asks:
            break
        asked += matters
        results.append(
            (case, ranking, opinion.scores(ranking.user, models, ranking.order[:JUDGED]) if matters else None)
        )
    return results


def moved(ranking: Ranking, view: Floats | None, weight: float) -> Ranking:
    """Return the list with the opinion added."""
    if view is None or not weight:
        return ranking
    return ranking.with_model_view(ranking.order[:JUDGED], standardised(view), weight)


def ndcg(ranking: Ranking, case: Case) -> float:
    """Return nDCG@10 of the one item that was chosen."""
    at = np.flatnonzero(ranking.order[:10] == case.chosen[0])
    return float(1 / np.log2(at[0] + 2)) if len(at) else 0.0


if __name__ == "__main__":
    main()
