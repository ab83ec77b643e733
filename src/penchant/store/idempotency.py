"""Answers to requests that may be sent again: the same key and body get the same answer, and the work is done once."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select, update

from penchant.errors import UsageError
from penchant.store.clock import Clock
from penchant.store.database import Database
from penchant.store.erasures import erased_among
from penchant.store.schema import idempotency_keys

REMEMBERED = timedelta(days=1)
ABANDONED = timedelta(seconds=30)
"""A request whose process says nothing for so long is no longer under way."""
MOST_BYTES = 2**20


class StoredAnswer(NamedTuple):
    """What was answered: HTTP status, media type, body, and the headers that belong to the body."""

    status: int
    media_type: str
    body: bytes
    headers: dict[str, str] | None = None


class OtherBodyError(UsageError):
    """The key came with another body before."""


class InProgressError(UsageError):
    """The first request with this key has not been answered yet."""


class IdempotencyKeys:
    """Keys of one installation, each belonging to its caller. Thread-safe."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock

    def begin(self, caller: str, key: str, digest: str, user_id: str | None) -> StoredAnswer | None:
        """The answer given before; None: the request is new and now under way. Raises `OtherBodyError`, `InProgressError`."""
        now = self.clock.now()
        with self.database.write() as connection:
            old = idempotency_keys.c.at < now - REMEMBERED
            dead = idempotency_keys.c.status.is_(None) & (idempotency_keys.c.at < now - ABANDONED)
            connection.execute(delete(idempotency_keys).where(old | dead))
            if user_id is not None and erased_among(connection, self.database, [user_id]):
                return None  # of someone who is being erased no answer is kept
            new = self.database.insert(idempotency_keys).on_conflict_do_nothing()
            values = {"caller": caller, "key": key, "digest": digest, "user_id": user_id, "at": now}
            if connection.execute(new, values).rowcount == 1:
                return None
            row = connection.execute(select(idempotency_keys).where(_of(caller, key))).one()
        if row.digest != digest:
            raise OtherBodyError("this Idempotency-Key was used with another request before: use a new key")
        if row.status is None:
            raise InProgressError(
                "the first request with this Idempotency-Key is still being answered: try again later"
            )
        return StoredAnswer(row.status, row.media_type, row.body, row.headers)

    def still(self, caller: str, key: str) -> None:
        """Say that the first request is still being answered."""
        with self.database.write() as connection:
            connection.execute(update(idempotency_keys).where(_of(caller, key)).values(at=self.clock.now()))

    def finish(self, caller: str, key: str, answer: StoredAnswer) -> None:
        """Keep an answer; one that may be otherwise next time (5xx, 429) or is very long frees the key instead."""
        if answer.status >= 500 or answer.status == 429 or len(answer.body) > MOST_BYTES:
            return self.free(caller, key)
        with self.database.write() as connection:
            connection.execute(update(idempotency_keys).where(_of(caller, key)).values(**answer._asdict()))
        return None

    def free(self, caller: str, key: str) -> None:
        """Have the next request with this key answered as the first."""
        with self.database.write() as connection:
            connection.execute(delete(idempotency_keys).where(_of(caller, key)))


def _of(caller: str, key: str) -> ColumnElement[bool]:
    return (idempotency_keys.c.caller == caller) & (idempotency_keys.c.key == key)
