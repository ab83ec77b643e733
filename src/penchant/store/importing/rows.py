"""Rows and lines of files: JSON, JSON lines, CSV, TSV or Parquet, gzip or not, detected by suffix and first bytes."""

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from penchant.errors import UsageError
from penchant.store.importing.encodings import UTF8, AsUtf8, encoding_of, is_utf8
from penchant.store.importing.gzipped import ENDS_EARLY, EXPANDS_TOO_MUCH, GzipStream

__all__ = [
    "ENDS_EARLY",
    "EXPANDS_TOO_MUCH",
    "MAX_LINE",
    "NOT_UTF8",
    "TOO_LONG",
    "Line",
    "Row",
    "TextStream",
    "size_of",
    "suffix_of",
]

MAX_LINE = 4 * 1024 * 1024
"""The maximum size of a line in bytes. A longer line goes to quarantine without ever being in memory as a whole."""
SAMPLE = 256 * 1024
"""The number of bytes that are examined to detect how a file is written."""
LOOKED_THROUGH = 64 * 1024 * 1024
"""The number of bytes of a table that are searched for bytes that are not UTF-8: the first accent may occur late."""
TOO_LONG = "the line is longer than 4 MiB"
NOT_UTF8 = "the line is not UTF-8: name the encoding of the file with --encoding, or save the file as UTF-8"

JSON, DELIMITERS, PARQUET, ANY_TEXT = (
    (".jsonl", ".ndjson", ".json", ".js"),
    {".csv": ",", ".tsv": "\t", ".tab": "\t"},
    (".parquet", ".pq"),
    (".txt", ".dat", ".data", ""),
)
"""Suffixes by kind of file.

Text files of any kind (a spreadsheet saves tabs as `.txt`) are detected by their first bytes.
"""
_ASSIGNMENT = re.compile(
    rb"\s*(?:(?:window\.|module\.|(?:export\s+)?(?:var|let|const)\s)[\w.$\s]{1,200}=|export\s+default\s)\s*(?=[\[{])"
)
"""What stands before the value in a script that holds data, as Twitter exports them: `window.YTD.tweets.part0 = [`."""
_ARCHIVES = (".zip", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".tgz")
SUFFIXES = "use .jsonl, .json, .csv, .tsv or .parquet (all but the last with or without .gz)"


class Row(NamedTuple):
    """One row: its line (JSON lines, CSV) or number (lists, Parquet) from 1, and its JSON bytes or its fields.

    `problem`: why it cannot be read. `columns` and `delimiter`: how to parse the bytes of a table's row. `user_id`:
    its user, if known from elsewhere.
    """

    line: int
    content: bytes | dict[str, Any]
    problem: str | None = None
    columns: tuple[str, ...] = ()
    delimiter: str = ""
    user_id: str | None = None


class Line(NamedTuple):
    """One line of a text file, or its beginning and the problem with the rest."""

    number: int
    text: bytes
    problem: str | None = None


