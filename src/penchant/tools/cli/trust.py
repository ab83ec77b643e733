"""`penchant consent`, `erase`, `verify` and `audit`."""

import shlex
from typing import Annotated, Literal

import typer

from penchant.prompts.locales import Translator
from penchant.store.clock import written_moment
from penchant.tools.cli.options import AsJson, User, examples, user_id
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.progress import progress
from penchant.tools.cli.session import open_agent, words_of


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        epilog=examples("penchant consent ada show", "penchant consent ada revoke llm", "penchant consent ada grant")
    )(consent)
    app.command(epilog=examples("penchant erase ada --yes"))(erase)
    app.command(epilog=examples("penchant verify", "penchant verify --rebuild"))(verify)
    app.command(epilog=examples("penchant audit", "penchant audit ada --limit 20"))(audit)


def consent(
    user: User,
    action: Annotated[
        Literal["grant", "revoke", "show"], typer.Argument(metavar="ACTION", help="grant, revoke or show")
    ],
    purpose: Annotated[
        str | None,
        typer.Argument(metavar="[PURPOSE]", help="profile, recommend or llm; all of them when none is named."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show or change what a user allows.

    A revocation is in force at once: `profile` stops recording and learning, `recommend` stops every use of the
    profile, `llm` sends nothing to language models and embedding servers. What was learnt before stays until
    `penchant erase`.
    """
    agent = open_agent()
    named = () if purpose is None else (purpose,)
    record = (
        {"grant": agent.grant, "revoke": agent.revoke}[action](user, *named)
        if action != "show"
        else agent.consent(user)
    )
    if as_json:
        return show_json(record)
    from penchant.tools.cli.rendering.trust import consent_table

    shown = [standing for standing in record.purposes if action != "show" or purpose in (None, standing.purpose)]
    return show(consent_table(shown, Translator(agent.settings.lang, "cli")))


def erase(
    user: User,
    yes: Annotated[bool, typer.Option("--yes", help="Really: this cannot be undone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase everything about a user, in every place.

    Behaviour, profile versions, edits, names found in their words, recommendations, feedback, consents, vectors,
    caches and rows set aside; then every place is searched again: the receipt's residue has to be 0.
    """
    if not yes:
        raise typer.BadParameter(f"erasing {user!r} cannot be undone: say `penchant erase {shlex.quote(user)} --yes`")
    agent = open_agent()
    receipt = agent.erase(user)
    if as_json:
        show_json(receipt)
    else:
        from penchant.tools.cli.rendering.trust import erase_table

        show(*erase_table(receipt, Translator(agent.settings.lang, "cli")))
    if receipt.residue:
        raise typer.Exit(1)


def verify(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Also make every profile anew from the ledger and compare.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check that what is stored adds up.

    Everything is recomputed from the rows, nothing is changed; exits with 1 if anything is wrong.
    """
    agent = open_agent()
    with progress(words_of(agent)("progress_verify"), "users", silent=as_json) as on_progress:
        found = agent.verify(rebuild=rebuild, on_progress=on_progress)
    if as_json:
        show_json({"ok": found.ok, **found.model_dump(mode="json")})
    else:
        from penchant.tools.cli.rendering.trust import verification

        show(*verification(found, Translator(agent.settings.lang, "cli")))
    if not found.ok:
        raise typer.Exit(1)


def audit(
    user: Annotated[
        str | None,
        typer.Argument(metavar="[USER]", help="Only what concerns this user.", show_default=False, parser=user_id),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many, newest first.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List who changed or read profiles over HTTP, newest first.

    One line for each call of `penchant serve` that changes something or reads about a user: the token's id (or
    `local`), the route, and the status. Commands on this machine are not recorded.
    """
    agent = open_agent()
    entries = agent.services.audit_log.list(user, limit=limit)
    if as_json:
        rows = [entry._asdict() | {"at": written_moment(entry.at)} for entry in entries]
        return show_json({"user_id": user, "entries": rows})
    from penchant.tools.cli.rendering.trust import audit_table

    words = Translator(agent.settings.lang, "cli")
    return show(audit_table(entries, words) if entries else words("no_audit"))
