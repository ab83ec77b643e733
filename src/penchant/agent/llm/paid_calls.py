"""A switch that makes hosted models refuse, so that a test never costs money."""

import os
from ipaddress import ip_address
from urllib.parse import urlsplit

from penchant.errors import ModelRefused

VARIABLE = "PENCHANT_FORBID_PAID_CALLS"


def forbid_paid_calls(forbidden: bool = True) -> None:
    """Calls to hosted models raise `ModelRefused` from now on, here and in started processes; servers on this machine may be called."""
    os.environ[VARIABLE] = "1" if forbidden else "0"


def paid_calls_are_forbidden() -> bool:
    """Whether the switch is on (also through the environment variable `PENCHANT_FORBID_PAID_CALLS`)."""
    return os.environ.get(VARIABLE, "0").lower() not in ("", "0", "false", "no")


def refuse_paid_call(base_url: str) -> None:
    """Raise `ModelRefused` when `base_url` lies outside this machine and the switch is on."""
    if paid_calls_are_forbidden() and not is_on_this_machine(base_url):
        raise ModelRefused(
            f"paid calls are forbidden here ({VARIABLE} is set) and {base_url} is a hosted model: use ScriptedModel or RecordingModel, "
            "or unset the variable"
        )


def is_on_this_machine(base_url: str) -> bool:
    """Whether an address is a loopback one."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
