"""Measure what a vote of users' themes for themes would add: python benchmarks/theme_signal.py FOLDER:PROTOCOL… [--users N] [--form F]

A user's behaviour by theme predicts themes, and a theme reaches all of its items, including new ones. It is not part of the product
(docs/evaluation.md says why): here it is added to the existing features as two more of them (fading with 20 and 5 of the user's steps);
weights and list rules are learnt, and lists measured, with and without it, as in `penchant eval`.

Forms, by how much an event in theme s says of theme t (an item of two themes counts by its shares), always learnt without the user:
`ease`  X (users, t): log(1 + how many different items of each theme a user has taken); B = I - P diag(P)⁻¹ with P = (XᵀX + λI)⁻¹, zero
        diagonal; V_st = B_st - Σ_r ρ_r B_rt (ρ: everybody's share of themes): what s says beyond what any event says. The user's row x
        is taken out exactly: P + Pxxᵀ P / (1 - xᵀPx) (Sherman & Morrison 1950).
`lift`  V_st = log((C_st + κ) / (C_s C_t / U + κ)), zero diagonal: C people who have taken something of s, of t, of both; U all people.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.recommend import ranking
from penchant.agent.recommend.behaviour_features import MIDDLE_STEPS, RECENT_STEPS
from penchant.agent.recommend.blocks import FEATURES, Block
from penchant.agent.recommend.event_rows import WrittenRows
from penchant.agent.recommend.factors import one_thread
from penchant.agent.recommend.features import blocks
from penchant.agent.recommend.interactions import Behaviour, ItemSpace, Rows, UserEvidence
from penchant.agent.recommend.models import DEFAULT_PENALTY, CurrentSignals, ItemModels
from penchant.agent.recommend.tuning import learning
from penchant.agent.recommend.user import User
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.arrays import Floats, Ints
from penchant.settings import LlmSettings, Settings
from penchant.tools.evaluation.evaluate import EvaluationSetting, learn_from, prepare
from penchant.tools.evaluation.metrics import accuracy, paired_bootstrap
from penchant.tools.evaluation.protocol import cases_of_users
from penchant.tools.evaluation.source import read
from penchant.tools.evaluation.systems import Penchant
from penchant.tools.evaluation.trees import Trees

PENALTY = 100.0
SMOOTHING = 20.0
EVENTS = 200
NAMES = {"themes": MIDDLE_STEPS, "themes_recent": RECENT_STEPS}
SYSTEMS: dict[str, dict[str, Any]] = {"penchant": {}, "penchant-flat": {"flat": True}}


@dataclass(frozen=True)
class ThemeTies:
    """Ties between themes. `placed` (n, t): the share of each theme in each item; `ties` (t, t): P or C; `taken` (t,):
    items chosen by all users; `people`: number of users.
    """

    placed: sparse.csr_matrix
    form: str
    ties: Floats
    taken: Floats
    people: int

    @classmethod
    def of(cls, placed: sparse.csr_matrix, form: str, behaviour: Behaviour) -> "ThemeTies":
        """Return the ties from the behaviour of all users."""
        counts = np.asarray((behaviour.matrix() @ placed).toarray(), np.float64)
        users = damped(counts, form)
        ties = users.T @ users
        ties = linalg.inv(ties + PENALTY * np.eye(len(ties))) if form == "ease" else ties
        return cls(placed, form, ties, counts.sum(0), int(counts.any(1).sum()))

    def rows(self, evidence: UserEvidence, until: float, candidates: Ints | None) -> Rows:
        """Return, shape (m, c), what each event says about each candidate (None: every item)."""
        taken = np.unique(evidence.items[evidence.at <= until])
        events = self.placed[evidence.items[:EVENTS]]
        own = np.asarray(self.placed[taken].sum(0), np.float64).ravel()
        votes = (self.ease if self.form == "ease" else self.lift)(np.unique(events.indices), own)
        about = self.placed if candidates is None else self.placed[candidates]
        return np.asarray((about @ (events @ votes).T).T, np.float32)

    def ease(self, themes: Ints, own: Floats) -> Floats:
        """Return V, shape (t, t), without the user who has chosen `own` (t,); only the rows of `themes` are filled."""
        x, others = damped(own, "ease"), np.maximum(self.taken - own, 0.0)
        pull = self.ties @ x
        scale = 1.0 / max(1.0 - float(x @ pull), 1e-6)
        diagonal = np.diag(self.ties) + scale * pull**2
        out = np.zeros_like(self.ties)
        out[themes] = -(self.ties[themes] + scale * np.outer(pull[themes], pull)) / diagonal
        out[themes, themes] = 0.0
        usual = others @ self.ties + scale * float(others @ pull) * pull
        out[themes] += (usual / diagonal - others) / max(float(others.sum()), 1.0)
        return out

    def lift(self, themes: Ints, own: Floats) -> Floats:
        """Return V of the form `lift`, shape (t, t), in the same way."""
        x = damped(own, "lift")
        each = np.diag(self.ties) - x
        both = self.ties[themes] - np.outer(x[themes], x)
        expected = np.outer(each[themes], each) / max(self.people - int(own.any()), 1)
        out = np.zeros_like(self.ties)
        out[themes] = np.log((both + SMOOTHING) / (expected + SMOOTHING))
        out[themes, themes] = 0.0
        return out


def damped(counts: Floats, form: str) -> Floats:
    """Return the damped counts of items by theme; for `lift` whether there is at least half an item."""
    return np.asarray(np.log1p(counts) if form == "ease" else counts >= 0.5, np.float64)


def placed_items(taxonomy: Taxonomy, space: ItemSpace) -> sparse.csr_matrix:
    """Return the share of each theme in each item, shape (n, t)."""
    rows, themes, shares = taxonomy.assignments(space.ids)
    return sparse.csr_matrix((shares, (rows, themes)), shape=(len(space), len(taxonomy.themes)), dtype=np.float32)


@contextmanager
def signal(placed: sparse.csr_matrix, form: str) -> Iterator[None]:
    """Add the vote of themes to the product's features, for all lists and all learning inside this context."""
    fit_without = ItemModels.fit

    def fit(space: ItemSpace, behaviour: Behaviour, penalty: float = DEFAULT_PENALTY) -> ItemModels:
        models = fit_without(space, behaviour, penalty)
        models.__dict__["ties"] = ThemeTies.of(placed, form, behaviour)
        return models

    def with_themes(
        models: ItemModels,
        moment: CurrentSignals,
        user: User,
        candidates: Ints | None,
        *,
        fading: bool = True,
        allowed: NDArray[np.bool_] | None = None,
    ) -> list[Block]:
        evidence = user.evidence
        own_weights = evidence.weights * np.append(user.active, True)[evidence.interests]
        found = blocks(models, moment, user, candidates, fading=fading, allowed=allowed)
        if not len(evidence):
            return found
        rows = models.__dict__["ties"].rows(evidence, models.until, candidates)
        n = len(rows)
        weights = np.stack([own_weights[:n] * 0.5 ** (evidence.steps[:n] / fade) for fade in NAMES.values()])
        return [
            *found,
            Block(tuple(NAMES), weights.astype(np.float32), WrittenRows(rows), evidence.interests[:n], np.arange(n)),
        ]

    with (
        patch.dict(FEATURES, dict.fromkeys(NAMES, "collaborative")),
        patch.object(ItemModels, "fit", fit),
        patch.object(ranking, "blocks", with_themes),
        patch.object(learning, "blocks", with_themes),
    ):
        yield


