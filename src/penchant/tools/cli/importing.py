"""Files, or what arrives on stdin, into the catalogue or the ledger: one receipt per file, and their sum."""

import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from penchant.store.spool import spooled
from penchant.tools.cli.errors import fail
from penchant.tools.cli.output import note, show, show_json
from penchant.tools.cli.progress import progress

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from penchant.store.receipt import ImportReceipt

STDIN = Path("-")
Import = Callable[[Path, Callable[[int, int], None]], "ImportReceipt"]


def import_files(files: Sequence[Path], read: Import, *, home: Path, language: str, as_json: bool) -> None:
    """Import every file and say what became of every line; ends with 1 if not one line of a file could be used."""
    receipts: list[ImportReceipt] = []
    try:
        for file in files:
            receipts.append(_import_one(file, read, home, as_json))
    finally:
        if receipts:
            _report(receipts, language, as_json)
    useless = [receipt.file for receipt in receipts if receipt.quarantined and receipt.quarantined == receipt.lines]
    if useless:
        fail(f"not one line of {', '.join(useless)} could be used: see the reasons in the quarantine file")


def _report(receipts: "Sequence[ImportReceipt]", language: str, as_json: bool) -> None:
    if as_json:
        listed = [receipt.model_dump(mode="json") for receipt in receipts]
        show_json({**(listed[0] if len(listed) == 1 else _total(receipts)), "files": listed})
        note(f"{sum(receipt.accepted for receipt in receipts):,} accepted")
    else:
        from penchant.prompts.locales import Translator
        from penchant.tools.cli.rendering.tables import import_table

        show(*import_table(receipts, Translator(language, "cli")))
    for receipt in receipts:
        if not receipt.lines:
            note(f"{receipt.file} is empty: nothing to import")


def _import_one(file: Path, read: Import, home: Path, as_json: bool) -> "ImportReceipt":
    source: AbstractContextManager[Path] = spooled(sys.stdin.buffer, home) if file == STDIN else nullcontext(file)
    with source as path, progress(file.name if file != STDIN else "stdin", "bytes", silent=as_json) as on_progress:
        return read(path, on_progress).model_copy(update={"file": str(file)})


def _total(receipts: "Sequence[ImportReceipt]") -> dict[str, Any]:
    counts = ("lines", "accepted", "duplicate", "quarantined", "seconds")
    return {name: sum(getattr(receipt, name) for receipt in receipts) for name in counts}
