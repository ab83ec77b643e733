"""`penchant feedback` and `penchant stats`, and a list shared by two settings."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rule_agent import rule_agent
from typer.testing import Result

from penchant.store.event import Event
from penchant.store.item import Item

Run = Callable[..., Result]
Ask = Callable[..., Any]
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which Ada has bought two teas of nine: made once, copied for each test."""
    home = tmp_path_factory.mktemp("lived") / "home"
    agent = rule_agent(home)
    agent.add_items(
        [Item(item_id=f"tea-{n}", title=f"Green tea {n}", categories=(("Kitchen", "Tea"),)) for n in range(9)]
    )
    agent.observe(
        [Event(user_id="ada", type="purchase", item_id=f"tea-{n}", at=NOW - timedelta(days=n + 1)) for n in range(2)]
    )
    agent.update("ada")
    agent.recommend("ada", 1)
    agent.services.database.close()
    return home


@pytest.fixture
def ada(lived: Path, home: Path) -> None:
    """The home of this test is one in which Ada has a profile and has been given a list."""
    shutil.copytree(lived, home, dirs_exist_ok=True)


@pytest.mark.usefixtures("ada")
def test_feedback_is_told_back_and_shows_in_the_stats(penchant: Run, ask: Ask) -> None:
    listing = ask("recommend", "ada", "-k", "3")
    item, number = listing["items"][1]["item_id"], listing["recommendation_id"]
    clicked = penchant("feedback", "ada", item, "clicked", "--recommendation", number)
    assert (clicked.exit_code, clicked.stderr) == (0, f"Recorded: ada clicked {item}, of list {number}.\n")
    liked = ask("feedback", "ada", item, "rated:4")
    assert (liked["outcome"], liked["rating"], liked["recommendation_id"]) == ("rated", 4.0, number)
    assert liked["event_id"] in [event["event_id"] for event in ask("events", "list", "ada")["events"]]

    counts = ask("stats")["recommendations"]
    assert (counts["lists"], counts["lists_with_feedback"]) == (2, 1)
    assert counts["click_through"] == {"count": 1, "total": 2, "rate": 0.5, "low": 0.0945, "high": 0.9055}
    assert counts["satisfaction"]["count"] == 1
    assert counts["by_interest"][0]["label"].startswith("Kitchen › Tea")


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["2 lists, 1 of them with feedback", "50% (9% – 91%)", "0 / 0"]),
        ("zh", ["共 2 份推荐，其中 1 份有反馈", "点击率"]),
    ],
)
def test_people_read_rates_with_their_intervals(
    penchant: Run, ask: Ask, monkeypatch: pytest.MonkeyPatch, language: str, expected: list[str]
) -> None:
    monkeypatch.setenv("PENCHANT_LANG", language)
    listing = ask("recommend", "ada", "-k", "3", "--against", "0")
    assert listing["compared"] == {"a": 0, "b": 0}
    ask("feedback", "ada", listing["items"][1]["item_id"], "clicked")
    shown = penchant("stats").stdout
    assert [line for line in expected if line not in shown] == []


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (("ada", "tea-3", "adored"), 2, "use shown, clicked, liked, disliked or rated:N"),
        (("ada", "coffee", "liked"), 1, "no item 'coffee' in the catalogue"),
        (("ada", "tea-3", "clicked", "--recommendation", "r-0"), 1, "no recommendation 'r-0'"),
        (("ada", "tea-3", "rated:999"), 2, "give a number above 0, as in rated:4 (of 1, 5, 10 or 100)"),
        (("ada", "tea-3", "rated:much"), 2, "give a number above 0, as in rated:4"),
    ],
)
def test_what_cannot_be_meant_is_one_line_that_says_what_to_do(
    penchant: Run, arguments: tuple[str, ...], code: int, expected: str
) -> None:
    result = penchant("feedback", *arguments)
    assert (result.exit_code, expected in result.stderr, result.stderr.count("\n")) == (code, True, 1)


def test_an_installation_without_lists_has_nothing_to_tell(penchant: Run, ask: Ask) -> None:
    assert penchant("stats").stdout == "0 lists, 0 of them with feedback\n"
    assert ask("stats")["recommendations"]["click_through"]["rate"] is None
