"""Stores standard input in a file while it is read.

Each file is in a folder of its own, which the reading process locks while it lives.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from penchant.store.private_files import private_folder
from penchant.store.process_lock import ProcessLock

PREFIX = "stdin-"
_LOCK = "in-use.lock"


@contextmanager
def spooled(stream: BinaryIO, home: Path) -> Iterator[Path]:
    """Yield a file under `home` with everything that `stream` contains; it is removed afterwards. Raises `OSError`."""
    folder = Path(mkdtemp(dir=private_folder(home), prefix=PREFIX))
    try:
        with _lock(folder).held():
            path = folder / "stdin.jsonl"
            with path.open("wb") as file:
                path.chmod(0o600)
                shutil.copyfileobj(stream, file)
            yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned(home: Path) -> tuple[int, int]:
    """Remove the folders of processes that have died; returns how many were removed, and how many are in use."""
    removed = in_use = 0
    for folder in sorted(home.glob(f"{PREFIX}*")):
        if _lock(folder).is_free():
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
        else:
            in_use += folder.exists()
    return removed, in_use


def _lock(folder: Path) -> ProcessLock:
    return ProcessLock(folder / _LOCK, "what arrives on stdin")
