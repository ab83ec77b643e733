"""How much this process has done, for the metrics of the service: users and events folded, caches read.

The counts belong to the process, not to an agent: one service has an agent for each tenant.
"""

import threading
from collections import Counter
from typing import Literal, NamedTuple

Kind = Literal["folds", "folded_events", "cache_reads"]


class Work(NamedTuple):
    """What was done. `labels`: for `folded_events` the outcome, for `cache_reads` the cache and `hit` or `miss`."""

    kind: Kind
    labels: tuple[str, ...] = ()


class WorkCounts:
    """Adds up work. Thread-safe."""

    def __init__(self) -> None:
        self._counts: Counter[Work] = Counter()
        self._lock = threading.Lock()

    def add(self, kind: Kind, *labels: str, number: int = 1) -> None:
        """Add a number of one kind of work."""
        with self._lock:
            self._counts[Work(kind, labels)] += number

    def cache_read(self, cache: str, *, hits: int = 0, misses: int = 0) -> None:
        """Add reads of a cache."""
        self.add("cache_reads", cache, "hit", number=hits)
        self.add("cache_reads", cache, "miss", number=misses)

    def totals(self) -> Counter[Work]:
        """Return everything done since the process began."""
        with self._lock:
            return self._counts.copy()


WORK = WorkCounts()
"""The counts of this process."""
