"""The current taxonomy: built if there is none, updated with the catalogue, and read by everything else.

Only `refresh`, `adopt` and their callers write: updates, imports and explicit commands. `current` and `version` only read.
"""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from cachetools import LRUCache

from penchant.agent.taxonomy.builder import add_items, build_taxonomy
from penchant.agent.taxonomy.reader import Named, TaxonomyReader
from penchant.agent.taxonomy.repository import TaxonomyStore
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.errors import ConflictError, NotFoundError
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.catalogue import Catalogue
from penchant.store.clock import Clock
from penchant.store.documents import Documents
from penchant.store.embedders.embedder import Embedder, Matrix
from penchant.store.item import Item
from penchant.store.ledger import Ledger
from penchant.store.receipt import TaxonomyUpdate

REBUILD_FROM = 0.1
"""If at least this share of the catalogue is new, the taxonomy is built again; otherwise new items are placed in existing themes."""
DOCUMENT = "taxonomy"
"""The document that records which state of the catalogue the newest version was made from."""
ITEMS_DOCUMENT = "taxonomy-items"
DIGEST = 8


class TaxonomyService:
    """The taxonomy of one installation. Thread-safe, and safe for several processes."""

    def __init__(
        self,
        *,
        store: TaxonomyStore,
        catalogue: Catalogue,
        vocabulary: Vocabulary,
        embedder: Embedder,
        ledger: Ledger,
        documents: Documents,
        clock: Clock,
        labeler: TaxonomyReader | None = None,
    ) -> None:
        self.store, self.catalogue, self.vocabulary, self.embedder = store, catalogue, vocabulary, embedder
        self.ledger, self.documents, self.clock, self.labeler = ledger, documents, clock, labeler
        self._lock = threading.RLock()
        self._vocabulary: Taxonomy | None = None
        self._extends: LRUCache[tuple[int, int], bool] = LRUCache(32)

    def current(self) -> Taxonomy:
        """Return the newest version; before the first build, the vocabulary alone (version 0)."""
        found = self.store.latest()
        return self.of_vocabulary() if found is None else found

    def version(self, number: int) -> Taxonomy:
        """Return a version that profiles were made with; the newest if it is no longer stored."""
        if number == 0:
            return self.of_vocabulary()
        try:
            return self.store.load(number)
        except NotFoundError:
            return self.current()

    def of_vocabulary(self) -> Taxonomy:
        """Return the taxonomy of an empty catalogue."""
        with self._lock:
            if self._vocabulary is None:
                nothing = np.zeros((0, self.embedder.dimensions), np.float32)
                self._vocabulary = build_taxonomy([], nothing, self.vocabulary, self.embedder)
            return self._vocabulary

    def refresh(self, *, anew: bool = False) -> tuple[Taxonomy, TaxonomyUpdate | None]:
        """Bring the taxonomy up to date with the catalogue. Returns it and what was done (None: nothing).

        `anew`: build from the whole catalogue even if little has changed. Raises `ModelError` from the embedder, `StoreError`.
        """
        with self._lock:
            while True:
                try:
                    return self._refresh(anew)
                except ConflictError:  # another process was first: start from its version
                    continue

    def adopt(self, others: Sequence[Taxonomy], items: Sequence[Item]) -> dict[int, int]:
        """Store the versions (oldest first) with which profiles of another installation were made; the current version stays current.
        Returns the number of each here, by its original number. `items`: those that the versions place, as they were placed.
        """
        with self._lock:
            newest, numbers = self.store.latest(), dict[int, int]()
            if newest is None:  # they stay where they are until enough of the catalogue differs
                self._remember(items)
            for other in others:
                if other.version == 0:
                    numbers[0] = 0
                elif newest is not None and extends(newest, other):
                    numbers[other.version] = newest.version
                else:
                    numbers[other.version] = self.store.save(
                        replace(other, version=self.store.latest_version())
                    ).version
            if newest is not None and self.store.latest_version() != newest.version:
                again = self.store.save(replace(newest, version=self.store.latest_version()))
                basis = self.documents.get(DOCUMENT)
                if basis is not None and basis["version"] == newest.version:
                    self.documents.put(DOCUMENT, basis | {"version": again.version})
            return numbers

    def extends(self, newer: Taxonomy, older: Taxonomy) -> bool:
        """Return whether every item and theme of `older` has the same place in `newer`, so that what was counted with `older` is still
        right.
        """
        if newer.version == older.version:
            return True
        key = (newer.version, older.version)
        if key not in self._extends:
            self._extends[key] = extends(newer, older)
        return self._extends[key]

    def _refresh(self, anew: bool) -> tuple[Taxonomy, TaxonomyUpdate | None]:
        revision = self.catalogue.revision()
        known = self.documents.get(DOCUMENT) or {}
        newest = self.store.latest()
        basis = {"catalogue": revision, "version": newest.version if newest else 0, "embedder": self.embedder.name}
        waits = newest is not None and self.labeler is not None and self.labeler.has_unasked(newest)
        if not anew and known == basis and not waits:
            return newest or self.of_vocabulary(), None
        items = sorted(self.catalogue.iter_items(), key=lambda item: item.item_id)
        if not items and newest is None:
            return self.of_vocabulary(), None
        change = _Change.of(newest, items, self._digests())
        if not anew and newest is not None and newest.embedder == self.embedder.name and change.is_small:
            return self._placed(newest, change, basis)
        return self._built(newest, items, basis)

    def _built(
        self, newest: Taxonomy | None, items: Sequence[Item], basis: dict[str, object]
    ) -> tuple[Taxonomy, TaxonomyUpdate | None]:
        vectors = self._vectors(items)
        usage = self.ledger.item_counts()
        previous = newest if newest is not None and newest.embedder == self.embedder.name else None
        built = build_taxonomy(
            items,
            vectors,
            self.vocabulary,
            self.embedder,
            previous=previous,
            usage=usage,
            corrections=self.store.corrections(),
            made_at=self.clock.now(),
        )
        return self._saved(newest, built, items, usage, basis, built_anew=True)

    def _placed(
        self, newest: Taxonomy, change: "_Change", basis: dict[str, object]
    ) -> tuple[Taxonomy, TaxonomyUpdate | None]:
        placed = add_items(without(newest, change.changed), change.items, self._vectors(change.items))
        return self._saved(newest, placed, change.all_items, {}, basis, built_anew=False)

    def _saved(
        self,
        newest: Taxonomy | None,
        taxonomy: Taxonomy,
        items: Sequence[Item],
        usage: Mapping[str, float],
        basis: dict[str, object],
        *,
        built_anew: bool,
    ) -> tuple[Taxonomy, TaxonomyUpdate | None]:
        named = self._named(taxonomy, items, usage)
        after = replace(named.taxonomy, version=newest.version if newest else 0)
        saved = self.store.save(after)
        self._remember(items)
        self.documents.put(DOCUMENT, basis | {"version": saved.version})
        if newest is not None and saved.version == newest.version and not named.degraded:
            return saved, None
        return saved, TaxonomyUpdate(
            version=saved.version,
            built=built_anew,
            themes=len(saved.themes),
            items=len(saved.item_ids),
            named_by_llm=named.by_llm,
            named_by_rule=named.by_rule,
            llm=named.llm,
            degraded=list(named.degraded),
            status="degraded" if named.degraded else "ok",
        )

    def _named(self, taxonomy: Taxonomy, items: Sequence[Item], usage: Mapping[str, float]) -> Named:
        """Return the taxonomy with a model's names for the themes that wait for one; unchanged without a model."""
        if self.labeler is None:
            return Named(taxonomy, by_rule=len(taxonomy.themes))
        return self.labeler.label(taxonomy, {item.item_id: item for item in items}, usage)

    def _vectors(self, items: Sequence[Item]) -> Matrix:
        if not items:
            return np.zeros((0, self.embedder.dimensions), np.float32)
        found = self.catalogue.vectors([item.item_id for item in items])
        return np.stack([found[item.item_id] for item in items]).astype(np.float32)

    def _digests(self) -> dict[str, str]:
        """Return the digest of each item when it was placed, by id."""
        return dict(self.documents.get(ITEMS_DOCUMENT) or {})

    def _remember(self, items: Sequence[Item]) -> None:
        digests = {item.item_id: _digest(item) for item in items}
        if self.documents.head(ITEMS_DOCUMENT) is None:
            self.documents.put(ITEMS_DOCUMENT, digests)
        else:
            self.documents.rewrite(ITEMS_DOCUMENT, digests)


