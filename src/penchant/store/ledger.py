"""The ledger: every event once, for ever, in one canonical order (`at`, then `event_id`)."""

from collections.abc import Iterable, Iterator, Sequence
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
from penchant.store.revisions import raise_revisions
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
    """An event and its place in the order of arrival."""

    seq: int
    event: Event


class Appended(NamedTuple):
    """What became of a batch. `differing`: places in the batch whose id was already taken by another content (the first is kept);
    `erased`: places of what was left out, because the user has been erased since the work began."""

    accepted: int
    differing: tuple[int, ...] = ()
    erased: tuple[int, ...] = ()


class ItemEvent(NamedTuple):
    """An event about an item, as far as a ranker needs it. `at`: microseconds since 1970 UTC."""

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
    """Behaviour, written once and read in order. `consents`: whose behaviour may teach anything about others. Thread-safe."""

    def __init__(self, database: Database, consents: Consents | None = None) -> None:
        self.database, self.consents = database, consents
        # both statements go to the driver as they are: SQLAlchemy's per-row work would take longer than the database's
        self._mark = "?" if database.is_sqlite else "%s"
        marks = ", ".join([self._mark] * len(_CONTENT))
        self._insert = f"INSERT INTO events ({_NAMES}) VALUES ({marks}) ON CONFLICT DO NOTHING"

    def append(self, batch: Sequence[Event]) -> int:
        """Write down what is new, all or nothing; returns how many were (the rest were known: same user, same `event_id`)."""
        return self.take(batch).accepted

    def take(self, batch: Sequence[Event]) -> Appended:
        """`append`, and who was erased meanwhile."""
        return self._write([_row(event) for event in batch])

    def erased(self, user_ids: AbstractSet[str]) -> set[str]:
        """Which of these users have been erased since the work began (`Erasures.work`)."""
        with self.database.read() as connection:
            return erased_among(connection, self.database, user_ids)

    def append_and_compare(self, batch: Sequence[Event]) -> Appended:
        """`take`, and a look at whether the duplicates say what was said the first time."""
        rows = [_row(event) for event in batch]
        written = self._write(rows)
        same = written.accepted + len(written.erased) == len(rows)
        return written if same else written._replace(differing=tuple(self._differing(rows)))

    def events(self, user_id: str, *, after_seq: int = 0, until: datetime | None = None) -> list[StoredEvent]:
        """One user's events in canonical order: those that arrived after `after_seq`, those that happened up to and including `until`."""
        query = _canonical(user_id).where(events.c.seq > after_seq)
        if until is not None:
            query = query.where(events.c.at <= until)
        with self.database.read() as connection:
            return [StoredEvent(row.seq, _event(row)) for row in connection.execute(query)]

    def recent(self, user_id: str, limit: int) -> list[Event]:
        """The user's newest events, newest first."""
        query = _canonical(user_id).order_by(None).order_by(events.c.at.desc(), events.c.event_id.desc()).limit(limit)
        with self.database.read() as connection:
            return [_event(row) for row in connection.execute(query)]

    def deeds(self, user_id: str, until: datetime | None = None) -> list[ItemEvent]:
        """What the user did with items, newest first, up to and including `until`: columns only, for rankers that read everything."""
        query = _DEEDS if until is None else _DEEDS_UNTIL
        with self.database.read() as connection:
            cursor = connection.execute(query, {"whose": user_id, "until": until}).cursor
            return list(map(ItemEvent._make, cursor.fetchall()))  # SQLAlchemy would make a row of each before

    def get(self, user_id: str, event_ids: Iterable[str]) -> dict[str, Event]:
        """These events of this user, by id; ids nobody wrote down are left out."""
        found: dict[str, Event] = {}
        with self.database.read() as connection:
            for ids in chunks(event_ids, LOOKUP):
                rows = connection.execute(_canonical(user_id).where(events.c.event_id.in_(ids)))
                found |= {row.event_id: _event(row) for row in rows}
        return found

    def count(self, user_id: str | None = None) -> int:
        """How many events are known, of one user or of all."""
        query = select(func.count()).select_from(events)
        with self.database.read() as connection:
            return connection.execute(
                query if user_id is None else query.where(events.c.user_id == user_id)
            ).scalar_one()

    def count_until(self, user_id: str, until: datetime) -> int:
        """How many events of one user happened up to and including `until`."""
        mine = (events.c.user_id == user_id) & (events.c.at <= until)
        with self.database.read() as connection:
            return connection.execute(select(func.count()).select_from(events).where(mine)).scalar_one()

    def counts(self) -> dict[str, int]:
        """How many events each user has, by id."""
        query = select(events.c.user_id, func.count()).group_by(events.c.user_id).order_by(events.c.user_id)
        with self.database.read() as connection:
            return dict(connection.execute(query).all())

    def item_counts(self) -> dict[str, int]:
        """How often anybody did anything with each item, by id; only those who allow `profile` count."""
        query = select(events.c.item_id, events.c.user_id, func.count()).where(events.c.item_id.is_not(None))
        barred = self.consents.barred("profile") if self.consents else None
        counts: dict[str, int] = {}
        with self.database.read() as connection:
            for item, user, count in connection.execute(query.group_by(events.c.item_id, events.c.user_id)):
                if barred is None or not barred(user):
                    counts[item] = counts.get(item, 0) + count
        return counts

    def last_arrivals(self) -> dict[str, int]:
        """The place of everyone's newest arrival, by id: whoever has none beyond what is folded needs no look."""
        query = select(events.c.user_id, func.max(events.c.seq)).group_by(events.c.user_id)
        with self.database.read() as connection:
            return dict(connection.execute(query).all())

    def users(self) -> list[str]:
        """Everyone who ever did anything, by id."""
        return list(self.counts())

    def last_seq(self) -> int:
        """The place of the newest arrival (0 for an empty ledger): what is derived from the ledger is fresh while this stands still."""
        with self.database.read() as connection:
            return connection.execute(_LAST_SEQ).scalar_one() or 0

    def arrivals(self, after_seq: int, limit: int) -> list[Arrival]:
        """The newest `limit` events about items that arrived after `after_seq`, of everybody who allows `profile`."""
        barred = self.consents.barred("profile") if self.consents else None
        with self.database.read() as connection:
            rows = connection.execute(_ARRIVALS, {"after": after_seq, "limit": limit}).all()
        return [Arrival._make(row) for row in rows[::-1] if barred is None or not barred(row[0])]

    def interactions(self, until: datetime | None = None, user_ids: Sequence[str] | None = None) -> Interactions:
        """Every event that is about an item, as columns of numbers: quick, for models that read everybody who allows `profile`."""
        barred = self.consents.barred("profile") if self.consents else None
        return read_interactions(self.database, until, user_ids, barred)

    def _write(self, rows: list[tuple[Any, ...]]) -> Appended:
        if not rows:
            return Appended(0)
        with self.database.write_in_turn() as connection:
            gone = erased_among(connection, self.database, {row[0] for row in rows})
            left_out = tuple(place for place, row in enumerate(rows) if row[0] in gone) if gone else ()
            remaining = [row for row in rows if row[0] not in gone] if gone else rows
            rows_to_write = [_sealed(row) for row in remaining]
            accepted = connection.exec_driver_sql(self._insert, rows_to_write).rowcount if remaining else 0
            if accepted:
                raise_revisions(connection, self.database, "behaviour")
        return Appended(accepted, erased=left_out)

    def _differing(self, rows: list[tuple[Any, ...]]) -> Iterator[int]:
        with self.database.read() as connection:
            for numbered in chunks(enumerate(rows), LOOKUP):
                stored = {
                    row[:2]: _opened(row) for row in self._as_written(connection, [row[:2] for _, row in numbered])
                }
                yield from (place for place, row in numbered if stored.get(row[:2], row) != row)

    def _as_written(self, connection: Connection, keys: list[tuple[Any, ...]]) -> CursorResult[Any]:
        """The rows under these keys, as `_row` gives them. CROSS JOIN: SQLite then looks each key up; `IN` pairs would scan the table."""
        pairs = ", ".join([f"({self._mark}, {self._mark})"] * len(keys))
        wanted = f"WITH wanted (wanted_user, wanted_event) AS (VALUES {pairs})"
        where = "user_id = wanted_user AND event_id = wanted_event"
        query = f"{wanted} SELECT {_NAMES} FROM wanted CROSS JOIN events WHERE {where}"
        return connection.exec_driver_sql(query, tuple(chain.from_iterable(keys)))


