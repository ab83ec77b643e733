"""Any supported file as a stream of rows: JSONL, CSV, TSV or Parquet, gzip or not, told by its suffix and by its first bytes."""

import gzip
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast
from zlib import error as ZlibError

from penchant.errors import UsageError

MAX_LINE = 4 * 1024 * 1024
"""Bytes of one line; a longer one is set aside without ever being held whole."""
CUT = "the file is cut: its compressed data end early or are damaged here; what came before was kept"
TOO_LONG = "the line is longer than 4 MiB"
NOT_UTF8 = "the line is not UTF-8: save the file as UTF-8"

_JSONL, _DELIMITERS, _PARQUET = (".jsonl", ".ndjson", ".json"), {".csv": ",", ".tsv": "\t"}, (".parquet", ".pq")
_SUFFIXES = "use .jsonl, .csv, .tsv or .parquet (the first three with or without .gz)"


class Row(NamedTuple):
    """One row: its line (JSONL, CSV) or number (Parquet) from 1, and its JSON bytes or its fields; `problem` says why it cannot be read."""

    line: int
    content: bytes | dict[str, Any]
    problem: str | None = None


class Line(NamedTuple):
    """One line of a text file as it stands, or the start of it and why the rest cannot be had."""

    number: int
    text: bytes
    problem: str | None = None


class Source:
    """A file being read. `read` and `total` count its bytes on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.total = _size(path)
        self._file: BinaryIO | None = None

    @property
    def read(self) -> int:
        """How many bytes of the file have been read so far."""
        return self.total if self._file is None or self._file.closed else min(self._file.tell(), self.total)

    def rows(self) -> Iterator[Row]:
        """Every row in turn; blank lines are no rows. Raises `UsageError` for a file that is not what its name says."""
        from penchant.store.importing.tables import csv_rows, parquet_rows

        suffix = _suffix(self.path)
        self._file = self.path.open("rb")
        with closing(self._file):
            magic = self._file.read(4)
            self._file.seek(0)
            if magic == b"PAR1":
                yield from parquet_rows(self._file, self.path)
            elif suffix in _PARQUET and magic:
                raise UsageError(f"{self.path} is not a Parquet file, whatever its name says: {_SUFFIXES}")
            elif magic[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise UsageError(f"{self.path} is UTF-16: save it as UTF-8 and import it again")
            else:
                stream = (
                    io.BufferedReader(gzip.GzipFile(fileobj=self._file)) if magic[:2] == b"\x1f\x8b" else self._file
                )
                lines = _lines(cast(BinaryIO, stream))
                yield from (
                    csv_rows(lines, _DELIMITERS[suffix]) if suffix in _DELIMITERS else _json_rows(lines, self.path)
                )


def read_rows(path: Path) -> Iterator[Row]:
    """Every row of a file. Raises `UsageError` if it is missing, a folder, or of no supported kind."""
    return Source(path).rows()


def _size(path: Path) -> int:
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name the files in it, as in {path}/*.jsonl")
    if not path.exists():
        raise UsageError(f"{path} does not exist: check the path")
    _suffix(path)
    try:
        with path.open("rb"):
            return path.stat().st_size
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    kind = suffixes[-1] if suffixes else ""
    if kind not in (*_JSONL, *_DELIMITERS, *_PARQUET):
        raise UsageError(f"{path}: files of kind {kind or '(no suffix)'!r} cannot be imported: {_SUFFIXES}")
    return kind


def _lines(stream: BinaryIO) -> Iterator[Line]:
    """Raw lines with their numbers; the last one tells where a compressed file was cut."""
    number = 0
    try:
        while text := stream.readline(MAX_LINE + 1):
            number += 1
            if len(text) > MAX_LINE:
                while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield Line(number, text[:MAX_LINE], TOO_LONG)
            else:
                yield Line(number, text.removeprefix(b"\xef\xbb\xbf") if number == 1 else text)
    except (EOFError, ZlibError, gzip.BadGzipFile):
        yield Line(number + 1, b"", CUT)


def _json_rows(lines: Iterator[Line], path: Path) -> Iterator[Row]:
    for line in lines:
        if line.number == 1 and path.suffix == ".json" and line.text.lstrip().startswith(b"["):
            raise UsageError(
                f"{path} is one JSON array; give one object per line: jq -c '.[]' {path} > {path.stem}.jsonl"
            )
        if line.problem is not None or not line.text.isspace():
            yield Row(line.number, line.text, line.problem)
