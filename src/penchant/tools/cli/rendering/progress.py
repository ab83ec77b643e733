"""A progress bar for long work."""

from typing import Literal

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import TaskProgressColumn as Percentage
from rich.text import Text

Unit = Literal["bytes", "items", "users", "rows"]


class Rate(ProgressColumn):
    """A column with units per second."""

    def __init__(self, unit: Unit) -> None:
        super().__init__()
        self.unit = unit

    def render(self, task: Task) -> Text:
        speed = task.speed or 0.0
        return Text(f"{decimal(int(speed))}/s" if self.unit == "bytes" else f"{speed:.1f}/s", style="dim")


def bar(console: Console, unit: Unit) -> Progress:
    """Return a bar that disappears when the work is done."""
    columns = (SpinnerColumn("line"), TextColumn("{task.description}"), BarColumn(), Percentage(), Rate(unit))
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
