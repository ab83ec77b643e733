"""Many readers or one writer, across threads and processes of one machine: for files that a reader must not see half written.

`fcntl.flock`: the system lets go of it when its holder dies. Whoever wants to write takes the turn first, so that readers who keep coming
do not keep it waiting. Where the system has no `flock` (Windows) readers take turns as well.
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
    """The lock in the file `path` (and `path`.turn). `what`: what it guards, for the error. Not to be taken again by its holder."""

    def __init__(self, path: Path, what: str, seconds: float = SECONDS) -> None:
        self.path, self.what, self.seconds = path, what, seconds
        self._turn = path.with_name(f"{path.name}.turn")
        self._fallback = ProcessLock(path, what, seconds)
        self._holding = threading.local()

    @contextmanager
    def shared(self) -> Iterator[None]:
        """With other readers, and no writer. Raises `StoreError` after `seconds`."""
        with self._held(writing=False):
            yield

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Alone. Raises `StoreError` after `seconds`."""
        with self._held(writing=True):
            yield

    @contextmanager
    def _held(self, *, writing: bool) -> Iterator[None]:
        if getattr(self._holding, "it", False):
            raise RuntimeError(f"this thread holds the lock on {self.what} already")
        if fcntl is None:
            with self._fallback.held():
                yield
            return
        deadline = time.monotonic() + self.seconds
        turn = self._locked(self._turn, fcntl.LOCK_EX, deadline)
        try:
            file = self._locked(self.path, fcntl.LOCK_EX if writing else fcntl.LOCK_SH, deadline)
        finally:
            os.close(turn)
        self._holding.it = True
        try:
            yield
        finally:
            self._holding.it = False
            os.close(file)

    def _locked(self, path: Path, kind: int, deadline: float) -> int:
        """A descriptor of `path` that holds the lock; closing it lets go."""
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
