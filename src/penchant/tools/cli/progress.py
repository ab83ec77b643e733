"""Progress of long work: a bar, or lines where there is no terminal."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from penchant.tools.cli.output import console, note

if TYPE_CHECKING:
    from penchant.tools.cli.rendering.progress import Unit

LINE_SECONDS = 10.0
"""The time between two lines."""


@contextmanager
def progress(label: str, unit: "Unit", *, silent: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr while this context lasts and yield the function that updates it with (done, total). Where
    stderr is no terminal, print a line now and then; where `silent` is set, nothing.
    """
    terminal = console(stderr=True)
    if silent or not terminal.is_terminal:
        yield (lambda _done, _total: None) if silent else _lines(label)
        return
    from penchant.tools.cli.rendering.progress import bar

    with bar(terminal, unit) as shown:
        task = shown.add_task(label, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def _lines(label: str) -> Callable[[int, int], None]:
    last = time.monotonic()

    def line(done: int, total: int) -> None:
        nonlocal last
        if total and time.monotonic() - last >= LINE_SECONDS:
            last = time.monotonic()
            note(f"{label}: {100 * done // total} %")

    return line
