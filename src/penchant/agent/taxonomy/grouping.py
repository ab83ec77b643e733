"""Groups items, and places groups: by the catalogue's categories if it has them, else by similarity and by the vocabulary.

Without categories, the similarity of two items depends on their vectors and their places: rows of [v, λ √p], where p is the item's
distribution over subtopics given the catalogue's mix. The cosine of two such rows combines that of the vectors with the Bhattacharyya
coefficient of the distributions, so that a group rarely spans two subtopics. The score of a group for a subtopic is the mean over its
members.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.taxonomy.categories import Draft, Path, chosen_paths
from penchant.agent.taxonomy.clusters import clusters_by_count, clusters_by_likeness, refined, theme_count
from penchant.agent.taxonomy.lexicon import comparable_vectors, is_charge, lexicon_of, words_of
from penchant.agent.taxonomy.scorer import Scores, SubtopicScorer, Titles, log_softmax, mix_of
from penchant.agent.taxonomy.taxonomy import NOWHERE, Indices
from penchant.arrays import Flags, Floats, Ints
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.embedder import Matrix
from penchant.store.item import Item
from penchant.store.placeholders import is_meaningless
from penchant.store.plain import plain

FLOOR = 0.55
"""Minimum mean cosine of [v, λ √p] within a group."""
PLACE_WEIGHT = 0.75
"""λ, the weight of places relative to vectors."""
SURROGATE_WEIGHT = 0.4
"""Weight of a vector that is made only from the characters of a title."""
MIN_CONFIDENCE_WITHOUT_CATEGORY = 0.7
"""If the catalogue has categories for most items, an item without one is placed only from this confidence on."""
COMPANIONS = 10
"""Items with the same two categories form groups of their own if there are at least this many."""
PER_THEME = 6
"""Mean number of items per theme within a category."""
SAMPLE = 20_000
"""Number of items from which the catalogue's mix is learnt."""
CHUNK = 4_096
CALIBRATION = ((0.37, 1.37, -0.24), (0.60, 1.03, -0.42))
"""Log-odds of being right, for subtopic and topic: slope of the computed ones, weight of terms, offset. What is computed is the mean
probability that the members of a theme, each by its own text, give to its place: it is right less often than the mean of their scores
makes it seem. A term of the place in the title is better evidence than a vector near it, so the share of members with such a term
counts too. Both were fitted on labelled data that was not used otherwise: items of a shop, mostly from doubtful themes, titles of every
subtopic, and catalogues written by hand (`benchmarks/taxonomy.py`, `gold_doubtful_shop`, `gold_wide`, `gold_of_…`). Data from which the
vocabulary was extended is not used, because it is placed right more often than new items.
"""
MIN_TOPIC_PROBABILITY = 0.25
"""An item that gives a smaller probability to the topic of its theme stands nowhere."""


class Placing(NamedTuple):
    """The scorer that finds places, and the draft that collects them."""

    scorer: SubtopicScorer
    draft: Draft


