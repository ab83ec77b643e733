"""Profile versions: numbered without a gap, never lost to a parallel writer."""

import subprocess
import sys
from pathlib import Path

import pytest
from profile_versions import SAVED, T, save_version, with_an_event

from penchant.errors import NotFoundError
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.profiles import NewVersion, Profiles, ProfileVersion, StoredProfile
from penchant.store.schema import events
from penchant.store.verify import verify

WRITER = Path(__file__).parent / "profile_writer.py"


@pytest.fixture
def profiles(either: Database, clock: FixedClock) -> Profiles:
    return Profiles(either, clock)


def test_versions_count_from_one_and_are_all_kept(profiles: Profiles, clock: FixedClock) -> None:
    assert profiles.head("ada") is None
    for expected, state in enumerate((b"\x00first", b"second")):
        assert save_version(profiles, expected=expected, state=state, receipt={"events_new": 1}) == SAVED
    assert profiles.head("ada") == StoredProfile("ada", 2, T, clock.now(), b"second", {"events_new": 1}, "update")
    assert profiles.at_version("ada", 1).state == b"\x00first"
    outline = [ProfileVersion("ada", version, T, clock.now(), {"events_new": 1}, "update") for version in (1, 2)]
    assert profiles.history("ada") == outline
    assert (profiles.users(), profiles.heads()) == (["ada"], {"ada": outline[1]})


@pytest.mark.parametrize("expected", [0, 2, 7])
def test_a_writer_who_read_another_version_is_refused_and_changes_nothing(profiles: Profiles, expected: int) -> None:
    save_version(profiles)
    assert save_version(profiles, expected=expected, state=b"stale") == ({"ada"}, set())
    assert [stored.version for stored in profiles.history("ada")] == [1]
    assert verify(profiles.database) == []


def test_a_version_that_was_never_saved_is_not_found(profiles: Profiles) -> None:
    with pytest.raises(NotFoundError, match="no profile version 3"):
        profiles.at_version("ada", 3)


def test_a_first_version_of_a_user_of_whom_nothing_is_stored_any_more_is_late(profiles: Profiles) -> None:
    assert profiles.save([NewVersion("ada", 0, T, b"s", {})]) == ({"ada"}, set())
    assert profiles.users() == []


def test_users_with_events_alone_or_a_profile_alone_are_listed_and_counted_once(profiles: Profiles) -> None:
    save_version(profiles, user="cy")
    save_version(profiles, user="bo")
    with profiles.database.write() as connection:
        connection.execute(events.delete().where(events.c.user_id == "bo"))
    with_an_event(profiles.database, "ada")

    assert (profiles.known_users(), profiles.count_users()) == (["ada", "bo", "cy"], 3)


@pytest.mark.long
def test_sixteen_processes_lose_no_update(store_url: str) -> None:
    """Each of 16 processes opens the store and adds itself to the state of a profile 4 times."""
    database = Database.open(store_url)
    with_an_event(database, "busy")
    database.close()
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
