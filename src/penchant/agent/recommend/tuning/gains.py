"""Whether a change is better: nDCG of one choice, and how sure a mean difference is."""

import numpy as np
from numpy.typing import NDArray

from penchant.arrays import Floats

LIST_LENGTH = 10
BOOTSTRAPS = 1_000


def ndcg(scores: NDArray[np.floating], chosen: int) -> float:
    """nDCG@10 of a list sorted by `scores` (c,) with one relevant item: 1 / log2(rank + 1); equal scores by position."""
    above = int((scores > scores[chosen]).sum()) + int((scores[:chosen] == scores[chosen]).sum())
    return float(1.0 / np.log2(above + 2)) if above < LIST_LENGTH else 0.0


def interval(gains: Floats, random: np.random.Generator) -> tuple[float, float]:
    """95 % bootstrap interval of the mean of `gains` (n,)."""
    means = gains[random.integers(0, len(gains), (BOOTSTRAPS, len(gains)))].mean(1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def crossed(found: Floats, random: np.random.Generator) -> Floats:
    """Shape (n,): the gains of `found` (n choices, m options) if each half used the option that is best on the other half."""
    order = random.permutation(len(found))
    halves = (order[::2], order[1::2])
    gains = np.zeros(len(found))
    for learnt_on, measured_on in (halves, halves[::-1]):
        gains[measured_on] = found[measured_on, int(found[learnt_on].mean(0).argmax())]
    return gains
