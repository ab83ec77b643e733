"""Removes events, and moves a user's data to another user, each in one transaction.

What was read from a removed event (statements, edits) is removed with it, and so are reasons that cite it and the
profile versions that include it: the next update makes the profile anew from the remaining events. Events that move to another user get new
numbers, so that the next update folds them in at their place in time.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)

from penchant.errors import Cure, NotFoundError, UsageError
from penchant.store.database import LOOKUP, Database, chunks
from penchant.store.edits import among, friend_edits
from penchant.store.erasures import refuse_erased
from penchant.store.event import Event
from penchant.store.idempotency import mark_of, packed, unpacked
from penchant.store.mentions import rename_mentions
from penchant.store.receipt import MergeReceipt, Usage
from penchant.store.revisions import ALL_OF_PEOPLE, raise_revisions
from penchant.store.schema import (
    consents,
    edits,
    erasures,
    events,
    feedback,
    idempotency_keys,
    llm_usage,
    metadata,
    profile_heads,
    profile_versions,
    readings,
    recommendations,
    statements,
)

_MOVED_APART = {
    events.name,
    profile_versions.name,
    profile_heads.name,
    readings.name,
    llm_usage.name,
    recommendations.name,
    erasures.name,
}
"""Tables whose rows are not moved by changing their owner only."""
_KNOWN_BY = (events, statements, edits, consents, feedback, profile_heads)
"""A user with rows in any of these tables is known.

Jobs, lists and audit log lines exist for anybody who was ever asked for.
"""


def remove_events(
    database: Database,
    user_id: str,
    event_ids: Sequence[str],
    instead: Sequence[Event] = (),
    *,
    no_reason: Callable[[str], str],
) -> int:
    """Remove events of a user and store others in their place, all or none; returns how many were removed.

    `no_reason`: returns the sentence that is stored in place of a reason that was given for these events, in its language.

    Raises `NotFoundError` that names a missing event, `ErasedError`.
    """
    wanted = list(dict.fromkeys(event_ids))
    with database.write_in_turn() as connection:
        refuse_erased(connection, database, user_id)
        places = _places(connection, user_id, wanted)
        missing = [event_id for event_id in wanted if event_id not in places]
        if missing:
            cure = Cure(("events", "list", user_id), "names them; nothing was removed", "nothing was removed")
            raise NotFoundError(f"user {user_id!r} has no event {missing[0]!r}", cure)
        for some in chunks(wanted, LOOKUP):
            ids = list(some)
            for table in _by_event():
                connection.execute(delete(table).where(table.c.user_id == user_id, table.c.event_id.in_(ids)))
        _take_back_words(connection, user_id, set(wanted))
        _take_back_reasons(connection, user_id, _Reasons(user_id, set(wanted), no_reason))
        _forget_versions(connection, user_id, min(places.values(), default=0))
        for event in instead:
            connection.execute(insert(events), _values(event))
        raise_revisions(connection, database, *ALL_OF_PEOPLE)
    return len(wanted)


def merge_users(database: Database, source: str, target: str) -> MergeReceipt:
    """Move all data of `source` to `target`: events, edits, statements, consents, lists and feedback.

    What both have counts once.

    The latest of their consents for a purpose applies. Raises `UsageError`, `NotFoundError`, `ErasedError`.
    """
    if source == target:
        raise UsageError(f"{source!r} is the same user twice: name the user to merge from and the user to merge into")
    with database.write_in_turn() as connection:
        for user_id in (source, target):
            refuse_erased(connection, database, user_id)
        found = _counts_of(connection, source)
        moved, duplicate = _move_events(connection, database, source, target)
        for table in (profile_heads, profile_versions, readings):
            connection.execute(delete(table).where(table.c.user_id == source))
        _move_usage(connection, source, target)
        _move_lists(connection, source, target)
        for table in _owned():
            if table.name not in _MOVED_APART:
                _move_rows(connection, table, source, target)
        rename_mentions(connection, source, target)
        named = among(edits.c.seq, friend_edits(connection, source))
        connection.execute(update(edits).where(named).values(text=target))
        raise_revisions(connection, database, *ALL_OF_PEOPLE)
    others = {name: count for name, count in found.items() if name not in (events.name, profile_heads.name) and count}
    return MergeReceipt(from_user=source, into_user=target, events=moved, duplicate=duplicate, moved=others)


def _counts_of(connection: Connection, user_id: str) -> dict[str, int]:
    """Return the number of the user's rows by table. Raises `NotFoundError` for an unknown user."""
    found = {
        table.name: connection.execute(
            select(func.count()).select_from(table).where(table.c.user_id == user_id)
        ).scalar_one()
        for table in _owned()
    }
    if not any(found[table.name] for table in _KNOWN_BY):
        raise NotFoundError(f"nothing is known about user {user_id!r}: `penchant profile list` lists all users")
    return found


