"""How much one event says: for the interest it is about, and against it. The two are kept apart and never cancel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from penchant.store.event import Event, EventType

DWELL_HALF_SECONDS = 30.0
RATING_PRIOR_COUNT = 5.0
RATING_PRIOR_MEAN = 0.6
RATING_GAIN = 2.5
RATING_ATTENTION = 0.3
SCALES = (1.0, 5.0, 10.0, 100.0)


class Signal(NamedTuple):
    """Evidence of one event: `attention` ≥ 0 feeds the interest's mass; `liked` and `disliked` ≥ 0 feed its Beta posterior."""

    attention: float
    liked: float
    disliked: float


@dataclass
class RatingScale:
    """The user's own running mean of ratings, on a scale guessed from the largest value seen (1, 5, 10 or 100)."""

    count: int = 0
    total: float = 0.0
    largest: float = 0.0

    def opinion(self, value: float) -> float:
        """-1 … 1: how far above or below this user's mean so far; then counts the value in."""
        self.largest = max(self.largest, abs(value))
        scale = next((top for top in SCALES if self.largest <= top), self.largest)
        mean = (self.total / scale + RATING_PRIOR_COUNT * RATING_PRIOR_MEAN) / (self.count + RATING_PRIOR_COUNT)
        self.count += 1
        self.total += value
        return max(-1.0, min(1.0, RATING_GAIN * (value / scale - mean)))


def signal(event: Event, weights: Mapping[str, float], ratings: RatingScale) -> Signal:
    """The evidence of one event. A rating is centred on the user's own mean; a dwell saturates (half of it at 30 s)."""
    weight = weights.get(event.type, 0.0)
    if event.type == EventType.RATING and event.value is not None:
        opinion = ratings.opinion(event.value) * abs(weight)
        attention = RATING_ATTENTION * abs(weight) + (1.0 - RATING_ATTENTION) * max(opinion, 0.0)
        return Signal(attention, max(opinion, 0.0), max(-opinion, 0.0))
    if event.type == EventType.DWELL and event.value is not None:
        seconds = max(event.value, 0.0)
        weight *= seconds / (seconds + DWELL_HALF_SECONDS)
    return Signal(max(weight, 0.0), max(weight, 0.0), max(-weight, 0.0))
