"""The command line: `penchant …`. Commands contain no logic; they read arguments, call the agent and render."""

import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

INTERRUPTED = 130
"""The exit code of a command stopped by Ctrl-C."""


def main() -> None:
    """Entry point of the `penchant` script."""
    on_interrupt(_exit_at_once)
    from penchant.tools.cli.app import app

    app(prog_name="penchant")


def on_interrupt(handler: Callable[[int, FrameType | None], Any]) -> None:
    """Set the handler of Ctrl-C, unless the process was started with Ctrl-C ignored (`nohup`, `&` in a script)."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, handler)


def raise_on_interrupt() -> None:
    """Have Ctrl-C raise KeyboardInterrupt from here on instead of ending the process."""
    if signal.getsignal(signal.SIGINT) is _exit_at_once:
        on_interrupt(signal.default_int_handler)


def _exit_at_once(*_: object) -> NoReturn:
    """End the process at once on Ctrl-C while modules are loaded: nothing has been started that needs to be finished."""
    os._exit(INTERRUPTED)
