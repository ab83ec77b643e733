"""Item-item models: EASE, cosine neighbours and what tends to come next.

EASE: H. Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019: B = I - P·diag(P)⁻¹ with P = (XᵀX + λI)⁻¹, zero
diagonal. Where there are fewer users than items the same B follows from the smaller system (XXᵀ + λI) by the Woodbury identity.

Linear algebra is numpy's: scipy's solvers block all other threads of the process until they finish, numpy's do not.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Protocol

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray
from scipy import sparse

from penchant.agent.recommend.interactions import Behaviour, Rows, entries
from penchant.arrays import Ints, is_among

EASE_LIMIT = 10_000
DENSE_UP_TO = 5_000
"""Up to this many items a stored matrix is small enough, and faster to read than to compute."""
FACTORED_LIMIT = 50_000_000
COSINE_LIMIT = 5_000
NEIGHBOURS = 100
CACHED_NEIGHBOURS = 20_000
"""How many items have their neighbours cached: about 10 MB."""
MAX_HISTORY = 500
NEXT_WINDOW = 3
NEXT_SMOOTHING = 5.0
NEXT_GAIN = 50.0
CHUNK = 100
"""How many items are handled at once: few enough that no step keeps a list in another thread waiting."""
ROWS_AT_ONCE = 128
"""How many rows are handled at once: few enough that a copy fits into the processor's cache."""
SINGLE_READ_RATIO = 12
"""Single items are read where the catalogue has over this many times as many items as are wanted; else whole rows are faster."""


Adder = Callable[[Rows, Ints], Rows]
"""Multiplies weights (f, m) with the rows of items (m,); shape (f, c)."""


class ItemItem(Protocol):
    """How much an interaction with one item speaks for another item."""

    def rows(self, items: Ints, candidates: Ints | None) -> Rows:
        """Return what each of `items` says for every candidate (None: for every item), shape (m, c)."""
        ...

    def adder(self, candidates: Ints | None) -> Adder:
        """Return a function that sums weighted `rows` over these candidates. Its values for the items themselves are undefined."""
        ...

    def neighbours(self, items: Ints, limit: int) -> list[Ints]:
        """Return, for each of `items` (m,), the items it speaks for most, best first."""
        ...


@dataclass(frozen=True)
class Dense:
    """A full (n, n) matrix, for small catalogues."""

    matrix: Rows

    def rows(self, items: Ints, candidates: Ints | None) -> Rows:
        if candidates is None:
            return self.matrix[items]
        if SINGLE_READ_RATIO * len(candidates) < len(self.matrix):
            return self.matrix[items[:, None], candidates]
        return self.matrix[items].take(candidates, axis=1)

    def adder(self, candidates: Ints | None) -> Adder:
        def summed(weights: Rows, items: Ints) -> Rows:
            out = np.zeros((len(weights), len(self.matrix)), np.float32)
            for start in range(0, len(items), ROWS_AT_ONCE):
                some = slice(start, start + ROWS_AT_ONCE)
                out += weights[:, some] @ self.matrix[items[some]]
            return out if candidates is None else out[:, candidates]

        return summed

    def neighbours(self, items: Ints, limit: int) -> list[Ints]:
        return [best(self.matrix[item], limit) for item in items]


@dataclass(frozen=True)
class Sparse:
    """Only the strongest neighbours of each item, for large catalogues."""

    matrix: sparse.csr_matrix

    def rows(self, items: Ints, candidates: Ints | None) -> Rows:
        """Read only the few neighbours of each item, so that the cost does not grow with the catalogue."""
        if candidates is None:
            return np.asarray(self.matrix[items].toarray(), np.float32)
        row, column, values = self._hits(items, self._places(candidates))
        out = np.zeros((len(items), len(candidates)), np.float32)
        out[row, column] = values
        return out

    def adder(self, candidates: Ints | None) -> Adder:
        places = np.arange(self.matrix.shape[1]) if candidates is None else self._places(candidates)
        width = len(places) if candidates is None else len(candidates)

        def summed(weights: Rows, items: Ints) -> Rows:
            row, column, values = self._hits(items, places)
            return sums_by_column(column, weights[:, row] * values, width)

        return summed

    def _places(self, candidates: Ints) -> NDArray[np.int32]:
        """Return the place of each item (n,) among the candidates, -1 if it is none of them."""
        place = np.full(self.matrix.shape[1], -1, np.int32)
        place[candidates] = np.arange(len(candidates), dtype=np.int32)
        return place

    def _hits(self, items: Ints, places: NDArray[np.integer]) -> tuple[Ints, Ints, Rows]:
        """Find the stored entries of `items` that have a place: arrays of the index in `items`, the place and the value."""
        row, at = entries(self.matrix, items)
        column = places[self.matrix.indices[at]]
        hit = np.flatnonzero(column >= 0)
        return row[hit], column[hit], self.matrix.data[at[hit]]

    def neighbours(self, items: Ints, limit: int) -> list[Ints]:
        return [self._nearest(item, limit) for item in items]

    def _nearest(self, item: int, limit: int) -> Ints:
        begin, end = self.matrix.indptr[item : item + 2]
        near: Ints = self.matrix.indices[begin:end].astype(np.int64)
        return near[np.argsort(-self.matrix.data[begin:end], kind="stable")[:limit]]


