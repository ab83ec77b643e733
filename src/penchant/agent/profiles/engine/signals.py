"""The evidence of one event: attention, liking and disliking. They are kept apart and never cancel each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from penchant.arrays import Floats
from penchant.store.event import EventType

DWELL_HALF_SECONDS = 30.0
RATING_PRIOR_COUNT = 5.0
RATING_PRIOR_MEAN = 0.6
RATING_GAIN = 2.5
RATING_ATTENTION = 0.3
SCALES = (1.0, 5.0, 10.0, 100.0)
MAX_VALUE = 1e6
"""Larger ratings and dwell times count as this."""
ATTENTION, LIKED, DISLIKED = range(3)


@dataclass
class RatingScale:
    """The running mean of one user's ratings, on a scale guessed from the largest of all of them (1, 5, 10 or 100).

    A four means less from a user who gives fives than from one who gives twos:

    >>> generous, strict = RatingScale(), RatingScale()
    >>> _ = generous.opinions(np.full(20, 5.0)), strict.opinions(np.array([5.0] + 20 * [2.0]))
    >>> round(generous.opinion(4.0), 2), round(strict.opinion(4.0), 2)
    (-0.3, 0.85)

    `others`: whether any rating, a 0 included, is not 1. A later rating may show another scale (`shows_another_scale`): then all opinions
    so far have to be formed again.
    """

    count: int = 0
    total: float = 0.0
    largest: float = 0.0
    others: bool = False

    @classmethod
    def of(cls, values: Floats) -> "RatingScale":
        """Return the scale of these ratings, with none of them in the mean yet."""
        return cls()._with(values)

    @property
    def top(self) -> float | None:
        """The best rating; None if that is open: there is none but 0, or none but 1, the best of 0 to 1 and the worst of 1 to 5."""
        if self.largest == 0.0 or (self.largest == SCALES[0] and not self.others):
            return None
        return next((top for top in SCALES if self.largest <= top), self.largest)

    def shows_another_scale(self, values: Floats) -> bool:
        """Return whether these further ratings show that the earlier ones are on another scale than they seemed to be."""
        return (self.count > 0 or self.others) and self._with(values).top != self.top

    def opinion(self, value: float) -> float:
        """Return how far `value` is above or below this user's mean so far (-1 … 1), and add it to the mean."""
        return float(self.opinions(np.array([value]))[0])

    def opinions(self, values: Floats) -> Floats:
        """Apply `opinion` to one rating after the other, on the scale that all of them show together: shape (n,).

        A 0 is no rating and no opinion, as ratings from 1 to 5 have it, unless this user's ratings are from 0 to 1.
        """
        values = np.clip(values, -MAX_VALUE, MAX_VALUE)
        after = self._with(values)
        self.largest, self.others = after.largest, after.others
        rated = (values != 0.0) | (after.top == SCALES[0])
        total, counted = np.cumsum(np.append(self.total, values)), np.cumsum(np.append(self.count, rated))
        self.count, self.total = int(counted[-1]), float(total[-1])
        if after.top is None:
            return np.zeros(len(values))
        mean = (total[:-1] / after.top + RATING_PRIOR_COUNT * RATING_PRIOR_MEAN) / (counted[:-1] + RATING_PRIOR_COUNT)
        opinion = np.clip(RATING_GAIN * (values / after.top - mean), -1.0, 1.0)
        return np.asarray(np.where(rated, opinion, 0.0))

    def _with(self, values: Floats) -> "RatingScale":
        largest = float(np.abs(np.clip(values, -MAX_VALUE, MAX_VALUE)).max(initial=self.largest))
        return replace(self, largest=largest, others=self.others or bool((values != SCALES[0]).any()))


def signals(types: Sequence[str], value: Floats, weights: Mapping[str, float], ratings: RatingScale) -> Floats:
    """Return the evidence of one user's events in canonical order: shape (n, 3), attention, liked and disliked, none below 0.

    A rating is relative to the user's own mean (a missing value is no rating); dwell time saturates (half its weight at 30 s).
    """
    known = {name: weights.get(name, 0.0) for name in set(types)}
    weight = np.fromiter(map(known.__getitem__, types), np.float64, len(types))
    if EventType.DWELL in known:
        weight = np.where(_are(types, EventType.DWELL) & ~np.isnan(value), weight * _saturated(value), weight)
    weighted = np.stack([np.maximum(weight, 0.0), np.maximum(weight, 0.0), np.maximum(-weight, 0.0)], axis=1)
    if EventType.RATING in known:
        _rate(weighted, _are(types, EventType.RATING), value, abs(known[EventType.RATING]), ratings)
    return weighted


def _rate(weighted: Floats, rating: NDArray[np.bool_], value: Floats, weight: float, ratings: RatingScale) -> None:
    """Replace the evidence of the rows that are ratings by the opinion that each rating expresses."""
    weighted[rating] = (RATING_ATTENTION * weight, 0.0, 0.0)
    rated = np.flatnonzero(rating & ~np.isnan(value))
    if not len(rated):
        return
    opinion = ratings.opinions(value[rated]) * weight
    up = np.maximum(opinion, 0.0)
    weighted[rated, ATTENTION] += (1.0 - RATING_ATTENTION) * up
    weighted[rated, LIKED], weighted[rated, DISLIKED] = up, np.maximum(-opinion, 0.0)


def _are(types: Sequence[str], wanted: str) -> NDArray[np.bool_]:
    return np.fromiter((name == wanted for name in types), np.bool_, len(types))


def _saturated(value: Floats) -> Floats:
    seconds = np.clip(np.nan_to_num(value), 0.0, MAX_VALUE)
    return np.asarray(seconds / (seconds + DWELL_HALF_SECONDS))
