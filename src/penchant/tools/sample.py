"""The bundled sample: purchases of a gift shop from 2010 to 2011, out of Online Retail (Chen, 2015; CC BY 4.0)."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel

from penchant.agent.interest_agent import InterestAgent
from penchant.store.event import Moment
from penchant.store.item import Item
from penchant.store.receipt import ImportReceipt

Part = Literal["items", "events"]


class Plot(BaseModel):
    """`sample.json`: the customer of the demonstration, and its two moments."""

    customer: str
    spring: Moment
    christmas: Moment


def sample(name: str) -> Any:
    """Return a file of the bundled sample."""
    return resources.files("penchant") / "data" / "sample" / name


def plot_of_sample() -> Plot:
    """Return whom the demonstration is about, and when."""
    return Plot.model_validate(json.loads(sample("sample.json").read_text(encoding="utf-8")))


def items_of_sample() -> list[Item]:
    """Return the items as the import stores them."""
    return [Item.model_validate(row) for row in _rows("items.jsonl.gz")]


@cache
def users_of_sample() -> frozenset[str]:
    """Return the ids of the customers."""
    return frozenset(row["user_id"] for row in _rows("events.jsonl.gz"))


@cache
def events_of_sample() -> frozenset[str]:
    """Return the ids of the events."""
    return frozenset(row["event_id"] for row in _rows("events.jsonl.gz"))


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with sample(name).open("rb") as packed, gzip.open(packed) as file:
        yield from map(json.loads, file)


def import_sample(
    agent: InterestAgent, progress_of: Callable[[Part], AbstractContextManager[Callable[[int, int], None]]]
) -> list[ImportReceipt]:
    """Import catalogue and events; a second time all of them are duplicates.

    `progress_of`: opens what takes the progress of one part, in bytes.
    """
    parts: tuple[tuple[Part, Callable[..., ImportReceipt]], ...] = (
        ("items", agent.import_items),
        ("events", agent.import_events),
    )
    receipts = []
    for name, read in parts:
        file = f"{name}.jsonl.gz"
        with resources.as_file(sample(file)) as path, progress_of(name) as on_progress:
            receipts.append(read(path, on_progress).model_copy(update={"file": file}))
    return receipts
