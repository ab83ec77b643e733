"""Builds a taxonomy from a whole catalogue, and places single new items in an existing one.

Pure: the same items, vectors, vocabulary and previous taxonomy give the same taxonomy, byte for byte. If nothing differs from the
previous taxonomy, that object itself is returned.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from penchant.agent.taxonomy.categories import Draft, Path, chosen_paths, folded
from penchant.agent.taxonomy.grouping import Groups, group_items, has_subject, item_words
from penchant.agent.taxonomy.keywords import Keywords, in_written_form, theme_keywords
from penchant.agent.taxonomy.labels import name_groups
from penchant.agent.taxonomy.lexicon import comparable_vectors, lexicon_of
from penchant.agent.taxonomy.repository import same_content
from penchant.agent.taxonomy.scorer import SubtopicScorer
from penchant.agent.taxonomy.stability import (
    apply_corrections,
    keep_reading,
    match_themes,
    restore_themes,
    theme_digest,
)
from penchant.agent.taxonomy.taxonomy import EPOCH, NOWHERE, Taxonomy, Theme
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.embedder import Embedder, Matrix, unit_rows
from penchant.store.item import Item
from penchant.store.taxonomies import Correction

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
    """Return the taxonomy made of `groups`. `vectors`: (n, d), with which items were compared; `usage`: number of events per item."""
    ids = [item.item_id for item in items]
    members = groups.members()
    both_columns = np.stack([groups.first, groups.second], axis=1).astype(np.int32)
    heirs = match_themes(previous, ids, both_columns, len(members), usage)
    titles = [[items[row].title for row in rows] for rows in members]
    keywords = in_written_form(
        theme_keywords(titles, lexicon_of(draft.vocabulary).things), (item.title for item in items)
    )
    themes, places = _themes(groups, [[ids[row] for row in rows] for rows in members], keywords, previous, heirs)
    topics, subtopics = list(draft.topics), list(draft.subtopics)
    both = groups.second != NOWHERE
    placed = groups.first != NOWHERE
    return Taxonomy(
        topics=tuple(draft.topics.values()),
        subtopics=tuple(draft.subtopics.values()),
        themes=tuple(themes),
        subtopic_topics=np.array([topics.index(draft.owners[name]) for name in subtopics], np.int32),
        theme_subtopics=np.array([subtopics.index(name) for name in places], np.int32),
        centroids=_centroids(groups, members, vectors),
        item_ids=tuple(ids),
        item_themes=both_columns,
        item_weights=np.stack([np.where(both, 0.5, placed), np.where(both, 0.5, 0.0)], axis=1).astype(np.float32),
    )


def _themes(
    groups: Groups,
    members: Sequence[Sequence[str]],
    keywords: Sequence[Keywords],
    previous: Taxonomy | None,
    heirs: Sequence[int | None],
) -> tuple[list[Theme], list[str]]:
    """Return the theme and the subtopic of each group. `members`: item ids; `heirs`: see `match_themes`.

    A theme keeps the id of the one it continues, and what a model read of it; a place that the model gave is kept with it. The id of a
    theme without members is free: only a theme of the members that founded it gets it again.
    """
    themes: list[Theme] = []
    places = list(groups.subtopics)
    used = np.unique(previous.item_themes) if previous else ()
    taken = {previous.themes[at].id for at in used if at != NOWHERE} if previous else set()
    for group, (ids, heir) in enumerate(zip(members, heirs, strict=True)):
        earlier = previous.themes[heir] if previous is not None and heir is not None else None
        theme = Theme(
            earlier.id if earlier else _fresh_id(theme_digest(ids), taken),
            groups.labels[group],
            "rule",
            *groups.confidences[group],
            keywords=keywords[group],
            category=groups.paths[group] or (),
        )
        taken.add(theme.id)
        if previous is not None and earlier is not None and heir is not None and earlier.read_from:
            theme = keep_reading(theme, earlier, ids)
            if theme.read_from and not theme.category:
                places[group] = previous.subtopics[int(previous.theme_subtopics[heir])].id
        themes.append(theme)
    return themes, places


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


METHOD = 15
"""Raised whenever the build procedure changes, so that taxonomies built by an older one are built again."""
MIN_THEME_COSINE = 0.3
"""A new item whose cosine to the nearest theme is below this has no theme until the next build."""


def build_taxonomy(
    items: Sequence[Item],
    vectors: Matrix,
    vocabulary: Vocabulary,
    embedder: Embedder,
    *,
    previous: Taxonomy | None = None,
    usage: Mapping[str, float] | None = None,
    corrections: Sequence[Correction] = (),
    made_at: datetime = EPOCH,
) -> Taxonomy:
    """Build the taxonomy of `items` with unit `vectors` (n, d), in the same order.

    `previous`: the taxonomy whose ids and model readings are kept where themes continue. `usage`: number of events per item id, used
    to decide which theme continues which. `corrections`: changes made by people, oldest first. Raises `ModelError` from the embedder
    (without a classifier for it, the vocabulary's terms are embedded).
    """
    order = sorted(range(len(items)), key=lambda row: items[row].item_id)
    items, vectors = [items[row] for row in order], np.ascontiguousarray(vectors[order], np.float32)
    basis = _basis(items, vectors, vocabulary, embedder)
    if previous is not None and previous.basis == basis:
        return previous
    draft = Draft(vocabulary)
    groups = group_items(items, vectors, SubtopicScorer(vocabulary, embedder), draft)
    _, compared = comparable_vectors([item_words(item) for item in items], vectors, embedder.name)
    if previous is not None:
        restore_themes(groups, [item.item_id for item in items], previous, draft, usage or {})
    groups.sort()
    name_groups(groups, items, compared, draft)
    built = assembled(draft, groups, items, compared, previous=previous, usage=usage or {})
    built = replace(
        built, embedder=embedder.name, basis=basis, made_at=made_at, version=previous.version if previous else 0
    )
    built = apply_corrections(built, corrections)
    if previous is not None and same_content(previous, built):
        return previous
    return built


def add_items(taxonomy: Taxonomy, items: Sequence[Item], vectors: Matrix) -> Taxonomy:
    """Return `taxonomy` with each new item in its nearest theme (within its category, if it has one); known items stay where they are.
    An item that is like no theme has no place until the next build. `vectors`: (n, d), unit rows.
    """
    new = {item.item_id: row for row, item in enumerate(items) if item.item_id not in taxonomy.item_rows}
    if not new:
        return taxonomy
    fresh = [items[row] for row in new.values()]
    placed = np.full((len(fresh), 2), NOWHERE, np.int32)
    if len(taxonomy.themes):
        placed[:, 0] = _nearest_themes(taxonomy, fresh, vectors[list(new.values())])
    ids = [*taxonomy.item_ids, *new]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    weights = np.stack([placed[:, 0] != NOWHERE, np.zeros(len(fresh), bool)], axis=1).astype(np.float32)
    return replace(
        taxonomy,
        basis="",
        item_ids=tuple(ids[row] for row in order),
        item_themes=np.concatenate([taxonomy.item_themes, placed])[order],
        item_weights=np.concatenate([taxonomy.item_weights, weights])[order],
    )


def _nearest_themes(taxonomy: Taxonomy, items: Sequence[Item], vectors: Matrix) -> NDArray[np.int32]:
    """Return the position (n,) of the theme nearest to each item, within its category if it has one; `NOWHERE` if it is like none."""
    _, compared = comparable_vectors([item_words(item) for item in items], vectors, taxonomy.embedder)
    cosines = compared @ taxonomy.centroids.T
    own_themes = _themes_by_category(taxonomy)
    nowhere = np.zeros(len(taxonomy.themes), bool)
    nearest = np.full(len(items), NOWHERE, np.int32)
    for at, own in enumerate(chosen_paths(items)):
        near = np.where(own_themes.get(folded(own[0]) if own else (), nowhere), cosines[at], -2.0)
        best = int(near.argmax())
        is_near = near[best] >= (-1.0 if own else MIN_THEME_COSINE)
        if is_near and (own or has_subject(items[at])):
            nearest[at] = best
    return nearest


def _basis(items: Sequence[Item], vectors: Matrix, vocabulary: Vocabulary, embedder: Embedder) -> str:
    """Return a digest of everything a taxonomy is made from, except behaviour, which only decides which theme continues which."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{METHOD}\0{embedder.name}\0{vocabulary.model_dump_json()}".encode("utf-8", "surrogatepass"))
    for item in items:
        parts = (item.item_id, item.title, *item.tags, *("\1".join(path) for path in item.categories))
        digest.update("\0".join((*parts, "\n")).encode("utf-8", "surrogatepass"))
    digest.update(vectors.ravel().data)
    return digest.hexdigest()


def _themes_by_category(taxonomy: Taxonomy) -> dict[Path, NDArray[np.bool_]]:
    """Return which themes (t,) an item may join, by its folded category; () for an item without one."""
    members: dict[Path, list[int]] = {}
    for row, theme in enumerate(taxonomy.themes):
        members.setdefault(folded(theme.category or ()), []).append(row)
    return {category: np.isin(np.arange(len(taxonomy.themes)), rows) for category, rows in members.items()}
