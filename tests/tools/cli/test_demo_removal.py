"""`penchant demo --remove`: the demo shop goes, and what is of another shop stays."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from penchant.tools.sample import sample

ALONE, REGULAR = "17920", "17675"


@pytest.fixture
def shop(ask: Callable[..., Any], tmp_path: Path) -> None:
    """Purchases of two customers of the demo shop, one of whom has also bought elsewhere."""
    items, events = (
        [json.loads(line) for line in gzip.decompress(sample(f"{name}.jsonl.gz").read_bytes()).splitlines()]
        for name in ("items", "events")
    )
    bought = [
        event for user in (ALONE, REGULAR) for event in [event for event in events if event["user_id"] == user][:5]
    ]
    ids = {event["item_id"] for event in bought}
    of_another_shop = {"user_id": REGULAR, "type": "purchase", "item_id": "own-1", "at": "2026-01-01T00:00:00Z"}
    files = {
        "items": [
            *(item for item in items if item["item_id"] in ids),
            {"item_id": "own-1", "title": "Brass desk clock"},
        ],
        "events": [*bought, of_another_shop],
    }
    for name, rows in files.items():
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        ask(name, "import", str(path))


@pytest.mark.usefixtures("shop")
def test_the_receipt_counts_what_is_removed_and_names_the_customers_who_stay(
    ask: Callable[..., Any],
) -> None:
    items = ask("items", "count")["count"]

    receipt = ask("demo", "--remove")

    assert receipt == {"users_erased": 1, "users_remaining": [REGULAR], "items_deleted": items - 1}
    assert [(user["user_id"], user["events"]) for user in ask("profile", "list")["users"]] == [(REGULAR, 1)]
    assert ask("demo", "--remove") == {"users_erased": 0, "users_remaining": [], "items_deleted": 0}


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "The demo shop is removed: 1 customer erased,",
                f"These customers stay, because they have other behaviour than that of the demo shop: {REGULAR}",
                "Nothing of the demo shop is here.",
            ],
        ),
        (
            "zh",
            [
                "演示商店已移除：删除 1 位顾客、",
                f"以下顾客还有演示商店之外的行为，因此保留：{REGULAR}",
                "这里没有演示商店的数据。",
            ],
        ),
    ],
)
def test_the_removal_is_reported_in_either_language(
    penchant: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, language: str, lines: list[str]
) -> None:
    monkeypatch.setenv("PENCHANT_LANG", language)

    results = [penchant("demo", "--remove") for _ in range(2)]

    assert [result.exit_code for result in results] == [0, 0]
    assert [line for line in lines if line not in "".join(result.stdout for result in results)] == []
