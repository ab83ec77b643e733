"""Interests by circumstance: hour band, weekday or weekend, device, place."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penchant.arrays import Floats
from penchant.errors import UsageError

SHRINKAGE = 8.0
"""Evidence a circumstance needs before it counts as much as the overall interests do."""
_BANDS = ("night", "morning", "afternoon", "evening")
_DAYS = ("weekday", "weekend")
_NAMED = ("device", "place")
FIXED = (*(f"hour:{band}" for band in _BANDS), *(f"day:{day}" for day in ("weekday", "weekend")))
GIFT = "gift:yes"
"""What was said to be for somebody else."""
MAX_NAME = 40


def fixed_contexts(at: Floats, contexts: Mapping[int, Mapping[str, Any]]) -> NDArray[np.int64]:
    """Columns (n, 2) of `FIXED` for events at these moments (Unix seconds): hour band and kind of day, in UTC; `contexts`: of rows that
    say their own `hour`."""
    days, seconds = np.divmod(at, 86_400.0)
    bands = (seconds // 21_600.0).astype(np.int64)
    for row, context in contexts.items():
        hour = context.get("hour")
        if isinstance(hour, int | float) and math.isfinite(hour):
            bands[row] = int(hour) % 24 // 6
    weekend = (days.astype(np.int64) + 3) % 7 >= 5
    return np.stack([bands, len(_BANDS) + weekend], axis=1)


def named_contexts(context: Mapping[str, Any]) -> tuple[str, ...]:
    """The circumstances of an event that have names, such as `device:phone`."""
    named = [f"{name}:{context[name]}"[:MAX_NAME] for name in _NAMED if context.get(name)]
    return (*named, GIFT) if context.get("gift") else tuple(named)


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
