"""The ledger: every event once, permanently, in one canonical order (`at`, then `event_id`)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, CursorResult, Integer, Select, bindparam, func, select, type_coerce

from penchant.store.column_types import encode_json, to_micros
from penchant.store.consents import Consents
from penchant.store.database import LOOKUP, Database, chunks
from penchant.store.erasures import erased_among
from penchant.store.event import Event, Media
from penchant.store.interactions import Interactions, read_interactions
from penchant.store.keys import opened_text, sealed_text
from penchant.store.revisions import raise_revisions, unchanged
from penchant.store.schema import events

_CONTENT = (
    events.c.user_id,
    events.c.event_id,
    events.c.at,
    events.c.type,
    events.c.item_id,
    events.c.text,
    events.c.value,
    events.c.context,
    events.c.media,
)


class StoredEvent(NamedTuple):
    """An event and its number in the order of arrival."""

    seq: int
    event: Event


class Appended(NamedTuple):
    """The result of storing a batch.

    `differing`: positions in the batch whose id already exists with different content (the first is kept). `erased`:
    positions that were left out because the user has been erased since the work began.
    """

    accepted: int
    differing: tuple[int, ...] = ()
    erased: tuple[int, ...] = ()


class ItemEvent(NamedTuple):
    """An event about an item, with the fields a ranker needs. `at`: microseconds since 1970 UTC."""

    event_id: str
    item_id: str
    type: str
    at: int
    value: float | None = None


class Arrival(NamedTuple):
    """An event about an item, in the order of arrival. `at`: microseconds since 1970 UTC."""

    user_id: str
    item_id: str
    type: str
    at: int


class Ledger:
    """All events, written once and read in order. Thread-safe.

    `consents`: used to leave users who do not allow `profile` out of data that others are compared with.
    """

    def __init__(self, database: Database, consents: Consents | None = None) -> None:
        self.database, self.consents = database, consents
        # both statements bypass SQLAlchemy, whose work per row takes longer than the database's
        self._mark = "?" if database.is_sqlite else "%s"
        marks = ", ".join([self._mark] * len(_CONTENT))
        self._insert = f"INSERT INTO events ({_NAMES}) VALUES ({marks}) ON CONFLICT DO NOTHING"

    def append(self, batch: Sequence[Event]) -> int:
        """Store the new events, all or none; returns how many were new.

        The rest are known (same user, same `event_id`) or of erased users.
        """
        return self.take(batch).accepted

    def take(self, batch: Sequence[Event]) -> Appended:
        """Store events as `append` does, and also report those of erased users."""
        return self._write([_row(event) for event in batch])

    def erased(self, user_ids: AbstractSet[str]) -> set[str]:
        """Return which of these users have been erased since the work began (`Erasures.work`)."""
        with self.database.read() as connection:
            return erased_among(connection, self.database, user_ids)

    def append_and_compare(self, batch: Sequence[Event]) -> Appended:
        """Store events as `take` does, and also report the duplicates whose content differs from the stored event."""
        rows = [_row(event) for event in batch]
        written = self._write(rows)
        same = written.accepted + len(written.erased) == len(rows)
        return written if same else written._replace(differing=tuple(self._differing(rows)))

    def repeated(self, batch: Sequence[Event], last_seq: int) -> list[int]:
        """Return the positions of events whose user, item, type and time are those of an event with another id that arrived up to
        `last_seq`, unless the event itself had arrived by then.
        """
        moments = dict.fromkeys((event.user_id, to_micros(event.at)) for event in batch)
        keys, kinds = set[tuple[Any, ...]](), set[tuple[Any, ...]]()
        with self.database.read() as connection:
            for some in chunks(moments, LOOKUP):
                for row in map(tuple, self._at_moments(connection, some, last_seq)):
                    keys.add(row[:2])
                    kinds.add((row[0], *row[2:]))
        new = [place for place, event in enumerate(batch) if (event.user_id, event.event_id) not in keys]
        return [place for place in new if _kind(batch[place]) in kinds]

    def events(self, user_id: str, *, after_seq: int = 0, until: datetime | None = None) -> list[StoredEvent]:
        """Return one user's events in canonical order.

        Only events that arrived after `after_seq` and happened up to and including `until`.
        """
        query = _canonical(user_id).where(events.c.seq > after_seq)
        if until is not None:
            query = query.where(events.c.at <= until)
        with self.database.read() as connection:
            return [StoredEvent(row.seq, _event(row)) for row in connection.execute(query)]

    def recent(self, user_id: str, limit: int) -> list[Event]:
        """Return the user's newest events, newest first."""
        query = _canonical(user_id).order_by(None).order_by(events.c.at.desc(), events.c.event_id.desc()).limit(limit)
        with self.database.read() as connection:
            return [_event(row) for row in connection.execute(query)]

    def item_events(self, user_id: str, until: datetime | None = None) -> list[ItemEvent]:
        """Return the user's events about items, newest first, up to and including `until`.

        Reads few columns, for rankers that need all events.
        """
        query = _ITEM_EVENTS if until is None else _ITEM_EVENTS_UNTIL
        with self.database.read() as connection:
            cursor = connection.execute(query, {"whose": user_id, "until": until}).cursor
            return list(map(ItemEvent._make, cursor.fetchall()))  # avoids SQLAlchemy's row objects

    def get(self, user_id: str, event_ids: Iterable[str]) -> dict[str, Event]:
        """Return the user's events with these ids, by id; unknown ids are left out."""
        found: dict[str, Event] = {}
        with self.database.read() as connection:
            for ids in chunks(event_ids, LOOKUP):
                rows = connection.execute(_canonical(user_id).where(events.c.event_id.in_(ids)))
                found |= {row.event_id: _event(row) for row in rows}
        return found

    def count(self, user_id: str | None = None) -> int:
        """Return the number of events, of one user or of all."""
        query = select(func.count()).select_from(events)
        with self.database.read() as connection:
            return connection.execute(
                query if user_id is None else query.where(events.c.user_id == user_id)
            ).scalar_one()

    def count_until(self, user_id: str, until: datetime) -> int:
        """Return the number of one user's events up to and including `until`."""
        mine = (events.c.user_id == user_id) & (events.c.at <= until)
        with self.database.read() as connection:
            return connection.execute(select(func.count()).select_from(events).where(mine)).scalar_one()

    def counts(self) -> dict[str, int]:
        """Return the number of events of each user, by user id."""
        query = select(events.c.user_id, func.count()).group_by(events.c.user_id).order_by(events.c.user_id)
        with self.database.read() as connection:
            return dict(connection.execute(query).all())

    def item_counts(self) -> dict[str, int]:
        """Return the number of events about each item, by item id. Only users who allow `profile` are counted."""
        query = select(events.c.item_id, events.c.user_id, func.count()).where(events.c.item_id.is_not(None))
        refuses = self.consents.refuses("profile") if self.consents else None
        counts: dict[str, int] = {}
        with self.database.read() as connection:
            for item, user, count in connection.execute(query.group_by(events.c.item_id, events.c.user_id)):
                if refuses is None or not refuses(user):
                    counts[item] = counts.get(item, 0) + count
        return counts

    def items(self) -> set[str]:
        """Return the ids of all items that events are about."""
        query = select(events.c.item_id).where(events.c.item_id.is_not(None)).distinct()
        with self.database.read() as connection:
            return set(connection.execute(query).scalars())

    def last_arrivals(self) -> dict[str, int]:
        """Return the number (`seq`) of each user's newest event, by user id.

        Users whose number is folded already need no update.
        """
        query = select(events.c.user_id, func.max(events.c.seq)).group_by(events.c.user_id)
        with self.database.read() as connection:
            return dict(connection.execute(query).all())

    def users(self) -> list[str]:
        """Return the ids of all users with events, sorted."""
        return list(self.counts())

    def known_users(self, user_ids: Iterable[str]) -> set[str]:
        """Return which of these users have events."""
        found = set[str]()
        with self.database.read() as connection:
            for some in chunks(user_ids, LOOKUP):
                query = select(events.c.user_id).where(events.c.user_id.in_(some)).distinct()
                found.update(connection.execute(query).scalars())
        return found

    def has_users_besides(self, user_ids: Collection[str]) -> bool:
        """Return whether anyone but these users, at most `LOOKUP`, has events."""
        query = select(events.c.user_id).where(events.c.user_id.not_in(user_ids)).limit(1)
        with self.database.read() as connection:
            return connection.execute(query).first() is not None

    def last_seq(self) -> int:
        """Return the number of the newest event (0 for an empty ledger).

        While it is unchanged, data derived from the ledger is up to date.
        """
        return unchanged(self.database, "behaviour", "newest event", self._last_seq)

    def _last_seq(self) -> int:
        with self.database.read() as connection:
            return connection.execute(_LAST_SEQ).scalar_one() or 0

    def arrivals(self, after_seq: int, limit: int) -> list[Arrival]:
        """Return the last `limit` events about items that arrived after `after_seq`, oldest first.

        Only events of users who allow `profile`.
        """
        refuses = self.consents.refuses("profile") if self.consents else None
        with self.database.read() as connection:
            rows = connection.execute(_ARRIVALS, {"after": after_seq, "limit": limit}).all()
        return [Arrival._make(row) for row in rows[::-1] if refuses is None or not refuses(row[0])]

    def interactions(self, until: datetime | None = None, user_ids: Sequence[str] | None = None) -> Interactions:
        """Return all events about items as arrays, for models that read everybody who allows `profile`."""
        refuses = self.consents.refuses("profile") if self.consents else None
        return read_interactions(self.database, until, user_ids, refuses)

    def _write(self, rows: list[tuple[Any, ...]]) -> Appended:
        if not rows:
            return Appended(0)
        with self.database.write_in_turn() as connection:
            gone = erased_among(connection, self.database, {row[0] for row in rows})
            left_out = tuple(place for place, row in enumerate(rows) if row[0] in gone) if gone else ()
            remaining = [row for row in rows if row[0] not in gone] if gone else rows
            rows_to_write = [_encrypted_row(row) for row in remaining]
            accepted = connection.exec_driver_sql(self._insert, rows_to_write).rowcount if remaining else 0
            if accepted:
                raise_revisions(connection, self.database, "behaviour")
        return Appended(accepted, erased=left_out)

    def _differing(self, rows: list[tuple[Any, ...]]) -> Iterator[int]:
        with self.database.read() as connection:
            for numbered in chunks(enumerate(rows), LOOKUP):
                stored = {
                    row[:2]: _decrypted_row(row)
                    for row in self._as_written(connection, [row[:2] for _, row in numbered])
                }
                yield from (place for place, row in numbered if stored.get(row[:2], row) != row)

    def _as_written(self, connection: Connection, keys: list[tuple[Any, ...]]) -> CursorResult[Any]:
        """Yield the stored rows with these keys, in the form of `_row`.

        With CROSS JOIN SQLite looks each key up; `IN` pairs would scan the table.
        """
        pairs = ", ".join([f"({self._mark}, {self._mark})"] * len(keys))
        wanted = f"WITH wanted (wanted_user, wanted_event) AS (VALUES {pairs})"
        where = "user_id = wanted_user AND event_id = wanted_event"
        query = f"{wanted} SELECT {_NAMES} FROM wanted CROSS JOIN events WHERE {where}"
        return connection.exec_driver_sql(query, tuple(chain.from_iterable(keys)))

    def _at_moments(self, connection: Connection, moments: list[tuple[str, int]], last_seq: int) -> CursorResult[Any]:
        """Yield user, event id, time, type and item of what these users did at these times (microseconds) and arrived up to `last_seq`."""
        pairs = ", ".join([f"({self._mark}, {self._mark})"] * len(moments))
        wanted = f"WITH wanted (wanted_user, wanted_at) AS (VALUES {pairs})"
        where = f"user_id = wanted_user AND at = wanted_at AND +seq <= {self._mark}"  # "+": SQLite takes the index
        query = f"{wanted} SELECT user_id, event_id, at, type, item_id FROM wanted CROSS JOIN events WHERE {where}"
        return connection.exec_driver_sql(query, (*chain.from_iterable(moments), last_seq))


