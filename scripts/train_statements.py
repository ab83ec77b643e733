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
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from statement_data import Example, examples

from penchant.agent.statements import reading_en, reading_zh
from penchant.agent.statements.classifier import KINDS, PLACES, ClassifierWeights, features
from penchant.agent.statements.spans import SPAN_PLACES, Span, span_features, spans
from penchant.settings import Settings
from penchant.store.embedders import open_embedder

DATA = Path(__file__).parent.parent / "src" / "penchant" / "agent" / "statements" / "data"
#: Regularisation (inverse strength) of the regression over words and of the one over vectors.
C_WORDS, C_VECTOR = 2.0, 3.0
#: The L2 penalty of the span ranker.
SPAN_PENALTY = 0.5
#: How much of the log-odds by vectors is added to those by words.
VECTOR_SHARE = 1.0


def rows(sentences: Sequence[Example], language: str, *, with_subject: bool = False) -> csr_matrix:
    """Hashed features, one row a sentence; `with_subject`: the sentence's own subject set apart rather than the one the rules find."""
    read = reading_zh.read if language == "zh" else reading_en.read
    indices, pointers = [], [0]
    for example in sentences:
        text = example.text.rstrip("。") if language == "zh" else example.text
        bounds = bounds_of(example) if with_subject else None
        indices.append(features(text, read(text), chinese=language == "zh", subject=bounds))
        pointers.append(pointers[-1] + len(indices[-1]))
    flat = np.concatenate(indices)
    return csr_matrix((np.ones(len(flat), np.float32), flat, pointers), shape=(len(sentences), PLACES))


def bounds_of(example: Example) -> tuple[int, int] | None:
    """Where the subject stands in the text."""
    at = example.text.casefold().find(example.subject.casefold()) if example.subject else -1
    return (at, at + len(example.subject)) if at >= 0 else None


def span_weights(sentences: Sequence[Example], language: str) -> NDArray[np.float32]:
    """Weights of the span ranker: the likelihood of the true span among all spans of its sentence, with an L2 penalty."""
    chinese = language == "zh"
    read = reading_zh.read if chinese else reading_en.read
    indices: list[NDArray[np.int64]] = []
    groups, true = [0], []
    for example in sentences:
        bounds, found = bounds_of(example), spans(example.text, chinese=chinese)
        if bounds is None or bounds not in found:
            continue
        true.append(groups[-1] + found.index(Span(*bounds)))
        indices += span_features(example.text, read(example.text), chinese=chinese)
        groups.append(groups[-1] + len(found))
    pointers = np.concatenate([[0], np.cumsum([len(indice) for indice in indices])])
    flat = np.concatenate(indices)
    table = csr_matrix((np.ones(len(flat), np.float64), flat, pointers), shape=(len(indices), SPAN_PLACES))
    starts = np.array(groups[:-1])
    sentence = np.repeat(np.arange(len(starts)), np.diff(groups))
    observed = np.asarray(table[true].sum(axis=0)).ravel()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = table @ weights
        highest = np.maximum.reduceat(scores, starts)
        raised = np.exp(scores - highest[sentence])
        totals = np.add.reduceat(raised, starts)
        value = float((np.log(totals) + highest).sum() - scores[true].sum() + SPAN_PENALTY / 2 * weights @ weights)
        return value, table.T @ (raised / totals[sentence]) - observed + SPAN_PENALTY * weights

    fitted = minimize(loss, np.zeros(SPAN_PLACES), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    return np.asarray(fitted.x, np.float32)


def with_bare_forms(sentences: Sequence[Example]) -> list[Example]:
    """Also as people type: without the last full stop, and without a capital."""
    bare = [replace(example, text=example.text.rstrip(".")) for example in sentences if example.text.endswith(".")]
    small = [replace(example, text=example.text[:1].lower() + example.text[1:]) for example in bare[::2]]
    return list({example.text: example for example in [*sentences, *bare, *small]}.values())


def train(
    sentences: Sequence[Example], language: str, vectors: NDArray[np.float32] | None, embedder: str
) -> ClassifierWeights:
    """Weights fitted on `sentences`; `vectors`: their sentence vectors, shape (n, d), or None."""
    vector, vector_intercept = np.zeros(0, np.float32), 0.0
    if vectors is not None:
        is_statement = np.array([example.kind is not None for example in sentences])
        by_vector = LogisticRegression(C=C_VECTOR, max_iter=1000).fit(vectors, is_statement)
        vector = (VECTOR_SHARE * by_vector.coef_[0]).astype(np.float32)
        vector_intercept = VECTOR_SHARE * float(by_vector.intercept_[0])
    originals = {example.text for example in sentences}
    sentences = with_bare_forms(sentences)
    table = rows(sentences, language)
    states = np.array([example.kind is not None for example in sentences])
    model = LogisticRegression(C=C_WORDS, max_iter=1000).fit(table, states)
    stated = [example for example in sentences if example.kind]
    framed = rows(stated, language, with_subject=True)
    kinds = np.array([KINDS.index(example.kind) for example in stated if example.kind])
    kind_model = LogisticRegression(C=C_WORDS, max_iter=1000).fit(framed, kinds)
    valued = np.array([at for at, example in enumerate(stated) if example.polarity])
    disliked = np.array([stated[at].polarity == "dislike" for at in valued])
    dislike_model = LogisticRegression(C=C_WORDS, max_iter=1000).fit(framed[valued], disliked)
    return ClassifierWeights(
        states=model.coef_[0].astype(np.float32),
        intercept=float(model.intercept_[0]),
        kinds=kind_model.coef_.astype(np.float32),
        kind_intercepts=kind_model.intercept_.astype(np.float32),
        dislikes=dislike_model.coef_[0].astype(np.float32),
        dislikes_intercept=float(dislike_model.intercept_[0]),
        spans=span_weights([example for example in stated if example.text in originals], language),
        vector=vector,
        vector_intercept=vector_intercept,
        embedder=embedder,
    )


def save(weights: ClassifierWeights, path: Path) -> None:
    """As half-precision arrays, compressed."""
    np.savez_compressed(
        path,
        states=weights.states.astype(np.float16),
        intercept=np.float32(weights.intercept),
        kinds=weights.kinds.astype(np.float16),
        kind_intercepts=weights.kind_intercepts,
        dislikes=weights.dislikes.astype(np.float16),
        dislikes_intercept=np.float32(weights.dislikes_intercept),
        spans=weights.spans.astype(np.float16),
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
