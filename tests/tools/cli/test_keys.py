"""`penchant keys rotate`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import Result


def test_keys_are_made_and_replaced(ask: Callable[..., Any], penchant: Callable[..., Result]) -> None:
    ask("events", "add", "--user", "ann", "--type", "message", "--text", "I love green tea")
    first = ask("keys", "rotate")
    assert (first["first"], first["residue"], first["sealed"]) == (True, 0, {"events": 1})
    second = ask("keys", "rotate")
    assert (second["first"], second["dropped"], second["sealed"]) == (False, [first["key"]], {"events": 1})
    assert ask("events", "list", "ann")["events"][0]["text"] == "I love green tea"
    shown = penchant("keys", "rotate").stdout
    assert ("All encrypted data uses the key" in shown, "Residue: 0" in shown.splitlines()) == (True, True)


def test_the_self_test_and_verify_find_out_that_a_key_is_missing(
    ask: Callable[..., Any], penchant: Callable[..., Result], home: Path
) -> None:
    ask("events", "add", "--user", "ann", "--type", "message", "--text", "I love green tea")
    key = ask("keys", "rotate")["key"]
    assert f"what people say encrypted with the key {key}" in penchant("doctor").stdout
    assert penchant("verify").exit_code == 0

    (home / "keys.json").unlink()

    for command in ("doctor", "verify"):
        result = penchant(command, "--json")
        assert (result.exit_code, f"the key '{key}' is not in" in result.stdout) == (1, True), command
