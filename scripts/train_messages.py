"""Train the classifier that places messages and searches: `python scripts/train_messages.py` writes the weights that
ship with the package.

Logistic regressions over the topics of the built-in vocabulary and one more class, "nothing": over characters for
Chinese (any embedder), over sentence vectors for the two embedders that ship. Trained on written examples (`data/`)
and the vocabulary's own terms.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from penchant.agent.taxonomy.scorer import NOTHING, PLACES, characters
from penchant.prompts.terms import subtopics_of, terms_of
from penchant.prompts.vocabulary import Vocabulary
from penchant.settings import Settings
from penchant.store.embedders import open_embedder

FOLDER = Path(__file__).parent / "data"
DATA = Path(__file__).parent.parent / "src" / "penchant" / "agent" / "taxonomy" / "data"
C_CHARACTERS, C_VECTORS = 10.0, 8.0
Row = tuple[str, str]
"""A text and its class."""


def chinese_rows(vocabulary: Vocabulary) -> list[Row]:
    """Return messages, and the terms of every subtopic."""
    rows = [row for line in _lines("messages_zh.txt") for row in _messages(line)]
    return rows + [(term, topic) for topic, subtopic in subtopics_of(vocabulary) for term in terms_of(subtopic, "zh")]


def english_rows(vocabulary: Vocabulary) -> list[Row]:
    """Return titles, headlines and questions of every subtopic, messages by topic, and messages about nothing."""
    rows = examples(vocabulary, "en") + [row for line in _lines("messages_en.txt") for row in _messages(line)]
    rows += [(text.strip(), NOTHING) for line in _lines("messages_nothing_en.txt") for text in line.split(" | ")]
    return rows + [(term, topic) for topic, subtopic in subtopics_of(vocabulary) for term in terms_of(subtopic, "en")]


def examples(vocabulary: Vocabulary, language: str) -> list[Row]:
    """Return the texts of every subtopic that are written for `fit_subtopics.py`."""
    owner = {subtopic.id: topic for topic, subtopic in subtopics_of(vocabulary)}
    listed = map(json.loads, (FOLDER / f"exemplars_{language}.jsonl").read_text("utf-8").splitlines())
    return [(text, owner[row["subtopic"]]) for row in listed if row["subtopic"] in owner for text in row["texts"]]


def by_characters(rows: Sequence[Row]) -> LogisticRegression:
    """Return the regression over hashed characters."""
    indices = [characters(text) for text, _ in rows]
    pointers = np.cumsum([0, *map(len, indices)])
    flat = np.concatenate(indices)
    table = csr_matrix((np.ones(len(flat), np.float32), flat, pointers), shape=(len(rows), PLACES))
    return LogisticRegression(C=C_CHARACTERS, max_iter=500).fit(table, [label for _, label in rows])


def by_vectors(vectors: NDArray[np.float32], rows: Sequence[Row]) -> LogisticRegression:
    """Return the regression over sentence vectors."""
    return LogisticRegression(C=C_VECTORS, max_iter=500).fit(vectors, [label for _, label in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    every = ("characters", "minilm", "multilingual")
    parser.add_argument("--only", choices=every, nargs="+", default=every, help="these classifiers; the others stay")
    asked = parser.parse_args()
    vocabulary = Vocabulary.load()
    english, chinese = english_rows(vocabulary), chinese_rows(vocabulary)
    models = {"characters": by_characters(examples(vocabulary, "zh") + chinese)} if "characters" in asked.only else {}
    home = Path(tempfile.mkdtemp())
    names = {}
    for provider in ("minilm", "multilingual"):
        if provider not in asked.only:
            continue
        embedder = open_embedder(Settings.model_validate({"home": home, "embedding": {"provider": provider}}))
        rows = english if provider == "minilm" else [*english, *chinese]
        models[provider] = by_vectors(embedder.embed([text for text, _ in rows]), rows)
        names[provider] = embedder.name
    path = DATA / "messages.npz"
    saved: dict[str, NDArray[np.generic]] = dict(np.load(path)) if set(asked.only) != set(every) else {}
    saved["classes"] = np.array(next(iter(models.values())).classes_)
    for name, model in models.items():
        saved[name] = model.coef_.astype(np.float16)
        saved[f"{name}_bias"] = model.intercept_.astype(np.float32)
        if name in names:
            saved[f"{name}_embedder"] = np.array(names[name])
    np.savez_compressed(path, **saved)  # type: ignore[arg-type]
    print(f"{len(english)} English and {len(chinese)} Chinese texts, {path.stat().st_size / 1024:.0f} kB")


def _lines(name: str) -> list[str]:
    return [line for line in (FOLDER / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _messages(line: str) -> list[Row]:
    topic, _, messages = line.partition(": ")
    return [(text.strip(), topic) for text in messages.split(" | ")]


if __name__ == "__main__":
    main()
