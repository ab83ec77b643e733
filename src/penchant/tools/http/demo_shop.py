"""The bundled sample as a demo shop: what the first page offers, and the jobs that load it and remove it."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Literal

from penchant.agent.app.scheduled_work import Progress
from penchant.agent.interest_agent import InterestAgent
from penchant.store.jobs import Job
from penchant.tools.http.tenants import OpenTenant
from penchant.tools.sample import Part, import_sample, items_of_sample, plot_of_sample, remove_sample, users_of_sample

LOADING, REMOVAL = "demo", "demo_removal"
"""The kinds of the two jobs."""
PARTS: tuple[Part | Literal["update"], ...] = ("items", "events", "update")
Status = Literal["offered", "unfinished", "loading", "loaded", "removing", "not_offered"]


@dataclass(frozen=True)
class DemoShop:
    """What the first page can do about it.

    `unfinished`: a part of it is here, because a job failed or was cancelled. `percent`: how far its running job is.
    `customer`: whom to look at once it is loaded; "" where they were erased. `alone`: whether there is nothing else here.
    """

    status: Status
    percent: int = 0
    customer: str = ""
    alone: bool = True

    @property
    def can_be_loaded(self) -> bool:
        """Whether it may be loaded: it must not come among the data of somebody's own shop."""
        return self.status == "offered" or (self.status == "unfinished" and self.alone)

    @property
    def can_be_removed(self) -> bool:
        """Whether it, or a part of it, is here and nothing is being done about it."""
        return self.status in ("loaded", "unfinished")

    @property
    def part(self) -> str:
        """The part that is being loaded."""
        return PARTS[sum(self.percent >= _percent(number, 0) for number in range(1, len(PARTS)))]


def demo_shop(agent: InterestAgent) -> DemoShop:
    """Return where the demo shop stands. It is offered only where there is neither an item nor an event."""
    newest = next(iter(agent.services.jobs.list(kinds=(LOADING, REMOVAL), limit=1)), None)
    if newest is not None and not newest.ended:
        return DemoShop("loading" if newest.kind == LOADING else "removing", newest.done)
    if not agent.count_items() and not agent.services.ledger.count():
        return DemoShop("offered")
    if newest is None or (newest.kind == REMOVAL and newest.status == "done"):
        return DemoShop("not_offered")
    return _loaded(agent, newest)


def queue_demo_shop(installation: OpenTenant) -> None:
    """Queue the job that loads it, where it can be loaded."""
    if demo_shop(installation.agent).can_be_loaded:
        _queue(installation, LOADING)


def queue_removal(installation: OpenTenant) -> None:
    """Queue the job that removes it, where it can be removed."""
    if demo_shop(installation.agent).can_be_removed:
        _queue(installation, REMOVAL)


def load_demo_shop(agent: InterestAgent, on_progress: Progress) -> Mapping[str, Any]:
    """Import the sample and update all profiles, with progress in per cent; return the receipts as JSON values."""
    imports = import_sample(agent, lambda part: nullcontext(_part_of_all(part, on_progress)))
    updated = agent.update(on_progress=_part_of_all("update", on_progress))
    return {"imports": [receipt.model_dump(mode="json") for receipt in imports]} | updated.model_dump(mode="json")


def remove_demo_shop(agent: InterestAgent, on_progress: Progress) -> dict[str, Any]:
    """Remove the sample, with progress in per cent; return the receipt as JSON values."""
    removal = remove_sample(agent, lambda done, total: on_progress(100 * done // total, 100))
    return removal.model_dump(mode="json")


def _loaded(agent: InterestAgent, newest: Job) -> DemoShop:
    """Return what is here of a shop that was loaded, at least in part."""
    services, sample_users = agent.services, users_of_sample()
    users = services.ledger.known_users(sample_users)
    if newest.kind == LOADING and newest.status == "done":
        customer = plot_of_sample().customer
        return DemoShop("loaded", customer=customer if customer in users else "") if users else DemoShop("not_offered")
    items = len(services.catalogue.known([item.item_id for item in items_of_sample()]))
    if not items and not users:
        return DemoShop("not_offered")
    alone = items == services.catalogue.count() and not services.ledger.has_users_besides(sample_users)
    return DemoShop("unfinished", alone=alone)


def _queue(installation: OpenTenant, kind: str) -> None:
    installation.agent.services.jobs.add(kind)
    installation.runner.wake()


def _part_of_all(part: Part | Literal["update"], on_progress: Progress) -> Progress:
    """Return what takes the progress of one part and reports that of all parts, which count the same."""
    before = PARTS.index(part)
    return lambda done, total: on_progress(_percent(before, done / total if total else 0), 100)


def _percent(parts: int, share: float) -> int:
    """Return how much is loaded after so many parts and this share of the next."""
    return int(100 * (parts + share) / len(PARTS))
