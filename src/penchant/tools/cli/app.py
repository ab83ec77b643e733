"""The Typer application with all commands."""

import os
from pathlib import Path
from typing import Annotated

import typer

from penchant.tools.cli import (
    ask,
    context,
    demo,
    doctor,
    evaluate,
    events,
    experiment,
    feedback,
    items,
    keys,
    mcp,
    model,
    onboard,
    profile,
    recommend,
    report,
    serve,
    statements,
    stats,
    taxonomy,
    tenant,
    token,
    trust,
    tune,
    update,
    users,
    webhook,
    work,
)
from penchant.tools.cli.errors import Commands
from penchant.tools.cli.options import CONFIG, TENANT, examples

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


def _set_environment(config: Path | None, tenant: str | None) -> None:
    """Set the settings file and the tenant for this process."""
    if config is not None:
        os.environ[CONFIG] = str(config)
    if tenant is not None:
        os.environ[TENANT] = tenant


@app.callback()
def penchant(
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="A settings file to read (also PENCHANT_CONFIG).")
    ] = None,
    tenant: Annotated[
        str | None,
        typer.Option("--tenant", metavar="TENANT", help="The tenant the command is about (also PENCHANT_TENANT)."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Set what applies to every command."""
    _set_environment(config, tenant)


app.add_typer(items.app, name="items")
app.add_typer(events.app, name="events")
app.add_typer(users.app, name="users")
app.add_typer(profile.app, name="profile")
app.add_typer(model.app, name="model")
app.add_typer(experiment.app, name="experiment")
app.add_typer(taxonomy.app, name="taxonomy")
app.add_typer(token.app, name="token")
app.add_typer(tenant.app, name="tenant")
app.add_typer(keys.app, name="keys")
app.add_typer(webhook.app, name="webhook")
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
    statements,
    mcp,
    serve,
    work,
    trust,
):
    module.register(app)
