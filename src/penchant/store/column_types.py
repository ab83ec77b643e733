"""Column types with the same behaviour on SQLite and PostgreSQL.

Moments are stored as whole microseconds since 1970 UTC, so that order and equality are exact on both. JSON is stored
as ASCII text, which can contain what PostgreSQL's JSON type refuses (NUL, NaN, lone surrogates). Identifiers compare
by bytes, so that both databases sort alike.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, Text, TypeDecorator

from penchant.store.keys import opened_bytes, opened_text, sealed_bytes, sealed_text

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(moment: datetime) -> int:
    """Return a zone-aware moment as microseconds since 1970 UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the moment of `micros` microseconds since 1970 UTC."""
    return _EPOCH + timedelta(microseconds=micros)


encode_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str).encode
"""Encode a value as canonical JSON: equal values give equal text.

Types that JSON lacks (a date in a Parquet column) become text.
"""


class Instant(TypeDecorator[datetime]):
    """A zone-aware moment, stored as microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_micros(value)


class Json(TypeDecorator[Any]):
    """Any JSON value, stored as ASCII text with sorted keys."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else encode_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class SealedText(TypeDecorator[str]):
    """Text that is encrypted if there is a key (`store.keys`)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else sealed_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else opened_text(value)


class SealedJson(Json):
    """`Json` that is encrypted if there is a key."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else sealed_text(encode_json(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(opened_text(value))


class SealedBytes(TypeDecorator[bytes]):
    """Bytes that are encrypted if there is a key."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else sealed_bytes(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else opened_bytes(bytes(value))


Id = Text().with_variant(Text(collation="C"), "postgresql")
Serial = BigInteger().with_variant(Integer(), "sqlite")
