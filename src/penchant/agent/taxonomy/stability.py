"""Ids that stay: a theme of a rebuilt taxonomy is the theme it shares most behaviour with, one to one."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from penchant.agent.taxonomy.taxonomy import NOWHERE, Indices, Taxonomy, Theme


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
