"""Scores how well each subtopic of the vocabulary fits an item, and learns the catalogue's mix of subtopics.

For the built-in vocabulary and embedders, a linear classifier ships with the package (`data/classifier-….npz`, made by
`scripts/fit_subtopics.py` from written examples, the vocabulary's terms and its descriptions). For other vocabularies and embedders
the nearest terms are used. Terms that occur literally in the title count in both cases.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.taxonomy.lexicon import ENGLISH_ONLY, Hits, lexicon_of, reads
from penchant.arrays import Flags, Ints
from penchant.characters import IDEOGRAPH, LANGUAGES
from penchant.prompts.terms import subtopics_of, terms_of
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.embedder import Embedder, Matrix

NOTHING = "nothing"
PLACES = 1 << 14
"""Number of buckets into which runs of characters are hashed."""
_LETTER = re.compile(r"[^\W\d_]")
Scores = NDArray[np.float64]


class MessageTopics:
    """A classifier of messages: probabilities of topics, and of none. `embedder`: the name of the embedder that makes the vectors."""

    def __init__(self, embedder: str) -> None:
        self.weights = _weights()
        self.classes = tuple(self.weights["classes"].tolist())
        self.topics = tuple(name for name in self.classes if name != NOTHING)
        known = [name for name in ("minilm", "multilingual") if str(self.weights[f"{name}_embedder"]) == embedder]
        self.by_vector = known[0] if known else None

    def reads(self, text: str) -> bool:
        """Return whether one of the classifiers supports the language of the text."""
        return is_han(text) or (self.by_vector is not None and not _foreign(text))

    def probabilities(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> Scores:
        """Return the probabilities (n, classes), rows sum to 1, of texts that `reads` accepts, with their unit vectors (n, d)."""
        log = np.zeros((len(texts), len(self.classes)))
        han = np.array([is_han(text) for text in texts], bool)
        if self.by_vector is not None:
            by_vector = _log_softmax(
                vectors.astype(np.float64) @ _wide(self.by_vector).T + self.weights[f"{self.by_vector}_bias"]
            )
            reads_han = self.by_vector == "multilingual"
            log += np.where(han[:, None], by_vector if reads_han else 0.0, by_vector)
        for row in np.flatnonzero(han).tolist():
            by_characters = _wide("characters")[:, characters(texts[row])].sum(axis=1) + self.weights["characters_bias"]
            log[row] += _log_softmax(by_characters[None, :])[0]
        found: Scores = np.exp(_log_softmax(log))
        return found


def is_han(text: str) -> bool:
    """Return whether at least a third of the letters of the text are ideographs, so that it is classified by characters."""
    return 3 * len(IDEOGRAPH.findall(text)) >= len(_LETTER.findall(text)) > 0


def characters(text: str) -> NDArray[np.int64]:
    """Return the buckets of the runs of one to four characters in a text, shape (n,), each once."""
    whole = f"^{''.join(text.casefold().split()).rstrip('。？?！!.~')}$"
    runs = {whole[at : at + size] for size in (1, 2, 3, 4) for at in range(len(whole) - size + 1)}
    places = {zlib.crc32(run.encode("utf-8", "replace")) % PLACES for run in runs}
    return np.fromiter(places, np.int64, len(places))


def _foreign(text: str) -> bool:
    letters = _LETTER.findall(text)
    return not letters or sum(letter > "\u024f" for letter in letters) > 0.3 * len(letters)


def _log_softmax(scores: Scores) -> Scores:
    shifted: Scores = scores - scores.max(axis=1, keepdims=True)
    logs: Scores = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logs


@cache
def _weights() -> dict[str, NDArray[Any]]:
    with files(__package__).joinpath("data/messages.npz").open("rb") as file, np.load(file) as data:
        return {name: data[name] for name in data.files}


@cache
def _wide(name: str) -> Scores:
    return np.asarray(_weights()[name], np.float64)


LEXICON_WEIGHT = 3.0
LEXICON_ALONE = 7.0
"""Log-odds of a term in the title: in addition to those by the vector, and alone if the embedder does not support the title."""
SHARPNESS = 25.0
"""Log-odds per unit of cosine, for vocabularies and embedders without a classifier."""
NEAREST, NEAREST_WEIGHT = 3, 0.7
MIX_ROUNDS, MIX_FLOOR = 10, 1e-4
"""With more rounds, the smallest subtopics of a catalogue would vanish, whatever the titles say."""
TOPIC_WEIGHT = 0.5
MIX_PRIOR = 20.0
"""Number of imaginary rows, spread evenly over all subtopics, because a small catalogue says little about its mix."""


class Titles(NamedTuple):
    """n titles after analysis. `read` (n,): whether the embedder supports them; `hits`: the terms in them."""

    read: Flags
    hits: Hits


class SubtopicScorer:
    """Scores items for the vocabulary's subtopics, in the order of `ids`; `owners` are the indices of their topics."""

    def __init__(self, vocabulary: Vocabulary, embedder: Embedder) -> None:
        self.vocabulary, self.embedder = vocabulary, embedder
        self.places = subtopics_of(vocabulary)
        self.ids = tuple(subtopic.id for _, subtopic in self.places)
        topics = [topic.id for topic in vocabulary.topics]
        self.owners = np.array([topics.index(topic_id) for topic_id, _ in self.places])
        self.lexicon = lexicon_of(vocabulary)

    def scores(self, vectors: Matrix, titles: Sequence[str]) -> Scores:
        """Return the log-odds (n, subtopics), up to a constant per row, of items with these unit `vectors` (n, d) and `titles`."""
        return self.scores_at(np.arange(len(titles)), vectors, self.titles(titles))

    def titles(self, titles: Sequence[str]) -> "Titles":
        """Analyse `titles`, for `scores_at`."""
        read = np.array([reads(self.embedder.name, title) for title in titles], bool)
        return Titles(read, self.lexicon.hits(titles))

    def scores_at(self, rows: Ints, vectors: Matrix, titles: "Titles") -> Scores:
        """Return the `scores` of some items: `rows` (k,) of `titles` and their `vectors` (k, d)."""
        read = titles.read[rows, None]
        by_terms = np.where(read, LEXICON_WEIGHT, LEXICON_ALONE) * titles.hits.table(rows)
        scores: Scores = np.where(read, self._by_vector(vectors), 0.0) + by_terms
        return scores

    def _by_vector(self, vectors: Matrix) -> Scores:
        fitted = self._classifier
        if fitted is not None:
            weights, bias = fitted
            return vectors.astype(np.float64) @ weights.T + bias
        return SHARPNESS * self._nearest_terms(vectors)

    @cached_property
    def _classifier(self) -> tuple[Scores, Scores] | None:
        """Weights (subtopics, d) and bias (subtopics,) for this embedder; None if it or one of the subtopics was not fitted."""
        for name in ("minilm", "multilingual"):
            source = files(__package__).joinpath(f"data/classifier-{name}.npz")
            if not self.embedder.name.startswith(name) or not source.is_file():
                continue
            with source.open("rb") as stream, np.load(stream, allow_pickle=False) as fitted:
                rows = {subtopic_id: row for row, subtopic_id in enumerate(fitted["ids"].tolist())}
                if str(fitted["embedder"]) == self.embedder.name and rows.keys() >= set(self.ids):
                    own = [rows[subtopic_id] for subtopic_id in self.ids]
                    return fitted["weights"][own].astype(np.float64), fitted["bias"][own].astype(np.float64)
        return None

    def _nearest_terms(self, vectors: Matrix) -> Scores:
        """Return for each subtopic a mean of the cosines of its nearest term and its three nearest terms: shape (n, subtopics)."""
        terms, starts = self._term_vectors
        near = np.zeros((len(vectors), len(self.ids)))
        cosines = vectors.astype(np.float64) @ terms.T
        for index, (start, stop) in enumerate(pairwise(starts)):
            best = np.sort(cosines[:, start:stop], axis=1)[:, ::-1][:, :NEAREST]
            near[:, index] = NEAREST_WEIGHT * best[:, 0] + (1 - NEAREST_WEIGHT) * best.mean(axis=1)
        return near

    @cached_property
    def _term_vectors(self) -> tuple[Matrix, list[int]]:
        texts: list[str] = []
        starts = [0]
        languages = ["en"] if self.embedder.name.startswith(ENGLISH_ONLY) else LANGUAGES
        for _, subtopic in self.places:
            texts += [term for language in languages for term in terms_of(subtopic, language)]
            starts.append(len(texts))
        return self.embedder.embed(texts), starts


def log_softmax(scores: Scores) -> Scores:
    """Return the logarithm of softmax, by row."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    normal: Scores = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return normal


def mix_of(scores: Scores, owners: NDArray[np.int64]) -> Scores:
    """Return a prior to be added to scores, shape (subtopics,): the log of the share of rows that each subtopic explains, found by
    expectation maximisation, plus half the log of its topic's share, so that a subtopic of a rare topic is less likely. `owners`:
    topic of each subtopic.
    """
    count, size = scores.shape
    prior = np.zeros(size)
    for _ in range(MIX_ROUNDS):
        explained = sum((np.exp(log_softmax(part + prior)).sum(axis=0) for part in _parts(scores)), np.zeros(size))
        prior = np.log(np.maximum((explained + MIX_PRIOR / size) / (count + MIX_PRIOR), MIX_FLOOR))
    of_topic = np.bincount(owners, np.exp(prior))[owners]
    weighed: Scores = prior + TOPIC_WEIGHT * np.log(of_topic)
    return weighed


def _parts(scores: Scores, size: int = 4_096) -> Iterator[Scores]:
    return (scores[start : start + size] for start in range(0, len(scores), size))
