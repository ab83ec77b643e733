"""Reads a folder with items and events for evaluation. Nothing is imported, and nothing is written but cached vectors."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.recommend.interactions import ItemSpace
from penchant.errors import UsageError
from penchant.store.event import Event
from penchant.store.importing import read_events, read_items
from penchant.store.item import Item

if TYPE_CHECKING:
    from penchant.store.embedders.embedder import Embedder

SUFFIXES = (".jsonl.gz", ".jsonl", ".csv.gz", ".csv", ".parquet")


@dataclass(frozen=True)
class EvaluationSource:
    """A data set: its items by id, in the order of `space`, and its events."""

    name: str
    items: dict[str, Item]
    events: list[Event]
    space: ItemSpace


def read(folder: Path, embedder: "Embedder") -> EvaluationSource:
    """Read `items.*` and `events.*` of a folder; invalid rows are left out. Raises `UsageError`."""
    if not folder.is_dir():
        raise UsageError(
            f"{folder} is not a folder: give one with items.jsonl and events.jsonl (gzip, CSV and Parquet work too)"
        )
    items = {item.item_id: item for item in read_items(_file(folder, "items"))}
    events = list(read_events(_file(folder, "events")))
    if not items or not events:
        raise UsageError(
            f"{folder} holds {len(items)} items and {len(events)} events that can be read: both are needed"
        )
    vectors = embedder.embed([item.text() for item in items.values()])
    created = np.array([item.created_at.timestamp() if item.created_at else np.nan for item in items.values()])
    domains = tuple(item.domain for item in items.values())
    titles = tuple(item.title for item in items.values())
    space = ItemSpace(tuple(items), np.asarray(vectors, np.float32), domains, created, titles)
    return EvaluationSource(folder.name, items, events, space)


def candidates(path: Path, space: ItemSpace) -> dict[str, list[int]]:
    """Read lines `user_id<TAB>item item …` and return positions by user; unknown items are left out. Raises `UsageError`
    naming the line.
    """
    listed: dict[str, list[int]] = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the candidates file {path} cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        user, tab, rest = line.partition("\t")
        if not tab:
            raise UsageError(f"{path}:{number}: expected user_id, a tab, then item ids divided by spaces")
        positions = space.positions(rest.split())
        listed[user] = [int(position) for position in positions if position >= 0]
    return listed


def _file(folder: Path, stem: str) -> Path:
    for suffix in SUFFIXES:
        path = folder / f"{stem}{suffix}"
        if path.exists():
            return path
    raise UsageError(f"{folder} has no {stem} file: expected {stem} with one of {', '.join(SUFFIXES)}")
