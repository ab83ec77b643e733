"""The command line: `penchant …`. Commands hold no logic; they read arguments, call the agent and render."""

import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

INTERRUPTED = 130
"""How a command ends that Ctrl-C has stopped."""


def main() -> None:
    """Entry point of the `penchant` script."""
    on_interrupt(_end_before_anything_is_done)
    from penchant.tools.cli.app import app

    app(prog_name="penchant")


def on_interrupt(handler: Callable[[int, FrameType | None], Any]) -> None:
    """What Ctrl-C does from here on; who started us so that it does nothing (`nohup`, `&` in a script) keeps it so."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, handler)


def begin() -> None:
    """From here on something is under way, which Ctrl-C interrupts rather than ends."""
    if signal.getsignal(signal.SIGINT) is _end_before_anything_is_done:
        on_interrupt(signal.default_int_handler)


def _end_before_anything_is_done(*_: object) -> NoReturn:
    """At Ctrl-C while modules are loaded: nothing is under way that would have to be told or finished."""
    os._exit(INTERRUPTED)
