"""The two kinds of rows, events and items: their fields, and which of them are ids and times."""

from dataclasses import dataclass

from penchant.store.event import Event
from penchant.store.item import Item


@dataclass(frozen=True)
class Layout:
    """The fields of a kind of row. `required`: a header needs them; `extras`: the field that collects unknown ones."""

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
