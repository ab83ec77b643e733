"""A beginning for users of whom little is known: what similar users, friends and people of the same portrait care about.

What is lent enters as the prior ρ over interests, never as evidence: its part of p is Σ q α / (S + α), which shrinks by itself as the
user's own behaviour S grows, and it is gone after twenty events. Declared interests are the user's own word (`user_edits`), first clicks
are behaviour like any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from penchant.agent.profiles.engine.personal import Places
from penchant.agent.profiles.engine.rows import NodeRow, row_at

LENT_UNTIL_EVENTS = 20
MOST_LENT = 5


@dataclass(frozen=True)
class Borrowed:
    """An interest that others lend, as a node without evidence, and its part of what is lent."""

    row: NodeRow
    share: float


def borrow(rows: list[NodeRow], lent: Sequence[Borrowed], events: int) -> list[NodeRow]:
    """Add what others lend, for a user with fewer than twenty events, where the user has nothing of the kind."""
    if events >= LENT_UNTIL_EVENTS:
        return rows
    own = {row.ids[:2] for row in rows} | {row.ids[:1] for row in rows}
    new = [borrowed for borrowed in lent if borrowed.row.ids[:2] not in own]
    return rows + [replace(borrowed.row, borrowed=borrowed.share) for borrowed in new[:MOST_LENT]]


def lend(lenders: Sequence[Sequence[Borrowed]]) -> list[Borrowed]:
    """What several users lend together: the mean of their shares, strongest first."""
    if not lenders:
        return []
    parts: dict[str, list[Borrowed]] = {}
    for borrowed in (borrowed for lender in lenders for borrowed in lender):
        parts.setdefault(borrowed.row.id, []).append(borrowed)
    pooled = [Borrowed(same[0].row, sum(borrowed.share for borrowed in same) / len(lenders)) for same in parts.values()]
    return sorted(pooled, key=lambda borrowed: (-borrowed.share, borrowed.row.path, borrowed.row.id))[:MOST_LENT]


def of_mix(mix: Mapping[str, float], places: Places) -> list[Borrowed]:
    """A mix of topics as something to lend."""
    known = ((places.get(topic), share) for topic, share in mix.items() if share > 0)
    return [Borrowed(row_at(place), share) for place, share in known if place is not None]


def of_rows(rows: Sequence[NodeRow], p: Sequence[float], liking: Sequence[float]) -> list[Borrowed]:
    """What a friend lends: what they like, without their evidence and their word."""
    lent = []
    for row, share, likes in zip(rows, p, liking, strict=True):
        if share > 0 and likes >= 0.5 and not row.muted:
            nothing = (row.attention * 0.0, row.opinion * 0.0)
            bare = NodeRow(row.kind, row.path, row.ids, row.sources, row.vector, (), *nothing)
            lent.append(Borrowed(bare, share))
    return lent


def similar(mix: Mapping[str, float], kinds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The kind of users whose topic mix is nearest by cosine; empty where there is none."""

    def cosine(other: Mapping[str, float]) -> float:
        dot = sum(share * other.get(topic, 0.0) for topic, share in mix.items())
        lengths = np.sqrt(sum(v * v for v in mix.values()) * sum(v * v for v in other.values()))
        return float(dot / lengths) if lengths > 0 else 0.0

    near = max(range(len(kinds)), key=lambda k: (cosine(kinds[k]), -k), default=None)
    return dict(kinds[near]) if near is not None and cosine(kinds[near]) > 0 else {}
