"""The interface of all embedders."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""Shape (d,), unit length."""
Matrix = NDArray[np.float32]
"""Shape (n, d), rows of unit length."""


class Embedder(Protocol):
    """Turns texts into unit vectors.

    `name` identifies the model and its form: vectors of different names are never mixed.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return unit vectors of documents (items, messages, labels): shape (n, d), in the order of `texts`.

        Raises `ModelError`.
        """
        ...

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a search text, in the form the model expects for queries: shape (d,)."""
        ...


def unit_rows(vectors: NDArray[np.floating]) -> Matrix:
    """Return the rows of (n, d) scaled to unit length; a row of zeros stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Matrix = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit
