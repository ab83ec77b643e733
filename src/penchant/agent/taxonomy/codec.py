"""A taxonomy as bytes and back: one zip of JSON and NumPy arrays, the same bytes for the same taxonomy."""

import io
import zipfile
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np
import orjson

from penchant.agent.taxonomy.taxonomy import Node, Taxonomy, Theme
from penchant.errors import CorruptError

ARRAYS = ("subtopic_topics", "theme_subtopics", "centroids", "item_themes", "item_weights")


def encode(taxonomy: Taxonomy) -> bytes:
    """Everything but the version, which is its place in the store."""
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
    """The inverse of `encode`. Raises `CorruptError`."""
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
    """Whether two taxonomies say the same, whatever their versions and when they were made."""
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
