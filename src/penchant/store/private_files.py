"""Files and folders that only their owner may read, whatever the umask; and files that are replaced as a whole or not at all."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from penchant.errors import StoreError

FOLDER, FILE = 0o700, 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_folder(folder: Path) -> Path:
    """The folder, made if it is missing (0700, as are the parents made for it); an existing one of ours is closed to others.

    The working directory and the user's own folder are left as they are: they are not ours alone. Raises `StoreError`.
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
    """The file, made empty if it is missing (0600); an existing one of ours is closed to others. SQLite's side files take after it."""
    if not path.parent.is_dir():
        private_folder(path.parent)
    # one that is there is never opened: closing it would let go of the locks that SQLite holds on it in this process
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE))
    _close(path, FILE)
    return path


def close_to_others(folder: Path) -> None:
    """Take every right of others from all that lies in the folder, for what a library has written there."""
    for place, folders, files in os.walk(folder):
        for name in folders:
            _close(Path(place, name), FOLDER)
        for name in files:
            _close(Path(place, name), FILE)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A new file beside `path` that takes its place once it is written and on disk; if that fails the old one stays as it was.

    A new file can be read by its owner alone; one that was there keeps its rights. Raises `OSError`.
    """
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


def _close(path: Path, mode: int) -> None:
    with suppress(OSError):  # not ours, or gone meanwhile
        found = path.lstat()
        if not stat.S_ISLNK(found.st_mode) and found.st_uid == os.geteuid() and found.st_mode & _OTHERS:
            path.chmod(stat.S_IMODE(found.st_mode) & mode)
