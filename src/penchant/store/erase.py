"""Forgetting one user: every row that is theirs, then the bytes those rows leave behind."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, true

from penchant.errors import StoreError
from penchant.store.database import Database
from penchant.store.edits import among, friend_edits
from penchant.store.erasures import wait_for_writers
from penchant.store.mentions import count_mentions, remove_mentions
from penchant.store.receipt import Usage
from penchant.store.revisions import ALL_OF_PEOPLE, raise_revisions
from penchant.store.schema import edits, llm_usage, metadata
from penchant.store.usage import NOBODY

_OWNERS = ("user_id", "owner")
_CALLED = {"events": "ledger", "llm_usage": "usage"}
"""Tables under the names that receipts give them."""
FRIENDS = "friends"
"""Others who named the user as their friend: the name is removed from what they said."""

STILL_READ = (
    "old bytes remain in the write-ahead log until its readers finish: run `penchant erase` for this user again"
)


class Erasure(NamedTuple):
    """Rows found, removed and found again, by place."""

    found: dict[str, int]
    removed: dict[str, int]
    residue: dict[str, int]


def erase_rows(database: Database, user_id: str) -> Erasure:
    """Remove every row the database holds of this user, all or none, and look again. What was spent for them stays, as nobody's."""
    with database.write_in_turn() as connection:
        wait_for_writers(connection, database)
        found = count_rows(connection, user_id)
        _disown_usage(connection, user_id)
        removed = {
            name: connection.execute(delete(table).where(theirs)).rowcount
            for name, table, theirs in reversed(_places(connection, user_id))
        }
        removed |= _added(removed, remove_mentions(connection, user_id))
        raise_revisions(connection, database, *ALL_OF_PEOPLE)
    with database.read() as connection:
        residue = count_rows(connection, user_id)
    return Erasure(found, {name: removed[name] for name in found}, residue)


def count_rows(connection: Connection, user_id: str) -> dict[str, int]:
    """How many rows are this user's, or name them among others, by place."""
    own = {
        name: connection.execute(select(func.count()).select_from(table).where(theirs)).scalar_one()
        for name, table, theirs in _places(connection, user_id)
    }
    return own | _added(own, count_mentions(connection, user_id))


def empty_log(database: Database) -> bool:
    """Have SQLite write its log back and empty it; False where a reader kept it from doing so. Nothing to do on PostgreSQL."""
    if not database.is_sqlite:
        return True
    with database.outside_transactions() as connection:
        return not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]


def clear_bytes(database: Database) -> tuple[str, ...]:
    """Have the database let go of the bytes of removed rows. Returns what is left to do where that could not be done at once."""
    return _rewrite_file(database) if database.is_sqlite else _vacuum_tables(database)


def _places(connection: Connection, user_id: str) -> list[tuple[str, Table, ColumnElement[bool]]]:
    """Every table with a column that names a user, referenced ones first."""
    named = [(table, table.c[name]) for table in metadata.sorted_tables for name in _OWNERS if name in table.c]
    theirs = [
        (_CALLED.get(table.name, table.name), table, _own(table) & (column == user_id)) for table, column in named
    ]
    return [*theirs, (FRIENDS, edits, among(edits.c.seq, friend_edits(connection, user_id)))]


def _added(rows: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {name: rows[name] + number for name, number in more.items()}


def _own(table: Table) -> ColumnElement[bool]:
    """What is about users of this installation itself: tokens of its tenants are about other people, whatever their ids."""
    return table.c.tenant.is_(None) if "tenant" in table.c else true()


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


def _rewrite_file(database: Database) -> tuple[str, ...]:
    """`secure_delete` overwrites the rows themselves; VACUUM drops the copies that splitting pages left, and the log is emptied."""
    try:
        with database.outside_transactions() as connection:
            connection.exec_driver_sql("VACUUM")
    except StoreError as error:
        return (
            f"old bytes remain in the file until it can be rewritten ({error}): run `penchant erase` for this user again",
        )
    if not empty_log(database):
        return (STILL_READ,)
    return ()


def _vacuum_tables(database: Database) -> tuple[str, ...]:
    """PostgreSQL keeps dead rows until a vacuum; its own log and backups are the operator's to rotate."""
    with database.outside_transactions() as connection:
        for table in metadata.sorted_tables:
            connection.exec_driver_sql(f'VACUUM "{table.name}"')
    return ("PostgreSQL's write-ahead log and backups keep old bytes until they are rotated",)
