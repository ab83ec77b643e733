"""Imports files, or stdin, into the catalogue or the ledger: one receipt per file, and their sum."""

import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from penchant.characters import counted
from penchant.prompts.locales import Translator
from penchant.prompts.remarks import receipt_in
from penchant.store.spool import spooled
from penchant.tools.cli.errors import fail
from penchant.tools.cli.output import note, show, show_json
from penchant.tools.cli.progress import progress

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from penchant.settings import Settings
    from penchant.store.importing import ImportOptions
    from penchant.store.receipt import ImportReceipt

STDIN = Path("-")
Import = Callable[[Path, Callable[[int, int], None]], "ImportReceipt"]
Finish = Callable[[Sequence["ImportReceipt"]], dict[str, Any]]


SET_ASIDE = 3
"""The exit code of `--strict` where rows were set aside."""

Columns = Annotated[
    list[str] | None,
    typer.Option("--columns", metavar="F=C,…", help="The file's own names for fields: item_id=ISBN,at=Date."),
]
Delimiter = Annotated[
    str | None,
    typer.Option("--delimiter", metavar="C", help="What separates the cells of CSV: ';', comma, semicolon, tab, pipe."),
]
DateFormat = Annotated[
    list[str] | None,
    typer.Option("--date-format", metavar="P", help="How times are written: %d.%m.%Y, excel, unix or unix-ms."),
]
Zone = Annotated[
    str | None,
    typer.Option("--zone", metavar="Z", help="The zone of times that name none: Europe/Berlin, +08:00, UTC."),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="E",
        help="How letters are written: big5, shift_jis, cp1251 …; told apart by itself: UTF-8, UTF-16.",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help=f"End with {SET_ASIDE} if any row was set aside.")]


def options_of(
    columns: list[str] | None,
    delimiter: str | None,
    date_format: list[str] | None,
    zone: str | None,
    encoding: str | None,
    *,
    event_type: str | None = None,
    speaker: str | None = None,
) -> "ImportOptions":
    """Return the import options that the command-line options describe. Raises `UsageError`."""
    from penchant.store.importing import ImportOptions

    return ImportOptions.read(
        columns=columns or (),
        delimiter=delimiter,
        date_formats=date_format or (),
        zone=zone,
        encoding=encoding,
        event_type=event_type,
        speaker=speaker,
    )


def import_files(
    files: Sequence[Path],
    read: Import,
    *,
    settings: "Settings",
    as_json: bool,
    strict: bool = False,
    finish: Finish | None = None,
) -> None:
    """Import every file and report what was done with every line. Exits with 1 where no line of a file could be used,
    and with `SET_ASIDE` where `strict` is set and any line was set aside. `finish`: called with all receipts at the
    end; returns further counts for the report.
    """
    receipts: list[ImportReceipt] = []
    more: dict[str, Any] = {}
    try:
        for file in files:
            receipts.append(_import_one(file, read, settings.home, as_json))
        more = finish(receipts) if finish else {}
    finally:
        if receipts:
            _report(receipts, settings.lang, as_json, more)
    useless = [receipt.file for receipt in receipts if receipt.quarantined and receipt.quarantined == receipt.lines]
    if useless:
        fail(f"not one line of {', '.join(useless)} could be used: see the reasons in the quarantine file")
    set_aside = sum(receipt.quarantined for receipt in receipts)
    if strict and set_aside:
        fail(
            f"{counted(set_aside, 'row')} set aside, and --strict was asked for: mend the quarantine file and import it",
            SET_ASIDE,
        )


def _report(receipts: "Sequence[ImportReceipt]", language: str, as_json: bool, more: dict[str, Any]) -> None:
    words = Translator(language, "cli")
    if as_json:
        listed = [receipt_in(language, receipt).model_dump(mode="json") for receipt in receipts]
        show_json({**(listed[0] if len(listed) == 1 else _total(receipts)), "files": listed, **more})
        note(words("rows_accepted", count=f"{sum(receipt.accepted for receipt in receipts):,}"))
    else:
        from penchant.tools.cli.rendering.tables import import_table

        show(*import_table(receipts, words))
    for name, value in more.items():
        note(f"{words(f'count_{name}') if f'count_{name}' in words else name.replace('_', ' ')}: {value}")
    for receipt in receipts:
        if not receipt.lines and not receipt.notes:
            note(words("file_empty", file=receipt.file))


def _import_one(file: Path, read: Import, home: Path, as_json: bool) -> "ImportReceipt":
    source: AbstractContextManager[Path] = spooled(sys.stdin.buffer, home) if file == STDIN else nullcontext(file)
    with source as path, progress(file.name if file != STDIN else "stdin", "bytes", silent=as_json) as on_progress:
        return read(path, on_progress).model_copy(update={"file": str(file)})


def _total(receipts: "Sequence[ImportReceipt]") -> dict[str, Any]:
    counts = ("lines", "accepted", "duplicate", "quarantined", "seconds")
    return {name: sum(getattr(receipt, name) for receipt in receipts) for name in counts}
