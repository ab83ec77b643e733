"""`penchant keys rotate`."""

from collections.abc import Callable
from typing import Any

from typer.testing import Result


def test_keys_are_made_and_replaced(ask: Callable[..., Any], penchant: Callable[..., Result]) -> None:
    ask("events", "add", "--user", "ann", "--type", "message", "--text", "I love green tea")
    first = ask("keys", "rotate")
    assert (first["first"], first["residue"], first["sealed"]) == (True, 0, {"events": 1})
    second = ask("keys", "rotate")
    assert (second["first"], second["dropped"], second["sealed"]) == (False, [first["key"]], {"events": 1})
    assert ask("events", "list", "ann")["events"][0]["text"] == "I love green tea"
    assert "All that is sealed is under the key" in penchant("keys", "rotate").stdout
