"""Reads a whole catalogue into a taxonomy, and places single new items in one that stands.

Pure: the same items, vectors, vocabulary and previous taxonomy give the same taxonomy, byte for byte. Where nothing differs from the
previous one, the previous one itself is returned.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from penchant.agent.taxonomy.assembly import assembled
from penchant.agent.taxonomy.categories import Path, chosen_paths
from penchant.agent.taxonomy.codec import same_content
from penchant.agent.taxonomy.corrections import corrected
from penchant.agent.taxonomy.draft import Draft
from penchant.agent.taxonomy.group_names import name_groups
from penchant.agent.taxonomy.grouping import grouped, item_words
from penchant.agent.taxonomy.restoring import restore_themes
from penchant.agent.taxonomy.scorer import SubtopicScorer
from penchant.agent.taxonomy.surrogates import comparable
from penchant.agent.taxonomy.taxonomy import EPOCH, NOWHERE, Taxonomy
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.embedder import Embedder, Matrix
from penchant.store.item import Item
from penchant.store.taxonomies import Correction

METHOD = 1
"""Changes with how taxonomies are built, so that those of an older method are built anew."""
STRANGER = 0.3
"""Cosine to the nearest theme below which a new item stands nowhere until the next build."""


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
    """The taxonomy of `items` with unit `vectors` (n, d), in the same order.

    `previous`: whose ids and readings are kept where themes continue. `usage`: behaviour per item id, for which theme continues which.
    `corrections`: what people have changed, oldest first.
    Raises `ModelError` from the embedder (where no classifier ships for it, the vocabulary's terms are embedded).
    """
    order = sorted(range(len(items)), key=lambda row: items[row].item_id)
    items, vectors = [items[row] for row in order], np.ascontiguousarray(vectors[order], np.float32)
    basis = _basis(items, vectors, vocabulary, embedder)
    if previous is not None and previous.basis == basis:
        return previous
    draft = Draft(vocabulary)
    groups = grouped(items, vectors, SubtopicScorer(vocabulary, embedder), draft)
    _, compared = comparable([item_words(item) for item in items], vectors, embedder.name)
    if previous is not None:
        restore_themes(groups, [item.item_id for item in items], previous, draft, usage or {})
    groups.sort()
    name_groups(groups, items, compared, draft)
    built = assembled(draft, groups, items, compared, previous=previous, usage=usage or {})
    built = replace(
        built, embedder=embedder.name, basis=basis, made_at=made_at, version=previous.version if previous else 0
    )
    built = corrected(built, corrections)
    if previous is not None and same_content(previous, built):
        return previous
    return built


def add_items(taxonomy: Taxonomy, items: Sequence[Item], vectors: Matrix) -> Taxonomy:
    """`taxonomy` with new items in their nearest themes (of their own category, where they bring one); known ones stay where they are.
    What is like no theme is kept unplaced and founds one at the next build. `vectors`: (n, d), unit rows."""
    new = {item.item_id: row for row, item in enumerate(items) if item.item_id not in taxonomy.item_rows}
    if not new:
        return taxonomy
    fresh = [items[row] for row in new.values()]
    _, compared = comparable([item_words(item) for item in fresh], vectors[list(new.values())], taxonomy.embedder)
    placed = np.full((len(fresh), 2), NOWHERE, np.int32)
    if len(taxonomy.themes):
        cosines = compared @ taxonomy.centroids.T
        for at, own in enumerate(chosen_paths(fresh)):
            near = np.where(_within(taxonomy, own[0] if own else ()), cosines[at], -2.0)
            best = int(near.argmax())
            if near[best] >= (-1.0 if own else STRANGER):
                placed[at, 0] = best
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


def _basis(items: Sequence[Item], vectors: Matrix, vocabulary: Vocabulary, embedder: Embedder) -> str:
    """A digest of everything a taxonomy is made from; behaviour only decides which theme continues which."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{METHOD}\0{embedder.name}\0{vocabulary.model_dump_json()}".encode("utf-8", "surrogatepass"))
    for item in items:
        parts = (item.item_id, item.title, *item.tags, *("\1".join(path) for path in item.categories))
        digest.update("\0".join((*parts, "\n")).encode("utf-8", "surrogatepass"))
    digest.update(vectors.tobytes())
    return digest.hexdigest()


def _within(taxonomy: Taxonomy, path: Path) -> NDArray[np.bool_]:
    """Which themes an item of this category may join."""
    return np.array([theme.category == path for theme in taxonomy.themes], bool)
