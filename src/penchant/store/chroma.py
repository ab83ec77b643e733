"""Chroma: reached embedded in `PENCHANT_HOME` or on a server, and its errors told as ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from penchant.errors import CorruptError, StoreError

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
    try:
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            settings=quiet,
        )
    except ValueError as error:
        raise StoreError(
            f"the Chroma server {settings.chroma.url} does not answer ({error}): start it, or mend PENCHANT_CHROMA__URL"
        ) from None


def _embedded(folder: Path, quiet: "ChromaSettings") -> "ClientAPI":
    import chromadb
    from chromadb.errors import ChromaError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(str(folder), settings=quiet)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be written ({error.strerror}): set PENCHANT_HOME to a folder of yours"
        ) from None
    except ChromaError as error:
        raise CorruptError(
            f"the catalogue in {folder} cannot be opened ({error}): move that folder away and import the items again"
        ) from None


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
