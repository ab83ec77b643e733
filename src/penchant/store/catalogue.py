"""The catalogue: items and their vectors in Chroma, embedded in `PENCHANT_HOME` or on a server.

One collection contains everything (`index`). It records the embedder that filled it and refuses another; `reembed`
moves it to a new one. Chroma's own metadata filters make a query fifteen times slower, so a search within a domain
requests more items and drops those of other domains.
"""

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
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
"""The metadata field with the state of a withdrawn item; absent or empty for most items."""
HIDDEN, MISSING, REMOVED = "hidden", "missing", "removed"
OVERFETCH = 4
"""The factor by which more items are requested, repeatedly, until enough of a domain are found."""
ATTEMPTS = 20
"""How often a change of an item is tried again because another process changed it first."""
TITLE_CANDIDATES = 20
"""The number of items nearest to a title that are compared with it."""
Progress = Callable[[int, int], None]
"""Called with (items done, total number of items)."""


class AddReceipt(NamedTuple):
    """The result of adding items: `added + updated + unchanged` is their number."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0

    def plus(self, other: "AddReceipt") -> "AddReceipt":
        """Return the sum of two receipts."""
        return AddReceipt(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class Hit(NamedTuple):
    """An item that was found, and the cosine similarity (-1 to 1) of its vector to the query."""

    item_id: str
    similarity: float


class Catalogue:
    """The items of one installation.

    Thread-safe; several processes may use the same one. `revisions`: raised with every change.
    """

    def __init__(self, index: Index, embedder: Embedder, revisions: Revisions | None = None) -> None:
        self.index, self.embedder, self.revisions = index, embedder, revisions
        self._removed: tuple[str | None, frozenset[str]] = (None, frozenset())
        self._changing = threading.Lock()

    @classmethod
    def open(cls, settings: "Settings", embedder: Embedder, revisions: Revisions | None = None) -> "Catalogue":
        """Open the catalogue of `settings`. Raises `EmbedderMismatch`, `StoreError`."""
        if settings.chroma.url:
            return cls(Index(partial(connect, settings), embedder.name), embedder, revisions)
        lock, watch, folder = index_lock(settings), Watch(settings.chroma_path), settings.chroma_path
        index = Index(partial(connect, settings), embedder.name, lock=lock, watch=watch, folder=folder)
        return cls(index, embedder, revisions)

    def removed(self) -> frozenset[str]:
        """Return the ids of removed items, which stay in the index because of past behaviour.

        Cached until the revision changes.
        """
        revision, (known, ids) = self.revision(), self._removed
        if known != revision:
            found = self.index.read(lambda rows: rows.get(where={WITHDRAWN: REMOVED}, include=[]))
            ids = frozenset(found["ids"])
            self._removed = (revision, ids)
        return ids

    def withdrawn(self, item_ids: Sequence[str]) -> dict[str, str]:
        """Return the state of those of these items that are withdrawn: `HIDDEN`, `MISSING` or `REMOVED`, by id."""
        found = self._rows(item_ids, "metadatas")
        states = {name: str(row.get(WITHDRAWN, "")) for name, row in zip(found["ids"], found["metadatas"], strict=True)}
        return {name: state for name, state in states.items() if state}

    def close(self) -> None:
        """Close the index: its threads end and its files are closed."""
        self.index.close()

    def add(self, items: Sequence[Item], on_progress: Progress | None = None) -> AddReceipt:
        """Add new items and update changed ones.

        Of items with the same id the last stays; they are counted as if added one after another. Raises `ModelError`,
        `StoreError`.
        """
        receipt = AddReceipt()
        for start in range(0, len(items), BATCH):
            receipt = receipt.plus(self._add(items[start : start + BATCH]))
            if on_progress:
                on_progress(min(start + BATCH, len(items)), len(items))
        return receipt

    def bring_ids_into_form(self) -> int:
        """Give the normal id to items that an older version stored under an id with outer spaces.

        Returns how many there were.

        If an item with the normal id exists already, that item stays.
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
                            rows["metadatas"][renamed[name]] | _index_fields(new[name], text, digest_of(text))
                            for name, text in texts.items()
                        ],
                    )
                collection.delete(ids=old)
        return len(changed)

    def get(self, item_ids: Sequence[str]) -> dict[str, Item]:
        """Return the known ones of these items, by id."""
        found = self._rows(item_ids, "metadatas")
        return {name: _item(name, fields) for name, fields in zip(found["ids"], found["metadatas"], strict=True)}

    def differing(self, items: Sequence[Item]) -> dict[str, Item]:
        """Return the known items that have the id of one of these and other content, by id, without removed ones."""
        digests = {item.item_id: digest_of(item.model_dump_json(exclude_defaults=True)) for item in items}
        found = self._rows(list(digests), "metadatas")
        return {
            name: _item(name, fields)
            for name, fields in zip(found["ids"], found["metadatas"], strict=True)
            if fields["digest"] != digests[name] and fields.get(WITHDRAWN) != REMOVED
        }

    def known(self, item_ids: Sequence[str]) -> set[str]:
        """Return which of these items are known, removed ones among them."""
        ids = list(dict.fromkeys(item_ids))
        pages = (self.index.read(partial(_get, ids=list(some), include=[])) for some in chunks(ids, PAGE))
        return {name for page in pages for name in page["ids"]}

    def vectors(self, item_ids: Sequence[str]) -> dict[str, Vector]:
        """Return the unit vectors (d,) of the known ones of these items, by id."""
        found = self._rows(item_ids, "embeddings")
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def count(self) -> int:
        """Return the number of items."""
        return int(self.index.read(lambda collection: collection.count()))

    def revision(self) -> str:
        """Return a text that changes with every change of an item: data derived from an older revision is out of date."""
        return self.index.revision()

    def matrix(self, known: tuple[Sequence[str], Matrix] | None = None) -> tuple[list[str], Matrix]:
        """Return the sorted ids of all items, and their unit vectors in that order: shape (n, d).

        If ids and vectors equal those of `known`, its array is returned, so that it is not in memory twice.
        """
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
        """Yield all items, read page by page, in no particular order."""
        ids = self._ids()
        for start in range(0, len(ids), PAGE):
            page = self._rows(ids[start : start + PAGE], "metadatas")
            yield from map(_item, page["ids"], page["metadatas"])

    def page(self, limit: int, after: str | None = None) -> list[Item]:
        """Return at most `limit` items in the order of their ids, starting after the id `after`."""
        names = sorted(name for name in self._ids() if after is None or name > after)[:limit]
        found = self.get(names)
        return [found[name] for name in names if name in found]

    def search(self, vectors: Matrix, k: int, domain: str | None = None) -> list[list[Hit]]:
        """Return the `k` items nearest to each row of `vectors` (m, d), nearest first, of one domain or of all.

        One call of Chroma for all rows, or a few if `domain` is given.
        """
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
        """Return the ids of items with these titles, by title in lower case.

        Of several with the same title, the first by id.
        """
        wanted = list(dict.fromkeys(title.casefold() for title in titles))
        if not wanted or not self.count():
            return {}
        hits = self.search(self.embedder.embed(list(dict.fromkeys(titles))), TITLE_CANDIDATES)
        items = sorted(
            self.get(list({hit.item_id for row in hits for hit in row})).values(), key=lambda item: item.item_id
        )
        return {item.title.casefold(): item.item_id for item in reversed(items) if item.title.casefold() in wanted}

    def nearest(self, vectors: Matrix, k: int) -> list[list[str]]:
        """Return the ids that `search` finds in all domains, without similarities: faster for hundreds of results."""
        if not len(vectors):
            return []
        ids: list[list[str]] = self.index.read(
            lambda collection: collection.query(query_embeddings=vectors, n_results=k, include=[])["ids"]
        )
        return ids

    def change(self, item_id: str, change: Callable[[Item], Item]) -> None:
        """Replace one item by `change` of its current value, also if others change it at the same time.

        A withdrawn item stays withdrawn.

        Raises `NotFoundError`, `ConflictError` if others are always first, `ModelError`, `StoreError`.
        """
        with self._changing:
            for _ in range(ATTEMPTS):
                before = self._row(item_id)
                if self._store_if_unchanged(change(Item.stored(before["item"])), before["digest"]):
                    return
        raise ConflictError(f"item {item_id!r} is being changed by others: try again")

    def _row(self, item_id: str) -> Any:
        found = self._rows([item_id], "metadatas")["metadatas"]
        if not found or found[0].get(WITHDRAWN) == REMOVED:
            raise NotFoundError(f"no item {item_id!r} in the catalogue: send it first")
        return found[0]

    def _store_if_unchanged(self, item: Item, based_on: str) -> bool:
        """Store `item` if the stored one still has the digest `based_on`; returns whether it had."""
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
            fields = _index_fields(item, row, digest) | _still_withdrawn(stored[0])
            collection.upsert(ids=[item.item_id], embeddings=[vector], metadatas=[fields])
            self.stamp(collection, "done", [digest])
        return True

    def _add(self, items: Sequence[Item]) -> AddReceipt:
        sent = [(item.item_id, item.model_dump_json(exclude_defaults=True)) for item in items]
        latest, rows = {item.item_id: item for item in items}, dict(sent)
        digests = {name: digest_of(row) for name, row in rows.items()}
        known = self._rows(list(rows), "metadatas")
        stored = dict(zip(known["ids"], known["metadatas"], strict=True))
        changed = [item for name, item in latest.items() if _is_change(stored.get(name), digests[name])]
        if changed:
            vectors = self.embedder.embed([item.text() for item in changed])
            with self.index.writing() as collection:
                self.stamp(collection, "begun", [digests[item.item_id] for item in changed])
                collection.upsert(
                    ids=[item.item_id for item in changed],
                    embeddings=vectors,
                    metadatas=[
                        _index_fields(item, rows[item.item_id], digests[item.item_id])
                        | _still_withdrawn(stored.get(item.item_id))
                        for item in changed
                    ],
                )
                self.stamp(collection, "done", [digests[item.item_id] for item in changed])
        return _counted(sent, stored)

    def stamp(self, collection: "Collection", moment: str, digests: Sequence[str]) -> None:
        """Set a new revision, derived from the previous one and from the change.

        Called before and after a write, so that an interrupted write is visible as a change too.
        """
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
        """Return all ids. Pages are then read by id, because Chroma's offsets become slower the larger they are."""
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


