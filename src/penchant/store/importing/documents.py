"""Rows of JSON files: one object per line, one list of objects, or documents that span many lines."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeGuard

from penchant.store.importing.fields import Fields
from penchant.store.importing.json_text import Repeating, parse_json
from penchant.store.importing.layouts import EVENTS
from penchant.store.importing.rows import SAMPLE, Row, TextStream

MAX_VALUE = 64 * 1024 * 1024
"""The maximum size in bytes of one value of a list, for instance of a whole conversation."""
TOO_LARGE = "the value is larger than 64 MiB"
NOT_CLOSED = "the file ends in the middle of this value: it is cut; what came before was kept"
OUTSIDE_OF_OBJECTS = "this stands outside of every object and list"
_OUTSIDE_TEXT = re.compile(rb'["{}\[\],]')
_HOLDS_ROWS = re.compile(rb'":\s*\[\s*\{')
_COLUMNS = re.compile(rb'\s*\{\s*"[^"]{1,256}"\s*:\s*(?:\{\s*"|\[)')
_INSIDE_TEXT = re.compile(rb'["\\]')
_AROUND = frozenset(
    (
        *("version", "format", "schema", "count", "total", "user_id", "object", "status", "success", "ok", "meta"),
        *(
            "next_cursor",
            "next",
            "previous",
            "cursor",
            "has_more",
            "page",
            "pages",
            "per_page",
            "limit",
            "offset",
            "links",
        ),
    )
)
"""Fields that may occur beside the rows of a document."""
_OF_EVENT = frozenset(("user_id", "type", "item_id", "at"))
_CHATS = ("chats", "left_chats")
_ACCOUNT = frozenset(
    (
        *_CHATS,
        *("personal_information", "profile_pictures", "profile_music", "stories", "contacts", "frequent_contacts"),
        *("sessions", "web_sessions", "other_data"),
    )
)
"""The parts of a whole account as Telegram exports it."""
_MESSAGE = frozenset(("role", "from", "sender", "kwargs"))
_ID = re.compile(r"(?=\D*\d|[-_]).{1,256}", re.DOTALL)
"""A name that may be an id: one with a digit, or as databases make them. A word says what a row is."""
_NO_ID = re.compile(
    r"\d+|\d{4}[-/._ ]?[QqWw]\d{1,2}|\d{1,4}(?:[-/._ ]\d{1,2}){0,2}(?:[-/._ ]\d{4})?|\d{4}年.*|[^\W\d_]{3,}\.?[-_ ,]*(?:19|20)\d\d"
)
"""A row number, a year, a month or a date."""
_COUNTED = re.compile(r"[^\W\d_]{3,}[-_ #]*(?P<number>\d{1,9})")
"""What a row is, with its number (`item 1`)."""
NO_USERS = "its events stand under names, and it does not show whether these are users: name the user of each event in a field user_id"


class _Value(NamedTuple):
    """`is_listed`: it stands in a list."""

    text: bytes
    problem: str | None = None
    is_listed: bool = False


def json_rows(text: TextStream, fields: Fields) -> Iterator[Row]:
    """Yield every object, numbered by its line or by its position in the list."""
    if not _is_document(text):
        for line in text.lines():
            if line.problem is not None or not line.text.isspace():
                yield Row(line.number, _without_comma(line.text), line.problem)
        return
    number = 0
    for value in _values(text):
        if not value.text and value.problem is None:
            continue
        for row in _rows_of_document(value, fields, of_script=text.is_script):
            number += 1
            yield row._replace(line=number)


def _is_document(text: TextStream) -> bool:
    """Return whether values span lines or are in a list, judging by the first two lines that are not blank."""
    lines = [line.strip() for line in text.beginning.split(b"\n") if line.strip()]
    if not lines or lines[0][:1] not in (b"{", b"["):
        return False
    if len(lines) == 1:
        return lines[0].startswith(b"[") or text.one_document or len(text.beginning) < SAMPLE
    if _is_json(lines[0]):
        return False
    goes_on = not lines[1].startswith(b"{") or lines[0].endswith((b"[", b":"))
    return lines[0].startswith(b"[") or (goes_on and not _is_json(lines[1]))


def _without_comma(line: bytes) -> bytes:
    """Return a line without the comma after its object, which remains where a list was split into lines."""
    text = line.rstrip()
    return text[:-1] if text.endswith((b"},", b"],")) else line


def _is_json(line: bytes) -> bool:
    try:
        parse_json(line)
    except ValueError:
        return False
    return True


def _rows_of_document(value: _Value, fields: Fields, *, of_script: bool) -> Iterator[Row]:
    """Yield the rows of a document, or the document itself if it is one row, not numbered yet.

    A document may contain its rows in one of its fields, such as `{"events": […]}`, under their ids, or column by
    column, as pandas writes a table. `of_script`: each row may be in a field that says what it is (`{"tweet": {…}}`).
    """
    beginning = value.text[:100_000]
    may_be = _HOLDS_ROWS.search(beginning) or _COLUMNS.match(beginning)
    document = _document(value.text) if value.problem is None and may_be else None
    if document is None:
        yield Row(0, value.text, value.problem)
        return
    if of_script and len(document) == 1 and isinstance(inner := next(iter(document.values())), dict):
        yield Row(0, inner)
        return
    rows = _chats_of_account(document) or _by_columns(document) or _rows_of_only_list(document, fields)
    named = _rows_by_name(document, fields) if rows is None and not value.is_listed else []
    if named and fields.layout is EVENTS and not all(_names_user(row, fields) for _, row in named):
        yield Row(0, value.text, NO_USERS)
        return
    found = rows or _with_ids(named, fields)
    yield from (Row(0, row) for row in found) if found else [Row(0, value.text)]


def _chats_of_account(document: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return the chats in a whole account of Telegram; None for anything else."""
    parts = {name for name, part in document.items() if isinstance(part, list | dict)}
    found = [document[name].get("list") for name in _CHATS if isinstance(document.get(name), dict)]
    chats = [chat for chats in found if isinstance(chats, list) for chat in chats]
    return chats if parts <= _ACCOUNT and _are_rows(chats) else None


