"""The two kinds of rows, events and items: their fields, and which of them are ids and times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from penchant.store.event import Event
from penchant.store.importing.chat_shapes import messages_in
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


def misplaced(layout: Layout, row: Mapping[str, Any]) -> str | None:
    """Return the advice for a row of the other kind; None if it is not."""
    other = ITEMS if layout is EVENTS else EVENTS
    names = {snake_case(name) for name, value in row.items() if value not in (None, "")}
    own = set(layout.required) - other.known
    is_chat = layout is ITEMS and not own & names and _is_chat(row)
    if not is_chat and (not set(other.required) <= names or own & names):
        return None
    what = "a chat" if is_chat else other.name
    return f"{'this is' if is_chat else 'these are'} {what}, not {layout.name}: use `penchant {other.name} import`"


def _is_chat(row: Mapping[str, Any]) -> bool:
    try:
        return messages_in(row) is not None
    except ValueError:  # a message that cannot be read
        return True


def snake_case(column: str) -> str:
    """Return `User ID`, `userId` or `USER-ID` as `user_id`."""
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", column.strip()[:100])
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
