"""What messages and searches are about: a topic of the built-in vocabulary, or nothing at all, by classifiers trained on written examples
(`scripts/train_messages.py`).

Chinese is read by its characters, so that it is placed with any embedder; English by the sentence vectors of the embedders that ship.
"""

import re
import zlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

NOTHING = "nothing"
PLACES = 1 << 14
"""Places that runs of characters are hashed into."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
Scores = NDArray[np.float64]


class MessageTopics:
    """Probabilities of the classes for texts. `embedder`: the name of what makes their vectors."""

    def __init__(self, embedder: str) -> None:
        self.weights = _weights()
        self.classes = tuple(self.weights["classes"].tolist())
        self.topics = tuple(name for name in self.classes if name != NOTHING)
        known = [name for name in ("minilm", "multilingual") if str(self.weights[f"{name}_embedder"]) == embedder]
        self.by_vector = known[0] if known else None

    def reads(self, text: str) -> bool:
        """Whether any of the classifiers reads the language of the text."""
        return is_han(text) or (self.by_vector is not None and not _foreign(text))

    def probabilities(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> Scores:
        """Shape (n, classes), rows add up to 1: of texts that are read, with their unit vectors (n, d)."""
        log = np.zeros((len(texts), len(self.classes)))
        han = np.array([is_han(text) for text in texts], bool)
        if self.by_vector is not None:
            by_vector = _log_softmax(
                vectors.astype(np.float64) @ self._of(self.by_vector).T + self.weights[f"{self.by_vector}_bias"]
            )
            reads_han = self.by_vector == "multilingual"
            log += np.where(han[:, None], by_vector if reads_han else 0.0, by_vector)
        for row in np.flatnonzero(han).tolist():
            by_characters = (
                self._of("characters")[:, characters(texts[row])].sum(axis=1) + self.weights["characters_bias"]
            )
            log[row] += _log_softmax(by_characters[None, :])[0]
        found: Scores = np.exp(_log_softmax(log))
        return found

    def _of(self, name: str) -> Scores:
        return _wide(name)


def is_han(text: str) -> bool:
    """Whether the text is to be read by its Chinese characters."""
    return 3 * len(_HAN.findall(text)) >= len(_LETTER.findall(text)) > 0


def characters(text: str) -> NDArray[np.int64]:
    """Places of the runs of one to four characters in a text, shape (n,), each once."""
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
