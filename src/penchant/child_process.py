"""What a Python process that this one starts finds around it."""

import os
import sys

_NOT_HANDED_ON = ("API_KEY", "TOKEN", "SECRET", "PASSWORD")


def environment() -> dict[str, str]:
    """This process's environment and import path, without the secrets in it."""
    variables = {name: value for name, value in os.environ.items() if not name.upper().endswith(_NOT_HANDED_ON)}
    return variables | {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
