"""Consistency checks of the catalogue's index.

Every item needs a vector and every vector an item, and a search by an item's own vector has to find it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from penchant.errors import StoreError
from penchant.store.catalogue import Catalogue, digest_of
from penchant.store.chroma import is_full

SAMPLE = 200
SAME, TOLERATED, ASKED = 0.99, 0.1, 10
"""The similarity at which a search has found the item or one like it.

The tolerated share of failures; the number of neighbours searched.
"""
SHOWN = 5
REEMBED = "run `penchant items reembed` to make the index anew from the items"
REIMPORT = "move the folder `chroma` in PENCHANT_HOME away and import the items again"


def verify_index(catalogue: Catalogue, *, quick: bool = False) -> list[str]:
    """Return a description of every inconsistency and what to do; an empty list if there is none.

    `quick`: check vectors of a sample only.
    """
    try:
        rows = catalogue.index.read(lambda collection: collection.get(include=["metadatas"]))
        count = catalogue.count()
    except StoreError as error:
        return [f"the index of the catalogue cannot be read ({error})" + ("" if is_full(error) else f": {REIMPORT}")]
    ids: list[str] = rows["ids"]
    findings = [*_counts(count, ids), *_contents(ids, rows["metadatas"] or [])]
    looked_at = ids[:: max(len(ids) // SAMPLE, 1)] if quick else ids
    try:
        vectors = catalogue.vectors(looked_at)
        findings += [*_vectors(looked_at, vectors, catalogue.embedder.dimensions)]
        if not findings:
            findings += [*_searched(catalogue, vectors)]
    except (StoreError, ValueError) as error:
        findings.append(f"vectors of the catalogue cannot be read ({error}): {REEMBED}")
    return findings


def _counts(count: int, ids: Sequence[str]) -> Iterator[str]:
    if count != len(ids):
        yield f"the index counts {count} items and lists {len(ids)}: {REEMBED}"


def _contents(ids: Sequence[str], rows: Sequence[Any]) -> Iterator[str]:
    astray = [name for name, row in zip(ids, rows, strict=True) if digest_of(str(row.get("item"))) != row.get("digest")]
    if astray:
        yield f"{len(astray)} items are not what was written ({_list_of_ids(astray)}): import them again"


def _vectors(ids: Sequence[str], vectors: dict[str, Any], dimensions: int) -> Iterator[str]:
    if missing := [name for name in ids if name not in vectors]:
        yield f"{len(missing)} items have no vector ({_list_of_ids(missing)}): {REEMBED}"
    wrong = [name for name, vector in vectors.items() if not _is_usable(vector, dimensions)]
    if wrong:
        yield f"{len(wrong)} items have a vector that is none of this embedder's ({_list_of_ids(wrong)}): {REEMBED}"


def _is_usable(vector: Any, dimensions: int) -> bool:
    return len(vector) == dimensions and bool(np.isfinite(vector).all())


def _searched(catalogue: Catalogue, vectors: dict[str, Any]) -> Iterator[str]:
    """Check that searches find items.

    The index is approximate, so a small share of vectors may find nothing similar to themselves.
    """
    speaking = [
        name for name, vector in vectors.items() if np.any(vector)
    ]  # the vector of a text without words is zero
    sample = speaking[:: max(len(speaking) // SAMPLE, 1)][:SAMPLE]
    if not sample:
        return
    found = catalogue.search(np.stack([vectors[name] for name in sample]), ASKED)
    lost = [name for name, hits in zip(sample, found, strict=True) if not hits or hits[0].similarity < SAME]
    if len(lost) > TOLERATED * len(sample):
        yield f"{len(lost)} of {len(sample)} items are not found by a search ({_list_of_ids(lost)}): {REEMBED}"


def _list_of_ids(ids: Sequence[str]) -> str:
    return ", ".join(map(repr, ids[:SHOWN])) + (", …" if len(ids) > SHOWN else "")
