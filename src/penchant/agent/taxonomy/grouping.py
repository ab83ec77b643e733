"""Items into groups, and groups into places: by the catalogue's categories where it brings them, else by what items are like and about.

Without categories two items are as like as their vectors and their places make them: rows of [v, λ √p], where p is the item's distribution
over subtopics under the catalogue's mix. The cosine of two such rows blends that of the vectors with the Bhattacharyya coefficient of the
distributions, so that a group is seldom of two subtopics. A group's score for a subtopic is then the mean over its members.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.taxonomy.categories import Draft, Path, chosen_paths
from penchant.agent.taxonomy.clusters import clusters_by_count, clusters_by_likeness, refined, theme_count
from penchant.agent.taxonomy.lexicon import comparable, is_charge
from penchant.agent.taxonomy.scorer import Scores, SubtopicScorer, Titles, log_softmax, mix_of
from penchant.agent.taxonomy.taxonomy import NOWHERE, Indices
from penchant.store.embedders.embedder import Matrix
from penchant.store.item import Item
from penchant.store.plain import plain

FLOOR = 0.55
"""Mean cosine of [v, λ √p] from which a group holds together."""
PLACE_WEIGHT = 0.75
"""λ."""
SURROGATE_WEIGHT = 0.4
"""Of a vector that only says which characters a title holds."""
DOUBTFUL = 0.7
"""Confidence below which the exceptions of a categorised catalogue are not placed."""
COMPANIONS = 10
"""Items with the same two categories that make a group of their own."""
PER_THEME = 6
"""Items of a theme, on average, within a category."""
SAMPLE = 20_000
"""Items of which the catalogue's mix is learnt."""
CHUNK = 4_096
CALIBRATION = {"subtopic": (0.48, 0.22), "topic": (0.62, 0.1)}
"""Slope and offset of stated on computed log-odds, two numbers a level: fitted on what was labelled unseen, items of a shop drawn mostly
from doubtful themes and titles of every subtopic (`benchmarks/taxonomy.py`, `gold_doubtful_shop`, `gold_wide`), the subtopic's between what
suits items alone and what suits themes. What the vocabulary was extended with is righter than what comes."""


class Placing(NamedTuple):
    """What places are found with, and where they are written down."""

    scorer: SubtopicScorer
    draft: Draft


@dataclass
class Groups:
    """`first`, `second`: group numbers per item (-1: none). Per group: `paths` (None where the vocabulary places it), `subtopics` (ids),
    `confidences` (of subtopic and topic), `names` (what the catalogue calls it, "" where the vocabulary places it) and, once they are
    named, `labels` by language."""

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
        """One more group; `name`: the categories' own for it."""
        self.names.append(name)
        self.paths.append(path)
        self.subtopics.append(subtopic)
        self.confidences.append(confidence)

    def keep(self, rows: NDArray[np.int64]) -> None:
        """Only these groups, numbered anew in this order; items of others stand nowhere."""
        number = np.full(len(self.paths) + 1, NOWHERE, np.int32)  # the last: of items that stand nowhere
        number[rows] = np.arange(len(rows), dtype=np.int32)
        self.first, self.second = number[self.first], number[self.second]
        self.paths = [self.paths[group] for group in rows.tolist()]
        self.subtopics = [self.subtopics[group] for group in rows.tolist()]
        self.names = [self.names[group] for group in rows.tolist()]
        self.confidences = [self.confidences[group] for group in rows.tolist()]
        self.labels = [self.labels[group] for group in rows.tolist()] if self.labels else []

    def sort(self) -> None:
        """Groups in the order of their first members, those without any left out: the same however they came about."""
        order: dict[int, int] = {}
        for row, pair in enumerate(zip(self.first.tolist(), self.second.tolist(), strict=True)):
            for group in pair:
                if group != NOWHERE:
                    order.setdefault(group, row)
        self.keep(np.array(list(order), np.int64))

    def members(self) -> list[list[int]]:
        """Item rows of each group."""
        members: list[list[int]] = [[] for _ in self.paths]
        for column in (self.first, self.second):
            for row in np.flatnonzero(column != NOWHERE):
                members[column[row]].append(int(row))
        return members


def grouped(items: Sequence[Item], vectors: Matrix, scorer: SubtopicScorer, draft: Draft) -> Groups:
    """The groups of `items` with unit `vectors` (n, d). Raises `ModelError` from the embedder."""
    groups = Groups(np.full(len(items), NOWHERE, np.int32), np.full(len(items), NOWHERE, np.int32))
    paths = chosen_paths(items)
    _by_category(groups, paths, vectors, draft)
    open_rows = np.array(
        [row for row, own in enumerate(paths) if not own and not is_charge(items[row].title)], np.int64
    )
    titles = [item_words(items[row]) for row in open_rows]
    _by_vocabulary(groups, open_rows, titles, rows_of(vectors, open_rows), Placing(scorer, draft))
    if 0 < 2 * len(open_rows) < len(items):
        _leave_doubtful(groups)
    return groups


