"""Words as directions that depend on nothing but the word: worked out once in a process."""

import hashlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray


@lru_cache(maxsize=65_536)
def direction(word: str, dimensions: int) -> NDArray[np.float64]:
    """A random vector that is always the same for a word, shape (dimensions,)."""
    seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "big")
    return np.random.default_rng(seed).normal(size=dimensions)


@lru_cache(maxsize=65_536)
def bag_of_words(text: str, dimensions: int) -> NDArray[np.float32]:
    """The sum of the directions of a text's words, as a unit vector, shape (dimensions,)."""
    vector = np.full(dimensions, 1e-3)
    for word in text.lower().split():
        vector += direction(word, dimensions)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)
