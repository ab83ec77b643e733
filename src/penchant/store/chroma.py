"""Access to Chroma, embedded in `PENCHANT_HOME` or on a server, with its errors translated to `StoreError`."""

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
    """Return the Chroma client for `settings`, without telemetry.

    Raises `StoreError` if a server does not answer or a file is damaged.

    By default Chroma shares one index per folder and process, however outdated it is. Here every call opens a new
    one; clients in use stay valid.
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
        _make_tenant(settings.chroma.tenant, _settings_of_server(quiet, **where))
        return chromadb.HttpClient(**where, settings=_settings_of_server(quiet, **where), tenant=settings.chroma.tenant)
    except ValueError as error:
        raise StoreError(
            f"the Chroma server {settings.chroma.url} does not answer ({error}): start it, or correct PENCHANT_CHROMA__URL"
        ) from None


def remove_tenant(settings: "Settings") -> int:
    """Delete every collection of `settings.chroma.tenant` on the Chroma server; returns how many.

    Chroma keeps the empty tenant.
    """
    client = connect(settings)
    with translate_chroma_errors():
        names = [collection.name for collection in client.list_collections()]
        for name in names:
            client.delete_collection(name)
    close(client)
    return len(names)


def _settings_of_server(quiet: "ChromaSettings", host: str, port: int, ssl: bool) -> "ChromaSettings":
    """Return settings with the address of a server, as Chroma's admin client needs them."""
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
    """Return whether an error is caused by a full disk, which moving files away does not fix."""
    return any(words in str(error).casefold() for words in ("disk is full", "no space left", "no room left"))


def close(client: "ClientAPI") -> None:
    """Close an index: its threads end and its files are closed.

    Chroma's own `close` counts references per folder and would stop the newest system of that folder; this stops the
    system of this client.
    """
    client._server._system.stop()  # type: ignore[attr-defined]


class Watch:
    """Reads the file of an embedded Chroma without loading Chroma. Thread-safe.

    It detects writes since the last look, and returns the metadata of the collections. It uses SQLite's counter of
    commits by other connections, read on a connection that never writes:
    https://sqlite.org/pragma.html#pragma_data_version
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "chroma.sqlite3"
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the connection. A later call opens a new one."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def count(self) -> int | None:
        """Return a number that changes whenever something was written to the file; None if it cannot be read."""
        rows = self._ask("PRAGMA data_version")
        return None if rows is None else int(rows[0][0])

    def collections(self) -> "dict[str, dict[str, str]] | None":
        """Return the text metadata of every collection by name, without loading Chroma, which takes a second.

        None if the file is missing or its tables differ from those of Chroma 1; ask Chroma in that case.
        """
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
def translate_chroma_errors() -> Iterator[None]:
    """Translate Chroma's own errors to `StoreError`."""
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
