"""Drift: which interests rose or fell by more than chance explains.

The fast clock's share of an interest is compared with the slow clock's share of everything before it. If taste were steady, the fast mass
would be a sample of S events with the slow share: its standard deviation is at most √(S p (1 - p)), because decayed weights are at most 1.
A change counts where it is `DEVIATIONS` of these and at least a tenth of the whole, on two clocks, so that one busy day is not a new taste.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from penchant.agent.profiles.engine.dynamics import HALF_LIVES_DAYS
from penchant.arrays import Floats

DEVIATIONS = 4.0
LEAST_CHANGE = 0.1
LEAST_EVENTS = 5.0
FAST = [i for i, days in enumerate(HALF_LIVES_DAYS) if 0.5 <= days <= 14.0]
SMOOTHING = 1.0


def drift(attention: Floats) -> list[int]:
    """-1, 0 or 1 per interest: fell, steady, rose. `attention`: (n, H) masses at the moment of reading."""
    found = np.zeros(len(attention), dtype=int)
    for clock in FAST:
        found = np.where(found == 0, _against_slow(attention, clock), found)
    return [int(direction) for direction in found]


def _against_slow(attention: Floats, clock: int) -> Floats:
    count = len(attention)
    fast = attention[:, clock]
    before = np.maximum(attention[:, -1] - fast, 0.0)
    recent, past = float(fast.sum()), float(before.sum())
    if count == 0 or recent < LEAST_EVENTS or past < LEAST_EVENTS:
        return np.zeros(count)
    usual = (before + SMOOTHING / count) / (past + SMOOTHING)
    change = fast / recent - usual
    spread = np.sqrt(usual * (1.0 - usual) * (1.0 / recent + 1.0 / past))
    real = (np.abs(change) >= LEAST_CHANGE) & (np.abs(change) >= DEVIATIONS * spread)
    return np.asarray(np.where(real, np.sign(change), 0.0))


def directions(found: Sequence[int]) -> list[tuple[int, Literal["rose", "fell"]]]:
    """(row, `rose` or `fell`) of the interests that changed."""
    return [(row, "rose" if sign > 0 else "fell") for row, sign in enumerate(found) if sign]
