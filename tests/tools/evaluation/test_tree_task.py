"""How right the trees are, where it is known what is right."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from small_world import WordEmbedder

from penchant.errors import UsageError
from penchant.store.event import DEFAULT_WEIGHTS
from penchant.tools.evaluation.tree_gold import read_gold
from penchant.tools.evaluation.tree_task import evaluate_tree

START = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = {"jazz": ("Music & Audio", "Classical & Jazz"), "tent": ("Outdoors & Nature", "Camping")}
IDS = {"jazz": ("music-audio", "classical-jazz"), "tent": ("outdoors-nature", "camping")}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Items under the vocabulary's own places, three in four purchases of tents."""
    items = [
        {"item_id": f"{word}-{n}", "title": f"{word} {word} {n}", "categories": [list(place)]}
        for word, place in PLACES.items()
        for n in range(6)
    ]
    events = [
        {
            "user_id": f"u{user}",
            "type": "purchase",
            "item_id": f"{'jazz' if n % 4 == 0 else 'tent'}-{n % 6}",
            "at": (START + timedelta(days=n)).isoformat(),
        }
        for user in range(4)
        for n in range(8)
    ]
    for name, rows in (("items", items), ("events", events)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return tmp_path


def gold(folder: Path, topics: dict[str, str], **more: object) -> Path:
    rows = [
        {"item_id": f"{word}-{n}", "topics": [topics[word]], "subtopics": [IDS[word][1]], **more}
        for word in IDS
        for n in range(6)
    ]
    path = folder / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def test_a_tree_by_the_catalogues_own_categories_is_right_and_a_constant_is_not(shop: Path) -> None:
    filed = gold(shop, {word: ids[0] for word, ids in IDS.items()})
    report = evaluate_tree(shop, filed, WordEmbedder(), DEFAULT_WEIGHTS)
    assert (report.n_users, report.n_events, report.topic, report.macro_topic) == (4, 32, 1.0, 1.0)
    assert (report.majority.topic, report.majority.macro_topic) == (0.75, 0.5)
    assert [(row.level, row.stated, row.right) for row in report.by_confidence if row.level == "topic"] == [
        ("topic", 1.0, 1.0)
    ]


def test_what_is_filed_elsewhere_counts_as_wrong(shop: Path) -> None:
    filed = gold(shop, {"jazz": "travel", "tent": "outdoors-nature"})
    report = evaluate_tree(shop, filed, WordEmbedder(), DEFAULT_WEIGHTS)
    assert (report.topic, report.macro_topic) == (0.75, 0.5)


def test_hard_items_are_left_out_and_a_bad_line_is_named(shop: Path) -> None:
    filed = gold(shop, {word: ids[0] for word, ids in IDS.items()}, hard=True)
    assert read_gold(filed) == {}
    with pytest.raises(UsageError, match="nobody"):
        evaluate_tree(shop, filed, WordEmbedder(), DEFAULT_WEIGHTS)
    filed.write_text('{"item_id": "x"}\n')
    with pytest.raises(UsageError, match=r"gold\.jsonl:1"):
        read_gold(filed)
