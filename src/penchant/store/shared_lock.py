"""A readers-writer lock on a file, across threads and processes of one machine: many readers or one writer.

It uses `fcntl.flock`, which the system releases if the holder dies. Everyone first acquires the lock `path`.turn, so
that a constant flow of readers cannot keep a writer waiting. On systems without `flock` (Windows) readers exclude
each other too.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from penchant.errors import StoreError
from penchant.store.private_files import FILE, private_folder
from penchant.store.process_lock import ProcessLock

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

SECONDS = 300
POLL_SECONDS = 0.005


class SharedLock:
    """The lock in the file `path` (and `path`.turn).

    `what`: what it protects, for error messages. Its holder must not acquire it again.
    """

    def __init__(self, path: Path, what: str, seconds: float = SECONDS) -> None:
        self.path, self.what, self.seconds = path, what, seconds
        self._turn = path.with_name(f"{path.name}.turn")
        self._fallback = ProcessLock(path, what, seconds)
        self._holding = threading.local()

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Hold the lock together with other readers, without a writer. Raises `StoreError` after `seconds`."""
        with self._acquired(writing=False):
            yield

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the lock alone. Raises `StoreError` after `seconds`."""
        with self._acquired(writing=True):
            yield

    @contextmanager
    def _acquired(self, *, writing: bool) -> Iterator[None]:
        if getattr(self._holding, "it", False):
            raise RuntimeError(f"this thread holds the lock on {self.what} already")
        if fcntl is None:
            with self._fallback.held():
                yield
            return
        deadline = time.monotonic() + self.seconds
        turn = self._locked_file(self._turn, fcntl.LOCK_EX, deadline)
        try:
            file = self._locked_file(self.path, fcntl.LOCK_EX if writing else fcntl.LOCK_SH, deadline)
        finally:
            os.close(turn)
        self._holding.it = True
        try:
            yield
        finally:
            self._holding.it = False
            os.close(file)

    def _locked_file(self, path: Path, kind: int, deadline: float) -> int:
        """Return a descriptor of `path` that holds the lock; closing it releases the lock."""
        if not path.parent.is_dir():
            private_folder(path.parent)
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE)
        except OSError as error:
            raise StoreError(
                f"{path} cannot be locked ({error.strerror}): set PENCHANT_HOME to a folder of yours"
            ) from None
        while True:
            try:
                fcntl.flock(file, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() < deadline:
                    time.sleep(POLL_SECONDS)
                    continue
                os.close(file)
                raise StoreError(
                    f"another process has been busy with {self.what} for {self.seconds:g} s: wait for it, then try again"
                ) from None
            except BaseException:
                os.close(file)
                raise
            return file
