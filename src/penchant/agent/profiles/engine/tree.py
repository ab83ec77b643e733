"""The tree as people and programs read it. The level model: a branch is the weighted sum of what is under it,

    I_p = Σ_c w_pc I_c,     w_pc = p_c / p_p,

so strengths add up on every level, exactly, because they are whole millionths.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from penchant.agent.profiles.engine.dynamics import Floats, effective_half_life
from penchant.agent.profiles.engine.keywords import keywords
from penchant.agent.profiles.engine.rounding import WHOLE, millionths
from penchant.agent.profiles.engine.rows import Path, Row
from penchant.agent.profiles.engine.state import Evidence, Leaf
from penchant.agent.profiles.engine.user_edits import node_id
from penchant.agent.profiles.engine.weights import CERTAINTY_EVENTS, Weights, half_lives, trend
from penchant.store.profile import MAX_EVIDENCE_SHOWN, Interest, Keyword, made

SHOWN_TERMS = 6
_MOMENT = attrgetter("at", "event_id")


@dataclass
class Branch:
    """A node while the tree is put together: rows below it, and the branches by label."""

    path: Path
    members: list[int] = field(default_factory=list)
    below: dict[str, "Branch"] = field(default_factory=dict)

    def forks(self) -> Iterator["Branch"]:
        """Every branch with something below it, this one's own descendants first."""
        for child in self.below.values():
            if child.below:
                yield from child.forks()
                yield child


def spread_paths(rows: Sequence[Row]) -> None:
    """No interest may be a branch of another: where one's path is the beginning of another's, its own last label is repeated below."""
    changed = True
    while changed:
        stems = {_folded(row.path[:level]) for row in rows for level in range(1, len(row.path))}
        changed = False
        for row in rows:
            if _folded(row.path) in stems:
                row.renamed |= {len(row.path) + 1} if len(row.path) in row.renamed else set()
                row.path, row.places = (*row.path, row.path[-1]), (*row.places, row.id)[: len(row.path)]
                changed = True


def interests(rows: Sequence[Row], weights: Weights) -> tuple[Interest, ...]:
    """The tree, strongest first on every level."""
    root = Branch(())
    for index, row in enumerate(rows):
        node = root
        for level, label in enumerate(row.path, 1):
            node.members.append(index)
            key = row.places[level - 1] if level < len(row.path) else row.id
            below = node.below.get(key)
            if below is None:
                below = node.below[key] = Branch((*node.path, label))
            node = below
        node.members.append(index)
    facts = _Facts(rows, weights, millionths(weights.p))
    facts.sum(list(root.forks()))
    return facts.children(root, WHOLE, 1)


