"""Personal themes: events about items without a theme wait in a pool. Three or more alike events about two or more different items found
a personal theme.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from penchant.agent.profiles.engine.dynamics import SECONDS_PER_DAY
from penchant.agent.profiles.engine.state import PERSONAL, OwnTheme, State, Vectors, WaitingEvent, normalised
from penchant.agent.taxonomy.taxonomy import Node, Taxonomy
from penchant.store.labels import folded
from penchant.store.profile import LabelSource, NodeKind

Path = tuple[str, ...]


class Place(NamedTuple):
    """A node of the taxonomy. `path`, `ids`, `sources`: labels from the topic down, their ids and who named them; `vector` (d,): zero if
    no item stands there.
    """

    kind: NodeKind
    path: Path
    ids: tuple[str, ...]
    sources: tuple[LabelSource, ...]
    vector: Vectors
    keywords: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Places:
    """The nodes of `taxonomy` in `language`. `named`: a later version, whose labels are used for the nodes it has. Nodes are cached."""

    taxonomy: Taxonomy
    language: str
    named: Taxonomy | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", {})

    def get(self, node_id: str) -> Place | None:
        """Return the node with this id, or None."""
        known: dict[str, Place | None] = self.__dict__["_known"]
        if node_id not in known:
            known[node_id] = self._read(node_id)
        return known[node_id]

    def find(self, label: str) -> Place | None:
        """Return the topic, or else the subtopic, with this label in any language; case and spacing do not matter."""
        found = self._by_label.get(folded(label))
        return None if found is None else self.get(found)

    @property
    def dimensions(self) -> int:
        """Length of the vectors."""
        return int(self.taxonomy.centroids.shape[1])

    def _read(self, node_id: str) -> Place | None:
        taxonomy = self.taxonomy
        if (theme := taxonomy.theme_index.get(node_id)) is not None:
            above = self.get(taxonomy.subtopics[int(taxonomy.theme_subtopics[theme])].id)
            node = self._named(taxonomy.themes[theme])
            assert above is not None
            return _below(
                above,
                "theme",
                node,
                self.language,
                vector=taxonomy.centroids[theme],
                keywords=taxonomy.themes[theme].keywords,
            )
        if (subtopic := taxonomy.subtopic_index.get(node_id)) is not None:
            above = self.get(taxonomy.topics[int(taxonomy.subtopic_topics[subtopic])].id)
            node = self._named(taxonomy.subtopics[subtopic])
            assert above is not None
            return _below(
                above, "subtopic", node, self.language, vector=self._mean(taxonomy.theme_subtopics == subtopic)
            )
        if (topic := taxonomy.topic_index.get(node_id)) is not None:
            node = self._named(taxonomy.topics[topic])
            vector = self._mean(taxonomy.theme_topics == topic)
            return Place("topic", (node.label(self.language),), (node_id,), (node.label_source,), vector)
        return None

    def _named(self, node: Node) -> Node:
        """Return the same node with the label of the later version."""
        return node if self.named is None else self._later.get(node.id, node)

    @cached_property
    def _later(self) -> dict[str, Node]:
        named = self.named
        nodes: Sequence[Node] = () if named is None else (*named.topics, *named.subtopics, *named.themes)
        return {node.id: node for node in nodes}

    def _mean(self, themes: np.ndarray) -> Vectors:
        return normalised(self.taxonomy.centroids[themes].sum(axis=0, dtype=np.float32))

    @cached_property
    def _by_label(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for node in (*self.taxonomy.topics, *self.taxonomy.subtopics):
            for label in node.labels.values():
                found.setdefault(folded(label), node.id)
        return found


def _below(
    above: Place,
    kind: NodeKind,
    node: Node,
    language: str,
    *,
    vector: Vectors,
    keywords: tuple[tuple[str, float], ...] = (),
) -> Place:
    path = (*above.path, node.label(language))
    return Place(kind, path, (*above.ids, node.id), (*above.sources, node.label_source), vector, keywords)


MIN_FOUNDERS, MIN_DIFFERENT = 3, 2
"""This many alike events about this many different items found a theme; looking at one item again and again does not."""
POOL_SIZE = 24
POOL_AGE_DAYS = 30.0
FOUNDING_TEXTS = 6
FEW_THEMES = 20
ALIKE_PERCENTILE = 99.0
ALIKE_BY_DEFAULT = 0.5


class ThemelessItem(NamedTuple):
    """An item of the catalogue without a theme: its unit vector (d,), its title, and the id of its topic or subtopic, if that is
    certain.
    """

    vector: Vectors
    title: str
    place: str | None = None


class Claim(NamedTuple):
    """An event that belongs to a personal theme. `row`: the event with which this became known, possibly later than the event itself;
    `event_row`: the event itself (-1: from an earlier update).
    """

    row: int
    node: str
    event: WaitingEvent
    event_row: int = -1


def min_cosine_of(taxonomy: Taxonomy) -> float:
    """Return the cosine from which two items count as alike: higher than between nearly all pairs of themes of this catalogue, for its
    embedder.
    """
    centroids = taxonomy.centroids[:: max(len(taxonomy.centroids) // 1_000, 1)]
    if len(centroids) < FEW_THEMES:
        return ALIKE_BY_DEFAULT
    pairs = (centroids @ centroids.T)[np.triu_indices(len(centroids), 1)]
    return round(float(np.percentile(pairs, ALIKE_PERCENTILE)), 4)


@dataclass
class PersonalThemes:
    """The personal themes of one user during a fold, by id, with the sums `totals` (k, d) of their vectors."""

    themes: dict[str, OwnTheme]
    totals: list[Vectors]
    pool: list[WaitingEvent]
    unexplained: int = 0

    @classmethod
    def of(cls, state: State) -> "PersonalThemes":
        """Return the themes of a state, which is not changed."""
        return cls(dict(state.own), list(state.personal), list(state.pool), state.unexplained)

    def claim(
        self,
        waiting: Sequence[tuple[int, WaitingEvent]],
        themeless_items: Mapping[str, ThemelessItem],
        min_cosine: float,
    ) -> list[Claim]:
        """Return the events (row and event, in canonical order) that belong to a personal theme; the others wait in the pool."""
        claims: list[Claim] = []
        rows = {event.event_id: row for row, event in waiting}
        for row, event in waiting:
            found = themeless_items.get(event.item_id)
            if found is None:
                self.unexplained += 1
                continue
            node = self._nearest(found.vector, min_cosine)
            if node is not None:
                self.totals[node] = self.totals[node] + found.vector
                claims.append(Claim(row, list(self.themes)[node], event, row))
            else:
                self.pool.append(event)
                claims += self._found(row, themeless_items, min_cosine)
            self._let_go(event.at)
        return [claim._replace(event_row=rows.get(claim.event.event_id, -1)) for claim in claims]

    def put(self, state: State) -> None:
        """Write the themes back to the state."""
        state.pool, state.unexplained, state.own = self.pool, self.unexplained, self.themes
        if self.totals:
            state.personal = np.stack(self.totals).astype(np.float32)

    def _nearest(self, vector: Vectors, min_cosine: float) -> int | None:
        cosines = [_cosine(normalised(total), vector) for total in self.totals]
        best = max(range(len(cosines)), key=lambda at: (cosines[at], -at), default=None)
        return best if best is not None and cosines[best] >= min_cosine else None

    def _found(self, row: int, themeless_items: Mapping[str, ThemelessItem], min_cosine: float) -> list[Claim]:
        """Found a theme from the newest waiting event and those like it, if there are enough."""
        newest = themeless_items[self.pool[-1].item_id].vector
        known = [event for event in self.pool if event.item_id in themeless_items]
        like = [event for event in known if _cosine(themeless_items[event.item_id].vector, newest) >= min_cosine]
        items = list(dict.fromkeys(event.item_id for event in like))
        if len(like) < MIN_FOUNDERS or len(items) < MIN_DIFFERENT:
            return []
        texts = tuple(dict.fromkeys(themeless_items[item].title for item in items))[:FOUNDING_TEXTS]
        places = [themeless_items[item].place for item in items]
        name = PERSONAL + hashlib.blake2b(like[0].event_id.encode(), digest_size=8).hexdigest()
        self.themes[name] = OwnTheme(texts, max(dict.fromkeys(places), key=places.count))
        self.totals.append(np.sum([themeless_items[event.item_id].vector for event in like], axis=0, dtype=np.float32))
        taken = {id(event) for event in like}
        self.pool = [event for event in self.pool if id(event) not in taken]
        return [Claim(row, name, event) for event in like]

    def _let_go(self, at: float) -> None:
        """Drop the oldest events of a full pool, and those older than a month; they stay unexplained."""
        oldest = at - POOL_AGE_DAYS * SECONDS_PER_DAY
        stays = [event for event in self.pool if event.at >= oldest][-POOL_SIZE:]
        self.unexplained += len(self.pool) - len(stays)
        self.pool = stays


def _cosine(first: Vectors, second: Vectors) -> float:
    return float(np.einsum("d,d->", first, second))
