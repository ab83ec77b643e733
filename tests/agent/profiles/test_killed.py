"""kill -9 in the middle of the work, then the same again: nothing lost, nothing twice, everything adds up."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from interrupted_agent import installation
from small_world import ITEMS, START, TOPICS

from penchant.store.event import Event

PROGRAM = Path(__file__).parents[2] / "doubles" / "interrupted_agent.py"
USERS = [f"u{n:03}" for n in range(300)]


def kill_after(lines: int, *arguments: str) -> None:
    """Start the work, wait until it has said so many lines, and kill it."""
    with subprocess.Popen(_command(*arguments), stdout=subprocess.PIPE, text=True, env=_environment()) as working:
        assert working.stdout is not None
        for _ in range(lines):
            assert working.stdout.readline().strip()
        os.kill(working.pid, signal.SIGKILL)


def run(*arguments: str) -> Any:
    """The receipt of the work done to its end."""
    done = subprocess.run(_command(*arguments), capture_output=True, text=True, check=True, env=_environment())
    return json.loads(done.stdout.splitlines()[-1])


def _command(*arguments: str) -> list[str]:
    return [sys.executable, str(PROGRAM), *arguments]


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2] / "doubles"), *sys.path])}


@pytest.mark.long
def test_a_killed_update_run_again_gives_the_profiles_of_one_that_was_not(tmp_path: Path) -> None:
    homes = [tmp_path / "killed", tmp_path / "whole"]
    words = list(TOPICS)
    behaviour = [
        Event(user_id=user, type="view", item_id=f"{words[(n + turn % 2) % 6]}-{turn}", at=START - timedelta(days=turn))
        for n, user in enumerate(USERS)
        for turn in range(3)
    ]
    for home in homes:
        agent = installation(home)
        agent.add_items(ITEMS)
        agent.observe(behaviour)
        agent.services.database.close()

    kill_after(1, str(homes[0]), "update", "-")
    killed = installation(homes[0])
    written = killed.services.profiles.users()
    assert 0 < len(written) < len(USERS)
    assert killed.verify().ok

    again = run(str(homes[0]), "update", "-")["users"]
    whole = run(str(homes[1]), "update", "-")["users"]

    assert {row["user_id"]: row["events_new"] for row in again} == {user: 0 if user in written else 3 for user in USERS}
    assert all(row["events_new"] == 3 for row in whole)
    killed, other = (installation(home) for home in homes)
    assert [killed.profile(user) for user in USERS[::30]] == [other.profile(user) for user in USERS[::30]]
    assert {summary.version for summary in killed.users()} == {1}
    verified = killed.verify(rebuild=True)
    assert (verified.ok, verified.profiles, verified.identical) == (True, 300, 300)


@pytest.mark.long
def test_a_killed_import_of_items_run_again_gives_the_whole_catalogue(tmp_path: Path) -> None:
    file, home = tmp_path / "items.jsonl", tmp_path / "home"
    titles = {f"i{n}": f"jazz tent {n}" for n in range(3_000)}
    rows = [json.dumps({"item_id": name, "title": title}) for name, title in titles.items()]
    file.write_text("\n".join(rows))

    kill_after(2, str(home), "items", str(file))
    before = installation(home).services.catalogue.count()
    assert 1_000 <= before < 3_000

    receipt = run(str(home), "items", str(file))

    assert receipt["lines"] == receipt["accepted"] + receipt["duplicate"] == 3_000
    assert receipt["duplicate"] >= before - before % 500
    catalogue = installation(home).services.catalogue
    assert {item.item_id: item.title for item in catalogue.iter_items()} == titles
    ids, vectors = catalogue.matrix()
    assert (len(ids), vectors.shape[0]) == (3_000, 3_000)
