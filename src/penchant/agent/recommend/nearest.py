"""What lies nearest to an interest: asked of the index once, and known from then on.

An interest's vector stands still from one update to the next, and so does what is near it while the catalogue is the same. What was found
is kept in this process alone, under the vector itself, and dropped as a whole when there is another catalogue: `ModelStore` brings another
`ItemSpace` whenever the index has another revision, whoever has written to it.
"""

import hashlib
import threading
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from cachetools import LRUCache

from penchant.agent.recommend.interactions import ItemSpace, Rows
from penchant.arrays import Ints

if TYPE_CHECKING:
    from penchant.store.catalogue import Catalogue

KEPT_BYTES = 32 * 2**20
OVERHEAD = 200
"""Bytes of an entry besides the positions."""
Key = tuple[int, bytes]


class Nearest:
    """Neighbours of vectors by position in the space. Thread-safe."""

    def __init__(self, catalogue: "Catalogue", size: int = KEPT_BYTES) -> None:
        self.catalogue = catalogue
        self._lock = threading.Lock()
        self._space: ItemSpace | None = None
        self._held: LRUCache[Key, Ints] = LRUCache(size, getsizeof=lambda found: found.nbytes + OVERHEAD)

    def find(self, space: ItemSpace, vectors: Rows, limit: int) -> list[Ints]:
        """For each row of `vectors` (m, d) the positions of the `limit` items nearest to it, nearest first; one call for all new ones."""
        keys = [(limit, hashlib.blake2b(row.tobytes(), digest_size=16).digest()) for row in vectors]
        found = self._known(space, keys)
        new = [row for row, key in enumerate(keys) if key not in found]
        if new:
            fresh = dict(zip([keys[row] for row in new], self._ask(space, vectors[new], limit), strict=True))
            self._keep(space, fresh)
            found |= fresh
        return [found[key] for key in keys]

    def forget(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._space = None
            self._held.clear()

    def __len__(self) -> int:
        return len(self._held)

    def _ask(self, space: ItemSpace, vectors: Rows, limit: int) -> list[Ints]:
        near = self.catalogue.nearest(vectors, limit)
        positions = space.positions(list(chain.from_iterable(near)))
        each = np.split(positions, np.cumsum([len(ids) for ids in near])[:-1])
        return [found[found >= 0] for found in each]

    def _known(self, space: ItemSpace, keys: Sequence[Key]) -> dict[Key, Ints]:
        with self._lock:
            if self._space is not space:
                self._space = space
                self._held.clear()
            return {key: self._held[key] for key in keys if key in self._held}

    def _keep(self, space: ItemSpace, found: dict[Key, Ints]) -> None:
        with self._lock:
            if self._space is space:
                self._held.update(found)
