"""Rows of CSV files with any delimiter. A broken row never affects the rows after it."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import NamedTuple

from penchant.characters import counted
from penchant.errors import UnusableFile, UsageError
from penchant.store.importing.encodings import is_utf8
from penchant.store.importing.fields import Fields
from penchant.store.importing.rows import NOT_UTF8, Line, Row
from penchant.store.importing.suggestions import cure, misplaced, suggested_columns

MAX_LINES = 2_000
"""The maximum number of lines in one row, inside quotes."""
MAX_BYTES = 1024 * 1024
MAX_HEADER = 10_000
CANDIDATES = (",", ";", "\t", "|")
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars (|)"}
HEADER_ONLY = "the file has a header and no row"
_SEPARATOR = re.compile(rb"sep=([,;|\t])", re.IGNORECASE)
_OBJECT = re.compile(rb"""\s*(?:\[\s*)?\{\s*["'}]""")
_ESCAPED_QUOTE = re.compile(r'(?<!\\)((?:\\\\)*+)\\"')
NEVER_CLOSED = "not a CSV row: a quote is opened and not closed where it should be"


class _LongCells:
    """Lets cells have `MAX_BYTES` while a row is parsed: a long text is cut later, and the receipt says so.

    The limit of `csv` counts for the whole process, so it is restored afterwards, and a larger one of the application
    is left. Rows may be parsed in several threads at once.
    """

    def __init__(self) -> None:
        self._lock, self._open, self._usual = Lock(), 0, MAX_BYTES

    def __enter__(self) -> None:
        with self._lock:
            if not self._open:
                self._usual = csv.field_size_limit()
            self._open += 1
            if csv.field_size_limit() < MAX_BYTES:
                csv.field_size_limit(MAX_BYTES)

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._open -= 1
            if not self._open and csv.field_size_limit() == MAX_BYTES:
                csv.field_size_limit(self._usual)


_LONG_CELLS = _LongCells()


class Record(NamedTuple):
    """One row as cells, and its bytes; `problem` says why it is invalid."""

    line: int
    cells: list[str]
    raw: bytes
    problem: str | None = None


class CsvTable:
    """A table that is being imported.

    `usual`: the delimiter that the file name suggests; `notes`: notes for the receipt.
    """

    def __init__(self, lines: Iterator[Line], fields: Fields, usual: str) -> None:
        self.fields, self.usual = fields, usual
        self.notes: list[str] = []
        self._lines, self._pending = lines, deque[Line]()
        self.delimiter = fields.options.delimiter or usual

    def rows(self) -> Iterator[Row]:
        """Yield each row by the column names in the first line.

        Raises `UsageError` or `UnusableFile` if the first line does not name columns.
        """
        first = self._first_line()
        if first is None:
            return
        if first.problem is not None:
            yield Row(first.number, first.text, first.problem)
            return
        if (named := _SEPARATOR.fullmatch(first.text.strip())) is not None:  # as Excel writes it
            self.delimiter = self.fields.options.delimiter or named[1].decode()
            first = self._first_line()
            if first is None:
                return
        elif self.fields.options.delimiter is None:
            self.delimiter = self._delimiter_of(first.text)
        self._pending.appendleft(first)
        header = next(self._records(0))
        columns = self._columns(header)
        self.fields.decimal_comma = self.delimiter == ";"
        is_empty = True
        for record in self._records(len(columns)):
            if record.problem is None and not any(map(str.strip, record.cells)):
                continue  # a blank line, as spreadsheets write it
            is_empty = False
            yield self._row(record, columns)
        if is_empty:
            self.notes.append(HEADER_ONLY)

    def _first_line(self) -> Line | None:
        return next((line for line in self._lines if line.problem or line.text.strip()), None)

    def _delimiter_of(self, text: bytes) -> str:
        """Return the delimiter that splits the first line into the most names of fields."""
        line = text.decode("utf-8", "replace")
        order = [self.usual, *(mark for mark in CANDIDATES if mark != self.usual)]
        split = {mark: _cells_of(line, mark) or [line] for mark in order}
        best = max(order, key=lambda mark: (self._fields_in(split[mark]), len(split[mark])))
        if best != self.usual:
            self.notes.append(f"cells are separated by {NAMES[best]}")
        return best

    def _fields_in(self, names: Sequence[str]) -> int:
        return sum(self.fields.is_field(name.strip()) for name in names)

    def _columns(self, header: Record) -> list[str]:
        layout = self.fields.layout
        required = ", ".join(self.fields.required)
        if header.problem == NOT_UTF8:
            raise UsageError(
                "the first line is not UTF-8 text: name the encoding of the file with --encoding, or save it as UTF-8"
            )
        if header.problem is not None:
            raise UnusableFile(f"the first line is {header.problem}: it has to name the columns ({required})")
        names = [name.strip() for name in header.cells]
        if advice := misplaced(self.fields, dict.fromkeys(names, "named")):
            raise UnusableFile(f"the first line names {', '.join(names)[:200]}: {advice}")
        if not any(self.fields.is_field(name) for name in names):
            listed = ", ".join(name[:40] or "(no name)" for name in names[:12])
            hint = suggested_columns(layout, names, self.fields.required)
            raise UnusableFile(
                f"the first line names none of the fields ({required}) but {listed}: write the names of the columns there, "
                f"or {cure(hint, self.fields.required)}"
            )
        named = [name for name in names if name]
        if len(set(named)) < len(named):
            raise UsageError(
                "the first line names a column twice: it has to name each column once, such as user_id,type,at,item_id"
            )
        self._tell_what_is_missing(names)
        if unnamed := [str(place) for place, name in enumerate(names, 1) if not name]:
            self.notes.append(f"columns without a name are left out: number {', '.join(unnamed)}")
        return names

    def _tell_what_is_missing(self, names: Sequence[str]) -> None:
        """Add a note about required columns that are missing, and about columns that may be fields.

        Every row goes to quarantine if a required column is missing, so the note says how to name it.
        """
        layout, places = self.fields.layout, {self.fields.place(name) for name in names if name}
        missing = [name for name in self.fields.required if name not in places]
        free = [name for name in names if name and not self.fields.is_field(name)]
        hint = suggested_columns(layout, free, missing, {*places, *self.fields.given})
        if missing:
            self.notes.append(f"no column is read as {', '.join(missing)}: {cure(hint, missing)}")
        elif hint:
            self.notes.append(f"columns that may be fields: import files like this with --columns {hint}")

    def _row(self, record: Record, columns: Sequence[str]) -> Row:
        problem = record.problem
        cells, beyond = record.cells, record.cells[len(columns) :]
        if not any(map(str.strip, beyond)):
            cells = cells[: len(columns)]
        if problem is None and len(cells) > len(columns):
            problem = f"the row has more than the {counted(len(columns), 'field')} of the first line"
        if problem is not None:
            return Row(record.line, record.raw, problem, tuple(columns), self.delimiter)
        named = zip(columns, cells, strict=False)
        return Row(record.line, {name: cell for name, cell in named if name})

    def _records(self, width: int) -> Iterator[Record]:
        """Yield every record.

        If its quotes are wrong, a record is its first line alone, and the next line begins a new one.
        """
        while (line := self._next()) is not None:
            if line.problem is not None:
                yield Record(line.number, [], line.text, line.problem)
            elif line.text.strip():
                yield self._record(line, width)

    def _next(self) -> Line | None:
        return self._pending.popleft() if self._pending else next(self._lines, None)

    def _record(self, line: Line, width: int) -> Record:
        taken = [line]
        try:
            with _LONG_CELLS:
                cells = next(_reader(self._following(taken), self.delimiter, line.text), [])
        except csv.Error as error:
            return self._broken(taken, width, str(error))
        if len(taken) > 1 and width and (len(cells) != width or self._swallows_rows(taken, width)):
            return self._broken(taken, width, "")
        raw = b"".join(each.text for each in taken)
        return Record(line.number, cells, raw, None if is_utf8(raw) else NOT_UTF8)

    def _following(self, taken: list[Line]) -> Iterator[str]:
        """Yield the first line, then the next ones as long as a quote is open, within limits."""
        yield taken[0].text.decode("utf-8", "surrogateescape")
        size = len(taken[0].text)
        while len(taken) < MAX_LINES and size < MAX_BYTES:
            line = self._next()
            if line is None:
                return
            if line.problem is not None:
                self._pending.appendleft(line)
                return
            taken.append(line)
            size += len(line.text)
            yield line.text.decode("utf-8", "surrogateescape")

    def _swallows_rows(self, taken: Sequence[Line], width: int) -> bool:
        """Return whether the lines between the first and the last of a record are rows themselves."""
        between = [each.text for each in taken[1:-1] if each.text.strip()]
        return bool(between) and width > 2 and all(self._width(text) == width for text in between)

    def _width(self, text: bytes) -> int:
        return len(_cells_of(text.decode("utf-8", "surrogateescape"), self.delimiter))

    def _broken(self, taken: Sequence[Line], width: int, error: str) -> Record:
        self._pending.extendleft(reversed(taken[1:]))
        raw = taken[0].text
        text, cells = raw.decode("utf-8", "surrogateescape").rstrip("\r\n"), list[str]()
        if self.delimiter == "\t":  # most programs that write tabs do not use quotes
            cells = text.split("\t")
        elif rb"\"" in raw:  # MySQL and Spark escape quotes with a backslash
            cells = _cells_of(_ESCAPED_QUOTE.sub(r'\1""', text), self.delimiter)
        elif _is_spaced(raw, self.delimiter):  # a quote after the space may belong to the cell
            cells = [cell.removeprefix(" ") for cell in _cells_of(text, self.delimiter)]
        if width and len(cells) == width:
            return Record(taken[0].number, cells, raw, None if is_utf8(raw) else NOT_UTF8)
        spread = len(taken) > 1 or not error or "end of data" in error
        return Record(taken[0].number, [], raw, NEVER_CLOSED if spread else _reason(error))


def begins_json(beginning: bytes) -> bool:
    """Return whether a text begins with a JSON object or a list of objects, as no header line does."""
    return _OBJECT.match(beginning) is not None


def begins_table(beginning: bytes, fields: Fields) -> bool:
    """Return whether the first line names at least two fields, as no JSON does."""
    first = next((line for line in beginning.split(b"\n") if line.strip()), b"")
    if first.lstrip()[:1] in (b"", b"{", b"[") or len(first) > MAX_HEADER:
        return False
    text = first.decode("utf-8", "replace")
    return any(sum(map(fields.is_field, map(str.strip, _cells_of(text, mark)))) > 1 for mark in CANDIDATES)


def row_of(raw: str, columns: Sequence[str], delimiter: str) -> dict[str, str] | None:
    """Return a quarantined row of a table by its columns; None if it is still invalid."""
    cells = _cells_of(raw, delimiter)
    return (
        {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        if 0 < len(cells) <= len(columns)
        else None
    )


def _cells_of(line: str, delimiter: str) -> list[str]:
    """Return the cells of a text that is one record, with the spaces around them; empty if it is invalid."""
    try:
        with _LONG_CELLS:
            return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _reader(lines: Iterable[str], delimiter: str, first: bytes) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=_is_spaced(first, delimiter))


def _is_spaced(row: bytes, delimiter: str) -> bool:
    """Return whether every delimiter is followed by a space, as some programs write it; the space belongs to no cell."""
    separator = delimiter.encode()
    return 0 < row.count(separator) == row.count(separator + b" ")


def _reason(error: str) -> str:
    return "not a CSV row: " + ("a line break stands outside quotes" if error.startswith("new-line") else error)
