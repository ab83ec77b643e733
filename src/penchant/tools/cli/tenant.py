"""`penchant tenant`: separate installations behind one service."""

from pathlib import Path
from typing import Annotated

import typer

from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import show, show_json, show_table
from penchant.tools.cli.session import open_agent, words_of

app = typer.Typer(
    help="Separate installations behind one service.",
    epilog=examples("penchant tenant create acme", "penchant token create --scope admin --tenant acme"),
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(metavar="TENANT", help="1 to 48 small letters a-z, digits and hyphens.")]


@app.command(epilog=examples("penchant tenant create acme"))
def create(name: Name, as_json: AsJson = False) -> None:
    """Create a tenant with its own data and settings.

    It has its own database, index, settings and tokens. Its settings are in `tenants/TENANT/penchant.toml` in
    PENCHANT_HOME; what that file does not set is as for the service. Use `penchant --tenant TENANT` for commands
    about it.
    """
    agent = open_agent(tenant=None)
    tenant = agent.create_tenant(name)
    if as_json:
        return show_json(tenant)
    return show(words_of(agent)("tenant_made", tenant=tenant.name))


@app.command("list", epilog=examples("penchant tenant list", "penchant tenant list --json"))
def list_(as_json: AsJson = False) -> None:
    """List all tenants."""
    agent = open_agent(tenant=None)
    found, words = agent.tenants(), words_of(agent)
    if as_json:
        return show_json({"tenants": [tenant.model_dump(mode="json") for tenant in found]})
    rows = (
        (tenant.name, words(f"tenant_status_{tenant.status}"), f"{tenant.created_at:%Y-%m-%d %H:%M}")
        for tenant in found
    )
    return show_table((words("tenant"), words("status"), words("since")), rows)


@app.command(epilog=examples("penchant tenant export acme -o acme.zip"))
def export(
    name: Name,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The zip archive to write.")],
    as_json: AsJson = False,
) -> None:
    """Write a tenant's items and users into an archive.

    `penchant items import` reads its `items.jsonl`, `penchant profile import` every file under `users/`.
    """
    agent = open_agent(tenant=None)
    receipt = agent.export_tenant(name, output)
    if as_json:
        return show_json(receipt)
    counts = {"items": receipt.items, "users": receipt.users, "events": receipt.events, "bytes": receipt.bytes}
    written = {key: f"{count:,}" for key, count in counts.items()}
    return show(words_of(agent)("tenant_exported", file=receipt.file, **written))


@app.command(epilog=examples("penchant tenant remove acme --yes"))
def remove(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Really: this cannot be undone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove a tenant with everything it owns.

    Its tokens stop working at once. Waits until no process uses it any more, then searches again: the receipt's
    residue has to be 0. The same command finishes a removal that was interrupted.
    """
    if not yes:
        raise typer.BadParameter(f"removing a tenant cannot be undone: say `penchant tenant remove {name} --yes`")
    agent = open_agent(tenant=None)
    receipt = agent.remove_tenant(name)
    if as_json:
        show_json(receipt)
    else:
        words, counts = words_of(agent), ", ".join(f"{key}: {count:,}" for key, count in receipt.removed.items())
        show(words("tenant_removed", tenant=receipt.name, counts=counts), words("residue", count=receipt.residue))
    if receipt.residue:
        raise typer.Exit(1)
