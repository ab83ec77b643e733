"""The index: the Chroma collection that contains the catalogue, and its use by several processes.

An embedded index consists of files, and every process has a copy of it in memory. A process does not see what another
has written since it opened the files; a read updates its copy and may write the files; and two writes at the same
time corrupt them. Therefore a writer has exclusive access (`writing`), readers share access (`reading`) as long as
nothing was written since they last looked, and a process that is out of date opens the files again with exclusive
access. A server needs none of this.

The name of the collection in use is in the metadata of a separate collection (`POINTER`), which is changed in one
step; without that collection it is `NAME`. Other collections are left over from an interrupted re-embedding, and the
next writer removes them.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

from penchant.errors import EmbedderMismatch
from penchant.store.chroma import Watch, close, translate_chroma_errors
from penchant.store.private_files import close_to_others
from penchant.store.shared_lock import SharedLock
from penchant.tracing import span

if TYPE_CHECKING:
    from pathlib import Path

    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

    from penchant.settings import Settings

NAME = "penchant-items"
POINTER = "penchant-catalogue"
MOVED = "penchant-items-moving"
"""The name of a finished copy in older versions that were killed before they renamed it."""
SEARCH_EFFORT = 64
"""How many neighbours a search looks at. With 100, the default of Chroma, it takes a third longer and finds one in a hundred more."""


def index_lock(settings: "Settings") -> SharedLock | None:
    """Return the lock for processes that use an embedded index; None for a server, which needs none."""
    if settings.chroma.url:
        return None
    return SharedLock(settings.home / "chroma.lock", "the catalogue")


class Index:
    """The collection in use, filled by the embedder named `embedder`.

    Thread-safe; several processes may use the same one.

    `lock`, `watch` and `folder`: for an embedded index. Raises `EmbedderMismatch` on first use if another embedder
    has filled it.
    """

    def __init__(
        self,
        connect: "Callable[[], ClientAPI]",
        embedder: str,
        *,
        lock: SharedLock | None = None,
        watch: Watch | None = None,
        folder: "Path | None" = None,
    ) -> None:
        self._connect, self.embedder, self._lock, self._watch, self._folder = connect, embedder, lock, watch, folder
        self._looked: tuple[int, str] | None = None
        self._threads, self._opening = threading.Lock(), threading.RLock()
        self._current = False
        self._tidy = False
        self._seen = ""
        self.name = NAME
        self._client: ClientAPI | None = None

    @property
    def client(self) -> "ClientAPI":
        """The client, opened on first use: it takes a second, and many commands do not need it.

        Raises `EmbedderMismatch`.
        """
        return self._client or self._ensure_open()

    def _ensure_open(self) -> "ClientAPI":
        with self._opening:
            if self._client is None:
                with self._alone():
                    self._open()
            if self._client is None:
                raise RuntimeError("an index that was opened has no client")
            return self._client

    def close(self) -> None:
        """Close the index: its threads end and its files are closed."""
        if self._client is not None:
            close(self._client)
        if self._watch is not None:
            self._watch.close()

    @contextmanager
    def reading(self) -> "Iterator[Collection]":
        """Yield the up-to-date collection, for one read."""
        with span("chroma.read", current=False, db__system__name="chroma"), self._reading() as collection:
            yield collection

    @contextmanager
    def writing(self) -> "Iterator[Collection]":
        """Yield the up-to-date collection, with exclusive access."""
        with span("chroma.write", current=False, db__system__name="chroma"), self._writing() as collection:
            yield collection

    @contextmanager
    def _reading(self) -> "Iterator[Collection]":
        self._ensure_open()
        if self._lock is None:
            with translate_chroma_errors():
                yield self._collection
            return
        with self._lock.shared():
            if self._is_current():
                with translate_chroma_errors():
                    yield self._collection
                return
        with self._alone():
            self._bring_up_to_date()
            with translate_chroma_errors():
                yield self._collection
            self._current = True  # an exclusive read has updated the copy in memory

    @contextmanager
    def _writing(self) -> "Iterator[Collection]":
        self._ensure_open()
        with self._alone():
            if self._lock is not None:
                self._bring_up_to_date()
            self._remove_left_behind()
            self._current = False
            with translate_chroma_errors():
                yield self._collection
            if self._folder is not None:
                close_to_others(self._folder)

    def read(self, ask: "Callable[[Collection], Any]") -> Any:
        """Return the result of `ask` on the collection.

        If it fails, it is called once more on a newly opened index. Raises `StoreError`.
        """
        import chromadb.errors

        # another process may have replaced the collection, or the copy in memory is out of date; the second call raises any other error
        with self.reading() as collection, suppress(chromadb.errors.ChromaError):
            return ask(collection)
        with self._alone():
            self._reopen()
            with translate_chroma_errors():
                found = ask(self._collection)
            self._current = self._lock is not None
            return found

    def revision(self) -> str:
        """Return a text that changes with every write.

        It is read again only if Chroma's file was written since the last look.
        """
        count, looked = self._watch.count() if self._watch else None, self._looked
        if count is None:
            return self._read_revision()
        if looked is None or looked[0] != count:
            looked = self._looked = (count, self._revision_on_disk() or self._read_revision())
        return looked[1]

    def _revision_on_disk(self) -> str:
        """Return the revision without opening Chroma; empty if it cannot be read or belongs to another embedder."""
        collections = (self._watch and self._watch.collections()) or {}
        metadata = collections.get(_in_use(collections), {})
        return metadata.get("revision", "") if metadata.get("embedder") == self.embedder else ""

    def set_revision(self, collection: "Collection", revision: str) -> None:
        """Set the revision of the collection, before or after a change; to be called inside `writing`."""
        before = self._read_revision()
        collection.modify(metadata={"embedder": self.embedder, "revision": revision})
        if before == self._seen:
            self._seen = revision

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock.exclusive() if self._lock is not None else nullcontext(), self._threads:
            yield

    def _is_current(self) -> bool:
        return self._current and self.revision() == self._seen

    def _bring_up_to_date(self) -> None:
        if self.revision() != self._seen:
            self._reopen()

    def _reopen(self) -> None:
        before = self.client
        self._open()
        if self._lock is not None:
            # closed last, because revisions are read without the lock, with the client that is current
            close(before)

    def _open(self) -> None:
        self._current, self._looked = False, None
        client = self._connect()
        with translate_chroma_errors():
            self.name = collection_in_use(client)
            self._collection = opened(client, self.name, self.embedder)
        self._client = client
        self._seen = self._read_revision()

    def _read_revision(self) -> str:
        with translate_chroma_errors():
            try:
                return _revision(self.client)
            except AttributeError:  # another thread has closed this client and opened a new one
                return _revision(self.client)

    def _remove_left_behind(self) -> None:
        if not self._tidy:
            with translate_chroma_errors():
                remove_left_behind(self.client, self.name)
            self._tidy = True


def _revision(client: "ClientAPI") -> str:
    metadata = client.get_collection(collection_in_use(client), embedding_function=None).metadata
    return str((metadata or {}).get("revision", ""))


def opened(client: "ClientAPI", name: str, embedder: str, **metadata: str) -> "Collection":
    """Return the collection, created if it is missing. Raises `EmbedderMismatch`."""
    collection = client.get_or_create_collection(
        name,
        embedding_function=None,
        metadata={"embedder": embedder, **metadata},
        configuration={"hnsw": {"space": "cosine", "ef_search": SEARCH_EFFORT}},
    )
    filled_by = (collection.metadata or {}).get("embedder", embedder)
    if filled_by != embedder:
        raise EmbedderMismatch(
            f"the catalogue was embedded with {filled_by!r}, the settings now say {embedder!r}: vectors of two embedders are never mixed. "
            "Run `penchant items reembed` to embed the catalogue again, or set PENCHANT_EMBEDDING__PROVIDER back"
        )
    return collection


def collection_in_use(client: "ClientAPI") -> str:
    """Return the name of the collection that contains the catalogue."""
    return _in_use({collection.name: collection.metadata or {} for collection in client.list_collections()})


def _in_use(collections: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the name of the collection in use, given the metadata of every collection by name."""
    if POINTER in collections:
        return str(collections[POINTER].get("collection", NAME))
    return MOVED if MOVED in collections and NAME not in collections else NAME


def put_in_use(client: "ClientAPI", name: str) -> None:
    """Make another collection the catalogue, in one step."""
    pointer = client.get_or_create_collection(POINTER, embedding_function=None, metadata={"collection": name})
    if (pointer.metadata or {}).get("collection") != name:
        pointer.modify(metadata={"collection": name})


def remove_left_behind(client: "ClientAPI", in_use: str) -> None:
    """Delete former catalogues, and copies of them that nobody continues."""
    for collection in client.list_collections():
        copy_of = (collection.metadata or {}).get("copy_of")
        if collection.name.startswith(NAME) and in_use not in (collection.name, copy_of):
            client.delete_collection(collection.name)
