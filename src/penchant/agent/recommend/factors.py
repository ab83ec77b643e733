"""Factors of co-occurrence: items that never occur together are related through the items they both occur with.

M_ij = log(C_ij Σ C / (C_i · C_j^α)), kept where positive, over counts C of items taken within `WINDOW` steps of one another by one
user (nearer ones count more); M ≈ U S Vᵀ, and item i speaks for item j with (U√S)_i · (V√S)_j. Factoring this matrix is what
skip-gram embeddings do (O. Levy, Y. Goldberg, "Neural word embedding as implicit matrix factorization", NeurIPS 2014). Folding a user
in is a sum over their events, so every summand of a score still belongs to one event.
"""

import hashlib
import threading
from collections.abc import Sequence
from contextlib import ContextDecorator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from cachetools import LRUCache
from scipy import sparse
from threadpoolctl import ThreadpoolController

from penchant.agent.recommend.interactions import Behaviour, ItemSpace, Rows
from penchant.agent.recommend.item_models import Adder, best
from penchant.arrays import Ints

if TYPE_CHECKING:
    from penchant.store.catalogue import Catalogue


CACHE_BYTES = 32 * 2**20
OVERHEAD = 200
"""Bytes of a cache entry besides its positions."""
Key = tuple[int, bytes]


class Nearest:
    """A cache of nearest items for vectors, as positions in the item space. Thread-safe."""

    def __init__(self, catalogue: "Catalogue", size: int = CACHE_BYTES) -> None:
        self.catalogue = catalogue
        self._lock = threading.Lock()
        self._space: ItemSpace | None = None
        self._cache: LRUCache[Key, Ints] = LRUCache(size, getsizeof=lambda found: found.nbytes + OVERHEAD)

    def find(self, space: ItemSpace, vectors: Rows, limit: int) -> list[Ints]:
        """Return, for each row of `vectors` (m, d), the positions of the `limit` nearest items, nearest first. Rows that are not cached
        are searched for in one call.
        """
        keys = [(limit, hashlib.blake2b(row.tobytes(), digest_size=16).digest()) for row in vectors]
        found = self._cached(space, keys)
        new = [row for row, key in enumerate(keys) if key not in found]
        if new:
            fresh = dict(zip([keys[row] for row in new], self._search(space, vectors[new], limit), strict=True))
            self._store(space, fresh)
            found |= fresh
        return [found[key] for key in keys]

    def forget(self) -> None:
        """Empty the cache."""
        with self._lock:
            self._space = None
            self._cache.clear()

    def __len__(self) -> int:
        return len(self._cache)

    def _search(self, space: ItemSpace, vectors: Rows, limit: int) -> list[Ints]:
        near = self.catalogue.nearest(vectors, limit)
        positions = space.positions(list(chain.from_iterable(near)))
        each = np.split(positions, np.cumsum([len(ids) for ids in near])[:-1])
        return [found[found >= 0] for found in each]

    def _cached(self, space: ItemSpace, keys: Sequence[Key]) -> dict[Key, Ints]:
        with self._lock:
            if self._space is not space:
                self._space = space
                self._cache.clear()
            return {key: self._cache[key] for key in keys if key in self._cache}

    def _store(self, space: ItemSpace, found: dict[Key, Ints]) -> None:
        with self._lock:
            if self._space is space:
                self._cache.update(found)


