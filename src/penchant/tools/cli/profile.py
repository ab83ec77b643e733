"""`penchant profile`: the interest tree, as of any time."""

from typing import Annotated

import typer

from penchant.tools.cli.options import AsJson, At, User, examples
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.session import open_agent

app = typer.Typer(
    help="The interest tree of a user.",
    epilog=examples("penchant profile show ada"),
    no_args_is_help=True,
)


@app.command(
    "show", epilog=examples("penchant profile show ada", "penchant profile show ada --at 2011-03-01 --depth 2")
)
def show_profile(
    user: User,
    at: At = None,
    depth: Annotated[int | None, typer.Option("--depth", min=1, help="Only the upper N levels.", metavar="N")] = None,
    as_json: AsJson = False,
) -> None:
    """The tree of a user.

    Bars for strength, arrows for trend, counts of evidence, and the words that tell.
    """
    profile = open_agent().profile(user, at=at)
    profile = profile if depth is None else profile.pruned(depth)
    if as_json:
        return show_json(profile)
    from penchant.tools.rendering.tree import ProfileTree

    return show(ProfileTree(profile))


@app.command("list", epilog=examples("penchant profile list"))
def list_(as_json: AsJson = False) -> None:
    """Everyone with behaviour or a profile."""
    agent = open_agent()
    users = agent.users()
    if as_json:
        return show_json({"users": [user.model_dump(mode="json") for user in users]})
    from penchant.tools.rendering.tables import users_table
    from penchant.tools.rendering.words import Words

    return show(users_table(users, Words(agent.parts.settings.lang)))
