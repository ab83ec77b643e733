"""Whether an item is what a query asks for: what the reasons of a list for a query rest on."""

from collections.abc import Container

import numpy as np

from penchant.agent.recommend.interactions import ItemSpace
from penchant.agent.recommend.strict_statements import mentions
from penchant.agent.recommend.user import User
from penchant.agent.statements.subjects import within
from penchant.characters import has_han, simplified

NEAREST = 5
"""How many in a hundred items are called the nearest to a query; at least as many, but no more than a quarter of all."""


def answers(user: User, space: ItemSpace, item: int) -> bool:
    """Return whether the item at a position of the space is like the query, compared with how alike items usually are, or has words of a
    query that the embedder cannot read, or names what was asked for, or is in a category that the query names: in a small catalogue of
    like things each is more like the others than like any query. In a catalogue without what was asked for, the query still adds
    something to every item.
    """
    return user.is_asking and (
        _is_like(user, space, item) or any(_names(user.wish, label) for label in space.distinctive_labels(item))
    )


def _is_like(user: User, space: ItemSpace, item: int) -> bool:
    if user.named_by_query is not None:
        return bool(user.named_by_query[item] > 0)
    cosine = float(space.vectors[item] @ user.query)
    return cosine > space.answering_likeness or mentions(user.wish, space, item)


def _names(wish: str, label: str) -> bool:
    """Return whether a wish contains the name of a category, in any form or in the other language: "a history book" names 历史."""
    return within(wish, label) or (has_han(label) and simplified(label) in simplified(wish))


def nearest_to_query(user: User, space: ItemSpace) -> Container[int]:
    """Return the positions of the items nearest to the query; none without a query that the embedder reads."""
    count = min(max(NEAREST, len(space) * NEAREST // 100), len(space) // 4)
    if user.query is None or not count:
        return ()
    return frozenset(np.argpartition(-(space.vectors @ user.query), count - 1)[:count].tolist())
