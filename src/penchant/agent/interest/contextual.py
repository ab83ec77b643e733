"""Interests by circumstance: hour band, weekday or weekend, device, place."""

from collections.abc import Mapping, Sequence

import numpy as np

from penchant.agent.interest.dynamics import Floats
from penchant.store.event import Event

SHRINKAGE = 8.0
"""Evidence a circumstance needs before it counts as much as the overall interests do."""
_BANDS = ("night", "morning", "afternoon", "evening")
_NAMED = ("device", "place")
MAX_NAME = 40


def contexts(event: Event) -> tuple[str, ...]:
    """The circumstances of an event, such as `hour:evening`, `day:weekend`, `device:phone` (hours in UTC unless given)."""
    hour = event.context.get("hour", event.at.hour)
    hour = int(hour) % 24 if isinstance(hour, int | float) else event.at.hour
    day = "weekend" if event.at.weekday() >= 5 else "weekday"
    named = [f"{name}:{event.context[name]}"[:MAX_NAME] for name in _NAMED if event.context.get(name)]
    return (f"hour:{_BANDS[hour // 6]}", f"day:{day}", *named)


def contextual(p: Floats, counts: Sequence[Mapping[str, float]], circumstances: Sequence[str]) -> Floats:
    """p_i(c) (n,): p shrunk towards by the evidence for each circumstance c, one after the other,

    p_i(c) = (n_ic + β p_i) / (Σ_j n_jc + β), β = 8 events. Sums to what `p` sums to.
    """
    for name in circumstances:
        seen = np.array([leaf.get(name, 0.0) for leaf in counts])
        p = (seen + SHRINKAGE * p) / (seen.sum() + SHRINKAGE) if p.sum() > 0 else p
    return p
