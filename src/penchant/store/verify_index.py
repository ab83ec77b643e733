"""Does the index of the catalogue add up? Every item has its vector, every vector its item, and each is found by its own vector."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from penchant.errors import StoreError
from penchant.store.catalogue import Catalogue, digest_of
from penchant.store.chroma import is_full

SAMPLE = 200
SAME, TOLERATED, ASKED = 0.99, 0.1, 10
"""Similarity from which a vector has found itself or its like, the share that need not, and how many neighbours are asked for."""
SHOWN = 5
MEND = "run `penchant items reembed` to make the index anew from the items"
LOST = "move the folder `chroma` in PENCHANT_HOME away and import the items again"


def verify_index(catalogue: Catalogue, *, quick: bool = False) -> list[str]:
    """Everything that is wrong, in words with what to do; an empty list when all is well. `quick`: of a sample only."""
    try:
        rows = catalogue.index.read(lambda collection: collection.get(include=["metadatas"]))
        count = catalogue.count()
    except StoreError as error:
        return [f"the index of the catalogue cannot be read ({error})" + ("" if is_full(error) else f": {LOST}")]
    ids: list[str] = rows["ids"]
    findings = [*_counts(count, ids), *_contents(ids, rows["metadatas"] or [])]
    looked_at = ids[:: max(len(ids) // SAMPLE, 1)] if quick else ids
    try:
        vectors = catalogue.vectors(looked_at)
        findings += [*_vectors(looked_at, vectors, catalogue.embedder.dimensions)]
        if not findings:
            findings += [*_searched(catalogue, vectors)]
    except (StoreError, ValueError) as error:
        findings.append(f"vectors of the catalogue cannot be read ({error}): {MEND}")
    return findings


def _counts(count: int, ids: Sequence[str]) -> Iterator[str]:
    if count != len(ids):
        yield f"the index counts {count} items and lists {len(ids)}: {MEND}"


def _contents(ids: Sequence[str], rows: Sequence[Any]) -> Iterator[str]:
    astray = [name for name, row in zip(ids, rows, strict=True) if digest_of(str(row.get("item"))) != row.get("digest")]
    if astray:
        yield f"{len(astray)} items are not what was written ({_named(astray)}): import them again"


def _vectors(ids: Sequence[str], vectors: dict[str, Any], dimensions: int) -> Iterator[str]:
    if missing := [name for name in ids if name not in vectors]:
        yield f"{len(missing)} items have no vector ({_named(missing)}): {MEND}"
    wrong = [name for name, vector in vectors.items() if not _is_usable(vector, dimensions)]
    if wrong:
        yield f"{len(wrong)} items have a vector that is none of this embedder's ({_named(wrong)}): {MEND}"


def _is_usable(vector: Any, dimensions: int) -> bool:
    return len(vector) == dimensions and bool(np.isfinite(vector).all())


def _searched(catalogue: Catalogue, vectors: dict[str, Any]) -> Iterator[str]:
    """Whether searches find what is there. The index is approximate: what matters is that hardly any vector finds nothing like itself."""
    speaking = [name for name, vector in vectors.items() if np.any(vector)]  # a text without words has no direction
    sample = speaking[:: max(len(speaking) // SAMPLE, 1)][:SAMPLE]
    if not sample:
        return
    found = catalogue.search(np.stack([vectors[name] for name in sample]), ASKED)
    lost = [name for name, hits in zip(sample, found, strict=True) if not hits or hits[0].similarity < SAME]
    if len(lost) > TOLERATED * len(sample):
        yield f"{len(lost)} of {len(sample)} items are not found by a search ({_named(lost)}): {MEND}"


def _named(ids: Sequence[str]) -> str:
    return ", ".join(map(repr, ids[:SHOWN])) + (", …" if len(ids) > SHOWN else "")
