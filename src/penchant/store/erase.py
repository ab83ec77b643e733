"""Forgetting one user: every row that is theirs, then the bytes those rows leave behind."""

from typing import NamedTuple

from sqlalchemy import Column, Connection, Table, delete, func, select

from penchant.errors import StoreError
from penchant.store.database import Database
from penchant.store.receipt import Usage
from penchant.store.schema import llm_usage, metadata
from penchant.store.usage import NOBODY

_OWNERS = ("user_id", "owner")


class Erasure(NamedTuple):
    """Rows found, removed and found again, by table. `notes` says what is left to do where bytes could not be cleared at once."""

    found: dict[str, int]
    removed: dict[str, int]
    residue: dict[str, int]
    notes: tuple[str, ...]


def erase_user(database: Database, user_id: str) -> Erasure:
    """Remove everything the database holds of this user, look again, and clear the bytes. What was spent for them stays, as nobody's."""
    with database.write_in_turn() as connection:
        found = _count(connection, user_id)
        _disown_usage(connection, user_id)
        removed = {
            table.name: connection.execute(delete(table).where(column == user_id)).rowcount
            for table, column in reversed(_places())
            if found[table.name]
        }
    with database.read() as connection:
        residue = _count(connection, user_id)
    notes = _clear_bytes(database) if database.is_sqlite else _clear_rows(database, list(removed))
    return Erasure(found, {name: removed.get(name, 0) for name in found}, residue, notes)


def _places() -> list[tuple[Table, Column[str]]]:
    """Every table with a column that names a user, referenced ones first."""
    return [(table, table.c[name]) for table in metadata.sorted_tables for name in _OWNERS if name in table.c]


def _count(connection: Connection, user_id: str) -> dict[str, int]:
    return {
        table.name: connection.execute(select(func.count()).select_from(table).where(column == user_id)).scalar_one()
        for table, column in _places()
    }


def _disown_usage(connection: Connection, user_id: str) -> None:
    """Copy what was spent to nobody's account, so that totals stay true."""
    rows = connection.execute(select(llm_usage).where(llm_usage.c.user_id == user_id)).mappings().all()
    for row in rows:
        key = {name: row[name] for name in ("day", "step", "model")} | {"user_id": NOBODY}
        nobodys = [llm_usage.c[name] == value for name, value in key.items()]
        amounts = {name: row[name] for name in Usage.model_fields}
        more = {name: llm_usage.c[name] + amount for name, amount in amounts.items()}
        if connection.execute(llm_usage.update().where(*nobodys).values(more)).rowcount == 0:
            connection.execute(llm_usage.insert(), key | amounts)


def _clear_bytes(database: Database) -> tuple[str, ...]:
    """`secure_delete` overwrites the rows themselves; VACUUM drops the copies that splitting pages left, and the log is emptied."""
    try:
        with database.outside_transactions() as connection:
            connection.exec_driver_sql("VACUUM")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    except StoreError as error:
        return (
            f"old bytes remain in the file until it can be rewritten ({error}): run `penchant erase` for this user again",
        )
    if busy:
        return (
            "old bytes remain in the write-ahead log until its readers finish: run `penchant erase` for this user again",
        )
    return ()


def _clear_rows(database: Database, tables: list[str]) -> tuple[str, ...]:
    """PostgreSQL keeps dead rows until a vacuum; its own log and backups are the operator's to rotate."""
    with database.outside_transactions() as connection:
        for name in tables:
            connection.exec_driver_sql(f'VACUUM "{name}"')
    return ("PostgreSQL's write-ahead log and backups keep old bytes until they are rotated",) if tables else ()