class _Facts:
    """What the nodes are made from: all rows and their numbers, ready to be summed."""

    def __init__(self, rows: Sequence[Row], weights: Weights, parts: list[int]) -> None:
        self.rows, self.weights, self.parts = rows, weights, parts
        self.half_lives = half_lives(rows, weights)
        self.short, self.long = weights.short.round(6).tolist(), weights.long.round(6).tolist()
        self.disliked, self.certainty = (weights.liking < 0.5).tolist(), weights.certainty.tolist()
        self.terms = keywords([_terms(row) for row in rows])
        self.newest = [_newest(row) for row in rows]
        self.sums: dict[int, _Sums] = {}

    def sum(self, branches: Sequence[Branch]) -> None:
        """The numbers of all branches at once; children come before their parents."""
        if not branches:
            return
        weights, members = self.weights, np.array([i for branch in branches for i in branch.members])
        starts = np.cumsum([0, *(len(branch.members) for branch in branches[:-1])])
        read = (weights.short, weights.long, weights.certainty, weights.parts)
        short, long, certainty, parts = (np.add.reduceat(column[members], starts, axis=0) for column in read)
        days = effective_half_life(parts).tolist()
        columns = (short.tolist(), long.tolist(), certainty.tolist(), days)
        for branch, *told in zip(branches, *columns, strict=True):
            newest = _latest(chain.from_iterable([self.newest_of(child) for child in branch.below.values()]))
            self.sums[id(branch)] = _Sums(told[0], told[1], told[2], told[3], newest)

    def newest_of(self, branch: Branch) -> list[Evidence]:
        """What is shown of a node: of a branch the newest of what is shown below it."""
        return self.sums[id(branch)].newest if branch.below else self.newest[branch.members[0]]

    def children(self, branch: Branch, whole: int, level: int) -> tuple[Interest, ...]:
        found = list(branch.below.values())
        sums = [sum(self.parts[i] for i in child.members) for child in found]
        shares = millionths(np.array(sums, dtype=np.float64)) if whole else millionths(np.ones(len(found)))
        ranked = sorted(zip(found, sums, shares, strict=True), key=lambda entry: (-entry[1], entry[0].path))
        return tuple(self.node(child, part, share, level) for child, part, share in ranked)

    def node(self, branch: Branch, part: int, share: int, level: int) -> Interest:
        place = {
            "label": branch.path[-1],
            "path": branch.path,
            "level": level,
            "strength": part / WHOLE,
            "share": share / WHOLE,
        }
        if not branch.below:
            return made(Interest, self._leaf(branch.members[0], place))
        children = self.children(branch, part, level + 1)
        place["id"], place["children"] = node_id(self.rows[branch.members[0]], level), children
        place["keywords"] = _best(children)
        return made(Interest, self._summed(branch, place))

    def _leaf(self, index: int, place: dict[str, Any]) -> dict[str, Any]:
        row, short, long = self.rows[index], self.short[index], self.long[index]
        return {
            **place,
            **_seen(row.leaves, self.newest[index]),
            "id": row.id,
            "confidence": _confidence(row, self.certainty[index]),
            "polarity": "dislike" if self.disliked[index] else "like",
            "short_term": short,
            "long_term": long,
            "trend": trend(short, long),
            "half_life_days": self.half_lives[index],
            "status": "muted" if row.muted else "pinned" if row.pinned else "active",
            "source": "stated" if row.stated or row.onboard else "inferred",
            "lent": row.borrowed > 0.0,
            "label_source": row.labelled_by(place["level"]),
            "keywords": self.terms[index],
            "children": (),
        }

    def _summed(self, branch: Branch, place: dict[str, Any]) -> dict[str, Any]:
        members = branch.members
        rows = [self.rows[i] for i in members]
        short, long, certainty, days, newest = self.sums[id(branch)]
        pinned = all(row.pinned for row in rows)
        return {
            **place,
            **_seen([leaf for row in rows for leaf in row.leaves], newest),
            "confidence": max([_confidence(row, certainty) for row in rows]),
            "polarity": "dislike" if all(self.disliked[i] for i in members) else "like",
            "short_term": round(short, 6),
            "long_term": round(long, 6),
            "trend": trend(short, long),
            "half_life_days": None if pinned or math.isinf(days) else round(days, 2),
            "status": "muted" if all(row.muted for row in rows) else "pinned" if pinned else "active",
            "source": "stated" if all(row.stated or row.onboard for row in rows) else "inferred",
            "lent": all(row.borrowed > 0.0 for row in rows),
            "label_source": _label_source(rows, place["level"]),
        }


class _Sums(NamedTuple):
    """The numbers of a branch, and what is shown of it."""

    short: float
    long: float
    certainty: float
    days: float
    newest: list[Evidence]


def _seen(leaves: Sequence[Leaf], newest: Sequence[Evidence]) -> dict[str, Any]:
    """When, how often and by which events."""
    return {
        "evidence": tuple([e.event_id for e in newest]),
        "evidence_count": sum([leaf.count for leaf in leaves]),
        "first_seen": moment(min([leaf.first_seen for leaf in leaves])) if leaves else None,
        "last_seen": moment(max([leaf.last_seen for leaf in leaves])) if leaves else None,
    }


def _newest(row: Row) -> list[Evidence]:
    """What is shown, newest first, each event once."""
    return row.evidence[: -MAX_EVIDENCE_SHOWN - 1 : -1] if len(row.leaves) == 1 else _latest(row.evidence)


def _latest(seen: Iterable[Evidence]) -> list[Evidence]:
    ordered = sorted(seen, key=_MOMENT, reverse=True)
    return list({e.event_id: e for e in ordered}.values())[:MAX_EVIDENCE_SHOWN]


def moment(seconds: float) -> datetime:
    """Unix seconds as an aware datetime."""
    return datetime.fromtimestamp(seconds, UTC)


def confidence(certainty: Floats) -> Floats:
    """How much is known, 0 … 1: half at four events' worth of evidence."""
    return certainty / (certainty + CERTAINTY_EVENTS)


def _confidence(row: Row, certainty: float) -> float:
    return 1.0 if row.stated else round(certainty / (certainty + CERTAINTY_EVENTS), 6)


def _label_source(rows: Sequence[Row], level: int) -> str:
    sources = {row.labelled_by(level) for row in rows}
    return next(source for source in ("llm", "rule", "user") if source in sources)


def _terms(row: Row) -> dict[str, float]:
    if len(row.leaves) == 1:
        return row.leaves[0].terms
    merged: dict[str, float] = {}
    for leaf in row.leaves:
        for term, count in leaf.terms.items():
            merged[term] = merged.get(term, 0.0) + count
    return merged


def _best(children: Sequence[Interest]) -> tuple[Keyword, ...]:
    """A branch shows its strongest children's words."""
    words = {word.term: word for child in reversed(children) for word in reversed(child.keywords[:3])}
    return tuple(list(words.values())[::-1][:SHOWN_TERMS])


@lru_cache(maxsize=65_536)
def _folded(path: Path) -> Path:
    return tuple(label.casefold() for label in path)
