"""How much processor time something takes, whatever else the machine is doing: beside a piece of work that is always the same."""

import re
import time
from collections.abc import Callable
from typing import Any

USUAL_SECONDS = 0.025
"""What the reference takes on the machine that limits were set on."""
_WORDS = re.compile(r"(?:tea|cake|jam) ")
_TEXT = "tea and cake and jam " * 5_000


def _reference() -> None:
    for _ in range(10):
        _WORDS.sub("bread ", _TEXT).split()


def _spent(action: Callable[..., Any], *arguments: Any) -> float:
    started = time.thread_time()
    action(*arguments)
    return time.thread_time() - started


def seconds(enough: float, action: Callable[..., Any], *arguments: Any) -> float:
    """Processor seconds of the calling thread, on a machine of the usual speed; the best of three where it takes more than `enough`.

    The reference runs only after an action that took too long, so that quick actions are not measured twice. A machine that other
    work makes slow slows down both; a text that takes quadratic time misses a limit by far more than any machine can.
    """
    least = float("inf")
    for _ in range(3):
        taken = _spent(action, *arguments)
        if taken > enough:
            taken *= min(1.0, USUAL_SECONDS / _spent(_reference))
        least = min(least, taken)
        if least <= enough:
            break
    return least
