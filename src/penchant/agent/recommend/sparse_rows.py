"""A few rows of a large sparse matrix, without a matrix in between."""

import numpy as np
from scipy import sparse

from penchant.arrays import Ints


def entries(matrix: sparse.csr_matrix, rows: Ints) -> tuple[Ints, Ints]:
    """Where the entries of `rows` (m,) stand: for each, its place in `rows`, ascending, and its place in the `indices` and `data` of the
    matrix. `matrix[rows]` takes several times as long where rows are few."""
    begins = matrix.indptr[rows].astype(np.int64)
    counts = matrix.indptr[rows + 1] - begins
    owner = np.repeat(np.arange(len(rows)), counts)
    return owner, np.arange(len(owner)) + np.repeat(begins - np.cumsum(counts) + counts, counts)
