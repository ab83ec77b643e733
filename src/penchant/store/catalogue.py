"""Items and their vectors, in Chroma: embedded in `PENCHANT_HOME`, or on a server by URL.

One collection holds everything. A collection remembers the embedder that filled it and refuses another; `reembed` moves it to a new one.
Chroma's own metadata filters cost fifteen times a plain query, so a domain is looked for by asking for more and leaving out the rest.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from penchant.errors import CorruptError, EmbedderMismatch
from penchant.store.chroma import Watch, close, connect, told
from penchant.store.embedders.embedder import Embedder, Matrix, Vector
from penchant.store.item import Item
from penchant.store.revisions import Revisions

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

    from penchant.settings import Settings

__all__ = ["AddReceipt", "Catalogue", "Hit", "connect", "reembed"]
NAME = "penchant-items"
MOVING = "penchant-items-moving"
BATCH = 500
PAGE = 2_000
SEARCH_EFFORT = 100
OVERFETCH = 4
"""How many times more is asked for, again and again, until enough of a domain is found."""
Progress = Callable[[int, int], None]
"""Called with (items done, items in all)."""


class AddReceipt(NamedTuple):
    """What became of items handed over: `added + updated + unchanged` is their number."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0

    def plus(self, other: "AddReceipt") -> "AddReceipt":
        """The sum of two receipts."""
        return AddReceipt(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class Hit(NamedTuple):
    """An item found, and the cosine similarity (-1 to 1) of its vector to what was asked."""

    item_id: str
    similarity: float


class Catalogue:
    """The items of one installation. Thread-safe; several processes may use the same one.

    An embedded index does not see what another process has written since it was opened: `reopen` opens it anew when its revision has
    moved on. A server has no need of it.
    """

    def __init__(
        self,
        client: "ClientAPI",
        embedder: Embedder,
        reopen: "Callable[[], ClientAPI] | None" = None,
        watch: Watch | None = None,
        revisions: Revisions | None = None,
    ) -> None:
        self.revisions = revisions
        self.client, self.embedder, self._reopen, self._watch = client, embedder, reopen, watch
        self._looked: tuple[int, str] | None = None
        self._writing = threading.Lock()
        self._collection = _opened(client, NAME, embedder.name)
        self._seen = self._stored_revision()

    @classmethod
    def open(cls, settings: "Settings", embedder: Embedder, revisions: Revisions | None = None) -> "Catalogue":
        """The catalogue that `settings` name. `revisions`: told of every change. Raises `EmbedderMismatch`, `StoreError`."""
        if settings.chroma.url:
            return cls(connect(settings), embedder, revisions=revisions)
        return cls(connect(settings), embedder, partial(connect, settings), Watch(settings.chroma_path), revisions)

    def close(self) -> None:
        """Give back the index: its threads end, its files are closed."""
        close(self.client)
        if self._watch is not None:
            self._watch.close()

    def add(self, items: Sequence[Item], on_progress: Progress | None = None) -> AddReceipt:
        """Add new items and bring changed ones up to date; of an item given twice the last counts. Raises `ModelError`, `StoreError`."""
        latest = list({item.item_id: item for item in items}.values())
        receipt = AddReceipt(unchanged=len(items) - len(latest))
        for start in range(0, len(latest), BATCH):
            receipt = receipt.plus(self._add(latest[start : start + BATCH]))
            if on_progress:
                on_progress(min(start + BATCH, len(latest)), len(latest))
        return receipt

    def get(self, item_ids: Sequence[str]) -> dict[str, Item]:
        """The items that are known, by id."""
        found = self._rows(item_ids, "metadatas")
        return {name: _item(name, kept) for name, kept in zip(found["ids"], found["metadatas"], strict=True)}

    def vectors(self, item_ids: Sequence[str]) -> dict[str, Vector]:
        """The unit vectors (d,) of the items that are known, by id."""
        found = self._rows(item_ids, "embeddings")
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def count(self) -> int:
        """How many items there are."""
        with told():
            return self._live().count()

    def revision(self) -> str:
        """Changes whenever an item is added or changed: what was derived from an older revision is stale."""
        with told():
            return self._stored_revision()

    def matrix(self) -> tuple[list[str], Matrix]:
        """Every item's id, sorted, and its unit vector: shape (n, d), rows in that order."""
        ids: list[str] = []
        asked = sorted(self._ids())
        vectors = np.empty((len(asked), self.embedder.dimensions), np.float32)
        for start in range(0, len(asked), PAGE):
            page = self._rows(asked[start : start + PAGE], "embeddings")
            order = sorted(range(len(page["ids"])), key=page["ids"].__getitem__)
            vectors[len(ids) : len(ids) + len(order)] = [page["embeddings"][row] for row in order]
            ids += [page["ids"][row] for row in order]
        return ids, vectors[: len(ids)]

    def iter_items(self) -> Iterator[Item]:
        """Every item, a page at a time, in no particular order."""
        ids = self._ids()
        for start in range(0, len(ids), PAGE):
            page = self._rows(ids[start : start + PAGE], "metadatas")
            yield from map(_item, page["ids"], page["metadatas"])

    def search(self, vectors: Matrix, k: int, domain: str | None = None) -> list[list[Hit]]:
        """The `k` items nearest to each row of `vectors` (m, d), nearest first, of one domain or of all; one call for all rows."""
        if not len(vectors):
            return []
        if domain is None:  # counting costs as much as looking, so it is left out where it is not needed
            return self._nearest(vectors, k, None)
        total, limit = self.count(), k * OVERFETCH
        while True:
            hits = self._nearest(vectors, min(limit, max(total, 1)), domain)
            if limit >= total or all(len(row) >= k for row in hits):
                return [row[:k] for row in hits]
            limit *= OVERFETCH

    def nearest(self, vectors: Matrix, k: int) -> list[list[str]]:
        """The ids that `search` would find in all domains, without their similarities: for those who read hundreds of them."""
        if not len(vectors):
            return []
        with told():
            return self._live().query(query_embeddings=vectors, n_results=k, include=[])["ids"]

    def _add(self, items: Sequence[Item]) -> AddReceipt:
        rows = {item.item_id: item.model_dump_json(exclude_defaults=True) for item in items}
        digests = {name: _digest(row) for name, row in rows.items()}
        known = self._rows(list(rows), "metadatas")
        held = {name: kept["digest"] for name, kept in zip(known["ids"], known["metadatas"], strict=True)}
        changed = [item for item in items if held.get(item.item_id) != digests[item.item_id]]
        if changed:
            vectors = self.embedder.embed([item.text() for item in changed])
            with self._writing, told():
                self._stamp("begun", [digests[item.item_id] for item in changed])
                self._collection.upsert(
                    ids=[item.item_id for item in changed],
                    embeddings=vectors,
                    metadatas=[_kept(item, rows[item.item_id], digests[item.item_id]) for item in changed],
                )
                self._stamp("done", [digests[item.item_id] for item in changed])
        updated = sum(item.item_id in held for item in changed)
        return AddReceipt(len(changed) - updated, updated, len(items) - len(changed))

    def _stamp(self, moment: str, digests: Sequence[str]) -> None:
        """A revision follows from the one before and from what changes. There is one before the write: what is cut off shows."""
        before = self._stored_revision()
        revision = _digest("".join([before, moment, *digests]))
        self._collection.modify(metadata={"embedder": self.embedder.name, "revision": revision})
        if self.revisions is not None:
            self.revisions.raise_one("items")
        if before == self._seen:
            self._seen = revision

    def _stored_revision(self) -> str:
        """Chroma is asked again only where its file was written to since: the count is taken before the look it stands for."""
        count, looked = self._watch.count() if self._watch else None, self._looked
        if count is None:
            return self._read_revision()
        if looked is None or looked[0] != count:
            looked = self._looked = (count, self._read_revision())
        return looked[1]

    def _read_revision(self) -> str:
        held = self.client.get_collection(NAME, embedding_function=None).metadata or {}
        return str(held.get("revision", ""))

    def _live(self) -> "Collection":
        """The collection as it now is."""
        if self._reopen is not None and self._stored_revision() != self._seen:
            with self._writing:
                revision = self._stored_revision()
                if revision != self._seen:
                    self.client = self._reopen()
                    self._collection = _opened(self.client, NAME, self.embedder.name)
                    self._seen = revision
        return self._collection

    def _rows(self, item_ids: Sequence[str], included: str) -> dict[str, Any]:
        found: dict[str, Any] = {"ids": [], included: []}
        different = list(dict.fromkeys(item_ids))
        for start in range(0, len(different), PAGE):
            with told():
                page = self._live().get(ids=different[start : start + PAGE], include=[included])  # type: ignore[list-item]
            found["ids"] += page["ids"]
            found[included] += list(page[included] if page[included] is not None else [])  # type: ignore[literal-required]
        return found

    def _ids(self) -> list[str]:
        """Every id. What is about everything is then read by id: a page found by counting costs more the further on it is."""
        with told():
            return self._live().get(include=[])["ids"]

    def _nearest(self, vectors: Matrix, limit: int, domain: str | None) -> list[list[Hit]]:
        include = ["distances"] if domain is None else ["distances", "metadatas"]
        with told():
            found = self._live().query(query_embeddings=vectors, n_results=limit, include=include)  # type: ignore[arg-type]
        near = [
            [Hit(name, 1.0 - distance) for name, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]
        if domain is None:
            return near
        kept = zip(near, found["metadatas"] or [], strict=True)
        return [
            [hit for hit, row in zip(hits, rows, strict=True) if row.get("domain") == domain] for hits, rows in kept
        ]


def reembed(client: "ClientAPI", embedder: Embedder, on_progress: Progress | None = None) -> int:
    """Embed every item again with `embedder`; the old vectors serve until the new ones are complete. Returns how many items there are."""
    with told():
        old = client.get_or_create_collection(NAME, embedding_function=None)
        if MOVING in {collection.name for collection in client.list_collections()}:
            client.delete_collection(MOVING)
        moved = _opened(client, MOVING, embedder.name)
        total = old.count()
        for offset in range(0, total, BATCH):
            page = old.get(limit=BATCH, offset=offset, include=["metadatas"])
            kept = page["metadatas"] or []
            items = list(map(_item, page["ids"], kept))
            moved.upsert(ids=page["ids"], embeddings=embedder.embed([item.text() for item in items]), metadatas=kept)
            if on_progress:
                on_progress(min(offset + BATCH, total), total)
        client.delete_collection(NAME)
        moved.modify(name=NAME, metadata={"embedder": embedder.name, "revision": _digest(embedder.name)})
    return total


def _opened(client: "ClientAPI", name: str, embedder: str) -> "Collection":
    with told():
        collection = client.get_or_create_collection(
            name,
            embedding_function=None,
            metadata={"embedder": embedder},
            configuration={"hnsw": {"space": "cosine", "ef_search": SEARCH_EFFORT}},
        )
        held = (collection.metadata or {}).get("embedder", embedder)
    if held != embedder:
        raise EmbedderMismatch(
            f"the catalogue was embedded with {held!r}, the settings now say {embedder!r}: vectors of two embedders are never mixed. "
            "Run `penchant items reembed` to embed the catalogue again, or set PENCHANT_EMBEDDING__PROVIDER back"
        )
    return collection


def _kept(item: Item, row: str, digest: str) -> dict[str, str]:
    return {"item": row, "digest": digest} | ({"domain": item.domain} if item.domain else {})


def _item(name: str, kept: Any) -> Item:
    try:
        return Item.stored(kept["item"])
    except (KeyError, TypeError, ValueError) as error:
        raise CorruptError(f"item {name!r} cannot be read back ({error}): import the catalogue again") from None


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
