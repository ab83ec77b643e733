"""The newest behaviour of everybody, read from the ledger as it grows: within seconds the same in every process.

Only what has arrived since is read again, and at most a twentieth of the time goes into it: where behaviour comes in faster than that, a
list knows everything up to a moment ago.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.recommend.interactions import Ints, ItemSpace
from penchant.agent.recommend.recent import LIVE_EVENTS, Recent
from penchant.store.caches import Caches

if TYPE_CHECKING:
    from penchant.store.ledger import Arrival, Ledger

SHARE_OF_TIME = 0.05
SMALL = 5_000
"""So many events are read anew whenever one arrives."""


class LiveBehaviour:
    """Keeps the newest `limit` interactions of one installation in memory. Thread-safe. `caches`: where it is registered, so that it lets
    go when somebody is erased, revokes or takes an event back."""

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
            caches.register("newest behaviour", ("people",), self.let_go)
        self.let_go()

    def let_go(self) -> None:
        """Empty the memory: everything is read again when it is next asked for."""
        with self._lock:
            self._seq, self._took, self._read_at = 0, 0.0, -np.inf
            self._empty()
            self._made: tuple[ItemSpace, Recent] | None = None

    def current(self, space: ItemSpace) -> Recent:
        """The newest interactions over `space`; the same object as long as nothing has changed. Raises `StoreError`."""
        with self._lock:
            seq, current = self.ledger.last_seq(), self._made
            if current is not None and current[0] is space and (seq == self._seq or not self._is_due()):
                return current[1]
            started = time.monotonic()
            if seq != self._seq:
                self._read(seq)
            recent = self._columns(space)
            self._made, self._read_at = (space, recent), time.monotonic()
            self._took = self._read_at - started
            return recent

    def _is_due(self) -> bool:
        return len(self._at) <= SMALL or time.monotonic() - self._read_at >= self._took / SHARE_OF_TIME

    def _read(self, seq: int) -> None:
        after = self._seq if seq > self._seq else 0
        arrived = self.ledger.arrivals(after, self.limit)
        if not after or len(arrived) >= self.limit:
            self._empty()
        self._append([row for row in arrived if self.weights.get(row.type, 0.0) > 0])
        self._seq = seq

    def _empty(self) -> None:
        """No rows: `_users` (codes), `_at` (microseconds) and `_items` are columns, oldest first; `_placed`: where those items are."""
        self._users = self._at = np.zeros(0, np.int64)
        self._items: list[str] = []
        self._codes: dict[str, int] = {}
        self._placed: tuple[ItemSpace, Ints] | None = None

    def _append(self, rows: "Sequence[Arrival]") -> None:
        """Put `rows` among those there are, in the order of time; only they are looked up."""
        codes = self._codes
        users = np.fromiter((codes.setdefault(row.user_id, len(codes)) for row in rows), np.int64, len(rows))
        items, at = [row.item_id for row in rows], np.fromiter((row.at for row in rows), np.int64, len(rows))
        at = np.concatenate([self._at, at])
        order = np.argsort(at, kind="stable")[-self.limit :]
        self._at, self._users = at[order], np.concatenate([self._users, users])[order]
        every = [*self._items, *items]
        self._items = [every[row] for row in order.tolist()]
        if self._placed is not None:
            space, places = self._placed
            self._placed = (space, np.concatenate([places, space.positions(items)])[order])
        if len(codes) > 2 * self.limit:  # of users whose events are no longer among the newest
            used, self._users = np.unique(self._users, return_inverse=True)
            names = list(codes)
            self._codes = {names[code]: place for place, code in enumerate(used.tolist())}

    def _columns(self, space: ItemSpace) -> Recent:
        if self._placed is None or self._placed[0] is not space:
            self._placed = (space, space.positions(self._items))
        items = self._placed[1]
        known = items >= 0
        return Recent(len(space), self._users[known], items[known], self._at[known] / 1e6, self._codes)
