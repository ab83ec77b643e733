"""The evidence of one event: attention, liking and disliking. They are kept apart and never cancel each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    """The running mean of one user's ratings, on a scale guessed from the largest value so far (1, 5, 10 or 100).

    A four means less from a user who gives fives than from one who gives twos:

    >>> generous, strict = RatingScale(), RatingScale()
    >>> _ = generous.opinions(np.full(20, 5.0)), strict.opinions(np.array([5.0] + 20 * [2.0]))
    >>> round(generous.opinion(4.0), 2), round(strict.opinion(4.0), 2)
    (-0.3, 0.85)
    """

    count: int = 0
    total: float = 0.0
    largest: float = 0.0

    def opinion(self, value: float) -> float:
        """Return how far `value` is above or below this user's mean so far (-1 … 1), and add it to the mean."""
        return float(self.opinions(np.array([value]))[0])

    def opinions(self, values: Floats) -> Floats:
        """Apply `opinion` to one rating after the other: shape (n,).

        A 0 is no rating and no opinion, as ratings from 1 to 5 have it, unless this user's ratings so far are from 0 to 1.
        A 1 is the best from 0 to 1 and the worst elsewhere: it is no opinion as long as the user has given nothing else.
        """
        values = np.clip(values, -MAX_VALUE, MAX_VALUE)
        largest = np.maximum.accumulate(np.append(self.largest, np.abs(values)))[1:]
        rated = (values != 0.0) | ((largest > 0.0) & (largest <= SCALES[0]))
        total = np.cumsum(np.append(self.total, values))
        counted = np.cumsum(np.append(self.count, rated))
        tops = np.append(SCALES, np.inf)[np.searchsorted(SCALES, largest)]
        scale = np.where(np.isinf(tops), largest, tops)
        mean = (total[:-1] / scale + RATING_PRIOR_COUNT * RATING_PRIOR_MEAN) / (counted[:-1] + RATING_PRIOR_COUNT)
        is_clear = rated & ~((largest == SCALES[0]) & (total[1:] == counted[1:]))
        self.count, self.total, self.largest = int(counted[-1]), float(total[-1]), float(largest[-1])
        return np.asarray(np.where(is_clear, np.clip(RATING_GAIN * (values / scale - mean), -1.0, 1.0), 0.0))


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
