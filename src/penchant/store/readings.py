"""Stored personal readings.

A row is added for each profile version that a language model read, and removed with that version.
"""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field
from sqlalchemy import Connection, bindparam, select

from penchant.store.database import Database
from penchant.store.erasures import erased_among
from penchant.store.profile import Frozen, LeafReading, Profile, Reading
from penchant.store.revisions import raise_revisions
from penchant.store.schema import profile_versions, readings

OWN_WORD = ("edit", "undo", "import")
"""The kinds of versions after which earlier readings do not apply.

The user's own edits take precedence over a model's reading.
"""


class StoredReading(Frozen):
    """A reading and what it was made from.

    It was made from version `version` as of `as_of`, the shares of the `leaves` shown to the model (by id), and the
    statements with the ids in `statements`. An empty reading records that this version was read.
    """

    version: int
    as_of: datetime
    language: str
    portrait: str = ""
    interests: tuple[LeafReading, ...] = ()
    model: str | None = None
    leaves: dict[str, float] = Field(default_factory=dict)
    statements: tuple[str, ...] = ()

    def still_applies(self, profile: Profile) -> bool:
        """Return whether everything it was made from still applies.

        Its leaves exist and are not muted, and its statements are not superseded.
        """
        known = {node.id for node in profile.walk() if not node.children and node.status != "muted"}
        return known >= self.leaves.keys() and {statement.id for statement in profile.statements} >= set(
            self.statements
        )

    @property
    def reading(self) -> Reading | None:
        """The reading without what it was made from; None if it is empty."""
        if not self.portrait and not self.interests:
            return None
        return Reading(**self.model_dump(include=set(Reading.model_fields)))


_THEIRS = select(readings.c.body).where(readings.c.user_id == bindparam("whose"))
_SINCE = (
    select(profile_versions.c.version)
    .where(
        profile_versions.c.user_id == readings.c.user_id,
        profile_versions.c.version > readings.c.version,
        profile_versions.c.version <= bindparam("version"),
        profile_versions.c.kind.in_(OWN_WORD),
    )
    .exists()
)
_LATEST = (
    _THEIRS.where(readings.c.version <= bindparam("version"), readings.c.language == bindparam("language"), ~_SINCE)
    .order_by(readings.c.version.desc())
    .limit(1)
)


class Readings:
    """The readings of one installation. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def latest(self, user_id: str, version: int, language: str, until: datetime | None = None) -> StoredReading | None:
        """Return the newest reading in `language` of `version` or an earlier one, as of `until` or earlier.

        None if there is none, or if the user's own edits came after it.
        """
        query = _LATEST if until is None else _LATEST.where(readings.c.as_of <= until)
        with self.database.read() as connection:
            body = connection.execute(
                query, {"whose": user_id, "version": version, "language": language}
            ).scalar_one_or_none()
        return None if body is None else StoredReading.model_validate(body)

    def for_user(self, user_id: str) -> list[StoredReading]:
        """Return all readings of this user, oldest first."""
        with self.database.read() as connection:
            rows = connection.execute(_THEIRS.order_by(readings.c.version), {"whose": user_id}).scalars()
            return [StoredReading.model_validate(body) for body in rows]

    def add(self, user_id: str, reading: StoredReading) -> bool:
        """Store a reading; returns False if its version has been removed or the user erased. Raises `StoreError`."""
        with self.database.write_in_turn() as connection:
            if erased_among(connection, self.database, [user_id]) or not _has_version(connection, user_id, reading):
                return False
            write_readings(connection, self.database, user_id, [reading])
            raise_revisions(connection, self.database, "profiles")
        return True


def write_readings(connection: Connection, database: Database, user_id: str, found: Sequence[StoredReading]) -> None:
    """Store readings in an open transaction. Existing ones are not changed."""
    for reading in found:
        row = reading.model_dump(include={"version", "as_of", "language"})
        body = reading.model_dump(mode="json")
        insert = database.insert(readings).on_conflict_do_nothing()
        connection.execute(insert, {"user_id": user_id, **row, "body": body})


def _has_version(connection: Connection, user_id: str, reading: StoredReading) -> bool:
    """Return whether the version that was read still exists; it does not if events have been removed meanwhile."""
    versions = profile_versions.c
    query = select(versions.version).where(versions.user_id == user_id, versions.version == reading.version)
    return connection.execute(query).first() is not None
