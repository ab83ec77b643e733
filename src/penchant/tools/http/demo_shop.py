"""The bundled sample as a demo shop: whether the first page offers it, and the job that loads it."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Literal

from penchant.agent.app.scheduled_work import Progress
from penchant.agent.interest_agent import InterestAgent
from penchant.tools.http.tenants import OpenTenant
from penchant.tools.sample import Part, import_sample, plot_of_sample

KIND = "demo"
PARTS: tuple[Part | Literal["update"], ...] = ("items", "events", "update")
REMEMBERED = 50
"""Among how many of the newest jobs the one that loaded the shop is looked for."""


@dataclass(frozen=True)
class DemoShop:
    """Where loading stands. `unfinished`: offered again, because a job that loaded it failed or was cancelled. `percent`:
    how much of it is loaded. `customer`: whom to look at once it is loaded.
    """

    status: Literal["offered", "unfinished", "loading", "loaded", "not_offered"]
    percent: int = 0
    customer: str = ""

    @property
    def can_be_loaded(self) -> bool:
        """Whether the page has a button for it."""
        return self.status in ("offered", "unfinished")


def demo_shop(agent: InterestAgent) -> DemoShop:
    """Return where loading the demo shop stands. It is offered only where there is neither an item nor an event."""
    jobs = [job for job in agent.services.jobs.list(limit=REMEMBERED) if job.kind == KIND]
    if jobs and not jobs[0].ended:
        return DemoShop("loading", jobs[0].done)
    if not agent.count_items() and not agent.services.ledger.count():
        return DemoShop("offered")
    if not jobs:
        return DemoShop("not_offered")
    if jobs[0].status != "done":
        return DemoShop("unfinished")
    customer = plot_of_sample().customer
    known = agent.services.ledger.count(customer) > 0  # they may have been erased since
    return DemoShop("loaded", 100, customer) if known else DemoShop("not_offered")


def queue_demo_shop(installation: OpenTenant) -> None:
    """Queue the job, unless the shop is not offered: it must not come among the data of somebody's own shop."""
    if demo_shop(installation.agent).can_be_loaded:
        installation.agent.services.jobs.add(KIND)
        installation.runner.wake()


def load_demo_shop(agent: InterestAgent, on_progress: Progress) -> Mapping[str, Any]:
    """Import the sample and update all profiles, with progress in per cent; return the receipts as JSON values."""
    imports = import_sample(agent, lambda part: nullcontext(_part_of_all(part, on_progress)))
    updated = agent.update(on_progress=_part_of_all("update", on_progress))
    return {"imports": [receipt.model_dump(mode="json") for receipt in imports]} | updated.model_dump(mode="json")


def _part_of_all(part: Part | Literal["update"], on_progress: Progress) -> Progress:
    """Return what takes the progress of one part and reports that of all parts, which count the same."""
    before = PARTS.index(part)

    def report(done: int, total: int) -> None:
        on_progress(int(100 * (before + (done / total if total else 0)) / len(PARTS)), 100)

    return report
