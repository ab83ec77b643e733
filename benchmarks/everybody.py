"""Measure the time of `recommend --all`: python benchmarks/everybody.py FOLDER [--users 10000]

FOLDER contains items.* and events.* in the import format, such as Online Retail. Users are drawn from it at random
with replacement until there are `--users` of them; each drawn one gets a user id of its own. Prints wall-clock and
processor seconds for the profiles and for the lists: one process, rules alone.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from penchant import Event, InterestAgent, Settings
from penchant.store.database import chunks
from penchant.store.importing import read_events

AT_ONCE = 20_000


def main() -> None:
    """Fill an installation, make every profile and every list, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--users", type=int, default=10_000)
    given = parser.parse_args()
    with TemporaryDirectory() as home:
        agent = InterestAgent.open(Settings.load(home=Path(home), llm={"provider": "none"}))
        agent.import_items(next(given.folder.glob("items.*")))
        for events in chunks(drawn(next(given.folder.glob("events.*")), given.users), AT_ONCE):
            agent.observe(events)
        print(
            f"{given.users:,} users, {agent.services.ledger.count():,} events, {agent.services.catalogue.count():,} items"
        )
        timed("profiles", agent.update)
        timed("models of items", agent.services.recommender.warm)
        timed("lists", lambda: agent.recommend_all(Path(home) / "lists.jsonl"))


def drawn(file: Path, users: int) -> Iterator[Event]:
    """Yield the events of `users` users, each a copy of a user in `file`."""
    of_user = defaultdict[str, list[Event]](list)
    for event in read_events(file):
        of_user[event.user_id].append(event)
    names = sorted(of_user)
    for number, place in enumerate(np.random.default_rng(0).integers(len(names), size=users).tolist()):
        for event in of_user[names[place]]:
            yield event.model_copy(update={"user_id": f"c{number}"})


def timed(what: str, work: Callable[[], object]) -> None:
    """Run `work` and print its seconds."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    print(
        f"{what:16s} {time.perf_counter() - clock:7.0f} s, processor {time.process_time() - processor:7.0f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()
