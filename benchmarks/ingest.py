"""Measure how fast events and items are imported, compared with a plain INSERT … executemany: python
benchmarks/ingest.py [DIR]

DIR contains events.jsonl.gz and items.jsonl.gz; without it, data are generated. Every row of the table runs in its
own process, so that its peak memory is its own. "x plain" compares rows per second of processor time, which other
work on the machine does not change. `--store` names another database, such as postgresql+psycopg://user@host/name (it
is written to).
"""

import argparse
import gzip
import json
import multiprocessing
import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from penchant.agent.interest_agent import InterestAgent
from penchant.settings import LlmSettings, Settings, StoreSettings

EVENTS, ITEMS, USERS, BATCH = 200_000, 1_500, 4_000, 5_000
TABLE = (
    "CREATE TABLE events (seq INTEGER PRIMARY KEY, user_id TEXT NOT NULL, event_id TEXT NOT NULL, at TEXT, type TEXT, item_id TEXT,"
    " value REAL, context TEXT, UNIQUE (user_id, event_id))"
)
INSERT = (
    "INSERT OR IGNORE INTO events (user_id, event_id, at, type, item_id, value, context) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
WORDS = (
    "red",
    "tin",
    "lamp",
    "heart",
    "paper",
    "garden",
    "glass",
    "bird",
    "cake",
    "retro",
    "wicker",
    "clock",
    "set",
    "card",
)

Step = Callable[[Path, Path, str | None], int]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    parser.add_argument("--store", metavar="URL")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        folder = options.folder or make_data(Path(scratch) / "data")
        print(f"{'':44}{'rows':>9}{'seconds':>9}{'rows/s':>10}{'per CPU s':>11}{'peak MB':>9}{'x plain':>9}")
        plain = report("plain INSERT ... executemany, events", plain_insert, folder, home, None, plain=None)
        for name, step in STEPS.items():
            report(name, step, folder, home, options.store, plain=plain if "events" in name else None)


def report(name: str, step: Step, *where: Any, plain: float | None) -> float:
    """Run one step in a fresh process with (folder, home, store), print its row and return rows per second of processor
    time.
    """
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_measured, args=(step, *where, queue))
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{name} ended with {process.exitcode}")
    rows, seconds, cpu, megabytes = queue.get()
    beside = f"{rows / cpu / plain:9.2f}" if plain else ""
    numbers = f"{rows:9,}{seconds:9.2f}{rows / seconds:10,.0f}{rows / cpu:11,.0f}{megabytes:9.0f}{beside}"
    print(f"{name:44}{numbers}", flush=True)
    return float(rows / cpu)


def _measured(step: Step, folder: Path, home: Path, store: str | None, answers: Any) -> None:
    started, cpu = time.perf_counter(), time.process_time()
    rows = step(folder, home, store)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    answers.put((rows, seconds, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def plain_insert(folder: Path, home: Path, _store: str | None) -> int:
    """Insert events as one would write it by hand: no checks, no receipts, the same columns and the same unique key."""
    home.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(home / "plain.db")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(TABLE)
    rows = 0
    with gzip.open(folder / "events.jsonl.gz", "rb") as file:
        values = _values(file)
        while batch := list(islice(values, BATCH)):
            connection.executemany(INSERT, batch)
            connection.commit()
            rows += len(batch)
    connection.close()
    return rows


def _values(file: Any) -> Iterator[tuple[Any, ...]]:
    for line in file:
        row = json.loads(line)
        names = ("user_id", "event_id", "at", "type", "item_id", "value")
        yield (*(row.get(name) for name in names), json.dumps(row.get("context", {})))


def import_events(folder: Path, home: Path, store: str | None) -> int:
    """Import events through the agent."""
    receipt = _agent(home, store).import_events(folder / "events.jsonl.gz")
    assert receipt.accepted + receipt.duplicate + receipt.quarantined == receipt.lines
    return receipt.lines


def import_items(folder: Path, home: Path, store: str | None) -> int:
    """Import items through the agent, with embedding and indexing."""
    return _agent(home, store).import_items(folder / "items.jsonl.gz").lines


def import_items_into_a_new_index(folder: Path, home: Path, store: str | None) -> int:
    """Import items after the index was deleted, with cached vectors."""
    shutil.rmtree(home / "chroma")
    return import_items(folder, home, store)


def _agent(home: Path, store: str | None) -> InterestAgent:
    return InterestAgent.open(Settings(home=home, llm=LlmSettings(provider="none"), store=StoreSettings(url=store)))


STEPS: dict[str, Step] = {
    "events, first import": import_events,
    "events, the same file again": import_events,
    "items, first import (embedding)": import_items,
    "items, the same file again": import_items,
    "items, into a new index, vectors remembered": import_items_into_a_new_index,
}


def make_data(folder: Path) -> Path:
    """Write items and events of a fictitious shop."""
    folder.mkdir(parents=True)
    chance = random.Random(0)
    with gzip.open(folder / "items.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as file:
        for number in range(ITEMS):
            title = " ".join(chance.sample(WORDS, 5)) + f" {number}"
            file.write(json.dumps({"item_id": f"i{number}", "title": title, "domain": "made"}) + "\n")
    with gzip.open(folder / "events.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as file:
        for number in range(EVENTS):
            event = {
                "event_id": f"e{number}",
                "user_id": f"u{chance.randrange(USERS)}",
                "type": "purchase",
                "item_id": f"i{int(ITEMS * chance.random() ** 2)}",
                "at": 1_700_000_000 + number * 60,
                "value": chance.randrange(1, 12),
                "context": {"country": "Utopia"},
            }
            file.write(json.dumps(event) + "\n")
    return folder


if __name__ == "__main__":
    main()
