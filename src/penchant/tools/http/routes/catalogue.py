"""Items: added, read, changed, removed, searched."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator, BaseModel, Field

from penchant.agent.interest_agent import MAX_K
from penchant.errors import NotFoundError
from penchant.store.item import Item
from penchant.store.receipt import Degraded
from penchant.store.recommendation import ItemList
from penchant.tools.http.access import caller_with
from penchant.tools.http.bodies import ItemChange, ItemsBody, Page
from penchant.tools.http.context import Agent, ItemId, Lang
from penchant.tools.http.paging import UNKNOWN_CURSOR, Cursor, Limit, decoded, page
from penchant.tools.http.problems import ProblemError
from penchant.tools.http.routes_for_commands import for_callers

router = APIRouter(prefix="/v1/items", tags=["catalogue"])
READ = [caller_with("read")]
WRITE = [caller_with("write", everybody=True)]
list_router = APIRouter(prefix="/v1", tags=["catalogue"])
"""Routes of item lists, whose paths do not begin with `/v1/items/`."""
K = Annotated[int, Query(ge=1, le=MAX_K, description="The number of items")]


def _filled_in(where: list[str] | None) -> list[str] | None:
    return where and [expression for expression in where if expression.strip()]


Where = Annotated[
    list[str] | None, Query(max_length=50, description="Expressions that all hold"), AfterValidator(_filled_in)
]
Domain = Annotated[str | None, Query(max_length=128, description="Only items of this domain")]


class ItemsAdded(BaseModel):
    """`added + updated + unchanged` is the number of items sent. `notes`: what is worth knowing about them; left out where
    there is nothing.
    """

    added: int
    updated: int
    unchanged: int
    notes: list[str] = Field(default_factory=list)


class CatalogueItem(Item):
    """An item and its similarity to the query, -1 to 1."""

    similarity: float | None = None


class FoundPage(Page[CatalogueItem]):
    """One page of items. `not_read`: why only titles with the words of the query were looked for. `degraded`: what the
    filters of an empty page name and no item has.
    """

    not_read: str | None = None
    degraded: list[Degraded] = Field(default_factory=list)


class Removed(BaseModel):
    """How many items were removed."""

    removed: int = Field(examples=[1])


@router.post("", dependencies=WRITE, response_model_exclude_defaults=True)
def add_items(body: ItemsBody, agent: Agent) -> ItemsAdded:
    """Add up to 1,000 items to the catalogue. Unchanged items cost nothing, changed ones are replaced as a whole."""
    receipt = agent.add_items(body.items)
    return ItemsAdded(**receipt._asdict(), notes=agent.unread_titles(item.title for item in body.items))


@router.get("", dependencies=READ)
def find_items(
    agent: Agent,
    query: Annotated[str | None, Query(max_length=500, description="Words to search for")] = None,
    where: Where = None,
    lang: Lang = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> FoundPage:
    """Search items by meaning (`query`), or list all by id; only those for which every `where` expression is true. `lang`:
    the language of `not_read`.
    """
    if query is None or not query.strip():
        items = agent.list_items(limit + 1, after=decoded(cursor), where=where or ())
        listed = page([CatalogueItem(**dict(item)) for item in items], limit, lambda item: item.item_id)
        return _page_of_found(agent, listed, where, lang)
    part = page(
        agent.find_items(query, limit + 1, after=_last_item_shown(cursor), where=where or ()),
        limit,
        lambda hit: f"{hit[1]!r} {hit[0].item_id}",
    )
    shown = [CatalogueItem(**dict(item), similarity=round(fit, 6)) for item, fit in part.data]
    listed = Page[CatalogueItem](data=shown, next_cursor=part.next_cursor)
    return _page_of_found(agent, listed, where, lang, not_read=agent.unread_query(query, lang=lang))


def _page_of_found(
    agent: Agent, listed: Page[CatalogueItem], where: Where, lang: Lang, not_read: str | None = None
) -> FoundPage:
    """Return a page of items; where no item passes the filters, with what they name and no item has."""
    unmet = agent.unmet_filters(where, lang=lang) if where and not listed.data else []
    return for_callers(FoundPage(**dict(listed), not_read=not_read, degraded=unmet))


@router.get("/{item_id}", dependencies=READ)
def get_item(item_id: ItemId, agent: Agent) -> Item:
    """Return one item."""
    return _known_item(agent, item_id)


@router.patch("/{item_id}", dependencies=WRITE)
def change_item(item_id: ItemId, body: ItemChange, agent: Agent) -> Item:
    """Change some fields and attributes of an item. What is left out stays, null removes. `available: false` takes the
    item off every list, `true` puts it back, even if it was hidden.
    """
    return agent.change_item(item_id, **body.model_dump(exclude_unset=True))


@router.delete("/{item_id}", dependencies=WRITE)
def remove_item(item_id: ItemId, agent: Agent) -> Removed:
    """Remove an item from the catalogue. What users did with it stays, and it can still be explained."""
    _known_item(agent, item_id)
    agent.remove_items([item_id])
    return Removed(removed=1)


@router.get("/{item_id}/similar", dependencies=READ)
def similar(
    item_id: ItemId, agent: Agent, k: K = 10, where: Where = None, domain: Domain = None, lang: Lang = None
) -> ItemList:
    """List the items most similar to one, by their content and by who chose them, with reasons."""
    return for_callers(agent.similar_items(item_id, k, where=where or (), domain=domain, lang=lang))


@list_router.get("/items:popular", dependencies=READ)
def popular(
    agent: Agent,
    k: K = 10,
    days: Annotated[float | None, Query(gt=0, le=36_500)] = None,
    where: Where = None,
    domain: Domain = None,
    lang: Lang = None,
) -> ItemList:
    """List the items chosen most often, in the last `days` or ever."""
    return for_callers(agent.popular_items(k, days=days, where=where or (), domain=domain, lang=lang))


@list_router.get("/items:latest", dependencies=READ)
def latest(agent: Agent, k: K = 10, where: Where = None, domain: Domain = None, lang: Lang = None) -> ItemList:
    """List the newest items."""
    return for_callers(agent.latest_items(k, where=where or (), domain=domain, lang=lang))


def _last_item_shown(cursor: str | None) -> tuple[float, str] | None:
    """Return the similarity and the id of the last item shown; None without a cursor. Raises `ProblemError` 422."""
    place = decoded(cursor)
    if place is None:
        return None
    fit, _, item_id = place.partition(" ")
    try:
        return float(fit), item_id
    except ValueError:
        raise ProblemError(422, UNKNOWN_CURSOR) from None


def _known_item(agent: Agent, item_id: str) -> Item:
    item = agent.items([item_id]).get(item_id)
    if item is None:
        raise NotFoundError(f"no item {item_id!r} in the catalogue: send it first")
    return item
