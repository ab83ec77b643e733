"""Chroma: reached embedded in `PENCHANT_HOME` or on a server, and its errors told as ours."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from penchant.errors import CorruptError, StoreError
from penchant.store.private_files import close_to_others, private_folder

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.config import Settings as ChromaSettings

    from penchant.settings import Settings


def connect(settings: "Settings") -> "ClientAPI":
    """The Chroma client that `settings` name; telemetry is off. Raises `StoreError` when a server does not answer or a file is damaged.

    Chroma would hand out one and the same index per folder and process, however old: here each is opened anew, and those in use stay.
    """
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings as ChromaSettings

    SharedSystemClient.clear_system_cache()

    quiet = ChromaSettings(anonymized_telemetry=False)
    if settings.chroma.url is None:
        return _embedded(settings.chroma_path, quiet)
    parts = urlsplit(settings.chroma.url)
    where: dict[str, Any] = {
        "host": parts.hostname or "localhost",
        "port": parts.port or (443 if parts.scheme == "https" else 8000),
        "ssl": parts.scheme == "https",
    }
    try:
        if settings.chroma.tenant is None:
            return chromadb.HttpClient(**where, settings=quiet)
        _make_tenant(settings.chroma.tenant, _at(quiet, **where))
        return chromadb.HttpClient(**where, settings=_at(quiet, **where), tenant=settings.chroma.tenant)
    except ValueError as error:
        raise StoreError(
            f"the Chroma server {settings.chroma.url} does not answer ({error}): start it, or mend PENCHANT_CHROMA__URL"
        ) from None


def remove_tenant(settings: "Settings") -> int:
    """Remove every collection of `settings.chroma.tenant` from the Chroma server; returns how many. Chroma keeps the empty name."""
    client = connect(settings)
    with told():
        names = [collection.name for collection in client.list_collections()]
        for name in names:
            client.delete_collection(name)
    close(client)
    return len(names)


def _at(quiet: "ChromaSettings", host: str, port: int, ssl: bool) -> "ChromaSettings":
    """Settings that name a server, as the client that administers it wants them."""
    return quiet.model_copy(
        update={
            "chroma_api_impl": "chromadb.api.fastapi.FastAPI",
            "chroma_server_host": host,
            "chroma_server_http_port": port,
            "chroma_server_ssl_enabled": ssl,
        }
    )


def _make_tenant(name: str, server: "ChromaSettings") -> None:
    import chromadb
    from chromadb.config import DEFAULT_DATABASE
    from chromadb.errors import ChromaError, UniqueConstraintError

    admin = chromadb.AdminClient(server)
    steps: tuple[Callable[[], None], ...] = (
        lambda: admin.create_tenant(name),
        lambda: admin.create_database(DEFAULT_DATABASE, name),
    )
    for make in steps:
        try:
            make()
        except UniqueConstraintError:
            continue
        except ChromaError as error:
            if "already exists" not in str(error):
                raise


def _embedded(folder: Path, quiet: "ChromaSettings") -> "ClientAPI":
    import chromadb
    from chromadb.errors import ChromaError

    try:
        client = chromadb.PersistentClient(str(private_folder(folder)), settings=quiet)
        close_to_others(folder)
        return client
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be written ({error.strerror}): set PENCHANT_HOME to a folder of yours"
        ) from None
    except ChromaError as error:
        if is_full(error):
            raise StoreError(
                f"no room left to open the catalogue in {folder} ({error}): free some space and try again"
            ) from None
        raise CorruptError(
            f"the catalogue in {folder} cannot be opened ({error}): move that folder away and import the items again"
        ) from None


def is_full(error: Exception) -> bool:
    """Whether an error comes of a disk without room, which no moving of files mends."""
    return any(words in str(error).casefold() for words in ("disk is full", "no space left", "no room left"))


def close(client: "ClientAPI") -> None:
    """Stop an index: its threads end and its files are closed. Chroma counts references per folder and would stop whichever system of that
    folder is the newest; this stops the client's own."""
    client._server._system.stop()  # type: ignore[attr-defined]


class Watch:
    """Reads the file of an embedded Chroma: whether anyone has written to it since the last look, and what its collections say of
    themselves. Thread-safe.

    SQLite's own count of others' commits, taken on a connection that never writes: https://sqlite.org/pragma.html#pragma_data_version
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "chroma.sqlite3"
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Give back the connection; the next look opens another."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def count(self) -> int | None:
        """Another number than before: something was written in between. None where that cannot be told."""
        rows = self._ask("PRAGMA data_version")
        return None if rows is None else int(rows[0][0])

    def collections(self) -> "dict[str, dict[str, str]] | None":
        """The text metadata of every collection by name, read without Chroma, which takes a second to load. None where the file is
        missing or laid out otherwise than Chroma 1 lays it out: ask Chroma then."""
        rows = self._ask(
            "SELECT c.name, m.key, m.str_value FROM collections c LEFT JOIN collection_metadata m ON m.collection_id = c.id"
        )
        if rows is None:
            return None
        found: dict[str, dict[str, str]] = {name: {} for name, _, _ in rows}
        for name, key, value in rows:
            if value is not None:
                found[name][key] = value
        return found

    def _ask(self, query: str) -> list[Any] | None:
        with self._lock:
            try:
                if self._connection is None:
                    name = f"{self._file.absolute().as_uri()}?mode=ro"
                    self._connection = sqlite3.connect(name, uri=True, check_same_thread=False)
                return self._connection.execute(query).fetchall()
            except sqlite3.Error:
                return None


@contextmanager
def told() -> Iterator[None]:
    """Chroma's own errors as ours."""
    import chromadb.errors
    import httpx

    try:
        yield
    except httpx.HTTPError as error:
        raise StoreError(f"the Chroma server does not answer ({error}): is it running?") from error
    except chromadb.errors.ChromaError as error:
        raise StoreError(
            f"the catalogue cannot be read or written ({error}): check disk space and PENCHANT_CHROMA__URL"
        ) from error
