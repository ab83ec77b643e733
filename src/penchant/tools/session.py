"""The agent that tools use where none is passed."""

import threading
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

_OPENING = threading.Lock()


def shared_agent() -> "InterestAgent":
    """Return the agent of the configured installation, opened once per process. Raises `UsageError`."""
    with _OPENING:
        return _default_agent()


@cache
def _default_agent() -> "InterestAgent":
    from penchant.agent.interest_agent import InterestAgent

    return InterestAgent.open()
