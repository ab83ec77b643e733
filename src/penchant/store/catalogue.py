"""Items and their vectors, in Chroma: embedded in `PENCHANT_HOME`, or on a server by URL.

One collection holds everything (`index`). It remembers the embedder that filled it and refuses another; `reembed` moves it to a new one.
Chroma's own metadata filters cost fifteen times a plain query, so a domain is looked for by asking for more and leaving out the rest.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from penchant.errors import ConflictError, CorruptError, NotFoundError
from penchant.store.chroma import Watch, connect
from penchant.store.database import chunks
from penchant.store.embedders.embedder import Embedder, Matrix, Vector
from penchant.store.identifiers import normal_id
from penchant.store.index import NAME, Index, index_lock
from penchant.store.item import Item
from penchant.store.reembedding import reembed
from penchant.store.revisions import Revisions

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

    from penchant.settings import Settings

__all__ = ["NAME", "AddReceipt", "Catalogue", "Hit", "connect", "reembed"]
BATCH = 500
PAGE = 2_000
WITHDRAWN = "withdrawn"
"""Field of a row: why an item is not to be had, whatever is said of it; absent or empty for most."""
HIDDEN, MISSING, REMOVED = "hidden", "missing", "removed"
OVERFETCH = 4
"""How many times more is asked for, again and again, until enough of a domain is found."""
ATTEMPTS = 20
"""How often a change of one item is begun anew because another process was first."""
LOOKED_AT = 20
"""Items nearest to a title that may bear it."""
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
    """The items of one installation. Thread-safe; several processes may use the same one. `revisions`: told of every change."""

    def __init__(self, index: Index, embedder: Embedder, revisions: Revisions | None = None) -> None:
        self.index, self.embedder, self.revisions = index, embedder, revisions
        self._removed: tuple[str | None, frozenset[str]] = (None, frozenset())
        self._changing = threading.Lock()

    @classmethod
    def open(cls, settings: "Settings", embedder: Embedder, revisions: Revisions | None = None) -> "Catalogue":
        """The catalogue that `settings` name. Raises `EmbedderMismatch`, `StoreError`."""
        if settings.chroma.url:
            return cls(Index(partial(connect, settings), embedder.name), embedder, revisions)
        lock, watch, folder = index_lock(settings), Watch(settings.chroma_path), settings.chroma_path
        index = Index(partial(connect, settings), embedder.name, lock=lock, watch=watch, folder=folder)
        return cls(index, embedder, revisions)

    def removed(self) -> frozenset[str]:
        """The ids of items that were taken out; they stay in the index for what users did with them. Read once per revision."""
        revision, (known, ids) = self.revision(), self._removed
        if known != revision:
            found = self.index.read(lambda rows: rows.get(where={WITHDRAWN: REMOVED}, include=[]))
            ids = frozenset(found["ids"])
            self._removed = (revision, ids)
        return ids

    def withdrawn(self, item_ids: Sequence[str]) -> dict[str, str]:
        """Which of these items were put aside whatever is said of them, and how: `HIDDEN`, `MISSING` or `REMOVED`."""
        found = self._rows(item_ids, "metadatas")
        states = {name: str(row.get(WITHDRAWN, "")) for name, row in zip(found["ids"], found["metadatas"], strict=True)}
        return {name: state for name, state in states.items() if state}

    def close(self) -> None:
        """Give back the index: its threads end, its files are closed."""
        self.index.close()

    def add(self, items: Sequence[Item], on_progress: Progress | None = None) -> AddReceipt:
        """Add new items and bring changed ones up to date; of an item given twice the last counts. Raises `ModelError`, `StoreError`."""
        latest = list({item.item_id: item for item in items}.values())
        receipt = AddReceipt(unchanged=len(items) - len(latest))
        for start in range(0, len(latest), BATCH):
            receipt = receipt.plus(self._add(latest[start : start + BATCH]))
            if on_progress:
                on_progress(min(start + BATCH, len(latest)), len(latest))
        return receipt

    def bring_ids_into_form(self) -> int:
        """Give items that an older version stored under an id with spaces at its ends the normal one; returns how many there were.

        Where the normal id is in use already, that item stays.
        """
        ids = set(self._ids())
        changed = {name: form for name in sorted(ids) if (form := normal_id(name)) != name}
        for old in chunks(changed, PAGE):
            with self.index.writing() as collection:
                rows = _get(collection, ids=old, include=["metadatas", "embeddings"])
                renamed = {changed[name]: place for place, name in enumerate(rows["ids"]) if changed[name] not in ids}
                items = {name: Item.stored(rows["metadatas"][place]["item"]) for name, place in renamed.items()}
                new = {name: item.model_copy(update={"item_id": name}) for name, item in items.items()}
                texts = {name: item.model_dump_json(exclude_defaults=True) for name, item in new.items()}
                self.stamp(collection, "renamed", old)
                if new:
                    collection.upsert(
                        ids=list(new),
                        embeddings=[rows["embeddings"][renamed[name]] for name in new],
                        metadatas=[
                            rows["metadatas"][renamed[name]] | _kept(new[name], text, digest_of(text))
                            for name, text in texts.items()
                        ],
                    )
                collection.delete(ids=old)
        return len(changed)

    def get(self, item_ids: Sequence[str]) -> dict[str, Item]:
        """The items that are known, by id."""
        found = self._rows(item_ids, "metadatas")
        return {name: _item(name, fields) for name, fields in zip(found["ids"], found["metadatas"], strict=True)}

    def vectors(self, item_ids: Sequence[str]) -> dict[str, Vector]:
        """The unit vectors (d,) of the items that are known, by id."""
        found = self._rows(item_ids, "embeddings")
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def count(self) -> int:
        """How many items there are."""
        return int(self.index.read(lambda collection: collection.count()))

    def revision(self) -> str:
        """Changes whenever an item is added or changed: what was derived from an older revision is stale."""
        return self.index.revision()

    def matrix(self, known: tuple[Sequence[str], Matrix] | None = None) -> tuple[list[str], Matrix]:
        """Every item's id, sorted, and its unit vector: shape (n, d), rows in that order. Of the same ids and vectors as `known`, that
        very array: it need not be in memory twice."""
        ids: list[str] = []
        asked = sorted(self._ids())
        is_ours = known is None or list(known[0]) != asked
        found = np.empty((len(asked), self.embedder.dimensions), np.float32) if known is None or is_ours else known[1]
        for start in range(0, len(asked), PAGE):
            page = self._rows(asked[start : start + PAGE], "embeddings")
            order = sorted(range(len(page["ids"])), key=page["ids"].__getitem__)
            rows = np.array([page["embeddings"][row] for row in order], np.float32).reshape(len(order), -1)
            here = slice(len(ids), len(ids) + len(order))
            if not is_ours and not np.array_equal(found[here], rows):
                found, is_ours = np.array(found), True
            if is_ours and order:
                found[here] = rows
            ids += [page["ids"][row] for row in order]
        return ids, found[: len(ids)]

    def iter_items(self) -> Iterator[Item]:
        """Every item, a page at a time, in no particular order."""
        ids = self._ids()
        for start in range(0, len(ids), PAGE):
            page = self._rows(ids[start : start + PAGE], "metadatas")
            yield from map(_item, page["ids"], page["metadatas"])

    def page(self, limit: int, after: str | None = None) -> list[Item]:
        """At most `limit` items by id, those after the id `after`."""
        names = sorted(name for name in self._ids() if after is None or name > after)[:limit]
        found = self.get(names)
        return [found[name] for name in names if name in found]

    def search(self, vectors: Matrix, k: int, domain: str | None = None) -> list[list[Hit]]:
        """The `k` items nearest to each row of `vectors` (m, d), nearest first, of one domain or of all; one call for all rows."""
        if not len(vectors):
            return []
        if domain is None:  # counting costs as much as a search, so it is avoided here
            return self._nearest(vectors, k, None)
        total, limit = self.count(), k * OVERFETCH
        while True:
            hits = self._nearest(vectors, min(limit, max(total, 1)), domain)
            if limit >= total or all(len(row) >= k for row in hits):
                return [row[:k] for row in hits]
            limit *= OVERFETCH

    def titled(self, titles: Sequence[str]) -> dict[str, str]:
        """The ids of the items with these titles, by title in small letters; of several with one title, the first by id."""
        wanted = list(dict.fromkeys(title.casefold() for title in titles))
        if not wanted or not self.count():
            return {}
        hits = self.search(self.embedder.embed(list(dict.fromkeys(titles))), LOOKED_AT)
        items = sorted(
            self.get(list({hit.item_id for row in hits for hit in row})).values(), key=lambda item: item.item_id
        )
        return {item.title.casefold(): item.item_id for item in reversed(items) if item.title.casefold() in wanted}

    def nearest(self, vectors: Matrix, k: int) -> list[list[str]]:
        """The ids that `search` would find in all domains, without their similarities: for those who read hundreds of them."""
        if not len(vectors):
            return []
        ids: list[list[str]] = self.index.read(
            lambda collection: collection.query(query_embeddings=vectors, n_results=k, include=[])["ids"]
        )
        return ids

    def change(self, item_id: str, change: Callable[[Item], Item]) -> None:
        """Change one item from what it is at that moment, whoever else is changing it too. Whether it is withdrawn stays as it is.

        Raises `NotFoundError`, `ConflictError` where others are always first, `ModelError`, `StoreError`.
        """
        with self._changing:
            for _ in range(ATTEMPTS):
                before = self._row(item_id)
                if self._put(change(Item.stored(before["item"])), before["digest"]):
                    return
        raise ConflictError(f"item {item_id!r} is being changed by others: try again")

    def _row(self, item_id: str) -> Any:
        found = self._rows([item_id], "metadatas")["metadatas"]
        if not found or found[0].get(WITHDRAWN) == REMOVED:
            raise NotFoundError(f"no item {item_id!r} in the catalogue: send it first")
        return found[0]

    def _put(self, item: Item, based_on: str) -> bool:
        """Whether the item was still the one with the digest `based_on`, and is now `item`."""
        row = item.model_dump_json(exclude_defaults=True)
        digest = digest_of(row)
        if digest == based_on:
            return True
        [vector] = self.embedder.embed([item.text()])
        with self.index.writing() as collection:
            stored = _get(collection, ids=[item.item_id], include=["metadatas"])["metadatas"]
            if not stored or stored[0]["digest"] != based_on:
                return False
            self.stamp(collection, "begun", [digest])
            fields = _kept(item, row, digest) | _still_withdrawn(stored[0])
            collection.upsert(ids=[item.item_id], embeddings=[vector], metadatas=[fields])
            self.stamp(collection, "done", [digest])
        return True

    def _add(self, items: Sequence[Item]) -> AddReceipt:
        rows = {item.item_id: item.model_dump_json(exclude_defaults=True) for item in items}
        digests = {name: digest_of(row) for name, row in rows.items()}
        known = self._rows(list(rows), "metadatas")
        stored = dict(zip(known["ids"], known["metadatas"], strict=True))
        changed = [item for item in items if _is_news(stored.get(item.item_id), digests[item.item_id])]
        if changed:
            vectors = self.embedder.embed([item.text() for item in changed])
            with self.index.writing() as collection:
                self.stamp(collection, "begun", [digests[item.item_id] for item in changed])
                collection.upsert(
                    ids=[item.item_id for item in changed],
                    embeddings=vectors,
                    metadatas=[
                        _kept(item, rows[item.item_id], digests[item.item_id])
                        | _still_withdrawn(stored.get(item.item_id))
                        for item in changed
                    ],
                )
                self.stamp(collection, "done", [digests[item.item_id] for item in changed])
        updated = sum(item.item_id in stored for item in changed)
        return AddReceipt(len(changed) - updated, updated, len(items) - len(changed))

    def stamp(self, collection: "Collection", moment: str, digests: Sequence[str]) -> None:
        """A revision follows from the one before and from what changes. There is one before the write: what is cut off shows."""
        before = str((collection.metadata or {}).get("revision", ""))
        self.index.set_revision(collection, digest_of("".join([before, moment, *digests])))
        if self.revisions is not None:
            self.revisions.raise_one("items")

    def _rows(self, item_ids: Sequence[str], included: str) -> dict[str, Any]:
        found: dict[str, Any] = {"ids": [], included: []}
        different = list(dict.fromkeys(item_ids))
        for start in range(0, len(different), PAGE):
            ids = different[start : start + PAGE]
            page = self.index.read(partial(_get, ids=ids, include=[included]))
            found["ids"] += page["ids"]
            found[included] += list(page[included] if page[included] is not None else [])
        return found

    def _ids(self) -> list[str]:
        """Every id. What is about everything is then read by id: a page found by counting costs more the further on it is."""
        ids: list[str] = self.index.read(partial(_get, include=[]))["ids"]
        return ids

    def _nearest(self, vectors: Matrix, limit: int, domain: str | None) -> list[list[Hit]]:
        include: Any = ["distances"] if domain is None else ["distances", "metadatas"]
        found = self.index.read(lambda rows: rows.query(query_embeddings=vectors, n_results=limit, include=include))
        near = [
            [Hit(name, 1.0 - distance) for name, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]
        if domain is None:
            return near
        neighbours = zip(near, found["metadatas"] or [], strict=True)
        return [
            [hit for hit, row in zip(hits, rows, strict=True) if row.get("domain") == domain]
            for hits, rows in neighbours
        ]


def _get(collection: "Collection", **asked: Any) -> Any:
    return collection.get(**asked)


def _kept(item: Item, row: str, digest: str) -> dict[str, str]:
    return {"item": row, "digest": digest} | ({"domain": item.domain} if item.domain else {})


def _item(name: str, fields: Any) -> Item:
    try:
        item = Item.stored(fields["item"])
        return item.model_copy(update={"available": False}) if fields.get(WITHDRAWN) else item
    except (KeyError, TypeError, ValueError) as error:
        raise CorruptError(f"item {name!r} cannot be read back ({error}): import the catalogue again") from None


def _is_news(fields: Any, digest: str) -> bool:
    """Whether an item that is handed over changes anything: also one that comes back."""
    return fields is None or fields["digest"] != digest or fields.get(WITHDRAWN) in (MISSING, REMOVED)


def _still_withdrawn(fields: Any) -> dict[str, str]:
    """Whoever was hidden by hand stays so when a feed brings them again; who was missing or removed is back."""
    return {WITHDRAWN: HIDDEN if fields[WITHDRAWN] == HIDDEN else ""} if fields and WITHDRAWN in fields else {}


def digest_of(text: str) -> str:
    """A short digest by which equal texts are known."""
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
