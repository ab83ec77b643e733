"""Erasures of users: marks in the database, by which writes for an erased user are refused.

Work for a user takes a while: a list is made, a model is asked, a file is read. If the user is erased meanwhile, the
results of that work must not be stored. Therefore

- an erasure begins with a mark for that user in the database, and every write that concerns a user is checked
  against the marks in the same transaction (`refuse_erased`, `erased_among`). Two erasures at once do not disturb
  each other, and an interrupted one is recognised by its mark and completed by running it again;
- a completed erasure leaves a salted digest of the user id, by which work that began before its end is recognised
  (`work`). After a day, the next update or erasure removes the digest as well. A user who comes back afterwards
  starts from nothing.

**Everything that writes rows of a user calls `refuse_erased` first in its transaction**, or `erased_among` if a batch
concerns several.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, or_, select, text, update

from penchant.errors import ErasedError
from penchant.store.announcements import announce
from penchant.store.clock import Clock, SystemClock
from penchant.store.database import SCHEMA_KEY, Database
from penchant.store.schema import erasures

DIGEST_LIFETIME = timedelta(days=1)
"""How long the digest of a completed erasure is stored: longer than any work takes."""
_LOCK = 0x70656E02
_work: ContextVar[tuple[Database, int] | None] = ContextVar("penchant_work", default=None)


class Mark(NamedTuple):
    """An erasure that has begun and not ended: it is running in some process, or was interrupted."""

    user_id: str
    at: datetime


class Erasures:
    """The marks of one installation. Thread-safe; several processes may share the database."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self.database = database
        self.clock = clock or SystemClock()

    def number(self) -> int:
        """Return the number of the latest erasure, begun or ended.

        Work that begins now is not affected by erasures up to it.
        """
        with self.database.read() as connection:
            return int(connection.execute(_LAST).scalar_one() or 0)

    @contextmanager
    def work(self) -> Iterator[None]:
        """Mark the code inside as work that begins now: what it writes of users whose erasure ends later is refused.

        Of nested calls the outermost counts.
        """
        current = _work.get()
        if current is not None and current[0] is self.database:
            yield
            return
        token = _work.set((self.database, self.number()))
        try:
            yield
        finally:
            _work.reset(token)

    def begin(self, user_id: str) -> None:
        """Mark the user: from now on no rows of theirs are written. An interrupted erasure is continued."""
        with self.database.write_in_turn() as connection:
            if connection.execute(select(erasures.c.number).where(erasures.c.subject == user_id)).first() is None:
                self._add(connection, user_id, under_way=True, overwritten=False)

    def end(self, user_id: str) -> None:
        """Remove the mark and leave a digest: the user may come back, but work that began before now is still refused."""
        with self.database.write_in_turn() as connection:
            connection.execute(delete(erasures).where(erasures.c.subject == user_id))
            self._add(connection, user_id, under_way=False, overwritten=False)
            announce(connection, self.clock.now(), "erased", [(None, {"user_id": user_id})])

    def mark_overwritten(self) -> None:
        """Record that the bytes of all rows removed so far have been overwritten."""
        with self.database.write_in_turn() as connection:
            connection.execute(update(erasures).where(erasures.c.subject.is_(None)).values(overwritten=True))

    def forget_old(self) -> None:
        """Remove the digests of erasures that ended longer than `DIGEST_LIFETIME` ago."""
        old = erasures.c.at < self.clock.now() - DIGEST_LIFETIME
        which = (erasures.c.subject.is_(None), erasures.c.overwritten, old)
        with self.database.read() as connection:
            found = connection.execute(select(erasures.c.number).where(*which).limit(1)).first()
        if found is not None:
            with self.database.write_in_turn() as connection:
                connection.execute(delete(erasures).where(*which))

    def nobody_erased(self) -> bool:
        """Return whether nobody is being erased and nobody has been since the surrounding `work` began.

        What is stored then contains nothing of an erased user.
        """
        with self.database.read() as connection:
            if connection.execute(select(erasures.c.number).where(erasures.c.subject.is_not(None)).limit(1)).first():
                return False
            return int(connection.execute(_LAST).scalar_one() or 0) <= _erasures_at_start(self.database)

    def under_way(self) -> list[Mark]:
        """Return the erasures that have begun and not ended, oldest first."""
        query = select(erasures.c.subject, erasures.c.at).where(erasures.c.subject.is_not(None))
        with self.database.read() as connection:
            return [Mark(*row) for row in connection.execute(query.order_by(erasures.c.number))]

    def to_overwrite(self) -> int:
        """Return the number of ended erasures that may have left bytes in the file."""
        query = select(func.count()).where(erasures.c.subject.is_(None), ~erasures.c.overwritten)
        with self.database.read() as connection:
            return connection.execute(query).scalar_one()

    def _add(self, connection: Connection, user_id: str, *, under_way: bool, overwritten: bool) -> None:
        salt = secrets.token_hex(16)
        values = {"salt": salt, "digest": _digest(salt, user_id), "at": self.clock.now(), "overwritten": overwritten}
        connection.execute(self.database.insert(erasures), values | {"subject": user_id if under_way else None})


