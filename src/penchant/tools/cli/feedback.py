"""`penchant feedback`: records the outcome of showing an item."""

from typing import Annotated

import typer

from penchant.tools.cli.options import AsJson, At, User, examples
from penchant.tools.cli.output import note, show_json
from penchant.tools.cli.session import open_agent, words_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "penchant feedback ada 22423 liked",
            "penchant feedback ada 22423 rated:4 --recommendation r-0f3c2a9b1d4e5f60718a",
        )
    )(feedback)


def feedback(
    user: User,
    item_id: Annotated[str, typer.Argument(metavar="ITEM", help="The item_id in the catalogue.", show_default=False)],
    outcome: Annotated[
        str,
        typer.Argument(metavar="OUTCOME", help="shown, clicked, liked, disliked or rated:N.", show_default=False),
    ],
    *,
    recommendation: Annotated[
        str | None,
        typer.Option(
            "--recommendation",
            metavar="ID",
            help="The list it stood on (recommendation_id); by default the user's newest with this item.",
        ),
    ] = None,
    at: At = None,
    as_json: AsJson = False,
) -> None:
    """Record what a user made of an item.

    Liked, disliked and rated also count as behaviour at the next update; shown and clicked only measure the lists
    (see `penchant stats`).
    """
    agent = open_agent()
    given = agent.feedback(user, item_id, outcome, recommendation, at=at)
    if as_json:
        return show_json(given)
    words, of_list = words_of(agent), given.recommendation_id
    where = words("feedback_list", recommendation=of_list) if of_list else words("feedback_no_list")
    counts = words("feedback_counts") if given.event_id else ""
    row = {"user": given.user_id, "outcome": outcome, "item": given.item_id}
    return note(words("feedback_kept", **row, where=where, counts=counts))
