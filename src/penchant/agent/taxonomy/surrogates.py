"""Vectors for titles that the embedder cannot read: their pairs of characters, hashed.

An English embedder maps every Chinese title to nearly the same place. Themes can still be found by the characters titles share, and placed
by the terms they hold; what holds no term at all is left unplaced rather than guessed.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from penchant.agent.taxonomy.title_words import HAN
from penchant.store.embedders.embedder import Matrix, unit_rows

ENGLISH_ONLY = ("minilm",)
"""Embedders, by the start of their names, to which Chinese says nothing."""


def reads(embedder: str, text: str) -> bool:
    """Whether the embedder of this name was made for the language of `text`."""
    if not embedder.startswith(ENGLISH_ONLY):
        return True
    return 3 * sum(map(len, HAN.findall(text))) < len(text.replace(" ", ""))


def comparable(titles: Sequence[str], vectors: Matrix, embedder: str) -> tuple[NDArray[np.bool_], Matrix]:
    """Which of `titles` the embedder of this name reads, and vectors (n, d) by which all can be compared: their own where it does, else
    their characters'."""
    read = np.array([reads(embedder, title) for title in titles], bool)
    if read.all():
        return read, vectors
    own = vectors.copy()
    own[~read] = character_vectors(
        [title for title, known in zip(titles, read, strict=True) if not known], own.shape[1]
    )
    return read, own


def character_vectors(titles: Sequence[str], dimensions: int) -> Matrix:
    """Shape (n, dimensions), unit rows: counts of pairs of characters, hashed."""
    from sklearn.feature_extraction.text import HashingVectorizer

    hashed = HashingVectorizer(analyzer="char", ngram_range=(1, 2), n_features=dimensions, norm=None)
    return unit_rows(hashed.transform(titles).toarray())
