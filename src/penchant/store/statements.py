"""Storage of what users say about themselves.

Rows are only added: the end of a statement is a row of its own, so that history can be read. A row belongs to the
message it was found in: if that message is removed from the ledger, the row is not read any more.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select

from penchant.store.database import LOOKUP, Database, chunks
from penchant.store.erasures import erased_among
from penchant.store.event import EventType
from penchant.store.revisions import raise_revisions
from penchant.store.schema import events, statements
from penchant.store.statement import Statement

_THEIRS = (events.c.user_id == statements.c.user_id) & (events.c.event_id == statements.c.event_id)
_STANDING = or_(statements.c.event_id.is_(None), select(events.c.seq).where(_THEIRS).exists())
_OF_USER = (
    select(statements)
    .where(statements.c.user_id == bindparam("whose"), _STANDING)
    .order_by(statements.c.valid_from, statements.c.seq)
)
_LATER = events.alias("later")
_BEFORE = (
    select(events.c.event_id)
    .join(_LATER, (_LATER.c.user_id == events.c.user_id) & (_LATER.c.event_id == bindparam("message")))
    .where(events.c.user_id == bindparam("whose"), events.c.type.in_((EventType.MESSAGE, EventType.SEARCH)))
    .where(or_(events.c.at < _LATER.c.at, (events.c.at == _LATER.c.at) & (events.c.seq < _LATER.c.seq)))
    .order_by(events.c.at.desc(), events.c.seq.desc())
    .limit(1)
)


class Statements:
    """All statements of all users. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, found: Mapping[str, Sequence[Statement]]) -> int:
        """Store statements by user; an id that the user already has is skipped. Returns how many were new.

        Statements of users who are being erased are left out. Raises `StoreError`.
        """
        with self.database.write_in_turn() as connection:
            gone = erased_among(connection, self.database, list(found))
            rows = [_row(user, statement) for user, theirs in found.items() if user not in gone for statement in theirs]
            added = 0
            insert = self.database.insert(statements).on_conflict_do_nothing()
            for row in rows:
                added += connection.execute(insert, row).rowcount
            if added:
                raise_revisions(connection, self.database, "profiles")
        return added

    def for_user(self, user_id: str, until: datetime | None = None) -> list[Statement]:
        """Return the user's statements up to `until`, oldest first. `superseded_by` is not set."""
        with self.database.read() as connection:
            found = [_statement(row) for row in connection.execute(_OF_USER, {"whose": user_id})]
        return [statement for statement in found if until is None or statement.valid_from <= until]

    def messages_before(self, user_id: str, event_ids: Sequence[str]) -> dict[str, str]:
        """Return for each of these messages of the user the id of the message or search directly before it, if there is one."""
        found: dict[str, str] = {}
        with self.database.read() as connection:
            for event_id in event_ids:
                before = connection.execute(_BEFORE, {"whose": user_id, "message": event_id}).scalar()
                if before is not None:
                    found[event_id] = before
        return found

    def count(self, users: Collection[str]) -> dict[str, int]:
        """Return the number of stored statements of each of these users; users without statements are absent."""
        counts: dict[str, int] = {}
        with self.database.read() as connection:
            for some in chunks(users, LOOKUP):
                rows = connection.execute(select(statements.c.user_id).where(statements.c.user_id.in_(some)))
                for (user,) in rows:
                    counts[user] = counts.get(user, 0) + 1
        return counts


def _row(user_id: str, statement: Statement) -> dict[str, Any]:
    values = statement.model_dump(exclude={"id", "span", "path", "superseded_by"})
    start, stop = statement.span or (None, None)
    return {"user_id": user_id, "statement_id": statement.id, "start": start, "stop": stop, **values}


def _statement(row: Any) -> Statement:
    stored = dict(row._mapping)
    start, stop = stored.pop("start"), stored.pop("stop")
    for name in ("seq", "user_id"):
        stored.pop(name)
    stored["id"] = stored.pop("statement_id")
    return Statement(**stored, span=None if start is None else (start, stop))
