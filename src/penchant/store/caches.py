"""The caches of an agent, registered in one place with the subjects of the revision counter that they depend on.

Before a cache is read, `check` compares the counter in the database with the last one seen, and empties every cache
whose subjects have changed, no matter who changed them: another agent, another process, another language. Erasing a
user or revoking a consent raises the counter in the same transaction, so no process uses data that must be forgotten.
"""

import threading
from collections.abc import Callable
from typing import NamedTuple

from penchant.store.revisions import Revision, Revisions, Subject, steady_revision


class Cache(NamedTuple):
    """A cache: it is out of date when one of `subjects` changes; `empty` empties it."""

    name: str
    subjects: tuple[Subject, ...]
    empty: Callable[[], object]


class Caches:
    """All caches of one agent. Thread-safe."""

    def __init__(self, revisions: Revisions) -> None:
        self.revisions = revisions
        self._caches: list[Cache] = []
        self._seen: Revision | None = None
        self._lock = threading.Lock()

    def register(self, name: str, subjects: tuple[Subject, ...], empty: Callable[[], object]) -> None:
        """Register a cache to be emptied by `check`."""
        with self._lock:
            self._caches.append(Cache(name, subjects, empty))

    def check(self) -> Revision:
        """Empty the caches that are out of date, and return the current counter. One small query, none inside of `Revisions.steady`.

        Raises `StoreError`.
        """
        now = steady_revision(self.revisions.database) or self.revisions.read()
        with self._lock:
            before, self._seen = self._seen, now
            stale = [] if before is None else [cache for cache in self._caches if _changed(cache, before, now)]
        for cache in stale:
            cache.empty()
        return now

    @property
    def names(self) -> list[str]:
        """The names of the registered caches."""
        return [cache.name for cache in self._caches]


def _changed(cache: Cache, before: Revision, now: Revision) -> bool:
    return any(getattr(before, subject) != getattr(now, subject) for subject in cache.subjects)
