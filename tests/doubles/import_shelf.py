"""A catalogue in memory that takes imported items, and an import of events with the usual arguments."""

from pathlib import Path
from typing import Any

from penchant.store.catalogue import AddReceipt
from penchant.store.clock import FixedClock
from penchant.store.event import EventType
from penchant.store.importing import ImportOptions, import_events
from penchant.store.item import Item
from penchant.store.ledger import Ledger
from penchant.store.receipt import ImportReceipt


class Shelf:
    """A catalogue that only remembers."""

    def __init__(self) -> None:
        self.items: dict[str, Item] = {}

    def add(self, items: Any, /) -> AddReceipt:
        self.items |= {item.item_id: item for item in items}
        return AddReceipt(added=len(items))

    def differing(self, items: Any, /) -> dict[str, Item]:
        known = ((item, self.items.get(item.item_id)) for item in items)
        return {item.item_id: other for item, other in known if other is not None and other != item}


def take(
    ledger: Ledger,
    path: Path,
    clock: FixedClock | None = None,
    options: ImportOptions | None = None,
    user_id: str | None = "ada",
) -> ImportReceipt:
    return import_events(
        path,
        ledger,
        known_types=frozenset(EventType),
        quarantine_folder=path.parent / "q",
        clock=clock,
        user_id=user_id,
        options=options or ImportOptions(),
    )
