"""Measure how fast events become profiles: `update --all` of a data set, one more event of a known user, the first read
of a large profile.

Run: `OMP_NUM_THREADS=1 .venv/bin/python benchmarks/update.py [DIR] [--quick]` (DIR: items and events in the import
format; by default the demo's). Seconds are processor time, with reading the ledger, folding, learning the population
and saving; the taxonomy is reported apart.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.clock import FixedClock

LARGE = 1_000
TOPICS, PARTS = 28, 280
SAMPLE = Path(str(files("penchant"))) / "data/sample"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Print all measurements."""
    folder = Path(next((name for name in sys.argv[1:] if not name.startswith("--")), SAMPLE))
    with TemporaryDirectory() as home:
        agent = InterestAgent.open(Settings.load(home=Path(home), llm={"provider": "none"}))
        _whole(agent, folder)
        _one_more(agent, 20 if "--quick" in sys.argv else 200)
    with TemporaryDirectory() as home:
        _first_read(Path(home))


def _whole(agent: InterestAgent, folder: Path) -> None:
    items, events = (next(folder.glob(f"{stem}.*")) for stem in ("items", "events"))
    agent.import_items(items)
    agent.import_events(events)
    count = agent.services.ledger.count()
    taxonomy = _processor(agent.services.taxonomies.refresh)
    seconds = _processor(agent.update)
    users = len(agent.services.profiles.users())
    print(f"taxonomy of {agent.services.catalogue.count():,} items: {taxonomy:.1f} s")
    print(f"update --all: {count:,} events of {users:,} users in {seconds:.1f} s = {count / seconds:,.0f} events/s")
    print(f"  again, with nothing new: {_processor(agent.update):.2f} s")
    print(f"  most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _one_more(agent: InterestAgent, count: int) -> None:
    users = agent.services.profiles.users()
    items = sorted(item.item_id for item in agent.services.catalogue.iter_items())
    times = []
    for number in range(count):
        user = users[number * 7 % len(users)]
        at = agent.clock.now() - timedelta(seconds=1)
        agent.observe([Event(user_id=user, type="view", item_id=items[number * 11 % len(items)], at=at)])
        times.append(1e3 * _processor(lambda user=user: agent.update(user)))  # type: ignore[misc]
    cut = statistics.quantiles(times, n=20)
    print(f"one more event of a known user: {statistics.median(times):.1f} ms, p95 {cut[-1]:.1f} ms")


def _first_read(home: Path) -> None:
    agent = InterestAgent.open(Settings.load(home=home, llm={"provider": "none"}), clock=FixedClock(MOMENT))
    leaves = LARGE - TOPICS - PARTS
    paths = [[f"Topic {n % TOPICS}", f"Part {n % PARTS}", f"Kind {n}"] for n in range(leaves)]
    agent.add_items([Item(item_id=f"i{n}", title=f"thing {n}", categories=[path]) for n, path in enumerate(paths)])
    agent.observe(
        [
            Event(user_id="u", type="click", item_id=f"i{n % leaves}", at=MOMENT - timedelta(minutes=n))
            for n in range(20 * leaves)
        ]
    )
    agent.update("u")
    nodes = sum(1 for _ in agent.profile("u").walk())
    times = []
    for _ in range(15):
        agent.services.profile_reader.forget()
        times.append(1e3 * _processor(lambda: agent.profile("u")))
    loop = statistics.median(1e3 * _processor(lambda: [n * n for n in range(100_000)]) for _ in range(15))
    print(f"first read of a profile of {nodes:,} nodes: {statistics.median(times):.1f} ms, least {min(times):.1f} ms")
    print(f"  beside it: 100,000 squares in a loop {loop:.1f} ms")


def _processor(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
