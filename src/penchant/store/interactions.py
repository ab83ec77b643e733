"""The ledger as arrays of numbers, for models that read everybody: no objects, one pass."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Connection, Select, select, type_coerce

from penchant.store.database import Database
from penchant.store.schema import events

_AT_ONCE = 1_000
_FETCH = 5_000
"""Rows per fetch. No other thread of the process runs during a fetch."""


@dataclass(frozen=True)
class Interactions:
    """n events about items, ordered by (time, user, item, type, value).

    The same ledger always gives the same arrays. `users`, `items` and `types` are sorted; `user`, `item` and `type`
    (n, int32) are indices into them. `at` (n, int64) is in microseconds since 1970 UTC; `value` (n, float64) is NaN
    for an event without one.
    """

    users: list[str]
    items: list[str]
    types: list[str]
    user: NDArray[np.int32]
    item: NDArray[np.int32]
    type: NDArray[np.int32]
    at: NDArray[np.int64]
    value: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.at)


def read_interactions(
    database: Database,
    until: datetime | None,
    user_ids: Sequence[str] | None,
    refuses: Callable[[str], bool] | None = None,
) -> Interactions:
    """Return all events with an item up to and including `until`.

    Only events of `user_ids` (None: of all users), without users for whom `refuses` returns True.
    """
    user, item, type_ = _Coder(), _Coder(), _Coder()
    at: list[NDArray[np.int64]] = []
    value: list[NDArray[np.float64]] = []
    with database.read() as connection:
        for page in _pages(connection, until, user_ids):
            rows = [row for row in page if not refuses(row[0])] if refuses else page
            if not rows:
                continue
            columns = list(zip(*rows, strict=True))
            user.add(columns[0])
            item.add(columns[1])
            type_.add(columns[2])
            at.append(np.array(columns[3], np.int64))
            value.append(np.array(columns[4], np.float64))
    users, items, types = user.codes(), item.codes(), type_.codes()
    moments: NDArray[np.int64] = _joined(at, np.int64)
    values: NDArray[np.float64] = _joined(value, np.float64)
    by = np.lexsort((values, types, items, users, moments))
    return Interactions(user.names, item.names, type_.names, users[by], items[by], types[by], moments[by], values[by])


class _Coder:
    """Encodes a column of names as numbers; `codes()` renumbers them so that the names are sorted."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}
        self.parts: list[NDArray[np.int32]] = []

    def add(self, column: Iterable[str]) -> None:
        seen = self.seen
        self.parts.append(np.fromiter((seen.setdefault(name, len(seen)) for name in column), np.int32))

    @property
    def names(self) -> list[str]:
        return sorted(self.seen)

    def codes(self) -> NDArray[np.int32]:
        rank = np.empty(len(self.seen), np.int32)
        rank[[self.seen[name] for name in self.names]] = np.arange(len(self.seen), dtype=np.int32)
        codes: NDArray[np.int32] = rank[_joined(self.parts, np.int32)]
        return codes


def _joined(parts: list[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(0, kind)


def _pages(connection: Connection, until: datetime | None, user_ids: Sequence[str] | None) -> Iterator[Sequence[Any]]:
    for query in _queries(until, user_ids):
        result = connection.execution_options(stream_results=True).execute(query)
        while rows := result.fetchmany(_FETCH):
            yield rows


def _queries(until: datetime | None, user_ids: Sequence[str] | None) -> Iterator[Select[Any]]:
    at = type_coerce(events.c.at, BigInteger)  # as microseconds, not as datetime
    query = select(events.c.user_id, events.c.item_id, events.c.type, at, events.c.value).where(
        events.c.item_id.is_not(None)
    )
    if until is not None:
        query = query.where(events.c.at <= until)
    if user_ids is None:
        yield query
        return
    wanted = sorted(set(user_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        yield query.where(events.c.user_id.in_(wanted[start : start + _AT_ONCE]))
