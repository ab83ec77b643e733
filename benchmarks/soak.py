"""Run four processes at once on one home: python benchmarks/soak.py [--minutes N] [--processes N] [--home FOLDER]

Each imports events and items, updates, recommends, records feedback and erases, in a random order of its own
(seeded). It keeps account of what it stored for the users it owns; lists and profiles are requested for users of all
processes. Prints at the end how often each action ran and how long it took, expected and other errors by kind,
whether the stored data match the accounts, what `verify --rebuild` finds, and how the memory of each process has
grown after the first two fifths of the time. Exits with 1 where anything is wrong.

Each process imports at most `MOST_ITEMS` items; after that its imports describe them again, so that the catalogue
does not grow.
"""

import argparse
import json
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from penchant import InterestAgent, Item, Settings
from penchant.errors import NotFoundError, PenchantError
from penchant.settings import LlmSettings

USERS = 12
ROWS = 60
MOST_ITEMS = 300
WARM_UP = 0.4
GROWTH_MB = 80
KINDS = (
    "jazz record",
    "opera ticket",
    "camping tent",
    "walking boots",
    "crime novel",
    "fresh pasta",
    "tea pot",
    "lamp",
)
START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Account:
    """What one process has done: events by user and number of items that must be stored, seconds by action, errors by
    kind.
    """

    events: dict[str, int] = field(default_factory=dict)
    items: int = 0
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    expected: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    to_erase_again: list[str] = field(default_factory=list)


class Worker:
    """The actions of one process."""

    def __init__(self, number: int, home: Path, processes: int) -> None:
        self.number, self.home, self.processes = number, home, processes
        self.chance = random.Random(number)
        self.agent = InterestAgent.open(settings(home))
        self.account = Account(events=dict.fromkeys(self.own(), 0))
        self.rows = self.described = 0

    def own(self) -> list[str]:
        return [f"p{self.number}-u{n}" for n in range(USERS)]

    def anybody(self) -> str:
        return f"p{self.chance.randrange(self.processes)}-u{self.chance.randrange(USERS)}"

    def work(self, until: float, started: float) -> Account:
        actions: list[tuple[int, Callable[[], object]]] = [
            (4, self.import_events),
            (2, self.import_items),
            (3, self.update),
            (8, self.recommend),
            (3, self.profile),
            (2, self.feedback),
            (1, self.erase),
        ]
        weights, acts = zip(*actions, strict=True)
        while time.time() < until:
            [act] = self.chance.choices(acts, weights)
            self.do(act)
            if time.time() - started > WARM_UP * (until - started):
                self.account.memory.append(resident_mb())
        return self.account

    def do(self, act: Callable[[], object]) -> None:
        name, begun = act.__name__, time.perf_counter()
        try:
            act()
        except NotFoundError as error:  # a user of another process who has been erased, or has done nothing yet
            self.account.expected[f"{name}: {type(error).__name__}"] += 1
        except Exception as error:  # noqa: BLE001 - counted and reported
            kind = "" if isinstance(error, PenchantError) else "unexpected "
            self.account.errors[f"{name}: {kind}{type(error).__name__}: {str(error)[:160]} ({place_of(error)})"] += 1
        self.account.seconds[name].append(time.perf_counter() - begun)

    def import_events(self) -> None:
        rows = []
        for _ in range(ROWS):
            self.rows += 1
            rows.append(
                {
                    "user_id": self.chance.choice(self.own()),
                    "type": self.chance.choice(["view", "click", "purchase", "like", "dislike"]),
                    "item_id": f"seed-{self.chance.randrange(200)}",
                    "at": (START + timedelta(minutes=self.rows)).isoformat(),
                    "event_id": f"e{self.rows}",
                }
            )
        bad = {"user_id": self.own()[0], "type": "nonsense", "at": START.isoformat()}
        receipt = self.agent.import_events(self.file([*rows, bad]))
        assert (receipt.lines, receipt.accepted, receipt.quarantined) == (ROWS + 1, ROWS, 1), receipt
        for row in rows:
            self.account.events[row["user_id"]] += 1

    def import_items(self) -> None:
        count = self.chance.choice((1, 9, 60))
        numbers = [(self.described + n) % MOST_ITEMS for n in range(count)]
        rows = [{"item_id": f"p{self.number}-{n}", "title": f"{self.chance.choice(KINDS)} {n}"} for n in numbers]
        receipt = self.agent.import_items(self.file(rows))
        assert (receipt.accepted + receipt.duplicate, receipt.quarantined) == (count, 0), receipt
        self.described += count
        self.account.items = min(self.described, MOST_ITEMS)

    def update(self) -> None:
        for row in self.agent.update(*self.chance.sample(self.own(), 4)).users:
            if row.status == "failed" and "is unknown" not in str(row.degraded):
                raise PenchantError(f"update failed: {row.degraded}")

    def recommend(self) -> None:
        query = self.chance.choice([None, "opera", "something for camping"])
        listed = self.agent.recommend(self.anybody(), 10, query=query)
        assert len({item.item_id for item in listed.items}) == len(listed.items)

    def profile(self) -> None:
        self.agent.profile(self.anybody())

    def feedback(self) -> None:
        user = self.chance.choice(self.own())
        if not self.account.events[user]:
            return
        listed = self.agent.recommend(user, 5)
        if listed.items:
            self.agent.feedback(user, listed.items[0].item_id, "clicked", listed.recommendation_id)

    def erase(self) -> None:
        user = self.chance.choice(self.own())
        receipt = self.agent.erase(user)
        assert receipt.residue == 0, receipt
        self.account.events[user] = 0
        if receipt.notes:  # a reader kept old bytes in the log, so erase again when it has finished
            self.account.to_erase_again.append(user)

    def file(self, rows: list[dict[str, Any]]) -> Path:
        path = self.home.parent / f"rows-{self.number}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path


