"""Events of many users as columns, read from the ledger without an object per event: one query per thousand users."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
import orjson
from sqlalchemy import BigInteger, Select, Text, bindparam, select, type_coerce

from penchant.arrays import Floats, Ints
from penchant.store.database import Database, chunks
from penchant.store.keys import opened_text
from penchant.store.schema import events

USERS_AT_ONCE = 900
MICROS = 1_000_000


@dataclass(frozen=True)
class EventColumns:
    """n events of some users, grouped in the order of `users`, each user's in canonical order (time, then id).

    `starts` (users + 1,): the index of each user's first row; `seq` (n,): numbers in the order of arrival; `at` (n,):
    Unix seconds; `micros` (n,): microseconds since 1970 UTC; `value` (n,): NaN for an event without one; `words`: the
    text of an event, by row; `contexts`: its context, by row. The last two contain only rows that have any.
    """

    users: tuple[str, ...]
    starts: Ints
    seq: Ints
    micros: Ints
    ids: tuple[str, ...]
    types: tuple[str, ...]
    items: tuple[str | None, ...]
    value: Floats
    words: Mapping[int, str]
    contexts: Mapping[int, Mapping[str, Any]]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def at(self) -> Floats:
        """Unix seconds (n,)."""
        return np.asarray(self.micros / MICROS)

    @property
    def owner(self) -> Ints:
        """The index in `users` of each row (n,)."""
        return np.repeat(np.arange(len(self.users)), np.diff(self.starts))

    def rows(self, user: int) -> slice:
        """Return the rows of a user as a slice. `user`: the index in `users`."""
        return slice(int(self.starts[user]), int(self.starts[user + 1]))

    def take(self, rows: Ints) -> "EventColumns":
        """Return the same users with only these rows (ascending)."""
        return self.of_users(self.users, rows)

    def of_users(self, users: Sequence[str], rows: Ints) -> "EventColumns":
        """Return these rows (ascending), which belong to `users` in this order."""
        place = {row: new for new, row in enumerate(rows.tolist())} if self.words or self.contexts else {}
        position = {user: number for number, user in enumerate(self.users)}
        own = np.array([position[user] for user in users], np.int64)
        starts = np.append(np.searchsorted(rows, self.starts[own]), len(rows))
        return EventColumns(
            tuple(users),
            starts,
            self.seq[rows],
            self.micros[rows],
            _values_at(self.ids, rows),
            _values_at(self.types, rows),
            _values_at(self.items, rows),
            self.value[rows],
            {place[row]: text for row, text in self.words.items() if row in place},
            {place[row]: context for row, context in self.contexts.items() if row in place},
        )


def _values_at(column: Sequence[Any], rows: Ints) -> tuple[Any, ...]:
    if len(rows) == len(column):
        return tuple(column)
    return tuple(map(column.__getitem__, rows.tolist()))


def read_event_columns(
    database: Database, users: Sequence[str], *, after: Sequence[int] | None = None, until: datetime | None = None
) -> EventColumns:
    """Return the events of `users` up to and including `until`.

    `after`: for each user, the `seq` after which events are read.
    """
    rows = _all_rows(database, users, until) if after is None or not any(after) else _rows_after(database, users, after)
    return from_rows(users, rows, stored=True)


def from_rows(users: Sequence[str], rows: Sequence[Sequence[Any]], *, stored: bool = False) -> EventColumns:
    """Return rows of (user, seq, id, microseconds, type, item, value, text, context, media) as columns.

    The rows are grouped by user and in canonical order. `stored`: text and media come from the database and may be
    encrypted.
    """
    columns = list(zip(*rows, strict=True)) if rows else [()] * 10
    counted = dict.fromkeys(users, 0)
    for user in columns[0]:
        counted[user] += 1
    starts = np.cumsum([0, *counted.values()])
    pairs = enumerate(zip(columns[7], columns[9], strict=True))
    worded = ((row, text, media) for row, (text, media) in pairs if text or media)
    if stored:
        worded = ((row, text and opened_text(text), media and opened_text(media)) for row, text, media in worded)
    return EventColumns(
        tuple(counted),
        starts,
        np.array(columns[1], np.int64),
        np.array(columns[3], np.int64),
        columns[2],
        columns[4],
        columns[5],
        np.array(columns[6], np.float64),
        {row: words for row, text, media in worded if (words := _text_of_event(text, media))},
        _contexts(columns[8]),
    )


def _all_rows(database: Database, users: Sequence[str], until: datetime | None) -> list[Any]:
    found: list[Any] = []
    query = _QUERY if until is None else _QUERY_UNTIL
    with database.read() as connection:
        for some in chunks(users, USERS_AT_ONCE):
            rows = connection.execute(query, {"users": some, "until": until}).all()
            found += _sorted_by(rows, some)
    return found


def _rows_after(database: Database, users: Sequence[str], after: Sequence[int]) -> list[Any]:
    """Return the rows after each user's own number. With CROSS JOIN SQLite looks each user up in turn."""
    found: list[Any] = []
    mark = "?" if database.is_sqlite else "%s"
    with database.read() as connection:
        for some in chunks(zip(users, after, strict=True), USERS_AT_ONCE):
            marks = ", ".join([f"({mark}, CAST({mark} AS BIGINT))"] * len(some))
            wanted = f"WITH wanted (whose, beyond) AS (VALUES {marks})"
            query = f"{wanted} SELECT {_NAMES} FROM wanted CROSS JOIN events WHERE {_BEYOND} ORDER BY {_CANONICAL}"
            rows = connection.exec_driver_sql(query, tuple(chain.from_iterable(some))).all()
            found += _sorted_by(rows, [user for user, _ in some])
    return found


def _sorted_by(rows: Sequence[Any], users: Sequence[str]) -> Sequence[Any]:
    """Return the rows in the order of `users`; the database sorts them by id."""
    if list(users) == sorted(users, key=str.encode):
        return rows
    place = {user: number for number, user in enumerate(users)}
    return sorted(rows, key=lambda row: place[row[0]])


def _contexts(column: Sequence[str | None]) -> dict[int, Mapping[str, Any]]:
    """Return the contexts by row. Equal texts are parsed once."""
    read = {text: orjson.loads(text) for text in set(column) if text}
    return {row: read[text] for row, text in enumerate(column) if text}


def _text_of_event(text: str | None, media: str | None) -> str:
    """Return the words of an event, as `Event.said` does."""
    spoken = orjson.loads(media) if media else {}
    return "\n".join(_texts_without_margins((text, spoken.get("transcript"), spoken.get("caption"))))


def _texts_without_margins(parts: Iterable[str | None]) -> Iterator[str]:
    return (part.strip() for part in parts if part and part.strip())


def _query() -> Select[Any]:
    table = events.c
    columns = (
        table.user_id,
        table.seq,
        table.event_id,
        type_coerce(table.at, BigInteger),
        table.type,
        table.item_id,
        table.value,
        type_coerce(table.text, Text),
        type_coerce(table.context, Text),
        type_coerce(table.media, Text),
    )
    wanted = select(*columns).where(table.user_id.in_(bindparam("users", expanding=True)))
    return wanted.order_by(table.user_id, table.at, table.event_id)


_BEYOND, _CANONICAL = "user_id = whose AND seq > beyond", "user_id, at, event_id"
_NAMES = "user_id, seq, event_id, at, type, item_id, value, text, context, media"
#: Built once, because one of them runs for every update.
_QUERY = _query()
_QUERY_UNTIL = _QUERY.where(events.c.at <= bindparam("until", type_=events.c.at.type))
