"""`penchant report`: the same numbers as the other commands, in every form, and a clear word where something is missing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Penchant = Callable[..., Result]
Ask = Callable[..., Any]
AT = ("--at", "2026-02-01")


@pytest.fixture
def ada(penchant: Penchant, tmp_path: Path) -> None:
    """A user with a little behaviour in a catalogue of ten."""
    titles = [
        "Green tea",
        "Black tea",
        "Herbal tea",
        "Tea pot",
        "Tea cosy",
        "Desk lamp",
        "Floor lamp",
        "Oak shelf",
        "Fern",
        "Ivy",
    ]
    items = [{"item_id": str(number), "title": title} for number, title in enumerate(titles)]
    events = [
        {"user_id": "ada", "type": "purchase", "item_id": str(number), "at": f"2026-01-{10 + number}T09:00:00Z"}
        for number in range(3)
    ]
    for name, rows in (("items", items), ("events", events)):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        assert penchant(name, "import", str(path)).exit_code == 0
    assert penchant("update", "ada", *AT).exit_code == 0


@pytest.mark.usefixtures("ada")
def test_a_report_holds_what_profile_show_and_recommend_print(penchant: Penchant, ask: Ask, tmp_path: Path) -> None:
    answer = json.loads(penchant("report", "ada", "--format", "json", *AT).stdout)

    assert answer["profile"] == ask("profile", "show", "ada", *AT)
    assert answer["recommendation"] == ask("recommend", "ada", *AT)

    page = tmp_path / "new" / "ada.html"
    assert ask("report", "ada", "-o", str(page), "--slim", *AT) == {
        "user_id": "ada",
        "file": str(page),
        "bytes": page.stat().st_size,
    }
    assert "<h1><bdi>ada</bdi></h1>" in page.read_text("utf-8")
    assert penchant("report", "ada", "--format", "md", "--lang", "zh", *AT).stdout.startswith("# ada 的兴趣画像\n")

    written = ask("report", "ada", "--format", "md", *AT)
    assert (written["user_id"], written["format"]) == ("ada", "md")
    assert written["content"] == penchant("report", "ada", "--format", "md", *AT).stdout

    index = Path(ask("report", "--all", str(tmp_path / "all"), *AT)["index"])
    assert sorted(path.name for path in index.parent.iterdir()) == ["ada.html", "index.html"]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "says"),
    [
        (["ada"], 2, "penchant report ada -o page.html"),
        ([], 2, "name a USER"),
        (["ada", "--all", "pages"], 2, "give no USER"),
        (["ada", "-o", "ada.html"], 1, "user 'ada' is unknown"),
        (["ada", "-o", "ada.html", "--lang", "fr"], 2, "--lang"),
        (["ada", "-o", "ada.html", "-k", "0"], 2, "-k"),
        (["ada", "-o", "ada.html", "--compare", "soon"], 2, "is not a time"),
    ],
)
def test_what_is_missing_is_said_in_one_line(
    penchant: Penchant, arguments: list[str], exit_code: int, says: str
) -> None:
    ended = penchant("report", *arguments)

    assert (ended.exit_code, says in ended.stderr, "Traceback" in ended.stderr) == (exit_code, True, False)