def _index_fields(item: Item, row: str, digest: str) -> dict[str, str]:
    return {"item": row, "digest": digest} | ({"domain": item.domain} if item.domain else {})


def _item(name: str, fields: Any) -> Item:
    try:
        item = Item.stored(fields["item"])
        return item.model_copy(update={"available": False}) if fields.get(WITHDRAWN) else item
    except (KeyError, TypeError, ValueError) as error:
        raise CorruptError(f"item {name!r} cannot be read back ({error}): import the catalogue again") from None


def _is_change(fields: Any, digest: str) -> bool:
    """Return whether adding an item changes anything; a missing or removed item that comes back is a change."""
    return fields is None or fields["digest"] != digest or fields.get(WITHDRAWN) in (MISSING, REMOVED)


def _counted(sent: Sequence[tuple[str, str]], stored: Mapping[str, Any]) -> AddReceipt:
    """Count rows, each with its id, as if each had been added to what is `stored` after the one before it."""
    counts, before = Counter[str](), dict(stored)
    for name, row in sent:
        fields, digest = before.get(name), digest_of(row)
        counts["added" if fields is None else "updated" if _is_change(fields, digest) else "unchanged"] += 1
        before[name] = {"digest": digest}
    return AddReceipt(**counts)


def _still_withdrawn(fields: Any) -> dict[str, str]:
    """Return the state of an item that is added again: hidden items stay hidden, others become available."""
    return {WITHDRAWN: HIDDEN if fields[WITHDRAWN] == HIDDEN else ""} if fields and WITHDRAWN in fields else {}


def digest_of(text: str) -> str:
    """Return a short digest of a text, to detect equal ones."""
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
