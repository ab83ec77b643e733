"""Profile versions: numbered from 1 without gaps and all kept.

Only a writer that has read the newest version can add the next one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select, union

from penchant.errors import NotFoundError
from penchant.store.announcements import announce
from penchant.store.clock import Clock, SystemClock
from penchant.store.database import LOOKUP, Database, chunks
from penchant.store.erasures import erased_among
from penchant.store.receipt import UserSummary
from penchant.store.revisions import raise_revisions
from penchant.store.schema import edits, events, profile_heads, profile_versions

Kind = Literal["update", "edit", "undo", "import"]


class StoredProfile(NamedTuple):
    """One version. `state` belongs to the engine; `receipt` says how the version was made."""

    user_id: str
    version: int
    as_of: datetime
    created_at: datetime
    state: bytes
    receipt: dict[str, Any]
    kind: Kind


class NewVersion(NamedTuple):
    """A version to be saved after `expected_version` (0: the first)."""

    user_id: str
    expected_version: int
    as_of: datetime
    state: bytes
    receipt: dict[str, Any]
    kind: Kind = "update"


class ProfileVersion(NamedTuple):
    """A version without its state: a row of the history."""

    user_id: str
    version: int
    as_of: datetime
    created_at: datetime
    receipt: dict[str, Any]
    kind: Kind


class Profiles:
    """All versions of all profiles. Thread-safe; parallel writers never overwrite each other."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self.database = database
        self.clock = clock or SystemClock()

    def head(self, user_id: str) -> StoredProfile | None:
        """Return the newest version, or None."""
        return self._version(_HEAD, {"whose": user_id})

    def at_version(self, user_id: str, version: int) -> StoredProfile:
        """Return this version. Raises `NotFoundError`."""
        mine = (profile_versions.c.user_id == user_id) & (profile_versions.c.version == version)
        found = self._version(_states().where(mine))
        if found is None:
            raise NotFoundError(
                f"user {user_id!r} has no profile version {version}: `penchant profile history` lists them"
            )
        return found

    def history(self, user_id: str) -> list[ProfileVersion]:
        """Return all versions, oldest first, without the states."""
        query = _outlines().where(profile_versions.c.user_id == user_id).order_by(profile_versions.c.version)
        with self.database.read() as connection:
            return [ProfileVersion(*row) for row in connection.execute(query)]

    def heads(self) -> dict[str, ProfileVersion]:
        """Return the newest version of every profile, by user id, without the states."""
        query = _outlines().join(profile_heads, _at_head()).order_by(profile_versions.c.user_id)
        with self.database.read() as connection:
            return {row.user_id: ProfileVersion(*row) for row in connection.execute(query)}

    def summaries(self, counts: Mapping[str, int]) -> list[UserSummary]:
        """Return a summary of every user with a profile or with events, by id.

        `counts`: the number of events by user id.
        """
        heads = self.heads()
        return [_summary(user, counts.get(user, 0), heads.get(user)) for user in sorted(counts.keys() | heads.keys())]

    def heads_of(self, user_ids: Sequence[str]) -> dict[str, StoredProfile]:
        """Return the newest versions of these users, with their states, by user id."""
        found: dict[str, StoredProfile] = {}
        with self.database.read() as connection:
            for some in chunks(user_ids, LOOKUP):
                query = _states().join(profile_heads, _at_head()).where(profile_heads.c.user_id.in_(some))
                found |= {row.user_id: StoredProfile._make(row) for row in connection.execute(query)}
        return found

    def save(self, versions: Sequence["NewVersion"]) -> tuple[set[str], set[str]]:
        """Save versions of many users in one transaction, each after its `expected_version`.

        Returns two sets of user ids that were not saved: those where another version was first, and those erased
        since the work on them began. A first version of a user without stored events and edits counts as late: they
        have been erased in the meantime.
        """
        now, late = self.clock.now(), set[str]()
        with self.database.write_in_turn() as connection:
            gone = erased_among(connection, self.database, [version.user_id for version in versions])
            versions = [version for version in versions if version.user_id not in gone]
            users = [version.user_id for version in versions]
            heads: dict[str, int] = {}
            for some in chunks(users, LOOKUP):
                query = select(profile_heads.c.user_id, profile_heads.c.version).where(
                    profile_heads.c.user_id.in_(some)
                )
                heads |= dict(connection.execute(query).all())
            first = [version.user_id for version in versions if not version.expected_version]
            known = _known_of(connection, first)
            saved = [
                version
                for version in versions
                if heads.get(version.user_id, 0) == version.expected_version
                and (version.expected_version or version.user_id in known)
            ]
            late = set(users) - {version.user_id for version in saved}
            self._write_all(connection, saved, now)
        return late, gone

    def _write_all(self, connection: Connection, saved: Sequence["NewVersion"], now: datetime) -> None:
        if not saved:
            return
        rows = [{**version._asdict(), "version": version.expected_version + 1, "created_at": now} for version in saved]
        for row in rows:
            del row["expected_version"]
        connection.execute(profile_versions.insert(), rows)
        head = self.database.insert(profile_heads)
        swap = head.on_conflict_do_update(index_elements=["user_id"], set_={"version": head.excluded.version})
        connection.execute(swap, [{"user_id": row["user_id"], "version": row["version"]} for row in rows])
        raise_revisions(connection, self.database, "profiles")
        announce(connection, now, "profile.updated", ((row["user_id"], _webhook_data(row)) for row in rows))

    def users(self) -> list[str]:
        """Return the ids of all users with a profile, sorted."""
        query = select(profile_heads.c.user_id).order_by(profile_heads.c.user_id)
        with self.database.read() as connection:
            return list(connection.execute(query).scalars())

    def known_users(self) -> list[str]:
        """Return the ids of all users with a profile or with events, sorted."""
        with self.database.read() as connection:
            return sorted(connection.execute(_KNOWN_USERS).scalars())

    def count_users(self) -> int:
        """Return the number of users with a profile or with events."""
        with self.database.read() as connection:
            return connection.execute(select(func.count()).select_from(_KNOWN_USERS.subquery())).scalar_one()

    def _version(self, query: Select[Any], values: dict[str, Any] | None = None) -> StoredProfile | None:
        with self.database.read() as connection:
            row = connection.execute(query, values).one_or_none()
        return None if row is None else StoredProfile._make(row)


