"""An in-memory cache of opened profiles, valid while everything they were read from is unchanged.

A large profile takes a tenth of a second to read and is requested several times between two updates. Profiles are cached in this
process only. The cache key contains a `ProfileState` that is read from the store on every request, so changes by other processes are
seen at once.
"""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from cachetools import LRUCache

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.profiles.engine.projection import Overlay, ProfileView, live, profile
from penchant.agent.profiles.engine.state import State
from penchant.store.profile import Profile
from penchant.store.readings import StoredReading

KEPT_BYTES = 128 * 2**20
LEAST_BYTES = 64 * 2**10
"""Size of a profile without leaves: names, edits and population data."""
BYTES_PER_NODE, BYTES_PER_EVENT = 4_800, 230
"""Approximate size of a node in the state, the tree and the arrays together, and of an event in its evidence."""


class ProfileQuery(NamedTuple):
    """Which profile is read. `at`: the moment, None for the latest; `version`: None for the one that `at` gives; `circumstances`: those
    for which strengths are given, as the engine writes them.
    """

    user_id: str
    at: datetime | None
    version: int | None
    language: str
    circumstances: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenedProfile:
    """The profile of a user at one moment, as a tree and as arrays; each form is built on first access. Treat everything in it as
    read-only.
    """

    user_id: str
    version: int
    state: State
    overlay: Overlay
    view: ProfileView
    reading: StoredReading | None = None

    @property
    def bytes(self) -> int:
        """Approximate size in memory, including the tree."""
        nodes, events = len(self.state.ids), len(self.state.evidence.ids)
        return LEAST_BYTES + BYTES_PER_NODE * nodes + BYTES_PER_EVENT * events

    @cached_property
    def profile(self) -> Profile:
        """The tree, with statements and, if it is still valid, the model's reading."""
        read = profile(self.state, self.overlay, self.view, self.user_id, self.version)
        read = read.model_copy(update={"statements": self.overlay.statements})
        if self.reading is None or not self.reading.still_applies(read):
            return read
        return read.model_copy(update={"reading": self.reading.reading})

    @cached_property
    def live(self) -> LiveInterests:
        """The leaves as arrays."""
        return live(self.state, self.overlay, self.view, self.user_id, self.version)


class ProfileCache:
    """A cache of opened profiles, bounded by bytes. Thread-safe.

    When any shared data changes, every entry is outdated and a user may have been erased, so the whole cache is cleared.
    """

    def __init__(self, size: int = KEPT_BYTES) -> None:
        self._entries: LRUCache[Hashable, OpenedProfile] = LRUCache(size, getsizeof=lambda opened: opened.bytes)
        self._lock = threading.Lock()
        self._shared: int | None = None
        self._forget_calls = 0

    def get(self, key: Hashable, shared: int | None, read: Callable[[], OpenedProfile]) -> OpenedProfile:
        """Return the entry for `key`, or call `read` and cache its result. `shared`: the revision of the shared data (`ProfileState`).

        Two threads that miss at the same time both read, with the same result. A result is not cached if `forget` was called during
        the read.
        """
        with self._lock:
            if shared != self._shared:
                self._entries.clear()
                self._shared = shared
            cached, before = self._entries.get(key), self._forget_calls
        if cached is None:
            cached = read()
            with self._lock:
                if (self._shared, self._forget_calls) == (shared, before) and cached.bytes <= self._entries.maxsize:
                    self._entries[key] = cached
        return cached

    def __len__(self) -> int:
        return len(self._entries)

    def forget(self) -> None:
        """Clear the cache, because a user is being erased."""
        with self._lock:
            self._entries.clear()
            self._forget_calls += 1
