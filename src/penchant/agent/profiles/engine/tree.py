"""The tree as people and programs read it. The level model: a branch is the weighted sum of what is under it,

    I_p = Σ_c w_pc I_c,     w_pc = p_c / p_p,

so strengths add up on every level, exactly, because they are whole millionths. What the user's words say of a topic or subtopic as a whole
is shared among what stands below it, in proportion.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np

from penchant.agent.profiles.engine.codec import WHOLE, millionths
from penchant.agent.profiles.engine.dynamics import effective_half_life
from penchant.agent.profiles.engine.keywords import keywords
from penchant.agent.profiles.engine.personal import Path
from penchant.agent.profiles.engine.rows import Row
from penchant.agent.profiles.engine.state import Evidence
from penchant.agent.profiles.engine.weights import CERTAINTY_EVENTS, Weights, half_lives, trend
from penchant.arrays import Floats
from penchant.store.profile import MAX_EVIDENCE_SHOWN, Interest, Keyword, NodeKind, made

SHOWN_TERMS = 6
_KINDS: tuple[NodeKind, ...] = ("topic", "subtopic", "theme")


@dataclass
class Branch:
    """A node while the tree is put together: `own`, the row that stands here itself (-1: none); all rows here and
    below; what is below by id."""

    id: str
    path: Path
    own: int = -1
    members: list[int] = field(default_factory=list)
    below: dict[str, "Branch"] = field(default_factory=dict)

    def forks(self) -> Iterator["Branch"]:
        """Every branch with something below it, this one's own descendants first."""
        for child in self.below.values():
            if child.below:
                yield from child.forks()
                yield child

    def leaves(self) -> Iterator["Branch"]:
        """The leaves below."""
        for child in self.below.values():
            yield from child.leaves() if child.below else (child,)


def interests(rows: Sequence[Row], weights: Weights, evidence: Evidence) -> tuple[Interest, ...]:
    """The tree, strongest first on every level. `evidence`: the state's."""
    root = Branch("", ())
    for index, row in enumerate(rows):
        branch = root
        for level, name in enumerate(row.ids, 1):
            branch.members.append(index)
            below = branch.below.get(name)
            if below is None:
                below = branch.below[name] = Branch(name, row.path[:level])
            branch = below
        branch.members.append(index)
        branch.own = index
    facts = _Facts(rows, weights, evidence)
    facts.sum(list(root.forks()))
    return facts.children(root, WHOLE, 1)


