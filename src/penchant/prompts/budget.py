"""Token budgets: how long a prompt may be, and which evidence is kept if it is too long.

Instructions and the shape of the reply are never cut. Evidence is: texts come most informative first, so the last ones are dropped
first.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

CountTokens = Callable[[str], int]
#: Tokens that a fence, a separator and a line number add to a text.
OVERHEAD = 4


def fit(rows: Sequence[Sequence[str]], room: int, count: CountTokens) -> list[tuple[str, ...]]:
    """Return as many texts of each row as fit in `room` tokens: first every row's first text, then every row's second, and so on.

    Each row keeps its first text even if there is no room, so that every question has some evidence; `batches` keeps this affordable.
    """
    fitting: list[list[str]] = [list(row[:1]) for row in rows]
    room -= sum(count(text) + OVERHEAD for row in fitting for text in row)
    for rank in range(1, max(map(len, rows), default=0)):
        for row, chosen in zip(rows, fitting, strict=True):
            if rank >= len(row):
                continue
            cost = count(row[rank]) + OVERHEAD
            if cost > room:
                return [tuple(texts) for texts in fitting]
            chosen.append(row[rank])
            room -= cost
    return [tuple(texts) for texts in fitting]


def batches(total: int, per_batch: int) -> list[slice]:
    """Divide `total` things into as few batches of at most `per_batch` as possible, of nearly equal size."""
    if total <= 0:
        return []
    number = -(-total // max(1, per_batch))
    bounds = [total * step // number for step in range(number + 1)]
    return [slice(start, end) for start, end in pairwise(bounds)]
