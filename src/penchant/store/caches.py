"""What is kept in memory, registered in one place with the subjects of the revision counter that it depends on.

Before a cache is read, `check` compares the counter in the database with the one seen last and empties every cache whose subjects have
changed, whoever changed them: another agent, another process, another language. Erasing a user or revoking a consent raises the counter in
the same transaction, so nobody serves what must be forgotten.
"""

import threading
from collections.abc import Callable
from typing import NamedTuple

from penchant.store.revisions import Revision, Revisions, Subject


class Cache(NamedTuple):
    """One thing that is kept: `subjects` whose change makes it stale, `empty` lets go of it."""

    name: str
    subjects: tuple[Subject, ...]
    empty: Callable[[], object]


class Caches:
    """Every cache of one agent. Thread-safe."""

    def __init__(self, revisions: Revisions) -> None:
        self.revisions = revisions
        self._caches: list[Cache] = []
        self._seen: Revision | None = None
        self._lock = threading.Lock()

    def register(self, name: str, subjects: tuple[Subject, ...], empty: Callable[[], object]) -> None:
        """Keep watch over a cache."""
        with self._lock:
            self._caches.append(Cache(name, subjects, empty))

    def check(self) -> Revision:
        """Empty what is stale; returns the counter as it stands. One small query. Raises `StoreError`."""
        now = self.revisions.read()
        with self._lock:
            before, self._seen = self._seen, now
            stale = [] if before is None else [cache for cache in self._caches if _changed(cache, before, now)]
        for cache in stale:
            cache.empty()
        return now

    @property
    def names(self) -> list[str]:
        """What is kept, by name."""
        return [cache.name for cache in self._caches]


def _changed(cache: Cache, before: Revision, now: Revision) -> bool:
    return any(getattr(before, subject) != getattr(now, subject) for subject in cache.subjects)
