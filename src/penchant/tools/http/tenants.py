"""The installations of one process: the service's own, and the tenants that tokens name.

Tenants are opened on demand, and the least recently used ones are closed again, so that a process keeps a bounded
number of them open. Each open one has its own worker for jobs. A closed one is opened again where it has unfinished
jobs or webhook messages that are due.
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
"""How often open tenants are checked for removal."""
LEFT_SECONDS = 60.0
"""How often closed tenants are checked for jobs that another worker left unfinished and for webhook messages that are
due.
"""
WAIT_SECONDS = 5.0
log = logging.getLogger("penchant.http")


@dataclass
class OpenTenant:
    """An open installation: its agent, its job worker, its webhook sender. `users`: how many requests use it now."""

    agent: InterestAgent
    runner: JobRunner
    sender: WebhookSender
    users: int = 0

    def start(self) -> None:
        """Start to run jobs and to send webhook messages."""
        self.runner.start()
        self.sender.start()

    @property
    def idle(self) -> bool:
        """Return whether no request uses it, no job runs and no message is being sent."""
        return not (self.users or self.runner.busy or self.sender.busy)

    def close(self) -> None:
        """Stop a running job before its next user, then release everything."""
        self.runner.stop()
        self.sender.stop()
        self.agent.close()


class OpenTenants:
    """The open installations of one process. Thread-safe. `most`: how many tenants may be open at once."""

    def __init__(self, agent: InterestAgent, runner_of: Callable[[InterestAgent], JobRunner], most: int) -> None:
        self._runner_of, self._most = runner_of, most
        self.own = self._installation(agent)
        self._open: OrderedDict[str, OpenTenant] = OrderedDict()
        self._changed, self._stopping = threading.Condition(), threading.Event()
        self._opening: set[str] = set()
        self._thread = threading.Thread(target=self._look, name="penchant-tenants", daemon=True)

    def start(self) -> None:
        """Start to run jobs and to watch the tenants."""
        self.own.start()
        self._thread.start()

    def stop(self) -> None:
        """Stop every running job before its next user, then close everything."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(30.0)
        for installation in self._open.values():
            installation.close()
        self._open.clear()
        self.own.close()

    @property
    def open_tenants(self) -> int:
        """Return how many tenants are open now."""
        return len(self._open)

    def enter(self, tenant: str) -> OpenTenant:
        """Return a tenant, which stays open until `leave`. Raises `ProblemError` 401 where it no longer exists, 503
        where too many are in use.
        """
        installation = self._found_or_reserved(tenant)
        if installation is not None:
            return installation
        try:
            installation = self._open_tenant(tenant)
        except NotFoundError as error:
            log.warning("a token names a tenant that cannot be opened: %s", error)
            raise ProblemError(401, f"the tenant {tenant!r} of this token does not exist: ask for a new one") from None
        finally:
            with self._changed:
                self._opening.discard(tenant)
                if installation is not None:
                    self._open[tenant] = installation
                self._changed.notify_all()
        return installation

    def leave(self, installation: OpenTenant) -> None:
        """Count one request about this tenant as answered."""
        with self._changed:
            installation.users -= 1
            self._changed.notify_all()

    def close(self, tenant: str) -> None:
        """Close a tenant that is being removed, after the requests about it are answered (30 seconds at most)."""
        with self._changed:
            installation = self._open.pop(tenant, None)
            if installation is None:
                return
            self._changed.wait_for(lambda: installation.users == 0, 30.0)
        installation.close()

    def _open_tenant(self, tenant: str) -> OpenTenant:
        agent = self.own.agent.tenant(tenant)
        try:
            installation = self._installation(agent, users=1)
        except BaseException:
            agent.close()
            raise
        installation.start()
        return installation

    def _installation(self, agent: InterestAgent, users: int = 0) -> OpenTenant:
        services = agent.services
        sender = WebhookSender(services.webhooks, services.clock, private=services.settings.serve.private_webhooks)
        return OpenTenant(agent, self._runner_of(agent), sender, users)

    def _found_or_reserved(self, tenant: str) -> OpenTenant | None:
        """Return the tenant where it is open. Otherwise reserve its opening and return None; the least recently used
        tenant is closed to make room.
        """
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
        """Take the least recently used idle tenant off the list of open ones and return it, for the caller to close;
        None where all are in use.
        """
        idle = next((name for name, installation in self._open.items() if installation.idle), None)
        return None if idle is None else self._open.pop(idle)

    def _look(self) -> None:
        """Close tenants that were removed, and open those with unfinished jobs or messages that are due, until stopped."""
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
