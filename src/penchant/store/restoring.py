"""Restores all versions of a user's profile in one transaction: if it is interrupted, nothing is restored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from penchant.errors import ConflictError
from penchant.store.clock import Clock
from penchant.store.database import Database
from penchant.store.erasures import refuse_erased
from penchant.store.profiles import Kind
from penchant.store.readings import StoredReading, write_readings
from penchant.store.revisions import raise_revisions
from penchant.store.schema import profile_heads, profile_versions


class VersionToRestore(NamedTuple):
    """One version of an exported record. Its number is its position in the record."""

    as_of: datetime
    kind: Kind
    state: bytes
    receipt: dict[str, Any]


def restore_versions(
    database: Database,
    clock: Clock,
    user_id: str,
    versions: Sequence[VersionToRestore],
    readings: Sequence[StoredReading] = (),
) -> None:
    """Store every version, numbered from 1, the last one as the newest, with their `readings`.

    Raises `ConflictError` if the user has a profile already, `ErasedError`.
    """
    if not versions:
        return
    with database.write_in_turn() as connection:
        refuse_erased(connection, database, user_id)
        if connection.execute(select(profile_heads.c.version).where(profile_heads.c.user_id == user_id)).first():
            raise ConflictError(f"user {user_id!r} has a profile by now: import the record again")
        common = {"user_id": user_id, "created_at": clock.now()}
        rows = [common | version._asdict() | {"version": number} for number, version in enumerate(versions, 1)]
        connection.execute(profile_versions.insert(), rows)
        connection.execute(profile_heads.insert(), {"user_id": user_id, "version": len(rows)})
        write_readings(connection, database, user_id, readings)
        raise_revisions(connection, database, "profiles")
