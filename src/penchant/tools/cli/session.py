"""The agent a command talks to, opened from the settings in force."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent


def open_agent() -> "InterestAgent":
    """The installation that environment and `penchant.toml` describe. Raises `UsageError`."""
    from penchant.agent.interest_agent import InterestAgent

    return InterestAgent.open()
