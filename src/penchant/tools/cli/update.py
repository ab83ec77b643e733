"""`penchant update`: fold new behaviour into profiles."""

from typing import Annotated, Literal

import typer

from penchant.tools.cli.errors import fail
from penchant.tools.cli.options import AsJson, At, examples
from penchant.tools.cli.output import note, show, show_json
from penchant.tools.cli.progress import progress
from penchant.tools.cli.session import open_agent, words_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("penchant update ada", "penchant update --all", "penchant update ada --at 2011-03-01"))(
        update
    )


def update(
    users: Annotated[list[str] | None, typer.Argument(metavar="USER", help="The users to update.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Everyone with behaviour (also when nobody is named).")] = False,
    at: At = None,
    engine: Annotated[
        Literal["local", "ray"], typer.Option("--engine", help="In this process, or over Ray's (extra `ray`).")
    ] = "local",
    as_json: AsJson = False,
) -> None:
    """Fold new behaviour into the profiles.

    The receipt says what became of every event: it is part of an interest now, or it waits in the pool for similar
    ones.
    """
    if users and every:
        raise typer.BadParameter("name the users, or say --all for everyone, not both")
    agent = open_agent()
    with progress(words_of(agent)("progress_update"), "users", silent=as_json) as on_progress:
        receipt = agent.update(*(users or ()), at=at, engine=engine, on_progress=on_progress)
    failed = [user.user_id for user in receipt.users if user.status == "failed"]
    updated = len(receipt.users) - len(failed)
    if as_json:
        show_json(receipt)
        if updated or not failed:
            note(words_of(agent)("profiles_updated", profiles=f"{updated:,}"))
    else:
        from penchant.tools.cli.rendering.tables import update_table

        show(*update_table(receipt, words_of(agent)))
    if failed:
        named = ", ".join(failed[:5])
        fail(
            f"{len(failed)} of {len(receipt.users)} profiles were not updated ({named}): see `degraded` for why; nothing is lost"
        )
