"""Groups of a size people can use: within a subtopic, handfuls join what they are most like, and crowds are split."""

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from penchant.agent.taxonomy.clusters import Labels, largest_theme
from penchant.store.embedders.embedder import Matrix, unit_rows

SMALL = 3
"""Fewer members make no theme beside others of their subtopic."""
NEAR = 0.4
"""Mean cosine from which a handful joins another group of its subtopic; the rest of a subtopic's handfuls stand together."""
WHOLE = 2_000
"""Members above which a group is split by k-means rather than by linkage."""


def refined(labels: Labels, subtopics: Sequence[str], vectors: Matrix) -> Labels:
    """New labels (n,) for groups `labels`, whose places are `subtopics` (one per label). No group has members of two places. `vectors`:
    (n, d), unit rows. Deterministic."""
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
    """Parts of like size: Ward linkage (1963) on unit rows."""
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
