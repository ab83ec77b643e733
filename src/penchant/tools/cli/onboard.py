"""`penchant onboard`: starts the profile of a new user."""

from typing import Annotated

import typer

from penchant.tools.cli.options import AsJson, User, examples, pairs
from penchant.tools.cli.output import note, show, show_json
from penchant.tools.cli.session import open_agent, words_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "penchant onboard ada --interest jazz --interest 'trail running'",
            "penchant onboard ada --attribute age=30s --attribute city=Leeds --friend bob",
        )
    )(onboard)


def onboard(
    user: User,
    interest: Annotated[list[str] | None, typer.Option("--interest", metavar="TEXT", help="What they like.")] = None,
    attribute: Annotated[
        list[str] | None,
        typer.Option("--attribute", metavar="K=V", help="An attribute; similar users lend their interests."),
    ] = None,
    friend: Annotated[
        list[str] | None, typer.Option("--friend", metavar="USER", help="A friend, who lends their interests.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Start the profile of a new user.

    Cold start: from what they declare, who they are, and whom they know. What is lent by others gives way as
    the user's own behaviour grows, and is gone after twenty events.
    """
    agent = open_agent()
    profile = agent.onboard(user, interest or (), pairs(attribute), friend or ())
    for name in friend or ():
        if not agent.history(name):
            note(words_of(agent)("friend_unknown", friend=name))
    if as_json:
        return show_json(profile)
    from penchant.tools.cli.rendering.tree import ProfileTree

    return show(ProfileTree(profile))
