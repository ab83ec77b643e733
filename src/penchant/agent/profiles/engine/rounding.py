"""Shares as they are shown: whole millionths that add up exactly, so that children sum to their parent and siblings to one."""

import numpy as np

from penchant.arrays import Floats

WHOLE = 1_000_000


def millionths(shares: Floats, whole: int = WHOLE) -> list[int]:
    """Integers that sum to `whole`, in proportion to `shares` (n,), by largest remainder; ties go to the earlier row."""
    if len(shares) == 0:
        return []
    total = float(shares.sum())
    exact = shares / total * whole if total > 0 else np.full(len(shares), whole / len(shares))
    # Rounding first makes the last bits of a sum, which depend on the machine, unable to move a millionth.
    exact = np.round(exact, 3)
    floor = np.floor(exact).astype(np.int64)
    missing = whole - int(floor.sum())
    order = np.argsort(-(exact - floor), kind="stable")
    floor[order[: max(missing, 0)]] += 1
    for row in order[::-1]:
        if missing >= 0:
            break
        if floor[row] > 0:
            floor[row] -= 1
            missing += 1
    return [int(value) for value in floor]
