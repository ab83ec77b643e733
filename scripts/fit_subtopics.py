#!/usr/bin/env python3
"""Fits the subtopic classifiers that ship with the package, one per embedder of this machine.

    python scripts/fit_subtopics.py [minilm] [multilingual]

A logistic regression over written examples (`scripts/data/exemplars_en.jsonl`) and the vocabulary's terms (`prompts/data/terms.toml`), to
whose log-odds half of 25 times the cosine with the subtopic's description is added. Embeddings are remembered in a folder for temporary
files. Deterministic.
"""

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from penchant.prompts.terms import subtopics_of, terms_of
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.cached import CachedEmbedder
from penchant.store.embedders.embedder import Embedder
from penchant.store.embedders.minilm import MiniLm
from penchant.store.embedders.multilingual import MultilingualE5

HERE = Path(__file__).parent
TARGET = HERE.parent / "src/penchant/agent/taxonomy/data"
STRENGTH = 10.0
DESCRIPTION = 12.5
EMBEDDERS: dict[str, tuple[type, tuple[str, ...]]] = {
    "minilm": (MiniLm, ("en",)),
    "multilingual": (MultilingualE5, ("en", "zh")),
}


def fit(embedder: Embedder, languages: tuple[str, ...]) -> dict[str, np.ndarray]:
    """The arrays of one classifier: ids, weights (subtopics, d), bias (subtopics,) and the embedder's name."""
    places = [subtopic for _, subtopic in subtopics_of(Vocabulary.load())]
    number = {place.id: row for row, place in enumerate(places)}
    rows = [json.loads(line) for line in (HERE / "data/exemplars_en.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [(text, number[row["subtopic"]]) for row in rows for text in row["texts"] if row["subtopic"] in number]
    texts += [
        (term, row) for row, place in enumerate(places) for language in languages for term in terms_of(place, language)
    ]
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(embedder.embed([text for text, _ in texts]), [row for _, row in texts])
    described = np.mean([embedder.embed([place.text(language) for place in places]) for language in languages], axis=0)
    weights = model.coef_ + DESCRIPTION * described
    ids = np.array([place.id for place in places])
    return {
        "ids": ids,
        "weights": weights.astype(np.float16),
        "bias": model.intercept_.astype(np.float32),
        "embedder": np.array(embedder.name),
    }


def main(names: list[str]) -> None:
    """Write the classifiers of `names`, or of all embedders."""
    for name in names or EMBEDDERS:
        kind, languages = EMBEDDERS[name]
        embedder = CachedEmbedder(kind(), Path(tempfile.gettempdir()) / "penchant-fit" / f"{name}.db")
        path = TARGET / f"classifier-{name}.npz"
        np.savez_compressed(path, allow_pickle=False, **fit(embedder, languages))
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
