"""The bundled sample: purchases of a gift shop from 2010 to 2011, out of Online Retail (Chen, 2015; CC BY 4.0)."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, Field

from penchant.agent.app.scheduled_work import Progress
from penchant.agent.interest_agent import InterestAgent
from penchant.store.event import Moment
from penchant.store.item import Item
from penchant.store.receipt import ImportReceipt
from penchant.store.withdrawals import Withdrawals

Part = Literal["items", "events"]


class SampleRemoval(BaseModel):
    """The result of removing the sample from an installation."""

    users_erased: int = 0
    users_remaining: list[str] = Field(
        default_factory=list, description="Customers who have other behaviour too: they lost only that of the sample"
    )
    items_deleted: int = 0


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


def remove_sample(agent: InterestAgent, on_progress: Progress) -> SampleRemoval:
    """Erase the customers of the sample, delete its items, and build the taxonomy from what is left.

    A customer with other behaviour loses only that of the sample. Items that have been changed since stay, and items that
    remaining behaviour is about are kept for it, but not listed any longer. The items count as one user in `on_progress`.
    """
    removal = SampleRemoval()
    users = sorted(agent.services.ledger.known_users(users_of_sample()))
    for number, user in enumerate(users, 1):
        _remove_customer(agent, user, removal)
        on_progress(number, len(users) + 1)
    items = Withdrawals(agent.services.catalogue).delete(items_of_sample(), agent.services.ledger.items())
    agent.build_taxonomy()
    on_progress(len(users) + 1, len(users) + 1)
    return removal.model_copy(update={"items_deleted": len(items)})


def _remove_customer(agent: InterestAgent, user: str, removal: SampleRemoval) -> None:
    """Remove a customer's behaviour in the sample, and erase them if there is no other; count it in `removal`."""
    events = {stored.event.event_id for stored in agent.services.ledger.events(user)}
    of_sample = events & events_of_sample()
    if of_sample == events:
        agent.erase(user)
        removal.users_erased += 1
    elif of_sample:
        agent.remove_events(user, sorted(of_sample))
        removal.users_remaining.append(user)
