"""A lock on a file: one holder at a time across threads and processes. The system releases it if the holder dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from penchant.errors import StoreError
from penchant.store.private_files import FILE, private_folder

SECONDS = 120
POLL_SECONDS = 0.01


class ProcessLock:
    """The lock in the file `path`.

    Thread-safe; the thread that holds it may acquire it again. `what`: what it protects, for error messages.
    """

    def __init__(self, path: Path, what: str, seconds: float = SECONDS) -> None:
        self.path, self.what, self.seconds = path, what, seconds
        self._lock = FileLock(path, mode=FILE, poll_interval=POLL_SECONDS)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock inside, waiting for its holder first. Raises `StoreError` after `seconds`."""
        if not self.path.parent.is_dir():
            private_folder(self.path.parent)
        try:
            acquired = self._lock.acquire(timeout=self.seconds)
        except Timeout:
            raise StoreError(
                f"another process has been busy with {self.what} for {self.seconds:g} s ({self.path}): wait for it, then try again"
            ) from None
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot be locked ({error.strerror}): set PENCHANT_HOME to a folder of yours"
            ) from None
        with acquired:
            yield

    def is_free(self) -> bool:
        """Return whether no process holds the lock. Used to detect what a killed process left behind."""
        try:
            with self._lock.acquire(timeout=0):
                return True
        except (Timeout, OSError):
            return False
