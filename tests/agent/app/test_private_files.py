"""What is remembered of people can be read by nobody else on the machine, whatever the umask; and is replaced whole or not at all."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_shop import bought, customers, installation

from penchant.errors import StoreError
from penchant.store.clock import FixedClock
from penchant.store.private_files import private_file, private_folder, replacing


@pytest.fixture(params=[0o000, 0o022])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """What in the folder, itself included, others may read, write or enter."""
    places = [folder, *folder.rglob("*")]
    return [str(path.relative_to(folder)) for path in places if path.lstat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]


@pytest.mark.usefixtures("umask")
def test_nothing_in_the_home_can_be_read_by_others(tmp_path: Path, clock: FixedClock) -> None:
    home = tmp_path / "new" / "home"
    agent = installation(home, clock)
    agent.observe(customers(clock))
    agent.update()
    agent.recommend("u01", 3, query="jazz")
    agent.warm("u01")
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"user_id":"u01","type":"boo","at":1}\n')
    agent.import_events(bad)
    agent.reembed()
    agent.search_items("tent")

    assert {"penchant.db", "words.db", "chroma", "models", "quarantine"} <= {path.name for path in home.iterdir()}
    assert open_to_others(tmp_path / "new") == []


@pytest.mark.usefixtures("umask")
def test_a_home_that_was_open_to_others_is_closed(tmp_path: Path, clock: FixedClock) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (home / "penchant.db").touch(mode=0o644)

    installation(home, clock).observe([bought("ada", "i1", clock, 1)])

    assert open_to_others(home) == []


def test_the_working_directory_as_a_home_stays_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)

    private_folder(Path())

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_making_a_file_private_lets_go_of_no_lock_on_it(tmp_path: Path, clock: FixedClock) -> None:
    """Closing a second descriptor would let go of every lock that this process holds on a database (POSIX)."""
    agent = installation(tmp_path, clock)
    with agent.services.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM events")
        private_file(tmp_path / "penchant.db")
        script = (
            f"import sqlite3; sqlite3.connect({str(tmp_path / 'penchant.db')!r}, timeout=0).execute('BEGIN IMMEDIATE')"
        )
        assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", script]) != 0


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    with replacing(path) as file:
        file.write(b"first")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"first", 0o600)
    path.chmod(0o640)

    with pytest.raises(OSError, match="No space"), replacing(path) as file:
        file.write(b"half of the sec")
        raise OSError(28, "No space left on device")

    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"first", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="set PENCHANT_HOME to a folder you may write to"):
        private_folder(tmp_path / "file" / "home")
