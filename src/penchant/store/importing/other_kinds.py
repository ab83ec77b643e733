"""Recognises files that cannot be imported by their first bytes, and says how to get at their content."""

import re

MAGIC_BYTES = 512
"""The number of bytes needed to recognise a kind of file."""
_ARCHIVE = "unpack it first"
_TABLE = "save it as CSV or Parquet"
_BEGINNINGS = {
    b"PK\x03\x04": "a zip archive or an Excel workbook (save the sheet as CSV, or unpack the archive)",
    b"\xd0\xcf\x11\xe0": "an Excel workbook (save the sheet as CSV)",
    b"%PDF-": "a PDF document",
    b"SQLite format 3\0": "an SQLite database",
    b"\xfd7zXZ": f"an xz archive ({_ARCHIVE})",
    b"\x28\xb5\x2f\xfd": f"a zstd archive ({_ARCHIVE})",
    b"7z\xbc\xaf": f"a 7-Zip archive ({_ARCHIVE})",
    b"Rar!\x1a": f"a RAR archive ({_ARCHIVE})",
    b"ARROW1\0": f"a Feather file ({_TABLE})",
    b"Obj\x01": f"an Avro file ({_TABLE})",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x80\x04\x95": f"a pickle of Python ({_TABLE})",
    b"version https://git-lfs": "a pointer of Git LFS (fetch the file itself with `git lfs pull`)",
}
_LETTERS = {
    b"BZh": f"a bzip2 archive ({_ARCHIVE})",
    b"ORC": f"an ORC file ({_TABLE})",
}
"""Marks with which a column name may begin too (`ORCID`).

They count only if they are soon followed by a byte that does not occur in text.
"""
_NO_TEXT = re.compile(rb".{3,32}?[\x00-\x08\x0e-\x1d]", re.DOTALL)
_MARK_UP = {
    b"<!doctype html": "a web page, perhaps one that asks to sign in (download the file itself)",
    b"<html": "a web page, perhaps one that asks to sign in (download the file itself)",
    b"<?xml": "an XML document (save it as CSV or JSON)",
}


def unsupported_kind(beginning: bytes) -> str | None:
    """Return what kind of file begins like this and what to do with it; None if it may contain rows."""
    if beginning[257:262] == b"ustar":
        return f"a tar archive ({_ARCHIVE})"
    plain = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()[:32].lower()
    letters = _LETTERS if _NO_TEXT.match(beginning) else {}
    return next(
        (
            kind
            for found, kinds in ((beginning, _BEGINNINGS | letters), (plain, _MARK_UP))
            for mark, kind in kinds.items()
            if found.startswith(mark)
        ),
        None,
    )


def is_parquet(beginning: bytes) -> bool:
    """Return whether a file with this beginning is Parquet, and not a table whose first column is called `PAR1`."""
    return beginning.startswith(b"PAR1") and _NO_TEXT.match(beginning) is not None
