"""Train the statement classifier: `python scripts/train_statements.py` writes the weights that ship with the package.

Logistic regressions over hashed words and rule features (and, for English, over the default embedder's sentence
vectors, with a small network beside it), fitted on the sentences of `statement_sentences/`. `--half` leaves out the
held-out groups, as `benchmarks/statements.py` does.
"""

import argparse
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import logsumexp
from statement_data import Example, examples
from statement_network import fitted, odds

from penchant.agent.statements import reading_en, reading_zh
from penchant.agent.statements.classifier import KINDS, PLACES, STATE_PLACES, ClassifierWeights, features
from penchant.agent.statements.spans import SPAN_PLACES, Span, span_features, spans
from penchant.settings import Settings
from penchant.store.embedders import open_embedder

DATA = Path(__file__).parent.parent / "src" / "penchant" / "agent" / "statements" / "data"
#: Regularisation (inverse strength) of the regression over words and of the one over vectors.
C_WORDS, C_VECTOR = 2.0, 3.0
#: The L2 penalty of the span ranker.
SPAN_PENALTY = 0.5
#: Parts that the groups of sentences are divided into for telling how far to trust each regression, and the regularisation of that.
FOLDS, C_TRUST = 5, 1.0


def rows(sentences: Sequence[Example], language: str, places: int, *, with_subject: bool = False) -> csr_matrix:
    """Return features hashed into so many places, one row per sentence. `with_subject`: use the example's own subject instead of
    the one that the rules find.
    """
    read = reading_zh.read if language == "zh" else reading_en.read
    indices, pointers = [], [0]
    for example in sentences:
        text = example.text.rstrip("。") if language == "zh" else example.text
        bounds = bounds_of(example) if with_subject else None
        indices.append(features(text, read(text), chinese=language == "zh", places=places, subject=bounds))
        pointers.append(pointers[-1] + len(indices[-1]))
    flat = np.concatenate(indices)
    return csr_matrix((np.ones(len(flat), np.float32), flat, pointers), shape=(len(sentences), places))


def bounds_of(example: Example) -> tuple[int, int] | None:
    """Return start and end of the subject in the text; None where it is not found."""
    at = example.text.casefold().find(example.subject.casefold()) if example.subject else -1
    return (at, at + len(example.subject)) if at >= 0 else None


def span_weights(sentences: Sequence[Example], language: str) -> NDArray[np.float32]:
    """Return the weights of the span ranker: they maximise the likelihood of the true span among all spans of its
    sentence, with an L2 penalty.
    """
    chinese = language == "zh"
    read = reading_zh.read if chinese else reading_en.read
    indices: list[NDArray[np.int64]] = []
    groups, true = [0], []
    for example in sentences:
        readings = read(example.text)
        bounds, found = bounds_of(example), spans(example.text, readings, chinese=chinese)
        if bounds is None or bounds not in found:
            continue
        true.append(groups[-1] + found.index(Span(*bounds)))
        indices += span_features(example.text, readings, chinese=chinese)
        groups.append(groups[-1] + len(found))
    pointers = np.concatenate([[0], np.cumsum([len(example) for example in indices])])
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


