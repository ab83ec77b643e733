"""Stored versions of the catalogue's taxonomy as bytes, numbered from 1, the newest `MAX_VERSIONS` of them.

And people's corrections.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select

from penchant.errors import ConflictError
from penchant.store.clock import Clock, SystemClock
from penchant.store.database import Database
from penchant.store.revisions import raise_revisions, unchanged
from penchant.store.schema import taxonomies, taxonomy_corrections

MAX_VERSIONS = 20
"""The number of versions that are kept; older ones are deleted when a new one is saved."""


class TaxonomyVersion(NamedTuple):
    """A version without its body."""

    version: int
    made_at: datetime
    items: int
    themes: int


class Correction(NamedTuple):
    """A person's correction of a node. `action`: rename, move or merge; `details`: the new label, parent or node."""

    seq: int
    node_id: str
    action: str
    details: dict[str, Any]
    at: datetime


_OUTLINE = (taxonomies.c.version, taxonomies.c.made_at, taxonomies.c.n_items, taxonomies.c.n_themes)


class Taxonomies:
    """The taxonomies of one installation. Thread-safe; of two parallel writers one is refused."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self.database, self.clock = database, clock or SystemClock()

    def latest_version(self) -> int:
        """Return the number of the newest version; 0 if there is none."""
        return unchanged(self.database, "taxonomy", "newest taxonomy", self._latest_version)

    def _latest_version(self) -> int:
        with self.database.read() as connection:
            return int(connection.execute(select(func.max(taxonomies.c.version))).scalar() or 0)

    def body(self, version: int) -> bytes | None:
        """Return the bytes of a version; None if it is not kept."""
        with self.database.read() as connection:
            found = connection.execute(select(taxonomies.c.body).where(taxonomies.c.version == version)).scalar()
        return None if found is None else bytes(found)

    def versions(self) -> list[TaxonomyVersion]:
        """Return the versions that are kept, oldest first."""
        with self.database.read() as connection:
            return [
                TaxonomyVersion(*row) for row in connection.execute(select(*_OUTLINE).order_by(taxonomies.c.version))
            ]

    def save(self, body: bytes, *, expected_version: int, made_at: datetime, items: int, themes: int) -> int:
        """Save a version after `expected_version` (0: the first) and return its number.

        Raises `ConflictError` if another version was first.
        """
        version = expected_version + 1
        values = {"version": version, "made_at": made_at, "n_items": items, "n_themes": themes, "body": body}
        with self.database.write_in_turn() as connection:
            newest = int(connection.execute(select(func.max(taxonomies.c.version))).scalar() or 0)
            if newest != expected_version:
                raise ConflictError(
                    f"the taxonomy is at version {newest}, no longer at {expected_version}: read it again and retry"
                )
            connection.execute(insert(taxonomies), values)
            connection.execute(delete(taxonomies).where(taxonomies.c.version <= version - MAX_VERSIONS))
            raise_revisions(connection, self.database, "taxonomy")
        return version

    def correct(self, node_id: str, action: str, details: dict[str, Any]) -> int:
        """Store a correction and return its number."""
        values = {"node_id": node_id, "action": action, "details": details, "at": self.clock.now()}
        with self.database.write_in_turn() as connection:
            written = connection.execute(insert(taxonomy_corrections).returning(taxonomy_corrections.c.seq), values)
            seq = int(written.scalar_one())
            raise_revisions(connection, self.database, "taxonomy")
        return seq

    def corrections(self) -> list[Correction]:
        """Return all corrections, oldest first."""
        with self.database.read() as connection:
            rows = connection.execute(select(taxonomy_corrections).order_by(taxonomy_corrections.c.seq))
            return [Correction(*row) for row in rows]
