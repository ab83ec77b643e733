"""`penchant tenant`, and commands about one tenant."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import Result


def test_a_tenant_s_day(ask: Callable[..., Any], penchant: Callable[..., Result], home: Path, tmp_path: Path) -> None:
    items = tmp_path / "items.jsonl"
    items.write_text(json.dumps({"item_id": "t1", "title": "green tea"}), "utf-8")

    assert ask("tenant", "create", "acme")["name"] == "acme"
    assert ask("--tenant", "acme", "items", "import", str(items))["accepted"] == 1
    ask("--tenant", "acme", "events", "add", "--user", "ann", "--type", "purchase", "--item", "t1")
    assert ask("--tenant", "", "items", "count") == {"count": 0}
    token = ask("token", "create", "--scope", "read", "--tenant", "acme")
    assert [tenant["name"] for tenant in ask("tenant", "list")["tenants"]] == ["acme"]
    assert [(row["id"], row["tenant"]) for row in ask("token", "list")["tokens"]] == [(token["id"], "acme")]
    exported = ask("tenant", "export", "acme", "-o", str(tmp_path / "acme.zip"))
    assert (exported["items"], exported["users"], exported["events"]) == (1, 1, 1)

    assert penchant("tenant", "create", "other").exit_code == 0
    assert penchant("tenant", "remove", "other", "--yes").output.splitlines()[-1] == "Residue: 0"
    assert penchant("tenant", "remove", "acme").exit_code == 2
    receipt = ask("tenant", "remove", "acme", "--yes")

    assert (receipt["residue"], receipt["removed"]["tokens"], receipt["removed"]["events"]) == (0, 1, 1)
    assert list((home / "tenants").iterdir()) == []
    assert ask("token", "list") == {"tokens": []}


def test_what_is_no_tenant_is_said(penchant: Callable[..., Result]) -> None:
    unknown = penchant("token", "create", "--scope", "read", "--tenant", "nobody")
    assert (unknown.exit_code, "`penchant tenant list` names them" in unknown.output) == (1, True)
    assert penchant("--tenant", "nobody", "items", "count").exit_code == 1
    assert penchant("tenant", "create", "../up").exit_code == 2
