"""The measure of a tree against hand-filed items: weighted by evidence, beside the most frequent answer, by confidence."""

from pathlib import Path

import pytest

from penchant.errors import UsageError
from penchant.tools.evaluation.tree_gold import GoldItem, PlacedItem, read_gold, tree_scores

GOLD = {
    "mug": GoldItem("mug", "Mug", ("home", "gifts"), ("kitchen", "presents")),
    "lamp": GoldItem("lamp", "Lamp", ("home",), ("lighting",)),
    "chess": GoldItem("chess", "Chess", ("games",), ("board",)),
}


def test_evidence_weighs_and_any_accepted_place_is_right() -> None:
    placed = [
        PlacedItem("mug", "gifts", "presents", 0.95, weight=3),
        PlacedItem("lamp", "home", "kitchen", 0.45, weight=2),
        PlacedItem("chess", "home", "kitchen", 0.41, weight=1),
        PlacedItem("unknown", "home", "kitchen", 0.1, weight=99),
    ]
    assert tree_scores(placed, GOLD) == {
        "n_items": 3,
        "topic": 5 / 6,
        "subtopic": 3 / 6,
        "macro_topic": (1 + 0) / 2,
        "macro_subtopic": (3 / 5 + 0) / 2,
        "majority": {"topic": 5 / 6, "subtopic": 3 / 6, "macro_topic": 0.5, "macro_subtopic": 0.3},
        "by_confidence": [
            {"from": 0.4, "confidence": pytest.approx(1.31 / 3), "right": 0.0, "evidence": 3.0},
            {"from": 0.9, "confidence": pytest.approx(0.95), "right": 1.0, "evidence": 3.0},
        ],
    }


def test_without_gold_evidence_nothing_is_claimed() -> None:
    scores = tree_scores([PlacedItem("unknown", "home", "kitchen")], GOLD)
    assert (scores["n_items"], scores["topic"], scores["macro_subtopic"], scores["by_confidence"]) == (
        0,
        None,
        None,
        [],
    )


def test_a_gold_file_leaves_hard_items_out_and_names_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    easy = '{"item_id": "a", "title": "A", "topics": ["t"], "subtopics": ["s"], "hard": false}'
    path.write_text(easy + "\n" + easy.replace('"a"', '"b"').replace("false", "true") + "\n", encoding="utf-8")
    assert read_gold(path) == {"a": GoldItem("a", "A", ("t",), ("s",))}
    path.write_text(easy + '\n{"item_id": "c"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"gold\.jsonl:2"):
        read_gold(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")