def _known_of(connection: Connection, user_ids: Sequence[str]) -> set[str]:
    """Return the users with stored events or edits."""
    known: set[str] = set()
    for some in chunks(user_ids, LOOKUP):
        for table in (events, edits):
            known |= set(
                connection.execute(select(table.c.user_id).where(table.c.user_id.in_(some)).distinct()).scalars()
            )
    return known


def _webhook_data(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of the webhook message about a new version."""
    return {name: row[name] for name in ("user_id", "version", "kind")}


def _states() -> Select[Any]:
    table = profile_versions.c
    return select(table.user_id, table.version, table.as_of, table.created_at, table.state, table.receipt, table.kind)


def _outlines() -> Select[Any]:
    table = profile_versions.c
    return select(table.user_id, table.version, table.as_of, table.created_at, table.receipt, table.kind)


def _at_head() -> Any:
    same_user = profile_heads.c.user_id == profile_versions.c.user_id
    return same_user & (profile_heads.c.version == profile_versions.c.version)


#: Built once, because it runs for every list and every read of a profile.
_HEAD = _states().join(profile_heads, _at_head()).where(profile_heads.c.user_id == bindparam("whose"))
_KNOWN_USERS = union(select(events.c.user_id), select(profile_heads.c.user_id))


def _summary(user: str, events: int, head: ProfileVersion | None) -> UserSummary:
    return UserSummary(
        user_id=user, version=head.version if head else 0, events=events, updated_at=head.created_at if head else None
    )
