"""Items that a user has muted: those below a muted node, by their themes in the taxonomy or by their categories.

Items elsewhere stay, however similar they are. Similarity decides only where the place does not: for an item without a place, for one
of which only a category above the muted node is known, and for a muted interest that is no node of the taxonomy (a personal theme, or
one that the user stated). Such an item is muted if it is nearer to a muted interest than to any other.

Results of searches in the whole catalogue are cached: by node, and for similarity by interest.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from penchant.agent.profiles.engine.codec import LiveInterests, Muting
from penchant.agent.recommend.filters import NO_RECORD
from penchant.agent.recommend.interactions import ItemSpace
from penchant.agent.taxonomy.categories import Path, category_paths, folded
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.arrays import Flags, Ints

NEARNESS = 0.45
"""The smallest cosine to a muted interest at which similarity can mute an item."""
CACHED_RESULTS = 64
"""How many results are cached: for users who muted the same nodes, and for interests that many users muted."""
GENERAL = "general"
NOWHERE = -1


class MutedBy(NamedTuple):
    """What mutes an item: the `path` of a muted interest. The item is below it, or only similar to it (`is_alike`)."""

    path: tuple[str, ...]
    is_alike: bool


class TaxonomyNodes:
    """The nodes of a taxonomy in a fixed order. `number`: index by id; `chains` (nodes, 3): the indices from the topic down to each
    node, -1 where there is none.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        nodes = (*taxonomy.topics, *taxonomy.subtopics, *taxonomy.themes)
        self.number = {node.id: at for at, node in enumerate(nodes)}
        topics, subtopics, themes = len(taxonomy.topics), len(taxonomy.subtopics), len(taxonomy.themes)
        self.first_theme = topics + subtopics
        self.chains = np.full((len(nodes), 3), NOWHERE)
        self.chains[:topics, 0] = np.arange(topics)
        self.chains[topics : self.first_theme, 0] = taxonomy.subtopic_topics
        self.chains[topics : self.first_theme, 1] = np.arange(subtopics) + topics
        if themes:
            self.chains[self.first_theme :, :2] = self.chains[taxonomy.theme_subtopics + topics, :2]
        self.chains[self.first_theme :, 2] = np.arange(themes) + self.first_theme
        self._by_category = dict(self._named())

    def of_category(self, path: Path) -> int:
        """Return the node of a catalogue category, or the nearest known node above it; -1 if there is none."""
        plain = folded(path[:2])
        if len(plain) == 2 and plain in self._by_category:
            return self._by_category[plain]
        topic = self._by_category.get(plain[:1], NOWHERE)
        if len(path) > 1 or topic == NOWHERE:
            return topic
        return self.number.get(f"{self.taxonomy.topics[topic].id}.{GENERAL}", topic)

    def below(self, muting: Sequence[Muting]) -> Flags:
        """Return a mask (nodes + 1,) of the nodes muted themselves or through a node above; the last entry stands for no node."""
        muted = np.zeros(len(self.chains) + 1, bool)
        for word in muting:
            if word.node in self.number:
                muted[:-1][(self.chains == self.number[word.node]).any(1)] = word.is_muted
        return muted

    def _named(self) -> Iterator[tuple[Path, int]]:
        """Yield categories with their nodes: first those that a theme was made of, then those named like a node in any language (later
        ones replace earlier ones).
        """
        taxonomy, topics = self.taxonomy, len(self.taxonomy.topics)
        for theme, subtopic in zip(taxonomy.themes, taxonomy.theme_subtopics.tolist(), strict=True):
            if theme.category:
                yield folded(theme.category[:1]), int(taxonomy.subtopic_topics[subtopic])
            if len(theme.category) > 1:
                yield folded(theme.category[:2]), topics + subtopic
        for at, topic in enumerate(taxonomy.topics):
            yield from ((folded([label]), at) for label in topic.labels.values())
        for at, (node, topic_at) in enumerate(zip(taxonomy.subtopics, taxonomy.subtopic_topics.tolist(), strict=True)):
            above = set(taxonomy.topics[topic_at].labels.values())
            yield from ((folded([name, label]), topics + at) for name in above for label in set(node.labels.values()))


