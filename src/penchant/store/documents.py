"""Small named JSON documents, in versions: the population's prior, tuned weights, what is known of a model server."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select, update

from penchant.errors import ConflictError
from penchant.store.clock import Clock, SystemClock
from penchant.store.column_types import encode_json
from penchant.store.database import Database
from penchant.store.erasures import anyone_erased
from penchant.store.revisions import raise_revisions, unchanged
from penchant.store.schema import documents

IDS_IN_FORM = "ids-in-normal-form"
"""The document that counts the ids of an older store that were normalised when it was first opened."""


class Document(NamedTuple):
    """One version of a document."""

    name: str
    version: int
    body: Any
    saved_at: datetime


_NAMED = documents.c.name == bindparam("wanted")
#: Built once, because they run several times for every list.
_NEWEST = select(documents).where(_NAMED).order_by(documents.c.version.desc()).limit(1)
_OF_VERSION = select(documents).where(_NAMED, documents.c.version == bindparam("of_version"))


class Documents:
    """Documents by name. Thread-safe."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self.database = database
        self.clock = clock or SystemClock()

    def get(self, name: str, version: int | None = None) -> Any:
        """Return the body of this version (None: the newest), or None if it does not exist."""
        found = self.head(name) if version is None else self._document(_OF_VERSION, name, version)
        return None if found is None else found.body

    def current(self, name: str) -> Any:
        """Return the body of the newest version, or None. Inside of `Revisions.steady` it is read once until a document changes."""
        return unchanged(self.database, "documents", f"document {name}", lambda: self.get(name))

    def head(self, name: str) -> Document | None:
        """Return the newest version with its number, or None."""
        return self._document(_NEWEST, name)

    def put(
        self, name: str, body: Any, *, expected_version: int | None = None, of_everybody_since: int | None = None
    ) -> int:
        """Save a version and return its number. A body equal to the newest is not saved again.

        With `expected_version` (0: none exists yet) it is saved only if that is still the newest. With
        `of_everybody_since` (the `Erasures.number` at the time when the data of all users was read) it is saved only
        if nobody has been erased since. Raises `ConflictError`.
        """
        with self.database.write_in_turn() as connection:
            if of_everybody_since is not None and anyone_erased(connection, self.database, of_everybody_since):
                raise ConflictError(
                    f"document {name!r} was learnt from data of a user who has been erased: learn it again"
                )
            newest = connection.execute(
                select(documents.c.version, documents.c.body)
                .where(documents.c.name == name)
                .order_by(documents.c.version.desc())
                .limit(1)
            ).one_or_none()
            version: int = newest.version if newest else 0
            if expected_version not in (None, version):
                raise ConflictError(
                    f"document {name!r} is at version {version}, not {expected_version}: read it again and retry"
                )
            if newest is not None and encode_json(newest.body) == encode_json(body):
                return version
            values = {"name": name, "version": version + 1, "body": body, "saved_at": self.clock.now()}
            connection.execute(self.database.insert(documents), values)
            raise_revisions(connection, self.database, "documents")
        return version + 1

    def rewrite(self, name: str, body: Any, but: Collection[int] = ()) -> int:
        """Replace the body of every version except those in `but`, when the old content must be forgotten.

        Returns how many.
        """
        ours = (documents.c.name == name) & documents.c.version.not_in(list(but))
        with self.database.write_in_turn() as connection:
            rewritten = connection.execute(update(documents).where(ours).values(body=body)).rowcount
            raise_revisions(connection, self.database, "documents")
        return rewritten

    def put_only(self, name: str, body: Any) -> None:
        """Save the body as the only version, when nobody asks for earlier ones."""
        if not self.rewrite(name, body):
            self.put(name, body)

    def _document(self, query: Select[Any], name: str, version: int | None = None) -> Document | None:
        with self.database.read() as connection:
            row = connection.execute(query, {"wanted": name, "of_version": version}).one_or_none()
        return None if row is None else Document._make(row)
