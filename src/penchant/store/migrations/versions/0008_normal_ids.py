"""Brings stored ids of users and items into normal form: some had spaces or invisible characters at their ends.

If a user with the normal id exists already, the two are merged: events that both have count once, and the next update
makes the profile anew. The document `ids-in-normal-form` counts what was done, without any id; every store with
events gets one. The catalogue, which is not in the database, is checked when it is opened next. Tables are reflected,
so that this migration keeps doing what it did when it was written.
"""

import json
import time
from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from penchant.store.identifiers import normal_id

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

RECEIPT = "ids-in-normal-form"
_VERSIONS, _HEADS = "profile_versions", "profile_heads"
_APART = {"events", "llm_usage", "recommendations", _VERSIONS, _HEADS, "erasures"}


def upgrade() -> None:
    connection = op.get_bind()
    tables = sa.MetaData()
    tables.reflect(connection)
    receipt: Counter[str] = Counter()
    for old, new in _changed(connection, tables, ("user_id", "owner"), receipt):
        _rename_user(connection, tables, old, new, receipt)
    for old, new in _changed(connection, tables, ("item_id",), receipt):
        for table in tables.tables.values():
            if "item_id" in table.c:
                connection.execute(sa.update(table).where(table.c.item_id == old).values(item_id=new))
        receipt["items"] += 1
    if receipt or connection.execute(sa.select(tables.tables["events"].c.seq).limit(1)).first():
        row = {"name": RECEIPT, "version": 1, "body": json.dumps(receipt), "saved_at": int(time.time() * 1_000_000)}
        connection.execute(sa.insert(tables.tables["documents"]), row)


def _changed(
    connection: sa.Connection, tables: sa.MetaData, columns: tuple[str, ...], receipt: Counter[str]
) -> list[tuple[str, str]]:
    """Return pairs of an id and its normal form where they differ.

    Ids without a normal form stay and are counted as `unreadable`.
    """
    places = [sa.select(table.c[name]) for table in tables.tables.values() for name in columns if name in table.c]
    if "user_id" in columns:
        friends = tables.tables["edits"]
        places.append(sa.select(friends.c.text).where(friends.c.action == "friend"))
    ids = {found for place in places for found in connection.execute(place.distinct()).scalars() if found}
    changed = []
    for found in sorted(ids):
        try:
            form = normal_id(found)
        except ValueError:
            receipt["unreadable"] += 1
            continue
        if form != found:
            changed.append((found, form))
    return changed


def _rename_user(connection: sa.Connection, tables: sa.MetaData, old: str, new: str, receipt: Counter[str]) -> None:
    table = tables.tables
    has_both = (
        connection.execute(_of(table["events"], new).limit(1)).first()
        or connection.execute(_of(table[_HEADS], new).limit(1)).first()
    )
    receipt["users_merged" if has_both else "users_renamed"] += 1
    (_merge_record if has_both else _rename_record)(connection, table, old, new, receipt)
    for name, each in table.items():
        for owner in {"user_id", "owner"} & set(each.c.keys()) if name not in _APART else ():
            _change_hands(connection, each, owner, old, new)
    edits = table["edits"]
    of_friend = (edits.c.action == "friend") & (edits.c.text == old)
    connection.execute(sa.update(edits).where(of_friend).values(text=new))
    _add_usage(connection, table["llm_usage"], old, new)
    lists = table["recommendations"]
    for row in connection.execute(_of(lists, old)).mappings().all():
        body = json.dumps(json.loads(row["body"]) | {"user_id": new}, sort_keys=True, separators=(",", ":"))
        same = lists.c.recommendation_id == row["recommendation_id"]
        connection.execute(sa.update(lists).where(same).values(user_id=new, body=body))


def _rename_record(
    connection: sa.Connection, table: Mapping[str, sa.Table], old: str, new: str, receipt: Counter[str]
) -> None:
    """Give events and profile versions to a user id that has none yet."""
    events, versions, heads = table["events"], table[_VERSIONS], table[_HEADS]
    moved = connection.execute(sa.update(events).where(events.c.user_id == old).values(user_id=new))
    receipt["events_moved"] += moved.rowcount
    rest = [column for column in versions.c if column.name != "user_id"]
    copied = sa.select(sa.literal(new), *rest).where(versions.c.user_id == old)
    connection.execute(sa.insert(versions).from_select(["user_id", *(column.name for column in rest)], copied))
    connection.execute(sa.update(heads).where(heads.c.user_id == old).values(user_id=new))
    connection.execute(sa.delete(versions).where(versions.c.user_id == old))


def _merge_record(
    connection: sa.Connection, table: Mapping[str, sa.Table], old: str, new: str, receipt: Counter[str]
) -> None:
    """Insert the events again under the new user id, so that they are new to readers of the ledger.

    Profile versions are removed.
    """
    events = table["events"]
    known = set(connection.execute(sa.select(events.c.event_id).where(events.c.user_id == new)).scalars())
    rows = [dict(row) for row in connection.execute(_of(events, old).order_by(events.c.seq)).mappings()]
    fresh = [
        {name: value for name, value in row.items() if name != "seq"} | {"user_id": new}
        for row in rows
        if row["event_id"] not in known
    ]
    connection.execute(sa.delete(events).where(events.c.user_id == old))
    if fresh:
        connection.execute(sa.insert(events), fresh)
    receipt["events_moved"] += len(fresh)
    receipt["events_duplicate"] += len(rows) - len(fresh)
    for name in (_HEADS, _VERSIONS):
        connection.execute(sa.delete(table[name]).where(table[name].c.user_id == old))


def _change_hands(connection: sa.Connection, table: sa.Table, owner: str, old: str, new: str) -> None:
    """Change the owner of rows. If the new owner already has the same row by a unique key, theirs stays."""
    for key in _keys_with(table, owner):
        rest = [column for column in key if column.name != owner]
        other = table.alias()
        same = [other.c[column.name] == column for column in rest]
        twice = sa.select(other.c[owner]).where(other.c[owner] == new, *same).exists()
        if rest:
            connection.execute(sa.delete(table).where(table.c[owner] == old, twice))
    connection.execute(sa.update(table).where(table.c[owner] == old).values({owner: new}))


def _keys_with(table: sa.Table, owner: str) -> list[list[sa.Column[object]]]:
    kinds = (sa.UniqueConstraint, sa.PrimaryKeyConstraint)
    keys = [list(constraint.columns) for constraint in table.constraints if isinstance(constraint, kinds)]
    return [key for key in keys if owner in {column.name for column in key}]


def _add_usage(connection: sa.Connection, usage: sa.Table, old: str, new: str) -> None:
    """Add the usage to that of the new user id for the same day, step and model."""
    keys, amounts = ("day", "step", "model"), ("calls", "repairs", "prompt_tokens", "completion_tokens")
    for row in connection.execute(_of(usage, old)).mappings().all():
        theirs = [usage.c.user_id == new, *(usage.c[name] == row[name] for name in keys)]
        more = {name: usage.c[name] + row[name] for name in amounts}
        if connection.execute(sa.update(usage).where(*theirs).values(more)).rowcount == 0:
            connection.execute(sa.insert(usage), dict(row) | {"user_id": new})
    connection.execute(sa.delete(usage).where(usage.c.user_id == old))


def _of(table: sa.Table, user_id: str) -> sa.Select[tuple[object, ...]]:
    return sa.select(table).where(table.c.user_id == user_id)
