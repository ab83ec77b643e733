"""`penchant report`: a page about one user, or pages about all users."""

import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from penchant.characters import Language
from penchant.tools.cli.options import AsJson, At, examples, moment
from penchant.tools.cli.output import note, show, show_json
from penchant.tools.cli.progress import progress
from penchant.tools.cli.session import open_agent, words_of

if TYPE_CHECKING:
    from penchant.prompts.locales import Translator
    from penchant.tools.report.build import ReportOptions
    from penchant.tools.report.write import WrittenPages

STDOUT = Path("-")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "penchant report ada -o ada.html",
            "penchant report ada -o ada.html --lang zh --compare 2011-03-01 --slim",
            "penchant report ada --format md",
            "penchant report --all reports/",
        )
    )(report)


def report(
    user: Annotated[
        str | None, typer.Argument(metavar="USER", help="The user_id in the events.", show_default=False)
    ] = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="The file to write; `-` is stdout.", show_default=False),
    ] = None,
    all_: Annotated[
        Path | None,
        typer.Option("--all", metavar="DIR", help="A page for everybody, slim unless told otherwise, and an index."),
    ] = None,
    form: Annotated[
        Literal["html", "json", "md"], typer.Option("--format", help="A page, its content as data, or Markdown.")
    ] = "html",
    lang: Annotated[Language | None, typer.Option("--lang", help="Language of page and labels.")] = None,
    at: At = None,
    compare: Annotated[
        datetime | None,
        typer.Option(
            "--compare", parser=moment, metavar="TIME", help="Show changes since then; by default recent ones."
        ),
    ] = None,
    slim: Annotated[
        bool | None, typer.Option("--slim/--full", help="Static charts and fewer rows: under 300 KB.")
    ] = None,
    k: Annotated[int, typer.Option("-k", min=1, help="How many recommendations.")] = 10,
    no_llm: Annotated[bool, typer.Option("--no-llm", help="Rank and explain by rules alone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a page about a user.

    One self-contained file: portrait, interests, changes, recommendations with reasons, evidence, and how to correct
    it.
    """
    from penchant.tools.report import write

    agent = open_agent()
    asked: ReportOptions = {"lang": lang, "at": at, "compare": compare, "k": k, "llm": not no_llm}
    if all_ is not None:
        if user is not None or out is not None or form != "html":
            raise typer.BadParameter("--all writes a page for everybody into a folder: give no USER, -o or --format")
        with progress(words_of(agent)("progress_reports"), "users", silent=as_json) as on_progress:
            written = write.write_all(agent, all_, slim=slim is not False, on_progress=on_progress, **asked)
        return _show_written(written, words_of(agent), as_json)
    if user is None:
        raise typer.BadParameter("name a USER (`penchant profile list` lists all users), or use --all DIR")
    if out is None and form == "html":
        raise typer.BadParameter(f"say where the page goes: penchant report {shlex.quote(user)} -o page.html")
    content = write.content(agent, user, form=form, slim=bool(slim), **asked)
    if out is None or out == STDOUT:
        if as_json and form != "json":
            return show_json({"user_id": user, "format": form, "content": content})
        return typer.echo(content, nl=False)
    path = write.save(out, content)
    size = path.stat().st_size
    if as_json:
        return show_json({"user_id": user, "file": str(path), "bytes": size})
    return show(words_of(agent)("page_written", file=path, bytes=f"{size:,}"))


def _show_written(written: "WrittenPages", words: "Translator", as_json: bool) -> None:
    """Print where the index is and which pages failed; exit with 1 where any did."""
    if as_json:
        show_json({"index": str(written.front), "pages": written.pages, "failed": written.failed})
    else:
        show(words("index_written", file=written.front, pages=f"{written.pages:,}"))
        for user_id, reason in written.failed.items():
            note(words("no_page", user=user_id, reason=reason))
    if written.failed:
        raise typer.Exit(1)
