"""Penchant: living, explainable interest profiles.

The LLM reads and names; the rules count; every number can be traced to the behaviour behind it.
"""

import os
from importlib import import_module
from importlib.metadata import version as _version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from penchant.agent.async_interest_agent import AsyncInterestAgent
    from penchant.agent.interest_agent import InterestAgent
    from penchant.errors import PenchantError
    from penchant.settings import Settings
    from penchant.store.event import Event
    from penchant.store.item import Item
    from penchant.store.profile import Interest, Profile
    from penchant.store.recommendation import Recommendation

# Makes OpenMP threads sleep while they wait for one another: if they spin, two threads of llama.cpp on two busy cores need three times the
# processor time to read a prompt. The variable is read once, by the first library that loads OpenMP (llama.cpp, implicit …), so it is set
# before any of them is imported.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

# Imported on first use, so that `penchant --help` and `import penchant` are fast.
_HOMES = {
    "AsyncInterestAgent": "penchant.agent.async_interest_agent",
    "Event": "penchant.store.event",
    "Interest": "penchant.store.profile",
    "InterestAgent": "penchant.agent.interest_agent",
    "Item": "penchant.store.item",
    "PenchantError": "penchant.errors",
    "Profile": "penchant.store.profile",
    "Recommendation": "penchant.store.recommendation",
    "Settings": "penchant.settings",
}

__all__ = [
    "AsyncInterestAgent",
    "Event",
    "Interest",
    "InterestAgent",
    "Item",
    "PenchantError",
    "Profile",
    "Recommendation",
    "Settings",
]
__version__ = _version("penchant")


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'penchant' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
