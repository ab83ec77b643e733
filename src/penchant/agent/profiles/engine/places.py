"""The taxonomy as profiles show it: for each node its path of labels in one language, its ids, its words and its vector."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from penchant.agent.profiles.engine.state import Vectors, normalised
from penchant.agent.taxonomy.taxonomy import Node, Taxonomy
from penchant.store.profile import LabelSource, NodeKind

Path = tuple[str, ...]


class Place(NamedTuple):
    """A node of the taxonomy. `path`, `ids`, `sources`: labels from the topic down, their ids and who named them; `vector` (d,): zero where
    nothing of the catalogue stands there."""

    kind: NodeKind
    path: Path
    ids: tuple[str, ...]
    sources: tuple[LabelSource, ...]
    vector: Vectors
    keywords: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Places:
    """The nodes of `taxonomy` in `language`; `named`: a later version, whose labels count where it has them. Made once and kept."""

    taxonomy: Taxonomy
    language: str
    named: Taxonomy | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", {})

    def get(self, node_id: str) -> Place | None:
        """The node with this id, or None."""
        known: dict[str, Place | None] = self.__dict__["_known"]
        if node_id not in known:
            known[node_id] = self._read(node_id)
        return known[node_id]

    def find(self, label: str) -> Place | None:
        """The topic, else the subtopic, called so in any language; case and spacing do not matter."""
        found = self._by_label.get(folded(label))
        return None if found is None else self.get(found)

    @property
    def dimensions(self) -> int:
        """Of vectors."""
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
        """The same node as the later version names it."""
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


def folded(label: str) -> str:
    """Labels are the same whatever their case and spacing."""
    return " ".join(label.split()).casefold()


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