def _rows_by_name(document: dict[str, Any], fields: Fields) -> list[tuple[str, dict[str, Any]]]:
    """Return the rows of a document that stand under names, each by itself or (events) in lists, with these names; none
    if it has another form: `{"b1": {"title": …}, "b2": …}`, `{"views": [{"type": …}], "purchases": […]}`.
    """
    if len(document) < 2 or any(fields.is_field(str(name)) or name in _AROUND for name in document):
        return []
    parts = list(document.values())
    if fields.layout is EVENTS and all(_are_rows(part) for part in parts):
        found = [("", row) for part in parts for row in part]
    else:
        found = list(document.items()) if _are_rows(parts) else []
    return found if all(_is_row(row, fields) for _, row in found) else []


def _is_row(row: dict[str, Any], fields: Fields) -> bool:
    """Return whether a row has what makes it one: the title of an item; two of user, type, item and time."""
    places = {fields.place(str(name)) for name in row}
    return len(places & _OF_EVENT) > 1 if fields.layout is EVENTS else "title" in places


def _with_ids(named: list[tuple[str, dict[str, Any]]], fields: Fields) -> list[dict[str, Any]]:
    """Return the rows with the names as their ids, where they have none of their own and all names are surely ids."""
    field = "event_id" if fields.layout is EVENTS else "item_id"
    has_id = [any(fields.place(str(column)) == field for column in row) for _, row in named]
    are_ids = "user_id" not in fields.given and _are_ids(
        [name for (name, _), own in zip(named, has_id, strict=True) if not own]
    )
    return [
        {field: name, **row} if are_ids and not own else row for (name, row), own in zip(named, has_id, strict=True)
    ]


def _are_ids(names: list[str]) -> bool:
    found = [_COUNTED.fullmatch(name) for name in names]
    numbers = sorted(int(name["number"]) for name in found if name)
    first = numbers[0] if numbers else 2
    is_counted = first < 2 and numbers == list(range(first, first + len(names)))
    return not is_counted and all(_ID.fullmatch(name) and not _NO_ID.fullmatch(name) for name in names)


def _names_user(row: dict[str, Any], fields: Fields) -> bool:
    return any(_is_user(name, fields) for name in row)


def _rows_of_only_list(document: dict[str, Any], fields: Fields, depth: int = 3) -> list[dict[str, Any]] | None:
    """Return the rows in the only list of a document that is no row itself; None for anything else.

    Services answer in this form: `{"products": […], "total": 2}`, `{"response": {"games": […]}}`. Beside the list are
    numbers, the user of all rows, and what describes an answer.
    """
    inner = [name for name, part in document.items() if isinstance(part, list | dict)]
    inner = [name for name in inner if name not in _AROUND] or inner
    if len(inner) != 1 or inner == ["messages"]:
        return None
    users = [name for name in document if _is_user(name, fields)]
    beside = [name for name in document if name not in {*inner, *users, *_AROUND} and document[name] is not None]
    if any(fields.is_field(str(name)) or isinstance(document[name], str) for name in beside):
        return None
    rows = document[inner[0]]
    if isinstance(rows, dict):
        rows = _rows_of_only_list(rows, fields, depth - 1) if depth else None
    if not _are_rows(rows):
        return None
    for row in rows if users else ():
        if not _names_user(row, fields):
            row[users[0]] = document[users[0]]
    return rows


