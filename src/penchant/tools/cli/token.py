"""`penchant token`: access tokens of the service."""

from typing import Annotated

import typer

from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import note, show, show_json, show_table
from penchant.tools.cli.session import open_agent, words_of

app = typer.Typer(
    help="Access tokens of the service.",
    epilog=examples("penchant token create --scope read --user ada"),
    no_args_is_help=True,
)
Scopes = Annotated[
    list[str], typer.Option("--scope", metavar="S", help="read, write, recommend or admin; may be given several times.")
]


@app.command(epilog=examples("penchant token create --scope read --scope recommend --user ada --expires 30d"))
def create(
    *,
    scope: Scopes,
    user: Annotated[str | None, typer.Option("--user", metavar="U", help="Limit the token to this user.")] = None,
    tenant: Annotated[str | None, typer.Option("--tenant", metavar="T", help="Limit the token to this tenant.")] = None,
    expires: Annotated[str | None, typer.Option("--expires", metavar="SPAN", help="Such as 12h, 30d or 1y.")] = None,
    note_: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What it is for.")] = None,
    as_json: AsJson = False,
) -> None:
    """Create a token. It is shown now and never again: only a digest of it is stored."""
    from penchant.store.durations import parse_duration
    from penchant.store.identifiers import id_argument

    agent = open_agent()
    token = agent.services.access_tokens.create(
        scope,
        user_id=None if user is None else id_argument(user),
        tenant=tenant,
        expires_in=None if expires is None else parse_duration(expires),
        note=note_,
    )
    if as_json:
        return show_json(token)
    words = words_of(agent)
    whose = words("token_of_user", user=token.user_id) if token.user_id else ""
    where = words("token_of_tenant", tenant=token.tenant) if token.tenant else ""
    note(f"{token.id}: {', '.join(token.scopes)}{whose}{where}")
    return show(token.token)


@app.command("list", epilog=examples("penchant token list", "penchant token list --json"))
def list_(as_json: AsJson = False) -> None:
    """List all tokens: what each may do, and when it was last used."""
    agent = open_agent()
    found, words = agent.services.access_tokens.list(), words_of(agent)
    if as_json:
        return show_json({"tokens": [token.model_dump(mode="json") for token in found]})
    rows = []
    for token in found:
        moments = (token.expires_at, token.used_at, token.revoked_at)
        days = [f"{moment:%Y-%m-%d %H:%M}" if moment else "-" for moment in moments]
        rows.append((token.id, " ".join(token.scopes), token.tenant or "-", token.user_id or "*", *days))
    columns = ("token", "scopes", "tenant", "user", "expires", "used", "revoked")
    return show_table([words(column) for column in columns], rows)


@app.command(epilog=examples("penchant token revoke t-0f3c9a2b41d7"))
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="As `penchant token list` prints it.")],
    as_json: AsJson = False,
) -> None:
    """Revoke a token, at once and in every process."""
    agent = open_agent()
    revoked = agent.services.access_tokens.revoke(token_id)
    if as_json:
        return show_json(revoked)
    return show(words_of(agent)("token_revoked", token=revoked.id))