@dataclass(frozen=True)
class _Change:
    """What in the catalogue is new or changed since the taxonomy was made."""

    all_items: Sequence[Item]
    items: Sequence[Item]
    changed: frozenset[str]
    known: int

    @classmethod
    def of(cls, newest: Taxonomy | None, items: Sequence[Item], digests: Mapping[str, str]) -> "_Change":
        rows = newest.item_rows if newest else {}
        new = [item for item in items if item.item_id not in rows]
        changed = [item for item in items if item.item_id in rows and digests.get(item.item_id, "") != _digest(item)]
        return cls(items, [*new, *changed], frozenset(item.item_id for item in changed), len(rows))

    @property
    def is_small(self) -> bool:
        """Whether the new items can be placed in existing themes."""
        return len(self.items) < REBUILD_FROM * max(self.known, 1)


def without(taxonomy: Taxonomy, item_ids: frozenset[str]) -> Taxonomy:
    """Return `taxonomy` without these items."""
    if not item_ids:
        return taxonomy
    stays = np.array([item_id not in item_ids for item_id in taxonomy.item_ids], bool)
    return replace(
        taxonomy,
        basis="",
        item_ids=tuple(item_id for item_id, stay in zip(taxonomy.item_ids, stays, strict=True) if stay),
        item_themes=taxonomy.item_themes[stays],
        item_weights=taxonomy.item_weights[stays],
    )


def extends(newer: Taxonomy, older: Taxonomy) -> bool:
    """Return whether every theme and every item of `older` has the same place in `newer`."""
    same_places = (
        [theme.id for theme in newer.themes] == [theme.id for theme in older.themes]
        and [node.id for node in newer.subtopics] == [node.id for node in older.subtopics]
        and np.array_equal(newer.theme_subtopics, older.theme_subtopics)
        and np.array_equal(newer.centroids, older.centroids)
    )
    if not same_places:
        return False
    rows = np.fromiter((newer.item_rows.get(item_id, -1) for item_id in older.item_ids), np.int64, len(older.item_ids))
    if (rows < 0).any():
        return False
    return bool(
        np.array_equal(newer.item_themes[rows], older.item_themes)
        and np.array_equal(newer.item_weights[rows], older.item_weights)
    )


def _digest(item: Item) -> str:
    """Return a digest of the fields that decide an item's place."""
    content = "\x1f".join([item.text(), *("\x1e".join(path) for path in item.categories)])
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=DIGEST).hexdigest()
