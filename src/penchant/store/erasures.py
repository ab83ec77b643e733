"""Users who are being erased or were lately: writes under way for them are refused.

Work for a user takes a while: a list is made, a model is asked, a file is read. If the user is erased meanwhile, what comes out of that
work must not be written down. So

- an erasure begins with a mark of its own for that very user, in the database, and whatever is written of a user is checked against the
  marks in the same transaction (`refuse_erased`, `erased_among`): two erasures at once do not meet, and one that was cut off is known by
  whose it was and is finished by running it again;
- a finished one leaves a salted digest of the user id, by which work begun before its end is recognised (`work`), and after a day, with
  the next update or erasure, nothing. Whoever comes back afterwards begins anew.

**Everything that writes rows of a user calls `refuse_erased` first in its transaction**, or `erased_among` where a batch is about several.
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

REMEMBERED = timedelta(days=1)
"""How long the digest of a finished erasure is kept: longer than any work is under way."""
_LOCK = 0x70656E02
_work: ContextVar[tuple[Database, int] | None] = ContextVar("penchant_work", default=None)


class Mark(NamedTuple):
    """An erasure that has begun and not ended: under way in some process, or cut off."""

    user_id: str
    at: datetime


class Erasures:
    """The marks of one installation. Thread-safe; several processes may share the database."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self.database = database
        self.clock = clock or SystemClock()

    def number(self) -> int:
        """How many erasures there have been, begun or ended: work that begins now is not touched by those."""
        with self.database.read() as connection:
            return int(connection.execute(_LAST).scalar_one() or 0)

    @contextmanager
    def work(self) -> Iterator[None]:
        """What is done inside began now: it loses against every erasure that ends later. Of nested ones the outermost counts."""
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
        """Mark the user; from now on nothing is written of them. One that was cut off is taken up again."""
        with self.database.write_in_turn() as connection:
            if connection.execute(select(erasures.c.number).where(erasures.c.subject == user_id)).first() is None:
                self._add(connection, user_id, under_way=True, overwritten=False)

    def end(self, user_id: str) -> None:
        """Take the mark away: the user may come back, and what was under way until now is still refused."""
        with self.database.write_in_turn() as connection:
            connection.execute(delete(erasures).where(erasures.c.subject == user_id))
            self._add(connection, user_id, under_way=False, overwritten=False)
            announce(connection, self.clock.now(), "erased", [(None, {"user_id": user_id})])

    def overwritten(self) -> None:
        """Note that the bytes of every row removed until now are overwritten."""
        with self.database.write_in_turn() as connection:
            connection.execute(update(erasures).where(erasures.c.subject.is_(None)).values(overwritten=True))

    def forget_old(self) -> None:
        """Remove what is left of erasures that ended longer than `REMEMBERED` ago."""
        old = erasures.c.at < self.clock.now() - REMEMBERED
        which = (erasures.c.subject.is_(None), erasures.c.overwritten, old)
        with self.database.read() as connection:
            found = connection.execute(select(erasures.c.number).where(*which).limit(1)).first()
        if found is not None:
            with self.database.write_in_turn() as connection:
                connection.execute(delete(erasures).where(*which))

    def undisturbed(self) -> bool:
        """Whether nobody at all is being erased, or has been since the surrounding `work` began: what is kept now is of nobody erased."""
        with self.database.read() as connection:
            if connection.execute(select(erasures.c.number).where(erasures.c.subject.is_not(None)).limit(1)).first():
                return False
            return int(connection.execute(_LAST).scalar_one() or 0) <= _since(self.database)

    def under_way(self) -> list[Mark]:
        """Begun and not ended, oldest first."""
        query = select(erasures.c.subject, erasures.c.at).where(erasures.c.subject.is_not(None))
        with self.database.read() as connection:
            return [Mark(*row) for row in connection.execute(query.order_by(erasures.c.number))]

    def to_overwrite(self) -> int:
        """How many ended erasures may have left bytes in the file."""
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
    """Which of these users are being erased, or have been since the work began. To be asked in a writing transaction, before it writes.

    `since`: the `number` at which the work began; None: that of the surrounding `work`, and where there is none, now.
    """
    hold_off_erasures(connection, database)
    rows = connection.execute(_RELEVANT, {"since": _since(database) if since is None else since}).all()
    if not rows:
        return set()
    return {user for user in user_ids if any(_digest(row.salt, user) == row.digest for row in rows)}


def refuse_erased(connection: Connection, database: Database, user_id: str, since: int | None = None) -> None:
    """Raises `ErasedError` if the user is being erased or has been since the work began (`erased_among`)."""
    if erased_among(connection, database, [user_id], since):
        raise ErasedError(f"user {user_id!r} has been erased meanwhile: nothing of this is kept")


def erased_after(connection: Connection, database: Database, user_ids: Collection[str], began: datetime) -> set[str]:
    """Which of these users are being erased, or have been after `began`: for work whose beginning is known by the clock alone."""
    hold_off_erasures(connection, database)
    query = select(erasures.c.salt, erasures.c.digest).where(
        or_(erasures.c.subject.is_not(None), erasures.c.at >= began)
    )
    rows = connection.execute(query).all()
    return {user for user in user_ids if any(_digest(row.salt, user) == row.digest for row in rows)}


def anyone_erased(connection: Connection, database: Database, since: int) -> bool:
    """Whether the erasure of anybody has begun or ended after the one numbered `since`: for what is derived from everybody."""
    hold_off_erasures(connection, database)
    return int(connection.execute(_LAST).scalar_one() or 0) > since


def hold_off_erasures(connection: Connection, database: Database) -> None:
    """No erasure removes rows until this transaction has ended; it then sees what was written. (SQLite's writers take turns anyway.)"""
    if not database.is_sqlite:
        connection.execute(text(f"SELECT pg_advisory_xact_lock_shared(:key, {SCHEMA_KEY})"), {"key": _LOCK})


def wait_for_writers(connection: Connection, database: Database) -> None:
    """Have every transaction end that holds off erasures; later ones wait for this one."""
    if not database.is_sqlite:
        connection.execute(text(f"SELECT pg_advisory_xact_lock(:key, {SCHEMA_KEY})"), {"key": _LOCK})


def _since(database: Database) -> int:
    current = _work.get()
    return current[1] if current is not None and current[0] is database else _NOW


def _digest(salt: str, user_id: str) -> str:
    return hashlib.blake2b(
        user_id.encode("utf-8", "surrogatepass"), key=bytes.fromhex(salt), digest_size=16
    ).hexdigest()


_NOW = 2**62
_LAST = select(func.max(erasures.c.number))
#: Written out once: asked before everything that is written of a user.
_RELEVANT = select(erasures.c.salt, erasures.c.digest).where(
    or_(erasures.c.subject.is_not(None), erasures.c.number > bindparam("since"))
)
