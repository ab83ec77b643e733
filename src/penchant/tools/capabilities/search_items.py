"""Searches the catalogue."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from penchant.agent.chat.item_questions import is_named, price_and_stock
from penchant.agent.interest_agent import MAX_K, InterestAgent
from penchant.agent.recommend.explanations.why_not import gone
from penchant.agent.recommend.model_store import recommended_until
from penchant.errors import NotFoundError
from penchant.store.item import Item
from penchant.store.moments import zone_named
from penchant.tools.arguments import Input
from penchant.tools.registry import capability


class SearchItems(Input):
    """The query, the number of items and the domain."""

    query: str = Field(min_length=1, max_length=500, description="Words to search for.")
    k: int = Field(5, ge=1, le=MAX_K, description="Number of items.")
    domain: str | None = Field(None, max_length=128, description="Only this part of the catalogue.")


class FoundItem(BaseModel):
    """An item of the catalogue. `similarity`: cosine with the query, -1 to 1. `why`: why it is no longer available.
    `attributes`: price, currency and stock as the catalogue names them, only where a single item was found; else
    empty.
    """

    item_id: str
    title: str
    similarity: float
    categories: list[list[str]] = []
    domain: str | None = None
    url: str | None = None
    why: str | None = None
    attributes: dict[str, Any] = {}


class FoundItems(BaseModel):
    """The items found, most similar first. `not_read`: why only titles with the words of the query were looked for."""

    query: str
    items: list[FoundItem]
    not_read: str | None = None


def _brief(found: FoundItems) -> Mapping[str, Any]:
    shown = {"item_id", "title", "why", "attributes"}
    items = [item.model_dump(include=shown, exclude_none=True, exclude_defaults=True) for item in found.items]
    return {"items": items} | ({"not_read": found.not_read} if found.not_read else {})


SEARCHED_BY_NAME = 20
"""How many items are searched for the named one where only one is wanted and it is not available."""


def _hits_with_named_title(query: str, hits: list[tuple[Item, float]]) -> list[tuple[Item, float]]:
    """Return the hits whose titles the query names."""
    return [(item, similarity) for item, similarity in hits if is_named(query, item.title)]


@capability(title="Search the catalogue", brief=_brief, read_only=True)
def search_items(agent: InterestAgent, arguments: SearchItems) -> FoundItems:
    """The items of the catalogue nearest in meaning to a query, whoever asks.

    Use it when the user looks for something particular, or to find the id of an item they name. For suggestions that fit the person, use
    recommend_items.
    """
    hits = _hits(agent, arguments)
    not_read = agent.unread_query(arguments.query)
    if arguments.domain and not hits and not_read is None:
        raise NotFoundError(f"domain {arguments.domain!r} has no items: leave domain out to look everywhere")
    reasons = _why_unavailable(agent, [item for item, _ in hits])
    items = [
        FoundItem(
            item_id=item.item_id,
            title=item.title,
            similarity=round(similarity, 4),
            categories=[list(path) for path in item.categories],
            domain=item.domain,
            url=item.url,
            why=reasons.get(item.item_id),
            attributes=price_and_stock(item.attributes) if len(hits) == 1 else {},
        )
        for item, similarity in hits
    ]
    return FoundItems(query=arguments.query, items=items, not_read=not_read)


def _hits(agent: InterestAgent, arguments: SearchItems) -> list[tuple[Item, float]]:
    """Return the items nearest to the query, with their similarity; where one is asked for, rather the item that the query names."""
    query, domain = arguments.query, arguments.domain
    hits = agent.search_items(query, arguments.k, domain, available_only=True)
    if arguments.k > 1 or _hits_with_named_title(query, hits):
        return hits
    return _hits_with_named_title(query, agent.search_items(query, SEARCHED_BY_NAME, domain))[:1] or hits


def _why_unavailable(agent: InterestAgent, items: Sequence[Item]) -> dict[str, str]:
    """Return, by item id, why some of these items are not available."""
    now, lang, zone = agent.clock.now(), agent.settings.lang, zone_named(agent.settings.zone)
    ended = [item for item in items if not item.is_available(now)]
    withdrawn = agent.withdrawn_items([item.item_id for item in ended]) if ended else {}
    states = {item.item_id: withdrawn.get(item.item_id, "") for item in ended}
    return {item.item_id: gone(lang, recommended_until(item), zone, states[item.item_id]) for item in ended}