@dataclass(frozen=True)
class PlacedItems:
    """The places of the n items of `space`: item `items[j]` is in the node `places[j]` (both (m,)), -1 for a category that is no node
    yet. `has_theme`, `has_place` (n,).
    """

    space: ItemSpace
    nodes: TaxonomyNodes
    items: Ints
    places: Ints
    has_theme: Flags
    has_place: Flags
    _below: LRUCache[tuple[Muting, ...], Ints] = field(default_factory=lambda: LRUCache(CACHED_RESULTS))
    _near: LRUCache[tuple[bytes, tuple[int, ...] | None], Ints] = field(
        default_factory=lambda: LRUCache(CACHED_RESULTS)
    )

    @classmethod
    def of(cls, space: ItemSpace, taxonomy: Taxonomy) -> "PlacedItems":
        """Place items by their themes and by all of their categories."""
        nodes = TaxonomyNodes(taxonomy)
        rows, themes, _ = taxonomy.assignments(space.ids)
        by_category = np.array(list(_by_category(space, nodes)), np.int64).reshape(-1, 2)
        items = np.concatenate([rows.astype(np.int64), by_category[:, 0]])
        places = np.concatenate([themes.astype(np.int64) + nodes.first_theme, by_category[:, 1]])
        has_theme = np.bincount(rows, minlength=len(space)) > 0
        return cls(space, nodes, items, places, has_theme, np.bincount(items, minlength=len(space)) > 0)

    def below(self, muting: tuple[Muting, ...]) -> Ints:
        """Return the positions of the items below muted nodes, ascending."""
        known = self._below.get(muting)
        if known is None:
            known = self._below[muting] = np.unique(self.items[self.nodes.below(muting)[self.places]])
        return known

    def alike(self, live: LiveInterests) -> Ints:
        """Return the positions of the items that similarity decides on and that are nearest to a muted interest, ascending."""
        named = {word.node for word in live.muting if word.is_muted}
        leaves = np.flatnonzero(live.muted).tolist()
        own = [leaf for leaf in leaves if live.ids[leaf] not in self.nodes.number and live.ids[leaf] in named]
        uncertain = self._uncertain_nodes([live.nodes[leaf] for leaf in leaves] if live.nodes else [])
        near = [self._near_to(live.vectors[leaf], uncertain) for leaf in leaves]
        near_own = [self._near_to(live.vectors[leaf], None) for leaf in own]
        return np.union1d(self._nearest(near, leaves, live), self._nearest(near_own, own, live))

    def _nearest(self, near: Sequence[Ints], leaves: Sequence[int], live: LiveInterests) -> Ints:
        """Return those of the positions `near` any of the `leaves` that are nearer to one of them than to any other interest."""
        rows = np.unique(np.concatenate(near)) if near else np.zeros(0, np.int64)
        if not len(rows):
            return rows
        return rows[np.isin((self.space.vectors[rows] @ live.vectors.T).argmax(1), leaves)]

    def _uncertain_nodes(self, paths: Sequence[Sequence[str]]) -> tuple[int, ...]:
        """Return the nodes on these `paths`: an item known to be there only by its category may or may not belong to the muted interest."""
        return tuple(sorted({self.nodes.number[node] for path in paths for node in path if node in self.nodes.number}))

    def _near_to(self, vector: NDArray[np.float32], uncertain: tuple[int, ...] | None) -> Ints:
        """Return the positions of items near a vector, ascending: only those without a place or in `uncertain` nodes, or (None) all."""
        key = (vector.tobytes(), uncertain)
        known = self._near.get(key)
        if known is None:
            rows = np.arange(len(self.space)) if uncertain is None else self._undecided_items(uncertain)
            known = self._near[key] = rows[self.space.vectors[rows] @ vector >= NEARNESS]
        return known

    def _undecided_items(self, uncertain: tuple[int, ...]) -> Ints:
        higher = np.zeros(len(self.space), bool)
        higher[self.items[np.isin(self.places, uncertain)]] = True
        return np.flatnonzero(~self.has_place | (higher & ~self.has_theme))


def _by_category(space: ItemSpace, nodes: TaxonomyNodes) -> Iterator[tuple[int, int]]:
    known: dict[str, list[int]] = {}
    for at, record in enumerate(space.records or [NO_RECORD] * len(space)):
        if record.categories:
            name = repr(record.categories)
            if name not in known:
                known[name] = sorted({nodes.of_category(path) for path in category_paths(record.categories)})
            yield from ((at, node) for node in known[name])


class MutedItems:
    """Finds the items that a user has muted. `taxonomy`: returns the taxonomy in force. Thread-safe."""

    def __init__(self, taxonomy: Callable[[], Taxonomy]) -> None:
        self.taxonomy = taxonomy
        self._placed: PlacedItems | None = None
        self._lock = threading.Lock()

    def excluded(self, live: LiveInterests, space: ItemSpace) -> Ints:
        """Return the positions of muted items."""
        if not live.muted.any() or not len(space):
            return np.zeros(0, np.int64)
        with self._lock:
            placed = self._of(space)
            return np.concatenate([placed.below(live.muting), placed.alike(live)])

    def why(self, live: LiveInterests, space: ItemSpace, position: int) -> MutedBy | None:
        """Return what mutes the item at `position`; None if nothing does."""
        if position not in self.excluded(live, space):
            return None
        with self._lock:
            placed = self._of(space)
            if position in placed.below(live.muting):
                return MutedBy(
                    next(word.path for word in reversed(live.muting) if _mutes(placed, word, position)), False
                )
        likeness = np.where(live.muted, live.vectors @ space.vectors[position], -np.inf)
        return MutedBy(live.paths[int(likeness.argmax())], True)

    def _of(self, space: ItemSpace) -> PlacedItems:
        taxonomy, known = self.taxonomy(), self._placed
        if known is None or known.space is not space or not _is_same(known.nodes.taxonomy, taxonomy):
            known = self._placed = PlacedItems.of(space, taxonomy)
        return known


def _is_same(known: Taxonomy, other: Taxonomy) -> bool:
    return known is other or 0 < known.version == other.version


def _mutes(placed: PlacedItems, word: Muting, position: int) -> bool:
    return word.is_muted and position in placed.below((word,))
