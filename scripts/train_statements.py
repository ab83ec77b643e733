"""Train the statement classifier: `python scripts/train_statements.py` writes the weights that ship with the package.

Logistic regressions over hashed words and rule features (and, for English, over the default embedder's sentence
vectors, with a small network beside it), fitted on the sentences of `statement_sentences/`.
"""

import argparse
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from statement_data import Example, examples
from statement_inputs import pattern_numbers, sentences_digest
from statement_network import fitted, odds
from statement_regression import binary, ranker, regression

from penchant.agent.statements import reading_en, reading_zh
from penchant.agent.statements.candidates import Candidate, candidates
from penchant.agent.statements.classifier import KINDS, PLACES, STATE_PLACES, ClassifierWeights, features
from penchant.agent.statements.own_words import own_sentences
from penchant.agent.statements.sentences import ClauseReading
from penchant.agent.statements.spans import SPAN_PLACES, Span, span_features, spans
from penchant.characters import simplified
from penchant.settings import Settings
from penchant.store.embedders import open_embedder
from penchant.store.embedders.embedder import Embedder

Table = Any
"""Features or vectors, one row each: a sparse or a dense array."""
DATA = Path(__file__).parent.parent / "src" / "penchant" / "agent" / "statements" / "data"
#: Regularisation (inverse strength) of the regressions over words, for whether something is stated or wanted and for kinds, and of the one
#: over vectors. Of groups that were not fitted on, a quarter of the first hears as many statements.
C_WORDS, C_KINDS, C_VECTOR = 8.0, 2.0, 12.0
#: The L2 penalty of the span ranker.
SPAN_PENALTY = 0.5
#: Parts that the groups of sentences are divided into for telling how far to trust each regression, and the regularisation of that.
FOLDS, C_TRUST = 5, 1.0
#: How many missed statements a false one costs.
FALSE_COST = 1.25
#: Weights are saved as multiples of this, so that fits that differ by rounding are the same; and the arrays saved in half precision.
GRID, LONG = 1 / 512, frozenset({"states", "kinds", "dislikes", "spans", "vector", "hidden", "hidden_out"})


def rows(sentences: Sequence[Example], language: str, places: int, *, with_subject: bool = False) -> csr_matrix:
    """Return features hashed into so many places, one row per sentence. `with_subject`: use the example's own subject instead of
    the one that the rules find.
    """
    found = []
    for example in sentences:
        text = example.text.rstrip("。") if language == "zh" else example.text
        bounds = bounds_of(example) if with_subject else None
        found.append(features(text, readings(text, language), chinese=language == "zh", places=places, subject=bounds))
    return table_of(found, places)


@cache
def readings(text: str, language: str) -> tuple[ClauseReading, ...]:
    """Return what the rules read in a sentence."""
    return tuple((reading_zh if language == "zh" else reading_en).read(text))


def table_of(found: Sequence[NDArray[np.int64]], places: int) -> csr_matrix:
    """Return a row per array of features, with how often each occurs. Within a row they are in order, so that the
    same sentences always give the same sums.
    """
    pointers = np.cumsum([0, *map(len, found)])
    flat = np.concatenate([np.sort(each) for each in found])
    return csr_matrix((np.ones(len(flat)), flat, pointers), shape=(len(found), places))


def bounds_of(example: Example) -> tuple[int, int] | None:
    """Return start and end of the subject in the text; None where it is not found."""
    at = example.text.casefold().find(example.subject.casefold()) if example.subject else -1
    return (at, at + len(example.subject)) if at >= 0 else None


def span_weights(sentences: Sequence[Example], language: str) -> NDArray[np.float64]:
    """Return the weights of the span ranker: they maximise the likelihood of the true span among all spans of its
    sentence, with an L2 penalty.
    """
    chinese = language == "zh"
    rows: list[NDArray[np.int64]] = []
    groups, true = [0], []
    for example in sentences:
        read = readings(example.text, language)
        bounds, found = bounds_of(example), spans(example.text, read, chinese=chinese)
        if bounds is None or bounds not in found:
            continue
        true.append(groups[-1] + found.index(Span(*bounds)))
        rows += span_features(example.text, read, chinese=chinese)
        groups.append(groups[-1] + len(found))
    return ranker(table_of(rows, SPAN_PLACES), np.array(groups), np.array(true), SPAN_PENALTY)


def with_bare_forms(sentences: Sequence[Example]) -> list[Example]:
    """Return the sentences, and copies as people type them: without the last full stop, and half of these without a
    capital.
    """
    bare = [replace(example, text=example.text.rstrip(".")) for example in sentences if example.text.endswith(".")]
    small = [replace(example, text=example.text[:1].lower() + example.text[1:]) for example in bare[::2]]
    return list({example.text: example for example in [*sentences, *bare, *small]}.values())


def train(sentences: Sequence[Example], language: str, embedder: Embedder | None) -> ClassifierWeights:
    """Return weights fitted on `sentences`. `embedder`: for sentence vectors, or None."""
    vectors = embedder.embed([example.text for example in sentences]) if embedder else None
    vector, vector_intercept = np.zeros(0, np.float32), 0.0
    network = np.zeros((0, 1), np.float32), np.zeros(0, np.float32), 0.0
    stating = np.array([example.kind is not None for example in sentences])
    if vectors is not None:
        weights, vector_intercept = binary(vectors, stating, C_VECTOR)
        vector, network = weights.astype(np.float32), fitted(vectors, stating)
    trust = trusted(sentences, language, vectors, embedder)
    originals = {example.text for example in sentences}
    sentences = with_bare_forms(sentences)
    table = rows(sentences, language, STATE_PLACES[language])
    states = np.array([example.kind is not None for example in sentences])
    state_weights, state_intercept = binary(table, states, C_WORDS)
    stated = [example for example in sentences if example.kind]
    framed = rows(stated, language, PLACES, with_subject=True)
    kinds = np.array([KINDS.index(example.kind) for example in stated if example.kind])
    kind_weights, kind_intercepts = regression(framed, kinds, len(KINDS), C_KINDS)
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
        spans=span_weights([example for example in stated if example.text in originals], language).astype(np.float32),
        vector=vector,
        vector_intercept=vector_intercept,
        hidden=network[0],
        hidden_out=network[1],
        hidden_intercept=network[2],
        embedder=embedder.name if embedder else "",
        trust=trust,
    )


