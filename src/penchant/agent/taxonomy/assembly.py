"""Groups of items as themes with ids, labels and keywords; what continues a theme of the version before keeps what was known of it."""

from collections.abc import Mapping, Sequence

import numpy as np

from penchant.agent.taxonomy.draft import Draft
from penchant.agent.taxonomy.grouping import Groups
from penchant.agent.taxonomy.keywords import theme_keywords
from penchant.agent.taxonomy.stability import continues, inherited, theme_digest
from penchant.agent.taxonomy.taxonomy import NOWHERE, Taxonomy, Theme
from penchant.store.embedders.embedder import Matrix, unit_rows
from penchant.store.item import Item

Members = Sequence[Sequence[int]]


def assembled(
    draft: Draft,
    groups: Groups,
    items: Sequence[Item],
    vectors: Matrix,
    *,
    previous: Taxonomy | None,
    usage: Mapping[str, float],
) -> Taxonomy:
    """The taxonomy of `groups`. `vectors`: (n, d), by which items were compared; `usage`: behaviour per item."""
    ids = [item.item_id for item in items]
    members = groups.members()
    centroids = _centroids(groups, members, vectors)
    keywords = theme_keywords([[items[row].title for row in rows] for rows in members])
    both_columns = np.stack([groups.first, groups.second], axis=1).astype(np.int32)
    heirs = inherited(previous, ids, both_columns, len(members), usage)
    themes: list[Theme] = []
    taken = {theme.id for theme in previous.themes} if previous else set()
    for group, rows in enumerate(members):
        heir = heirs[group]
        earlier = previous.themes[heir] if previous is not None and heir is not None else None
        theme_id = earlier.id if earlier else _fresh_id(theme_digest(ids[row] for row in rows), taken)
        taken.add(theme_id)
        theme = Theme(
            theme_id,
            groups.labels[group],
            "rule",
            *groups.confidences[group],
            keywords=keywords[group],
            category=groups.paths[group] or (),
        )
        if earlier and earlier.read_from and previous is not None and heir is not None:
            theme = continues(theme, earlier, [ids[row] for row in rows])
            if theme.read_from and not theme.category:
                groups.subtopics[group] = previous.subtopics[int(previous.theme_subtopics[heir])].id
        themes.append(theme)
    topics, subtopics = list(draft.topics), list(draft.subtopics)
    both = groups.second != NOWHERE
    placed = groups.first != NOWHERE
    return Taxonomy(
        topics=tuple(draft.topics.values()),
        subtopics=tuple(draft.subtopics.values()),
        themes=tuple(themes),
        subtopic_topics=np.array([topics.index(draft.owners[name]) for name in subtopics], np.int32),
        theme_subtopics=np.array([subtopics.index(name) for name in groups.subtopics], np.int32),
        centroids=centroids,
        item_ids=tuple(ids),
        item_themes=both_columns,
        item_weights=np.stack([np.where(both, 0.5, placed), np.where(both, 0.5, 0.0)], axis=1).astype(np.float32),
    )


def _centroids(groups: Groups, members: Members, vectors: Matrix) -> Matrix:
    sums = np.zeros((len(members), vectors.shape[1]))
    for column in (groups.first, groups.second):
        rows = np.flatnonzero(column != NOWHERE)
        np.add.at(sums, column[rows], vectors[rows])
    return unit_rows(sums)


def _fresh_id(digest: str, taken: set[str]) -> str:
    number, theme_id = 2, f"t-{digest}"
    while theme_id in taken:
        theme_id, number = f"t-{digest}-{number}", number + 1
    return theme_id
