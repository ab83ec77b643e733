"""`penchant context`: the profile as a short text for a system prompt."""

from typing import Annotated

import typer

from penchant.characters import LANGUAGES
from penchant.tools.cli.options import AsJson, User, examples
from penchant.tools.cli.output import note, show_json
from penchant.tools.cli.session import open_agent, words_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "penchant context ada",
            "penchant context ada --budget 200 --lang zh",
            'penchant context ada --query "dinner for two"',
        )
    )(context)


def context(
    user: User,
    *,
    budget: Annotated[int, typer.Option("--budget", metavar="TOKENS", help="Most tokens the text may take.")] = 600,
    query: Annotated[
        str | None, typer.Option("--query", metavar="TEXT", help="A question: what is related to it comes first.")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="LANG", help="Language of the text: en or zh.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the profile as a short text for a prompt.

    What the user said about themself comes first, in their own words with the date, then the strongest interests;
    never over the budget.
    """
    _check(lang)
    agent = open_agent()
    written = agent.context(user, budget, lang, query=query)
    if as_json:
        return show_json(written)
    counts = {"statements": len(written.statements), "interests": written.interests, "left_out": written.left_out}
    spent = {"tokens": written.tokens, "budget": budget, "counted_by": written.counted_by}
    note(words_of(agent)("context_facts", **spent, **counts))
    return typer.echo(written.text)


def _check(lang: str | None) -> None:
    if lang not in (None, *LANGUAGES):
        raise typer.BadParameter(f"{lang!r} is not a supported language: use en or zh", param_hint="--lang")