class TextStream:
    """The text of an open file as UTF-8, decompressed if necessary.

    `beginning`: its first bytes. `notes`: notes for the receipt. `one_document`: its name says that it may be a
    single value. `encoding`: overrides the detected encoding. `is_script`: its value is assigned to a variable, which is left out.
    """

    def __init__(
        self, file: BinaryIO, *, table: bool = False, one_document: bool = False, encoding: str | None = None
    ) -> None:
        self.notes: list[str] = []
        self.one_document = one_document
        self._packed: list[GzipStream] = []
        self._table = table
        first = self._unpacked(file).read(SAMPLE)
        found = encoding or encoding_of(self._looked_through(file, first) if table else first, guess=table)
        file.seek(0)
        text: BinaryIO = self._unpacked(file)
        if found != UTF8:
            text = cast(BinaryIO, io.BufferedReader(AsUtf8(text, found)))
            if encoding is None:
                self.notes.append(
                    f"read as {_NAMES.get(found, found)}, which is no UTF-8: if letters look wrong, name another with --encoding"
                )
        beginning = text.read(SAMPLE).removeprefix(b"\xef\xbb\xbf")
        assignment = _ASSIGNMENT.match(beginning)
        self.is_script = assignment is not None
        self.beginning = beginning[assignment.end() :] if assignment else beginning
        self._rest = text
        self._given = False

    @property
    def problem(self) -> str | None:
        """Why the text ended early, or None."""
        return next((stream.problem for stream in self._packed if stream.problem), None)

    def read(self, size: int) -> bytes:
        """Return the next bytes; empty at the end."""
        if not self._given:
            self._given = True
            return self.beginning or self._rest.read(size)
        return self._rest.read(size)

    def lines(self) -> Iterator[Line]:
        """Yield the lines with their numbers; the last one has the problem of a truncated compressed file.

        In tables without any line feed a carriage return ends a line.
        """
        only_returns = self._table and b"\r" in self.beginning and b"\n" not in self.beginning
        end = b"\r" if only_returns else b"\n"
        number, waiting, skipping = 0, b"", False
        while piece := self.read(SAMPLE):
            *whole, waiting = (waiting + piece).split(end)
            for text in whole:
                if skipping:
                    skipping = False
                    continue
                number += 1
                yield (
                    Line(number, text[:MAX_LINE] + end, TOO_LONG) if len(text) > MAX_LINE else Line(number, text + end)
                )
            if len(waiting) > MAX_LINE:
                if not skipping:
                    number += 1
                    yield Line(number, waiting[:MAX_LINE], TOO_LONG)
                waiting, skipping = b"", True
        if (waiting and not skipping) or self.problem:
            yield Line(number + 1, b"" if skipping else waiting, self.problem)

    def _unpacked(self, file: BinaryIO) -> BinaryIO:
        magic = file.read(2)
        file.seek(0)
        if magic != b"\x1f\x8b":
            return file
        magic = GzipStream(file).read(2)
        file.seek(0)
        self._packed = [GzipStream(file)]
        if magic == b"\x1f\x8b":  # compressed twice, for example again by a download
            self._packed.append(GzipStream(cast(BinaryIO, self._packed[0])))
        return cast(BinaryIO, io.BufferedReader(self._packed[-1]))

    def _looked_through(self, file: BinaryIO, first: bytes) -> bytes:
        """Return the beginning, and if bytes that are not UTF-8 occur later, the text around the first of them."""
        if not is_utf8(first, cut=True) or first[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return first
        file.seek(0)
        stream, decoder = self._unpacked(file), codecs.getincrementaldecoder(UTF8)()
        looked, before = 0, b""
        while looked < LOOKED_THROUGH and (piece := stream.read(SAMPLE)):
            looked += len(piece)
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                return first[: first.rfind(b"\n") + 1] + before.rpartition(b"\n")[2] + piece
            before = piece
        return first


_NAMES = {
    **dict.fromkeys(("utf-16-le", "utf-16-be"), "UTF-16"),
    **dict.fromkeys(("utf-32-le", "utf-32-be"), "UTF-32"),
    "cp1252": "Windows-1252",
    "gb18030": "GB 18030",
}


def size_of(path: Path) -> int:
    """Return the size of the file in bytes.

    Raises `UsageError` if it is missing, a folder, unreadable or of no supported kind.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name the files in it, as in {path}/*.jsonl")
    if not path.exists():
        raise UsageError(f"{path} does not exist: check the path")
    if not path.is_file():
        raise UsageError(f"{path} is not a regular file: use `-` instead, and pass its content through stdin")
    suffix_of(path)
    try:
        with path.open("rb"):
            return path.stat().st_size
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None


def suffix_of(path: Path) -> str:
    """Return the suffix that tells the kind of file, without `.gz`. Raises `UsageError` for an unsupported one."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
        suffixes = suffixes or [JSON[0]]  # whether it is a table or JSON is decided by its first bytes
    kind = suffixes[-1] if suffixes else ""
    if kind not in (*JSON, *DELIMITERS, *PARQUET, *ANY_TEXT):
        sheet = "save the sheet as CSV, or " if kind in (".xls", ".xlsx", ".ods", ".numbers") else ""
        sheet = "unpack it first, and " if kind in _ARCHIVES else sheet
        raise UsageError(f"{path}: files of kind {kind!r} cannot be imported: {sheet}{SUFFIXES}")
    return kind
