"""`penchant tenant`: several installations behind one service, each by itself."""

from pathlib import Path
from typing import Annotated

import typer

from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import show, show_json, show_table
from penchant.tools.cli.session import open_agent

app = typer.Typer(
    help="Separate installations behind one service.",
    epilog=examples("penchant tenant create acme", "penchant token create --scope admin --tenant acme"),
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(metavar="TENANT", help="1 to 48 small letters a-z, digits and hyphens.")]


@app.command(epilog=examples("penchant tenant create acme"))
def create(name: Name, as_json: AsJson = False) -> None:
    """Make a tenant: a database, an index, settings and tokens of its own.

    Its settings stand in `tenants/TENANT/penchant.toml` in PENCHANT_HOME; what that file does not say is as for the service. Commands with
    `penchant --tenant TENANT` are about it.
    """
    tenant = open_agent(tenant=None).create_tenant(name)
    if as_json:
        return show_json(tenant)
    return show(
        f"{tenant.name} is made. `penchant token create --scope admin --tenant {tenant.name}` lets somebody in."
    )


@app.command("list", epilog=examples("penchant tenant list", "penchant tenant list --json"))
def list_(as_json: AsJson = False) -> None:
    """Every tenant."""
    found = open_agent(tenant=None).tenants()
    if as_json:
        return show_json({"tenants": [tenant.model_dump(mode="json") for tenant in found]})
    rows = ((tenant.name, tenant.status, f"{tenant.created_at:%Y-%m-%d %H:%M}") for tenant in found)
    return show_table(("tenant", "status", "since"), rows)


@app.command(epilog=examples("penchant tenant export acme -o acme.zip"))
def export(
    name: Name,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The zip archive to write.")],
    as_json: AsJson = False,
) -> None:
    """Write a tenant's items and users into an archive.

    `items.jsonl` is as `penchant items import` takes it, every file under `users/` as `penchant profile import` does.
    """
    receipt = open_agent(tenant=None).export_tenant(name, output)
    if as_json:
        return show_json(receipt)
    counts = f"items: {receipt.items:,}, users: {receipt.users:,}, events: {receipt.events:,}"
    return show(f"{receipt.file} ({receipt.bytes:,} bytes; {counts})")


@app.command(epilog=examples("penchant tenant remove acme --yes"))
def remove(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Really: this cannot be undone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove a tenant with everything of its own.

    Its tokens are worthless at once. Waits until no process uses it any more, then looks again: the receipt's residue has to be 0. One
    that was cut off is finished by the same command.
    """
    if not yes:
        raise typer.BadParameter(f"removing a tenant cannot be undone: say `penchant tenant remove {name} --yes`")
    receipt = open_agent(tenant=None).remove_tenant(name)
    if as_json:
        show_json(receipt)
    else:
        show(f"{receipt.name} is removed ({', '.join(f'{key}: {count:,}' for key, count in receipt.removed.items())}).")
    if receipt.residue:
        raise typer.Exit(1)
