"""The tree of a profile: the nodes above a list of rows, and the level model. A branch is the weighted sum of what is below it,

    I_p = Σ_c w_pc I_c,     w_pc = p_c / p_p,

so strengths add up exactly on every level, because they are whole millionths. Evidence of a topic or subtopic itself (from texts) is
divided among its leaves in proportion. All nodes are computed at once, in columns, and built in one pass from the leaves up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat
from typing import Any

import numpy as np

from penchant.agent.profiles.engine.codec import WHOLE, millionths
from penchant.agent.profiles.engine.dynamics import SECONDS_PER_DAY, effective_half_life
from penchant.agent.profiles.engine.evidence import keywords
from penchant.agent.profiles.engine.personal import Path
from penchant.agent.profiles.engine.rows import NodeRow
from penchant.agent.profiles.engine.state import NodeEvidence
from penchant.agent.profiles.engine.weights import CERTAINTY_EVENTS, IDLE_DAYS, Weights, trends
from penchant.arrays import Flags, Floats, Ints
from penchant.store.profile import MAX_EVIDENCE_SHOWN, Interest, Keyword, NodeKind, construct_all, set_late_fields

TOP = -1
"""The parent index of top-level nodes."""


@dataclass(frozen=True)
class Outline:
    """The n nodes of a tree, every one after its parent. `ids`; `paths`: labels from the topic down; `parents`, `own` (n,): index of the
    parent, and of the row at the node itself (-1: none); `members`: all rows at and below each node, ascending, node after node,
    starting at `starts` (n,).
    """

    ids: list[str]
    paths: list[Path]
    parents: Ints
    own: Ints
    members: Ints
    starts: Ints

    @property
    def sizes(self) -> Ints:
        """The number of rows at and below each node (n,)."""
        return np.diff(self.starts, append=len(self.members))

    @property
    def has_children(self) -> Flags:
        """Whether each node has children (n,)."""
        has_children = np.zeros(len(self.ids), bool)
        has_children[self.parents[self.parents != TOP]] = True
        return has_children

    def leaves(self, node: int) -> Iterator[int]:
        """Yield the leaves below `node`; for a leaf, the node itself."""
        below = np.flatnonzero(self.parents == node).tolist()
        if not below:
            yield node
        for child in below:
            yield from self.leaves(child)


def outline(rows: Sequence[NodeRow]) -> Outline:
    """Return the nodes of `rows`, in order of first appearance."""
    ids: list[str] = []
    paths: list[Path] = []
    parents: list[int] = []
    known: dict[tuple[str, ...], int] = {}

    def node_at(names: tuple[str, ...], labels: Path) -> int:
        node = known.get(names)
        if node is None:
            parent = node_at(names[:-1], labels[:-1]) if len(names) > 1 else TOP
            node = known[names] = len(ids)
            ids.append(names[-1])
            paths.append(labels)
            parents.append(parent)
        return node

    at = np.fromiter([node_at(row.ids, row.path) for row in rows], np.int64, len(rows))
    above = np.fromiter(parents, np.int64, len(parents))
    own = np.full(len(ids), -1)
    own[at] = np.arange(len(rows))
    return Outline(ids, paths, above, own, *_members(at, above))


def _members(at: Ints, above: Ints) -> tuple[Ints, Ints]:
    """Return `members` and `starts` of an outline, from the node `at` (rows,) of each row and the parents `above` (n,)."""
    found, row, count = [], np.arange(len(at)), max(len(at), 1)
    while len(at):
        found.append(at * count + row)
        at = above[at]
        below_top = at != TOP
        at, row = at[below_top], row[below_top]
    node, members = np.divmod(np.sort(np.concatenate(found)), count)
    return members, np.searchsorted(node, np.arange(len(above)))


def newest_evidence(nodes: Outline, rows: Sequence[NodeRow], evidence: NodeEvidence) -> list[tuple[str, ...]]:
    """Return the ids of the newest events of each node, newest first, each once even if several rows have it."""
    ids = evidence.ids
    behind = np.fromiter([row.evidence.stop for row in rows], np.int64, len(rows))
    begin = np.maximum(
        np.fromiter([row.evidence.start for row in rows], np.int64, len(rows)), behind - MAX_EVIDENCE_SHOWN
    )
    length = behind - begin
    latest, end = tuple(ids[::-1]), len(ids) - begin  # parts of a tuple are tuples: no second copy of each
    of_row = [latest[at - many : at] for at, many in zip(end.tolist(), length.tolist(), strict=True)]
    found = [of_row[row] for row in nodes.members[nodes.starts].tolist()]
    several = np.flatnonzero(nodes.sizes > 1)
    order, place = _by_time(evidence) if len(several) else (_NONE, _NONE)
    owner = np.repeat(np.arange(len(found)), nodes.sizes)
    shared = nodes.sizes[owner] > 1
    members = nodes.members[shared]
    events = _ranges(begin[members], length[members])
    bounds, chosen = _first_places(np.repeat(owner[shared], length[members]), place[events], several)
    listed = [ids[row] for row in order[chosen].tolist()]
    for node, start, stop in zip(several.tolist(), bounds, bounds[1:], strict=False):
        found[node] = tuple(listed[start:stop])
    return found


def _ranges(begin: Ints, length: Ints) -> Ints:
    """Return all numbers of the ranges that begin at `begin` (k,) and have `length` (k,), one range after another."""
    ends = np.cumsum(length)
    return np.repeat(begin - (ends - length), length) + np.arange(length.sum())


def _first_places(owner: Ints, place: Ints, owners: Ints) -> tuple[list[int], Ints]:
    """Return the `MAX_EVIDENCE_SHOWN` lowest distinct places of each of `owners` (k,), ascending, owner after owner; and where each
    owner's begin.
    """
    whole = int(place.max(initial=0)) + 1
    both = np.sort(owner * whole + place)
    both = both[np.diff(both, prepend=-1) > 0]
    begin = np.searchsorted(both, owners * whole)
    length = np.minimum(np.diff(begin, append=len(both)), MAX_EVIDENCE_SHOWN)
    return [0, *np.cumsum(length).tolist()], both[_ranges(begin, length)] % whole


def _by_time(evidence: NodeEvidence) -> tuple[Ints, Ints]:
    """Return the rows of evidence, newest first, and the rank of each row; an event that is in several rows has one rank."""
    order = np.argsort(-evidence.at)
    later = np.diff(evidence.at[order]) != 0.0
    moment = np.append(0, np.cumsum(later))
    order = np.sort(moment * len(order) + order) % max(len(order), 1)  # ties keep their order
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    tied = np.flatnonzero(~np.append(True, later) | ~np.append(later, True))
    first: dict[str, int] = {}
    names = [evidence.ids[row] for row in order[tied].tolist()]
    place[order[tied]] = list(map(first.setdefault, names, tied.tolist()))
    return order, place


_NONE = np.zeros(0, np.int64)


SHOWN_TERMS = 6
_KINDS: tuple[NodeKind, ...] = ("topic", "subtopic", "theme")
Columns = dict[str, list[Any]]
"""Fields of all nodes of a tree, as columns."""


def interests(rows: Sequence[NodeRow], weights: Weights, evidence: NodeEvidence, at: float) -> tuple[Interest, ...]:
    """Return the tree as of `at` (Unix seconds), strongest first on every level. `evidence`: that of the state."""
    if not rows:
        return ()
    nodes = outline(rows)
    parts = np.add.reduceat(_shared_out(nodes, millionths(weights.p))[nodes.members], nodes.starts)
    columns = {
        **_places(nodes, rows),
        "strength": (parts / WHOLE).tolist(),
        "share": (_shares(nodes.parents, parts) / WHOLE).tolist(),
        **_sums(nodes, rows, weights, at),
        **_flags(nodes, rows, weights),
        "evidence": newest_evidence(nodes, rows, evidence),
    }
    return _grown(nodes, parts, columns, keywords([row.words for row in rows], [row.weight for row in rows]))


def _shared_out(nodes: Outline, parts: list[int]) -> Ints:
    """Return `parts` by row, after dividing the part of each branch's own row among the leaves below it: in proportion, or evenly if
    they have none.
    """
    for node in np.flatnonzero(nodes.has_children & (nodes.own >= 0)).tolist():
        own = int(nodes.own[node])
        leaves = nodes.own[list(nodes.leaves(node))].tolist()
        masses = np.array([parts[leaf] for leaf in leaves], dtype=np.float64)
        for leaf, part in zip(leaves, millionths(masses, parts[own]), strict=True):
            parts[leaf] += part
        parts[own] = 0
    return np.array(parts)


def _shares(parents: Ints, parts: Ints) -> Ints:
    """Return the `millionths` of `parts` (n,) among the children of each parent; even shares if they have none."""
    family = parents - TOP
    whole = np.bincount(family, parts)[family]
    parts, whole = np.where(whole > 0, parts, 1), np.where(whole > 0, whole, np.bincount(family)[family])
    exact = np.round(parts / whole * WHOLE * 1_000) / 1_000
    shares = exact.astype(np.int64)
    missing = WHOLE - np.bincount(family, shares).astype(np.int64)
    order = np.lexsort((shares - exact, family))
    rank = np.arange(len(order)) - np.searchsorted(family[order], family[order])
    shares[order[rank < missing[family[order]]]] += 1
    return shares


def _places(nodes: Outline, rows: Sequence[NodeRow]) -> Columns:
    levels = [len(path) for path in nodes.paths]
    first = nodes.members[nodes.starts].tolist()
    kinds = [
        rows[own].kind if own >= 0 else _KINDS[min(level, len(_KINDS)) - 1]
        for own, level in zip(nodes.own.tolist(), levels, strict=True)
    ]
    return {
        "id": nodes.ids,
        "label": [path[-1] for path in nodes.paths],
        "path": nodes.paths,
        "level": levels,
        "node": kinds,
        "label_source": [rows[row].sources[level - 1] for row, level in zip(first, levels, strict=True)],
    }


def _sums(nodes: Outline, rows: Sequence[NodeRow], weights: Weights, at: float) -> Columns:
    """Return the fields that are computed over a node and everything below it."""
    members, starts = nodes.members, nodes.starts
    short, long, opinions, masses, certainty = (
        np.add.reduceat(column[members], starts, axis=0)
        for column in (weights.short, weights.long, weights.opinions, weights.parts, weights.certainty)
    )
    count, first, last = (
        np.fromiter([getattr(row, name) for row in rows], kind, len(rows))[members]
        for name, kind in (("count", np.int64), ("first_seen", np.float64), ("last_seen", np.float64))
    )
    is_certain = np.logical_or.reduceat(_marks([row.stated is not None for row in rows])[members], starts)
    is_pinned = np.logical_and.reduceat(_marks([row.pinned for row in rows])[members], starts)
    days = effective_half_life(masses).round(2)
    short, long, opinions = short.round(6), long.round(6), opinions.round(4)
    evidence, latest = np.add.reduceat(count, starts), np.maximum.reduceat(last, starts)
    idle = (evidence > 0) & ~is_pinned & (latest < at - IDLE_DAYS * SECONDS_PER_DAY)
    return {
        "evidence_count": evidence.tolist(),
        "first_seen": _instants(np.minimum.reduceat(first, starts)),
        "last_seen": _instants(latest),
        "confidence": np.where(is_certain, 1.0, confidence(certainty).round(6)).tolist(),
        "liked": opinions[:, 0].tolist(),
        "disliked": opinions[:, 1].tolist(),
        "short_term": short.tolist(),
        "long_term": long.tolist(),
        "trend": trends(
            np.where(evidence > 0, short, long), long, idle
        ),  # what nothing was done about neither rises nor fades
        "half_life_days": np.where(is_pinned | np.isinf(days), _NEVER, days).tolist(),
    }


def _flags(nodes: Outline, rows: Sequence[NodeRow], weights: Weights) -> Columns:
    """Return the fields that are true of a node if they are true of everything in it: pinned and muted; stated, lent and disliked,
    without the branch's own row.
    """
    marks = (
        _marks([row.pinned for row in rows]),
        _marks([row.muted for row in rows]),
        _marks([bool(row.stated or row.onboard) for row in rows]),
        _marks([row.borrowed > 0.0 for row in rows]),
        weights.liking < 0.5,
    )
    table = np.column_stack(marks)[nodes.members]
    own = np.where(nodes.has_children, nodes.own, -1)
    table[:, 2:] |= (nodes.members == np.repeat(own, nodes.sizes))[:, None]
    pinned, muted, stated, lent, disliked = np.logical_and.reduceat(table, nodes.starts).T
    return {
        "polarity": _POLARITIES[disliked.astype(np.intp)].tolist(),
        "status": _STATUSES[np.where(muted, 2, pinned)].tolist(),
        "source": _SOURCES[stated.astype(np.intp)].tolist(),
        "lent": lent.tolist(),
    }


def _marks(rows: Sequence[bool]) -> Flags:
    return np.fromiter(rows, bool, len(rows))


def _grown(nodes: Outline, parts: Ints, columns: Columns, terms: Sequence[tuple[Keyword, ...]]) -> tuple[Interest, ...]:
    """Build the nodes and return the top-level ones. Children have higher indices than their parents, so they are complete first.
    `terms`: by row.
    """
    own, ranked = nodes.own.tolist(), _ranked(nodes, parts)
    grown = construct_all(Interest, {**columns, "keywords": [terms[row] for row in own], "children": [()] * len(own)})
    families = np.searchsorted(nodes.parents[ranked], np.arange(TOP, len(ranked) + 1)).tolist()
    in_order = [grown[node] for node in ranked]
    for node in np.flatnonzero(nodes.has_children)[::-1].tolist():
        children = tuple(in_order[families[node + 1] : families[node + 2]])
        set_late_fields(grown[node], {"keywords": _best(children), "children": children})
    return tuple(in_order[: families[1]])


def _ranked(nodes: Outline, parts: Ints) -> list[int]:
    """Return the nodes by parent, the children of each parent strongest first, ties by labels."""
    order = np.lexsort((-parts, nodes.parents))
    same = (np.diff(nodes.parents[order]) == 0) & (np.diff(parts[order]) == 0)
    ranked: list[int] = order.tolist()
    bounds = np.flatnonzero(np.diff(np.concatenate([[False], same, [False]]))).reshape(-1, 2).tolist()
    for start, end in bounds:
        ranked[start : end + 1] = sorted(ranked[start : end + 1], key=lambda node: (nodes.paths[node], nodes.ids[node]))
    return ranked


def _best(children: Sequence[Interest]) -> tuple[Keyword, ...]:
    """Return the keywords of a branch: those of its strongest children."""
    words: dict[str, Keyword] = {}
    for child in children:
        for word in child.keywords[:3]:
            words.setdefault(word.term, word)
        if len(words) >= SHOWN_TERMS:
            break
    return tuple(words.values())[:SHOWN_TERMS]


def _instants(seconds: Floats) -> list[datetime | None]:
    """Convert Unix seconds (n,) to datetimes; None for infinite values."""
    if np.isfinite(seconds).all():
        return list(map(datetime.fromtimestamp, seconds.tolist(), repeat(UTC)))
    return [instant(moment) if np.isfinite(moment) else None for moment in seconds.tolist()]


def instant(seconds: float) -> datetime:
    """Convert Unix seconds to a datetime in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def confidence(certainty: Floats) -> Floats:
    """Return the confidence (n,), 0 … 1: ½ at evidence worth four events."""
    return certainty / (certainty + CERTAINTY_EVENTS)


_NEVER = np.array(None)
_POLARITIES = np.array(["like", "dislike"], object)
_STATUSES = np.array(["active", "pinned", "muted"], object)
_SOURCES = np.array(["inferred", "stated"], object)
