"""The newest behaviour of everybody, read from the ledger as it grows: within seconds the same in every process.

Only what has arrived since is read again, and at most a twentieth of the time goes into it: where behaviour comes in faster than that, a
list knows everything up to a moment ago.
"""

import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.recommend.interactions import ItemSpace
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
            self._rows: list[Arrival] = []
            self._made: tuple[ItemSpace, Recent] | None = None

    def current(self, space: ItemSpace) -> Recent:
        """The newest interactions over `space`; the same object as long as nothing has changed. Raises `StoreError`."""
        with self._lock:
            seq, made = self.ledger.last_seq(), self._made
            if made is not None and made[0] is space and (seq == self._seq or not self._is_due()):
                return made[1]
            started = time.monotonic()
            if seq != self._seq:
                self._read(seq)
            recent = self._columns(space)
            self._made, self._read_at = (space, recent), time.monotonic()
            self._took = self._read_at - started
            return recent

    def _is_due(self) -> bool:
        return len(self._rows) <= SMALL or time.monotonic() - self._read_at >= self._took / SHARE_OF_TIME

    def _read(self, seq: int) -> None:
        after = self._seq if seq > self._seq else 0
        arrived = self.ledger.arrivals(after, self.limit)
        kept = self._rows if after and len(arrived) < self.limit else []
        rows = [*kept, *(row for row in arrived if self.weights.get(row.type, 0.0) > 0)]
        rows.sort(key=lambda row: row.at)
        self._rows, self._seq = rows[-self.limit :], seq

    def _columns(self, space: ItemSpace) -> Recent:
        codes: dict[str, int] = {}
        users = np.fromiter(
            (codes.setdefault(row.user_id, len(codes)) for row in self._rows), np.int64, len(self._rows)
        )
        items = space.positions([row.item_id for row in self._rows])
        at = np.fromiter((row.at for row in self._rows), np.int64, len(self._rows)) / 1e6
        known = items >= 0
        return Recent(len(space), users[known], items[known], at[known], codes)
