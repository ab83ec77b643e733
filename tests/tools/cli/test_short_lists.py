"""A list with fewer items than were asked for says why."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from penchant.agent.recommend import candidates

Run = Callable[..., Result]
Ask = Callable[..., Any]


@pytest.fixture
def shop(ask: Ask, tmp_path: Path) -> None:
    """Eight items of two kinds, one of them sold out; ada has bought a cup and hidden another, and is allergic to nuts."""
    kinds = {"cup": "Kitchen", "lamp": "Light"}
    rows: list[dict[str, Any]] = [
        {"item_id": f"{kind}-{n}", "title": f"{kind} {n}", "categories": [["Shop", name]], "attributes": {"price": n}}
        for kind, name in kinds.items()
        for n in range(1, 5)
    ]
    rows[7]["available"] = False
    (tmp_path / "shop.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    ask("items", "import", "shop.jsonl")
    for kind, item in (("purchase", "cup-1"), ("hide", "cup-2")):
        ask("events", "add", "--user", "ada", "--type", kind, "--item", item)
    ask("update", "ada")


@pytest.mark.usefixtures("shop")
def test_a_short_list_says_how_many_qualified_and_what_left_out_the_others(ask: Ask, penchant: Run) -> None:
    whole, filtered = (
        ask("recommend", "ada"),
        ask("recommend", "ada", "--where", "attributes.price<3", "--exclude", "lamp-1"),
    )
    page = ask("recommend", "ada", "--after", ask("recommend", "ada", "-k", "3")["recommendation_id"], "-k", "3")
    limited = ask("recommend", "ada", "--cap", "category=1", "-k", "5")
    fields = ("qualified", "available", "left_out", "fewer")

    assert [[listed[name] for name in fields] for listed in (whole, filtered, page, limited)] == [
        [
            5,
            7,
            {"had": 2},
            "5 items instead of 10; 7 are available in the catalogue: 2 that the user has had or refused",
        ],
        [
            1,
            7,
            {"filtered": 4, "had": 2},
            "1 item instead of 10; 7 are available in the catalogue: 4 that the request leaves out, 2 that the user has had or "
            "refused",
        ],
        [
            2,
            7,
            {"before": 3, "had": 2},
            "2 items instead of 3; 7 are available in the catalogue: 3 on earlier pages, 2 that the user has had or refused",
        ],
        [
            5,
            7,
            {"had": 2},
            f"{len(limited['items'])} items instead of 5; 7 are available in the catalogue: 2 that the user has had or "
            f"refused, {5 - len(limited['items'])} beyond the limits of the list",
        ],
    ]
    assert whole["fewer"] in " ".join(penchant("recommend", "ada").stdout.split())
    assert ask("recommend", "ada", "-k", "5")["fewer"] is None


@pytest.mark.usefixtures("shop")
def test_a_next_page_counts_as_earlier_ones_only_what_is_still_available(ask: Ask) -> None:
    page = ask("recommend", "ada", "-k", "3", "--exclude", "lamp-1")
    ask("items", "hide", *(row["item_id"] for row in page["items"][:2]))
    rest = ask("recommend", "ada", "--after", page["recommendation_id"])

    assert [len(rest["items"]), rest["available"], rest["left_out"]] == [1, 5, {"before": 1, "filtered": 1, "had": 2}]


@pytest.mark.usefixtures("shop")
def test_lists_for_everybody_say_so_too(ask: Ask, penchant: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = ("--where", "attributes.price<3")
    fewer = [ask("items", *list_, *cheap)["fewer"] for list_ in (("latest",), ("popular",), ("similar", "cup-1"))]

    assert fewer == [
        "4 items instead of 10; 7 are available in the catalogue: 3 that the request leaves out",
        "1 item instead of 10; 7 are available in the catalogue: 3 that the request leaves out, 3 that nobody has chosen",
        "3 items instead of 10; 6 are available in the catalogue: 3 that the request leaves out",
    ]
    assert ask("items", "latest", "-k", "7")["fewer"] is None
    similar = ask("items", "similar", "cup-1", *cheap)
    assert [similar[name] for name in ("qualified", "available", "left_out")] == [3, 6, {"filtered": 3}]
    assert ask("items", "latest", "-k", "7")["left_out"] == {}
    monkeypatch.setenv("PENCHANT_LANG", "zh")
    assert "4 件，少于所要的 10 件；目录中现有 7 件可用：3 件按请求排除" in penchant("items", "latest", *cheap).stdout


@pytest.mark.usefixtures("shop")
def test_what_was_chosen_before_the_days_asked_for_is_not_said_to_be_chosen_by_nobody(
    ask: Ask, penchant: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("events", "add", "--user", "bob", "--type", "purchase", "--item", "lamp-1", "--at", "2020-05-01")
    lately = ask("items", "popular", "--days", "7")

    assert [lately["qualified"], lately["available"], lately["left_out"]] == [
        1,
        7,
        {"unchosen": 5, "unchosen_lately": 1},
    ]
    assert lately["fewer"].endswith(": 5 that nobody has chosen, 1 that nobody has chosen in this time")
    monkeypatch.setenv("PENCHANT_LANG", "zh")
    assert "5 件无人选过，1 件在此期间无人选过" in penchant("items", "popular", "--days", "7").stdout


@pytest.mark.usefixtures("shop")
def test_what_was_no_candidate_in_a_large_catalogue_is_not_said_to_be_beyond_limits(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = {"SCORE_ALL_UP_TO": 1, "MAX_INTERESTS": 1, "BY_INTERESTS": 1, "LEAST_PER_INTEREST": 1}
    for name, value in (limits | {"PER_EVENT": 1, "PER_TREND": 1, "EXPLORED": 1}).items():
        monkeypatch.setattr(candidates, name, value)
    listed = ask("recommend", "ada")
    beyond = listed["left_out"]["no_candidate"]

    assert beyond + len(listed["items"]) == 5
    assert listed["fewer"].endswith(f"had or refused, {beyond} that nothing about the user points to")
