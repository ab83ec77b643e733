"""The changes between two profiles of one user."""

from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from penchant.prompts.locales import Translator
from penchant.store.profile import Profile
from penchant.tools.cli.rendering.marks import marks_for
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tables import plain_table

BAR = 10
SHOWN = 6
NOTICEABLE = 0.005
SUBTOPICS = 2
"""The level of the tree that is compared."""


class Shift(NamedTuple):
    """One interest and its share of the whole before and after (0–1)."""

    path: tuple[str, ...]
    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


def shifts(before: Profile, after: Profile) -> list[Shift]:
    """Return the subtopics by change of strength, the largest rise first; they are matched by path."""
    was, now = (
        {node.path: node.strength for node in profile.walk() if node.level == SUBTOPICS} for profile in (before, after)
    )
    found = [Shift(path, was.get(path, 0.0), now.get(path, 0.0)) for path in {**was, **now}]
    return sorted(found, key=lambda shift: (-shift.change, shift.path))


class ChangeTable:
    """A table of the interests that rose and faded, with bars as long as the change."""

    def __init__(self, before: Profile, after: Profile, words: Translator) -> None:
        found = shifts(before, after)
        self.rose = [shift for shift in found if shift.change >= NOTICEABLE][:SHOWN]
        self.fell = [shift for shift in reversed(found) if shift.change <= -NOTICEABLE][:SHOWN]
        self.words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        marks, words = marks_for(console), self.words
        numbers = [words(name) for name in ("before", "after", "change")]
        table = plain_table(words("interest"), *numbers, "", right=numbers)
        shown = [*self.rose, *self.fell]
        most = max((abs(shift.change) for shift in shown), default=1.0)
        for shift in shown:
            arrow, style = (marks.trends["rising"], "green") if shift.change > 0 else (marks.trends["fading"], "red")
            table.add_row(
                text(" > ".join(shift.path)),
                f"{shift.before * 100:.1f} %",
                f"{shift.after * 100:.1f} %",
                Text(f"{arrow} {shift.change * 100:+.1f}", style=style),
                Text(marks.bar(abs(shift.change) / most, BAR), style=style),
            )
        yield table
