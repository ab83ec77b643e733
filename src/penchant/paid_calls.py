"""A switch for test runs: while its environment variable is set, calls that may cost money are refused."""

import os
from ipaddress import ip_address
from urllib.parse import urlsplit

from penchant.errors import ModelRefused
from penchant.settings import NO_PAID_CALLS


def refuse_paid_call(base_url: str) -> None:
    """Raise `ModelRefused` if the switch is on and `base_url` is not on this machine."""
    is_on = os.environ.get(NO_PAID_CALLS, "0").lower() not in ("", "0", "false", "no")
    if is_on and not _is_on_this_machine(base_url):
        raise ModelRefused(
            f"paid calls are forbidden here ({NO_PAID_CALLS} is set) and {base_url} is not on this machine: use ScriptedModel or "
            "RecordingModel, an embedder in process, or unset the variable"
        )


def _is_on_this_machine(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