def trusted(
    sentences: Sequence[Example], language: str, vectors: NDArray[np.float32] | None, embedder: Embedder | None
) -> NDArray[np.float32]:
    """Return how far to trust the regression over words, alone and beside the models over vectors.

    Fitted on their predictions for clauses of groups of sentences that they were not fitted on. These are the clauses
    that the classifier is asked about: rules keep questions and requests from it.
    """
    asked = list(clauses_asked_about(sentences, language))
    of, stating = np.array([clause.message for clause in asked]), _stating(sentences)
    fold = np.array([zlib.crc32(f"fold {example.group}".encode()) % FOLDS for example in sentences])
    places = STATE_PLACES[language]
    found = [features(each.piece, each.readings, chinese=each.chinese, places=places) for each in asked]
    split = Split(fold, stating, fold[of])
    by_words = split.by_regression(rows(sentences, language, places), table_of(found, places), C_WORDS)
    factor, summand = _calibrated("words", by_words[:, None], stating[of])
    both = np.zeros(4)
    if vectors is not None and embedder:
        of_clauses = embedder.embed([clause.piece for clause in asked])
        by_vector = split.by_regression(vectors, of_clauses, C_VECTOR)
        by_network = split.by_network(vectors, of_clauses)
        both = _calibrated("words and vectors", np.stack([by_words, by_vector, by_network], axis=1), stating[of])
    return np.array([factor, summand, *both], np.float32)


def clauses_asked_about(sentences: Sequence[Example], language: str) -> Iterator[Candidate]:
    """Yield the clauses that the classifier is asked about; of a sentence that states something, those with its subject.

    `message` of each is the index of its sentence.
    """
    for number, example in enumerate(sentences):
        for clause in candidates(number, own_sentences(simplified(example.text))):
            names = example.kind is None or example.subject.casefold() in clause.piece.casefold()
            if names and clause.chinese == (language == "zh"):
                yield clause


class Split(NamedTuple):
    """The part of each sentence, whether it states something, and the part of each clause.

    The methods return the log-odds of each clause by a model that was fitted on the sentences of the other parts.
    """

    of_sentences: NDArray[np.int64]
    stating: NDArray[np.bool_]
    of_clauses: NDArray[np.int64]

    def by_regression(self, sentences: Table, clauses: Table, c: float) -> NDArray[np.float64]:
        found = np.zeros(len(self.of_clauses))
        for number in range(FOLDS):
            seen, asked = self.of_sentences != number, self.of_clauses == number
            weights, intercept = binary(sentences[seen], self.stating[seen], c)
            found[asked] = clauses[asked] @ weights + intercept
        return found

    def by_network(self, sentences: NDArray[np.float32], clauses: NDArray[np.float32]) -> NDArray[np.float64]:
        found = np.zeros(len(self.of_clauses))
        for number in range(FOLDS):
            seen, asked = self.of_sentences != number, self.of_clauses == number
            found[asked] = odds(fitted(sentences[seen], self.stating[seen]), clauses[asked])
        return found


def _calibrated(name: str, scores: NDArray[np.float64], stating: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the factor of each score, shape (n, scores), and a summand, less than the likeliest by what a false statement costs."""
    factors, summand = binary(scores, stating, C_TRUST)
    trusted = np.array([*factors, summand - np.log(FALSE_COST)])
    _show(name, scores @ trusted[:-1] + trusted[-1], stating)
    return trusted


def _stating(sentences: Sequence[Example]) -> NDArray[np.bool_]:
    return np.array([example.kind is not None for example in sentences])


def _show(name: str, odds: NDArray[np.float64], stating: NDArray[np.bool_]) -> None:
    shown = [(limit, odds >= limit) for limit in (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0)]
    print(
        f"  {name}: "
        + "  ".join(f"≥{limit} {stating[sure].mean():.3f}/{sure[stating].mean():.3f}" for limit, sure in shown)
    )


def save(weights: ClassifierWeights, language: str, path: Path) -> None:
    """Save the weights, rounded to `GRID` and compressed, with what they were fitted on."""
    saved: dict[str, NDArray[np.generic]] = {
        "embedder": np.array(weights.embedder),
        "sentences": np.array(sentences_digest(language)),
        "patterns": pattern_numbers(language),
    }
    for name, array in weights._asdict().items():
        if name not in saved:
            rounded = np.round(np.asarray(array, np.float64) / GRID) * GRID
            saved[name] = rounded.astype(np.float16 if name in LONG else np.float32)
    np.savez_compressed(path, **saved)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("en", "zh"), nargs="+", default=("en", "zh"), help="these languages")
    asked = parser.parse_args()
    embedder = open_embedder(Settings(home=Path(tempfile.mkdtemp())))
    DATA.mkdir(exist_ok=True)
    for language in asked.only:
        sentences = examples(language)
        weights = train(sentences, language, embedder if language == "en" else None)
        path = DATA / f"{language}.npz"
        save(weights, language, path)
        print(f"{language}: {len(sentences)} sentences, {path.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
