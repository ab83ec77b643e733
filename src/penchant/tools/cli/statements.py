"""`penchant statements`: shows and removes the statements of a user."""

from typing import Annotated

import typer

from penchant.prompts.locales import Translator
from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import note, show, show_json
from penchant.tools.cli.session import open_agent, words_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "penchant statements ada", "penchant statements ada --all", "penchant statements remove ada s-1c0ffee"
        )
    )(statements)


def statements(
    words: Annotated[
        list[str],
        typer.Argument(metavar="USER | remove USER ID", help="A user; or a statement of theirs to remove."),
    ],
    *,
    every: Annotated[bool, typer.Option("--all", help="Also what no longer holds, oldest first.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what a user has said about themself.

    Tastes, needs, habits, goals and facts, each with the sentence it comes from.

    Strict ones (an allergy, a faith, "never") come first. `statements remove USER ID` takes one back, permanently.
    """
    agent = open_agent()
    match words:
        case ["remove", user, statement_id]:
            removed = agent.remove_statement(user, statement_id)
            if as_json:
                return show_json(removed)
            return note(words_of(agent)("statement_removed", text=removed.text))
        case [user] | ["list", user]:
            found = agent.statements(user, history=every)
        case _:
            raise typer.BadParameter("name a user, or say `remove USER ID`", param_hint="USER")
    if as_json:
        return show_json(found)
    from penchant.tools.cli.rendering.statements import statements_table

    return show(statements_table(found.statements, Translator(agent.settings.lang, "cli")))
