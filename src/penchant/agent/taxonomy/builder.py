"""Reads a whole catalogue into a taxonomy, and places single new items in one that stands.

Pure: the same items, vectors, vocabulary and previous taxonomy give the same taxonomy, byte for byte. Where nothing differs from the
previous one, the previous one itself is returned.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from penchant.agent.taxonomy.categories import Path, chosen_paths, slug
from penchant.agent.taxonomy.clusters import clusters, theme_count
from penchant.agent.taxonomy.codec import same_content
from penchant.agent.taxonomy.keywords import theme_keywords
from penchant.agent.taxonomy.labels import shared_label
from penchant.agent.taxonomy.scorer import SubtopicScorer, with_mix
from penchant.agent.taxonomy.stability import inherited, theme_digest
from penchant.agent.taxonomy.taxonomy import EPOCH, NOWHERE, Indices, Node, Taxonomy, Theme
from penchant.prompts.vocabulary import LANGUAGES, Subtopic, Topic, Vocabulary
from penchant.store.embedders.embedder import Embedder, Matrix, unit_rows
from penchant.store.item import Item

FLOOR = 0.33
"""Mean cosine below which groups are not joined, where the catalogue brings no categories."""
STRANGER = 0.3
"""Cosine to the nearest theme below which a new item stands nowhere until the next build."""
SHARE = 0.2
"""Least responsibility of a theme for an item."""


def build_taxonomy(
    items: Sequence[Item],
    vectors: Matrix,
    vocabulary: Vocabulary,
    embedder: Embedder,
    *,
    previous: Taxonomy | None = None,
    usage: Mapping[str, float] | None = None,
    made_at: datetime = EPOCH,
) -> Taxonomy:
    """The taxonomy of `items` with unit `vectors` (n, d), in the same order.

    `previous`: whose ids and labels are kept where themes continue. `usage`: behaviour per item id, for which themes continue and which
    titles speak for them. Raises `ModelError` from the embedder (the vocabulary is embedded).
    """
    order = sorted(range(len(items)), key=lambda row: items[row].item_id)
    items, vectors = [items[row] for row in order], np.ascontiguousarray(vectors[order], np.float32)
    draft = _Draft(vocabulary)
    paths = chosen_paths(items)
    groups = _grouped(paths, vectors)
    scorer = SubtopicScorer(vocabulary, embedder)
    _place(draft, groups, paths, items, vectors, scorer=scorer)
    built = _assembled(draft, groups, items, vectors, previous=previous, usage=usage or {})
    built = replace(built, embedder=embedder.name, made_at=made_at)
    if previous is not None and same_content(previous, built):
        return previous
    return built


def add_items(taxonomy: Taxonomy, items: Sequence[Item], vectors: Matrix) -> Taxonomy:
    """`taxonomy` with new items in their nearest themes (of their own category, where they bring one); known ones stay where they are.
    What is like no theme is kept unplaced and founds one at the next build. `vectors`: (n, d), unit rows."""
    new = {item.item_id: row for row, item in enumerate(items) if item.item_id not in taxonomy.item_rows}
    if not new:
        return taxonomy
    rows = list(new.values())
    paths = chosen_paths([items[row] for row in rows])
    placed = np.full((len(rows), 2), NOWHERE, np.int32)
    if len(taxonomy.themes):
        cosines = vectors[rows] @ taxonomy.centroids.T
        for at, own in enumerate(paths):
            allowed = _themes_under(taxonomy, own[0]) if own else None
            near = cosines[at] if allowed is None else np.where(allowed, cosines[at], -2)
            best = int(near.argmax())
            if near[best] >= (STRANGER if allowed is None else -1):
                placed[at, 0] = best
    ids = [*taxonomy.item_ids, *new]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    weights = np.stack([placed[:, 0] != NOWHERE, np.zeros(len(rows), bool)], axis=1).astype(np.float32)
    return replace(
        taxonomy,
        item_ids=tuple(ids[row] for row in order),
        item_themes=np.concatenate([taxonomy.item_themes, placed])[order],
        item_weights=np.concatenate([taxonomy.item_weights, weights])[order],
    )


@dataclass
class _Draft:
    """Places as they are found: the vocabulary's first, then the catalogue's."""

    vocabulary: Vocabulary
    topics: dict[str, Node] = field(default_factory=dict)
    subtopics: dict[str, Node] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for topic in self.vocabulary.topics:
            self.topics[topic.id] = _node(topic.id, topic)
            for subtopic in topic.subtopics or (topic,):
                own = subtopic.id if topic.subtopics else f"{topic.id}.general"
                self._subtopic(topic.id, own, _node(own, subtopic).labels)

    def of_path(self, path: Path) -> str:
        """Id of the subtopic for a category path; topic and subtopic are the vocabulary's where they are called the same."""
        known = self.vocabulary.find(path[0])
        topic_id = known.id if isinstance(known, Topic) else self._new_topic(path[0])
        if len(path) == 1:
            return self._subtopic(topic_id, f"{topic_id}.general", {"en": "General", "zh": "综合"})
        if isinstance(known, Topic):
            for subtopic in known.subtopics:
                if path[1].casefold() in (subtopic.en.casefold(), subtopic.zh):
                    return subtopic.id
        return self._subtopic(topic_id, f"{topic_id}.{slug(path[1])}", dict.fromkeys(LANGUAGES, path[1]))

    def _new_topic(self, name: str) -> str:
        topic_id = slug(name)
        if topic_id in self.subtopics or (topic_id in self.topics and self.topics[topic_id].label("en") != name):
            topic_id = f"{topic_id}.category"
        self.topics.setdefault(topic_id, Node(topic_id, dict.fromkeys(LANGUAGES, name)))
        return topic_id

    def _subtopic(self, topic_id: str, subtopic_id: str, labels: Mapping[str, str]) -> str:
        self.subtopics.setdefault(subtopic_id, Node(subtopic_id, labels))
        self.owners.setdefault(subtopic_id, topic_id)
        return subtopic_id


