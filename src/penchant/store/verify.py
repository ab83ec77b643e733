"""Consistency checks of the database, computed from its rows."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from penchant.errors import CorruptError
from penchant.store.database import Database
from penchant.store.key_marker import check_marker
from penchant.store.keys import Keyring
from penchant.store.migrations import revision_of
from penchant.store.schema import (
    REVISION,
    documents,
    edits,
    events,
    feedback,
    profile_heads,
    profile_versions,
    recommendations,
)


def verify(database: Database) -> list[str]:
    """Return a description of every inconsistency; an empty list if there is none."""
    with database.read() as connection:
        findings = [*_pages(connection)] if database.is_sqlite else []
        return [
            *findings,
            *_key(connection, database.keyring),
            *_revision(connection),
            *_versions(connection),
            *_heads(connection),
            *_documents(connection),
            *_rows(connection),
        ]


def _pages(connection: Connection) -> Iterator[str]:
    for problem in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if problem != "ok":
            yield f"the file is damaged: {problem}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table} row {row} refers to a row of {parent} that does not exist"


def _key(connection: Connection, keyring: Keyring | None) -> Iterator[str]:
    try:
        if keyring is not None:
            check_marker(connection, keyring)
    except CorruptError as error:
        yield str(error)


def _revision(connection: Connection) -> Iterator[str]:
    found = revision_of(connection)
    if found != REVISION:
        yield f"the tables stand at revision {found}, this Penchant expects {REVISION}"


def _versions(connection: Connection) -> Iterator[str]:
    table = profile_versions.c
    first, last, count = func.min(table.version), func.max(table.version), func.count()
    gaps = select(table.user_id, first, last, count).group_by(table.user_id).having((first != 1) | (last != count))
    for user_id, lowest, highest, stored in connection.execute(gaps.order_by(table.user_id)):
        yield f"user {user_id!r} has {stored} profile versions numbered {lowest} to {highest}: some are missing"


def _heads(connection: Connection) -> Iterator[str]:
    newest = (
        select(profile_versions.c.user_id, func.max(profile_versions.c.version).label("version"))
        .group_by(profile_versions.c.user_id)
        .subquery()
    )
    joined = newest.outerjoin(profile_heads, newest.c.user_id == profile_heads.c.user_id)
    query = select(newest.c.user_id, newest.c.version, profile_heads.c.version).select_from(joined)
    astray = query.where(newest.c.version.is_distinct_from(profile_heads.c.version))
    for user_id, version, head in connection.execute(astray):
        yield f"the newest profile version of user {user_id!r} is {version}, its head says {head}"


def _documents(connection: Connection) -> Iterator[str]:
    table = documents.c
    gaps = select(table.name, func.max(table.version), func.count()).group_by(table.name)
    for name, highest, count in connection.execute(gaps.having(func.max(table.version) != func.count())):
        yield f"document {name!r} has {count} versions numbered up to {highest}: some are missing"


def _rows(connection: Connection) -> Iterator[str]:
    """Check what table constraints cannot express."""
    blank = (
        select(func.count())
        .select_from(events)
        .where((events.c.user_id == "") | (events.c.event_id == "") | (events.c.type == ""))
    )
    if count := connection.execute(blank).scalar_one():
        yield f"events without a user, an id or a type: {count}"
    early = select(func.count()).select_from(edits).where(edits.c.undone_at < edits.c.at)
    if count := connection.execute(early).scalar_one():
        yield f"edits taken back before they were made: {count}"
    strangers = (
        select(func.count())
        .select_from(
            feedback.join(recommendations, feedback.c.recommendation_id == recommendations.c.recommendation_id)
        )
        .where(feedback.c.user_id != recommendations.c.user_id)
    )
    if count := connection.execute(strangers).scalar_one():
        yield f"pieces of feedback on another user's recommendation: {count}"