class OneThread(ContextDecorator):
    """A context manager and decorator that limits BLAS to one thread, until the last thread leaves it. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._limits: Any = None

    @cached_property
    def _libraries(self) -> ThreadpoolController:
        return ThreadpoolController()

    def __enter__(self) -> "OneThread":
        with self._lock:
            if not self._inside:
                self._limits = self._libraries.limit(limits=1, user_api="blas")
            self._inside += 1
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._limits.restore_original_limits()


one_thread = OneThread()


RANK = 64
NEXT_RANK = 32
WINDOW = 8
NEXT_WINDOW = 2
SMOOTHING = 0.75
"""α: a value below 1 lowers the information of rare items, which would otherwise dominate."""
MOST_EVENTS = 2_000_000
"""Only this many of the newest events are read: 10 million would take hours without better results."""
ITERATIONS = 3
EXTRA_DIRECTIONS = 10
"""Additional directions that are estimated to make the wanted ones accurate."""
EXACT_UP_TO = 500
"""Up to this many items are factored exactly, in less than a tenth of a second."""


@dataclass(frozen=True)
class Factors:
    """How much one item speaks for another: the product of the first one's row in `left` (n, f) and the other's row in `right` (n, f)."""

    left: Rows
    right: Rows

    @classmethod
    def of(cls, behaviour: Behaviour, *, window: int = WINDOW, rank: int = RANK, ordered: bool = False) -> "Factors":
        """Fit from the order of all users' events. `ordered`: count only items that come later."""
        information = _information(_near(behaviour, window, ordered))
        rank = min(rank, behaviour.n_items)
        if not information.nnz:
            none = np.zeros((behaviour.n_items, rank), np.float32)
            return cls(none, none)
        left, strength, right = _strongest_factors(information, rank)
        root = np.sqrt(strength)
        return cls(np.asarray(left * root, np.float32), np.ascontiguousarray(right.T * root, np.float32))

    def rows(self, items: Ints, candidates: Ints | None) -> Rows:
        right = self.right if candidates is None else self.right[candidates]
        out = np.asarray(self.left[items] @ right.T, np.float32)
        columns = items if candidates is None else np.searchsorted(candidates, items)
        known = columns < out.shape[1]
        if candidates is not None and len(candidates):
            known &= candidates[np.minimum(columns, len(candidates) - 1)] == items
        out[np.flatnonzero(known), columns[known]] = 0.0
        return out

    def adder(self, candidates: Ints | None) -> Adder:
        right = self.right if candidates is None else self.right[candidates]
        return lambda weights, items: np.asarray((weights @ self.left[items]) @ right.T, np.float32)

    def neighbours(self, items: Ints, limit: int) -> list[Ints]:
        return [best(row, limit) for row in self.rows(items, None)]


def _strongest_factors(information: sparse.csr_matrix, rank: int) -> tuple[Rows, Rows, Rows]:
    """Return the `rank` largest factors U (n, f), S (f,), Vᵀ (f, n). They are exact for few items, where importing the estimator alone
    would take two seconds.
    """
    if information.shape[0] <= EXACT_UP_TO:
        left, strength, right = np.linalg.svd(information.toarray().astype(np.float64), full_matrices=False)
        return left[:, :rank], strength[:rank], right[:rank]
    from sklearn.utils.extmath import randomized_range_finder

    basis = randomized_range_finder(
        information, size=rank + EXTRA_DIRECTIONS, n_iter=ITERATIONS, power_iteration_normalizer="QR", random_state=0
    )
    left, strength, right = np.linalg.svd((information.T @ basis).T, full_matrices=False)
    return (basis @ left)[:, :rank], strength[:rank], right[:rank]


def _near(behaviour: Behaviour, window: int, ordered: bool) -> sparse.csr_matrix:
    """Count how often one user takes two items within `window` steps, shape (n, n); each pair counts 1 / steps."""
    newest = slice(max(len(behaviour) - MOST_EVENTS, 0), None)
    users, items, at = behaviour.users[newest], behaviour.items[newest], behaviour.at[newest]
    order = np.lexsort((at, users))
    users, items = users[order], items[order]
    n = behaviour.n_items
    counts = sparse.csr_matrix((n, n), dtype=np.float32)
    for step in range(1, min(window, len(users) - 1) + 1):
        same = (users[:-step] == users[step:]) & (items[:-step] != items[step:])
        before, after = items[:-step][same], items[step:][same]
        weight = np.full(len(before), 1.0 / step, np.float32)
        counts = counts + sparse.csr_matrix((weight, (before, after)), shape=(n, n))
    return counts if ordered else (counts + counts.T).tocsr()


def _information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the pointwise mutual information in nats where it is positive, shape (n, n)."""
    pairs = counts.tocoo()
    first = np.bincount(pairs.row, pairs.data, minlength=counts.shape[0])
    second = np.bincount(pairs.col, pairs.data, minlength=counts.shape[1]) ** SMOOTHING
    second /= max(second.sum(), 1e-12)
    information = np.log(pairs.data / (first[pairs.row] * second[pairs.col])) if pairs.nnz else pairs.data
    positive = information > 0
    shape = counts.shape
    return sparse.csr_matrix(
        (information[positive], (pairs.row[positive], pairs.col[positive])), shape=shape, dtype=np.float32
    )
