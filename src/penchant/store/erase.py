"""Erases one user from the database: first their rows, then the bytes that the rows leave in the files."""

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

_CALLED = {"events": "ledger", "llm_usage": "usage"}
"""Tables under the names that receipts give them."""
FRIENDS = "friends"
"""The name in receipts of edits in which others named the user as a friend: the user is removed from their text."""

LOG_IN_USE = (
    "old bytes remain in the write-ahead log until its readers finish: run `penchant erase` for this user again"
)


class Erasure(NamedTuple):
    """The numbers of rows found, removed, and found again afterwards, by table."""

    found: dict[str, int]
    removed: dict[str, int]
    residue: dict[str, int]


def erase_rows(database: Database, user_id: str) -> Erasure:
    """Remove all rows of this user, all or none, and count again. Their model usage stays in the totals, for no user."""
    with database.write_in_turn() as connection:
        wait_for_writers(connection, database)
        found = count_rows(connection, user_id)
        _disown_usage(connection, user_id)
        removed = {
            name: connection.execute(delete(table).where(theirs)).rowcount
            for name, table, theirs in reversed(_places(connection, user_id))
        }
        removed |= _sums(removed, remove_mentions(connection, user_id))
        raise_revisions(connection, database, *ALL_OF_PEOPLE)
    with database.read() as connection:
        residue = count_rows(connection, user_id)
    return Erasure(found, {name: removed[name] for name in found}, residue)


def count_rows(connection: Connection, user_id: str) -> dict[str, int]:
    """Return how many rows belong to this user or mention them, by table."""
    own = {
        name: connection.execute(select(func.count()).select_from(table).where(theirs)).scalar_one()
        for name, table, theirs in _places(connection, user_id)
    }
    return own | _sums(own, count_mentions(connection, user_id))


def empty_log(database: Database) -> bool:
    """Write SQLite's write-ahead log back and truncate it; False if a reader prevented it. Does nothing on PostgreSQL."""
    if not database.is_sqlite:
        return True
    with database.outside_transactions() as connection:
        return not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]


def clear_bytes(database: Database) -> tuple[str, ...]:
    """Make the database discard the bytes of removed rows.

    Returns notes on what remains to be done if that was not possible at once.
    """
    return _rewrite_file(database) if database.is_sqlite else _vacuum_tables(database)


def _places(connection: Connection, user_id: str) -> list[tuple[str, Table, ColumnElement[bool]]]:
    """Return every table with a column that names a user, with the condition for this user.

    Referenced tables come first.
    """
    theirs = [
        (_CALLED.get(table.name, table.name), table, _is_of_this_installation(table) & (table.c.user_id == user_id))
        for table in metadata.sorted_tables
        if "user_id" in table.c
    ]
    return [*theirs, (FRIENDS, edits, among(edits.c.seq, friend_edits(connection, user_id)))]


def _sums(rows: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {name: rows[name] + number for name, number in more.items()}


def _is_of_this_installation(table: Table) -> ColumnElement[bool]:
    """Return a condition for rows about users of this installation itself.

    Tokens of its tenants are about other people, even if their ids are the same.
    """
    return table.c.tenant.is_(None) if "tenant" in table.c else true()


def _disown_usage(connection: Connection, user_id: str) -> None:
    """Add the user's model usage to that of nobody, so that totals stay correct."""
    rows = connection.execute(select(llm_usage).where(llm_usage.c.user_id == user_id)).mappings().all()
    for row in rows:
        key = {name: row[name] for name in ("day", "step", "model")} | {"user_id": NOBODY}
        nobodys = [llm_usage.c[name] == value for name, value in key.items()]
        amounts = {name: row[name] for name in Usage.model_fields}
        more = {name: llm_usage.c[name] + amount for name, amount in amounts.items()}
        if connection.execute(llm_usage.update().where(*nobodys).values(more)).rowcount == 0:
            connection.execute(llm_usage.insert(), key | amounts)


def _rewrite_file(database: Database) -> tuple[str, ...]:
    """Remove old bytes from the SQLite file; returns notes.

    `secure_delete` overwrites removed rows; VACUUM discards the copies that page splits left, and the write-ahead log
    is emptied.
    """
    try:
        with database.outside_transactions() as connection:
            connection.exec_driver_sql("VACUUM")
    except StoreError as error:
        return (
            f"old bytes remain in the file until it can be rewritten ({error}): run `penchant erase` for this user again",
        )
    if not empty_log(database):
        return (LOG_IN_USE,)
    return ()


def _vacuum_tables(database: Database) -> tuple[str, ...]:
    """Vacuum every table; returns notes.

    PostgreSQL keeps dead rows until a vacuum; its log and backups are rotated by the operator.
    """
    with database.outside_transactions() as connection:
        for table in metadata.sorted_tables:
            connection.exec_driver_sql(f'VACUUM "{table.name}"')
    return ("PostgreSQL's write-ahead log and backups keep old bytes until they are rotated",)
