"""The audit log of the network: who changed what and who read which profile, one line each, without personal content."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import insert, select

from penchant.store.clock import Clock
from penchant.store.database import Database
from penchant.store.erasures import erased_after
from penchant.store.schema import audit_log

MAX_CALLER = 128


def signed_caller(user_id: str) -> str:
    """Return the name of a caller who uses a signed token of this user."""
    return f"jwt:{user_id}"[:MAX_CALLER]


def unnamed(caller: str) -> str:
    """Return the name of a caller without the user that a signed token contains."""
    return caller.partition(":")[0]


class AuditEntry(NamedTuple):
    """One line of the log.

    `caller`: the id of a token, `jwt:` and the user of a signed one, or `local`. `action`: the method and the route,
    such as `GET /v1/users/{user}/profile`.
    """

    seq: int
    at: datetime
    caller: str
    action: str
    user_id: str | None
    status: int
    request_id: str


class AuditLog:
    """The audit log of one installation. Thread-safe. Lines about a user are erased with them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock

    def add(
        self, caller: str, action: str, *, user_id: str | None, status: int, request_id: str, seconds: float = 0.0
    ) -> None:
        """Add a line about a request that took `seconds`. It names no user if the user has been erased in that time."""
        values = {"caller": caller, "action": action, "user_id": user_id, "status": status, "request_id": request_id}
        began = self.clock.now() - timedelta(seconds=seconds)
        with self.database.write() as connection:
            if user_id is not None and erased_after(connection, self.database, [user_id], began):
                values |= {"user_id": None, "caller": unnamed(caller)}
            connection.execute(insert(audit_log), values | {"at": self.clock.now()})

    def list(self, user_id: str | None = None, *, limit: int = 100, before: int | None = None) -> list[AuditEntry]:
        """Return lines, newest first, of one user or of all. `before`: only those with a smaller `seq`."""
        query = select(audit_log).order_by(audit_log.c.seq.desc()).limit(limit)
        if user_id is not None:
            query = query.where(audit_log.c.user_id == user_id)
        if before is not None:
            query = query.where(audit_log.c.seq < before)
        with self.database.read() as connection:
            return [AuditEntry(**row._mapping) for row in connection.execute(query)]
