#!/usr/bin/env python3
"""Fit the subtopic classifiers that ship with the package, one per local embedder.

    python scripts/fit_subtopics.py [minilm] [multilingual]

A logistic regression over written examples (`scripts/data/exemplars_….jsonl`: texts, and titles of news, works and
products) and the vocabulary's terms (`prompts/data/terms.toml`); 12.5 times the cosine with the subtopic's
description is added to its log-odds. Embeddings are cached in a folder for temporary files. Deterministic.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

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
WEIGHTS = {"texts": 1.0, "titles": 0.6}
"""Weights of the examples. With 1.0 for titles, headlines were right a hundredth more often, but doubtful items of a
gift shop wrong five hundredths more often.
"""
EMBEDDERS: dict[str, tuple[type, tuple[str, ...]]] = {
    "minilm": (MiniLm, ("en",)),
    "multilingual": (MultilingualE5, ("en", "zh")),
}


def fit(embedder: Embedder, languages: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Return the arrays of one classifier: ids, weights (subtopics, d), bias (subtopics,) and the embedder's name."""
    places = [subtopic for _, subtopic in subtopics_of(Vocabulary.load())]
    number = {place.id: row for row, place in enumerate(places)}
    rows = [
        (text, number[row["subtopic"]], weight)
        for language in languages
        for row in examples(language)
        for kind, weight in WEIGHTS.items()
        for text in row.get(kind, [])
        if row["subtopic"] in number
    ]
    rows += [
        (term, row, 1.0)
        for row, place in enumerate(places)
        for language in languages
        for term in terms_of(place, language)
    ]
    texts, labels, weights_of = zip(*rows, strict=True)
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(embedder.embed(texts), labels, sample_weight=weights_of)
    described = np.mean([embedder.embed([place.text(language) for place in places]) for language in languages], axis=0)
    weights = model.coef_ + DESCRIPTION * described
    ids = np.array([place.id for place in places])
    return {
        "ids": ids,
        "weights": weights.astype(np.float16),
        "bias": model.intercept_.astype(np.float32),
        "embedder": np.array(embedder.name),
    }


def examples(language: str) -> list[dict[str, Any]]:
    """Return the rows of `language`: a subtopic's id, its texts and its titles."""
    lines = (HERE / f"data/exemplars_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


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
