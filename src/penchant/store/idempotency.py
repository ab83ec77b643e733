"""Stored answers to requests that may be sent again.

The same key and body get the same answer, and the work is done once.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, delete, select, update

from penchant.errors import UsageError
from penchant.store.clock import Clock
from penchant.store.database import Database
from penchant.store.erasures import Erasures, anyone_erased, erased_among
from penchant.store.schema import idempotency_keys

KEY_LIFETIME = timedelta(days=1)
ABANDONED = timedelta(seconds=30)
"""After this time without a sign of life from its process, a request is no longer in progress."""
MOST_BYTES = 2**20
"""Answers that take more bytes than this when stored are not kept: a repeated request is executed again."""
PACKED_FROM = 2**16
"""Answers with more bytes than this are compressed with zlib."""
_ZLIB = b"x\x01"
"""The first bytes of zlib data at this compression level; no UTF-8 text begins with them."""
_NOT_KEPT = 0
"""Stored instead of a status: the request was answered, but the answer was too long to keep."""


class StoredAnswer(NamedTuple):
    """An answer: HTTP status, media type, body, and the headers that belong to the body."""

    status: int
    media_type: str
    body: bytes
    headers: dict[str, str] | None = None


class OtherBodyError(UsageError):
    """Raised when the key was used with another body before."""


class InProgressError(UsageError):
    """Raised when the first request with this key has not been answered yet."""


class IdempotencyKeys:
    """The idempotency keys of one installation. Each belongs to its caller. Thread-safe."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self._erasures = Erasures(database, clock)
        self._erased_before: dict[tuple[str, str], int] = {}

    def begin(self, caller: str, key: str, digest: str, user_id: str | None) -> StoredAnswer | None:
        """Return the stored answer; None if the request is new, which is now in progress.

        Raises `OtherBodyError`, `InProgressError`.
        """
        now, erased = self.clock.now(), 0 if user_id is not None else self._erasures.number()
        with self.database.write() as connection:
            old = idempotency_keys.c.at < now - KEY_LIFETIME
            dead = idempotency_keys.c.status.is_(None) & (idempotency_keys.c.at < now - ABANDONED)
            connection.execute(delete(idempotency_keys).where(old | dead))
            if user_id is not None and erased_among(connection, self.database, [user_id]):
                return None  # answers about a user who is being erased are not stored
            new = self.database.insert(idempotency_keys).on_conflict_do_nothing()
            values = {"caller": caller, "key": key, "digest": digest, "user_id": user_id, "at": now}
            row = None
            if connection.execute(new, values).rowcount == 0:
                row = connection.execute(select(idempotency_keys).where(_is_of_request(caller, key))).one()
                again = update(idempotency_keys).where(
                    _is_of_request(caller, key), idempotency_keys.c.status == _NOT_KEPT
                )
                if row.digest == digest and connection.execute(again.values(status=None, at=now)).rowcount == 1:
                    row = None
        if row is None:
            self._erased_before[caller, key] = erased
            return None
        return _answer_in(row, digest)

    def keep_alive(self, caller: str, key: str) -> None:
        """Record that the first request is still in progress."""
        with self.database.write() as connection:
            connection.execute(update(idempotency_keys).where(_is_of_request(caller, key)).values(at=self.clock.now()))

    def finish(self, caller: str, key: str, answer: StoredAnswer) -> None:
        """Store an answer.

        If the next attempt may succeed (5xx, 429), the key is freed instead. An answer about several users is not
        stored if somebody was erased meanwhile, because it may mention them. For a very long answer only the request
        is remembered.
        """
        if answer.status >= 500 or answer.status == 429:
            return self.free(caller, key)
        began = self._erased_before.pop((caller, key), 0)
        body = packed(answer.body)
        stored = answer._replace(body=body) if len(body) <= MOST_BYTES else StoredAnswer(_NOT_KEPT, "", b"")
        this, values = (
            _is_of_request(caller, key),
            stored._asdict() | {"reasons_for": _reasons_for(answer.body) if stored.body else None},
        )
        with self.database.write() as connection:
            if anyone_erased(connection, self.database, began):
                connection.execute(delete(idempotency_keys).where(this, idempotency_keys.c.user_id.is_(None)))
            connection.execute(update(idempotency_keys).where(this).values(**values))
        return None

    def free(self, caller: str, key: str) -> None:
        """Forget the key: the next request with it is executed like a first one."""
        self._erased_before.pop((caller, key), None)
        with self.database.write() as connection:
            connection.execute(delete(idempotency_keys).where(_is_of_request(caller, key)))


def _is_of_request(caller: str, key: str) -> ColumnElement[bool]:
    return (idempotency_keys.c.caller == caller) & (idempotency_keys.c.key == key)


def mark_of(user_id: str) -> str:
    """Return what stands for a user in `reasons_for`: short, so that the marks of an answer fit into an index."""
    return hashlib.sha256(user_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _reasons_for(body: bytes) -> str | None:
    """Return the marks of the users to whom an answer gives reasons."""
    if b'"cites"' not in body:
        return None
    try:
        users = {mark_of(user_id) for user_id in _users_in(json.loads(body))}
    except ValueError:  # a stream of events, which is about the user of its path
        return None
    return " ".join(sorted(users)) or None


def _users_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("user_id"), str):
            yield value["user_id"]
        for part in value.values():
            yield from _users_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _users_in(part)


def packed(body: bytes) -> bytes:
    """Return the body of an answer as it is stored."""
    return zlib.compress(body, 1) if len(body) > PACKED_FROM else body


def unpacked(body: bytes) -> bytes:
    """Return the body of an answer as it was sent."""
    return zlib.decompress(body) if body.startswith(_ZLIB) else body


def _answer_in(row: Row[Any], digest: str) -> StoredAnswer:
    """Return the answer in a row. Raises `OtherBodyError`, `InProgressError`."""
    if row.digest != digest:
        raise OtherBodyError("this Idempotency-Key was used with another request before: use a new key")
    if row.status is None:
        raise InProgressError("the first request with this Idempotency-Key is still being answered: try again later")
    return StoredAnswer(row.status, row.media_type, unpacked(row.body), row.headers)
