"""`penchant eval DIR --task tree --gold FILE`: how many of the items behind the trees stand under a right topic.

FILE gives the accepted topics and subtopics of some items, as a careful person classifies them. Users are folded as
in the product. For every event that a leaf of a tree has as evidence, and whose item is in FILE, the leaf's topic and
subtopic are compared with the accepted ones. Two baselines: `majority` always answers the most frequent place, and
`item_alone` places every item by its own text.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from penchant.agent.taxonomy.scorer import SubtopicScorer
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.arrays import Floats
from penchant.errors import UsageError
from penchant.prompts.vocabulary import Vocabulary
from penchant.tools.evaluation.dataset import Log
from penchant.tools.evaluation.source import EvaluationSource, read
from penchant.tools.evaluation.tree_gold import GoldItem, read_gold
from penchant.tools.evaluation.trees import Trees, read_taxonomy

if TYPE_CHECKING:
    from penchant.agent.taxonomy.reader import TaxonomyReader
    from penchant.store.embedders.embedder import Embedder

USERS = 300
TENTHS = 10


class Accuracy(BaseModel):
    """Shares of the evidence under a right topic and subtopic. `macro`: the mean over the best topics and subtopics."""

    topic: float
    subtopic: float
    macro_topic: float
    macro_subtopic: float


class ConfidenceTenth(BaseModel):
    """Evidence by the taxonomy's confidence in its place. `stated`: the mean confidence; `right`: the share that is
    right.
    """

    level: str
    at_least: float
    below: float
    events: int
    stated: float
    right: float


class TreeReport(Accuracy):
    """`eval --task tree --json`. `items`: how many items of the gold file were met."""

    dataset: str
    n_users: int
    n_events: int
    items: int
    themes: int
    majority: Accuracy
    item_alone: Accuracy
    by_confidence: list[ConfidenceTenth]


@dataclass(frozen=True)
class _Evidence:
    """Evidence of all users about items of the gold file; shape (n,) each. `item`: index into the gold items; `theme`:
    index into the themes of the taxonomy.
    """

    item: NDArray[np.int64]
    theme: NDArray[np.int64]
    users: int


def evaluate_tree(
    folder: Path,
    gold: Path,
    embedder: "Embedder",
    weights: Mapping[str, float],
    *,
    vocabulary: Vocabulary | None = None,
    labeler: "TaxonomyReader | None" = None,
    users: int | None = None,
) -> TreeReport:
    """Evaluate trees on a data set in the import format. `labeler`: a language model reads the themes first. Raises
    `UsageError`.
    """
    filed = list(read_gold(gold).values())
    source, vocabulary = read(folder, embedder), vocabulary or Vocabulary.load(None)
    log = Log.of(source.events, source.space, weights)
    taxonomy = read_taxonomy(source, embedder, vocabulary)
    if labeler is not None:
        counts = Counter(event.item_id for event in log.events if event.item_id)
        taxonomy = labeler.label(taxonomy, source.items, counts).taxonomy
    evidence = _evidence(log, Trees(log, taxonomy, weights), taxonomy, filed, users or USERS)
    if not len(evidence.item):
        raise UsageError(f"nobody in {folder} did anything with an item of {gold}: check that the ids are the same")
    return _report(source, filed, taxonomy, evidence, _placed_alone(source, filed, embedder, vocabulary))


def _evidence(log: Log, trees: Trees, taxonomy: Taxonomy, filed: Sequence[GoldItem], users: int) -> _Evidence:
    """Return the evidence in the trees of at most `users` users, always the same ones."""
    known = {row.item_id: at for at, row in enumerate(filed)}
    ranked = sorted(range(len(log.user_ids)), key=lambda user: _digest(log.user_ids[user]))[:users]
    items, themes = [], []
    for user in ranked:
        state = trees.state(user, log.by_user[user][::-1])
        for node, item in zip(state.evidence.node.tolist(), state.evidence.items, strict=True):
            theme = taxonomy.theme_index.get(state.ids[node])
            if theme is not None and item in known:
                items.append(known[item])
                themes.append(theme)
    return _Evidence(np.array(items, np.int64), np.array(themes, np.int64), len(ranked))


def _placed_alone(
    source: EvaluationSource, filed: Sequence[GoldItem], embedder: "Embedder", vocabulary: Vocabulary
) -> list[tuple[str, str]]:
    """Return topic and subtopic of every gold item by its own title."""
    scorer = SubtopicScorer(vocabulary, embedder)
    titles = [source.items[row.item_id].title if row.item_id in source.items else "" for row in filed]
    best = scorer.scores(np.asarray(embedder.embed(titles), np.float32), titles).argmax(axis=1)
    topics = [topic.id for topic in vocabulary.topics]
    return [(topics[scorer.owners[at]], scorer.ids[at]) for at in best]


def _report(
    source: EvaluationSource,
    filed: Sequence[GoldItem],
    taxonomy: Taxonomy,
    evidence: _Evidence,
    alone: Sequence[tuple[str, str]],
) -> TreeReport:
    truth = [filed[at] for at in evidence.item]
    subtopics = [taxonomy.subtopics[at].id for at in taxonomy.theme_subtopics[evidence.theme]]
    topics = [taxonomy.topics[at].id for at in taxonomy.theme_topics[evidence.theme]]
    tree = _accuracy(truth, topics, subtopics)
    common = [
        Counter(getattr(truth_row, level)[0] for truth_row in truth).most_common(1)[0][0]
        for level in ("topics", "subtopics")
    ]
    themes = [taxonomy.themes[at] for at in evidence.theme]
    stated = {
        "topic": (np.array([theme.topic_confidence for theme in themes]), _hits(truth, topics, "topics")),
        "subtopic": (np.array([theme.confidence for theme in themes]), _hits(truth, subtopics, "subtopics")),
    }
    return TreeReport(
        **tree.model_dump(),
        dataset=source.name,
        n_users=evidence.users,
        n_events=len(truth),
        items=len(np.unique(evidence.item)),
        themes=len(taxonomy.themes),
        majority=_accuracy(truth, [common[0]] * len(truth), [common[1]] * len(truth)),
        item_alone=_accuracy(truth, [alone[at][0] for at in evidence.item], [alone[at][1] for at in evidence.item]),
        by_confidence=[row for level, (sure, hits) in stated.items() for row in _by_tenth(level, sure, hits)],
    )


def _accuracy(truth: Sequence[GoldItem], topics: Sequence[str], subtopics: Sequence[str]) -> Accuracy:
    by_topic, by_subtopic = _hits(truth, topics, "topics"), _hits(truth, subtopics, "subtopics")
    return Accuracy(
        topic=round(float(by_topic.mean()), 4),
        subtopic=round(float(by_subtopic.mean()), 4),
        macro_topic=_macro(by_topic, [row.topics[0] for row in truth]),
        macro_subtopic=_macro(by_subtopic, [row.subtopics[0] for row in truth]),
    )


def _hits(truth: Sequence[GoldItem], places: Sequence[str], level: str) -> Floats:
    accepted: list[Any] = [getattr(row, level) for row in truth]
    return np.array([place in allowed for place, allowed in zip(places, accepted, strict=True)], np.float64)


def _macro(hits: Floats, best: Sequence[str]) -> float:
    """Return the mean over classes of the share that is right."""
    _, of = np.unique(np.array(best), return_inverse=True)
    return round(float((np.bincount(of, hits) / np.bincount(of)).mean()), 4)


def _by_tenth(level: str, sure: Floats, hits: Floats) -> list[ConfidenceTenth]:
    tenth = np.minimum((sure * TENTHS).astype(np.int64), TENTHS - 1)
    return [
        ConfidenceTenth(
            level=level,
            at_least=at / TENTHS,
            below=(at + 1) / TENTHS,
            events=int((tenth == at).sum()),
            stated=round(float(sure[tenth == at].mean()), 4),
            right=round(float(hits[tenth == at].mean()), 4),
        )
        for at in np.unique(tenth).tolist()
    ]


def _digest(user_id: str) -> bytes:
    return hashlib.blake2b(user_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
