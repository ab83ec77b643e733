"""The quarantine of bad rows: JSONL files with line, reason, user and the original row.

Nothing is lost, and rows can be corrected and imported. Each import has a file of its own. A batch at a time is
written to it, by name and under a lock, because an erasure may replace the file in between by one without the rows of
the erased user.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Self
from uuid import uuid4

from pydantic import ValidationError

from penchant.store.importing.rows import Row
from penchant.store.private_files import private_file, private_folder, replacing
from penchant.store.process_lock import ProcessLock

RAW_KEPT = 100_000
"""The number of characters of a row that are stored: more than any valid event or item has."""
KINDS_COUNTED = 50
SUFFIX = ".quarantine.jsonl"
ERASED = "the user has been erased while the file was read: nothing of the row is kept"
_OTHER = "other reasons"
_TOO_LONG = "longer than 100,000 characters and of no user that could be told: see the line in the file itself"
_USER = re.compile(r"[\"']?user_id[\"']?\s{0,8}[:=]\s{0,8}(?:\"((?:[^\"\\]|\\.){1,1024})\"|(-?\d{1,64}))")
_LISTS = {
    "categories": '[["Books", "Fantasy"], ["Gifts"]] or Books > Fantasy|Gifts',
    "tags": '["myth", "classic"] or myth|classic',
}
Erased = Callable[[AbstractSet[str]], AbstractSet[str]]
"""Returns which of these users have been erased since the import began."""


class _Entry(NamedTuple):
    user: str | None
    text: str


class Quarantine:
    """The quarantine of one import.

    Its file is created with the first bad row; `reasons` counts rows by kind of reason.

    `user_id`: the user of rows that name none. `erased`: returns users whose rows are counted but not stored.
    """

    def __init__(
        self, folder: Path, source: Path, started: datetime, user_id: str | None = None, erased: Erased | None = None
    ) -> None:
        self.folder, self.user_id = folder, user_id
        self._stem = f"{source.name}.{started:%Y%m%dT%H%M%SZ}"
        self._erased = erased or (lambda users: frozenset())
        self.reasons: Counter[str] = Counter()
        self.path: Path | None = None
        self._waiting: list[_Entry] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.flush()

    def add(self, row: Row, reason: str, kind: str | None = None, *, user_id: str | None = None) -> None:
        """Put a row in quarantine.

        `kind`: the reason without details of this row; `user_id`: the user of the row, if known.
        """
        kind = kind or reason
        self.reasons[kind if kind in self.reasons or len(self.reasons) < KINDS_COUNTED else _OTHER] += 1
        user = (user_id or _user_of(row.content) or self.user_id) if row.content else None
        raw = _raw(row.content, user)
        entry: dict[str, Any] = {"line": row.line, "reason": reason, "raw": raw}
        if row.columns and isinstance(row.content, bytes):
            entry |= {"columns": list(row.columns), "delimiter": row.delimiter}
        if len(raw) == RAW_KEPT or raw == _TOO_LONG:
            entry["cut"] = True
        if user is not None and _user_of(raw.encode("utf-8", "surrogatepass")) != user:
            entry["user_id"] = user
        self._waiting.append(_Entry(user, json.dumps(entry, ensure_ascii=False)))

    def flush(self) -> None:
        """Write waiting rows to the file. To be called before the good rows of the batch are committed."""
        if not self._waiting:
            return
        with _lock(self.folder).held():
            path = self.path = self.path or self._create()
            gone = self._erased({entry.user for entry in self._waiting if entry.user})
            with private_file(path).open("ab") as file:
                file.writelines(_line(entry.text) for entry in self._waiting if entry.user not in gone)
        self._waiting.clear()

    def _create(self) -> Path:
        plain = self.folder / f"{self._stem}{SUFFIX}"
        return plain if not plain.exists() else self.folder / f"{self._stem}-{uuid4().hex[:8]}{SUFFIX}"


def general(reason: str) -> str:
    """Return a reason without the details of its row, so that equal kinds can be counted."""
    return re.sub(r"^((?:[\w.]+: )?)('[^\n]*'|[-+\d.einfaT:]+) is", r"\1is", reason[:2_000])


def explain(error: ValidationError) -> tuple[str, str]:
    """Return the first validation error as a reason, and the same without details of the row for counting."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    match first["type"]:
        case "missing":
            reason = "is missing"
        case "json_invalid":
            return f"not valid JSON: {first['ctx']['error']}", "not valid JSON"
        case "model_type" | "model_attributes_type" if not where:
            return "not a JSON object", "not a JSON object"
        case "bool_parsing" | "bool_type":
            reason = "is neither true nor false (in stock, out of stock and the like are read too)"
        case "tuple_type":
            reason = f"is no list of names that can be read: write {_LISTS.get(where.partition('.')[0], 'a list')}"
        case "too_long" if first["ctx"].get("field_type") == "Tuple":
            reason = f"holds {first['ctx']['actual_length']} entries, more than the {first['ctx']['max_length']} that are allowed"
        case _:
            reason = first["msg"].removeprefix("Value error, ")
    message = f"{where}: {reason}" if first["type"] != "missing" else f"{where} {reason}"
    return message, general(message)


