"""Stores versions of the taxonomy, and encodes them as bytes."""

import io
import threading
import zipfile
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import numpy as np
import orjson
from cachetools import LRUCache

from penchant.agent.taxonomy.stability import apply_corrections, check_correction
from penchant.agent.taxonomy.taxonomy import Node, Taxonomy, Theme
from penchant.errors import CorruptError, NotFoundError
from penchant.store.taxonomies import Correction, Taxonomies, TaxonomyVersion

ARRAYS = ("subtopic_topics", "theme_subtopics", "centroids", "item_themes", "item_weights")


def encode(taxonomy: Taxonomy) -> bytes:
    """Return everything but the version number as bytes; the store assigns the number."""
    body = {
        "topics": [asdict(node) for node in taxonomy.topics],
        "subtopics": [asdict(node) for node in taxonomy.subtopics],
        "themes": [asdict(theme) for theme in taxonomy.themes],
        "item_ids": taxonomy.item_ids,
        "embedder": taxonomy.embedder,
        "basis": taxonomy.basis,
        "made_at": taxonomy.made_at.isoformat(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(zipfile.ZipInfo("body.json"), orjson.dumps(body), zipfile.ZIP_DEFLATED)
        for name in ARRAYS:
            content = io.BytesIO()
            np.save(content, getattr(taxonomy, name), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def decode(content: bytes, version: int) -> Taxonomy:
    """Return the taxonomy that `encode` wrote. Raises `CorruptError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            body = orjson.loads(archive.read("body.json"))
            arrays: dict[str, Any] = {
                name: np.load(io.BytesIO(archive.read(f"{name}.npy")), allow_pickle=False) for name in ARRAYS
            }
        return Taxonomy(
            topics=tuple(Node(**node) for node in body["topics"]),
            subtopics=tuple(Node(**node) for node in body["subtopics"]),
            themes=tuple(_theme(theme) for theme in body["themes"]),
            item_ids=tuple(body["item_ids"]),
            embedder=body["embedder"],
            basis=body.get("basis", ""),
            made_at=datetime.fromisoformat(body["made_at"]),
            version=version,
            **arrays,
        )
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise CorruptError(
            f"version {version} of the taxonomy is damaged ({error}): make a new one with `penchant taxonomy build`"
        ) from error


def same_content(first: Taxonomy, other: Taxonomy) -> bool:
    """Return whether two taxonomies are equal apart from version, time and basis."""
    same_nodes = (first.topics, first.subtopics, first.themes, first.item_ids, first.embedder) == (
        other.topics,
        other.subtopics,
        other.themes,
        other.item_ids,
        other.embedder,
    )
    return same_nodes and all(np.array_equal(getattr(first, name), getattr(other, name)) for name in ARRAYS)


def _theme(body: dict[str, Any]) -> Theme:
    keywords = tuple((term, weight) for term, weight in body["keywords"])
    lists = {"keywords": keywords, "category": tuple(body["category"]), "read_from": tuple(body["read_from"])}
    return Theme(**{**body, **lists})


IN_MEMORY = 2


class TaxonomyStore:
    """Loads and saves versions. A version never changes, so the last few stay in memory. Thread-safe."""

    def __init__(self, taxonomies: Taxonomies) -> None:
        self.taxonomies = taxonomies
        self._cache: LRUCache[int, Taxonomy] = LRUCache(IN_MEMORY)
        self._lock = threading.Lock()

    def latest_version(self) -> int:
        """Return the newest version's number, 0 if there is none. One small query."""
        return self.taxonomies.latest_version()

    def latest(self) -> Taxonomy | None:
        """Return the newest version, or None. Raises `CorruptError`."""
        version = self.latest_version()
        return self.load(version) if version else None

    def load(self, version: int) -> Taxonomy:
        """Return this version. Raises `NotFoundError` if it was never made or is no longer stored, and `CorruptError`."""
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
        """Save `taxonomy` as the version after its own (`taxonomy.version`: the one it was made from, 0 for none) and return it with its
        number. If its content equals the newest version, that one is returned. Raises `ConflictError` if another writer was first.
        """
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
        """Return the stored versions, oldest first."""
        return self.taxonomies.versions()

    def correct(self, node_id: str, action: str, details: dict[str, Any]) -> Taxonomy:
        """Record a person's correction of a node of the newest version (see `stability`), and return the version that contains it.
        Raises `NotFoundError`, `UsageError`, `ConflictError`.
        """
        newest = self.latest()
        if newest is None:
            raise NotFoundError("there is no taxonomy to correct: build one with `penchant taxonomy build`")
        self.taxonomies.correct(node_id, action, check_correction(newest, node_id, action, details))
        return self.save(apply_corrections(newest, self.corrections()))

    def corrections(self) -> list[Correction]:
        """Return all corrections by people, oldest first."""
        return self.taxonomies.corrections()
