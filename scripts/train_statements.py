"""Train the statement classifier: `python scripts/train_statements.py` writes the weights that ship with the package.

Logistic regressions over hashed words and rule features (and, for English, over the default embedder's sentence vectors), fitted on the
sentences of `statement_sentences/`. `--half` leaves the held-out groups out, as `benchmarks/statements.py` does.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from statement_data import Example, examples

from penchant.agent.statements import reading_en, reading_zh
from penchant.agent.statements.classifier import KINDS, PLACES, Weights, features
from penchant.settings import Settings
from penchant.store.embedders import open_embedder

DATA = Path(__file__).parent.parent / "src" / "penchant" / "agent" / "statements" / "data"
#: Regularisation (inverse strength) of the regression over words and of the one over vectors.
C_WORDS, C_VECTOR = 2.0, 3.0
#: How much of the log-odds by vectors is added to those by words.
VECTOR_SHARE = 1.0


def rows(sentences: Sequence[Example], language: str) -> csr_matrix:
    """Hashed features, one row a sentence."""
    read = reading_zh.read if language == "zh" else reading_en.read
    indices, pointers = [], [0]
    for example in sentences:
        text = example.text.rstrip("。") if language == "zh" else example.text
        indices.append(features(text, read(text), chinese=language == "zh"))
        pointers.append(pointers[-1] + len(indices[-1]))
    flat = np.concatenate(indices)
    return csr_matrix((np.ones(len(flat), np.float32), flat, pointers), shape=(len(sentences), PLACES))


def with_bare_forms(sentences: Sequence[Example]) -> list[Example]:
    """Also as people type: without the last full stop, and without a capital."""
    bare = [replace(one, text=one.text.rstrip(".")) for one in sentences if one.text.endswith(".")]
    small = [replace(one, text=one.text[:1].lower() + one.text[1:]) for one in bare[::2]]
    return list({one.text: one for one in [*sentences, *bare, *small]}.values())


def train(sentences: Sequence[Example], language: str, vectors: NDArray[np.float32] | None, embedder: str) -> Weights:
    """Weights fitted on `sentences`; `vectors`: their sentence vectors, shape (n, d), or None."""
    vector, vector_intercept = np.zeros(0, np.float32), 0.0
    if vectors is not None:
        told = np.array([example.kind is not None for example in sentences])
        by_vector = LogisticRegression(C=C_VECTOR, max_iter=1000).fit(vectors, told)
        vector = (VECTOR_SHARE * by_vector.coef_[0]).astype(np.float32)
        vector_intercept = VECTOR_SHARE * float(by_vector.intercept_[0])
    sentences = with_bare_forms(sentences)
    table = rows(sentences, language)
    states = np.array([example.kind is not None for example in sentences])
    model = LogisticRegression(C=C_WORDS, max_iter=1000).fit(table, states)
    chosen = np.flatnonzero(states)
    kinds = np.array([KINDS.index(example.kind) for example in sentences if example.kind])
    kind_model = LogisticRegression(C=C_WORDS, max_iter=1000).fit(table[chosen], kinds)
    return Weights(
        states=model.coef_[0].astype(np.float32),
        intercept=float(model.intercept_[0]),
        kinds=kind_model.coef_.astype(np.float32),
        kind_intercepts=kind_model.intercept_.astype(np.float32),
        vector=vector,
        vector_intercept=vector_intercept,
        embedder=embedder,
    )


def save(weights: Weights, path: Path) -> None:
    """As half-precision arrays, compressed."""
    np.savez_compressed(
        path,
        states=weights.states.astype(np.float16),
        intercept=np.float32(weights.intercept),
        kinds=weights.kinds.astype(np.float16),
        kind_intercepts=weights.kind_intercepts,
        vector=weights.vector.astype(np.float16),
        vector_intercept=np.float32(weights.vector_intercept),
        embedder=np.array(weights.embedder),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", action="store_true", help="leave the held-out groups out")
    asked = parser.parse_args()
    embedder = open_embedder(Settings(home=Path(tempfile.mkdtemp())))
    DATA.mkdir(exist_ok=True)
    for language in ("en", "zh"):
        sentences = [example for example in examples(language) if not (asked.half and example.held_out)]
        vectors = embedder.embed([example.text for example in sentences]) if language == "en" else None
        weights = train(sentences, language, vectors, embedder.name if language == "en" else "")
        path = DATA / f"{language}.npz"
        save(weights, path)
        print(f"{language}: {len(sentences)} sentences, {path.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