@dataclass
class _Groups:
    """Groups of items: `first`, `second` per item (-1: none); `paths` per group, None where the vocabulary places it. Filled in by
    `_place`: `subtopics`, `confidences` (of subtopic and topic) per group."""

    first: Indices
    second: Indices
    paths: list[Path | None]
    subtopics: list[str] = field(default_factory=list)
    confidences: list[tuple[float, float]] = field(default_factory=list)


def _grouped(paths: Sequence[Sequence[Path]], vectors: Matrix) -> _Groups:
    """Like items together, never across categories; of an item in two categories both groups hold it."""
    holders: defaultdict[Path | None, list[int]] = defaultdict(list)
    for row, own in enumerate(paths):
        for path in own or (None,):
            holders[path].append(row)
    total, lines = theme_count(len(paths)), sum(map(len, holders.values()))
    groups = _Groups(np.full(len(paths), NOWHERE, np.int32), np.full(len(paths), NOWHERE, np.int32), [])
    for path in sorted(holders, key=lambda path: path or ()):
        rows = np.array(holders[path])
        share = max(1, round(total * len(rows) / lines))
        labels = len(groups.paths) + clusters(vectors[rows], share, FLOOR if path is None else None)
        is_first = np.array([not paths[row] or paths[row][0] == path for row in rows])
        groups.first[rows[is_first]] = labels[is_first]
        groups.second[rows[~is_first]] = labels[~is_first]
        groups.paths += [path] * (int(labels.max()) + 1 - len(groups.paths))
    return groups


def _place(
    draft: _Draft,
    groups: _Groups,
    paths: Sequence[Sequence[Path]],
    items: Sequence[Item],
    vectors: Matrix,
    *,
    scorer: SubtopicScorer,
) -> None:
    """The subtopic of every group: its category's, else the vocabulary's by what its members say."""
    groups.subtopics = ["" if path is None else draft.of_path(path) for path in groups.paths]
    groups.confidences = [(1.0, 1.0)] * len(groups.paths)
    asked = np.array([row for row, own in enumerate(paths) if not own], np.int64)
    if not len(asked):
        return
    scores = scorer.log_scores(vectors[asked], [items[row].text() for row in asked])
    open_groups, inverse = np.unique(groups.first[asked], return_inverse=True)
    sizes = np.bincount(inverse).astype(np.float64)
    means = np.zeros((len(open_groups), scores.shape[1]))
    np.add.at(means, inverse, scores)
    probabilities = np.exp(with_mix(means / sizes[:, None], sizes))
    topics = np.zeros((len(open_groups), len(scorer.vocabulary.topics)))
    np.add.at(topics.T, scorer.owners, probabilities.T)
    for at, group in enumerate(open_groups):
        topic = int(topics[at].argmax())
        best = int(np.where(scorer.owners == topic, probabilities[at], -1).argmax())
        place = scorer.ids[best]
        groups.subtopics[group] = place if place in draft.subtopics else f"{place}.general"
        groups.confidences[group] = (round(float(probabilities[at, best]), 6), round(float(topics[at, topic]), 6))


