"""Ids that stay, and what changed: a theme of a rebuilt taxonomy is the theme it shares most behaviour with, one to one."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from penchant.agent.taxonomy.taxonomy import NOWHERE, Indices, Taxonomy, Theme


@dataclass(frozen=True)
class ThemeChange:
    """A theme before and after; None where it did not, or does no longer, exist. `joined`, `left`: items, by id."""

    theme_id: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    joined: int = 0
    left: int = 0


@dataclass(frozen=True)
class TaxonomyDiff:
    """`before`, `after`: versions. Themes by what became of them, each with its path of labels; items that came, went or moved."""

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
        """Whether the two say the same of every theme and item."""
        return not (self.added or self.removed or self.renamed or self.moved) and not (
            self.items_added or self.items_removed or self.items_moved
        )


def taxonomy_diff(old: Taxonomy, new: Taxonomy, language: str = "en") -> TaxonomyDiff:
    """What became of the themes and items of `old` in `new`; labels in `language`."""
    places = {item_id: _theme_id(old, row) for row, item_id in enumerate(old.item_ids)}
    now = {item_id: _theme_id(new, row) for row, item_id in enumerate(new.item_ids)}
    paths = {theme.id: old.path(index, language) for index, theme in enumerate(old.themes)}
    later = {theme.id: new.path(index, language) for index, theme in enumerate(new.themes)}
    both = [theme_id for theme_id in paths if theme_id in later]
    members = {theme_id: set[str]() for theme_id in paths | later}
    after = {theme_id: set[str]() for theme_id in paths | later}
    for item_id, theme_id in places.items():
        if theme_id:
            members[theme_id].add(item_id)
    for item_id, theme_id in now.items():
        if theme_id:
            after[theme_id].add(item_id)

    def change(theme_id: str) -> ThemeChange:
        came, went = after[theme_id] - members[theme_id], members[theme_id] - after[theme_id]
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


def _theme_id(taxonomy: Taxonomy, row: int) -> str:
    index = int(taxonomy.item_themes[row, 0])
    theme: Theme | None = taxonomy.themes[index] if index >= 0 else None
    return theme.id if theme else ""


def theme_digest(members: Iterable[str]) -> str:
    """A digest of member ids, in whatever order they come."""
    joined = "\0".join(sorted(members)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=6).hexdigest()


def inherited(
    previous: Taxonomy | None, item_ids: Sequence[str], groups: Indices, count: int, usage: Mapping[str, float]
) -> list[int | None]:
    """For each of `count` groups the index of the theme of `previous` that it is from now on, or None.

    `groups`: shape (items, 2), the first and second group of each item (-1: none). Pairs are matched by the weight of the members they
    share, the heaviest first, each theme once. An item weighs 1 + the log of 1 + its behaviour in `usage`.
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


def continues(theme: Theme, earlier: Theme, members: Sequence[str]) -> Theme:
    """`theme` with what a model read of its predecessor `kept`; where members have changed by a third since, as it is, to be read again."""
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
