"""What tests of imports write to: a ledger and a catalogue, and the functions that import a file into them."""

from pathlib import Path
from typing import Any

import pytest
from event_import import Import
from item_import import Importer
from small_world import WordEmbedder

from penchant.settings import Settings
from penchant.store.catalogue import Catalogue
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.event import EventType
from penchant.store.importing import ImportOptions, import_events, import_items
from penchant.store.ledger import Ledger
from penchant.store.receipt import ImportReceipt


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


@pytest.fixture
def take(ledger: Ledger, tmp_path: Path, clock: FixedClock) -> Import:
    def imported(content: bytes | str | Path, name: str = "events.csv", **options: Any) -> ImportReceipt:
        path = content if isinstance(content, Path) else tmp_path / name
        if not isinstance(content, Path):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        receipt = import_events(
            path,
            ledger,
            known_types=frozenset(EventType),
            clock=clock,
            quarantine_folder=tmp_path / "quarantine",
            options=ImportOptions.read(**options),
        )
        assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
        assert sum(receipt.reasons.values()) == receipt.quarantined
        return receipt

    return imported


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue.open(Settings(home=tmp_path / "home"), WordEmbedder())


@pytest.fixture
def run(catalogue: Catalogue, tmp_path: Path, clock: FixedClock) -> Importer:
    def imported(path: Path) -> ImportReceipt:
        receipt = import_items(path, catalogue, quarantine_folder=tmp_path / "quarantine", clock=clock)
        assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
        return receipt

    return imported