def _assembled(
    draft: _Draft,
    groups: _Groups,
    items: Sequence[Item],
    vectors: Matrix,
    *,
    previous: Taxonomy | None,
    usage: Mapping[str, float],
) -> Taxonomy:
    ids = [item.item_id for item in items]
    heirs = inherited(previous, ids, groups.first, usage)
    members: list[list[int]] = [[] for _ in groups.paths]
    for column in (groups.first, groups.second):
        for row in np.flatnonzero(column != NOWHERE):
            members[column[row]].append(int(row))
    sums = np.zeros((len(members), vectors.shape[1]))
    for column in (groups.first, groups.second):
        rows = np.flatnonzero(column != NOWHERE)
        np.add.at(sums, column[rows], vectors[rows])
    centroids = unit_rows(sums)
    keywords = theme_keywords([[items[row].title for row in rows] for rows in members])
    themes = []
    taken = {theme.id for theme in previous.themes} if previous else set()
    for group, own in enumerate(members):
        closeness = vectors[own] @ centroids[group] if own else np.zeros(0)
        ranked = [own[at] for at in np.lexsort((np.arange(len(own)), -closeness))]
        titles = [items[row].title for row in ranked]
        heir = heirs[group]
        kept = previous.themes[heir] if previous is not None and heir is not None else None
        theme_id = kept.id if kept else _fresh_id(theme_digest(ids[row] for row in own), taken)
        taken.add(theme_id)
        labels = _labels(draft, groups, group, titles)
        themes.append(Theme(theme_id, labels, "rule", *groups.confidences[group], keywords=keywords[group], readings=0))
    topic_ids, subtopic_ids = list(draft.topics), list(draft.subtopics)
    both = groups.second != NOWHERE
    return Taxonomy(
        topics=tuple(draft.topics.values()),
        subtopics=tuple(draft.subtopics.values()),
        themes=tuple(themes),
        subtopic_topics=np.array([topic_ids.index(draft.owners[name]) for name in subtopic_ids], np.int32),
        theme_subtopics=np.array([subtopic_ids.index(name) for name in groups.subtopics], np.int32),
        centroids=centroids,
        item_ids=tuple(ids),
        item_themes=np.stack([groups.first, groups.second], axis=1).astype(np.int32),
        item_weights=np.stack([np.where(both, 0.5, 1.0), np.where(both, 0.5, 0.0)], axis=1).astype(np.float32),
    )


def _labels(draft: _Draft, groups: _Groups, group: int, titles: Sequence[str]) -> dict[str, str]:
    shared = shared_label(titles)
    path = groups.paths[group]
    if shared:
        return dict.fromkeys(LANGUAGES, shared)
    if path is not None:
        return dict.fromkeys(LANGUAGES, path[-1])
    return dict(draft.subtopics[groups.subtopics[group]].labels)


def _fresh_id(digest: str, taken: set[str]) -> str:
    number, theme_id = 2, f"t-{digest}"
    while theme_id in taken:
        theme_id, number = f"t-{digest}-{number}", number + 1
    return theme_id


def _themes_under(taxonomy: Taxonomy, path: Path) -> np.ndarray | None:
    """Which themes stand under a category; None where the taxonomy has no such category with themes."""
    name = path[min(len(path), 2) - 1].casefold()
    subtopics = [
        index
        for index, node in enumerate(taxonomy.subtopics)
        if (
            node.id.endswith(".general")
            and len(path) == 1
            and taxonomy.topics[taxonomy.subtopic_topics[index]].label("en").casefold() == name
        )
        or (
            len(path) > 1
            and name in (label.casefold() for label in node.labels.values())
            and path[0].casefold()
            in (label.casefold() for label in taxonomy.topics[taxonomy.subtopic_topics[index]].labels.values())
        )
    ]
    allowed = np.isin(taxonomy.theme_subtopics, subtopics)
    return allowed if allowed.any() else None


def _node(node_id: str, place: Subtopic) -> Node:
    return Node(node_id, {language: place.label(language) for language in LANGUAGES})