def count_in_quarantine(folder: Path, user_id: str) -> int:
    """Return the number of rows in quarantine that mention this user."""
    speaks = _speaks_of(user_id)
    return sum(speaks(entry) for path in _files(folder) for entry in _entries(path))


def erase_from_quarantine(folder: Path, user_id: str) -> int:
    """Remove the rows in quarantine that mention this user; returns how many.

    A row that names no user is removed if it contains the id.
    """
    removed, speaks = 0, _speaks_of(user_id)
    if not folder.exists():
        return 0
    with _lock(folder).held():
        for path in _files(folder):
            entries = _entries(path)
            remaining = [entry for entry in entries if not speaks(entry)]
            if len(remaining) < len(entries):
                removed += len(entries) - len(remaining)
                with replacing(path) as file:
                    file.writelines(entry + b"\n" for entry in remaining)
    return removed


def _lock(folder: Path) -> ProcessLock:
    private_folder(folder)
    return ProcessLock(folder / ".lock", "what imports have set aside")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}"))


def _entries(path: Path) -> list[bytes]:
    """Return the lines of the file. Only a line feed ends a line, because texts may contain other line separators."""
    return [entry for entry in path.read_bytes().split(b"\n") if entry.strip()]


def _line(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _speaks_of(user_id: str) -> Callable[[bytes], bool]:
    """Return a function that tells whether an entry is about this user.

    It is if it names the user; an entry that names none is if the id occurs in it as a word of its own.
    """
    forms = {user_id, json.dumps(user_id)[1:-1], json.dumps(user_id, ensure_ascii=False)[1:-1]}
    either = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    as_word = re.compile(rf"(?<![\w@.+-])(?:{either})(?![\w@+-]|\.\w)")

    def speaks(entry: bytes) -> bool:
        text = entry.decode("utf-8", "replace")
        try:
            fields = json.loads(text)
            named, raw = fields.get("user_id"), str(fields["raw"])
        except (ValueError, KeyError, AttributeError, RecursionError):  # an entry truncated by a crash
            return bool(as_word.search(text))
        user = str(named) if named is not None else _user_of(raw.encode("utf-8", "surrogatepass"))
        if user is not None:
            return user_id in (user, user.strip())
        return bool(as_word.search(raw))

    return speaks


def _user_of(content: bytes | Mapping[str, Any]) -> str | None:
    """Return the user of a row, or None if the row does not name one."""
    fields: Any = content
    if isinstance(content, bytes):
        try:
            fields = json.loads(content)
        except (ValueError, RecursionError):
            found = _USER.search(content.decode("utf-8", "replace"))
            return _unquoted(found) if found else None
    user = fields.get("user_id") if isinstance(fields, Mapping) else None
    return str(user) if isinstance(user, str | int | float) and str(user) else None


def _unquoted(found: re.Match[str]) -> str:
    try:
        return found[2] or str(json.loads(f'"{found[1]}"'))
    except ValueError:
        return found[1]


def _raw(content: bytes | Mapping[str, Any], user: str | None) -> str:
    """Return the row as text, truncated.

    A long row is truncated only if its user is known; otherwise none of it is kept.
    """
    if isinstance(content, bytes):
        text = content.decode("utf-8", "backslashreplace").rstrip("\r\n")
    else:
        text = json.dumps(content, ensure_ascii=False, default=str)
    return text[:RAW_KEPT] if user is not None or len(text) <= RAW_KEPT else _TOO_LONG
