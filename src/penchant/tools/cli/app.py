"""The tree of commands."""

from typing import Annotated

import typer

from penchant.tools.cli import (
    ask,
    context,
    demo,
    doctor,
    evaluate,
    events,
    feedback,
    items,
    mcp,
    model,
    onboard,
    profile,
    recommend,
    report,
    stats,
    trust,
    tune,
    update,
    users,
)
from penchant.tools.cli.errors import Commands
from penchant.tools.cli.options import examples

app = typer.Typer(
    name="penchant",
    cls=Commands,
    help="Living, explainable interest profiles: behaviour in; an interest tree, recommendations and true reasons out.",
    epilog=examples("penchant demo", "penchant items import items.jsonl", "penchant profile show ada"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        from penchant import __version__

        typer.echo(f"penchant {__version__}")
        raise typer.Exit


@app.callback()
def penchant(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Nothing happens before a command is named."""


app.add_typer(items.app, name="items")
app.add_typer(events.app, name="events")
app.add_typer(users.app, name="users")
app.add_typer(profile.app, name="profile")
app.add_typer(model.app, name="model")
for module in (
    demo,
    update,
    onboard,
    recommend,
    feedback,
    context,
    ask,
    report,
    doctor,
    evaluate,
    tune,
    stats,
    mcp,
    trust,
):
    module.register(app)
