"""Profiles in memory, for as long as everything that they were read from is unchanged.

A large profile takes a tenth of a second to read and is asked for several times between two updates. Profiles are kept in this process
alone, found again by a `ProfileState` that is read from the store each time, so that what another process writes is seen at once.
"""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property

from cachetools import LRUCache

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.profiles.engine.projection import Overlay, ProfileView, live, profile
from penchant.agent.profiles.engine.state import State
from penchant.store.profile import Profile
from penchant.store.readings import StoredReading

KEPT_BYTES = 128 * 2**20
LEAST_BYTES = 64 * 2**10
"""Of a profile without leaves: names, edits, what the crowd taught."""
BYTES_PER_NODE, BYTES_PER_EVENT = 4_800, 230
"""About what a node takes, in the state, the tree and the arrays together, and an event behind it."""


@dataclass(frozen=True)
class OpenedProfile:
    """The profile of a user at one moment, in both its forms, each made when first asked for. Nothing in it may be changed."""

    user_id: str
    version: int
    state: State
    overlay: Overlay
    seen: ProfileView
    reading: StoredReading | None = None

    @property
    def bytes(self) -> int:
        """About how large this is in memory, tree and all."""
        nodes, events = len(self.state.ids), len(self.state.evidence.ids)
        return LEAST_BYTES + BYTES_PER_NODE * nodes + BYTES_PER_EVENT * events

    @cached_property
    def profile(self) -> Profile:
        read = profile(self.state, self.overlay, self.seen, self.user_id, self.version)
        read = read.model_copy(update={"statements": self.overlay.statements})
        if self.reading is None or not self.reading.stands_in(read):
            return read
        return read.model_copy(update={"reading": self.reading.reading})

    @cached_property
    def live(self) -> LiveInterests:
        return live(self.state, self.overlay, self.seen, self.user_id, self.version)


class ProfileCache:
    """The profiles read last, by what they depend on. Thread-safe.

    When anything shared has changed, all of them are out of date, and somebody may have been erased: none is kept a moment longer.
    """

    def __init__(self, size: int = KEPT_BYTES) -> None:
        self._held: LRUCache[Hashable, OpenedProfile] = LRUCache(size, getsizeof=lambda opened: opened.bytes)
        self._lock = threading.Lock()
        self._shared: int | None = None
        self._forgotten = 0

    def get(self, key: Hashable, shared: int | None, read: Callable[[], OpenedProfile]) -> OpenedProfile:
        """What is kept under `key`, or else what `read` brings; `shared`: the number of what is shared (`ProfileState`).

        Two threads that miss at once both read: the same comes out. What was read while somebody was forgotten is not kept.
        """
        with self._lock:
            if shared != self._shared:
                self._held.clear()
                self._shared = shared
            cached, before = self._held.get(key), self._forgotten
        if cached is None:
            cached = read()
            with self._lock:
                if (self._shared, self._forgotten) == (shared, before) and cached.bytes <= self._held.maxsize:
                    self._held[key] = cached
        return cached

    def __len__(self) -> int:
        return len(self._held)

    def forget(self) -> None:
        """Let go of everything, for when somebody must be forgotten."""
        with self._lock:
            self._held.clear()
            self._forgotten += 1
