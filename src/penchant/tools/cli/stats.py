"""`penchant stats`: the success of lists and the cost of language models."""

import typer

from penchant.prompts.locales import Translator
from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.session import open_agent


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("penchant stats", "penchant stats --json"))(stats)


def stats(as_json: AsJson = False) -> None:
    """Show how lists are received, and what models cost.

    Click-through and satisfaction by signal and by interest, each with a 95 % interval, and calls, tokens and cost
    (at the prices of the settings) by step and model, by day and by user.
    """
    agent = open_agent()
    found = agent.stats()
    if as_json:
        return show_json(found)
    from penchant.tools.cli.rendering.stats import stats_tables

    return show(*stats_tables(found, Translator(agent.settings.lang, "cli")))
