"""What stays when a taxonomy is built again: ids, because a new theme continues the old theme with which it shares most behaviour, one
to one; and corrections by people of names, places and themes that belong together.

| action | `node_id` | `details` |
|---|---|---|
| `rename` | a topic, subtopic or theme | `labels`: by language |
| `move` | a theme | `subtopic`: id of the subtopic it belongs under |
| `merge` | a theme | `into`: id of the theme it is part of; `items`: the members of both when they were merged |

Corrections are applied in the order they were made. A correction of a node that no longer exists is skipped, but a merge also applies
to any theme with most of its members among `items`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from penchant.agent.taxonomy.categories import Draft
from penchant.agent.taxonomy.grouping import Groups
from penchant.agent.taxonomy.taxonomy import NOWHERE, Indices, Node, Taxonomy, Theme
from penchant.errors import NotFoundError, UsageError
from penchant.prompts.labels import check_label
from penchant.store.embedders.embedder import unit_rows
from penchant.store.taxonomies import Correction


@dataclass(frozen=True)
class ThemeChange:
    """The path of labels of a theme before and after; None where it did not exist. `joined`, `left`: numbers of items."""

    theme_id: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    joined: int = 0
    left: int = 0


@dataclass(frozen=True)
class TaxonomyDiff:
    """`before`, `after`: version numbers. Themes by kind of change; numbers of items that were added, removed or moved."""

    before: int
    after: int
    added: tuple[ThemeChange, ...]
    removed: tuple[ThemeChange, ...]
    renamed: tuple[ThemeChange, ...]
    moved: tuple[ThemeChange, ...]
    items_added: int
    items_removed: int
    items_moved: int

    @property
    def empty(self) -> bool:
        """Whether nothing differs in themes and items."""
        return not (self.added or self.removed or self.renamed or self.moved) and not (
            self.items_added or self.items_removed or self.items_moved
        )


def taxonomy_diff(old: Taxonomy, new: Taxonomy, language: str = "en") -> TaxonomyDiff:
    """Return the changes from `old` to `new` in themes and items; labels in `language`."""
    places = {item_id: _theme_id(old, row) for row, item_id in enumerate(old.item_ids)}
    now = {item_id: _theme_id(new, row) for row, item_id in enumerate(new.item_ids)}
    paths = {theme.id: old.path(index, language) for index, theme in enumerate(old.themes)}
    later = {theme.id: new.path(index, language) for index, theme in enumerate(new.themes)}
    both = [theme_id for theme_id in paths if theme_id in later]
    before, after = _items_by_theme(places), _items_by_theme(now)

    def change(theme_id: str) -> ThemeChange:
        came, went = after[theme_id] - before[theme_id], before[theme_id] - after[theme_id]
        return ThemeChange(theme_id, paths.get(theme_id), later.get(theme_id), len(came), len(went))

    common = places.keys() & now.keys()
    return TaxonomyDiff(
        old.version,
        new.version,
        added=tuple(change(theme_id) for theme_id in later if theme_id not in paths),
        removed=tuple(change(theme_id) for theme_id in paths if theme_id not in later),
        renamed=tuple(change(theme_id) for theme_id in both if paths[theme_id][2] != later[theme_id][2]),
        moved=tuple(change(theme_id) for theme_id in both if paths[theme_id][:2] != later[theme_id][:2]),
        items_added=len(now.keys() - places.keys()),
        items_removed=len(places.keys() - now.keys()),
        items_moved=sum(places[item_id] != now[item_id] for item_id in common),
    )


def _items_by_theme(places: Mapping[str, str]) -> defaultdict[str, set[str]]:
    """Return the ids of the items of each theme, from the theme of each item; of an unknown theme none."""
    items = defaultdict[str, set[str]](set)
    for item_id, theme_id in places.items():
        items[theme_id].add(item_id)
    return items


def _theme_id(taxonomy: Taxonomy, row: int) -> str:
    index = int(taxonomy.item_themes[row, 0])
    theme: Theme | None = taxonomy.themes[index] if index >= 0 else None
    return theme.id if theme else ""


def theme_digest(members: Iterable[str]) -> str:
    """Return a digest of member ids, independent of their order."""
    joined = "\0".join(sorted(members)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=6).hexdigest()


def match_themes(
    previous: Taxonomy | None, item_ids: Sequence[str], groups: Indices, count: int, usage: Mapping[str, float]
) -> list[int | None]:
    """Return for each of `count` groups the index of the theme of `previous` that it continues, or None.

    `groups`: shape (items, 2), the first and second group of each item (-1: none). Pairs are matched by the total weight of shared
    members, the heaviest first, each theme once. The weight of an item is 1 + log(1 + its events in `usage`).
    """
    heirs: list[int | None] = [None] * count
    if previous is None or not len(previous.themes) or not len(previous.item_ids):
        return heirs
    rows = np.array([previous.item_rows.get(item_id, NOWHERE) for item_id in item_ids], np.int64)
    before = np.where(rows[:, None] == NOWHERE, NOWHERE, previous.item_themes[rows])
    weights = 1 + np.log1p(np.array([max(usage.get(item_id, 0.0), 0.0) for item_id in item_ids]))
    both = (before != NOWHERE) & (groups != NOWHERE)
    pairs, pair_of = np.unique(np.stack([groups[both], before[both]]), axis=1, return_inverse=True)
    shared = np.bincount(pair_of.ravel(), np.repeat(weights[:, None], 2, axis=1)[both])
    taken: set[int] = set()
    for at in np.lexsort((pairs[1], pairs[0], -shared)):
        group, theme = int(pairs[0, at]), int(pairs[1, at])
        if heirs[group] is None and theme not in taken:
            heirs[group] = theme
            taken.add(theme)
    return heirs


def keep_reading(theme: Theme, earlier: Theme, members: Sequence[str]) -> Theme:
    """Return `theme` with what a model read of `earlier`, the theme it continues; unchanged if a third or more of the members differ, so
    that it is read again.
    """
    before, now = set(earlier.read_from), set(members)
    if 3 * len(before & now) < 2 * len(before | now):
        return theme
    return replace(
        theme,
        labels=earlier.labels,
        label_source=earlier.label_source,
        confidence=earlier.confidence,
        topic_confidence=earlier.topic_confidence,
        readings=earlier.readings,
        read_from=earlier.read_from,
    )


GROWTH = 0.1
"""Themes are restored only if at most this share of the items is new."""


def restore_themes(
    groups: Groups, item_ids: Sequence[str], previous: Taxonomy, draft: Draft, usage: Mapping[str, float]
) -> None:
    """Restore, as a group, each theme of `previous` that no group continues, from its members that the vocabulary placed, if these are
    at least half of its members. Does nothing if more than `GROWTH` of the items are new. `item_ids`: of the rows.
    """
    rows = np.array([previous.item_rows.get(item_id, NOWHERE) for item_id in item_ids], np.int64)
    if not len(rows) or not len(previous.themes) or (rows == NOWHERE).mean() > GROWTH:
        return
    before = np.where(rows == NOWHERE, NOWHERE, previous.item_themes[rows, 0])
    columns = np.stack([groups.first, groups.second], axis=1).astype(np.int32)
    heirs = match_themes(previous, item_ids, columns, len(groups.paths), usage)
    by_vocabulary = np.array(
        [*(path is None for path in groups.paths), False]
    )  # the last entry is for items without a theme
    for theme in sorted(set(range(len(previous.themes))) - set(heirs)):
        place = previous.subtopics[int(previous.theme_subtopics[theme])].id
        members = np.flatnonzero((before == theme) & by_vocabulary[groups.first])
        known = 2 * len(members) >= len(previous.members(theme)) > 0
        if previous.themes[theme].category or place not in draft.subtopics or not known:
            continue
        sure = np.array([groups.confidences[int(groups.first[row])] for row in members]).mean(axis=0)
        groups.first[members] = len(groups.paths)
        groups.add(None, place, (round(float(sure[0]), 4), round(float(sure[1]), 4)))
        by_vocabulary = np.append(by_vocabulary[:-1], [True, False])


def apply_corrections(taxonomy: Taxonomy, corrections: Sequence[Correction]) -> Taxonomy:
    """Return `taxonomy` with the corrections applied."""
    for correction in corrections:
        match correction.action:
            case "rename":
                taxonomy = _renamed(taxonomy, correction.node_id, correction.details)
            case "move":
                taxonomy = _moved(taxonomy, correction.node_id, correction.details)
            case "merge":
                taxonomy = _merged(taxonomy, correction.node_id, correction.details)
    return taxonomy


def check_correction(taxonomy: Taxonomy, node_id: str, action: str, details: dict[str, Any]) -> dict[str, Any]:
    """Validate a new correction and return the details to store. Raises `NotFoundError` for a node or target that the taxonomy lacks,
    and `UsageError` for an invalid action or label.
    """
    levels = (taxonomy.theme_index, taxonomy.subtopic_index, taxonomy.topic_index)
    allowed = levels if action == "rename" else levels[:1]
    if action not in ("rename", "move", "merge"):
        raise UsageError(f"a taxonomy has no correction {action!r}: rename, move or merge")
    if action != "rename" and any(node_id in level for level in levels[1:]):
        raise NotFoundError(
            f"{node_id!r} is not a theme: only themes can be moved or merged; topics and subtopics can be renamed"
        )
    if not any(node_id in level for level in allowed):
        raise NotFoundError(f"the taxonomy has no such node {node_id!r}: `penchant taxonomy show --json` lists the ids")
    if action == "rename":
        return {"labels": {language: _label(text) for language, text in details["labels"].items()}}
    if action == "move":
        if details["subtopic"] not in taxonomy.subtopic_index:
            raise NotFoundError(f"the taxonomy has no subtopic {details['subtopic']!r} to move to")
        return {"subtopic": details["subtopic"]}
    into = details["into"]
    if into not in taxonomy.theme_index or into == node_id:
        raise NotFoundError(f"the taxonomy has no other theme {into!r} to merge with")
    both = (taxonomy.theme_index[node_id], taxonomy.theme_index[into])
    return {"into": into, "items": sorted(item_id for theme in both for item_id in taxonomy.members(theme))}


def _label(text: str) -> str:
    try:
        return check_label(text)
    except ValueError as error:
        raise UsageError(f"{text!r} cannot be a label: {error}") from None


def _renamed(taxonomy: Taxonomy, node_id: str, details: dict[str, Any]) -> Taxonomy:
    def renamed(node: Node) -> Any:
        if node.id != node_id:
            return node
        return replace(node, labels={**node.labels, **details["labels"]}, label_source="user")

    return replace(
        taxonomy,
        topics=tuple(map(renamed, taxonomy.topics)),
        subtopics=tuple(map(renamed, taxonomy.subtopics)),
        themes=tuple(map(renamed, taxonomy.themes)),
    )


def _moved(taxonomy: Taxonomy, node_id: str, details: dict[str, Any]) -> Taxonomy:
    theme, subtopic = taxonomy.theme_index.get(node_id), taxonomy.subtopic_index.get(details["subtopic"])
    if theme is None or subtopic is None:
        return taxonomy
    places = taxonomy.theme_subtopics.copy()
    places[theme] = subtopic
    themes = list(taxonomy.themes)
    themes[theme] = replace(themes[theme], confidence=1.0, topic_confidence=1.0)
    return replace(taxonomy, theme_subtopics=places, themes=tuple(themes))


def _merged(taxonomy: Taxonomy, node_id: str, details: dict[str, Any]) -> Taxonomy:
    into, items = taxonomy.theme_index.get(details["into"]), set(details["items"])
    if into is None:
        return taxonomy
    parts = []
    for theme in range(len(taxonomy.themes)):
        members = taxonomy.members(theme)
        holds = 2 * sum(item_id in items for item_id in members) > len(members)
        if theme != into and (taxonomy.themes[theme].id == node_id or holds):
            parts.append(theme)
    return _joined(taxonomy, into, parts) if parts else taxonomy


def _joined(taxonomy: Taxonomy, into: int, parts: Sequence[int]) -> Taxonomy:
    """Merge `parts` into the theme `into`."""
    rest = [theme for theme in range(len(taxonomy.themes)) if theme not in parts]
    number = np.full(len(taxonomy.themes) + 1, NOWHERE, np.int32)  # the last entry is for items without a theme
    number[rest] = np.arange(len(rest), dtype=np.int32)
    number[list(parts)] = number[into]
    item_themes, item_weights = number[taxonomy.item_themes], taxonomy.item_weights.copy()
    twice = (item_themes[:, 0] == item_themes[:, 1]) & (item_themes[:, 0] != NOWHERE)
    item_themes[twice, 1], item_weights[twice] = NOWHERE, (1.0, 0.0)
    sizes = np.array([len(taxonomy.members(theme)) for theme in (into, *parts)], np.float32)
    centroids = taxonomy.centroids.copy()
    centroids[into] = unit_rows((sizes[:, None] * centroids[[into, *parts]]).sum(axis=0, keepdims=True))[0]
    return replace(
        taxonomy,
        themes=tuple(taxonomy.themes[theme] for theme in rest),
        theme_subtopics=taxonomy.theme_subtopics[rest],
        centroids=centroids[rest],
        item_themes=item_themes,
        item_weights=item_weights,
    )
