"""How values stand in the tables, on SQLite and PostgreSQL alike.

Moments are kept as whole microseconds since 1970 UTC, so that order and equality are exact on both. JSON is kept as ASCII text: it takes
what PostgreSQL's own JSON type refuses (NUL, NaN, lone surrogates). Identifiers compare by bytes, so that both databases sort alike.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, Text, TypeDecorator

from penchant.store.keys import opened_bytes, opened_text, sealed_bytes, sealed_text

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC of a zone-aware moment."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The inverse of `to_micros`."""
    return _EPOCH + timedelta(microseconds=micros)


encode_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str).encode
"""Canonical JSON: equal values give equal text. What JSON has no word for (a date in a Parquet column) becomes text."""


class Instant(TypeDecorator[datetime]):
    """A zone-aware moment, kept as microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_micros(value)


class Json(TypeDecorator[Any]):
    """Anything JSON can say, kept as ASCII text with sorted keys."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else encode_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class SealedText(TypeDecorator[str]):
    """Text that is encrypted where there is a key (`store.keys`)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else sealed_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else opened_text(value)


class SealedJson(Json):
    """`Json` that is encrypted where there is a key."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else sealed_text(encode_json(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(opened_text(value))


class SealedBytes(TypeDecorator[bytes]):
    """Bytes that are encrypted where there is a key."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else sealed_bytes(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else opened_bytes(bytes(value))


Id = Text().with_variant(Text(collation="C"), "postgresql")
Serial = BigInteger().with_variant(Integer(), "sqlite")
