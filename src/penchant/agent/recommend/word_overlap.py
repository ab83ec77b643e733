"""Titles as sparse vectors of words: families of items ("… RETROSPOT", "The … of Fantasy") that embeddings blur.

scikit-learn's `TfidfVectorizer` gives the same cosines (to 2.4e-7, 12,801 titles of Online Retail and MovieLens) in 0.11 s instead of
0.07 s, and importing it takes longer than that by far: every process would pay for it before its first list.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from penchant.agent.recommend.sparse_rows import entries
from penchant.characters import IDEOGRAPHS

_WORD = re.compile(r"[^\W\d_]+")


def word_vectors(titles: Sequence[str]) -> sparse.csr_matrix:
    """Shape (n, words): tf-idf, rows of unit length (zero for a title without words)."""
    vocabulary: dict[str, int] = {}
    columns = [[vocabulary.setdefault(word, len(vocabulary)) for word in words(title)] for title in titles]
    row = np.repeat(np.arange(len(titles)), [len(found) for found in columns])
    column = np.fromiter((word for found in columns for word in found), np.int64, len(row))
    shape = (len(titles), max(len(vocabulary), 1))
    counts = sparse.csr_matrix((np.ones(len(row), np.float32), (row, column)), shape=shape)
    counts.data = 1.0 + np.log(counts.data)
    rarity = np.log((1.0 + len(titles)) / (1.0 + np.bincount(counts.indices, minlength=shape[1]))) + 1.0
    weighted = (counts @ sparse.diags(rarity)).tocsr()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(1)).ravel())
    return (sparse.diags(1.0 / np.maximum(length, 1e-12)) @ weighted).astype(np.float32).tocsr()


def words(title: str) -> Iterator[str]:
    """Lower-case words; runs of ideographs, which have no spaces, as pairs of characters."""
    for word in _WORD.findall(title.lower()):
        if IDEOGRAPHS.fullmatch(word) and len(word) > 1:
            yield from (word[start : start + 2] for start in range(len(word) - 1))
        else:
            yield word


def overlap(
    vectors: sparse.csr_matrix, items: NDArray[np.int64], candidates: NDArray[np.int64] | None
) -> NDArray[np.float32]:
    """Shape (m, c): squared cosine of the titles' words.

    Of the candidates only the words of `items` are looked at, written out: a product of two sparse matrices takes half as long again.
    """
    owner, own = entries(vectors, items)
    other, theirs = entries(vectors, np.arange(vectors.shape[0]) if candidates is None else candidates)
    used, column = np.unique(vectors.indices[own], return_inverse=True)
    place = np.full(vectors.shape[1], -1, np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    row = place[vectors.indices[theirs]]
    known = np.flatnonzero(row >= 0)
    width = vectors.shape[0] if candidates is None else len(candidates)
    written = np.zeros((len(used), width), np.float32)
    written[row[known], other[known]] = vectors.data[theirs[known]]
    begins = np.searchsorted(owner, np.arange(len(items) + 1))
    shared = np.asarray(sparse.csr_matrix((vectors.data[own], column, begins), (len(items), len(used))) @ written)
    np.multiply(shared, shared, out=shared)
    return shared
