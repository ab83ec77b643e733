"""Running the service: one process, or several over one store."""

import logging
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING

from penchant.errors import UsageError
from penchant.settings import Settings
from penchant.tools.http.metrics import shared_by_workers
from penchant.tools.mcp.server import LOOPBACK
from penchant.tools.serving import CONNECTIONS, check_port_is_free, prepare_process, url_of, when_it_answers

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from penchant.agent.interest_agent import InterestAgent

URL = "PENCHANT_SERVICE_ADDRESS"
"""The environment variable that tells worker processes the address of the service."""
SHARED = "PENCHANT_SERVICE_SHARED"
"""The environment variable that tells worker processes that there are several."""
LOG_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
GRACE_SECONDS = 20
CLOSED_EVERY = 32
"""Where there are several workers, every so many answers one closes its connection."""
SWITCH_SECONDS = 0.001
"""How long a computing thread may keep the interpreter: a quick answer needs several turns beside a long one."""


def check_address(agent: "InterestAgent", host: str, port: int) -> None:
    """Raise `UsageError` where other machines could call without a token, `PenchantError` where the port is taken."""
    if host not in LOOPBACK and not agent.services.access_tokens.any_created():
        raise UsageError(
            f"{host} can be reached from other machines and there is no token: make one with `penchant token create --scope admin`, "
            "or serve on 127.0.0.1"
        )
    check_port_is_free(host, port)


def serve(
    agent: "InterestAgent", host: str, port: int, workers: int = 1, announce: Callable[[], None] | None = None
) -> None:
    """Serve until a signal stops it; running requests are finished. `announce`: called once the first request would be
    answered. Raises what `check_address` raises.
    """
    check_address(agent, host, port)
    agent.close()  # every worker opens its own
    os.environ[URL], os.environ[SHARED] = url_of(host, port), "1" if workers > 1 else ""
    if announce is not None:
        when_it_answers(host, port, announce)
    with shared_by_workers(agent.settings.home) if workers > 1 else nullcontext():
        _run(host, port, workers)


def _run(host: str, port: int, workers: int) -> None:
    import uvicorn

    uvicorn.run(
        "penchant.tools.http.server:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http=CONNECTIONS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=10,
        h11_max_incomplete_event_size=64 * 1024,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )


def application() -> "ASGIApp":
    """Build the application from the settings; called in every worker process."""
    from penchant.agent.interest_agent import InterestAgent
    from penchant.tools.http.app import create_app

    logging.basicConfig(level=logging.WARNING, format=LOG_LINE)  # before the MCP server sets up a log for a terminal
    prepare_process()
    sys.setswitchinterval(SWITCH_SECONDS)
    agent = InterestAgent.open(Settings.load().for_server())
    app = create_app(agent, os.environ.get(URL, "http://127.0.0.1:8000"), warm=True)
    return ConnectionRotation(app) if os.environ.get(SHARED) else app


class ConnectionRotation:
    """Spreads connections over several workers. A connection stays with the worker that accepted it, so now and then one
    is closed after its answer, which announces it (RFC 9112, 9.6); its client connects again to whichever worker is
    free.
    """

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app
        self._answers = 0

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        async def closing(message: "Message") -> None:
            if message["type"] == "http.response.start":
                self._answers += 1
                if self._answers % CLOSED_EVERY == 0:
                    message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
            await send(message)

        await self.app(scope, receive, closing if scope["type"] == "http" else send)
