"""Running the service: one process, or several over one store."""

import os
import sys
from typing import TYPE_CHECKING

from penchant.errors import UsageError
from penchant.settings import Settings
from penchant.tools.mcp.server import LOOPBACK
from penchant.tools.serving import CONNECTIONS, ready_to_serve, refuse_taken, url_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from penchant.agent.interest_agent import InterestAgent

URL = "PENCHANT_SERVICE_ADDRESS"
"""How worker processes are told where the service is reached."""
GRACE_SECONDS = 20
SWITCH_SECONDS = 0.001
"""How long a thread that computes keeps the others waiting: a quick answer needs several turns beside a long one."""


def check_address(agent: "InterestAgent", host: str, port: int) -> None:
    """Raises `UsageError` where anyone could come in without a token, `PenchantError` where nothing can listen."""
    if host not in LOOPBACK and not agent.services.access_tokens.any():
        raise UsageError(
            f"{host} can be reached from other machines and there is no token: make one with `penchant token create --scope admin`, "
            "or serve on 127.0.0.1"
        )
    refuse_taken(host, port)


def serve(agent: "InterestAgent", host: str, port: int, workers: int = 1) -> None:
    """Serve until a signal says stop; what is under way is finished. Raises as `check_address` does."""
    import uvicorn

    check_address(agent, host, port)
    agent.close()  # every worker opens its own
    os.environ[URL] = url_of(host, port)
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
    """The application that the settings describe, for a worker process."""
    from penchant.agent.interest_agent import InterestAgent
    from penchant.tools.http.app import create_app

    ready_to_serve()
    sys.setswitchinterval(SWITCH_SECONDS)
    agent = InterestAgent.open(Settings.load().for_server())
    return create_app(agent, os.environ.get(URL, "http://127.0.0.1:8000"), warm=True)
