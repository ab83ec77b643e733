"""What Ctrl-C does to a command."""

import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

INTERRUPTED = 130
"""The exit code of a command stopped by Ctrl-C."""


def on_interrupt(handler: Callable[[int, FrameType | None], Any]) -> None:
    """Set the handler of Ctrl-C, unless the process was started with Ctrl-C ignored (`nohup`, `&` in a script)."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, handler)


def raise_on_interrupt() -> None:
    """Have Ctrl-C raise KeyboardInterrupt from here on instead of ending the process."""
    if signal.getsignal(signal.SIGINT) is exit_at_once:
        on_interrupt(signal.default_int_handler)


def exit_at_once(*_: object) -> NoReturn:
    """End the process at once on Ctrl-C while modules are loaded: nothing has been started that needs to be finished."""
    os._exit(INTERRUPTED)