@dataclass
class Groups:
    """`first`, `second`: group numbers per item (-1: none). Per group: `paths` (None if placed by the vocabulary), `subtopics` (ids),
    `confidences` (in subtopic and topic), `names` (by the catalogue; "" if placed by the vocabulary) and, once named, `labels` by
    language.
    """

    first: Indices
    second: Indices
    paths: list[Path | None] = field(default_factory=list)
    subtopics: list[str] = field(default_factory=list)
    confidences: list[tuple[float, float]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    labels: list[dict[str, str]] = field(default_factory=list)

    def add(
        self, path: Path | None, subtopic: str, confidence: tuple[float, float] = (1.0, 1.0), name: str = ""
    ) -> None:
        """Add a group. `name`: its name by the catalogue's categories."""
        self.names.append(name)
        self.paths.append(path)
        self.subtopics.append(subtopic)
        self.confidences.append(confidence)

    def keep(self, rows: NDArray[np.int64]) -> None:
        """Keep only these groups, renumbered in this order; items of other groups have no group."""
        number = np.full(len(self.paths) + 1, NOWHERE, np.int32)  # the last entry is for items without a group
        number[rows] = np.arange(len(rows), dtype=np.int32)
        self.first, self.second = number[self.first], number[self.second]
        self.paths = [self.paths[group] for group in rows.tolist()]
        self.subtopics = [self.subtopics[group] for group in rows.tolist()]
        self.names = [self.names[group] for group in rows.tolist()]
        self.confidences = [self.confidences[group] for group in rows.tolist()]
        self.labels = [self.labels[group] for group in rows.tolist()] if self.labels else []

    def sort(self) -> None:
        """Sort the groups by their first members and drop empty ones, so that the result does not depend on how they were made."""
        order: dict[int, int] = {}
        for row, pair in enumerate(zip(self.first.tolist(), self.second.tolist(), strict=True)):
            for group in pair:
                if group != NOWHERE:
                    order.setdefault(group, row)
        self.keep(np.array(list(order), np.int64))

    def members(self) -> list[list[int]]:
        """Return the item rows of each group."""
        members: list[list[int]] = [[] for _ in self.paths]
        for column in (self.first, self.second):
            for row in np.flatnonzero(column != NOWHERE):
                members[column[row]].append(int(row))
        return members


def group_items(items: Sequence[Item], vectors: Matrix, scorer: SubtopicScorer, draft: Draft) -> Groups:
    """Return the groups of `items` with unit `vectors` (n, d). Raises `ModelError` from the embedder."""
    groups = Groups(np.full(len(items), NOWHERE, np.int32), np.full(len(items), NOWHERE, np.int32))
    paths = chosen_paths(items)
    _by_category(groups, paths, vectors, draft)
    open_rows = np.array([row for row, own in enumerate(paths) if not own and has_subject(items[row])], np.int64)
    titles = [item_words(items[row]) for row in open_rows]
    _by_vocabulary(groups, open_rows, titles, rows_of(vectors, open_rows), Placing(scorer, draft))
    if 0 < 2 * len(open_rows) < len(items):
        _leave_doubtful(groups)
    return groups


def _leave_doubtful(groups: Groups) -> None:
    """Drop groups with a doubtful place, for a catalogue that places most items itself."""
    doubtful = [
        group
        for group, (path, sure) in enumerate(zip(groups.paths, groups.confidences, strict=True))
        if path is None and sure[0] < MIN_CONFIDENCE_WITHOUT_CATEGORY
    ]
    groups.first[np.isin(groups.first, doubtful)] = NOWHERE
    groups.keep(np.setdiff1d(np.arange(len(groups.paths)), doubtful))


def _by_category(groups: Groups, paths: Sequence[Sequence[Path]], vectors: Matrix, draft: Draft) -> None:
    """Add groups within each category, so that themes never span categories; an item with two categories is in a group of each. Items
    that share both their categories get groups of their own if there are many.
    """
    companions = Counter(pair for own in paths if len(own) == 2 for pair in (tuple(own), tuple(reversed(own))))
    holders: defaultdict[tuple[Path, Path], list[int]] = defaultdict(list)
    for row, own in enumerate(paths):
        for path in own:
            other = next((name for name in own if name != path), ())
            holders[path, other if companions[path, other] >= COMPANIONS else ()].append(row)
    lines = sum(map(len, holders.values()))
    total = min(theme_count(lines), lines / PER_THEME)
    for path, other in sorted(holders):
        rows = np.array(holders[path, other])
        labels = len(groups.paths) + clusters_by_count(vectors[rows], max(1, round(total * len(rows) / lines)))
        is_first = np.array([paths[row][0] == path for row in rows])
        groups.first[rows[is_first]] = labels[is_first]
        groups.second[rows[~is_first]] = labels[~is_first]
        name = f"{path[-1]} & {other[-1]}" if other else path[-1]
        for _ in range(int(labels.max()) + 1 - len(groups.paths)):
            groups.add(path, draft.subtopic_of_path(path), name=name)


def _mean_scores(scores: Iterable[tuple[slice, Scores]], labels: NDArray[np.int32], subtopics: int) -> Floats:
    """Return the mean scores of the items of each group (g, subtopics), from the scores of parts of the items."""
    sums = np.zeros((int(labels.max()) + 1, subtopics))
    for part, of_part in scores:
        np.add.at(sums, labels[part], of_part)
    return np.asarray(sums / np.bincount(labels)[:, None])


def _by_vocabulary(
    groups: Groups, rows: NDArray[np.int64], titles: Sequence[str], vectors: Matrix, placing: Placing
) -> None:
    """Add groups of items without a category, placed by the vocabulary. `titles` and `vectors` are those of `rows`."""
    scorer, draft = placing
    read, own_vectors = comparable_vectors(titles, vectors, scorer.embedder.name)
    found = scorer.titles(titles)
    seen = np.flatnonzero(read | (np.diff(found.hits.starts) > 0))
    if not len(seen):
        return
    rows, own_vectors = rows[seen], rows_of(own_vectors, seen)
    trust = np.where(read[seen], 1.0, SURROGATE_WEIGHT).astype(np.float32)[:, None]
    every = max(1, len(rows) // SAMPLE)
    mix = mix_of(scorer.scores_at(seen[::every], own_vectors[::every], found), scorer.owners)
    labels = clusters_by_likeness(own_vectors, _Joint(scorer, own_vectors, trust, found, seen, mix), FLOOR)
    chunks = [slice(start, start + CHUNK) for start in range(0, len(rows), CHUNK)]
    scores = ((part, scorer.scores_at(seen[part], own_vectors[part], found)) for part in chunks)
    means = _mean_scores(scores, labels, len(scorer.ids))
    prior = mix_of(means, scorer.owners)
    places = places_of(np.exp(log_softmax(means + prior)), scorer.owners)
    finer = refined(labels, [scorer.ids[place] for place in places], own_vectors)
    agreed, named = np.zeros((len(rows), 2)), np.zeros((len(rows), 2))
    for part in chunks:
        alone = np.exp(log_softmax(scorer.scores_at(seen[part], own_vectors[part], found) + prior))
        agreed[part] = agreement(alone, places[labels[part]], scorer.owners)
        named[part] = agreement(found.hits.table(seen[part]), places[labels[part]], scorer.owners) > 0
    belongs = agreed[:, 1] >= MIN_TOPIC_PROBABILITY
    groups.first[rows] = np.where(belongs, len(groups.paths) + finer, NOWHERE)
    sizes = np.maximum(np.bincount(finer, belongs), 1)
    both = [np.stack([np.bincount(finer, own * belongs) / sizes for own in each.T], axis=1) for each in (agreed, named)]
    firsts = labels[np.unique(finer, return_index=True)[1]]
    for place, (in_subtopic, in_topic) in zip(places[firsts], confidences(*both).tolist(), strict=True):
        groups.add(None, draft.subtopic_of_place(scorer.ids[place]), (in_subtopic, in_topic))


@dataclass
class _Joint:
    """Returns rows of [v, λ √p]. `trust`, shape (n, 1), scales v; `lines` (n,): the positions of the rows in `titles`."""

    scorer: SubtopicScorer
    vectors: Matrix
    trust: Matrix
    titles: Titles
    lines: NDArray[np.int64]
    mix: Scores

    def __call__(self, rows: NDArray[np.int64]) -> Matrix:
        scores = self.scorer.scores_at(self.lines[rows], self.vectors[rows], self.titles)
        roots = np.exp(log_softmax(scores + self.mix) / 2)
        return np.hstack([self.trust[rows] * self.vectors[rows], (PLACE_WEIGHT * roots).astype(np.float32)])


def places_of(probabilities: Scores, owners: Ints) -> Ints:
    """Return for each row of probabilities (n, subtopics) the most likely subtopic of the most likely topic. `owners`: of the subtopics."""
    topic = _of_topics(probabilities, owners).argmax(axis=1)
    best: Ints = np.where(owners == topic[:, None], probabilities, -1).argmax(axis=1)
    return best


def agreement(scores: Scores | NDArray[np.float32], places: Ints, owners: Ints) -> Scores:
    """Return for each row of scores (n, subtopics), such as probabilities, that of the place (n,), and the sum over its topic: (n, 2)."""
    rows = np.arange(len(scores))
    return np.stack([scores[rows, places], _of_topics(scores, owners)[rows, owners[places]]], axis=1)


def _of_topics(probabilities: Scores | NDArray[np.float32], owners: Ints) -> Scores:
    topics = np.zeros((len(probabilities), int(owners.max()) + 1))
    np.add.at(topics.T, owners, probabilities.T)
    return topics


def confidences(agreed: Scores, named: Scores | Flags) -> Scores:
    """Return how often places are right, in subtopic and topic: shape (n, 2). `agreed` (n, 2): the mean probability that the members give
    to them; `named` (n, 2): the share of members whose title has a term of them. More of either is never less confidence.
    """
    slopes, weights, offsets = np.array(CALIBRATION).T
    inside = np.clip(agreed, 1e-6, 1 - 1e-6)
    log_odds = slopes * np.log(inside / (1 - inside)) + weights * named + offsets
    calibrated: Scores = 1 / (1 + np.exp(-log_odds))
    calibrated[:, 1] = calibrated.max(axis=1)
    return np.round(calibrated, 4)


def rows_of(vectors: Matrix, rows: NDArray[np.int64]) -> Matrix:
    """Return `vectors[rows]` for ascending rows, without a copy if these are all rows."""
    return vectors if len(rows) == len(vectors) else vectors[rows]


def item_words(item: Item) -> str:
    """Return the text from which an item's place is found: its title, without instructions to models, and its tags; for a title
    that names nothing, such as 1984, AB1234 or "Untitled 3", its description as well.
    """
    title = plain(item.title) or item.title
    words = " ".join([title, *item.tags])
    return (
        words if words_of(words) and not is_meaningless(words) else f"{words} {plain(item.description or '')}".rstrip()
    )


def has_subject(item: Item) -> bool:
    """Return whether the words of an item name something that a user can be interested in: no charge on a bill and no placeholder. A code
    does if it is a term ("CR2032").
    """
    words = item_words(item)
    is_named = not is_meaningless(words) or len(lexicon_of(Vocabulary.load()).hits([words]).owners) > 0
    return is_named and not is_charge(item.title)
