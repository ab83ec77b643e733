"""The taxonomy: topics, subtopics and themes of a catalogue, the same for all users.

The contract for other modules:

- `Taxonomy` is immutable. `topics` and `subtopics` are those of the vocabulary and of the catalogue's own categories; `themes` are
  groups of similar items. Ids are strings, stable across versions, and unique over all three levels.
- `theme_subtopics[t]` is the index in `subtopics` of theme *t*; `subtopic_topics[s]` is the index in `topics` of subtopic *s*.
- `assignments(item_ids)` returns arrays `(rows, themes, weights)`: item `item_ids[rows[j]]` belongs to theme `themes[j]` with
  responsibility `weights[j]`. There are up to two lines per item, each at least 0.2, which sum to 1; rows ascend. Items without a theme
  have no line; the caller puts their events in the pool.
- `centroids`: float32, shape (themes, d), unit rows. `theme.keywords`: (term, weight), the weights sum to 1.
- `version` is 0 until `TaxonomyStore.save` numbers it. A catalogue without items has no themes: the taxonomy is then the vocabulary.

`build_taxonomy` and `add_items` are in `builder`, `taxonomy_diff` in `stability`, `TaxonomyReader` in `reader`, `TaxonomyStore` in
`repository`. Free text (messages, searches, statements) is placed by `placement.Placement`, not here: every item has a topic, while
most sentences have none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

LabelSource = Literal["llm", "rule", "user"]
Indices = NDArray[np.int32]
Weights = NDArray[np.float32]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOWHERE = -1


@dataclass(frozen=True)
class Node:
    """A place in the tree. `labels`: by language; `id`: stable and safe in a URL path."""

    id: str
    labels: Mapping[str, str]
    label_source: LabelSource = "rule"

    def label(self, language: str) -> str:
        """Return the label in `language`, else in English, else in any language."""
        return self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()), self.id)


@dataclass(frozen=True)
class Theme(Node):
    """A group of similar items. `confidence`, `topic_confidence`: probability (0–1, calibrated) that subtopic and topic are right.

    `keywords`: (term, weight), highest weight first, the weights sum to 1; terms as most titles write them. `category`: the path in the
    catalogue, () if placed by the vocabulary. `readings`: how often a language model has been asked about it. `read_from`: the members
    at the time a model gave its label or place, if one did.
    """

    confidence: float = 1.0
    topic_confidence: float = 1.0
    keywords: tuple[tuple[str, float], ...] = ()
    category: tuple[str, ...] = ()
    readings: int = 0
    read_from: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """See the module. `item_ids` ascend; `item_themes` and `item_weights` have shape (items, 2) in that order: theme indices (-1: none)
    and responsibilities. `made_at`: when it was built; `embedder`: the name of the embedder of the vectors; `basis`: digest of what
    it was built from, "" once items have been added.
    """

    topics: tuple[Node, ...]
    subtopics: tuple[Node, ...]
    themes: tuple[Theme, ...]
    subtopic_topics: Indices
    theme_subtopics: Indices
    centroids: NDArray[np.float32]
    item_ids: tuple[str, ...] = ()
    item_themes: Indices = field(default_factory=lambda: np.zeros((0, 2), np.int32))
    item_weights: Weights = field(default_factory=lambda: np.zeros((0, 2), np.float32))
    embedder: str = ""
    basis: str = ""
    version: int = 0
    made_at: datetime = EPOCH

    @cached_property
    def item_rows(self) -> dict[str, int]:
        """Row of each known item, by id, with or without a theme."""
        return {item_id: row for row, item_id in enumerate(self.item_ids)}

    @cached_property
    def theme_index(self) -> dict[str, int]:
        """Index in `themes` by id."""
        return {theme.id: index for index, theme in enumerate(self.themes)}

    @cached_property
    def subtopic_index(self) -> dict[str, int]:
        """Index in `subtopics` by id."""
        return {node.id: index for index, node in enumerate(self.subtopics)}

    @cached_property
    def topic_index(self) -> dict[str, int]:
        """Index in `topics` by id."""
        return {node.id: index for index, node in enumerate(self.topics)}

    @cached_property
    def theme_topics(self) -> Indices:
        """Index in `topics` of each theme."""
        topics: Indices = self.subtopic_topics[self.theme_subtopics]
        return topics

    @cached_property
    def unplaced(self) -> tuple[str, ...]:
        """Items without a theme, which may found one at the next build."""
        return tuple(self.item_ids[row] for row in np.flatnonzero(self.item_themes[:, 0] == NOWHERE))

    def assignments(self, item_ids: Sequence[str]) -> tuple[Indices, Indices, Weights]:
        """Return `(rows, themes, weights)` of items, see the module; items without a theme have no line."""
        known = self.item_rows
        found = np.fromiter((known.get(item_id, NOWHERE) for item_id in item_ids), np.int32, len(item_ids))
        asked = np.flatnonzero(found != NOWHERE)
        themes, weights = self.item_themes[found[asked]], self.item_weights[found[asked]]
        placed = themes != NOWHERE
        rows = np.repeat(asked.astype(np.int32), 2).reshape(-1, 2)
        return rows[placed], themes[placed], weights[placed]

    def members(self, theme: int) -> list[str]:
        """Return the ids of the items that belong to this theme, as their first or second, ascending."""
        return [self.item_ids[row] for row in self._rows_by_theme[theme]]

    def path(self, theme: int, language: str) -> tuple[str, str, str]:
        """Return the labels of topic, subtopic and theme."""
        subtopic = int(self.theme_subtopics[theme])
        topic = self.topics[int(self.subtopic_topics[subtopic])]
        return topic.label(language), self.subtopics[subtopic].label(language), self.themes[theme].label(language)

    @cached_property
    def _rows_by_theme(self) -> list[Indices]:
        themes = self.item_themes.ravel()
        order = np.argsort(themes, kind="stable").astype(np.int32)
        bounds = np.searchsorted(themes[order], np.arange(len(self.themes) + 1))
        return [order[start:stop] // 2 for start, stop in pairwise(bounds)]
