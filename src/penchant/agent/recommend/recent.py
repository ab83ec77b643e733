"""The newest events in memory: what is taken together and what is popular right now, without fitting anything.

Item models are fitted only now and then, but on a news site a model from the night is outdated in the morning. Here the newest
`LIVE_EVENTS` events are stored as columns with two indexes, and every question is answered from them, so an event counts as soon as
it is in them.

Taken together: for an item i of the user and a candidate x, Σ over the newest users of i (at most `USERS_OF_ITEM`) of the fading
weight of their events on x (of at most `EVENTS_OF_USER`), on a log scale. It is a function of i and x alone, so what it adds to a
score belongs to the event on i, like everything else in a score.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.interactions import DAY, Behaviour, ItemSpace, Rows
from penchant.arrays import Floats, Ints, is_among
from penchant.store.caches import Caches
from penchant.store.work_counts import WORK

if TYPE_CHECKING:
    from penchant.store.ledger import Arrival, Ledger


LIVE_EVENTS = 50_000
NEWEST = 2_000
USERS_OF_ITEM = 100
EVENTS_OF_USER = 30
HALF_LIFE = 86_400.0
HOUR = 3_600.0
HALF_LIVES = {"popular_1h": HOUR, "popular_6h": 6 * HOUR}
FADED = 16.0
"""The number of half-lives after which an event counts for nothing."""


@dataclass(frozen=True)
class Recent:
    """The newest interactions over a space of `n_items`, oldest first. `users`: codes; `items`: positions; `at`: Unix seconds. Questions
    about a moment are answered from the events before it. `codes`: code by user id, where ids are known.
    """

    n_items: int
    users: Ints
    items: Ints
    at: Floats
    codes: Mapping[str, int] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, behaviour: Behaviour, limit: int | None = LIVE_EVENTS) -> "Recent":
        """Return the newest `limit` rows of `behaviour` (None: all)."""
        some = slice(None) if limit is None else slice(max(len(behaviour) - limit, 0), None)
        return cls(behaviour.n_items, behaviour.users[some], behaviour.items[some], behaviour.at[some])

    def __len__(self) -> int:
        return len(self.at)

    def popular(self, at: float, half_life: float) -> Floats:
        """Return the number of interactions with each item (n,) before `at`, fading with `half_life` (seconds)."""
        start, end = np.searchsorted(self.at, [at - FADED * half_life, at])
        weight = 0.5 ** ((at - self.at[start:end]) / half_life)
        return np.asarray(np.bincount(self.items[start:end], weight, minlength=self.n_items), np.float64)

    def share_of_new(self, at: float, created: Floats) -> float:
        """Return the share of the newest interactions before `at` with items less than a day old. `created` (n,): Unix seconds or NaN."""
        end = int(np.searchsorted(self.at, at))
        rows = slice(max(end - NEWEST, 0), end)
        age = self.at[rows] - created[self.items[rows]]
        return float(np.mean((age >= 0) & (age < DAY))) if len(age) else 0.0

    def first_seen(self, at: float) -> Floats:
        """Return the Unix seconds of the first stored interaction with each item (n,) before `at`, inf if there is none."""
        end = int(np.searchsorted(self.at, at))
        first = np.full(self.n_items, np.inf)
        first[self.items[:end][::-1]] = self.at[:end][::-1]
        return first

    def of_items(self, items: Ints) -> tuple[Ints, Ints, Floats]:
        """Return every interaction with `items`: index in `items`, user (a code) and time; sorted by index, then oldest first."""
        place, rows = _newest(self._by_item, items, len(self), len(self))
        return place, self.users[rows], self.at[rows]

    def sharing(self, items: Ints, others: Ints, without: int) -> Ints:
        """Return how many users took each of `items` (m,) and something else among `others`. `without`: a user to leave out (-1: none)."""
        codes, wanted = max(len(self._by_user.begins), 1), np.unique(others)
        _, takers = self._takers(wanted, codes)
        place, users = self._takers(items, codes)
        number = np.bincount(takers, minlength=codes)
        shares = (number[users] > is_among(items, wanted)[place]) & (users != without)
        return np.bincount(place[shares], minlength=len(items))

    def _takers(self, items: Ints, codes: int) -> tuple[Ints, Ints]:
        """Return who took each of `items`, each user once: the index in `items` and the user, a code below `codes`."""
        place, users, _ = self.of_items(items)
        place, users = np.divmod(np.unique(place * codes + users), codes)
        return place, users

    def after(self, at: float) -> Ints:
        """Return the number of interactions with each item (n,) after `at` (Unix seconds)."""
        return np.bincount(self.items[np.searchsorted(self.at, at, "right") :], minlength=self.n_items)

    def together(self, items: Ints, at: float, candidates: Ints | None, user_id: str = "") -> Rows:
        """Return how much each of `items` is taken together with every candidate (None: every item) before `at`, shape (m, c).

        The events of `user_id` are left out. `candidates` ascend.
        """
        row, other, weight = self._partners(items, at, self.codes.get(user_id, -1))
        width = self.n_items if candidates is None else len(candidates)
        if candidates is not None:
            place = np.searchsorted(candidates, other)  # an array over the catalogue would grow with it
            known = np.append(candidates, -1)[place] == other
            row, other, weight = row[known], place[known], weight[known]
        sums = np.bincount(row * width + other, weight, minlength=len(items) * width)
        return np.log1p(sums.reshape(len(items), width)).astype(np.float32)

    def neighbours(self, items: Ints, at: float, limit: int, user_id: str = "") -> list[Ints]:
        """Return, for each of `items` (m,), the items it is taken together with most, best first."""
        row, other, weight = self._partners(items, at, self.codes.get(user_id, -1))
        pairs, place = np.unique(row * self.n_items + other, return_inverse=True)
        sums = np.bincount(place, weight, minlength=len(pairs))
        owner, partner = np.divmod(pairs, self.n_items)
        order = np.lexsort((partner, -sums, owner))
        owner, partner = owner[order], partner[order]
        bounds = np.searchsorted(owner, np.arange(len(items) + 1))
        return [partner[begin:end][:limit] for begin, end in pairwise(bounds)]

    def _partners(self, items: Ints, at: float, without: int) -> tuple[Ints, Ints, Floats]:
        """Return pairs of a row of `items` and another item taken by one of its users, with the fading weight of that user's event on
        the latter. `without`: a user to leave out.
        """
        end = int(np.searchsorted(self.at, at))
        owner, rows = _newest(self._by_item, items, end, USERS_OF_ITEM)
        others = self.users[rows] != without
        owner, rows = owner[others], rows[others]
        of_user, theirs = _newest(self._by_user, self.users[rows], end, EVENTS_OF_USER)
        row, other = owner[of_user], self.items[theirs]
        weight = 0.5 ** ((at - self.at[theirs]) / HALF_LIFE)
        is_other = other != items[row] if len(row) else np.zeros(0, bool)
        return row[is_other], other[is_other], weight[is_other]

    def build_indexes(self) -> None:
        """Build both indexes now instead of at the first question."""
        _ = self._by_item, self._by_user

    @cached_property
    def _by_item(self) -> "_Groups":
        return _Groups.of(self.items)

    @cached_property
    def _by_user(self) -> "_Groups":
        return _Groups.of(self.users)


@dataclass(frozen=True)
class _Groups:
    """Rows grouped by a code: those of code c are `rows[begins[c]:begins[c + 1]]`, ascending. `keys`: code × n + row, ascending."""

    rows: Ints
    begins: Ints
    keys: Ints
    n: int

    @classmethod
    def of(cls, codes: Ints) -> "_Groups":
        n = len(codes)
        keys = np.sort(codes * n + np.arange(n))  # a third of the time of a stable argsort
        rows = keys % max(n, 1)
        highest = int(codes.max()) if n else -1
        begins = np.searchsorted(keys, np.arange(highest + 2) * n)
        return cls(rows, begins, keys, n)


def _newest(groups: _Groups, codes: Ints, end: int, limit: int) -> tuple[Ints, Ints]:
    """Return the newest `limit` rows below `end` of each of `codes` (m,): the index in `codes` and the row."""
    known = np.minimum(codes, max(len(groups.begins) - 2, 0))
    begin = groups.begins[known] if groups.n else np.zeros(len(codes), np.int64)
    stop = np.searchsorted(groups.keys, codes * groups.n + end)
    stop = np.where((codes == known) & (groups.n > 0), stop, begin)
    begin = np.maximum(begin, stop - limit)
    counts = np.maximum(stop - begin, 0)
    owner = np.repeat(np.arange(len(codes)), counts)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return owner, groups.rows[np.repeat(begin, counts) + offset]


def empty(n_items: int) -> Recent:
    """Return a `Recent` without interactions."""
    none: NDArray[np.int64] = np.zeros(0, np.int64)
    return Recent(n_items, none, none, np.zeros(0))


SHARE_OF_TIME = 0.01
"""The largest share of the time that reading new events may take: lists that are made meanwhile wait for it."""
LONGEST_WAIT = 1.0
"""Seconds after which new events are read at the latest, whatever that takes."""
SMALL = 5_000
"""With at most this many events, all are read again whenever one arrives."""


class LiveBehaviour:
    """The newest `limit` interactions of one installation, in memory. Thread-safe. `caches`: where it is registered, so that it is
    emptied when somebody is erased, revokes a consent or takes an event back.
    """

    def __init__(
        self,
        ledger: "Ledger",
        weights: Mapping[str, float],
        caches: Caches | None = None,
        limit: int = LIVE_EVENTS,
    ) -> None:
        self.ledger, self.weights, self.limit = ledger, weights, limit
        self._lock = threading.Lock()
        if caches is not None:
            caches.register("newest behaviour", ("people",), self.clear_memory)
        self.clear_memory()

    def clear_memory(self) -> None:
        """Empty the memory; the events are read again on next use."""
        with self._lock:
            self._seq, self._took, self._read_at = 0, 0.0, -np.inf
            self._empty()
            self._made: tuple[ItemSpace, Recent] | None = None

    def current(self, space: ItemSpace) -> Recent:
        """Return the newest interactions over `space`, the same object as long as nothing has changed. Raises `StoreError`."""
        with self._lock:
            seq, current = self.ledger.last_seq(), self._made
            if current is not None and current[0] is space and (seq == self._seq or not self._is_due()):
                WORK.cache_read("newest behaviour", hits=1)
                return current[1]
            WORK.cache_read("newest behaviour", misses=1)
            started = time.monotonic()
            if seq != self._seq:
                self._read(seq)
            recent = self._columns(space)
            recent.build_indexes()  # their time counts too
            self._made, self._read_at = (space, recent), time.monotonic()
            self._took = self._read_at - started
            return recent

    def _is_due(self) -> bool:
        wait = min(self._took / SHARE_OF_TIME, LONGEST_WAIT)
        return len(self._at) <= SMALL or time.monotonic() - self._read_at >= wait

    def _read(self, seq: int) -> None:
        after = self._seq if seq > self._seq else 0
        arrived = self.ledger.arrivals(after, self.limit)
        if not after or len(arrived) >= self.limit:
            self._empty()
        self._append([row for row in arrived if self.weights.get(row.type, 0.0) > 0])
        self._seq = seq

    def _empty(self) -> None:
        """Reset the columns, which are sorted oldest first: `_users` (codes), `_at` (microseconds) and `_items` (ids). `_placed`: the
        positions of those items in a space.
        """
        self._users = self._at = np.zeros(0, np.int64)
        self._items = np.zeros(0, object)
        self._codes: dict[str, int] = {}
        self._placed: tuple[ItemSpace, Ints] | None = None

    def _append(self, rows: "Sequence[Arrival]") -> None:
        """Insert `rows` in the order of time; only their items are looked up in the space."""
        codes = self._codes
        users = np.fromiter((codes.setdefault(row.user_id, len(codes)) for row in rows), np.int64, len(rows))
        items, at = [row.item_id for row in rows], np.fromiter((row.at for row in rows), np.int64, len(rows))
        at = np.concatenate([self._at, at])
        order = np.argsort(at, kind="stable")[-self.limit :]
        self._at, self._users = at[order], np.concatenate([self._users, users])[order]
        self._items = np.concatenate([self._items, np.array(items, object)])[order]
        if self._placed is not None:
            space, places = self._placed
            self._placed = (space, np.concatenate([places, space.positions(items)])[order])
        if len(codes) > 2 * self.limit:  # most are of users whose events were dropped
            used, self._users = np.unique(self._users, return_inverse=True)
            names = list(codes)
            self._codes = {names[code]: place for place, code in enumerate(used.tolist())}

    def _columns(self, space: ItemSpace) -> Recent:
        if self._placed is None or self._placed[0] is not space:
            self._placed = (space, space.positions(self._items.tolist()))
        items = self._placed[1]
        known = items >= 0
        return Recent(len(space), self._users[known], items[known], self._at[known] / 1e6, self._codes)