def _leave_doubtful(groups: Groups) -> None:
    """Where the catalogue places most items itself, those it leaves out stand nowhere rather than in a doubtful place."""
    doubtful = [
        group
        for group, (path, sure) in enumerate(zip(groups.paths, groups.confidences, strict=True))
        if path is None and sure[0] < DOUBTFUL
    ]
    groups.first[np.isin(groups.first, doubtful)] = NOWHERE
    groups.keep(np.setdiff1d(np.arange(len(groups.paths)), doubtful))


def _by_category(groups: Groups, paths: Sequence[Sequence[Path]], vectors: Matrix, draft: Draft) -> None:
    """Themes never straddle categories; an item of two categories is in a group of each. Items that share both their categories are grouped
    by themselves where they are many."""
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
            groups.add(path, draft.of_path(path), name=name)


def _by_vocabulary(
    groups: Groups, rows: NDArray[np.int64], titles: Sequence[str], vectors: Matrix, placing: Placing
) -> None:
    """`titles` and `vectors` are those of `rows`."""
    scorer, draft = placing
    read, own_vectors = comparable(titles, vectors, scorer.embedder.name)
    found = scorer.titles(titles)
    seen = np.flatnonzero(read | (np.diff(found.hits.starts) > 0))
    if not len(seen):
        return
    rows, own_vectors = rows[seen], rows_of(own_vectors, seen)
    trust = np.where(read[seen], 1.0, SURROGATE_WEIGHT).astype(np.float32)[:, None]
    every = max(1, len(rows) // SAMPLE)
    mix = mix_of(scorer.scores_at(seen[::every], own_vectors[::every], found), scorer.owners)
    labels = clusters_by_likeness(own_vectors, _Joint(scorer, own_vectors, trust, found, seen, mix), FLOOR)
    sums = np.zeros((int(labels.max()) + 1, len(scorer.ids)))
    for start in range(0, len(rows), CHUNK):
        part = slice(start, start + CHUNK)
        np.add.at(sums, labels[part], scorer.scores_at(seen[part], own_vectors[part], found))
    means = sums / np.bincount(labels)[:, None]
    probabilities = np.exp(log_softmax(means + mix_of(means, scorer.owners)))
    places = places_of(probabilities, scorer)
    finer = refined(labels, [place for place, _ in places], own_vectors)
    sure = np.array([confidence for _, confidence in places])[labels]
    groups.first[rows] = len(groups.paths) + finer
    sizes, firsts = np.bincount(finer), np.unique(finer, return_index=True)[1]
    in_subtopic, in_topic = (np.round(np.bincount(finer, column) / sizes, 4).tolist() for column in sure.T)
    for first, *confidence in zip(labels[firsts].tolist(), in_subtopic, in_topic, strict=True):
        groups.add(None, draft.of_place(places[first][0]), (confidence[0], confidence[1]))


@dataclass
class _Joint:
    """Rows [v, λ √p]; `trust`, shape (n, 1), scales v; `lines` (n,): where the rows stand among the titles."""

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


def places_of(probabilities: Scores, scorer: SubtopicScorer) -> list[tuple[str, tuple[float, float]]]:
    """For each row the likeliest topic's likeliest subtopic, and the confidence in subtopic and topic."""
    topics = np.zeros((len(probabilities), int(scorer.owners.max()) + 1))
    np.add.at(topics.T, scorer.owners, probabilities.T)
    topic = topics.argmax(axis=1)
    best = np.where(scorer.owners == topic[:, None], probabilities, -1).argmax(axis=1)
    rows = np.arange(len(probabilities))
    in_subtopic = _calibrated(probabilities[rows, best], "subtopic")
    in_topic = np.maximum(_calibrated(topics[rows, topic], "topic"), in_subtopic)
    return [
        (scorer.ids[place], (round(float(sub), 4), round(float(top), 4)))
        for place, sub, top in zip(best, in_subtopic, in_topic, strict=True)
    ]


def _calibrated(probabilities: Scores, level: str) -> Scores:
    slope, offset = CALIBRATION[level]
    inside = np.clip(probabilities, 1e-6, 1 - 1e-6)
    calibrated: Scores = 1 / (1 + np.exp(-(slope * np.log(inside / (1 - inside)) + offset)))
    return calibrated


def rows_of(vectors: Matrix, rows: NDArray[np.int64]) -> Matrix:
    """`vectors[rows]` for ascending rows, not copied where these are all."""
    return vectors if len(rows) == len(vectors) else vectors[rows]


def item_words(item: Item) -> str:
    """What an item's place is read from: its title, without orders to models, and its tags."""
    return " ".join([plain(item.title) or item.title, *item.tags])