def regression(
    table: csr_matrix | NDArray[np.floating], labels: NDArray[np.integer], classes: int, c: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights (classes, features) and intercepts (classes,) of a logistic regression with an L2 penalty of
    inverse strength `c`.
    """
    size, sides = table.shape[1], table.T.tocsr() if isinstance(table, csr_matrix) else table.T
    wanted = np.eye(classes)[labels]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(classes, size + 1)
        scores = table @ weights[:, :size].T + weights[:, size]
        logs = scores - logsumexp(scores, axis=1, keepdims=True)
        left = np.exp(logs) - wanted
        slope = np.column_stack([(sides @ left).T + weights[:, :size] / c, left.sum(axis=0)])
        return float(-(logs * wanted).sum() + (weights[:, :size] ** 2).sum() / (2 * c)), slope.ravel()

    start = np.zeros(classes * (size + 1))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x.reshape(classes, size + 1)
    return found[:, :size], found[:, size]


def binary(
    table: csr_matrix | NDArray[np.floating], stating: NDArray[np.bool_], c: float
) -> tuple[NDArray[np.float64], float]:
    """Return weights (features,) and intercept of the log-odds that a row states something."""
    weights, intercepts = regression(table, stating.astype(np.int64), 2, 2 * c)
    return weights[1] - weights[0], float(intercepts[1] - intercepts[0])


def with_bare_forms(sentences: Sequence[Example]) -> list[Example]:
    """Return the sentences, and copies as people type them: without the last full stop, and half of these without a
    capital.
    """
    bare = [replace(example, text=example.text.rstrip(".")) for example in sentences if example.text.endswith(".")]
    small = [replace(example, text=example.text[:1].lower() + example.text[1:]) for example in bare[::2]]
    return list({example.text: example for example in [*sentences, *bare, *small]}.values())


def train(
    sentences: Sequence[Example], language: str, vectors: NDArray[np.float32] | None, embedder: str
) -> ClassifierWeights:
    """Return weights fitted on `sentences`. `vectors`: their sentence vectors, shape (n, d), or None."""
    vector, vector_intercept = np.zeros(0, np.float32), 0.0
    network = np.zeros((0, 1), np.float32), np.zeros(0, np.float32), 0.0
    stating = np.array([example.kind is not None for example in sentences])
    if vectors is not None:
        weights, vector_intercept = binary(vectors, stating, C_VECTOR)
        vector, network = weights.astype(np.float32), fitted(vectors, stating)
    trust = trusted(sentences, rows(sentences, language, STATE_PLACES[language]), vectors, stating)
    originals = {example.text for example in sentences}
    sentences = with_bare_forms(sentences)
    table = rows(sentences, language, STATE_PLACES[language])
    states = np.array([example.kind is not None for example in sentences])
    state_weights, state_intercept = binary(table, states, C_WORDS)
    stated = [example for example in sentences if example.kind]
    framed = rows(stated, language, PLACES, with_subject=True)
    kinds = np.array([KINDS.index(example.kind) for example in stated if example.kind])
    kind_weights, kind_intercepts = regression(framed, kinds, len(KINDS), C_WORDS)
    valued = np.array([at for at, example in enumerate(stated) if example.polarity])
    disliked = np.array([stated[at].polarity == "dislike" for at in valued])
    dislike_weights, dislike_intercept = binary(framed[valued], disliked, C_WORDS)
    return ClassifierWeights(
        states=state_weights.astype(np.float32),
        intercept=state_intercept,
        kinds=kind_weights.astype(np.float32),
        kind_intercepts=kind_intercepts.astype(np.float32),
        dislikes=dislike_weights.astype(np.float32),
        dislikes_intercept=dislike_intercept,
        spans=span_weights([example for example in stated if example.text in originals], language),
        vector=vector,
        vector_intercept=vector_intercept,
        hidden=network[0],
        hidden_out=network[1],
        hidden_intercept=network[2],
        embedder=embedder,
        trust=trust,
    )


def trusted(
    sentences: Sequence[Example], table: csr_matrix, vectors: NDArray[np.float32] | None, stating: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Return how far to trust the regression over words, alone and beside the one over vectors: fitted on their
    predictions for groups of sentences that they were not fitted on.
    """
    fold = np.array([zlib.crc32(f"fold {example.group}".encode()) % FOLDS for example in sentences])
    by_words = _unseen(table, stating, fold, C_WORDS)
    factor, summand = binary(by_words[:, None], stating, C_TRUST)
    both = np.zeros(4)
    if vectors is not None:
        by_network = _unseen_by_network(vectors, stating, fold)
        both_odds = np.stack([by_words, _unseen(vectors, stating, fold, C_VECTOR), by_network], axis=1)
        weights, intercept = binary(both_odds, stating, C_TRUST)
        both = np.array([*weights, intercept])
        _show("words and vectors", both_odds @ weights + intercept, stating)
    _show("words", by_words * factor[0] + summand, stating)
    return np.array([factor[0], summand, *both], np.float32)


def _unseen(
    table: csr_matrix | NDArray[np.float32], stating: NDArray[np.bool_], fold: NDArray[np.int64], c: float
) -> NDArray[np.float64]:
    """Return the log-odds of each row by a regression that was not fitted on its group."""
    odds = np.zeros(len(stating))
    for number in range(FOLDS):
        unseen = fold == number
        weights, intercept = binary(table[~unseen], stating[~unseen], c)
        odds[unseen] = table[unseen] @ weights + intercept
    return odds


def _unseen_by_network(
    vectors: NDArray[np.float32], stating: NDArray[np.bool_], fold: NDArray[np.int64]
) -> NDArray[np.float64]:
    found = np.zeros(len(stating))
    for number in range(FOLDS):
        unseen = fold == number
        found[unseen] = odds(fitted(vectors[~unseen], stating[~unseen]), vectors[unseen])
    return found


def _show(name: str, odds: NDArray[np.float64], stating: NDArray[np.bool_]) -> None:
    shown = [(limit, odds >= limit) for limit in (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0)]
    print(
        f"  {name}: "
        + "  ".join(f"≥{limit} {stating[sure].mean():.3f}/{sure[stating].mean():.3f}" for limit, sure in shown)
    )


def save(weights: ClassifierWeights, path: Path) -> None:
    """Save the weights as compressed half-precision arrays."""
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
        hidden=weights.hidden.astype(np.float16),
        hidden_out=weights.hidden_out.astype(np.float16),
        hidden_intercept=np.float32(weights.hidden_intercept),
        embedder=np.array(weights.embedder),
        trust=weights.trust,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", action="store_true", help="leave the held-out groups out")
    parser.add_argument("--only", choices=("en", "zh"), nargs="+", default=("en", "zh"), help="these languages")
    asked = parser.parse_args()
    embedder = open_embedder(Settings(home=Path(tempfile.mkdtemp())))
    DATA.mkdir(exist_ok=True)
    for language in asked.only:
        sentences = [example for example in examples(language) if not (asked.half and example.held_out)]
        vectors = embedder.embed([example.text for example in sentences]) if language == "en" else None
        weights = train(sentences, language, vectors, embedder.name if language == "en" else "")
        path = DATA / f"{language}.npz"
        save(weights, path)
        print(f"{language}: {len(sentences)} sentences, {path.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