_NAMES = ", ".join(column.name for column in _CONTENT)
_TEXT, _MEDIA = 5, 8
"""Where the words stand in a row."""


#: Written out once: read for every list.
_LAST_SEQ = select(func.max(events.c.seq))
_DEEDS = (
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
_DEEDS_UNTIL = _DEEDS.where(events.c.at <= bindparam("until", type_=events.c.at.type))


def _canonical(user_id: str) -> Select[Any]:
    columns = select(events.c.seq, *_CONTENT)
    return columns.where(events.c.user_id == user_id).order_by(events.c.at, events.c.event_id)


def _row(event: Event) -> tuple[Any, ...]:
    # PostgreSQL's text holds no NUL; the empty context, by far the commonest, is kept as nothing
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


def _sealed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of `_row` as it is written: its words encrypted where there is a key."""
    if row[_TEXT] is None and row[_MEDIA] is None:
        return row
    words = (None if value is None else sealed_text(value) for value in (row[_TEXT], row[_MEDIA]))
    return (*row[:_TEXT], next(words), *row[_TEXT + 1 : _MEDIA], next(words))


def _opened(row: Sequence[Any]) -> tuple[Any, ...]:
    """The inverse."""
    words = (None if value is None else opened_text(value) for value in (row[_TEXT], row[_MEDIA]))
    return (*row[:_TEXT], next(words), *row[_TEXT + 1 : _MEDIA], next(words))


def _event(row: Any) -> Event:
    """What was validated on its way in needs no second look on its way out."""
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
