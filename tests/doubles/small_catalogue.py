"""A small shop and vectors that stand for its subjects, so that no model is needed where none is tested."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from penchant.store.embedders.embedder import Matrix, Vector, unit_rows
from penchant.store.item import Item

SUBJECTS = {
    "mug": "kitchen-dining",
    "ribbon": "gift-wrap-cards",
    "puzzle": "jigsaws-puzzles",
    "lamp": "candles-lighting",
}


class WordEmbedder:
    """Each word has a direction of its own; a text is the sum of its words."""

    name = "words"
    dimensions = 64

    def embed(self, texts: Sequence[str]) -> Matrix:
        return unit_rows(np.array([_sum(text, self.dimensions) for text in texts]).reshape(len(texts), self.dimensions))

    def embed_query(self, text: str) -> Vector:
        vector: Vector = self.embed([text])[0]
        return vector


@lru_cache(maxsize=50_000)
def _sum(text: str, dimensions: int) -> Vector:
    words = text.casefold().replace(":", " ").replace(",", " ").split() or [""]
    total: Vector = np.sum([_direction(word, dimensions) for word in words], axis=0)
    return total


@lru_cache(maxsize=16_384)
def _direction(word: str, dimensions: int) -> Vector:
    direction: Vector = np.random.default_rng(list(word.encode())).normal(size=dimensions).astype(np.float32)
    return direction


def shop(size: int = 6, categories: dict[str, str] | None = None) -> list[Item]:
    """`size` items of each subject; `categories`: the path of some subjects."""
    paths = categories or {}
    return [
        Item(
            item_id=f"{subject}-{number:02d}",
            title=f"{colour} {subject} {subject} {subject}",
            categories=paths.get(subject, ()),
        )
        for subject in SUBJECTS
        for number, colour in zip(
            range(size), ["Red", "Blue", "Green", "White", "Pink", "Grey", "Gold", "Black"] * size, strict=False
        )
    ]


def vectors_of(items: Sequence[Item], embedder: WordEmbedder) -> Matrix:
    return embedder.embed([item.title for item in items])
