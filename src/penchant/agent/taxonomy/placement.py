"""Places vectors of texts in the vocabulary, by embedding alone.

The score of a topic combines the similarity to its own description with the mean similarity to its two nearest subtopics, because a
broad topic consists of many small places and its one description is near none of them. The weight of the description and the
sharpness of the confidence depend on the embedder, so they are constants per embedder, fitted on the seen half of the gold groups
(`benchmarks/placement.py --fit`).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.characters import LANGUAGES
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.embedder import Embedder, Matrix

Scores = NDArray[np.float64]


class Placed(NamedTuple):
    """A topic for a text: its nearest subtopic (None if the topic has none), `score`, the combined similarity on the embedder's own
    scale, and `confidence`, the probability (0–1, over all topics) that the topic is right. `lead`: by how much the similarity of the
    nearest subtopic exceeds that of the next one in the topic.
    """

    topic_id: str
    subtopic_id: str | None
    score: float
    confidence: float
    lead: float = 0.0


@dataclass(frozen=True)
class Calibration:
    """How to interpret an embedder's similarities.

    `languages`: those whose descriptions are embedded. `centred`: whether the vocabulary's mean is subtracted first (for embedders
    whose similarities lie in a narrow band). `description`: weight of the topic's own description. `sharpness`: confidence is
    softmax(sharpness × scores standardised over the topics).
    """

    languages: tuple[str, ...] = LANGUAGES
    centred: bool = True
    description: float = 0.3
    sharpness: float = 2.5


#: By the start of the embedder's name; an embedder not listed gets `Calibration()`.
CALIBRATIONS = {
    "minilm": Calibration(languages=("en",), centred=False, description=0.15, sharpness=2.5),
    "multilingual": Calibration(languages=LANGUAGES, centred=True, description=0.3, sharpness=2.5),
}


def calibration_of(embedder_name: str) -> Calibration:
    """Return the constants for an embedder."""
    return next((known for start, known in CALIBRATIONS.items() if embedder_name.startswith(start)), Calibration())


class Placement:
    """Places vectors in `vocabulary`, which is embedded on first use (only once if the embedder caches)."""

    def __init__(self, vocabulary: Vocabulary, embedder: Embedder, calibration: Calibration | None = None) -> None:
        self.vocabulary = vocabulary
        self.embedder = embedder
        self.calibration = calibration or calibration_of(embedder.name)

    def topics(self, vectors: Matrix, k: int = 3) -> list[list[Placed]]:
        """Return for each row of `vectors`, shape (n, d), its `k` best topics, best first. Raises `ModelError` from the embedder."""
        places = self._places
        similarities = places.similarities(np.asarray(vectors))
        return self._best(places.scores(similarities), similarities, k)

    def _best(self, scores: Scores, similarities: Scores, k: int) -> list[list[Placed]]:
        places, topics = self._places, self.vocabulary.topics
        order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        confidences = _softmax(self.calibration.sharpness * _standardised(scores))
        nearest, leads = places.nearest_subtopics(similarities)
        return [
            [
                Placed(
                    topics[t].id,
                    places.subtopic_id(nearest[row, t]),
                    float(scores[row, t]),
                    float(confidences[row, t]),
                    float(leads[row, t]),
                )
                for t in best
            ]
            for row, best in enumerate(order)
        ]

    @cached_property
    def _places(self) -> "_Places":
        described = list(self.vocabulary.places())
        by_language = [
            self.embedder.embed([place.texts[language] for place in described])
            for language in self.calibration.languages
        ]
        vectors = _unit(np.sum(by_language, axis=0, dtype=np.float64))
        index = {topic.id: t for t, topic in enumerate(self.vocabulary.topics)}
        owners = np.array([index[place.topic_id] for place in described])
        return _Places(vectors, owners, tuple(place.subtopic_id for place in described), self.calibration)


class _Places:
    """The vocabulary as arrays. Rows of `vectors`, shape (m, d), are topics (id None) and subtopics; `owners` are indices of topics."""

    def __init__(
        self, vectors: Scores, owners: NDArray[np.int64], ids: tuple[str | None, ...], calibration: Calibration
    ) -> None:
        self.description = calibration.description
        self.centre = vectors.mean(axis=0) * calibration.centred
        self.vectors = _unit(vectors - self.centre)
        self.ids = ids
        is_topic = np.array([name is None for name in ids])
        self.topic_rows = np.flatnonzero(is_topic)
        # A topic without subtopics is its own member, so that its score is comparable.
        members = [np.flatnonzero((owners == t) & ~is_topic) for t in range(len(self.topic_rows))]
        members = [own if len(own) else self.topic_rows[[t]] for t, own in enumerate(members)]
        width = max(2, *(len(own) for own in members))
        # Shape (topics, width): rows of `vectors`, padded with the index of an extra column of similarity -inf.
        self.members = np.array([[*own, *[len(ids)] * (width - len(own))] for own in members])

    def similarities(self, vectors: NDArray[np.floating]) -> Scores:
        """Return the cosines of `vectors`, shape (n, d), with every place: shape (n, m)."""
        cosines: Scores = _unit(vectors.astype(np.float64) - self.centre) @ self.vectors.T
        return cosines

    def scores(self, similarities: Scores) -> Scores:
        """Return the scores of topics, shape (n, topics): descriptions combined with the two nearest subtopics."""
        two = np.sort(self._of_members(similarities), axis=2)[:, :, -2:]
        nearest = np.where(np.isinf(two[:, :, 0]), two[:, :, 1], two.mean(axis=2))
        return self.description * similarities[:, self.topic_rows] + (1 - self.description) * nearest

    def nearest_subtopics(self, similarities: Scores) -> tuple[NDArray[np.int64], Scores]:
        """Return the row of each topic's nearest subtopic, and its lead over the next one (its own similarity if it is the only one):
        both of shape (n, topics).
        """
        of_members = self._of_members(similarities)
        best = np.argmax(of_members, axis=2)
        two = np.sort(of_members, axis=2)[:, :, -2:]
        leads = two[:, :, 1] - np.where(np.isinf(two[:, :, 0]), 0.0, two[:, :, 0])
        return np.take_along_axis(self.members, best.T, axis=1).T, leads

    def subtopic_id(self, row: int) -> str | None:
        return self.ids[row]

    def _of_members(self, similarities: Scores) -> Scores:
        filled = np.pad(similarities, ((0, 0), (0, 1)), constant_values=-np.inf)
        return filled[:, self.members]


def _unit(rows: Scores) -> Scores:
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    units: Scores = rows / np.where(norms > 0, norms, 1.0)
    return units


def _standardised(scores: Scores) -> Scores:
    spread = scores.std(axis=1, keepdims=True)
    standardised: Scores = (scores - scores.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)
    return standardised


def _softmax(scores: Scores) -> Scores:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: Scores = powers / powers.sum(axis=1, keepdims=True)
    return probabilities