def _owned() -> list[Table]:
    """Return every table with a column that names a user, except marks of erasures, referenced tables first."""
    return [table for table in metadata.sorted_tables if "user_id" in table.c and table is not erasures]


def _by_event() -> list[Table]:
    """Return the ledger and every table with data that was read from one event of a user."""
    return [table for table in metadata.sorted_tables if "user_id" in table.c and "event_id" in table.c]


def _take_back_words(connection: Connection, user_id: str, event_ids: set[str]) -> None:
    """Delete edits that were read from these events."""
    rows = connection.execute(select(edits.c.seq, edits.c.details).where(edits.c.user_id == user_id)).all()
    for seq in [seq for seq, details in rows if (details or {}).get("event_id") in event_ids]:
        connection.execute(delete(edits).where(edits.c.seq == seq))


class _Reasons:
    """Replaces reasons that cite removed events of a user; the same ids of other users' events are other events.

    `no_reason`: returns what stands in the place of a reason.
    """

    def __init__(self, user_id: str, event_ids: set[str], no_reason: Callable[[str], str]) -> None:
        self.user_id, self.event_ids, self.no_reason = user_id, event_ids, no_reason
        self._texts: set[str] = set()

    def replaced(self, value: Any, about: str | None) -> Any:
        """Return a JSON value in which every reason that cites the events is replaced, and so is its text wherever else
        it stands, as in the answer to a message. Values that were given before are the source of those texts.

        `about`: the user whom the value is about, unless it names another itself.
        """
        if isinstance(value, dict):
            about = value["user_id"] if isinstance(value.get("user_id"), str) else about
            if about == self.user_id and self._cites(value):
                self._texts.add(value["text"])
                return {**value, "text": self.no_reason(value["text"]), "cites": []}
            return {name: self.replaced(part, about) for name, part in value.items()}
        if isinstance(value, list):
            return [self.replaced(part, about) for part in value]
        return self.without_texts(value) if isinstance(value, str) and about == self.user_id else value

    def without_texts(self, text: str, written: Callable[[str], str] = str) -> str:
        """Return a text without the reasons replaced before. `written`: how a reason is written in it."""
        for reason in self._texts:
            text = text.replace(written(reason), written(self.no_reason(reason)))
        return text

    def _cites(self, value: Mapping[str, Any]) -> bool:
        cites = value.get("cites")
        return (
            bool(value.get("text"))
            and isinstance(cites, list)
            and any(isinstance(cite, dict) and cite.get("event_id") in self.event_ids for cite in cites)
        )


def _take_back_reasons(connection: Connection, user_id: str, reasons: _Reasons) -> None:
    """Replace the reasons in the user's lists that cite removed events, and in the answers stored for repeated requests.
    Items and accounts stay, for feedback and further pages.
    """
    table = recommendations.c
    query = select(table.recommendation_id, table.body).where(table.user_id == user_id)
    for name, body in connection.execute(query).all():
        items = reasons.replaced(body["items"], user_id)
        if items != body["items"]:
            changed = update(recommendations).where(table.recommendation_id == name)
            connection.execute(changed.values(body=body | {"items": items}))
    for about, which in ((user_id, idempotency_keys.c.user_id == user_id), (None, _shared_with(connection, user_id))):
        _take_back_in_answers(connection, which, about, reasons)


def _shared_with(connection: Connection, user_id: str) -> ColumnElement[bool]:
    """Return a condition for the answers about several users with reasons for this one. Only an index is read."""
    marks = idempotency_keys.c.reasons_for
    found = connection.execute(select(marks).where(marks.contains(mark_of(user_id))).distinct()).scalars().all()
    return idempotency_keys.c.user_id.is_(None) & marks.in_(found)


def _take_back_in_answers(
    connection: Connection, which: ColumnElement[bool], about: str | None, reasons: _Reasons
) -> None:
    answers = idempotency_keys.c
    keys = connection.execute(select(answers.caller, answers.key).where(which, answers.body.is_not(None))).all()
    for caller, key in keys:
        this = (answers.caller == caller) & (answers.key == key)
        before = unpacked(connection.execute(select(answers.body).where(this)).scalar_one())
        if (after := _without_reasons(before, about, reasons)) != before:
            connection.execute(update(idempotency_keys).where(this).values(body=packed(after)))


