"""Where bad rows go: a JSONL file of line, reason and the row as it was, so that nothing is lost and everything can be mended."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self

from pydantic import ValidationError

from penchant.store.importing.rows import NOT_UTF8, Row

RAW_KEPT = 2_000
KINDS_COUNTED = 50
_OTHER = "other reasons"


class Quarantine:
    """Opened when the first bad row comes. `reasons` counts rows by kind of reason; the file holds the particulars."""

    def __init__(self, folder: Path, source: Path, started: datetime) -> None:
        self.folder = folder
        self._stem = f"{source.name}.{started:%Y%m%dT%H%M%SZ}"
        self.reasons: Counter[str] = Counter()
        self.path: Path | None = None
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, row: Row, reason: str, kind: str | None = None) -> None:
        """Set a row aside. `kind` is the reason without the particulars of this row."""
        kind = kind or reason
        self.reasons[kind if kind in self.reasons or len(self.reasons) < KINDS_COUNTED else _OTHER] += 1
        if self._file is None:
            self._file = self._create()
        entry = {"line": row.line, "reason": reason, "raw": _raw(row.content)}
        self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def add_invalid(self, row: Row, error: ValidationError) -> None:
        """Set aside a row that does not validate, with the first thing that is wrong with it."""
        self.add(row, *(explain(error) if _is_utf8(row.content) else (NOT_UTF8, NOT_UTF8)))

    def flush(self) -> None:
        """Put what was set aside on disk before the rows beside it are committed."""
        if self._file is not None:
            self._file.flush()

    def _create(self) -> IO[str]:
        self.folder.mkdir(parents=True, exist_ok=True)
        for attempt in range(1_000_000):
            path = self.folder / f"{self._stem}{f'-{attempt}' if attempt else ''}.quarantine.jsonl"
            try:
                file = path.open("x", encoding="utf-8", errors="backslashreplace")
            except FileExistsError:
                continue
            self.path = path
            return file
        raise AssertionError("a million quarantine files of one second")


def explain(error: ValidationError) -> tuple[str, str]:
    """What is wrong first, for this row, and the same without its particulars (so that it can be counted)."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    match first["type"]:
        case "missing":
            reason = "is missing"
        case "json_invalid":
            return f"not valid JSON: {first['ctx']['error']}", "not valid JSON"
        case "model_type" | "model_attributes_type" if not where:
            return "not a JSON object", "not a JSON object"
        case _:
            reason = first["msg"].removeprefix("Value error, ")
    told = f"{where}: {reason}" if first["type"] != "missing" else f"{where} {reason}"
    return told, re.sub(r"^((?:[\w.]+: )?)('.*'|[-+\d.einfa]+) is", r"\1is", told)


def _is_utf8(content: bytes | Mapping[str, Any]) -> bool:
    if not isinstance(content, bytes):
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _raw(content: bytes | Mapping[str, Any]) -> str:
    if isinstance(content, bytes):
        return content[:RAW_KEPT].decode("utf-8", "backslashreplace").rstrip("\r\n")
    return json.dumps(content, ensure_ascii=False, default=str)[:RAW_KEPT]


def count_in_quarantine(folder: Path, user_id: str) -> int:
    """How many rows that were set aside speak of this user."""
    paths = sorted(folder.glob("*.quarantine.jsonl"))
    return sum(_speaks_of(entry, user_id) for path in paths for entry in path.read_text(encoding="utf-8").splitlines())


def erase_from_quarantine(folder: Path, user_id: str) -> int:
    """Remove what was set aside and speaks of this user; returns how many rows. A row that cannot be read is removed if it holds the id."""
    removed = 0
    for path in sorted(folder.glob("*.quarantine.jsonl")):
        entries = path.read_text(encoding="utf-8").splitlines()
        kept = [entry for entry in entries if not _speaks_of(entry, user_id)]
        if len(kept) < len(entries):
            removed += len(entries) - len(kept)
            beside = path.with_suffix(".part")
            beside.write_text("".join(f"{entry}\n" for entry in kept), encoding="utf-8")
            beside.replace(path)
    return removed


def _speaks_of(entry: str, user_id: str) -> bool:
    try:
        raw = json.loads(entry)["raw"]
        fields = json.loads(raw)
    except ValueError:  # cut rows, CSV lines that are no rows, an entry that a crash cut off
        return user_id in entry or json.dumps(user_id)[1:-1] in entry
    return str(fields.get("user_id")) == user_id if isinstance(fields, dict) and "user_id" in fields else user_id in raw
