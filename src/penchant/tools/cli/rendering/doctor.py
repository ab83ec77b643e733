"""Tables of `penchant doctor`."""

from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from penchant.prompts.locales import Translator
from penchant.tools.cli.rendering.marks import Marks
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tables import plain_table


def settings_table(settings: Sequence[tuple[str, Any, str]], words: Translator) -> Table:
    """Return rows of (name, value, origin); values that are not defaults stand out."""
    table = plain_table(words("setting"), words("value"), words("origin"))
    for name, value, origin in settings:
        cell = "-" if value is None or value == {} else str(value)
        table.add_row(text(name), text(cell), text(origin, "dim" if origin == "default" else "bold"))
    return table


def checks_table(checks: Sequence[tuple[bool, str, str, str | None]], marks: Marks, words: Translator) -> Table:
    """Return rows of (ok, name, found, fix)."""
    table = plain_table("", words("check"), words("found"))
    for ok, name, found, fix in checks:
        mark = Text(marks.ok, style="green") if ok else Text(marks.wrong, style="bold red")
        table.add_row(mark, text(name), text(found))
        if fix:
            table.add_row("", "", text(fix, "red"))
    return table


def verdict(failed: int, words: Translator) -> Text:
    """Return the last line."""
    return text(words("something_wrong", count=failed), "bold red") if failed else text(words("all_well"), "bold green")
