"""What a language model's view of a shortlist is worth: measured on choices that users really made, never assumed.

The view is one more summand of the score: weight × standardised view, over the first `JUDGED` candidates. The weight is the one with which
held-out choices stand higher in the list; where no weight does so with 95 % confidence it is 0, and the list stays as it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from penchant.agent.recommend.features import User
from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.tuning.gains import crossed, interval, ndcg
from penchant.arrays import Floats, Ints

JUDGED = 20
MULTIPLES = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
LEAST_JUDGED = 10
HOPE = 0.5


class Opinion(Protocol):
    """A language model's view of candidates, such as a listwise re-ranker's scores averaged over two orders."""

    @property
    def model(self) -> str:
        """Whose view it is: a weight holds for this model only."""
        ...

    def scores(self, user: User, models: ItemModels, items: Ints) -> Floats | None:
        """Shape (c,), in any unit, higher is better, for the items at positions `items` (c,) of `models.space`.

        None where the model failed, ran out of time or said too little: the order then stays untouched.
        """
        ...


@dataclass(frozen=True)
class Judged:
    """One past choice: `scores` (c,) of the shortlist without the model, `view` (c,) standardised, and the column that was `chosen`
    (-1: it was not on the shortlist, so no weight can move it)."""

    scores: Floats
    view: Floats
    chosen: int


@dataclass(frozen=True)
class Earned:
    """What a view has earned: `weight` in nats per standard deviation, and its gain in nDCG@10 with a 95 % interval, on `choices`."""

    weight: float
    gain: float
    interval: tuple[float, float]
    choices: int


def standardised(view: Floats) -> Floats:
    """Shape (c,): mean 0 and deviation 1 over the candidates; all zero where they are not told apart."""
    spread = float(view.std())
    return (
        np.zeros(len(view)) if not np.isfinite(spread) or spread < 1e-9 else np.asarray((view - view.mean()) / spread)
    )


def hopeless(standing: Sequence[float]) -> bool:
    """Whether asking on is a waste: after every `LEAST_JUDGED` choices, those chosen do not stand out in the view of the model.

    `standing`: the standardised view of what was chosen, choice by choice. Two of three models no better than chance end at the first look.
    """
    n = len(standing)
    return n > 0 and n % LEAST_JUDGED == 0 and float(np.mean(standing)) * np.sqrt(n) < HOPE


def earned(judged: Iterable[Judged], seed: int = 0) -> Earned:
    """The weight that lifts held-out choices, 0 where none surely does. Each half is measured with the weight found on the other."""
    known = list(judged)
    if sum(row.chosen >= 0 for row in known) < LEAST_JUDGED:
        return Earned(0.0, 0.0, (0.0, 0.0), len(known))
    random = np.random.default_rng(seed)
    unit = float(np.median([row.scores.std() for row in known]))
    found = np.array([[_gain(row, multiple * unit) for multiple in MULTIPLES] for row in known])
    gains = crossed(found, random)
    low, high = interval(gains, random)
    weight = MULTIPLES[int(found.mean(0).argmax())] * unit if low > 0 else 0.0
    return Earned(round(weight, 6), round(float(gains.mean()), 6), (round(low, 6), round(high, 6)), len(known))


def _gain(row: Judged, weight: float) -> float:
    """How much nDCG@10 changes when the view is added with this weight."""
    if row.chosen < 0:
        return 0.0
    return ndcg(row.scores + weight * row.view, row.chosen) - ndcg(row.scores, row.chosen)
