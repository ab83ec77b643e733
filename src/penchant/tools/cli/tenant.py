"""`penchant tenant`: several installations behind one service, each by itself."""

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
    """Make a tenant: a database, an index, settings and tokens of its own.

    Its settings stand in `tenants/TENANT/penchant.toml` in PENCHANT_HOME; what that file does not say is as for the service. Commands with
    `penchant --tenant TENANT` are about it.
    """
    agent = open_agent(tenant=None)
    tenant = agent.create_tenant(name)
    if as_json:
        return show_json(tenant)
    return show(words_of(agent)("tenant_made", tenant=tenant.name))


@app.command("list", epilog=examples("penchant tenant list", "penchant tenant list --json"))
def list_(as_json: AsJson = False) -> None:
    """Every tenant."""
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

    `items.jsonl` is as `penchant items import` takes it, every file under `users/` as `penchant profile import` does.
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
    """Remove a tenant with everything of its own.

    Its tokens are worthless at once. Waits until no process uses it any more, then looks again: the receipt's residue has to be 0. One
    that was cut off is finished by the same command.
    """
    if not yes:
        raise typer.BadParameter(f"removing a tenant cannot be undone: say `penchant tenant remove {name} --yes`")
    agent = open_agent(tenant=None)
    receipt = agent.remove_tenant(name)
    if as_json:
        show_json(receipt)
    else:
        counts = ", ".join(f"{key}: {count:,}" for key, count in receipt.removed.items())
        show(words_of(agent)("tenant_removed", tenant=receipt.name, counts=counts))
    if receipt.residue:
        raise typer.Exit(1)
