"""Importing items in tests: what a file holds, what its receipt counts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from penchant.store.catalogue import Catalogue
from penchant.store.importing import import_items
from penchant.store.receipt import ImportReceipt

Importer = Callable[[Path], ImportReceipt]


def counts(receipt: ImportReceipt) -> tuple[int, int, int, int]:
    return receipt.lines, receipt.accepted, receipt.duplicate, receipt.quarantined


def lines(*rows: dict[str, Any] | str) -> bytes:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows).encode()


def import_text(catalogue: Catalogue, tmp_path: Path, text: str, name: str = "items.csv") -> ImportReceipt:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    receipt = import_items(path, catalogue, quarantine_folder=tmp_path / "quarantine")
    assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
    return receipt