@dataclass(frozen=True)
class Found:
    """nDCG@10 by system and case, and the learnt weights."""

    ndcg: dict[str, Floats]
    beta: dict[str, float]


@one_thread
def measured(setting: EvaluationSetting) -> Found:
    """Learn weights before the split and measure lists after it."""
    tuned = learn_from(setting).tuned
    orders: dict[str, list[Ints]] = {name: [] for name in SYSTEMS}
    for part in setting.parts:
        world = setting.world(part)
        models = ItemModels.fit(world.space, world.behaviour, tuned.penalty)
        for name, options in SYSTEMS.items():
            system = Penchant(world, models, setting.interests, tuned, **options)
            orders[name] += [system.order(case, world.allowed(case)) for case in part.cases]
    truths = [case.chosen[0] for part in setting.parts for case in part.cases]
    return Found({name: accuracy(listed, truths)["ndcg@10"] for name, listed in orders.items()}, tuned.beta)


def main() -> None:
    """Print up to four rows for each data set: two systems, all choices and those of new items."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="FOLDER:PROTOCOL")
    parser.add_argument("--users", type=int, help="ask about so many users of each set")
    parser.add_argument("--form", choices=("ease", "lift"), default="ease")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        agent = InterestAgent.open(Settings(home=Path(home), llm=LlmSettings(provider="none")))
        for name in given.sets:
            show(name, read_setting(agent, name, given.users), given.form)


def read_setting(agent: InterestAgent, name: str, users: int | None) -> EvaluationSetting:
    """Return the evaluation that `penchant eval` makes."""
    folder, _, protocol = name.partition(":")
    setting = prepare(
        read(Path(folder), agent.embedder), agent.embedder, agent.event_weights,
        protocol=protocol or "global-time", share=0.8, progress=lambda *_: None,  # type: ignore[arg-type]
    )  # fmt: skip
    cases = [case for part in setting.parts for case in part.cases]
    asked = {(case.user, case.at) for case in cases_of_users(setting.log, cases, users)}
    parts = [
        replace(part, cases=tuple(case for case in part.cases if (case.user, case.at) in asked))
        for part in setting.parts
    ]
    return replace(setting, parts=tuple(part for part in parts if part.cases))


def show(name: str, setting: EvaluationSetting, form: str) -> None:
    """Print what the signal adds, for all choices and for those of items that nobody had touched."""
    assert isinstance(setting.interests, Trees)
    without = measured(setting)
    with signal(placed_items(setting.interests.taxonomy, setting.source.space), form):
        having = measured(setting)
    print(name, {feature: having.beta[feature] for feature in NAMES}, flush=True)
    known = setting.log.items[setting.parts[0].known]
    new = ~np.isin([case.chosen[0] for part in setting.parts for case in part.cases], known)
    for system in SYSTEMS:
        for what, some in (("all", np.ones(len(new), bool)), ("new items", new)):
            if some.any():
                row(f"{system}, {what}", having.ndcg[system][some], without.ndcg[system][some])


def row(title: str, having: Floats, without: Floats) -> None:
    """Print one line: number of choices, nDCG@10 without and with the signal, the difference and its p."""
    difference, p, _ = paired_bootstrap(having, without)
    print(
        f"{title:28s}{len(having):6,}{without.mean():9.4f}{having.mean():9.4f}{difference:+9.4f}  p {p:.3f}", flush=True
    )


if __name__ == "__main__":
    main()