def _kind(event: Event) -> tuple[str, int, str, str | None]:
    return event.user_id, to_micros(event.at), event.type, event.item_id


_NAMES = ", ".join(column.name for column in _CONTENT)
_TEXT, _MEDIA = 5, 8
"""The indices of `text` and `media` in a row."""


#: Built once, because they run for every list.
_LAST_SEQ = select(func.max(events.c.seq))
_ITEM_EVENTS = (
    select(events.c.event_id, events.c.item_id, events.c.type, type_coerce(events.c.at, BigInteger), events.c.value)
    .where(events.c.user_id == bindparam("whose"), events.c.item_id.is_not(None))
    .order_by(events.c.at.desc(), events.c.event_id.desc())
)
_ARRIVALS = (
    select(events.c.user_id, events.c.item_id, events.c.type, type_coerce(events.c.at, BigInteger))
    .where(events.c.seq > bindparam("after"), events.c.item_id.is_not(None))
    .order_by(events.c.seq.desc())
    .limit(bindparam("limit", type_=Integer))
)
_ITEM_EVENTS_UNTIL = _ITEM_EVENTS.where(events.c.at <= bindparam("until", type_=events.c.at.type))


def _canonical(user_id: str) -> Select[Any]:
    columns = select(events.c.seq, *_CONTENT)
    return columns.where(events.c.user_id == user_id).order_by(events.c.at, events.c.event_id)


