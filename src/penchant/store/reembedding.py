"""Embeds the whole catalogue again with another embedder.

It can be interrupted at any moment and continues where it stopped.

The current vectors are used until a complete copy replaces them in one step. An interrupted copy is continued; items
added or changed meanwhile are copied before the switch. Then the old vectors are removed, by the next writer if this
is interrupted.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from penchant.store.chroma import close, connect, translate_chroma_errors
from penchant.store.embedders.embedder import Embedder
from penchant.store.index import NAME, collection_in_use, index_lock, opened, put_in_use, remove_left_behind
from penchant.store.item import Item
from penchant.store.process_lock import ProcessLock
from penchant.store.revisions import Revisions
from penchant.store.shared_lock import SharedLock

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

    from penchant.settings import Settings

BATCH = 500
WAIT_SECONDS = 3_600
Progress = Callable[[int, int], None]
"""Called with (items done, total number of items)."""


def reembed_catalogue(
    settings: "Settings", embedder: Embedder, revisions: Revisions, on_progress: Progress | None = None
) -> int:
    """Run `reembed` on the catalogue of `settings`, one process at a time, and raise the revision of `items`."""
    lock = index_lock(settings)
    with ProcessLock(settings.home / "reembed.lock", "embedding the catalogue again", seconds=WAIT_SECONDS).held():
        with lock.exclusive() if lock is not None else nullcontext():
            client = connect(settings)
        try:
            total = reembed(client, embedder, on_progress, lock=lock)
        finally:
            close(client)
        revisions.raise_one("items")
    return total


def reembed(
    client: "ClientAPI", embedder: Embedder, on_progress: Progress | None = None, *, lock: SharedLock | None = None
) -> int:
    """Embed every item again with `embedder`, using the old vectors until the new ones are complete.

    Returns the number of items.

    `lock`: the lock of an embedded index. Raises `ModelError`, `StoreError`.
    """
    alone = lock.exclusive if lock is not None else nullcontext
    with alone(), translate_chroma_errors():
        source = client.get_or_create_collection(collection_in_use(client), embedding_function=None)
        remove_left_behind(client, source.name)
        copy = _copy_of(client, source, embedder)
        total = source.count()
    done = 0
    for ids in _missing(source, copy, alone):
        _bring_over(source, copy, ids, embedder, alone)
        done += len(ids)
        if on_progress:
            on_progress(min(done, total), total)
    with alone(), translate_chroma_errors():
        for ids in _missing(source, copy, nullcontext):  # written by others in the meantime
            _bring_over(source, copy, ids, embedder, nullcontext)
        gone = sorted(_digests(copy).keys() - _digests(source).keys())
        for start in range(0, len(gone), BATCH):
            copy.delete(ids=gone[start : start + BATCH])
        revision = hashlib.blake2b(f"{copy.name} {embedder.name}".encode(), digest_size=12).hexdigest()
        copy.modify(metadata={"embedder": embedder.name, "revision": revision, "copy_of": source.name})
        total = copy.count()
        put_in_use(client, copy.name)
        remove_left_behind(client, copy.name)
    return total


def _copy_of(client: "ClientAPI", source: "Collection", embedder: Embedder) -> "Collection":
    """Return the unfinished copy by this embedder, or a new one. Copies by other embedders are removed."""
    for collection in client.list_collections():
        metadata = collection.metadata or {}
        if metadata.get("copy_of") == source.name and collection.name != source.name:
            if metadata.get("embedder") == embedder.name:
                return collection
            client.delete_collection(collection.name)
    number = int(source.name.rpartition("-")[2]) if source.name.rpartition("-")[2].isdigit() else 1
    return opened(client, f"{NAME}-{number + 1}", embedder.name, copy_of=source.name)


def _missing(
    source: "Collection", copy: "Collection", alone: Callable[[], AbstractContextManager[Any]]
) -> Iterator[list[str]]:
    """Yield batches of ids of items that the copy lacks or has with different content."""
    with alone(), translate_chroma_errors():
        there, here = _digests(copy), _digests(source)
    missing = [name for name, digest in here.items() if there.get(name) != digest]
    for start in range(0, len(missing), BATCH):
        yield missing[start : start + BATCH]


def _digests(collection: "Collection") -> dict[str, str]:
    found = collection.get(include=["metadatas"])
    rows = found["metadatas"] or []
    return {name: str(row.get("digest", "")) for name, row in zip(found["ids"], rows, strict=True)}


def _bring_over(
    source: "Collection",
    copy: "Collection",
    ids: Sequence[str],
    embedder: Embedder,
    alone: Callable[[], AbstractContextManager[Any]],
) -> None:
    with alone(), translate_chroma_errors():
        page = source.get(ids=list(ids), include=["metadatas"])
    rows = page["metadatas"] or []
    items = [Item.model_validate_json(str(row["item"])) for row in rows]
    if items:
        vectors = embedder.embed([item.text() for item in items])
        with alone(), translate_chroma_errors():
            copy.upsert(ids=page["ids"], embeddings=vectors, metadatas=rows)
