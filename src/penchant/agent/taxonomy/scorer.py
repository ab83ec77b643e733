"""How well each subtopic of the vocabulary fits an item, and what the catalogue's own mix makes of it."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.embedder import Embedder, Matrix, unit_rows

Scores = NDArray[np.float64]
SHARPNESS = 25.0
MIX_WEIGHT = 0.7
MIX_ROUNDS = 30
MIX_FLOOR = 1e-5


class SubtopicScorer:
    """Scores of vectors for the vocabulary's subtopics, in the order of `ids`. The vocabulary is embedded at first use."""

    def __init__(self, vocabulary: Vocabulary, embedder: Embedder) -> None:
        self.vocabulary, self.embedder = vocabulary, embedder
        self.ids = tuple(sub.id for topic in vocabulary.topics for sub in (topic.subtopics or (topic,)))
        self.owners = np.array([t for t, topic in enumerate(vocabulary.topics) for _ in (topic.subtopics or (topic,))])

    def log_scores(self, vectors: Matrix, texts: Sequence[str]) -> Scores:
        """Shape (n, subtopics): log-probabilities of items with these `vectors` (n, d) and `texts`, one by one."""
        return log_softmax(SHARPNESS * vectors.astype(np.float64) @ self._descriptions.T.astype(np.float64))

    @cached_property
    def _descriptions(self) -> Matrix:
        language = "en" if self.embedder.name.startswith("minilm") else "zh"
        languages = dict.fromkeys(("en", language))
        places = [sub for topic in self.vocabulary.topics for sub in (topic.subtopics or (topic,))]
        by_language = [self.embedder.embed([place.text(language) for place in places]) for language in languages]
        return unit_rows(np.sum(by_language, axis=0, dtype=np.float64))


def log_softmax(scores: Scores) -> Scores:
    """Row-wise log of softmax."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    normal: Scores = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return normal


def with_mix(scores: Scores, sizes: Scores) -> Scores:
    """Log-probabilities of rows (themes) with the catalogue's own mix of subtopics as a prior, found by expectation maximisation;
    `sizes`: how much each row counts."""
    prior = np.zeros(scores.shape[1])
    weights = (sizes / max(sizes.sum(), 1e-12))[:, None]
    for _ in range(MIX_ROUNDS):
        explained = (np.exp(log_softmax(scores + MIX_WEIGHT * prior)) * weights).sum(axis=0)
        prior = np.log(np.maximum(explained, MIX_FLOOR))
    return log_softmax(scores + MIX_WEIGHT * prior)
