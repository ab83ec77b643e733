"""`penchant tune`: fits the ranking to the installation's own past and keeps only what is better."""

from typing import Annotated

import typer

from penchant.prompts.locales import Translator
from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.progress import progress
from penchant.tools.cli.session import open_agent, words_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("penchant tune", "penchant tune --users 200 --json"))(tune)


def tune(
    users: Annotated[int, typer.Option("--users", metavar="N", min=1, help="Learn from at most so many users.")] = 500,
    as_json: AsJson = False,
) -> None:
    """Fit the weights of lists to the past.

    Learns from what users chose after two earlier moments. A new setting is kept only where choices it was not fitted
    to confirm it with 95 % confidence; otherwise the old one stays.
    """
    agent = open_agent()
    with progress(words_of(agent)("progress_tune"), "users", silent=as_json) as on_progress:
        report = agent.tune(users, on_progress=on_progress)
    if as_json:
        return show_json(report)
    from penchant.tools.cli.rendering.tuning import tune_tables

    return show(*tune_tables(report, Translator(agent.settings.lang, "cli")))
