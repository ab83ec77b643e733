"""`penchant taxonomy`: built, shown and compared."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Run = Callable[..., Result]
Ask = Callable[..., Any]
COLOURS = ("Red", "Blue", "Green", "White", "Pink", "Grey")


def catalogue(path: Path, *kinds: str) -> None:
    """Six items of each kind."""
    rows = [
        {"item_id": f"{kind.split()[-1]}-{number}", "title": f"{colour} {kind}"}
        for kind in kinds
        for number, colour in enumerate(COLOURS)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def shop(ask: Ask, tmp_path: Path) -> None:
    catalogue(tmp_path / "items.jsonl", "ceramic mug", "silk scarf")
    ask("items", "import", "items.jsonl")


def test_a_taxonomy_is_built_once_and_shown(shop: None, ask: Ask, penchant: Run) -> None:
    built = ask("taxonomy", "build")
    assert (built["version"], built["built"], built["items"], built["status"]) == (1, True, 12, "ok")
    assert built["themes"] == built["named_by_rule"] > 0
    again = ask("taxonomy", "build")
    assert again == built | {"built": False, "named_by_rule": 0}
    assert penchant("taxonomy", "build").output == f"Version 1: {built['themes']} themes.\n"

    shown = ask("taxonomy", "show")
    assert (shown["version"], shown["items"]) == (1, 12)
    found = {
        (topic["label"], sub["label"], theme["label"]): theme
        for topic in shown["topics"]
        for sub in topic["subtopics"]
        for theme in sub["themes"]
    }
    assert sum(theme["items"] for theme in found.values()) == 12
    assert {path[1] for path in found} == {"Kitchen & Dining", "Scarves, Hats & Belts"}
    theme = next(iter(found.values()))
    assert theme.keys() == {"id", "label", "items", "label_source", "confidence", "titles"}
    assert (theme["label_source"], len(theme["titles"])) == ("rule", 5)
    assert all(node["users"] is None for node in ask("taxonomy", "show", "--users")["topics"])
    assert "Kitchen & Dining" in penchant("taxonomy", "show").stdout


def test_what_changed_is_told(shop: None, ask: Ask, penchant: Run, tmp_path: Path) -> None:
    assert "no taxonomy has been built yet" in penchant("taxonomy", "diff").stderr
    ask("taxonomy", "build")
    catalogue(tmp_path / "more.jsonl", "acoustic guitar")
    ask("items", "import", "more.jsonl")
    ask("taxonomy", "build")
    changed = ask("taxonomy", "diff")
    assert (changed["before"], changed["after"], changed["items_added"]) == (1, 2, 6)
    assert {tuple(theme["after"][:2]) for theme in changed["added"]} == {("Music & Audio", "Instruments & Lessons")}
    assert penchant("taxonomy", "diff", "--from", "9").exit_code == 1


def test_before_anything_is_imported_the_taxonomy_is_the_vocabulary(ask: Ask, penchant: Run) -> None:
    shown = ask("taxonomy", "show")
    assert (shown["version"], shown["made_at"], len(shown["topics"])) == (0, None, 28)
    assert "Kitchen & Dining" in penchant("taxonomy", "show").stdout
