"""`penchant mcp`: the MCP server."""

import os
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import Annotated, NoReturn

import typer

from penchant.prompts.remarks import remark_in
from penchant.tools.cli.errors import STOPPED_MESSAGE
from penchant.tools.cli.interrupts import INTERRUPTED, on_interrupt
from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import show_json_line
from penchant.tools.cli.session import open_agent
from penchant.tools.serving import url_of

STDERR = 2


class Transport(StrEnum):
    """How clients reach the server."""

    STDIO = "stdio"
    HTTP = "http"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples("penchant mcp", "penchant mcp --user ada", "penchant mcp --transport http --port 8765")
    )(mcp)


def mcp(
    *,
    transport: Annotated[
        Transport, typer.Option("--transport", help="stdio for a client that starts it; http at /mcp.")
    ] = Transport.STDIO,
    user: Annotated[
        str | None, typer.Option("--user", metavar="U", help="Act for this user only; tools have no user_id.")
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on (http).")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="Port to listen on (http).")] = 8765,
    as_json: AsJson = False,
) -> None:
    """Serve Penchant's tools to assistants over MCP.

    Over http, callers send a bearer token of [access.tokens]; without tokens only this machine is served. With --json
    it prints its address as soon as it answers; over stdio, stdout carries the protocol alone, which is JSON anyway.
    """
    from penchant.tools.mcp import server

    agent = open_agent(as_server=True)
    if transport is Transport.STDIO:
        on_interrupt(partial(_end_at_once, remark_in(agent.settings.lang, STOPPED_MESSAGE)))
        return server.run_stdio(agent, user)
    from penchant.tools.mcp.access import tokens_of

    shown = {"transport": transport, "url": f"{url_of(host, port)}/mcp"}
    announce = partial(show_json_line, shown) if as_json else None
    return server.run_http(agent, host, port, tokens_of(agent.settings.access), user, announce=announce)


def _end_at_once(message: str, *_: object) -> NoReturn:
    """End the process at once on Ctrl-C: a thread waits for the client's next line, which nothing else can interrupt.

    Writes to the file descriptor and not to `sys.stderr`, which may be in the middle of a write.
    """
    with suppress(OSError):
        os.write(STDERR, f"{message}\n".encode())
    os._exit(INTERRUPTED)
