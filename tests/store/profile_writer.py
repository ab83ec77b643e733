"""Many writers to one profile, each a process of its own (run by test_profiles): URL, how many, how often each."""

import multiprocessing
import sys
from datetime import UTC, datetime

from penchant.store.database import Database
from penchant.store.profiles import NewVersion, Profiles

T = datetime(2026, 1, 1, tzinfo=UTC)


def main(url: str, writers: int, times: int) -> int:
    """How many writers failed."""
    processes = multiprocessing.get_context("fork")  # the imports are paid once; nothing is open yet
    running = [processes.Process(target=write, args=(url, number, times)) for number in range(writers)]
    for process in running:
        process.start()
    for process in running:
        process.join()
    return sum(process.exitcode != 0 for process in running)


def write(url: str, number: int, times: int) -> None:
    """Add this writer's marks to the state, reading again whenever another was first."""
    profiles = Profiles(Database.open(url))
    for turn in range(times):
        while not _added(profiles, f"{number}.{turn}"):
            pass


def _added(profiles: Profiles, mark: str) -> bool:
    head = profiles.head("busy")
    version, state = (head.version, head.state) if head else (0, b"")
    late, _ = profiles.save([NewVersion("busy", version, T, state + f" {mark}".encode(), {})])
    return not late


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