def _is_user(name: Any, fields: Fields) -> bool:
    return "user_id" in (name, fields.place(str(name)))


def _document(text: bytes) -> dict[str, Any] | None:
    try:
        found = parse_json(text)
    except ValueError:
        return None
    is_sound = isinstance(found, dict) and not (isinstance(found, Repeating) and len(found.path) == 1)
    return found if is_sound else None


def _by_columns(document: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return the rows of a table as pandas writes it; None for anything else.

    Forms: by columns (`{"user_id": {"0": …}}`), by rows (`{"0": {"user_id": …}}`), split (`{"columns": […], "data":
    [[…]]}`).
    """
    names, lines = document.get("columns"), document.get("data")
    if isinstance(names, list) and isinstance(lines, list) and document.keys() <= {"columns", "index", "data"}:
        are_rows = all(isinstance(line, list) and len(line) == len(names) for line in lines)
        return [dict(zip(map(str, names), line, strict=True)) for line in lines] if are_rows and lines else None
    parts = [part for part in document.values() if isinstance(part, dict)]
    if len(parts) < max(2, len(document)) or any(part.keys() != parts[0].keys() for part in parts):
        return None
    if all(place.isdecimal() for place in document):
        return parts
    are_places = all(place.isdecimal() for place in parts[0]) and not isinstance(document, Repeating)
    return [{name: column[place] for name, column in document.items()} for place in parts[0]] if are_places else None


def _are_rows(rows: Any) -> TypeGuard[list[dict[str, Any]]]:
    return (
        isinstance(rows, list)
        and bool(rows)
        and all(isinstance(row, dict) and not _MESSAGE & row.keys() for row in rows)
    )


def _values(text: TextStream) -> Iterator[_Value]:
    """Yield the values of a file, and those of its lists, as bytes. Only one value is in memory at a time."""
    scan = _Scan()
    while piece := text.read(256 * 1024):
        yield from scan.take(piece)
    yield from scan.end(text.problem)


class _Scan:
    """Finds where values begin and end, from brackets and quotes alone, in one pass over any input."""

    def __init__(self) -> None:
        self.held = bytearray()
        self.place = 0
        self.depth = self.base = 0
        self.begun = self.in_text = self.dropped = False

    def take(self, piece: bytes) -> Iterator[_Value]:
        self.held += piece
        while (found := (_INSIDE_TEXT if self.in_text else _OUTSIDE_TEXT).search(self.held, self.place)) is not None:
            mark = found[0]
            if self.in_text:
                self.place = found.end() + (mark == b"\\")
                self.in_text = mark == b"\\"
                continue
            before, self.place = found.start(), found.end()
            yield from self._at(mark, before)
        self.place = max(self.place, len(self.held))
        if self.begun and len(self.held) > MAX_VALUE and not self.dropped:
            self.dropped = True
            yield _Value(bytes(self.held[:1_000]), TOO_LARGE)
        if self.dropped:
            self._forget(len(self.held))

    def end(self, problem: str | None) -> Iterator[_Value]:
        rest = bytes(self.held).strip(b" \t\r\n,;")
        if not self.dropped and (self.begun or self.in_text or self.base):
            yield _Value(rest, problem or NOT_CLOSED)
        elif rest or problem:
            yield _Value(rest, problem or OUTSIDE_OF_OBJECTS)

    def _at(self, mark: bytes, before: int) -> Iterator[_Value]:
        if mark == b'"':
            self.in_text = self.begun = True
        elif mark in b"{[":
            if mark == b"[" and self.depth == self.base == 0 and not self.begun:
                self.base = self.depth = 1
                yield from self._outside(before)
            else:
                self.depth += 1
                self.begun = True
        elif mark in b"}]":
            yield from self._closed(before)
        elif self.depth == self.base:
            yield from self._value(before)

    def _closed(self, before: int) -> Iterator[_Value]:
        if self.depth > self.base:
            self.depth -= 1
            if self.depth == self.base == 0:
                yield from self._value(self.place)
        elif self.base:
            yield from self._value(before)
            self.base = self.depth = 0
        else:
            self.begun = False
            yield from self._outside(self.place)

    def _value(self, until: int) -> Iterator[_Value]:
        """Yield the bytes up to `until` as one value."""
        text = bytes(self.held[:until]).strip()
        dropped, self.begun, self.dropped = self.dropped, False, False
        self._forget(self.place)
        if text and not dropped:
            yield _Value(text, is_listed=self.base > 0)

    def _outside(self, until: int) -> Iterator[_Value]:
        text = bytes(self.held[:until]).strip()
        self._forget(self.place)
        if text:
            yield _Value(text, OUTSIDE_OF_OBJECTS)

    def _forget(self, until: int) -> None:
        del self.held[: min(until, len(self.held))]
        self.place -= min(until, self.place)