def settings(home: Path) -> Settings:
    return Settings(home=home, llm=LlmSettings(provider="none"))


def place_of(error: BaseException) -> str:
    """Return where in Penchant an error was raised, innermost first."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/penchant/" in frame.filename]
    return " < ".join(f"{Path(frame.filename).stem}:{frame.lineno}" for frame in reversed(frames[-4:]))


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def run(number: int, home: Path, processes: int, until: float, results: Any) -> None:
    results.put((number, Worker(number, home, processes).work(until, time.time())))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--minutes", type=float, default=10.0)
    arguments.add_argument("--processes", type=int, default=4)
    arguments.add_argument("--home", type=Path, help="an empty folder; by default one that is removed in the end")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="penchant-soak-") as folder:
        home = (given.home or Path(folder) / "home").absolute()
        agent = InterestAgent.open(settings(home))
        agent.add_items([Item(item_id=f"seed-{n}", title=f"{KINDS[n % len(KINDS)]} number {n}") for n in range(200)])
        os.environ.setdefault(
            "MALLOC_ARENA_MAX", "2"
        )  # as in `deploy/`: the index has many threads, each would keep memory of its own
        context = multiprocessing.get_context("spawn")
        results = context.Queue()
        until = time.time() + 60 * given.minutes
        working = [
            context.Process(target=run, args=(number, home, given.processes, until, results))
            for number in range(given.processes)
        ]
        for process in working:
            process.start()
        accounts = dict(results.get(timeout=60 * given.minutes + 600) for _ in working)
        for process in working:
            process.join(60)
        return report(agent, [accounts[number] for number in sorted(accounts)])


def report(agent: InterestAgent, accounts: list[Account]) -> int:
    """Print what was done and whether the stored data match; return the exit code."""
    for name in sorted({name for account in accounts for name in account.seconds}):
        taken = sorted(second for account in accounts for second in account.seconds[name])
        p95 = taken[int(0.95 * (len(taken) - 1))]
        print(f"{name:14} {len(taken):6} times, median {statistics.median(taken):6.2f} s, 95 % within {p95:6.2f} s")
    errors = sum((account.errors for account in accounts), Counter())
    for title, counted in (
        ("expected", sum((account.expected for account in accounts), Counter())),
        ("errors", errors),
    ):
        print(f"{title}: {sum(counted.values())}")
        for kind, count in counted.most_common():
            print(f"  {count:6} × {kind}")
    put_in = {user: count for account in accounts for user, count in account.events.items()}
    there = {user: len(agent.events(user)) for user in put_in}
    astray = {user: (put_in[user], there[user]) for user in put_in if put_in[user] != there[user]}
    items = 200 + sum(account.items for account in accounts)
    print(f"events in {sum(put_in.values())}, there {sum(there.values())}; users that differ: {astray or 'none'}")
    print(f"items in {items}, there {agent.count_items()}")
    again = [user for account in accounts for user in account.to_erase_again]
    if again:
        left = agent.erase("nobody-at-all").notes  # an erasure of any user finishes the unfinished ones of others
        print(
            f"{len(again)} erasures had readers in their way; once more, alone, as their receipts say: {left or 'all done'}"
        )
    agent.update()
    verified = agent.verify(rebuild=True)
    print(
        f"verify --rebuild: {verified.identical} of {verified.profiles} profiles identical, {verified.findings or 'no findings'}"
    )
    grown = [growth(account.memory) for account in accounts if account.memory]
    print(
        f"memory since two fifths of the time: {grown} MB more, at last {[round(a.memory[-1]) for a in accounts if a.memory]} MB"
    )
    whole = (
        not errors and not astray and agent.count_items() == items and verified.ok and max(grown, default=0) < GROWTH_MB
    )
    print("all is well" if whole else "something is wrong")
    return 0 if whole else 1


def growth(memory: list[float]) -> int:
    """Return the growth in MB from the median of the first tenth of the samples to that of the last; single samples vary
    with the running action.
    """
    part = max(len(memory) // 10, 1)
    return round(statistics.median(memory[-part:]) - statistics.median(memory[:part]))


if __name__ == "__main__":
    sys.exit(main())
