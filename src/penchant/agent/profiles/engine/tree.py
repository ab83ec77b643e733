"""The tree as people and programs read it. The level model: a branch is the weighted sum of what is under it,

    I_p = Σ_c w_pc I_c,     w_pc = p_c / p_p,

so strengths add up on every level, exactly, because they are whole millionths. What the user's words say of a topic or subtopic as a whole
is shared among what stands below it, in proportion.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.codec import WHOLE, millionths
from penchant.agent.profiles.engine.dynamics import effective_half_life
from penchant.agent.profiles.engine.keywords import keywords
from penchant.agent.profiles.engine.personal import Path
from penchant.agent.profiles.engine.rows import NodeRow
from penchant.agent.profiles.engine.state import NodeEvidence
from penchant.agent.profiles.engine.weights import CERTAINTY_EVENTS, Weights, half_lives, trend
from penchant.arrays import Flags, Floats
from penchant.store.profile import MAX_EVIDENCE_SHOWN, Interest, Keyword, NodeKind, made

SHOWN_TERMS = 6
BELOW = slice(2, 5)
"""The flags of a branch that depend on what is below it alone."""
_KINDS: tuple[NodeKind, ...] = ("topic", "subtopic", "theme")


class Branch:
    """A node while the tree is put together: `own`, the row that stands here itself (-1: none); `members`, all rows here
    and below; what is below by id."""

    __slots__ = ("below", "id", "members", "numbers", "own", "path")

    def __init__(self, name: str, path: Path) -> None:
        self.id, self.path, self.own = name, path, -1
        self.members: list[int] = []
        self.below: dict[str, Branch] = {}
        self.numbers: _Numbers | None = None

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


def interests(rows: Sequence[NodeRow], weights: Weights, evidence: NodeEvidence) -> tuple[Interest, ...]:
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


class _Numbers(NamedTuple):
    """The numbers of one node; `seen`: when first and last; `newest`: what is shown of it, as places in order of time."""

    part: int
    events: int
    seen: tuple[datetime | None, datetime | None]
    short: float
    long: float
    certainty: float
    opinions: tuple[float, float]
    days: float
    newest: Sequence[int]
    pinned: bool = False
    muted: bool = False
    stated: bool = False
    lent: bool = False
    disliked: bool = False
    certain: bool = False


class _Facts:
    """What the nodes are made from: all rows and their numbers, ready to be summed."""

    def __init__(self, rows: Sequence[NodeRow], weights: Weights, evidence: NodeEvidence) -> None:
        self.rows, self.weights, self.parts = rows, weights, millionths(weights.p)
        self.ids = evidence.ids
        self.order, self.place = _by_time(evidence)
        self.shown = [_shown(row.evidence) for row in rows]
        self.counts, self.first, self.last = (
            np.array([getattr(row, name) for row in rows]) for name in ("count", "first_seen", "last_seen")
        )
        self.first_at, self.last_at = _instants(self.first), _instants(self.last)
        self.half_lives = half_lives(rows, weights)
        self.short, self.long = weights.short.round(6).tolist(), weights.long.round(6).tolist()
        self.disliked, self.certainty = (weights.liking < 0.5).tolist(), weights.certainty.tolist()
        self.opinions = weights.opinions.round(4).tolist()
        self.terms = keywords([row.terms for row in rows])

    def sum(self, branches: Sequence[Branch]) -> None:
        """The numbers of all branches at once; children come before their parents."""
        if not branches:
            return
        for branch in reversed(branches):
            self._share_out(branch)
        sizes = [len(branch.members) for branch in branches]
        members = np.array([i for branch in branches for i in branch.members])
        starts = np.cumsum([0, *sizes[:-1]])
        is_own = members == np.repeat([branch.own for branch in branches], sizes)
        sums = [np.add.reduceat(column[members], starts, axis=0) for column in self._summed_columns()]
        part, count, short, long, certainty, opinions, masses = sums
        flags = self._flags()[members]
        flags[:, BELOW] |= is_own[:, None]
        always = np.logical_and.reduceat(flags, starts, axis=0).tolist()
        certain = np.logical_or.reduceat(np.array([row.stated is not None for row in self.rows])[members], starts)
        first = np.minimum.reduceat(self.first[members], starts)
        last = np.maximum.reduceat(self.last[members], starts)
        days = effective_half_life(masses).tolist()
        seen = zip(_instants(first), _instants(last), strict=True)
        columns = (short.tolist(), long.tolist(), certainty.tolist(), opinions.round(4).tolist(), days)
        numbers = zip(part.tolist(), count.tolist(), seen, *columns, strict=True)
        for branch, own, flagged, sure in zip(branches, numbers, always, certain.tolist(), strict=True):
            branch.numbers = _Numbers._make((*own, self._latest(branch), *flagged, sure))

    def _summed_columns(self) -> tuple[NDArray[Any], ...]:
        weights = self.weights
        return (
            np.array(self.parts),
            self.counts,
            weights.short,
            weights.long,
            weights.certainty,
            weights.opinions,
            weights.parts,
        )

    def _flags(self) -> Flags:
        """Shape (n, 5): pinned, muted; stated, lent, disliked, which a branch is when everything below it is."""
        return np.array(
            [
                (row.pinned, row.muted, bool(row.stated or row.onboard), row.borrowed > 0.0, disliked)
                for row, disliked in zip(self.rows, self.disliked, strict=True)
            ]
        )

    def _share_out(self, branch: Branch) -> None:
        """Give what stands at a branch itself to the leaves below it, in proportion; evenly where they have nothing."""
        if branch.own < 0 or not self.parts[branch.own]:
            return
        leaves = [leaf.own for leaf in branch.leaves()]
        masses = np.array([self.parts[leaf] for leaf in leaves], dtype=np.float64)
        for leaf, part in zip(leaves, millionths(masses, self.parts[branch.own]), strict=True):
            self.parts[leaf] += part
        self.parts[branch.own] = 0

    def _latest(self, branch: Branch) -> Sequence[int]:
        """The newest events of what is shown below a branch and of itself, each once, as places in order of time."""
        shown = [child.numbers.newest if child.numbers else self._newest(child.own) for child in branch.below.values()]
        if branch.own >= 0:
            shown.append(self._newest(branch.own))
        if len(shown) == 1:
            return shown[0]
        return list(dict.fromkeys(sorted(chain.from_iterable(shown))))[:MAX_EVIDENCE_SHOWN]

    def _newest(self, index: int) -> Sequence[int]:
        """Places in order of time of what is shown of a row."""
        return self.place[self.shown[index]][::-1]

    def children(self, branch: Branch, whole: int, level: int) -> tuple[Interest, ...]:
        """The nodes below `branch`, which together have `whole` millionths."""
        found = list(branch.below.values())
        sums = [child.numbers.part if child.numbers else self.parts[child.own] for child in found]
        shares = proportions(sums) if whole else proportions([1] * len(found))
        ranked = sorted(
            zip(found, sums, shares, strict=True), key=lambda entry: (-entry[1], entry[0].path, entry[0].id)
        )
        return tuple([self.node(child, part, share, level) for child, part, share in ranked])

    def node(self, branch: Branch, part: int, share: int, level: int) -> Interest:
        numbers = branch.numbers
        if numbers is None:
            return self._leaf(branch, part, share, level)
        return self._branch(branch, numbers, share, level)

    def _leaf(self, branch: Branch, part: int, share: int, level: int) -> Interest:
        index = branch.own
        row, short, long = self.rows[index], self.short[index], self.long[index]
        liked, disliked = self.opinions[index]
        values = {
            "id": branch.id,
            "label": branch.path[-1],
            "path": branch.path,
            "level": level,
            "strength": part / WHOLE,
            "share": share / WHOLE,
            "evidence_count": row.count,
            "first_seen": self.first_at[index],
            "last_seen": self.last_at[index],
            "evidence": tuple(self.ids[self.shown[index]][::-1]),
            "node": row.kind,
            "confidence": _confidence(row.stated is not None, self.certainty[index]),
            "polarity": "dislike" if self.disliked[index] else "like",
            "liked": liked,
            "disliked": disliked,
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
        return made(Interest, values)

    def _branch(self, branch: Branch, own: _Numbers, share: int, level: int) -> Interest:
        children = self.children(branch, own.part, level + 1)
        first, last = own.seen
        liked, disliked = own.opinions
        values = {
            "id": branch.id,
            "label": branch.path[-1],
            "path": branch.path,
            "level": level,
            "strength": own.part / WHOLE,
            "share": share / WHOLE,
            "children": children,
            "keywords": _best(children),
            "evidence_count": own.events,
            "first_seen": first,
            "last_seen": last,
            "evidence": tuple([self.ids[self.order[at]] for at in own.newest]),
            "node": self.rows[branch.own].kind if branch.own >= 0 else _KINDS[min(level, 3) - 1],
            "confidence": _confidence(own.certain, own.certainty),
            "polarity": "dislike" if own.disliked else "like",
            "liked": liked,
            "disliked": disliked,
            "short_term": round(own.short, 6),
            "long_term": round(own.long, 6),
            "trend": trend(own.short, own.long),
            "half_life_days": None if own.pinned or math.isinf(own.days) else round(own.days, 2),
            "status": "muted" if own.muted else "pinned" if own.pinned else "active",
            "source": "stated" if own.stated else "inferred",
            "lent": own.lent,
            "label_source": self.rows[branch.members[0]].sources[level - 1],
        }
        return made(Interest, values)


def _by_time(evidence: NodeEvidence) -> tuple[list[int], list[int]]:
    """Rows of evidence, newest first, and the place of each row among them; an event that is evidence twice has one place."""
    ids, order = evidence.ids, np.argsort(-evidence.at, kind="stable")
    if len(set(ids)) == len(ids):
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        return order.tolist(), place.tolist()
    first: dict[str, int] = {}
    for at, row in enumerate(order.tolist()):
        first.setdefault(ids[row], at)
    return order.tolist(), [first[event_id] for event_id in ids]


def _instants(seconds: Floats) -> list[datetime | None]:
    """Unix seconds (n,) as datetimes; None where there is no such moment."""
    if np.isfinite(seconds).all():
        return list(map(datetime.fromtimestamp, seconds.tolist(), repeat(UTC)))
    return [instant(moment) if math.isfinite(moment) else None for moment in seconds.tolist()]


def proportions(parts: Sequence[int]) -> list[int]:
    """`millionths` of whole numbers, for the few that stand beside each other."""
    if len(parts) == 1:
        return [WHOLE]
    total = sum(parts)
    exact = [round(part / total * WHOLE * 1_000) / 1_000 if total else WHOLE / len(parts) for part in parts]
    shares = [int(part) for part in exact]
    for at in sorted(range(len(parts)), key=lambda at: shares[at] - exact[at])[: WHOLE - sum(shares)]:
        shares[at] += 1
    return shares


def _shown(rows: slice) -> slice:
    """Those of a node's rows of evidence that are shown, oldest first."""
    return slice(max(rows.start, rows.stop - MAX_EVIDENCE_SHOWN), rows.stop)


def instant(seconds: float) -> datetime:
    """Unix seconds as an aware datetime."""
    return datetime.fromtimestamp(seconds, UTC)


def confidence(certainty: Floats) -> Floats:
    """How much is known, 0 … 1: half at four events' worth of evidence."""
    return certainty / (certainty + CERTAINTY_EVENTS)


def _confidence(stated: bool, certainty: float) -> float:
    return 1.0 if stated else round(certainty / (certainty + CERTAINTY_EVENTS), 6)


def _best(children: Sequence[Interest]) -> tuple[Keyword, ...]:
    """A branch shows its strongest children's words."""
    words = {word.term: word for child in reversed(children) for word in reversed(child.keywords[:3])}
    return tuple(list(words.values())[::-1][:SHOWN_TERMS])
