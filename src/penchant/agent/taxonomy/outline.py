"""The outline of a taxonomy, as `taxonomy show` prints it: the tree with its sizes, titles and users."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from penchant.agent.taxonomy.keywords import term_weights, title_terms
from penchant.agent.taxonomy.taxonomy import NOWHERE, Node, Taxonomy, Theme
from penchant.store.clock import written_moment

TITLES = 5
FEWEST_USERS = 5
"""Numbers of users below this are not shown, to protect privacy."""


def outline(
    taxonomy: Taxonomy, titles: Mapping[str, str], language: str, users: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """Return `taxonomy show --json`: places with items, largest first; without any items, every place of the vocabulary.

    `titles`: of the items, by id. `users`: how many care about each node; if given, every node has `users`, None below
    `FEWEST_USERS`.
    """
    return {
        "version": taxonomy.version,
        "made_at": written_moment(taxonomy.made_at) if taxonomy.version else None,
        "items": len(taxonomy.item_ids),
        "unplaced": len(taxonomy.unplaced),
        "topics": _Outline(taxonomy, titles, language, users).topics(),
    }


class _Outline:
    """Writes the nodes of one taxonomy, each with the nodes below it."""

    def __init__(
        self, taxonomy: Taxonomy, titles: Mapping[str, str], language: str, users: Mapping[str, int] | None
    ) -> None:
        self.taxonomy, self.titles, self.language, self.users = taxonomy, titles, language, users
        themes = taxonomy.item_themes
        self.in_theme = _counts(themes, len(taxonomy.themes))
        self.in_subtopic = _counts(_above(themes, taxonomy.theme_subtopics), len(taxonomy.subtopics))
        self.in_topic = _counts(_above(themes, taxonomy.theme_topics), len(taxonomy.topics))

    def topics(self) -> list[dict[str, Any]]:
        """Return all topics with items."""
        return [self._topic(index) for index in self._shown(np.arange(len(self.taxonomy.topics)), self.in_topic)]

    def _topic(self, index: int) -> dict[str, Any]:
        below = self._shown(np.flatnonzero(self.taxonomy.subtopic_topics == index), self.in_subtopic)
        topic = self._node(self.taxonomy.topics[index], self.in_topic[index])
        return topic | {"subtopics": [self._subtopic(each) for each in below]}

    def _subtopic(self, index: int) -> dict[str, Any]:
        below = _fullest(np.flatnonzero(self.taxonomy.theme_subtopics == index), self.in_theme)
        subtopic = self._node(self.taxonomy.subtopics[index], self.in_subtopic[index])
        return subtopic | {"themes": [self._theme(each) for each in below]}

    def _theme(self, index: int) -> dict[str, Any]:
        theme = self.taxonomy.themes[index]
        body = self._node(theme, self.in_theme[index])
        body |= {"label_source": theme.label_source, "confidence": theme.confidence}
        return body | {"titles": _titles(theme, self.taxonomy.members(index), self.titles)}

    def _node(self, node: Node, items: int) -> dict[str, Any]:
        body: dict[str, Any] = {"id": node.id, "label": node.label(self.language), "items": int(items)}
        if self.users is not None:
            known = self.users.get(node.id, 0)
            body["users"] = known if known >= FEWEST_USERS else None
        return body

    def _shown(self, indices: np.ndarray, counts: np.ndarray) -> list[int]:
        """Return which of these places are shown, fullest first: those with items, or all of a catalogue without themes."""
        return [index for index in _fullest(indices, counts) if counts[index] or not self.taxonomy.themes]


def _above(item_themes: np.ndarray, parents: np.ndarray) -> np.ndarray:
    """Return the parents of the items' themes: shape (items, 2), -1 where there is none."""
    return np.asarray(np.append(parents, NOWHERE)[item_themes])


def _counts(nodes: np.ndarray, size: int) -> np.ndarray:
    """Return the number of items in each node; an item that is in a node twice counts once."""
    once = np.where((nodes[:, 1] == nodes[:, 0])[:, None], [[1, 0]], [[1, 1]]).astype(bool) & (nodes != NOWHERE)
    return np.bincount(nodes[once], minlength=size)


def _fullest(indices: np.ndarray, counts: np.ndarray) -> list[int]:
    return sorted(indices.tolist(), key=lambda index: (-counts[index], index))


def _titles(theme: Theme, members: list[str], titles: Mapping[str, str]) -> list[str]:
    """Return the titles that contain the most keyword weight of the theme."""
    weights = term_weights(theme.keywords)
    known = [titles[item_id] for item_id in members if item_id in titles]
    typical = sorted(known, key=lambda title: -sum(weights.get(term, 0.0) for term in set(title_terms(title))))
    return list(dict.fromkeys(typical))[:TITLES]
