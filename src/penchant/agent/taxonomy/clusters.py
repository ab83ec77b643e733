"""Groups of like vectors: average linkage on cosine, in coarse cells first where there are too many for it.

Average linkage (Sokal & Michener 1958) over n vectors takes n² / 2 distances of 8 bytes, twice; n stays at most `EXACT`.
"""

import math

import numpy as np
from numpy.typing import NDArray

from penchant.store.embedders.embedder import Matrix

EXACT = 10_000
CELL = 4_000
"""Mean size of a coarse cell."""
SEED = 7
Labels = NDArray[np.int32]


def theme_count(items: int) -> int:
    """How many themes a catalogue of so many items is read as: six items a theme, fewer themes per item the larger it is."""
    return max(1, round(min(items / 6, 10 * math.sqrt(items))))


def clusters(vectors: Matrix, count: int, floor: float | None = None, cells: Labels | None = None) -> Labels:
    """A label from 0 for each row of `vectors` (n, d), unit rows: about `count` groups, of which none is joined whose mean cosine is
    below `floor`. `cells`: coarse cells to stay within, else they are made where n is large. Deterministic."""
    if len(vectors) <= EXACT and cells is None:
        return _ordered(_linkage(vectors, count, floor))
    cells = coarse_cells(vectors) if cells is None else cells
    labels = np.zeros(len(vectors), np.int32)
    start = 0
    for cell in np.unique(cells):
        rows = np.flatnonzero(cells == cell)
        share = max(1, round(count * len(rows) / len(vectors)))
        labels[rows] = start + _linkage(vectors[rows], share, floor)
        start = int(labels[rows].max()) + 1
    return _ordered(labels)


def coarse_cells(vectors: Matrix) -> Labels:
    """Cells of some `CELL` like vectors, none above `EXACT`, by k-means."""
    from sklearn.cluster import MiniBatchKMeans

    cells = max(2, round(len(vectors) / CELL))
    model = MiniBatchKMeans(cells, batch_size=4_096, n_init=1, random_state=SEED, max_iter=40)
    labels: Labels = model.fit_predict(vectors).astype(np.int32)
    for cell, size in enumerate(np.bincount(labels)):
        if size > EXACT:
            rows = np.flatnonzero(labels == cell)
            inner = coarse_cells(vectors[rows])
            if inner.max() == 0:  # nothing tells them apart
                inner = (np.arange(len(rows)) // CELL).astype(np.int32)
            labels[rows] = labels.max() + 1 + inner
    return _ordered(labels)


def _linkage(vectors: Matrix, count: int, floor: float | None) -> Labels:
    if len(vectors) == 1 or (count <= 1 and floor is None):
        return np.zeros(len(vectors), np.int32)
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import pdist

    merges = linkage(pdist(vectors, "cosine"), "average")
    if floor is not None:
        count = max(count, int(fcluster(merges, 1 - floor, "distance").max()))
    labels: Labels = fcluster(merges, min(count, len(vectors)), "maxclust").astype(np.int32)
    return _ordered(labels)


def _ordered(labels: Labels) -> Labels:
    """Labels from 0 without gaps, in the order of the first row of each."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first), dtype=np.int32)
    return rank[inverse]
