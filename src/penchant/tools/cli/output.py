"""Prints results: JSON or rich text to stdout, notes to stderr."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console, RenderableType

PLAIN_WIDTH = 120


def console(*, stderr: bool = False) -> "Console":
    """Return a console for people. Respects `NO_COLOR` and `COLUMNS`; 120 columns wide where the output is no terminal."""
    from rich.console import Console

    from penchant.tools.cli.rendering.colours import THEME

    plain = Console(stderr=stderr, highlight=False, emoji=False, theme=THEME)
    if plain.is_terminal:
        return plain
    return Console(stderr=stderr, highlight=False, emoji=False, theme=THEME, width=_columns())


def show(*renderables: "RenderableType") -> None:
    """Print to stdout for people. A string is printed as it is, never read as markup."""
    from rich.text import Text

    out = console()
    for renderable in renderables:
        out.print(Text(renderable) if isinstance(renderable, str) else renderable)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table of plain text to stdout."""
    from rich.text import Text

    from penchant.tools.cli.rendering.tables import plain_table

    table = plain_table(*columns)
    for row in rows:
        table.add_row(*map(Text, row))
    show(table)


def note(message: str) -> None:
    """Print a note on stderr."""
    from rich.text import Text

    console(stderr=True).print(Text(message, style="dim"), soft_wrap=True)


def show_json(value: "BaseModel | Mapping[str, Any]") -> None:
    """Print one JSON document to stdout; escaped to ASCII where the stream is not UTF-8."""
    sys.stdout.write(_json(value, indent=2))


def show_json_line(value: "BaseModel | Mapping[str, Any]") -> None:
    """Print one JSON document on a line of its own and flush, for programs that read along."""
    sys.stdout.write(_json(value, indent=None))
    sys.stdout.flush()


def _json(value: "BaseModel | Mapping[str, Any]", indent: int | None) -> str:
    document = value if isinstance(value, Mapping) else value.model_dump(mode="json")
    ascii_only = (sys.stdout.encoding or "ascii").lower().replace("-", "") != "utf8"
    return json.dumps(document, ensure_ascii=ascii_only, indent=indent, allow_nan=False) + "\n"


def _columns() -> int:
    import os

    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdigit() and int(given) else PLAIN_WIDTH
