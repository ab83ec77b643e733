"""Reads the query of a list or a search: by the embedder, or by its words where the embedder does not read its script."""

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.interactions import NO_POSITIONS, ItemSpace, words
from penchant.agent.taxonomy.lexicon import reads
from penchant.store.embedders.embedder import Embedder


def read_query(
    query: str | None, embedder: Embedder, space: ItemSpace
) -> tuple[NDArray[np.float32] | None, NDArray[np.float32] | None]:
    """Return the vector of a query, or, if the embedder cannot read it, how well it matches each title (n,)."""
    if query is None:
        return None, None
    if is_read(query, embedder):
        return embedder.embed_query(query), None
    return None, named_by(query, space)


def is_read(query: str, embedder: Embedder) -> bool:
    """Return whether the embedder reads a query; one without letters has no script."""
    return reads(embedder.name, query) or not any(map(str.isalpha, query))


def named_by(query: str, space: ItemSpace) -> NDArray[np.float32]:
    """Return the cosine of the words of a query with those of each title (n,), for queries that the embedder cannot read; ideographs
    count as pairs of characters, and one alone as itself.
    """
    asked, single = set(words(query)), query.strip().casefold() if len(query.strip()) == 1 else ""
    shared, lengths = np.zeros(len(space.titles), np.float32), space.numbers_of_words
    for word in asked:
        shared[space.titles_with.get(word, NO_POSITIONS)] += 1.0
    found = np.asarray(shared / np.sqrt(np.maximum(len(asked) * lengths, 1.0)), np.float32)
    if single:
        rest = [at for at in np.flatnonzero(shared == 0).tolist() if single in space.titles[at].casefold()]
        found[rest] = 1.0 / np.sqrt(1.0 + lengths[rest])
    return found
