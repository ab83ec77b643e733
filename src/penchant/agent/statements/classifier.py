"""Whether a sentence states something lasting of its writer, and what kind: logistic regressions, trained on sentences written for this
project (`scripts/train_statements.py`), their weights shipped as data.

One model a language reads words and rules alone; for English another reads the sentence vector of the default embedder, and the two are
added where that embedder is in use.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.statements.features import features
from penchant.agent.statements.patterns_en import Kind
from penchant.agent.statements.reading import Reading

KINDS: tuple[Kind, ...] = ("like", "dislike", "avoid", "require", "prefer", "habit", "goal", "fact")


class Weights(NamedTuple):
    """`states`: shape (places,), log-odds that a sentence states something; `kinds`: shape (8, places); with their intercepts.

    `vector`: shape (dimensions,) or empty: log-odds by the sentence vector of `embedder`.
    """

    states: NDArray[np.float32]
    intercept: float
    kinds: NDArray[np.float32]
    kind_intercepts: NDArray[np.float32]
    vector: NDArray[np.float32]
    vector_intercept: float
    embedder: str


class StatementClassifier:
    """Reads sentences of one language."""

    def __init__(self, weights: Weights, *, chinese: bool) -> None:
        self.weights = weights
        self.chinese = chinese

    def log_odds(self, sentence: str, readings: Sequence[Reading]) -> float:
        """That the sentence states something lasting of its writer, by its words and the rules, in nats."""
        places = features(sentence, readings, chinese=self.chinese)
        return float(self.weights.states[places].sum()) + self.weights.intercept

    def log_odds_of(self, vector: NDArray[np.float32]) -> float:
        """What the sentence's vector adds to that."""
        return float(self.weights.vector @ vector) + self.weights.vector_intercept

    def kind(self, sentence: str, readings: Sequence[Reading]) -> Kind:
        """The likeliest kind of a sentence that states something."""
        places = features(sentence, readings, chinese=self.chinese)
        scores = self.weights.kinds[:, places].sum(axis=1) + self.weights.kind_intercepts
        return KINDS[int(np.argmax(scores))]

    def reads_vectors_of(self, embedder: str) -> bool:
        """Whether sentence vectors of this embedder say anything to it."""
        return bool(self.weights.vector.size) and self.weights.embedder == embedder


@cache
def statement_classifier(language: str) -> StatementClassifier:
    """The shipped classifier of "en" or "zh"."""
    with files("penchant.agent.statements").joinpath(f"data/{language}.npz").open("rb") as file, np.load(file) as data:
        weights = Weights(
            states=data["states"].astype(np.float32),
            intercept=float(data["intercept"]),
            kinds=data["kinds"].astype(np.float32),
            kind_intercepts=data["kind_intercepts"].astype(np.float32),
            vector=data["vector"].astype(np.float32),
            vector_intercept=float(data["vector_intercept"]),
            embedder=str(data["embedder"]),
        )
    return StatementClassifier(weights, chinese=language == "zh")
