"""A taxonomy to be shown: its topics, subtopics and themes with how much stands in each."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from penchant.agent.taxonomy.keywords import title_terms
from penchant.agent.taxonomy.taxonomy import NOWHERE, Taxonomy, Theme

TITLES = 5
FEWEST_USERS = 5
"""Fewer users than this are nobody's business."""


def outline(
    taxonomy: Taxonomy, titles: Mapping[str, str], language: str, users: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """`taxonomy show --json`: places that hold items, the fullest first, or every place of the vocabulary where there are no items.

    `titles`: of the items, by id. `users`: how many care for each node; with it every node carries `users`, None below `FEWEST_USERS`.
    """
    counts = _counts(taxonomy.item_themes, len(taxonomy.themes))
    of_subtopic = _counts(_above(taxonomy.item_themes, taxonomy.theme_subtopics), len(taxonomy.subtopics))
    of_topic = _counts(_above(taxonomy.item_themes, taxonomy.theme_topics), len(taxonomy.topics))

    def node(node_id: str, label: str, items: int) -> dict[str, Any]:
        body: dict[str, Any] = {"id": node_id, "label": label, "items": items}
        if users is not None:
            known = users.get(node_id, 0)
            body["users"] = known if known >= FEWEST_USERS else None
        return body

    def theme(index: int) -> dict[str, Any]:
        own = taxonomy.themes[index]
        body = node(own.id, own.label(language), int(counts[index]))
        body |= {"label_source": own.label_source, "confidence": own.confidence}
        return body | {"titles": _titles(own, taxonomy.members(index), titles)}

    def subtopic(index: int) -> dict[str, Any]:
        own = taxonomy.subtopics[index]
        themes = _fullest(np.flatnonzero(taxonomy.theme_subtopics == index), counts)
        return node(own.id, own.label(language), int(of_subtopic[index])) | {"themes": [theme(at) for at in themes]}

    def topic(index: int) -> dict[str, Any]:
        own = taxonomy.topics[index]
        below = _fullest(np.flatnonzero(taxonomy.subtopic_topics == index), of_subtopic)
        shown = [at for at in below if of_subtopic[at] or not len(taxonomy.themes)]
        return node(own.id, own.label(language), int(of_topic[index])) | {"subtopics": [subtopic(at) for at in shown]}

    topics = _fullest(np.arange(len(taxonomy.topics)), of_topic)
    return {
        "version": taxonomy.version,
        "made_at": taxonomy.made_at.isoformat() if taxonomy.version else None,
        "items": len(taxonomy.item_ids),
        "unplaced": len(taxonomy.unplaced),
        "topics": [topic(at) for at in topics if of_topic[at] or not len(taxonomy.themes)],
    }


def _above(item_themes: np.ndarray, parents: np.ndarray) -> np.ndarray:
    """Shape (items, 2): the nodes above the items' themes, -1 where there is none."""
    return np.asarray(np.append(parents, NOWHERE)[item_themes])


def _counts(nodes: np.ndarray, size: int) -> np.ndarray:
    """How many items stand in each node; one that stands in it twice counts once."""
    once = np.where((nodes[:, 1] == nodes[:, 0])[:, None], [[1, 0]], [[1, 1]]).astype(bool) & (nodes != NOWHERE)
    return np.bincount(nodes[once], minlength=size)


def _fullest(indices: np.ndarray, counts: np.ndarray) -> list[int]:
    return sorted(indices.tolist(), key=lambda index: (-counts[index], index))


def _titles(theme: Theme, members: list[str], titles: Mapping[str, str]) -> list[str]:
    """The titles that say most of the theme's keywords."""
    weights = dict(theme.keywords)
    known = [titles[item_id] for item_id in members if item_id in titles]
    typical = sorted(known, key=lambda title: -sum(weights.get(term, 0.0) for term in set(title_terms(title))))
    return list(dict.fromkeys(typical))[:TITLES]
