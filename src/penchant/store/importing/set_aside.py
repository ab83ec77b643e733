"""Reads the entries of a quarantine file that was corrected by hand as the rows they were."""

from typing import Any

from penchant.store.importing.json_text import parse_json
from penchant.store.importing.rows import Row
from penchant.store.importing.tables import row_of

_KEYS = frozenset(("line", "reason", "raw", "user_id", "columns", "delimiter", "cut"))
_NEEDED = frozenset(("line", "reason", "raw"))
_STILL_CUT = "the row was cut when it was set aside: take it from the file it came from"
_NOTHING = "nothing of the row was kept when it was set aside"
_NO_ROW = "it is still no row of the table it came from: mend `raw`, or write an object in its place"


def restored_row(row: Row) -> Row:
    """Return the row in an entry of a quarantine file; any other row unchanged."""
    if row.problem is not None or not isinstance(row.content, bytes) or b'"reason"' not in row.content[:8_192]:
        return row
    try:
        entry = parse_json(row.content)
    except ValueError:
        return row
    if not isinstance(entry, dict) or not _NEEDED <= entry.keys() <= _KEYS:
        return row
    user = entry.get("user_id")
    return _row_within(entry, row)._replace(line=row.line, user_id=str(user) if isinstance(user, str | int) else None)


def _row_within(entry: dict[str, Any], row: Row) -> Row:
    raw, columns, delimiter = entry["raw"], entry.get("columns"), entry.get("delimiter")
    if isinstance(raw, dict):
        return row._replace(content=raw)
    if not isinstance(raw, str) or not raw:
        return row._replace(problem=_NOTHING)
    if entry.get("cut"):
        return row._replace(problem=_STILL_CUT)
    if (
        isinstance(columns, list)
        and isinstance(delimiter, str)
        and len(delimiter) == 1
        and not raw.lstrip().startswith("{")
    ):
        fields = row_of(raw, [str(name) for name in columns], delimiter)
        return row._replace(content=fields) if fields is not None else row._replace(problem=_NO_ROW)
    return row._replace(content=raw.encode("utf-8", "replace"))
