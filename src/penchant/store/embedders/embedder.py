"""Text to vectors: the seam every embedder fits."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""Shape (d,), unit length."""
Matrix = NDArray[np.float32]
"""Shape (n, d), rows of unit length."""


class Embedder(Protocol):
    """Turns texts into unit vectors. `name` identifies model and form: vectors of different names are never mixed."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Shape (n, d), unit rows, in the order of `texts` (documents: items, messages, labels). Raises `ModelError`."""
        ...

    def embed_query(self, text: str) -> Vector:
        """Shape (d,): a search text, in the form the model wants for queries."""
        ...


def unit_rows(vectors: NDArray[np.floating]) -> Matrix:
    """Rows of (n, d) scaled to unit length; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Matrix = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit
