"""A cache of vectors in an SQLite file, by a digest of the text, so that no text is embedded twice."""

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from penchant.errors import CorruptError, StoreError
from penchant.store.embedders.embedder import Embedder, Matrix, Vector
from penchant.store.private_files import private_file
from penchant.store.waiting import until_unlocked
from penchant.store.work_counts import WORK

Progress = Callable[[int, int], None]
"""Called with (texts embedded so far, total number of texts)."""
BATCH = 512
BUSY_SECONDS = 60
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"


class CachedEmbedder:
    """An `embedder` with a cache in the file `path`. Thread-safe; several processes may share the file.

    `may_keep`: called inside the writing transaction before vectors are stored, so that a concurrent `forget` has to
    wait; if it returns False, nothing is stored (somebody is being erased). The cache never changes a result: an
    embedder returns the same vector for a text whatever other texts are in the batch.
    """

    def __init__(self, embedder: Embedder, path: Path, may_keep: Callable[[], bool] | None = None) -> None:
        self.embedder, self.path = embedder, path
        self._may_keep = may_keep or (lambda: True)
        self._thread = threading.local()
        self._opened: list[sqlite3.Connection] = []

    @property
    def name(self) -> str:
        return self.embedder.name

    @property
    def dimensions(self) -> int:
        return self.embedder.dimensions

    def embed(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Embed texts as `Embedder.embed` does.

        New vectors are stored after every few hundred texts, so an interrupted run continues where it stopped.
        """
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), BATCH):
            stop = min(start + BATCH, len(texts))
            vectors[start:stop] = self._remembered(texts[start:stop], "passage", self.embedder.embed)
            if on_progress:
                on_progress(stop, len(texts))
        return vectors

    def embed_query(self, text: str) -> Vector:
        vector: Vector = self._remembered([text], "query", lambda texts: self.embedder.embed_query(texts[0])[None, :])[
            0
        ]
        return vector

    def count(self, texts: Sequence[str]) -> int:
        """Return how many vectors of these texts are cached, as passages and as queries."""
        keys = [self._key(text, form) for text in dict.fromkeys(texts) for form in ("passage", "query")]
        with self._connected() as connection:
            return sum(len(_read(connection, keys[start : start + BATCH])) for start in range(0, len(keys), BATCH))

    def forget(self) -> int:
        """Delete every vector and overwrite its bytes; returns how many there were."""
        with self._connected() as connection:
            removed = connection.execute("DELETE FROM vectors").rowcount
            connection.commit()
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                connection.execute(statement)
            return removed

    def close(self) -> None:
        """Close the connections of all threads. A later call opens a new one."""
        self._thread = threading.local()
        opened, self._opened = self._opened, []
        for connection in opened:
            connection.close()

    def _remembered(self, texts: Sequence[str], form: str, embed: Callable[[Sequence[str]], Matrix]) -> Matrix:
        keys = [self._key(text, form) for text in texts]
        with self._connected() as connection:
            known = _read(connection, keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        WORK.cache_read("vectors", hits=len(set(keys)) - len(new), misses=len(new))
        if new:
            fresh = dict(zip(new, embed(list(new.values())), strict=True))
            with self._connected() as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    if self._may_keep():
                        rows = [(key, row.tobytes()) for key, row in fresh.items()]
                        connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)
                finally:
                    connection.commit()
            known |= fresh
        return np.stack([known[key] for key in keys])

    def _key(self, text: str, form: str) -> bytes:
        return hashlib.blake2b(f"{self.name}\0{form}\0{text}".encode("utf-8", "surrogatepass"), digest_size=20).digest()

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """Yield this thread's connection. Raises `CorruptError` for a damaged file, otherwise `StoreError`."""
        try:
            connection = getattr(self._thread, "connection", None) or self._open()
            yield connection
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot be made ({error.strerror}): set PENCHANT_HOME to a folder of yours"
            ) from None
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise StoreError(f"{self.path} cannot be used ({error}): check disk space and who owns it") from error
            raise CorruptError(f"{self.path} is damaged ({error}): delete it, it is only a cache") from error

    def _open(self) -> sqlite3.Connection:
        private_file(self.path)
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, check_same_thread=False)
        for statement in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            _execute_unlocked(connection, f"PRAGMA {statement}")
        _execute_unlocked(connection, _TABLE)
        connection.commit()
        self._thread.connection = connection
        self._opened.append(connection)
        return connection


def _execute_unlocked(connection: sqlite3.Connection, statement: str) -> None:
    """Execute a statement, again and again while the file is locked."""
    for attempt in until_unlocked(BUSY_SECONDS):
        with attempt:
            connection.execute(statement)


def _read(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vector]:
    marks = ",".join("?" * len(keys))
    with closing(connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", list(keys))) as rows:
        return {key: np.frombuffer(vector, np.float32) for key, vector in rows}
