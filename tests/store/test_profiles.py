"""Profile versions: numbered without a gap, never lost to a parallel writer."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from penchant.errors import ConflictError, NotFoundError
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.profiles import Profiles, ProfileVersion, StoredProfile
from penchant.store.verify import verify

T = datetime(2026, 1, 1, tzinfo=UTC)
WRITER = Path(__file__).parent / "profile_writer.py"


@pytest.fixture
def profiles(either: Database, clock: FixedClock) -> Profiles:
    return Profiles(either, clock)


def save(profiles: Profiles, expected: int, state: bytes = b"s", user: str = "ada") -> int:
    return profiles.save(user, expected_version=expected, as_of=T, state=state, receipt={"events_new": 1})


def test_versions_count_from_one_and_are_all_kept(profiles: Profiles, clock: FixedClock) -> None:
    assert profiles.head("ada") is None
    assert [save(profiles, 0, b"\x00first"), save(profiles, 1, b"second")] == [1, 2]
    assert profiles.head("ada") == StoredProfile("ada", 2, T, clock.now(), b"second", {"events_new": 1}, "update")
    assert profiles.at_version("ada", 1).state == b"\x00first"
    outline = [ProfileVersion("ada", version, T, clock.now(), {"events_new": 1}, "update") for version in (1, 2)]
    assert profiles.history("ada") == outline
    assert (profiles.users(), profiles.heads()) == (["ada"], {"ada": outline[1]})


@pytest.mark.parametrize("expected", [0, 2, 7])
def test_a_writer_who_read_another_version_is_refused_and_changes_nothing(profiles: Profiles, expected: int) -> None:
    save(profiles, 0)
    with pytest.raises(ConflictError, match="no longer at version"):
        save(profiles, expected, b"stale")
    assert [stored.version for stored in profiles.history("ada")] == [1]
    assert verify(profiles.database) == []


def test_a_version_that_was_never_saved_is_not_found(profiles: Profiles) -> None:
    with pytest.raises(NotFoundError, match="no profile version 3"):
        profiles.at_version("ada", 3)


@pytest.mark.long
def test_sixteen_processes_lose_no_update(store_url: str) -> None:
    """Each of 16 processes opens the empty store and adds itself to the state 4 times."""
    ran = subprocess.run(
        [sys.executable, WRITER, store_url, "16", "4"], capture_output=True, text=True, timeout=240, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    database = Database.open(store_url)
    profiles = Profiles(database)
    history = [stored.version for stored in profiles.history("busy")]
    head = profiles.head("busy")
    findings = verify(database)
    database.close()
    assert history == list(range(1, 65))
    assert head is not None
    assert sorted(head.state.split()) == sorted(
        f"{number}.{turn}".encode() for number in range(16) for turn in range(4)
    )
    assert findings == []
