"""The next page of a list: nothing that stood on the pages before, even when the profile has changed between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from penchant.errors import NotFoundError
from penchant.store.recommendations import Recommendations

MAX_PAGES = 200


@dataclass(frozen=True)
class PagesBefore:
    """What stood on the pages before (item ids), and the rules that the first of them was asked with."""

    items: tuple[str, ...] = ()
    asked: Mapping[str, Any] | None = None


def pages_before(recommendations: Recommendations, user_id: str, recommendation_id: str) -> PagesBefore:
    """Walk back from a list of this user to its first page. Raises `NotFoundError` for a list that is not theirs."""
    items: dict[str, None] = {}
    asked, page = {}, recommendation_id
    for _ in range(MAX_PAGES):
        recommendation = recommendations.get(page)
        if recommendation.user_id != user_id:
            raise NotFoundError(f"no recommendation {page!r} of user {user_id!r}: name one that was given to them")
        items |= dict.fromkeys(row.item_id for row in recommendation.items)
        asked = recommendation.asked
        if recommendation.after is None:
            break
        page = recommendation.after
    return PagesBefore(tuple(items), asked)
