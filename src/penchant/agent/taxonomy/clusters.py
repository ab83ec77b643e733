"""Clusters of similar rows: average linkage on cosine, within coarse cells if there are too many rows.

Average linkage (Sokal & Michener 1958) over n rows needs n² / 2 distances of 8 bytes, twice, so n is at most `EXACT`.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from penchant.store.embedders.embedder import Matrix, unit_rows

EXACT = 10_000
CELL = 4_000
"""Mean size of a coarse cell."""
SAMPLE = 100_000
"""Number of rows from which the cells are learnt."""
SEED = 7
STEPS = (0.1, 0.2, 0.3)
"""How much closer, step by step, the members of too large clusters must be."""
Labels = NDArray[np.int32]
Features = Callable[[NDArray[np.int64]], Matrix]
"""Returns the features of rows, shape (n, any), given their row numbers."""


def theme_count(items: int) -> int:
    """Return the maximum number of themes for a catalogue of this size; it grows with the square root."""
    return max(1, round(10 * math.sqrt(items)))


def largest_theme(items: int) -> int:
    """Return the number of members above which a theme is divided further."""
    return max(30, round(0.6 * math.sqrt(items)))


def clusters_by_likeness(vectors: Matrix, features: Features, floor: float) -> Labels:
    """Return a label from 0 for each of the rows of `features`: clusters with a mean cosine of at least `floor`, or more if they would
    be too large, and at most `theme_count` of them. `vectors` (n, d) define the coarse cells of large catalogues. Deterministic.
    """
    count = theme_count(len(vectors))
    labels = np.zeros(len(vectors), np.int32)
    start = 0
    for rows in _cells(vectors):
        share = max(1, round(count * len(rows) / len(vectors)))
        merges = _linkage(features(rows))
        labels[rows] = start + _cut(merges, floor, largest_theme(len(vectors)), share)
        start = int(labels[rows].max()) + 1
    return _ordered(labels)


def clusters_by_count(vectors: Matrix, count: int) -> Labels:
    """Return a label from 0 for each row of `vectors` (n, d): `count` clusters of similar rows. Deterministic."""
    if count <= 1:
        return np.zeros(len(vectors), np.int32)
    labels = np.zeros(len(vectors), np.int32)
    start = 0
    for rows in _cells(vectors):
        share = max(1, round(count * len(rows) / len(vectors)))
        labels[rows] = start + _cut_to(_linkage(vectors[rows]), share)
        start = int(labels[rows].max()) + 1
    return _ordered(labels)


def _cells(vectors: Matrix) -> list[NDArray[np.int64]]:
    """Return the row numbers of cells of about `CELL` similar vectors, none above `EXACT`, by k-means; one cell if exact linkage is
    possible.
    """
    if len(vectors) <= EXACT:
        return [np.arange(len(vectors))] if len(vectors) else []
    from sklearn.cluster import MiniBatchKMeans

    count = max(2, round(len(vectors) / CELL))
    model = MiniBatchKMeans(count, batch_size=4_096, n_init=1, random_state=SEED, max_iter=40)
    labels = model.fit(vectors[:: max(1, len(vectors) // SAMPLE)]).predict(vectors)
    cells: list[NDArray[np.int64]] = []
    for label in range(count):
        rows = np.flatnonzero(labels == label)
        if len(rows) == len(vectors):  # they cannot be separated
            return [rows[start : start + CELL] for start in range(0, len(rows), CELL)]
        cells += [rows[inner] for inner in _cells(vectors[rows])]
    return cells


def _linkage(features: Matrix) -> NDArray[np.float64]:
    """Return the merges (n - 1, 4) of average linkage on cosine, in SciPy's format."""
    from scipy.cluster.hierarchy import linkage

    count = len(features)
    if count < 2:
        return np.zeros((0, 4))
    unit = unit_rows(features)
    distances = np.empty(count * (count - 1) // 2)
    at = 0
    for start in range(0, count, 256):
        cosines = unit[start : start + 256] @ unit[start:].T
        for row in range(len(cosines)):
            others = cosines[row, row + 1 :]
            distances[at : at + len(others)] = 1 - others
            at += len(others)
    merges: NDArray[np.float64] = linkage(np.maximum(distances, 0, out=distances), "average")
    return merges


def _cut(merges: NDArray[np.float64], floor: float, largest: int, most: int) -> Labels:
    from scipy.cluster.hierarchy import fcluster

    if not len(merges):
        return np.zeros(1, np.int32)
    labels = _ordered(fcluster(merges, 1 - floor, "distance"))
    for step in STEPS:
        finer = _ordered(fcluster(merges, 1 - floor - step, "distance"))
        is_large = np.bincount(labels)[labels] > largest
        labels = _ordered(np.where(is_large, len(labels) + finer, labels))
    return labels if labels.max() < most else _cut_to(merges, most)


def _cut_to(merges: NDArray[np.float64], count: int) -> Labels:
    from scipy.cluster.hierarchy import fcluster

    if not len(merges):
        return np.zeros(1, np.int32)
    return _ordered(fcluster(merges, min(count, len(merges) + 1), "maxclust"))


def _ordered(labels: NDArray[np.int32]) -> Labels:
    """Renumber labels from 0 without gaps, in the order of their first rows."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first), dtype=np.int32)
    return rank[inverse]


SMALL = 3
"""A group with fewer members is no theme of its own if its subtopic has other groups."""
NEAR = 0.4
"""A small group joins another group of its subtopic from this mean cosine on; the remaining small groups of a subtopic are put together."""
WHOLE = 2_000
"""A group with more members than this is split by k-means instead of linkage."""


def refined(labels: Labels, subtopics: Sequence[str], vectors: Matrix) -> Labels:
    """Return new labels (n,) after joining small groups and splitting large ones. `subtopics`: the place of each label; no group has
    members of two places. `vectors`: (n, d), unit rows. Deterministic.
    """
    sizes = np.bincount(labels, minlength=len(subtopics))
    centroids = _centroids(labels, len(subtopics), vectors)
    home = np.arange(len(subtopics))
    siblings: defaultdict[str, list[int]] = defaultdict(list)
    for label, subtopic in enumerate(subtopics):
        siblings[subtopic].append(label)
    for own in siblings.values():
        full = [label for label in own if sizes[label] >= SMALL]
        few = [label for label in own if sizes[label] < SMALL]
        near = centroids[few] @ centroids[full].T if full and few else np.zeros((len(few), 0))
        left = []
        for row, label in enumerate(few):
            if full and near[row].max() >= NEAR:
                home[label] = full[int(near[row].argmax())]
            else:
                left.append(label)
        home[left] = left[0] if left else 0
    joined = home[labels]
    return _split(joined, vectors)


def _split(labels: NDArray[np.int64], vectors: Matrix) -> Labels:
    largest = largest_theme(len(labels))
    _, dense = np.unique(labels, return_inverse=True)
    result = dense.astype(np.int32)
    start = int(result.max()) + 1
    for label in np.flatnonzero(np.bincount(result) > largest):
        rows = np.flatnonzero(result == label)
        result[rows] = start + _parts(vectors[rows], math.ceil(2 * len(rows) / largest))
        start = int(result.max()) + 1
    _, dense = np.unique(result, return_inverse=True)
    return dense.astype(np.int32)


def _parts(vectors: Matrix, count: int) -> Labels:
    """Split rows into parts of similar size: Ward linkage (1963) on unit rows."""
    if len(vectors) > WHOLE:
        from sklearn.cluster import MiniBatchKMeans

        parts: Labels = MiniBatchKMeans(count, n_init=1, random_state=count, batch_size=2_048).fit_predict(vectors)
        return parts
    from scipy.cluster.hierarchy import fcluster, linkage

    found: Labels = fcluster(linkage(vectors, "ward"), count, "maxclust") - 1
    return found


def _centroids(labels: Labels, count: int, vectors: Matrix) -> Matrix:
    sums = np.zeros((count, vectors.shape[1]))
    np.add.at(sums, labels, vectors)
    return unit_rows(sums)
