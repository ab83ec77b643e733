"""`penchant users`: merges users."""

from typing import Annotated

import typer

from penchant.tools.cli.options import AsJson, examples, user_id
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.session import open_agent, words_of

app = typer.Typer(
    help="Users: merge a visitor into a customer.",
    epilog=examples("penchant users merge visitor-81c2 ada"),
    no_args_is_help=True,
)


@app.callback()
def users() -> None:
    """Keep `merge` a subcommand while it is the only command of the group."""


@app.command(epilog=examples("penchant users merge visitor-81c2 ada"))
def merge(
    source: Annotated[str, typer.Argument(metavar="FROM", parser=user_id, help="The visitor.", show_default=False)],
    target: Annotated[str, typer.Argument(metavar="INTO", parser=user_id, help="The customer.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Merge one user into another.

    Behaviour, statements, edits, consents, lists and feedback of FROM are INTO's from then on, as if it had been one
    user from the start.
    """
    agent = open_agent()
    receipt = agent.merge_users(source, target)
    if as_json:
        return show_json(receipt)
    given = {"source": source, "target": target, "version": receipt.version}
    return show(words_of(agent)("merged", events=receipt.events, **given))
