"""The tree as people and programs read it. The level model: a branch is the weighted sum of what is under it,

    I_p = Σ_c w_pc I_c,     w_pc = p_c / p_p,

so strengths add up on every level, exactly, because they are whole millionths. What the user's words say of a topic or subtopic as a whole
is shared among what stands below it, in proportion. All nodes are reckoned at once, in columns, and made in one pass from below.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import repeat
from typing import Any

import numpy as np

from penchant.agent.profiles.engine.codec import WHOLE, millionths
from penchant.agent.profiles.engine.dynamics import effective_half_life
from penchant.agent.profiles.engine.keywords import keywords
from penchant.agent.profiles.engine.outline import TOP, Outline, newest, outline
from penchant.agent.profiles.engine.rows import NodeRow
from penchant.agent.profiles.engine.state import NodeEvidence
from penchant.agent.profiles.engine.weights import CERTAINTY_EVENTS, Weights, trends
from penchant.arrays import Floats, Ints
from penchant.store.profile import Interest, Keyword, NodeKind, made

SHOWN_TERMS = 6
_KINDS: tuple[NodeKind, ...] = ("topic", "subtopic", "theme")
Columns = dict[str, list[Any]]
"""Fields of all nodes of a tree."""


def interests(rows: Sequence[NodeRow], weights: Weights, evidence: NodeEvidence) -> tuple[Interest, ...]:
    """The tree, strongest first on every level. `evidence`: the state's."""
    if not rows:
        return ()
    nodes = outline(rows)
    parts = np.add.reduceat(_shared_out(nodes, millionths(weights.p))[nodes.members], nodes.starts)
    columns = {
        **_places(nodes, rows),
        "strength": (parts / WHOLE).tolist(),
        "share": (_shares(nodes.parents, parts) / WHOLE).tolist(),
        **_sums(nodes, rows, weights),
        **_flags(nodes, rows, weights),
        "evidence": newest(nodes, rows, evidence),
    }
    return _grown(nodes, parts, columns, keywords([row.words for row in rows], [row.weight for row in rows]))


def _shared_out(nodes: Outline, parts: list[int]) -> Ints:
    """`parts` by row, where what stands at a branch itself is given to the leaves below it, in proportion; evenly where they have
    nothing."""
    for node in np.flatnonzero(nodes.forks & (nodes.own >= 0)).tolist():
        own = int(nodes.own[node])
        leaves = nodes.own[list(nodes.leaves(node))].tolist()
        masses = np.array([parts[leaf] for leaf in leaves], dtype=np.float64)
        for leaf, part in zip(leaves, millionths(masses, parts[own]), strict=True):
            parts[leaf] += part
        parts[own] = 0
    return np.array(parts)


def _shares(parents: Ints, parts: Ints) -> Ints:
    """`millionths` of `parts` (n,) among the children of each parent; evenly where they have nothing."""
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


def _sums(nodes: Outline, rows: Sequence[NodeRow], weights: Weights) -> Columns:
    """What is counted of each node: itself and everything below it."""
    members, starts = nodes.members, nodes.starts
    short, long, opinions, masses, certainty = (
        np.add.reduceat(column[members], starts, axis=0)
        for column in (weights.short, weights.long, weights.opinions, weights.parts, weights.certainty)
    )
    count, first, last = (
        np.array([getattr(row, name) for row in rows])[members] for name in ("count", "first_seen", "last_seen")
    )
    is_certain = np.logical_or.reduceat(np.array([row.stated is not None for row in rows])[members], starts)
    is_pinned = np.logical_and.reduceat(np.array([row.pinned for row in rows])[members], starts)
    days = effective_half_life(masses).round(2)
    short, long, opinions = short.round(6), long.round(6), opinions.round(4)
    return {
        "evidence_count": np.add.reduceat(count, starts).tolist(),
        "first_seen": _instants(np.minimum.reduceat(first, starts)),
        "last_seen": _instants(np.maximum.reduceat(last, starts)),
        "confidence": np.where(is_certain, 1.0, confidence(certainty).round(6)).tolist(),
        "liked": opinions[:, 0].tolist(),
        "disliked": opinions[:, 1].tolist(),
        "short_term": short.tolist(),
        "long_term": long.tolist(),
        "trend": trends(short, long),
        "half_life_days": np.where(is_pinned | np.isinf(days), _NEVER, days).tolist(),
    }


def _flags(nodes: Outline, rows: Sequence[NodeRow], weights: Weights) -> Columns:
    """What is true of a node if it is true of all of it: pinned and muted; stated, lent and disliked, of what is below it alone."""
    marks = (
        [row.pinned for row in rows],
        [row.muted for row in rows],
        [bool(row.stated or row.onboard) for row in rows],
        [row.borrowed > 0.0 for row in rows],
        weights.liking < 0.5,
    )
    table = np.column_stack(marks)[nodes.members]
    own = np.where(nodes.forks, nodes.own, -1)
    table[:, 2:] |= (nodes.members == np.repeat(own, nodes.sizes))[:, None]
    pinned, muted, stated, lent, disliked = np.logical_and.reduceat(table, nodes.starts).T
    return {
        "polarity": np.where(disliked, "dislike", "like").tolist(),
        "status": np.where(muted, "muted", np.where(pinned, "pinned", "active")).tolist(),
        "source": np.where(stated, "stated", "inferred").tolist(),
        "lent": lent.tolist(),
    }


def _grown(nodes: Outline, parts: Ints, columns: Columns, terms: Sequence[tuple[Keyword, ...]]) -> tuple[Interest, ...]:
    """The nodes at the top. Every node is made after what is below it, which has a higher number. `terms`: by row."""
    order = list(zip(nodes.parents.tolist(), (-parts).tolist(), nodes.paths, nodes.ids, strict=True))
    ranked = sorted(range(len(order)), key=order.__getitem__)
    families = np.searchsorted(nodes.parents[ranked], np.arange(TOP, len(ranked) + 1)).tolist()
    names, own = tuple(columns), nodes.own.tolist()
    grown: dict[int, Interest] = {}
    for node, values in zip(reversed(range(len(own))), zip(*map(reversed, columns.values()), strict=True), strict=True):
        below = ranked[families[node + 1] : families[node + 2]]
        children = tuple([grown[child] for child in below])
        fields = dict(zip(names, values, strict=True))
        fields["keywords"], fields["children"] = _best(children) if below else terms[own[node]], children
        grown[node] = made(Interest, fields)
    return tuple([grown[node] for node in ranked[: families[1]]])


def _best(children: Sequence[Interest]) -> tuple[Keyword, ...]:
    """A branch shows its strongest children's words."""
    words = {word.term: word for child in reversed(children) for word in reversed(child.keywords[:3])}
    return tuple(list(words.values())[::-1][:SHOWN_TERMS])


def _instants(seconds: Floats) -> list[datetime | None]:
    """Unix seconds (n,) as datetimes; None where there is no such moment."""
    if np.isfinite(seconds).all():
        return list(map(datetime.fromtimestamp, seconds.tolist(), repeat(UTC)))
    return [instant(moment) if np.isfinite(moment) else None for moment in seconds.tolist()]


def instant(seconds: float) -> datetime:
    """Unix seconds as an aware datetime."""
    return datetime.fromtimestamp(seconds, UTC)


def confidence(certainty: Floats) -> Floats:
    """How much is known (n,), 0 … 1: half at four events' worth of evidence."""
    return certainty / (certainty + CERTAINTY_EVENTS)


_NEVER = np.array(None)
