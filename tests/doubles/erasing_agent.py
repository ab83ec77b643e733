"""An installation that is killed while it erases a user, at the end of the named step (work for `killed_in_another_process`)."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from small_shop import NOON, installation

from penchant.agent.app import erasure
from penchant.agent.app.erasure import Eraser
from penchant.store.clock import FixedClock
from penchant.store.erasures import Erasures

STEPS = (
    "_relearn_population",
    "erase_from_quarantine",
    "erase_rows",
    "_forget_caches",
    "clear_bytes",
    "end",
    "empty_log",
)


def erased_until(home: Path, user: str, step: str, die: Callable[[], None]) -> None:
    """Erase the user, and go no further than to the end of the step."""
    agent = installation(home, FixedClock(NOON))
    place: Any = Erasures if step == "end" else Eraser if step.startswith("_") else erasure
    setattr(place, step, _ending(getattr(place, step), die))
    agent.erase(user)


def _ending(step: Callable[..., Any], die: Callable[[], None]) -> Callable[..., Any]:
    @wraps(step)
    def wrapped(*arguments: Any, **named: Any) -> None:
        step(*arguments, **named)
        die()

    return wrapped
