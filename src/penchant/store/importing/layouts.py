"""The two kinds of rows, events and items: their fields, and which of them are ids and times."""

import re
from dataclasses import dataclass

from penchant.store.event import Event
from penchant.store.item import Item


@dataclass(frozen=True)
class Layout:
    """The fields of a kind of row. `name`: its plural; `required`: a header needs them; `extras`: collects unknown ones."""

    name: str
    known: frozenset[str]
    required: tuple[str, ...]
    extras: str
    ids: tuple[str, ...]
    times: tuple[str, ...]


EVENTS = Layout(
    "events",
    frozenset(Event.model_fields),
    ("user_id", "type", "at"),
    "context",
    ("user_id", "item_id", "event_id"),
    ("at",),
)
ITEMS = Layout(
    "items",
    frozenset(Item.model_fields),
    ("item_id", "title"),
    "attributes",
    ("item_id",),
    ("created_at", "expires_at"),
)


def snake_case(column: str) -> str:
    """Return `User ID`, `userId` or `USER-ID` as `user_id`."""
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", column.strip()[:100])
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
