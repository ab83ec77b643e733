"""Users' edits of their profiles. They are stored permanently, override every automatic summary, and can be undone."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Column, ColumnElement, Connection, bindparam, func, select, update

from penchant.errors import ConflictError, UsageError
from penchant.store.database import Database
from penchant.store.erasures import refuse_erased
from penchant.store.event import MAX_TEXT, Identifier, Moment
from penchant.store.revisions import raise_revisions
from penchant.store.schema import edits, profile_versions

Action = Literal["pin", "unpin", "mute", "unmute", "rename", "remove", "state", "attribute", "friend"]


def _new_id() -> str:
    return f"w-{uuid.uuid4().hex[:20]}"


class Edit(BaseModel):
    """One statement or change that a user made to their profile.

    `path` contains the labels of the node at that time, so that the node can be found if its id no longer exists.
    `details` belongs to the engine (for example a vector to find the node by). `undone_at`: when the edit was undone.
    """

    model_config = ConfigDict(frozen=True)

    edit_id: Identifier = Field(default_factory=_new_id)
    user_id: Identifier
    at: Moment
    action: Action
    node_id: Identifier | None = None
    path: tuple[str, ...] = ()
    text: str | None = Field(None, max_length=MAX_TEXT)
    details: Mapping[str, Any] = Field(default_factory=dict)
    undone_at: Moment | None = None

    @property
    def undone(self) -> bool:
        """Whether the edit was undone."""
        return self.undone_at is not None


#: Built once, because they run for every list and every read of a profile.
_OF_USER = select(edits).where(edits.c.user_id == bindparam("whose")).order_by(edits.c.at, edits.c.seq)
_OF_USER_UNTIL = _OF_USER.where(edits.c.at <= bindparam("until", type_=edits.c.at.type))
_ATTRIBUTES = (
    select(edits.c.text)
    .where(edits.c.user_id == bindparam("whose"), edits.c.action == "attribute", edits.c.undone_at.is_(None))
    .order_by(edits.c.at.desc(), edits.c.seq.desc())
)


class Edits:
    """All edits of all users, in the order they were made. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def append(self, edit: Edit, based_on: int | None = None) -> bool:
        """Store an edit; returns False if this user already has an edit with this `edit_id`.

        `based_on`: the profile version that must still be the newest, with every edit applied to it. Raises
        `ErasedError`, `ConflictError`.
        """
        values = edit.model_dump(exclude={"path"}) | {"path": list(edit.path)}
        with self.database.write_in_turn() as connection:
            refuse_erased(connection, self.database, edit.user_id)
            if based_on is not None:
                _require_newest(connection, edit.user_id, based_on)
            added = connection.execute(self.database.insert(edits).on_conflict_do_nothing(), values).rowcount == 1
            if added:
                raise_revisions(connection, self.database, "profiles")
        return added

    def for_user(self, user_id: str, until: datetime | None = None) -> list[Edit]:
        """Return the user's edits, oldest first, as of `until`: an edit that was undone later is not yet undone."""
        query = _OF_USER if until is None else _OF_USER_UNTIL
        with self.database.read() as connection:
            return [_edit(row, until) for row in connection.execute(query, {"whose": user_id, "until": until})]

    def attribute(self, user_id: str, name: str) -> str | None:
        """Return the user's latest value of an attribute (`name=value`) that is not undone; None if there is none."""
        begins = f"{name}="
        with self.database.read() as connection:
            # compared here, because the texts in the database may be sealed
            texts = connection.execute(_ATTRIBUTES, {"whose": user_id}).scalars()
            return next((text.removeprefix(begins) for text in texts if text and text.startswith(begins)), None)

    def active_texts(self, action: Action) -> dict[str, list[str]]:
        """Return the texts of all edits with this action that are not undone, by user, oldest first."""
        mine = (edits.c.action == action) & edits.c.undone_at.is_(None) & edits.c.text.is_not(None)
        query = select(edits.c.user_id, edits.c.text).where(mine).order_by(edits.c.user_id, edits.c.at, edits.c.seq)
        found: dict[str, list[str]] = {}
        with self.database.read() as connection:
            for user, text in connection.execute(query):
                found.setdefault(user, []).append(text)
        return found

    def undo(self, user_id: str, at: datetime) -> Edit | None:
        """Undo the user's newest edit that is not undone, and return it; None if there is none.

        Raises `UsageError` if `at` is before the edit.
        """
        standing = select(edits).where(edits.c.user_id == user_id, edits.c.undone_at.is_(None))
        with self.database.write_in_turn() as connection:
            newest = connection.execute(standing.order_by(edits.c.at.desc(), edits.c.seq.desc()).limit(1)).one_or_none()
            if newest is None:
                return None
            if at < newest.at:
                raise UsageError(
                    f"the last edit was made at {newest.at.isoformat()}: it cannot be undone as of an earlier time"
                )
            connection.execute(update(edits).where(edits.c.seq == newest.seq).values(undone_at=at))
            raise_revisions(connection, self.database, "profiles")
        return _edit(newest, None).model_copy(update={"undone_at": at})


def _require_newest(connection: Connection, user_id: str, version: int) -> None:
    """Raise `ConflictError` if `version` is not the user's newest, or if an edit was made or undone after it."""
    versions = select(profile_versions.c.version, profile_versions.c.created_at)
    ours = versions.where(profile_versions.c.user_id == user_id)
    newest = connection.execute(ours.order_by(profile_versions.c.version.desc()).limit(1)).one_or_none()
    spoken = select(func.max(edits.c.at), func.max(edits.c.undone_at)).where(edits.c.user_id == user_id)
    moments = [moment for moment in connection.execute(spoken).one() if moment is not None]
    if newest is None or newest.version != version or any(moment > newest.created_at for moment in moments):
        raise ConflictError("the profile has just been changed: read it again before changing it")


def friend_edits(connection: Connection, user_id: str) -> list[int]:
    """Return the numbers (`seq`) of the edits in which others name this user as a friend.

    Every such edit is read, because texts may be sealed.
    """
    named = connection.execute(select(edits.c.seq, edits.c.text).where(edits.c.action == "friend"))
    return [seq for seq, text in named if text == user_id]


def among(column: Column[Any], numbers: Sequence[int]) -> ColumnElement[bool]:
    """Return a condition: the column is one of these numbers.

    They are inlined in the statement, because the number of parameters is limited.
    """
    return column.in_(bindparam("numbers", list(numbers), expanding=True, literal_execute=True))


def _edit(row: Any, until: datetime | None) -> Edit:
    stored = dict(row._mapping)
    stored.pop("seq")
    if until is not None and stored["undone_at"] is not None and stored["undone_at"] > until:
        stored["undone_at"] = None
    return Edit.model_validate(stored)
