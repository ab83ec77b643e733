"""Opens a file to import, detects its kind, and reads it row by row."""

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
from penchant.store.importing.other_kinds import MAGIC_BYTES, is_parquet, unsupported_kind
from penchant.store.importing.parquet import parquet_rows
from penchant.store.importing.rows import DELIMITERS, JSON, PARQUET, SUFFIXES, Row, TextStream, size_of, suffix_of
from penchant.store.importing.set_aside import restored_row
from penchant.store.importing.tables import CsvTable, begins_json, begins_table
from penchant.store.importing.text_chats import TextChat, text_chat
from penchant.store.item import Item

Model = TypeVar("Model", bound=BaseModel)


class Source:
    """A file that is read as rows of the kind described by `fields`. `read` and `total` count its bytes on disk.

    `notes`: notes for the receipt about how the file is written.
    """

    def __init__(self, path: Path, fields: Fields) -> None:
        self.path, self.fields = path, fields
        self.total = size_of(path)
        self.notes: list[str] = []
        self._file: BinaryIO | None = None

    @property
    def read(self) -> int:
        """The number of bytes read so far."""
        return self.total if self._file is None or self._file.closed else min(self._file.tell(), self.total)

    def rows(self) -> Iterator[Row]:
        """Yield every row; blank lines are skipped.

        Raises `UsageError` for a file whose content does not fit its name.
        """
        suffix = suffix_of(self.path)
        self.notes = []
        self._file = self.path.open("rb")
        with closing(self._file):
            magic = self._file.read(MAGIC_BYTES)
            self._file.seek(0)
            self._refuse_other(magic)
            if is_parquet(magic):
                yield from parquet_rows(self._file, self.path)
            elif suffix in PARQUET and magic:
                raise UsageError(f"{self.path} is not a Parquet file, although its name says so: {SUFFIXES}")
            else:
                yield from self._text(self._file, suffix)

    def _refuse_other(self, beginning: bytes) -> None:
        if (kind := unsupported_kind(beginning)) is not None:
            raise UnusableFile(f"{self.path} is {kind}, whatever its name says: {SUFFIXES}")

    def _text(self, file: BinaryIO, suffix: str) -> Iterator[Row]:
        """Yield the rows of a text file, table or JSON: as its beginning shows, or else as its name says."""
        encoding = self.fields.options.encoding
        text = TextStream(file, table=suffix in DELIMITERS, one_document=suffix == ".json", encoding=encoding)
        self._refuse_other(text.beginning[:MAGIC_BYTES])
        if (chat := text_chat(text.beginning)) is not None:
            yield from self._chat(text, chat)
            return
        is_json = begins_json(text.beginning) or (
            suffix in JSON
            and not begins_table(text.beginning, self.fields)  # input from a pipe has this suffix as well
        )
        if is_json:
            yield from self._json(text)
        elif suffix in DELIMITERS:
            yield from self._table(text, DELIMITERS[suffix])
        else:
            file.seek(0)
            yield from self._table(TextStream(file, table=True, encoding=encoding), ",")

    def _table(self, text: TextStream, delimiter: str) -> Iterator[Row]:
        self.notes += text.notes
        table = CsvTable(text.lines(), self.fields, delimiter)
        try:
            yield from table.rows()
        except UsageError as error:
            raise type(error)(f"{self.path}: {error}") from None
        self.notes += table.notes

    def _chat(self, text: TextStream, chat: TextChat) -> Iterator[Row]:
        if self.fields.layout is not EVENTS:
            raise UnusableFile(f"{self.path} is a {chat.name} chat and has no items: use `penchant events import`")
        try:
            yield from chat.rows(text, self.fields.options)
        except UsageError as error:
            raise UsageError(f"{self.path}: {error}") from None

    def _json(self, text: TextStream) -> Iterator[Row]:
        self.notes += text.notes
        for row in json_rows(text, self.fields):
            yield restored_row(row)


def read_events(path: Path) -> Iterator[Event]:
    """Yield the valid events of a file. Raises `UsageError` if it is missing, a folder, or of no supported kind."""
    return _models(path, Fields(EVENTS, ImportOptions()), Event)


def read_items(path: Path) -> Iterator[Item]:
    """Yield the valid items of a file. Raises `UsageError` if it is missing, a folder, or of no supported kind."""
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
    """Yield the values of one field in the first `limit` rows of a file, for a look ahead."""
    for number, row in enumerate(Source(path, fields).rows()):
        if number >= limit:
            return
        cannot_hold = isinstance(row.content, bytes) and field.encode() not in row.content
        if row.problem is None and not (cannot_hold and not fields.options.columns):
            with suppress(ValueError):
                yield fields.cell(row.content, field)
