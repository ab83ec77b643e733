"""Importing events in tests: rows to be written, and the events that are stored."""

from collections.abc import Callable

from penchant.store.event import Event
from penchant.store.ledger import Ledger
from penchant.store.receipt import ImportReceipt

HEADER = "user_id,type,at,text"
AT = "2026-02-01T10:00:00Z"
ROW = {"user_id": "ada", "type": "search", "at": AT, "text": "jazz"}
VIEWED = {"user_id": "ada", "type": "view", "at": AT, "item_id": "b1"}
Import = Callable[..., ImportReceipt]


def events(ledger: Ledger, user: str = "ada") -> list[Event]:
    return [stored.event for stored in ledger.events(user)]


def texts(ledger: Ledger) -> list[str | None]:
    return [event.text for user in ledger.users() for event in events(ledger, user)]
