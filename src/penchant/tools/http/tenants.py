"""The installation a request is about: the service's own, or the one tenant that its token names.

Tenants are opened when they are asked for and the ones least lately used are closed again, so that a process holds a bounded number of
them. Each open one has its own worker for jobs; one that is closed is opened again where jobs were left in it
or messages to its webhooks are due.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from penchant.agent.app.scheduled_work import JobRunner
from penchant.agent.app.webhook_sender import WebhookSender
from penchant.agent.interest_agent import InterestAgent
from penchant.errors import NotFoundError
from penchant.tools.http.problems import ProblemError

LOOK_SECONDS = 1.0
"""How often it is looked whether an open tenant has been removed."""
LEFT_SECONDS = 60.0
"""How often closed tenants are looked through for jobs that another worker has left, and for messages to webhooks that are due."""
WAIT_SECONDS = 5.0
log = logging.getLogger("penchant.http")


@dataclass
class OpenTenant:
    """An installation in use: its agent, the worker of its jobs, and how many requests are about it now."""

    agent: InterestAgent
    runner: JobRunner
    sender: WebhookSender
    users: int = 0

    def start(self) -> None:
        """Take jobs and send what webhooks are owed."""
        self.runner.start()
        self.sender.start()

    @property
    def idle(self) -> bool:
        """Whether no request is about it, no job is being done and no message sent."""
        return not (self.users or self.runner.busy or self.sender.busy)

    def close(self) -> None:
        """End at the next user of a job, and give everything back."""
        self.runner.stop()
        self.sender.stop()
        self.agent.close()


class OpenTenants:
    """The installations of one process. Thread-safe. `most`: how many tenants are open at once."""

    def __init__(self, agent: InterestAgent, runner_of: Callable[[InterestAgent], JobRunner], most: int) -> None:
        self._runner_of, self._most = runner_of, most
        self.own = self._place(agent)
        self._open: OrderedDict[str, OpenTenant] = OrderedDict()
        self._changed, self._stopping = threading.Condition(), threading.Event()
        self._opening: set[str] = set()
        self._thread = threading.Thread(target=self._look, name="penchant-tenants", daemon=True)

    def start(self) -> None:
        """Take jobs, and look after the tenants."""
        self.own.start()
        self._thread.start()

    def stop(self) -> None:
        """End at the next user of every job, and give everything back."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(30.0)
        for place in self._open.values():
            place.close()
        self._open.clear()
        self.own.close()

    @property
    def open_tenants(self) -> int:
        """How many tenants are open now."""
        return len(self._open)

    def enter(self, tenant: str) -> OpenTenant:
        """A tenant's place, which stays open until `leave`. Raises `ProblemError` 401 for a tenant that is no more, 503 for too many."""
        place = self._found_or_reserved(tenant)
        if place is not None:
            return place
        try:
            place = self._opened(tenant)
        except NotFoundError as error:
            raise ProblemError(401, str(error)) from None
        finally:
            with self._changed:
                self._opening.discard(tenant)
                if place is not None:
                    self._open[tenant] = place
                self._changed.notify_all()
        return place

    def leave(self, place: OpenTenant) -> None:
        """A request has been answered."""
        with self._changed:
            place.users -= 1
            self._changed.notify_all()

    def close(self, tenant: str) -> None:
        """Let go of a tenant as soon as the requests about it are answered: it is being removed."""
        with self._changed:
            place = self._open.pop(tenant, None)
            if place is None:
                return
            self._changed.wait_for(lambda: place.users == 0, 30.0)
        place.close()

    def _opened(self, tenant: str) -> OpenTenant:
        agent = self.own.agent.tenant(tenant)
        try:
            place = self._place(agent, users=1)
        except BaseException:
            agent.close()
            raise
        place.start()
        return place

    def _place(self, agent: InterestAgent, users: int = 0) -> OpenTenant:
        services = agent.services
        sender = WebhookSender(services.webhooks, services.clock, private=services.settings.serve.private_webhooks)
        return OpenTenant(agent, self._runner_of(agent), sender, users)

    def _found_or_reserved(self, tenant: str) -> OpenTenant | None:
        """The tenant's place where it is open; None once it may be opened: the one least lately used makes way."""
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            with self._changed:
                left = max(0.0, deadline - time.monotonic())
                if not self._changed.wait_for(lambda: tenant not in self._opening, left):
                    raise ProblemError(503, "the tenant is still being opened: try again", {"Retry-After": "1"})
                if tenant in self._open:
                    self._open.move_to_end(tenant)
                    self._open[tenant].users += 1
                    return self._open[tenant]
                if len(self._open) + len(self._opening) < self._most:
                    self._opening.add(tenant)
                    return None
                gone = self._least_lately_used()
                if gone is None and not self._changed.wait(min(0.2, left)) and not left:
                    raise ProblemError(503, "too many tenants are in use: try again", {"Retry-After": "1"})
            if gone is not None:
                gone.close()

    def _least_lately_used(self) -> OpenTenant | None:
        """Taken off the list of open ones: it is for the caller to close it."""
        idle = next((name for name, place in self._open.items() if place.idle), None)
        return None if idle is None else self._open.pop(idle)

    def _look(self) -> None:
        """Let go of tenants that were removed, and open those in which jobs were left or messages are due."""
        left_at = 0.0
        while not self._stopping.is_set():
            try:
                ready = {tenant.name for tenant in self.own.agent.tenants() if tenant.status == "ready"}
                for name in [name for name in list(self._open) if name not in ready]:
                    self.close(name)
                if time.monotonic() >= left_at:
                    self._take_up(sorted(ready - set(self._open)))
                    left_at = time.monotonic() + LEFT_SECONDS
            except Exception as error:  # noqa: BLE001 - whatever goes wrong with one look, the next is due
                log.warning("the tenants cannot be looked after: %s: %s", type(error).__name__, error)
            self._stopping.wait(LOOK_SECONDS)

    def _take_up(self, names: list[str]) -> None:
        for name in names:
            if self._stopping.is_set():
                return
            try:
                with self.own.agent.tenant(name) as agent:
                    counts, due = agent.services.jobs.counts(), agent.services.webhooks.due()
                if due or counts.get("queued") or counts.get("running"):
                    self.leave(self.enter(name))
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one tenant, the others are looked at
                log.warning("the tenant %s cannot be looked at: %s: %s", name, type(error).__name__, error)
