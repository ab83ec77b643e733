"""Measures how many items a tree places correctly, against items that a careful person has classified."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from penchant.errors import UsageError

MACRO_ITEMS = 5
"""Topics with fewer gold items are left out of the macro averages."""
TENTHS = 10


@dataclass(frozen=True)
class GoldItem:
    """An item with its accepted topics and subtopics, best first. `hard`: left out of every measure."""

    item_id: str
    title: str
    topics: tuple[str, ...]
    subtopics: tuple[str, ...]
    hard: bool = False


class PlacedItem(NamedTuple):
    """One piece of evidence: an item, its topic and subtopic in the tree, the tree's confidence in the subtopic, and the
    weight of the evidence.
    """

    item_id: str
    topic: str
    subtopic: str
    confidence: float = 1.0
    weight: float = 1.0


def read_gold(path: Path) -> dict[str, GoldItem]:
    """Return the items of a gold file by id, hard ones left out. Raises `UsageError` naming the line that cannot be
    read.
    """
    gold: dict[str, GoldItem] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(
            f"the gold file {path} cannot be read ({why}): give a file with a line of JSON for each item"
        ) from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = _gold_item(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{path}:{number} is not an item with a place ({error!r}): give item_id, topics and subtopics"
            ) from None
        if not item.hard:
            gold[item.item_id] = item
    return gold


def _gold_item(row: Mapping[str, Any]) -> GoldItem:
    topics, subtopics = row["topics"], row["subtopics"]
    if not (isinstance(topics, list) and isinstance(subtopics, list) and topics and subtopics):
        raise ValueError("topics and subtopics are lists of at least one id")
    item_id, title = str(row["item_id"]), str(row.get("title", ""))
    return GoldItem(item_id, title, tuple(map(str, topics)), tuple(map(str, subtopics)), bool(row.get("hard", False)))


def tree_scores(placed: Iterable[PlacedItem], gold: Mapping[str, GoldItem]) -> dict[str, Any]:
    """Return `topic`, `subtopic`, `macro_topic`, `macro_subtopic` (0–1, weighted by evidence), `majority` (the same for
    always answering the most frequent first topic and subtopic) and `by_confidence`: for each tenth of stated
    confidence its mean, the share that is right, and the evidence.

    Evidence about items without gold is left out; a place is right where it is among the accepted ones.
    """
    known = [evidence for evidence in placed if evidence.item_id in gold]
    rights = _rights(known, gold)
    best_topic = _most_frequent(known, gold, "topics")
    best_subtopic = _most_frequent(known, gold, "subtopics")
    constant = [evidence._replace(topic=best_topic, subtopic=best_subtopic) for evidence in known]
    return {
        "n_items": len({evidence.item_id for evidence in known}),
        **_averages(known, rights, gold),
        "majority": _averages(known, _rights(constant, gold), gold),
        "by_confidence": _by_confidence(known, rights),
    }


def _rights(placed: Sequence[PlacedItem], gold: Mapping[str, GoldItem]) -> np.ndarray:
    """Return whether topic and subtopic are accepted, shape (n, 2)."""
    pairs = [
        (evidence.topic in gold[evidence.item_id].topics, evidence.subtopic in gold[evidence.item_id].subtopics)
        for evidence in placed
    ]
    return np.array(pairs, float).reshape(-1, 2)


def _averages(
    placed: Sequence[PlacedItem], rights: np.ndarray, gold: Mapping[str, GoldItem]
) -> dict[str, float | None]:
    weights = np.array([evidence.weight for evidence in placed])
    names = ("topic", "subtopic")
    if not weights.sum() > 0:
        return dict.fromkeys([*names, *(f"macro_{name}" for name in names)])
    averages: dict[str, float | None] = {
        name: float(np.average(rights[:, at], weights=weights)) for at, name in enumerate(names)
    }
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, evidence in enumerate(placed):
        rows[gold[evidence.item_id].topics[0]].append(row)
    counts = Counter(gold[item_id].topics[0] for item_id in {evidence.item_id for evidence in placed})
    rows_counted = [own for topic, own in rows.items() if counts[topic] >= MACRO_ITEMS] or list(rows.values())
    for at, name in enumerate(names):
        parts = [float(np.average(rights[own, at], weights=weights[own])) for own in rows_counted]
        averages[f"macro_{name}"] = float(np.mean(parts))
    return averages


def _most_frequent(placed: Sequence[PlacedItem], gold: Mapping[str, GoldItem], level: str) -> str:
    counts: Counter[str] = Counter()
    for evidence in placed:
        accepted = getattr(gold[evidence.item_id], level)
        if accepted:
            counts[accepted[0]] += evidence.weight  # type: ignore[assignment]
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _by_confidence(placed: Sequence[PlacedItem], rights: np.ndarray) -> list[dict[str, float]]:
    tenth = np.array([min(int(evidence.confidence * TENTHS), TENTHS - 1) for evidence in placed], int)
    rows = []
    for number in range(TENTHS):
        own = np.flatnonzero(tenth == number).tolist()
        weights = np.array([placed[at].weight for at in own])
        if not weights.sum() > 0:
            continue
        stated = float(np.average([placed[at].confidence for at in own], weights=weights))
        right = float(np.average(rights[own, 1], weights=weights))
        rows.append({"from": number / TENTHS, "confidence": stated, "right": right, "evidence": float(weights.sum())})
    return rows
