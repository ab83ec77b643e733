"""An installation that erases a user, stops at the named step and waits there to be killed (run by test_erasure): home, user, step."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

from small_shop import installation

from penchant.agent.app import erasure
from penchant.agent.app.erasure import Eraser
from penchant.store.clock import FixedClock
from penchant.store.erasures import Erasures

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
STEPS = ("_relearnt", "erase_from_quarantine", "erase_rows", "_forget_caches", "clear_bytes", "end", "empty_log")


def stopping(step: Callable[..., Any]) -> Callable[..., Any]:
    """The step, at whose end the process says so and goes no further."""

    @wraps(step)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        step(*arguments, **named)
        print("here", flush=True)
        time.sleep(300)

    return wrapped


def main(home: Path, user: str, step: str) -> None:
    agent = installation(home, FixedClock(NOON))
    place: Any = Erasures if step == "end" else Eraser if step.startswith("_") else erasure
    setattr(place, step, stopping(getattr(place, step)))
    agent.erase(user)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
