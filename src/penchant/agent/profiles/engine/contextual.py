"""Interests by circumstance: hour band, weekday or weekend, device, place."""

from collections.abc import Mapping, Sequence

import numpy as np

from penchant.agent.profiles.engine.dynamics import Floats
from penchant.errors import UsageError
from penchant.store.event import Event

SHRINKAGE = 8.0
"""Evidence a circumstance needs before it counts as much as the overall interests do."""
_BANDS = ("night", "morning", "afternoon", "evening")
_DAYS = ("weekday", "weekend")
_NAMED = ("device", "place")
MAX_NAME = 40


def contexts(event: Event) -> tuple[str, ...]:
    """The circumstances of an event, such as `hour:evening`, `day:weekend`, `device:phone` (hours in UTC unless given)."""
    hour = event.context.get("hour", event.at.hour)
    hour = int(hour) % 24 if isinstance(hour, int | float) else event.at.hour
    day = "weekend" if event.at.weekday() >= 5 else "weekday"
    named = [f"{name}:{event.context[name]}"[:MAX_NAME] for name in _NAMED if event.context.get(name)]
    return (_band(hour), f"day:{day}", *named)


def circumstances(asked: Mapping[str, str]) -> tuple[str, ...]:
    """What is asked about: `hour` (0-23), `day` (`weekday` or `weekend`), `device`, `place`. Raises `UsageError`."""
    return tuple(_circumstance(name, str(value)) for name, value in asked.items())


def _circumstance(name: str, value: str) -> str:
    if name == "hour" and value.isdigit() and int(value) < 24:
        return _band(int(value))
    if name == "day" and value in _DAYS:
        return f"day:{value}"
    if name in _NAMED and value:
        return f"{name}:{value}"[:MAX_NAME]
    raise UsageError(
        f"{name}={value} is no circumstance: use hour=0 to 23, day=weekday or day=weekend, device=NAME or place=NAME"
    )


def _band(hour: int) -> str:
    return f"hour:{_BANDS[hour // 6]}"


def contextual(p: Floats, counts: Sequence[Mapping[str, float]], circumstances: Sequence[str]) -> Floats:
    """p_i(c) (n,): p shrunk towards by the evidence for each circumstance c, one after the other,

    p_i(c) = (n_ic + β p_i) / (Σ_j n_jc + β), β = 8 events. Sums to what `p` sums to.
    """
    for name in circumstances:
        seen = np.array([leaf.get(name, 0.0) for leaf in counts])
        p = (seen + SHRINKAGE * p) / (seen.sum() + SHRINKAGE) if p.sum() > 0 else p
    return p
