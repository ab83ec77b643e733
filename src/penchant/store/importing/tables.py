"""Rows of CSV and Parquet files."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from penchant.errors import UsageError
from penchant.store.importing.rows import NOT_UTF8, Line, Row

_PARQUET_ROWS = 2_000
_HEADER = "the file needs a first line that names the columns, such as user_id,type,at,item_id"


def csv_rows(lines: Iterator[Line], delimiter: str) -> Iterator[Row]:
    """Rows as fields by the names in the header. Raises `UsageError` for a header that names a column twice or not at all."""
    reading = _Reading(lines)
    table = csv.reader(iter(reading), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    while True:
        try:
            values = next(table)
        except StopIteration:
            break
        except csv.Error as error:
            yield Row(reading.line, reading.taken(), _told(error))
            continue
        raw = reading.taken()
        if raw.strip():
            if header is None:
                header = _header(values, raw)
            else:
                yield _row(reading.line, header, values, raw)
        if (broken := reading.broken) is not None:
            reading.broken = None
            yield Row(broken.number, broken.text, broken.problem)


class _Reading:
    """The lines as text for the CSV reader, remembering which bytes the current row was made of."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines = lines
        self.line = 0
        self.broken: Line | None = None
        self._raw: list[bytes] = []

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            if line.problem is not None:
                self.broken = line
                yield ""  # hands control back between rows
                continue
            self.line = line.number
            self._raw.append(line.text)
            yield line.text.decode("utf-8", "surrogateescape")

    def taken(self) -> bytes:
        """The bytes of the row just read."""
        raw, self._raw = b"".join(self._raw), []
        return raw


def _told(error: csv.Error) -> str:
    said = str(error)
    return "not a CSV row: " + ("a line break stands outside quotes" if said.startswith("new-line") else said)


def _header(values: list[str], raw: bytes) -> list[str]:
    try:
        raw.decode()
    except UnicodeDecodeError:
        raise UsageError(f"the first line is not UTF-8 text: save the file as UTF-8; {_HEADER}") from None
    names = [name.strip() for name in values]
    if not all(names) or len(set(names)) < len(names):
        raise UsageError(f"the first line names a column twice, or leaves one unnamed: {_HEADER}")
    return names


def _row(line: int, header: list[str], values: list[str], raw: bytes) -> Row:
    if len(values) > len(header):
        return Row(line, raw, f"the row has more than the {len(header)} fields of the first line")
    try:
        raw.decode()
    except UnicodeDecodeError:
        return Row(line, raw, NOT_UTF8)
    return Row(line, dict(zip(header, values, strict=False)))


def parquet_rows(file: BinaryIO, path: Path) -> Iterator[Row]:
    """Rows as fields, numbered from 1, a few thousand in memory at a time. Raises `UsageError` for a damaged file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        for batch in pq.ParquetFile(file).iter_batches(batch_size=_PARQUET_ROWS):
            for fields in pa.RecordBatch.from_arrays(
                [_micros(column) for column in batch.columns], batch.schema.names
            ).to_pylist(maps_as_pydicts="lossy"):
                number += 1
                yield Row(number, fields)
    except (pa.ArrowException, OSError) as error:
        after = f" after row {number}" if number else ""
        raise UsageError(f"{path} cannot be read as Parquet{after} (is it cut?): {error}") from None


def _micros(column: Any) -> Any:
    """Times finer than a microsecond, which Python has no type for, to microseconds."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column
