"""The environment that Python child processes get."""

import os
import sys

_NOT_HANDED_ON = ("API_KEY", "TOKEN", "SECRET", "PASSWORD")


def environment() -> dict[str, str]:
    """Return this process's environment variables without secrets, with `PYTHONPATH` set to the current import path."""
    variables = {name: value for name, value in os.environ.items() if not name.upper().endswith(_NOT_HANDED_ON)}
    return variables | {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
