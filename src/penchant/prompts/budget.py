"""Token budget: what a prompt may weigh, and which evidence stays when it weighs too much.

Instructions and the shape of the reply are never cut. Evidence is: texts come most telling first, so the last ones leave first.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

CountTokens = Callable[[str], int]
#: What a fence, a separator and a line number add around a text.
OVERHEAD = 4


def fit(rows: Sequence[Sequence[str]], room: int, count: CountTokens) -> list[tuple[str, ...]]:
    """As many texts of each row as fit into `room` tokens: every row's first, then every row's second, and so on.

    A row keeps its first text whatever the room, so that nothing asked about goes unseen; `batches` keeps that affordable.
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
    """`total` things in as few, evenly filled batches of at most `per_batch` as possible."""
    if total <= 0:
        return []
    number = -(-total // max(1, per_batch))
    bounds = [total * step // number for step in range(number + 1)]
    return [slice(start, end) for start, end in pairwise(bounds)]
