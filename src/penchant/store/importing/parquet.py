"""Rows of Parquet files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from penchant.errors import UsageError
from penchant.store.importing.rows import Row

ROWS_AT_ONCE = 500
DAMAGED = "the file is damaged or cut here; what came before was kept"


def parquet_rows(file: BinaryIO, path: Path) -> Iterator[Row]:
    """Yield rows as fields, numbered from 1, with some hundreds in memory at a time.

    Raises `UsageError` for an unreadable file.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError(
            "Parquet needs the library pyarrow: pip install 'penchant[parquet]', or write the file as JSONL"
        ) from None

    number = 0
    try:
        for batch in pq.ParquetFile(file).iter_batches(batch_size=ROWS_AT_ONCE):
            for fields in _rows_of(batch):
                number += 1
                yield Row(number, fields)
    except (pa.ArrowException, OSError, ValueError, TypeError, OverflowError, MemoryError) as error:
        if number == 0:
            raise UsageError(f"{path} cannot be read as Parquet (is it cut?): {str(error)[:300]}") from None
        yield Row(number + 1, b"", DAMAGED)


def _rows_of(batch: Any) -> list[dict[str, Any]]:
    import pyarrow as pa

    columns = [_readable(column) for column in batch.columns]
    rows: list[dict[str, Any]] = pa.RecordBatch.from_arrays(columns, batch.schema.names).to_pylist(
        maps_as_pydicts="lossy"
    )
    return rows


def _readable(column: Any) -> Any:
    """Convert a column to types that Python has.

    Times in nanoseconds become microseconds. Text that its writer (Impala, Hive, old Spark) has marked as bytes
    becomes text.
    """
    import pyarrow as pa

    kind = column.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        return column.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        try:
            return column.cast(pa.large_string())
        except pa.ArrowInvalid:  # really bytes
            return column
    return column