def _row(event: Event) -> tuple[Any, ...]:
    # PostgreSQL's text type cannot contain NUL; most contexts are empty and are stored as NULL
    text = event.text.replace("\0", "") if event.text else event.text
    context = encode_json(event.context) if event.context else None
    media = encode_json(event.media.model_dump()) if event.media else None
    return (
        event.user_id,
        event.event_id,
        to_micros(event.at),
        event.type,
        event.item_id,
        text,
        event.value,
        context,
        media,
    )


def _encrypted_row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row of `_row` as it is written: text and media are encrypted if there is a key."""
    if row[_TEXT] is None and row[_MEDIA] is None:
        return row
    words = (None if value is None else sealed_text(value) for value in (row[_TEXT], row[_MEDIA]))
    return (*row[:_TEXT], next(words), *row[_TEXT + 1 : _MEDIA], next(words))


def _decrypted_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """Return a row as `_row` gives it: the inverse of `_encrypted_row`."""
    words = (None if value is None else opened_text(value) for value in (row[_TEXT], row[_MEDIA]))
    return (*row[:_TEXT], next(words), *row[_TEXT + 1 : _MEDIA], next(words))


def _event(row: Any) -> Event:
    """Return the event of a row, without validation: it was validated before it was stored."""
    return Event.model_construct(
        user_id=row.user_id,
        event_id=row.event_id,
        at=row.at,
        type=row.type,
        item_id=row.item_id,
        text=row.text,
        value=row.value,
        context=row.context or {},
        media=Media.model_construct(**row.media) if row.media else None,
    )
