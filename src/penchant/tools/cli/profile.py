"""`penchant profile`: the interest tree as of any time, its versions, and the user's own edits."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from penchant.errors import UsageError
from penchant.store.private_files import not_written, replacing
from penchant.tools.cli.options import AsJson, At, User, examples, pairs
from penchant.tools.cli.output import note, show, show_json
from penchant.tools.cli.session import open_agent, words_of

if TYPE_CHECKING:
    from penchant.store.profile import Profile

BYTE_ORDER_MARK = "\ufeff"
"""What some editors write in front of UTF-8."""
app = typer.Typer(
    help="The interest tree of a user.",
    epilog=examples("penchant profile show ada"),
    no_args_is_help=True,
)
Action = Literal["pin", "unpin", "mute", "unmute", "rename", "remove", "state"]


@app.command(
    "show",
    epilog=examples(
        "penchant profile show ada",
        "penchant profile show ada --at 2011-03-01 --depth 2",
        "penchant profile show ada --context hour=20",
    ),
)
def show_profile(
    user: User,
    at: At = None,
    depth: Annotated[int | None, typer.Option("--depth", min=1, help="Only the upper N levels.", metavar="N")] = None,
    context: Annotated[
        list[str] | None,
        typer.Option(
            "--context", metavar="K=V", help="In these circumstances: hour=20, day=weekend, device=…, place=…"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the interest tree of a user.

    Bars for strength, arrows for trend, counts of evidence, and typical words.
    """
    profile = open_agent().profile(user, at=at, context=pairs(context))
    _show(profile if depth is None else profile.pruned(depth), as_json)


@app.command("list", epilog=examples("penchant profile list"))
def list_(as_json: AsJson = False) -> None:
    """List all users with behaviour or a profile."""
    agent = open_agent()
    users = agent.users()
    if as_json:
        return show_json({"users": [user.model_dump(mode="json") for user in users]})
    from penchant.tools.cli.rendering.tables import users_table

    return show(users_table(users, words_of(agent)))


@app.command(epilog=examples("penchant profile history ada"))
def history(user: User, as_json: AsJson = False) -> None:
    """List every version of a profile, and what made it."""
    agent = open_agent()
    versions = agent.history(user)
    if not versions:
        agent.profile(user)  # raises for an unknown user; a known user without versions has an empty history
    from penchant.tools.cli.rendering.versions import version_facts, versions_table

    if as_json:
        return show_json({"user_id": user, "versions": [version_facts(version) for version in versions]})
    return show(versions_table(versions, words_of(agent)))


@app.command(epilog=examples("penchant profile diff ada", "penchant profile diff ada --from 2 --to 5"))
def diff(
    user: User,
    from_version: Annotated[
        int | None, typer.Option("--from", min=1, metavar="V", help="Before: a version; by default the one before.")
    ] = None,
    to_version: Annotated[
        int | None, typer.Option("--to", min=1, metavar="V", help="After: a version; by default the newest.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two versions of a profile."""
    agent = open_agent()
    after = to_version or agent.profile(user).version
    change = agent.diff(user, from_version or max(after - 1, 1), after)
    if as_json:
        return show_json(change)
    from penchant.tools.cli.rendering.versions import diff_table

    return show(*diff_table(change, words_of(agent)))


@app.command(
    epilog=examples(
        "penchant profile edit ada pin Jazz",
        'penchant profile edit ada rename "Music & Audio > Jazz" Bebop',
        "penchant profile edit ada state opera dislike",
    )
)
def edit(
    user: User,
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="pin, unpin, mute, unmute, rename, remove, state")],
    node: Annotated[
        str, typer.Argument(metavar="NODE", help="Id, label, or `Topic > Interest`; for state also a new label.")
    ],
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="The new label; for state: like or dislike.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Record the user's own word on an interest.

    It takes precedence over everything inferred, survives every later update, and `penchant profile undo` takes it
    back.
    """
    agent = open_agent()
    receipt = agent.edit(user, action, node, text)
    if as_json:
        return show_json(receipt)
    _show(agent.profile(user), False)
    return note(words_of(agent)("edit_kept", action=receipt.action, user=shlex.quote(user)))


@app.command(epilog=examples("penchant profile undo ada"))
def undo(user: User, as_json: AsJson = False) -> None:
    """Take back the user's newest edit that is still in force."""
    agent = open_agent()
    taken = agent.undo(user)
    if as_json:
        return show_json(taken)
    _show(agent.profile(user), False)
    about = " > ".join(taken.path) or taken.text or ""
    return note(words_of(agent)("edit_taken_back", action=taken.action, about=about))


@app.command(epilog=examples("penchant profile export ada > ada.json", "penchant profile export ada -o ada.json"))
def export(
    user: User,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="The file to write; by default stdout.", dir_okay=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Export the whole record of a user as JSON.

    Behaviour, statements, edits, every version of the profile, and the taxonomy and items that it rests on:
    `penchant profile import` restores it exactly.
    """
    agent = open_agent()
    record = agent.export_profile(user)
    if out is None:
        return show_json(record)
    try:
        with replacing(out) as file:
            file.write(record.model_dump_json(indent=2).encode())
    except OSError as error:
        raise not_written(out, error, "an existing file is unchanged") from None
    summary = {"file": str(out), "user_id": user, "events": len(record.events), "versions": len(record.versions)}
    if as_json:
        return show_json(summary)
    counts = {"events": f"{len(record.events):,}", "versions": len(record.versions)}
    return note(words_of(agent)("profile_exported", file=out, **counts))


@app.command("import", epilog=examples("penchant profile import ada.json"))
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What `penchant profile export` wrote; `-` reads stdin.")
    ],
    as_json: AsJson = False,
) -> None:
    """Import a record.

    An unknown user gets it back as it was; for a known one, what is new in it is added.
    """
    from penchant.agent.profiles.portability import ProfileExport

    _show(open_agent().import_profile(ProfileExport.parse(_text(file))), as_json)


def _text(file: Path) -> str:
    try:
        written = typer.get_text_stream("stdin").read() if str(file) == "-" else file.read_text(encoding="utf-8")
        return written.removeprefix(BYTE_ORDER_MARK)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(f"{file} cannot be read ({why}): name a file that `penchant profile export` wrote") from None


def _show(profile: "Profile", as_json: bool) -> None:
    if as_json:
        return show_json(profile)
    from penchant.tools.cli.rendering.tree import ProfileTree

    return show(ProfileTree(profile))
