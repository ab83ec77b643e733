"""Opens the agent of a command from the settings in force."""

import os
from typing import TYPE_CHECKING

from penchant.prompts.locales import Translator
from penchant.tools.cli.options import TENANT
from penchant.tools.cli.output import note

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

NAMED = ""
"""Stands for the tenant of `penchant --tenant` or the environment, if any."""


def open_agent(*, as_server: bool = False, tenant: str | None = NAMED) -> "InterestAgent":
    """Open the configured installation, or a tenant of it. Raises `UsageError`.

    `as_server`: use the settings of a server. `tenant`: None for the installation itself, even where a tenant is
    named.
    """
    from penchant.agent.interest_agent import InterestAgent
    from penchant.settings import Settings, ignored_file

    settings, ignored = Settings.load(), ignored_file()
    if ignored is not None:
        note(_words(settings.lang)("file_ignored", file=ignored))
    agent = InterestAgent.open(settings.for_server() if as_server else settings)
    name = os.environ.get(TENANT, "") if tenant == NAMED else tenant
    return agent.tenant(name) if name else agent


def words_of(agent: "InterestAgent") -> "Translator":
    """Return the phrases of the command line in the agent's language."""
    return _words(agent.settings.lang)


def _words(language: str) -> "Translator":

    return Translator(language, "cli")
