"""Where taxonomies are kept between runs."""

import threading
from dataclasses import replace
from typing import Any

from cachetools import LRUCache

from penchant.agent.taxonomy.codec import decode, encode, same_content
from penchant.agent.taxonomy.corrections import checked, corrected
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.errors import NotFoundError
from penchant.store.taxonomies import Correction, Taxonomies, TaxonomyVersion

IN_MEMORY = 2


class TaxonomyStore:
    """Loads and saves versions; a version never changes, so the last few stay in memory. Thread-safe."""

    def __init__(self, taxonomies: Taxonomies) -> None:
        self.taxonomies = taxonomies
        self._cache: LRUCache[int, Taxonomy] = LRUCache(IN_MEMORY)
        self._lock = threading.Lock()

    def latest_version(self) -> int:
        """The newest version's number, 0 where none was made: one small query."""
        return self.taxonomies.latest_version()

    def latest(self) -> Taxonomy | None:
        """The newest version, or None where none was made. Raises `CorruptError`."""
        version = self.latest_version()
        return self.load(version) if version else None

    def load(self, version: int) -> Taxonomy:
        """This version. Raises `NotFoundError` for one that was never made or is no longer kept, `CorruptError`."""
        with self._lock:
            found = self._cache.get(version)
        if found is not None:
            return found
        body = self.taxonomies.body(version)
        if body is None:
            raise NotFoundError(
                f"the taxonomy has no version {version}: `penchant taxonomy diff` lists those that are kept"
            )
        taxonomy = decode(body, version)
        with self._lock:
            return self._cache.setdefault(version, taxonomy)

    def save(self, taxonomy: Taxonomy) -> Taxonomy:
        """Keep `taxonomy` as the version after its own (`taxonomy.version`: the one it was made from, 0 for none) and return it with its
        number; what says the same as the newest is not saved again. Raises `ConflictError` if another writer came first."""
        newest = self.latest()
        if newest is not None and same_content(newest, taxonomy):
            return newest
        version = self.taxonomies.save(
            encode(taxonomy),
            expected_version=taxonomy.version,
            made_at=taxonomy.made_at,
            items=len(taxonomy.item_ids),
            themes=len(taxonomy.themes),
        )
        saved = replace(taxonomy, version=version)
        with self._lock:
            self._cache[version] = saved
        return saved

    def versions(self) -> list[TaxonomyVersion]:
        """Those that are kept, oldest first."""
        return self.taxonomies.versions()

    def correct(self, node_id: str, action: str, details: dict[str, Any]) -> Taxonomy:
        """Record what a person changes of a node of the newest version (see `corrections`), and return the version that holds it. Raises
        `NotFoundError`, `UsageError`, `ConflictError`."""
        newest = self.latest()
        if newest is None:
            raise NotFoundError("there is no taxonomy to correct: build one with `penchant taxonomy build`")
        self.taxonomies.correct(node_id, action, checked(newest, node_id, action, details))
        return self.save(corrected(newest, self.corrections()))

    def corrections(self) -> list[Correction]:
        """Everything people have corrected, oldest first."""
        return self.taxonomies.corrections()
