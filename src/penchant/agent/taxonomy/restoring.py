"""Themes that a little growth must not dissolve.

A few new items can make a handful join another group of its subtopic. Where hardly anything is new, what was a theme stays one.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from penchant.agent.taxonomy.draft import Draft
from penchant.agent.taxonomy.grouping import Groups
from penchant.agent.taxonomy.stability import inherited
from penchant.agent.taxonomy.taxonomy import NOWHERE, Taxonomy

GROWTH = 0.1
"""Part of the items that may be new."""


def restore_themes(
    groups: Groups, item_ids: Sequence[str], previous: Taxonomy, draft: Draft, usage: Mapping[str, float]
) -> None:
    """Makes a group again of the members of each theme of `previous` that no group continues: of those the vocabulary placed, where at
    least half of the members are still there; of none where more than `GROWTH` of the items are new. `item_ids`: of the rows."""
    rows = np.array([previous.item_rows.get(item_id, NOWHERE) for item_id in item_ids], np.int64)
    if not len(rows) or not len(previous.themes) or (rows == NOWHERE).mean() > GROWTH:
        return
    before = np.where(rows == NOWHERE, NOWHERE, previous.item_themes[rows, 0])
    columns = np.stack([groups.first, groups.second], axis=1).astype(np.int32)
    heirs = inherited(previous, item_ids, columns, len(groups.paths), usage)
    by_vocabulary = np.array([*(path is None for path in groups.paths), False])  # the last: of items that stand nowhere
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
