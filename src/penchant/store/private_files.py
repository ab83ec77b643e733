"""Files and folders that only their owner may read, whatever the umask, and atomic replacement of files."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from penchant.errors import PenchantError, StoreError, UsageError

FOLDER, FILE = 0o700, 0o600
FULL = (errno.ENOSPC, errno.EDQUOT)
"""The numbers of the errors for a full disk and a full quota."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_folder(folder: Path) -> Path:
    """Return the folder, created with mode 0700 if it is missing (also its missing parents).

    An existing folder of ours loses the rights of others.

    The working directory and the user's home are left as they are: they are not only ours. Raises `StoreError`.
    """
    try:
        if not folder.is_dir():
            for missing in reversed([folder, *(parent for parent in folder.parents if not parent.exists())]):
                missing.mkdir(mode=FOLDER, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be written ({error.strerror}): set PENCHANT_HOME to a folder you may write to"
        ) from None
    if folder.resolve() not in (Path.cwd(), Path.home(), Path(folder.anchor)):
        _close(folder, FOLDER)
    return folder


def private_file(path: Path) -> Path:
    """Return the file, created empty with mode 0600 if it is missing.

    An existing file of ours loses the rights of others.

    SQLite gives its side files the same mode.
    """
    if not path.parent.is_dir():
        private_folder(path.parent)
    # an existing file is never opened: closing it would release the locks that SQLite holds on it in this process
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE))
    _close(path, FILE)
    return path


def close_to_others(folder: Path) -> None:
    """Remove the rights of others from everything in the folder, for files that a library has created there."""
    for place, folders, files in os.walk(folder):
        for name in folders:
            _close(Path(place, name), FOLDER)
        for name in files:
            _close(Path(place, name), FILE)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a temporary file that replaces `path` once it is complete and on disk.

    If anything fails, the old file stays unchanged. A pipe or a device cannot be replaced and is written to directly.

    A new file can be read by its owner alone; a replaced one keeps its mode. Raises `OSError`.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False) as part:
        beside = Path(part.name)
        try:
            yield part
            part.flush()
            os.fsync(part.fileno())
            if path.exists():
                beside.chmod(stat.S_IMODE(path.stat().st_mode))
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise


def not_written(path: Path, error: OSError, cure: str) -> PenchantError:
    """Return the error for a file that the user has named and that could not be written. `cure`: what to do unless the disk is full."""
    if error.errno in FULL:
        return StoreError(f"no room left to write {path}: free some space, or send it elsewhere")
    return UsageError(f"{path} cannot be written ({error.strerror}): {cure}")


def _close(path: Path, mode: int) -> None:
    with suppress(OSError):  # not ours, or deleted in the meantime
        found = path.lstat()
        if not stat.S_ISLNK(found.st_mode) and found.st_uid == os.geteuid() and found.st_mode & _OTHERS:
            path.chmod(stat.S_IMODE(found.st_mode) & mode)
