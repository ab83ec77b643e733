"""A bar for long work: how far, how fast, how long still."""

from typing import Literal

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import TaskProgressColumn as Percentage
from rich.text import Text

Unit = Literal["bytes", "items", "users", "rows"]


class Rate(ProgressColumn):
    """Units per second."""

    def __init__(self, unit: Unit) -> None:
        super().__init__()
        self.unit = unit

    def render(self, task: Task) -> Text:
        speed = task.speed or 0.0
        return Text(f"{decimal(int(speed))}/s" if self.unit == "bytes" else f"{speed:.1f} {self.unit}/s", style="dim")


def bar(console: Console, unit: Unit) -> Progress:
    """A bar that leaves the screen when the work is done: what remains is the receipt."""
    columns = (SpinnerColumn("line"), TextColumn("{task.description}"), BarColumn(), Percentage(), Rate(unit))
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
