"""Fitting the ranking to what users chose next in the tenant's own past, and keeping it only where held-out choices agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.behaviour import Floats, Ints
from penchant.agent.recommend.fit import Example, fit, thin
from penchant.agent.recommend.list_rules import ListRules
from penchant.agent.recommend.models import ItemModels, Moment
from penchant.agent.recommend.ranker import Pool, rank
from penchant.agent.recommend.signals import FEATURES, User, blocks, features
from penchant.agent.recommend.tuned import Tuned

LIST_LENGTH = 10
LIST_CHOICES = 300
BOOTSTRAPS = 1_000
RULE_GRID = [
    ListRules(calibration=c, diversity=d, cap=cap)
    for c, d, cap in product((0.0, 0.05, 0.2), (0.0, 0.05, 0.2), (0.6, 1.0))
]


@dataclass(frozen=True)
class Choice:
    """A past moment: what a user, known up to then, took next. `allowed` (n,): what could have been listed; `chosen`: positions."""

    models: ItemModels
    moment: Moment
    user: User
    allowed: NDArray[np.bool_]
    chosen: Ints


@dataclass(frozen=True)
class Learnt:
    """A new setting and what it brought: `gains` (choices,) differences of nDCG@10 on choices it was not fitted to."""

    tuned: Tuned
    gains: Floats


def learn(choices: Iterable[Choice], before: Tuned, seed: int = 0) -> Learnt:
    """Fit weights and list rules to `choices`; the setting `before` stays in force unless the gain is above zero with 95 % confidence."""
    random = np.random.default_rng(seed)
    sample: list[Choice] = []
    examples: list[Example] = []
    for choice in choices:
        example = _example(choice, random)
        if example is not None:
            examples.append(example)
            sample.append(choice)
    if len(examples) < 2 * LIST_LENGTH:
        return Learnt(before, np.zeros(0))
    gains = _crossed_gains(examples, before.beta, random)
    low, high = _interval(gains, random)
    better = low > 0
    beta = fit(examples, before.beta) if better else dict(before.beta)
    rules = _best_rules(sample[:: max(1, len(sample) // LIST_CHOICES)], beta, before.rules)
    return Learnt(
        before.model_copy(
            update={
                "beta": beta,
                "rules": rules,
                "choices": len(examples),
                "gain": round(float(gains.mean()), 6) if better else 0.0,
                "interval": (round(low, 6), round(high, 6)),
                "kept": not better,
            }
        ),
        gains,
    )


def ndcg(scores: NDArray[np.floating], chosen: Ints) -> float:
    """nDCG@10 of a list sorted by `scores`, for the first of `chosen` alone: one relevant item, 1 / log2(rank + 1)."""
    above = int((scores > scores[chosen[0]]).sum()) + int((scores[: chosen[0]] == scores[chosen[0]]).sum())
    return float(1.0 / np.log2(above + 2)) if above < LIST_LENGTH else 0.0


def _example(choice: Choice, random: np.random.Generator) -> Example | None:
    built = blocks(choice.models, choice.moment, choice.user, None)
    _, values = features(built, len(choice.models.space))
    return thin(values, choice.allowed, choice.chosen, random)


def _crossed_gains(examples: Sequence[Example], before: Mapping[str, float], random: np.random.Generator) -> Floats:
    """Each half is measured with weights fitted to the other."""
    order = random.permutation(len(examples))
    halves = (order[::2], order[1::2])
    gains = np.zeros(len(examples))
    old = _vector(before)
    for learnt_on, measured_on in (halves, halves[::-1]):
        new = _vector(fit([examples[row] for row in learnt_on], before))
        for row in measured_on:
            example = examples[row]
            gains[row] = _mean_ndcg(new, example) - _mean_ndcg(old, example)
    return gains


def _mean_ndcg(beta: NDArray[np.float32], example: Example) -> float:
    scores = beta @ example.values
    return float(
        np.mean([ndcg(scores, example.chosen[i : i + 1]) for i in range(min(len(example.chosen), LIST_LENGTH))])
    )


def _vector(beta: Mapping[str, float]) -> NDArray[np.float32]:
    return np.array([beta.get(name, 0.0) for name in FEATURES], np.float32)


def _interval(gains: Floats, random: np.random.Generator) -> tuple[float, float]:
    """95 % bootstrap interval of the mean."""
    means = [float(random.choice(gains, len(gains)).mean()) for _ in range(BOOTSTRAPS)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def _best_rules(sample: Sequence[Choice], beta: Mapping[str, float], before: ListRules) -> ListRules:
    """The rules of the grid with the best nDCG@10; the ones in force win ties."""
    grid = [before, *(rules for rules in RULE_GRID if rules != before)]
    totals = np.zeros(len(grid))
    for choice in sample:
        ranking = rank(
            choice.models,
            choice.moment,
            choice.user,
            Pool(None, choice.allowed),
            beta=beta,
            rules=before,
            k=LIST_LENGTH,
        )
        for row, rules in enumerate(grid):
            order = ranking.rearranged(rules)
            found = np.flatnonzero(np.isin(order[:LIST_LENGTH], choice.chosen))
            totals[row] += float((1.0 / np.log2(found + 2)).sum())
    return grid[int(np.argmax(totals))]
