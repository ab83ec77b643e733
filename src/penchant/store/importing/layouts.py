"""The two kinds of rows there are, events and items: their fields, and which of them hold ids and times."""

from dataclasses import dataclass

from penchant.store.event import Event
from penchant.store.item import Item


@dataclass(frozen=True)
class Layout:
    """What a kind of row looks like. `required`: without these a header is none; `extras`: the field that takes what is unknown."""

    known: frozenset[str]
    required: tuple[str, ...]
    extras: str
    ids: tuple[str, ...]
    times: tuple[str, ...]


EVENTS = Layout(
    frozenset(Event.model_fields), ("user_id", "type", "at"), "context", ("user_id", "item_id", "event_id"), ("at",)
)
ITEMS = Layout(
    frozenset(Item.model_fields), ("item_id", "title"), "attributes", ("item_id",), ("created_at", "expires_at")
)