def erased_among(
    connection: Connection, database: Database, user_ids: Collection[str], since: int | None = None
) -> set[str]:
    """Return the users who are being erased, or have been since the work began.

    To be called in a writing transaction, before it writes.

    `since`: the `Erasures.number` at which the work began. None: that of the surrounding `work`; outside of `work`
    only erasures that are still running count.
    """
    block_erasures(connection, database)
    rows = connection.execute(_RELEVANT, {"since": _erasures_at_start(database) if since is None else since}).all()
    if not rows:
        return set()
    return {user for user in user_ids if any(_digest(row.salt, user) == row.digest for row in rows)}


def refuse_erased(connection: Connection, database: Database, user_id: str) -> None:
    """Raise `ErasedError` if the user is being erased or has been since the work began (see `erased_among`)."""
    if erased_among(connection, database, [user_id]):
        raise ErasedError(f"user {user_id!r} has been erased in the meantime: nothing was stored")


def erased_after(connection: Connection, database: Database, user_ids: Collection[str], began: datetime) -> set[str]:
    """Return the users who are being erased, or have been after `began`.

    For work whose start is known as a time only.
    """
    block_erasures(connection, database)
    query = select(erasures.c.salt, erasures.c.digest).where(
        or_(erasures.c.subject.is_not(None), erasures.c.at >= began)
    )
    rows = connection.execute(query).all()
    return {user for user in user_ids if any(_digest(row.salt, user) == row.digest for row in rows)}


def anyone_erased(connection: Connection, database: Database, since: int) -> bool:
    """Return whether an erasure of any user began or ended after number `since`: for results derived from all users."""
    block_erasures(connection, database)
    return int(connection.execute(_LAST).scalar_one() or 0) > since


def block_erasures(connection: Connection, database: Database) -> None:
    """Prevent erasures from removing rows until this transaction has ended; they then see what it wrote.

    Does nothing on SQLite, where only one transaction writes at a time.
    """
    if not database.is_sqlite:
        connection.execute(text(f"SELECT pg_advisory_xact_lock_shared(:key, {SCHEMA_KEY})"), {"key": _LOCK})


def wait_for_writers(connection: Connection, database: Database) -> None:
    """Wait for all transactions that called `block_erasures`; later ones wait for this transaction."""
    if not database.is_sqlite:
        connection.execute(text(f"SELECT pg_advisory_xact_lock(:key, {SCHEMA_KEY})"), {"key": _LOCK})


def _erasures_at_start(database: Database) -> int:
    current = _work.get()
    return current[1] if current is not None and current[0] is database else _NOW


def _digest(salt: str, user_id: str) -> str:
    return hashlib.blake2b(
        user_id.encode("utf-8", "surrogatepass"), key=bytes.fromhex(salt), digest_size=16
    ).hexdigest()


_NOW = 2**62
_LAST = select(func.max(erasures.c.number))
#: Built once, because it runs before every write that concerns a user.
_RELEVANT = select(erasures.c.salt, erasures.c.digest).where(
    or_(erasures.c.subject.is_not(None), erasures.c.number > bindparam("since"))
)
