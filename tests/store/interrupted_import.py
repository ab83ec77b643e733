"""An import that says after every batch how far it is (run, and killed, by test_importing_events): file, URL."""

import sys
from pathlib import Path

from penchant.store.database import Database
from penchant.store.event import EventType
from penchant.store.importing import import_events
from penchant.store.ledger import Ledger


def main(path: Path, url: str) -> None:
    receipt = import_events(
        path,
        Ledger(Database.open(url)),
        known_types=frozenset(EventType),
        quarantine_folder=path.parent / "quarantine",
        on_progress=lambda done, total: print(done, total, flush=True),
    )
    print(receipt.model_dump_json())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
