"""A ledger, and files of chats that are imported into it for Ada."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.event import DEFAULT_WEIGHTS
from penchant.store.importing import ImportOptions, import_events
from penchant.store.ledger import Ledger
from penchant.store.receipt import ImportReceipt

WRITTEN = datetime(2026, 2, 1, tzinfo=UTC)


class Inbox:
    """A ledger, and files that are imported into it for Ada."""

    def __init__(self, database: Database, folder: Path, clock: FixedClock) -> None:
        self.ledger, self.folder, self.clock = Ledger(database), folder, clock

    def take(self, text: str, name: str = "chats.jsonl", **options: Any) -> ImportReceipt:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, (WRITTEN.timestamp(), WRITTEN.timestamp()))
        return self.read(path, **options)

    def read(self, path: Path, **options: Any) -> ImportReceipt:
        receipt = import_events(
            path,
            self.ledger,
            known_types=frozenset(DEFAULT_WEIGHTS),
            quarantine_folder=self.folder / "quarantine",
            clock=self.clock,
            user_id="ada",
            options=ImportOptions.read(**options),
        )
        assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
        return receipt

    def texts(self) -> list[str | None]:
        return [stored.event.text for stored in self.ledger.events("ada")]