@dataclass(frozen=True)
class Factored:
    """EASE from fewer users than items, without the (n, n) matrix: B_ij = (XᵀKX)_ij / (1 - (XᵀKX)_jj) with K = (XXᵀ + λI)⁻¹, zero
    diagonal.

    `touched` (n, users): Xᵀ; `solved` (users, n): KX; `by_item` (n, users): its transpose, from which few of many items are read with
    a twentieth of the memory access.
    """

    touched: sparse.csr_matrix
    solved: Rows
    by_item: Rows
    #: A cache of neighbours: each costs a pass over the whole catalogue, and popular items are needed again and again.
    _near: LRUCache[tuple[int, int], Ints] = field(
        default_factory=lambda: LRUCache(CACHED_NEIGHBOURS), repr=False, compare=False
    )
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @classmethod
    def of(cls, touched: sparse.csr_matrix, penalty: float) -> "Factored":
        """Fit to a matrix (users, n) of zeros and ones."""
        gram = np.asarray((touched @ touched.T).toarray(), np.float64)
        gram[np.diag_indices(len(gram))] += penalty
        solved = np.linalg.solve(gram, touched.toarray().astype(np.float64)).astype(np.float32)
        return cls(touched.T.tocsr(), solved, np.ascontiguousarray(solved.T))

    @cached_property
    def scale(self) -> Rows:
        """Shape (n,): 1 / (1 - (XᵀKX)_jj)."""
        own = np.asarray(self.touched.T.multiply(self.solved).sum(0), np.float32).ravel()
        return np.asarray(1.0 / np.maximum(1.0 - own, 1e-6), np.float32)

    def rows(self, items: Ints, candidates: Ints | None) -> Rows:
        if candidates is None:
            out = np.asarray(self.touched[items] @ self.solved, np.float32) * self.scale
            out[np.arange(len(items)), items] = 0.0
            return out
        touched, out = self.touched[items], np.empty((len(items), len(candidates)), np.float32)
        for start in range(0, len(candidates), ROWS_AT_ONCE):  # so that each copy fits into the processor's cache
            some = slice(start, start + ROWS_AT_ONCE)
            out[:, some] = touched @ np.ascontiguousarray(self.by_item[candidates[some]].T)
        out *= self.scale[candidates]
        own = np.flatnonzero(is_among(candidates, np.unique(items)))
        out[:, own] *= items[:, None] != candidates[own]
        return out

    def adder(self, candidates: Ints | None) -> Adder:
        by_item, scale = (
            (self.by_item, self.scale) if candidates is None else (self.by_item[candidates], self.scale[candidates])
        )

        def summed(weights: Rows, items: Ints) -> Rows:
            row, at = entries(self.touched, items)
            tastes = sums_by_column(self.touched.indices[at], weights[:, row] * self.touched.data[at], by_item.shape[1])
            return (tastes @ by_item.T) * scale

        return summed

    def neighbours(self, items: Ints, limit: int) -> list[Ints]:
        keys = [(item, limit) for item in items.tolist()]
        with self._lock:
            near = {key: self._near[key] for key in keys if key in self._near}
        new = [key for key in dict.fromkeys(keys) if key not in near]
        if new:
            rows = self.rows(np.array([item for item, _ in new]), None)
            found = {key: best(row, limit) for key, row in zip(new, rows, strict=True)}
            near |= found
            with self._lock:
                self._near.update(found)
        return [near[key] for key in keys]


def sums_by_column(columns: Ints, values: Rows, width: int) -> Rows:
    """Return the sums of `values` (f, e) by column (e,), shape (f, width)."""
    return np.array([np.bincount(columns, row, width) for row in values], np.float32).reshape(len(values), width)


def best(values: NDArray[np.floating], limit: int) -> Ints:
    """Return the positions of the largest `limit` values, best first; equal values by position."""
    if limit < len(values):
        edge = np.partition(values, len(values) - limit)[len(values) - limit]
        keep = np.flatnonzero(values >= edge)
        return keep[np.argsort(-values[keep], kind="stable")][:limit]
    return np.argsort(-values, kind="stable")


def ease(touched: sparse.csr_matrix, penalty: float) -> ItemItem:
    """Fit EASE to `touched` (users, items) of zeros and ones: as a full matrix, or factored for many items and fewer users."""
    touched = touched[np.diff(touched.indptr) > 0]
    users, items = touched.shape
    if users < items:
        factored = Factored.of(touched, penalty)
        return factored if items > DENSE_UP_TO else Dense(factored.rows(np.arange(items), None))
    gram = np.asarray((touched.T @ touched).toarray(), np.float64)
    gram[np.diag_indices(len(gram))] += penalty
    inverse = np.linalg.inv(gram).astype(np.float32)
    inverse /= -np.diag(inverse)[None, :].copy()
    np.fill_diagonal(inverse, 0.0)
    return Dense(np.ascontiguousarray(inverse, np.float32))  # rows are read most


