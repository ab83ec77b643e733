"""Detects whether any input of a profile has changed, with one small query instead of reading all inputs.

Versions are never rewritten, and edits are only added or undone, so their counts are enough. Shared inputs (documents,
the taxonomy, consents) can change under the same version: the revision counter shows that
(`revisions`).
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, func, select, true

from penchant.store.database import Database
from penchant.store.revisions import Subject
from penchant.store.schema import (
    consents,
    documents,
    edits,
    profile_heads,
    profile_versions,
    readings,
    revisions,
    statements,
)

SHARED: tuple[Subject, ...] = ("documents", "people", "taxonomy")
"""The subjects of the revision counter that every profile depends on."""


class ProfileState(NamedTuple):
    """The state of a profile's inputs: if two states of a user are equal, so are the profiles.

    `friends`: how often the user named friends; `read`: the last version that a language model has read; `models`:
    whether the user allows models, None if they never said; `learnt`: the version of the document with what was
    learnt from all users.
    """

    version: int
    as_of: datetime
    created_at: datetime
    edits: int
    undone: int
    friends: int
    statements: int
    read: int | None
    models: bool | None
    learnt: int | None
    shared: int


class ProfileStates:
    """Reads states of profiles. `learnt`: the name of the document with what was learnt from all users. Thread-safe."""

    def __init__(self, database: Database, learnt: str) -> None:
        self.database, self.learnt = database, learnt

    def of(self, user_id: str) -> ProfileState | None:
        """Return the user's state; None if they have no profile version."""
        with self.database.read() as connection:
            row = connection.execute(_STATE, {"whose": user_id, "learnt": self.learnt}).one_or_none()
        # PostgreSQL's sum is a Decimal
        return None if row is None else ProfileState._make(row)._replace(shared=int(row[-1]))


_EDITED = (
    select(
        func.count().label("edits"),
        func.count(edits.c.undone_at).label("undone"),
        func.count(case((edits.c.action == "friend", 1))).label("friends"),
    )
    .where(edits.c.user_id == bindparam("whose"))
    .subquery()
)
_STATED = select(func.count()).where(statements.c.user_id == bindparam("whose")).scalar_subquery()
_READ = select(func.max(readings.c.version)).where(readings.c.user_id == bindparam("whose")).scalar_subquery()
_MODELS = (
    select(consents.c.granted)
    .where(consents.c.user_id == bindparam("whose"), consents.c.purpose == "llm")
    .order_by(consents.c.seq.desc())
    .limit(1)
    .scalar_subquery()
)
_LEARNT = select(func.max(documents.c.version)).where(documents.c.name == bindparam("learnt")).scalar_subquery()
_SHARED = select(func.coalesce(func.sum(revisions.c.number), 0)).where(revisions.c.name.in_(SHARED)).scalar_subquery()
_OF_HEAD = (profile_heads.c.user_id == profile_versions.c.user_id) & (
    profile_heads.c.version == profile_versions.c.version
)
_STATE = (
    select(
        profile_versions.c.version,
        profile_versions.c.as_of,
        profile_versions.c.created_at,
        _EDITED.c.edits,
        _EDITED.c.undone,
        _EDITED.c.friends,
        _STATED,
        _READ,
        _MODELS,
        _LEARNT,
        _SHARED,
    )
    .join_from(profile_heads, profile_versions, _OF_HEAD)
    .join(_EDITED, true())
    .where(profile_heads.c.user_id == bindparam("whose"))
)
