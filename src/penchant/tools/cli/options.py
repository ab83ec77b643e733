"""Arguments and options that several commands share, and the parsing of their values."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from penchant.characters import Language


def moment(text: str) -> datetime:
    """Return a time in UTC from ISO 8601 with zone, a date (its midnight in UTC), or Unix seconds. Raises
    `BadParameter`.
    """
    from penchant.store.moments import EARLIEST, Times, midnight_of_date, parse_point_in_time

    with suppress(ValueError, OverflowError):  # what is wrong with it is said below
        parsed: datetime = parse_point_in_time(text)
        return parsed.astimezone(UTC)
    try:
        side = "before 1990" if Times(any_year=True).read(midnight_of_date(text)) < EARLIEST else "after 2099"
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            f"{text[:40]!r} is not a time: write 2011-03-01, 2011-03-01T12:00:00Z (with a zone), or Unix seconds"
        ) from None
    raise typer.BadParameter(f"{text[:40]!r} is {side}: times are from 1990 to 2099")


def pairs(texts: list[str] | None) -> dict[str, str]:
    """Return KEY=VALUE options as a dict. Raises `BadParameter`."""
    found = {}
    for text in texts or ():
        key, equals, value = (part.strip() for part in text.partition("="))
        if not (equals and key and value):
            raise typer.BadParameter(f"{text!r} names nothing: write KEY=VALUE, such as age=30s")
        found[key] = value
    return found


def user_id(text: str) -> str:
    """Return a user id in normal form. Raises `BadParameter`."""
    from penchant.store.identifiers import normal_id

    try:
        return normal_id(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text[:40]!r} {error}") from None


def examples(*commands: str) -> str:
    """Return the epilog of a command, with each example on its own line."""
    return "\n\n".join(["Examples:" if len(commands) > 1 else "Example:", *(f"  $ {command}" for command in commands)])


CONFIG, TENANT = "PENCHANT_CONFIG", "PENCHANT_TENANT"
"""The environment variables that name the settings file and the tenant (the same as in `penchant.settings`, which is
slow to import).
"""
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines, and nothing else, on stdout.")]
At = Annotated[
    datetime | None,
    typer.Option(
        "--at", parser=moment, metavar="TIME", help="As of this time: ISO 8601 with zone, a date, or Unix seconds."
    ),
]
Lang = Annotated[Language | None, typer.Option("--lang", help="Language of the labels and reasons.")]
User = Annotated[
    str,
    typer.Argument(metavar="USER", help="The user_id in the events.", show_default=False, parser=user_id),
]
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="JSON, JSONL, CSV or Parquet, gzip or not; `-` reads JSON or CSV from stdin.",
        show_default=False,
    ),
]