def ease_fits(touched: sparse.csr_matrix) -> bool:
    """Return whether EASE fits into memory: few enough items, or few enough users times items."""
    users = int((np.diff(touched.indptr) > 0).sum())
    items = int(touched.shape[1])
    return items <= EASE_LIMIT or users * items <= FACTORED_LIMIT


def cosine(touched: sparse.csr_matrix) -> Rows:
    """Return the cosine of the items' users, shape (n, n), with zero diagonal."""
    shared = np.asarray((touched.T @ touched).toarray(), np.float32)
    norm = np.sqrt(np.maximum(np.diag(shared), 1.0)).copy()
    shared /= norm[:, None] * norm[None, :]
    np.fill_diagonal(shared, 0.0)
    return shared


def sparse_cosine(touched: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the `NEIGHBOURS` strongest cosines of each item, shape (n, n), computed in chunks to bound memory.

    Users with more than `MAX_HISTORY` items weigh proportionally less (their pairs would otherwise be most of the work and of the
    noise).
    """
    degree = np.asarray(touched.sum(0)).ravel()
    per_user = np.minimum(1.0, MAX_HISTORY / np.maximum(np.asarray(touched.sum(1)).ravel(), 1.0))
    scaled = sparse.diags(np.sqrt(per_user)) @ touched @ sparse.diags(1.0 / np.sqrt(np.maximum(degree, 1.0)))
    by_item = scaled.T.tocsr()
    parts = [_strongest(by_item[start : start + CHUNK] @ scaled, start) for start in range(0, by_item.shape[0], CHUNK)]
    return sparse.vstack(parts, format="csr", dtype=np.float32)


def _strongest(block: sparse.csr_matrix, start: int) -> sparse.csr_matrix:
    """Return the `NEIGHBOURS` largest entries of each row except its own item, at row + `start`; of equal ones the first. Each row is
    handled alone, because sorting millions of entries to keep a few takes six times as long.
    """
    rows = [
        begin + _largest(block.data[begin:end], block.indices[begin:end], own)
        for own, (begin, end) in enumerate(pairwise(block.indptr.tolist()), start)
    ]
    keep, begins = np.concatenate(rows), np.cumsum([0, *map(len, rows)])
    strongest = sparse.csr_matrix((block.data[keep], block.indices[keep], begins), shape=block.shape, dtype=np.float32)
    strongest.sort_indices()
    return strongest


def _largest(values: Rows, items: Ints, own: int) -> Ints:
    """Return the positions of the `NEIGHBOURS` largest positive values of items other than `own`, best first."""
    near = np.flatnonzero((values > 0) & (items != own))
    if len(near) > NEIGHBOURS:
        edge = np.partition(values[near], -NEIGHBOURS)[-NEIGHBOURS]
        near = near[values[near] >= edge]
    return near[np.lexsort((items[near], -values[near]))[:NEIGHBOURS]]


def next_item_counts(behaviour: Behaviour) -> sparse.csr_matrix:
    """Count how often one item follows another within `NEXT_WINDOW` moments of a user, shape (n, n); nearer ones count more.

    Counts are smoothed by row, on a log scale. Items taken at one moment (a basket) are one step (Markov over baskets, Rendle et al.,
    WWW 2010).
    """
    baskets, users = _baskets(behaviour)
    n = behaviour.n_items
    counts = sparse.csr_matrix((n, n), dtype=np.float32)
    sizes = np.asarray(baskets.sum(1)).ravel()
    even = sparse.diags(1.0 / np.sqrt(sizes)) @ baskets
    for step in range(1, min(NEXT_WINDOW, len(users) - 1) + 1):
        same = sparse.diags((users[:-step] == users[step:]).astype(np.float32) / step)
        counts = counts + even[:-step].T @ (same @ even[step:])
    counts.setdiag(0)
    counts.eliminate_zeros()
    scale = 1.0 / (np.asarray(counts.sum(1)).ravel() + 1.0 + NEXT_SMOOTHING)
    following = (sparse.diags(scale) @ counts).tocsr().astype(np.float32)
    following.data = np.log1p(NEXT_GAIN * following.data)
    following.sort_indices()
    return following


def _baskets(behaviour: Behaviour) -> tuple[sparse.csr_matrix, Ints]:
    """Return what each user took at each moment, shape (b, n), ordered by user, then time; and the user of each basket (b,)."""
    order = np.lexsort((behaviour.at, behaviour.users))
    users, at, items = behaviour.users[order], behaviour.at[order], behaviour.items[order]
    begins = np.ones(len(order), bool)
    begins[1:] = (users[1:] != users[:-1]) | (at[1:] != at[:-1])
    basket = np.cumsum(begins) - 1
    ones = np.ones(len(order), np.float32)
    taken = sparse.csr_matrix((ones, (basket, items)), shape=(int(begins.sum()), behaviour.n_items))
    taken.data[:] = 1.0
    return taken, users[begins]
