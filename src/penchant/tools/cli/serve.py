"""`penchant serve`: the service over HTTP."""

from functools import partial
from typing import Annotated

import typer

from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import note, show_json_line
from penchant.tools.cli.session import open_agent, words_of
from penchant.tools.serving import url_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("penchant serve", "penchant serve --host 0.0.0.0 --port 8000"))(serve)


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="Port to listen on.")] = 8000,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            max=64,
            help="Processes over one store; a second one helps if a core is left for it.",
        ),
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """Serve Penchant over HTTP, with pages and MCP.

    Routes are under /v1, MCP under /mcp, pages at /. Without any token only this machine is answered; `penchant token
    create` makes one. It prints its address as soon as it answers, with --json as JSON. Ctrl-C ends it; running requests
    are finished.
    """
    from penchant.tools.http import server

    agent = open_agent(as_server=True, tenant=None)
    url = url_of(host, port)
    if as_json:
        shown = {"url": url, "openapi": f"{url}/openapi.json", "mcp": f"{url}/mcp", "workers": workers}
        announce = partial(show_json_line, shown)
    else:
        words = words_of(agent)
        whom = words("answers_tokens" if agent.services.access_tokens.any_created() else "answers_this_machine")
        announce = partial(note, words("serving", url=url, whom=whom))
    server.serve(agent, host, port, workers, announce)
