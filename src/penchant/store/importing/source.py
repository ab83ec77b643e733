"""A file on its way in: opened, recognised, and read row by row."""

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from pydantic import BaseModel

from penchant.errors import UnusableFile, UsageError
from penchant.store.event import Event
from penchant.store.importing.categories import SAMPLE, CategoryCommas
from penchant.store.importing.documents import json_rows
from penchant.store.importing.fields import Fields
from penchant.store.importing.layouts import EVENTS, ITEMS
from penchant.store.importing.options import ImportOptions
from penchant.store.importing.parquet import parquet_rows
from penchant.store.importing.rows import DELIMITERS, PARQUET, SUFFIXES, Row, TextStream, size_of, suffix_of
from penchant.store.importing.set_aside import mended
from penchant.store.importing.tables import CsvTable, begins_table
from penchant.store.item import Item

_OTHER_KINDS = {
    b"PK\x03\x04": "a zip archive or an Excel workbook (save the sheet as CSV, or unpack the archive)",
    b"\xd0\xcf\x11\xe0": "an Excel workbook (save the sheet as CSV)",
    b"%PDF": "a PDF document",
    b"SQLi": "an SQLite database",
}
"""What files that cannot be imported begin with."""
Model = TypeVar("Model", bound=BaseModel)


class Source:
    """A file being read as rows of the kind that `fields` describe. `read` and `total` count its bytes on disk.

    `notes`: what was found out about how it is written.
    """

    def __init__(self, path: Path, fields: Fields) -> None:
        self.path, self.fields = path, fields
        self.total = size_of(path)
        self.notes: list[str] = []
        self._file: BinaryIO | None = None

    @property
    def read(self) -> int:
        """How many bytes of the file have been read so far."""
        return self.total if self._file is None or self._file.closed else min(self._file.tell(), self.total)

    def rows(self) -> Iterator[Row]:
        """Every row in turn; blank lines are no rows. Raises `UsageError` for a file that is not what its name says."""
        suffix = suffix_of(self.path)
        self.notes = []
        self._file = self.path.open("rb")
        with closing(self._file):
            magic = self._file.read(4)
            self._file.seek(0)
            if (kind := _OTHER_KINDS.get(magic)) is not None:
                raise UnusableFile(f"{self.path} is {kind}, whatever its name says: {SUFFIXES}")
            if magic == b"PAR1":
                yield from parquet_rows(self._file, self.path)
            elif suffix in PARQUET and magic:
                raise UsageError(f"{self.path} is not a Parquet file, whatever its name says: {SUFFIXES}")
            elif suffix in DELIMITERS:
                yield from self._table(TextStream(self._file, table=True), DELIMITERS[suffix])
            else:
                text = TextStream(self._file, one_document=suffix == ".json")
                if begins_table(text.beginning, self.fields):  # a table from a pipe has no name of its own
                    self._file.seek(0)
                    yield from self._table(TextStream(self._file, table=True), ",")
                else:
                    yield from self._json(text)

    def _table(self, text: TextStream, delimiter: str) -> Iterator[Row]:
        self.notes += text.notes
        table = CsvTable(text.lines(), self.fields, delimiter)
        try:
            yield from table.rows()
        except UsageError as error:
            raise type(error)(f"{self.path}: {error}") from None
        self.notes += table.notes

    def _json(self, text: TextStream) -> Iterator[Row]:
        self.notes += text.notes
        for row in json_rows(text):
            yield mended(row)


def read_events(path: Path) -> Iterator[Event]:
    """The events of a file, without what cannot be one. Raises `UsageError` if it is missing, a folder, or of no supported kind."""
    return _models(path, Fields(EVENTS, ImportOptions()), Event)


def read_items(path: Path) -> Iterator[Item]:
    """The items of a file, without what cannot be one. Raises `UsageError` if it is missing, a folder, or of no supported kind."""
    commas = CategoryCommas(cells(path, Fields(ITEMS, ImportOptions()), "categories", SAMPLE))
    return _models(path, Fields(ITEMS, ImportOptions(), commas), Item)


def _models(path: Path, fields: Fields, model: type[Model]) -> Iterator[Model]:
    for row in Source(path, fields).rows():
        if row.problem is None:
            try:
                yield model.model_validate(fields.read(row.content))
            except ValueError:
                continue


def cells(path: Path, fields: Fields, field: str, limit: int) -> Iterator[Any]:
    """What stands in one field of the first rows of a file, read for a look ahead."""
    for number, row in enumerate(Source(path, fields).rows()):
        if number >= limit:
            return
        cannot_hold = isinstance(row.content, bytes) and field.encode() not in row.content
        if row.problem is None and not (cannot_hold and not fields.options.columns):
            with suppress(ValueError):
                yield fields.cell(row.content, field)
