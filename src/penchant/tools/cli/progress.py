"""Progress bars for long work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from penchant.tools.cli.rendering.progress import Unit


@contextmanager
def progress(label: str, unit: "Unit", *, silent: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr while this context lasts and yield the function that updates it with (done, total). Shows
    nothing where stderr is no terminal or `silent` is set.
    """
    from penchant.tools.cli.output import console

    terminal = console(stderr=True)
    if silent or not terminal.is_terminal:
        yield lambda _done, _total: None
        return
    from penchant.tools.cli.rendering.progress import bar

    with bar(terminal, unit) as shown:
        task = shown.add_task(label, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
