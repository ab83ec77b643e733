"""`penchant recommend` and `penchant explain` in a terminal: of which moment a list is, and what the evidence was about."""

import json
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
LAST = datetime.now(UTC) - timedelta(days=30)


@pytest.fixture
def zed(home: Path) -> None:
    """Zed, who lives in Shanghai, has looked for green tea and written of it a month ago."""
    with rule_agent(home) as agent:
        teas = [Item(item_id=f"tea-{n}", title=f"Green tea {n}", categories=(("Kitchen", "Tea"),)) for n in range(9)]
        agent.add_items(teas)
        words = {
            "search": "green tea",
            "message": "Which green tea is best in the evening, and how long should it draw?",
        }
        agent.observe([Event(user_id="zed", type=kind, text=text, at=LAST) for kind, text in words.items()])
        agent.onboard("zed", attributes={"zone": "Asia/Shanghai"})
        agent.update("zed")


@pytest.mark.usefixtures("zed")
def test_the_heading_of_a_list_is_its_moment_in_the_zone_of_the_user(penchant: Run) -> None:
    now = penchant("recommend", "zed").output.splitlines()[0]
    assert now.startswith("Recommended for zed  ")
    assert f"{LAST:%Y-%m-%d}" not in now
    at = (LAST + timedelta(days=3)).replace(hour=16, minute=30)
    then = penchant("recommend", "zed", "--at", at.isoformat()).output.splitlines()[0]
    assert then == f"Recommended for zed  {at + timedelta(hours=8):%Y-%m-%d} 00:30"


@pytest.mark.usefixtures("zed")
def test_statements_are_listed_as_events_are(penchant: Run) -> None:
    assert penchant("profile", "edit", "zed", "state", "green tea").exit_code == 0
    short, long = penchant("statements", "zed"), penchant("statements", "list", "zed")
    assert "green tea" in long.output
    assert (long.exit_code, long.output) == (0, short.output)


@pytest.mark.usefixtures("zed")
def test_an_empty_list_says_whether_a_filter_or_the_end_of_the_pages_made_it_so(
    penchant: Run, ask: Callable[..., Any]
) -> None:
    for filters in (["--domain", "elsewhere"], ["--where", "category=Shoes"], ["--fresh-only", "1e-9"]):
        assert "no item passes the filters" in penchant("recommend", "zed", *filters).output
    page = ask("recommend", "zed", "-k", "50")
    last = penchant("recommend", "zed", "--after", page["recommendation_id"]).output
    assert "No more pages: the earlier pages listed everything." in last
    assert penchant("items", "popular", "--domain", "elsewhere").output.startswith("No item matches:")


def test_an_empty_domain_is_none_and_letters_of_a_domain_may_be_small_or_large(
    penchant: Run, ask: Callable[..., Any]
) -> None:
    row = {"item_id": "d1", "title": "Dune", "domain": "books"}
    assert penchant("items", "import", "-", stdin=json.dumps(row)).exit_code == 0
    for domain in ("", " ", "Books"):
        assert [item["item_id"] for item in ask("recommend", "zed", "--domain", domain)["items"]] == ["d1"]
        assert [item["item_id"] for item in ask("items", "latest", "--domain", domain)["items"]] == ["d1"]


@pytest.mark.usefixtures("zed")
def test_what_one_user_is_asked_for_is_no_option_of_everybody_and_the_other_way_round(penchant: Run) -> None:
    everybody = ("recommend", "--all", "-o", "lists.jsonl")
    for option, value in (("--query", "tea"), ("--at", "2026-01-01"), ("--after", "r-1"), ("--against", "0")):
        refused = penchant(*everybody, option, value)
        assert (refused.exit_code, f"{option} is for one user's list" in refused.output) == (2, True)
    refused = penchant("recommend", "zed", "-o", "list.jsonl")
    assert (refused.exit_code, "-o is for the lists of everybody: add --all" in refused.output) == (2, True)
    assert penchant(*everybody, "--fresh-only", "1e-9").exit_code == 0
    assert [json.loads(line)["items"] for line in Path("lists.jsonl").read_text("utf-8").splitlines()] == [[]]


@pytest.mark.usefixtures("zed")
def test_why_an_item_is_not_listed_is_said_once(penchant: Run) -> None:
    penchant("events", "add", "--user", "zed", "--type", "purchase", "--item", "tea-1")
    penchant("update", "zed")

    shown = penchant("explain", "zed", "tea-1").output

    assert shown.count("bought") == 1


@pytest.mark.usefixtures("zed")
def test_an_explanation_for_a_user_nobody_has_seen_says_so(penchant: Run, ask: Callable[..., Any]) -> None:
    assert "Nothing is known about ghost" in penchant("explain", "ghost", "tea-1").output
    assert [note["step"] for note in ask("explain", "ghost", "tea-1")["degraded"]] == ["recommend"]
    assert ask("explain", "zed", "tea-1")["degraded"] == []


@pytest.mark.usefixtures("zed")
def test_a_column_of_scores_is_shown_where_there_are_scores(penchant: Run) -> None:
    latest, similar = penchant("items", "latest").output, penchant("items", "similar", "tea-1").output

    assert ["score" in shown.splitlines()[0] for shown in (latest, similar)] == [False, True]
    assert "0.000" not in latest
