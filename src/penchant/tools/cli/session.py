"""The agent a command talks to, opened from the settings in force."""

from typing import TYPE_CHECKING

from penchant.tools.cli.output import note

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent


def open_agent(*, as_server: bool = False) -> "InterestAgent":
    """The installation that environment and `penchant.toml` describe. `as_server`: with the settings of a server. Raises `UsageError`."""
    from penchant.agent.interest_agent import InterestAgent
    from penchant.settings import Settings, ignored_file

    ignored = ignored_file()
    if ignored is not None:
        note(f"{ignored} is not read: name it with `penchant --config` if you trust it, or move it into PENCHANT_HOME")
    settings = Settings.load()
    return InterestAgent.open(settings.for_server() if as_server else settings)