def _without_reasons(body: bytes, about: str | None, reasons: _Reasons) -> bytes:
    """Return an answer without the reasons; the same bytes where it has none of them."""
    try:
        answer = json.loads(body)
    except ValueError:  # a stream of events, each of which is JSON
        if about is None:
            return body
        return reasons.without_texts(body.decode(errors="surrogateescape"), _in_json).encode(errors="surrogateescape")
    replaced = reasons.replaced(answer, about)
    return body if replaced == answer else json.dumps(replaced, ensure_ascii=False, separators=(",", ":")).encode()


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _places(connection: Connection, user_id: str, event_ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(event_ids, LOOKUP):
        query = select(events.c.event_id, events.c.seq).where(
            events.c.user_id == user_id, events.c.event_id.in_(list(some))
        )
        found |= dict(connection.execute(query).all())
    return found


def _forget_versions(connection: Connection, user_id: str, seq: int) -> None:
    """Delete the profile versions that include the event number `seq`, and all later ones."""
    versions = profile_versions.c
    count = 0
    query = select(versions.version, versions.receipt).where(versions.user_id == user_id).order_by(versions.version)
    for version, receipt in connection.execute(query).all():
        if int(receipt.get("seq", 0)) >= seq:
            break
        count = version
    head = profile_heads.c.user_id == user_id
    connection.execute(
        update(profile_heads).where(head).values(version=count) if count else delete(profile_heads).where(head)
    )
    for table in (profile_versions, readings):
        connection.execute(delete(table).where(table.c.user_id == user_id, table.c.version > count))


def _move_events(connection: Connection, database: Database, source: str, target: str) -> tuple[int, int]:
    """Insert the events again under `target`, so that they are new to its profile.

    Returns how many were new and how many known.
    """
    names = [column.name for column in events.c if column.name not in ("seq", "user_id")]
    rows = [
        dict(row) | {"user_id": target}
        for row in connection.execute(
            select(*(events.c[name] for name in names)).where(events.c.user_id == source).order_by(events.c.seq)
        ).mappings()
    ]
    moved = 0
    for row in rows:
        moved += connection.execute(database.insert(events).on_conflict_do_nothing(), row).rowcount
    connection.execute(delete(events).where(events.c.user_id == source))
    return moved, len(rows) - moved


def _move_usage(connection: Connection, source: str, target: str) -> None:
    """Add the usage to that of the other user for the same day, step and model."""
    for row in connection.execute(select(llm_usage).where(llm_usage.c.user_id == source)).mappings().all():
        key = {name: row[name] for name in ("day", "step", "model")} | {"user_id": target}
        theirs = [llm_usage.c[name] == value for name, value in key.items()]
        amounts = {name: row[name] for name in Usage.model_fields}
        more = {name: llm_usage.c[name] + amount for name, amount in amounts.items()}
        if connection.execute(llm_usage.update().where(*theirs).values(more)).rowcount == 0:
            connection.execute(llm_usage.insert(), key | amounts)
    connection.execute(delete(llm_usage).where(llm_usage.c.user_id == source))


def _move_lists(connection: Connection, source: str, target: str) -> None:
    """Change the user of lists, in the column and in the body."""
    table = recommendations.c
    for name, body in connection.execute(
        select(table.recommendation_id, table.body).where(table.user_id == source)
    ).all():
        values = {"user_id": target, "body": body | {"user_id": target}}
        connection.execute(update(recommendations).where(table.recommendation_id == name).values(values))


def _move_rows(connection: Connection, table: Table, source: str, target: str) -> None:
    """Change the user of rows. If the other user already has the same row by a unique key, theirs stays."""
    for key in _unique_keys(table):
        rest = [column for column in key if column.name != "user_id"]
        if rest:
            other = table.alias()
            same = [other.c[column.name] == column for column in rest]
            twice = select(other.c.user_id).where(other.c.user_id == target, *same).exists()
            connection.execute(delete(table).where(table.c.user_id == source, twice))
    connection.execute(update(table).where(table.c.user_id == source).values(user_id=target))


def _unique_keys(table: Table) -> list[list[Column[Any]]]:
    """Return the columns of every unique key that includes the user."""
    kinds = (UniqueConstraint, PrimaryKeyConstraint)
    keys = [list(constraint.columns) for constraint in table.constraints if isinstance(constraint, kinds)]
    return [key for key in keys if "user_id" in {column.name for column in key}]


def _values(event: Event) -> dict[str, Any]:
    body = event.model_dump(include={"user_id", "event_id", "at", "type", "item_id", "text", "value"})
    media = event.media.model_dump() if event.media else None
    return body | {"context": event.context or None, "media": media}
