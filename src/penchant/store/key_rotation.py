"""Key rotation: seals every value again with a new key, in small transactions.

Readers and writers can continue meanwhile.

An interrupted rotation loses nothing, because every value names its key; the next rotation completes it. The old key
is destroyed when no value needs it: at once on SQLite, where only one transaction writes at a time, and by a later
rotation on PostgreSQL, where a transaction may still be writing with it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    Text,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    tuple_,
    type_coerce,
)

from penchant.errors import CorruptError
from penchant.store.column_types import SealedBytes, SealedJson, SealedText
from penchant.store.database import Database
from penchant.store.erase import clear_bytes
from penchant.store.key_marker import check_marker, mark
from penchant.store.keys import ID_LETTERS, MARK, PLAIN, REPLACED_KEY_LIFETIME, Key, Keyring, without_key
from penchant.store.process_lock import ProcessLock
from penchant.store.schema import metadata

BATCH = 500
Progress = Callable[[int, int], None]
"""Called with (rows done, total number of rows)."""


class KeyRotation(BaseModel):
    """The result of a rotation.

    `sealed`: rows by table; `dropped`: keys that were destroyed; `waiting`: keys that a later rotation destroys;
    `residue`: values that are not sealed with the new key, which has to be 0.
    """

    key: str
    first: bool
    sealed: dict[str, int] = Field(default_factory=dict)
    dropped: list[str] = Field(default_factory=list)
    waiting: list[str] = Field(default_factory=list)
    residue: int = 0
    notes: list[str] = Field(default_factory=list)


def rotate_keys(
    database: Database, keyring: Keyring, now: datetime, on_progress: Progress | None = None
) -> KeyRotation:
    """Create a new key and seal all values with it.

    The first key turns encryption on. Raises `StoreError`, `CorruptError`.
    """
    places = sealed_columns()
    with ProcessLock(keyring.path.with_name(f"{keyring.path.name}.lock"), "the keys").held():
        _check_keys(database, keyring)
        first = keyring.current is None
        key = keyring.add(now)
        with database.write() as connection:
            mark(connection, key)
        total = sum(_stale(database, table, columns, key) for table, columns in places)
        receipt, done = KeyRotation(key=key.id, first=first), 0
        for table, columns in places:
            while count := _seal_table(database, table, columns, key):
                receipt.sealed[table.name] = receipt.sealed.get(table.name, 0) + count
                done += count
                if on_progress:
                    on_progress(done, max(done, total))
        _drop(database, keyring, key, now, receipt)
        receipt.notes += clear_bytes(database)
    return receipt


def _check_keys(database: Database, keyring: Keyring) -> None:
    """Raise `CorruptError` if a value is sealed with a key that is not in the file: it is the wrong key file."""
    known = [PLAIN, *(key.prefix for key in keyring.known())]
    with database.read() as connection:
        check_marker(connection, keyring)
        for table, columns in sealed_columns():
            for column in columns:
                other = and_(_begins(column, MARK), *(~_begins(column, prefix) for prefix in known))
                kind = LargeBinary if isinstance(column.type, SealedBytes) else Text
                name = func.substr(type_coerce(column, kind), len(MARK) + 1, ID_LETTERS, type_=kind)
                found: Any = connection.execute(select(name).select_from(table).where(other).limit(1)).scalar()
                if found is not None:
                    missing = found if isinstance(found, str) else bytes(found).decode("ascii", "replace")
                    raise CorruptError(without_key(missing, keyring.path))


def sealed_columns() -> list[tuple[Table, list[Column[Any]]]]:
    """Return every table with sealed columns, and these columns."""
    kinds = (SealedText, SealedJson, SealedBytes)
    found = [
        (table, [column for column in table.columns if isinstance(column.type, kinds)])
        for table in metadata.sorted_tables
    ]
    return [(table, columns) for table, columns in found if columns]


def _seal_table(database: Database, table: Table, columns: Sequence[Column[Any]], key: Key) -> int:
    """Go through a table once and seal values again; returns the number of rows."""
    primary, count, last = list(table.primary_key.columns), 0, None
    own = and_(*(column == bindparam(f"pk_{column.name}", type_=column.type) for column in primary))
    change = (
        table.update()
        .where(own)
        .values({column.name: bindparam(f"new_{column.name}", type_=column.type) for column in columns})
    )
    while True:
        query = select(*primary, *columns).where(_needs(columns, key)).order_by(*primary).limit(BATCH)
        if last is not None:
            place = (literal(value, column.type) for value, column in zip(last, primary, strict=True))
            query = query.where(tuple_(*primary) > tuple_(*place))
        with database.write() as connection:
            rows = connection.execute(query if database.is_sqlite else query.with_for_update()).all()
            if not rows:
                return count
            names = [*(f"pk_{column.name}" for column in primary), *(f"new_{column.name}" for column in columns)]
            connection.execute(change, [dict(zip(names, row, strict=True)) for row in rows])
        last, count = rows[-1][: len(primary)], count + len(rows)


def _drop(database: Database, keyring: Keyring, key: Key, now: datetime, receipt: KeyRotation) -> None:
    """Destroy the keys that no value needs any more, in a transaction in which nobody else writes."""
    with database.write_in_turn() as connection:
        for table, columns in sealed_columns():
            query = select(func.count()).select_from(table).where(_needs(columns, key))
            receipt.residue += connection.execute(query).scalar_one()
        old = [each for each in keyring.known() if each.id != key.id]
        unused = [each for each in old if database.is_sqlite or (each.retired_at or now) < now - REPLACED_KEY_LIFETIME]
        safe = set() if receipt.residue else {each.id for each in unused}
        if safe:
            keyring.drop(safe)
        receipt.dropped = [each.id for each in old if each.id in safe]
        receipt.waiting = [each.id for each in old if each.id not in safe]


def _stale(database: Database, table: Table, columns: Sequence[Column[Any]], key: Key) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(table).where(_needs(columns, key))).scalar_one()


def _needs(columns: Sequence[Column[Any]], key: Key) -> ColumnElement[bool]:
    """Return a condition for rows with a value that is not sealed with this key."""
    return or_(*(and_(column.is_not(None), ~_begins(column, key.prefix)) for column in columns))


def _begins(column: Column[Any], prefix: str) -> ColumnElement[bool]:
    if isinstance(column.type, SealedBytes):
        start = func.substr(type_coerce(column, LargeBinary), 1, len(prefix), type_=LargeBinary)
        return start == literal(prefix.encode(), LargeBinary)
    return func.substr(type_coerce(column, Text), 1, len(prefix), type_=Text) == literal(prefix, Text)