class _Facts:
    """What the nodes are made from: all rows and their numbers, ready to be summed."""

    def __init__(self, rows: Sequence[Row], weights: Weights, evidence: Evidence) -> None:
        self.rows, self.weights, self.parts = rows, weights, millionths(weights.p)
        self.ids = evidence.ids
        by_time = np.argsort(-evidence.at, kind="stable")
        self.by_time = by_time.tolist()
        self.rank = np.argsort(by_time, kind="stable").tolist()
        self.half_lives = half_lives(rows, weights)
        self.short, self.long = weights.short.round(6).tolist(), weights.long.round(6).tolist()
        self.disliked, self.certainty = (weights.liking < 0.5).tolist(), weights.certainty.tolist()
        self.terms = keywords([row.terms for row in rows])
        self.newest = [_newest(row) for row in rows]
        self.sums: dict[int, _Sums] = {}

    def sum(self, branches: Sequence[Branch]) -> None:
        """The numbers of all branches at once; children come before their parents."""
        if not branches:
            return
        for branch in reversed(branches):
            self._share_out(branch)
        weights, members = self.weights, np.array([i for branch in branches for i in branch.members])
        starts = np.cumsum([0, *(len(branch.members) for branch in branches[:-1])])
        read = (weights.short, weights.long, weights.certainty, weights.parts)
        short, long, certainty, parts = (np.add.reduceat(column[members], starts, axis=0) for column in read)
        days = effective_half_life(parts).tolist()
        columns = (short.tolist(), long.tolist(), certainty.tolist(), days)
        for branch, brief, lasting, known, half in zip(branches, *columns, strict=True):
            shown = [self.newest_of(child) for child in branch.below.values()]
            shown += [self.newest[branch.own]] if branch.own >= 0 else []
            self.sums[id(branch)] = _Sums(brief, lasting, known, half, self._latest(shown))

    def _share_out(self, branch: Branch) -> None:
        """Give what stands at a branch itself to the leaves below it, in proportion; evenly where they have nothing."""
        if branch.own < 0 or not self.parts[branch.own]:
            return
        leaves = [leaf.own for leaf in branch.leaves()]
        masses = np.array([self.parts[leaf] for leaf in leaves], dtype=np.float64)
        for leaf, part in zip(leaves, millionths(masses, self.parts[branch.own]), strict=True):
            self.parts[leaf] += part
        self.parts[branch.own] = 0

    def _latest(self, shown: Sequence[Sequence[int]]) -> list[int]:
        """The newest of all, each event once."""
        if len(shown) == 1:
            return list(shown[0])
        newest: dict[str, int] = {}
        for place in sorted([self.rank[e] for some in shown for e in some]):
            newest.setdefault(self.ids[self.by_time[place]], self.by_time[place])
            if len(newest) == MAX_EVIDENCE_SHOWN:
                break
        return list(newest.values())

    def newest_of(self, branch: Branch) -> Sequence[int]:
        """What is shown of a node: of a branch the newest of what is shown below it."""
        return self.sums[id(branch)].newest if branch.below else self.newest[branch.own]

    def children(self, branch: Branch, whole: int, level: int) -> tuple[Interest, ...]:
        """The nodes below `branch`, which together have `whole` millionths."""
        found = list(branch.below.values())
        sums = [sum([self.parts[i] for i in child.members]) for child in found]
        shares = millionths(np.array(sums, dtype=np.float64)) if whole else millionths(np.ones(len(found)))
        ranked = sorted(
            zip(found, sums, shares, strict=True), key=lambda entry: (-entry[1], entry[0].path, entry[0].id)
        )
        return tuple(self.node(child, part, share, level) for child, part, share in ranked)

    def node(self, branch: Branch, part: int, share: int, level: int) -> Interest:
        place: dict[str, Any] = {
            "id": branch.id,
            "label": branch.path[-1],
            "path": branch.path,
            "level": level,
            "strength": part / WHOLE,
            "share": share / WHOLE,
        }
        if not branch.below:
            return made(Interest, self._leaf(branch.own, place))
        place["children"] = children = self.children(branch, part, level + 1)
        place["keywords"] = _best(children)
        return made(Interest, self._summed(branch, place))

    def _leaf(self, index: int, place: dict[str, Any]) -> dict[str, Any]:
        row, short, long = self.rows[index], self.short[index], self.long[index]
        return {
            **place,
            **_seen([row]),
            "evidence": tuple([self.ids[e] for e in self.newest[index]]),
            "node": row.kind,
            "confidence": _confidence(row, self.certainty[index]),
            "polarity": "dislike" if self.disliked[index] else "like",
            "short_term": short,
            "long_term": long,
            "trend": trend(short, long),
            "half_life_days": self.half_lives[index],
            "status": "muted" if row.muted else "pinned" if row.pinned else "active",
            "source": "stated" if row.stated or row.onboard else "inferred",
            "lent": row.borrowed > 0.0,
            "label_source": row.sources[-1],
            "keywords": self.terms[index],
            "children": (),
        }

    def _summed(self, branch: Branch, place: dict[str, Any]) -> dict[str, Any]:
        members = branch.members
        rows = [self.rows[i] for i in members]
        short, long, certainty, days, newest = self.sums[id(branch)]
        pinned = all(row.pinned for row in rows)
        level = place["level"]
        below = [i for i in members if i != branch.own]
        stated = all(self.rows[i].stated or self.rows[i].onboard for i in below)
        return {
            **place,
            **_seen(rows),
            "evidence": tuple([self.ids[e] for e in newest]),
            "node": self.rows[branch.own].kind if branch.own >= 0 else _KINDS[min(level, 3) - 1],
            "confidence": max([_confidence(row, certainty) for row in rows]),
            "polarity": "dislike" if all(self.disliked[i] for i in below) else "like",
            "short_term": round(short, 6),
            "long_term": round(long, 6),
            "trend": trend(short, long),
            "half_life_days": None if pinned or math.isinf(days) else round(days, 2),
            "status": "muted" if all(row.muted for row in rows) else "pinned" if pinned else "active",
            "source": "stated" if stated else "inferred",
            "lent": all(self.rows[i].borrowed > 0.0 for i in below),
            "label_source": rows[0].sources[level - 1],
        }


class _Sums(NamedTuple):
    """The numbers of a branch, and what is shown of it."""

    short: float
    long: float
    certainty: float
    days: float
    newest: list[int]


def _seen(rows: Sequence[Row]) -> dict[str, Any]:
    """How often, and when first and last."""
    seen = [row for row in rows if row.count]
    return {
        "evidence_count": sum([row.count for row in seen]),
        "first_seen": instant(min([row.first_seen for row in seen])) if seen else None,
        "last_seen": instant(max([row.last_seen for row in seen])) if seen else None,
    }


def _newest(row: Row) -> range:
    """Rows of the state's evidence that are shown, newest first."""
    stop = max(row.evidence.start, row.evidence.stop - MAX_EVIDENCE_SHOWN)
    return range(row.evidence.stop - 1, stop - 1, -1)


def instant(seconds: float) -> datetime:
    """Unix seconds as an aware datetime."""
    return datetime.fromtimestamp(seconds, UTC)


def confidence(certainty: Floats) -> Floats:
    """How much is known, 0 … 1: half at four events' worth of evidence."""
    return certainty / (certainty + CERTAINTY_EVENTS)


def _confidence(row: Row, certainty: float) -> float:
    return 1.0 if row.stated else round(certainty / (certainty + CERTAINTY_EVENTS), 6)


def _best(children: Sequence[Interest]) -> tuple[Keyword, ...]:
    """A branch shows its strongest children's words."""
    words = {word.term: word for child in reversed(children) for word in reversed(child.keywords[:3])}
    return tuple(list(words.values())[::-1][:SHOWN_TERMS])
