"""A beginning for users of whom little is known: what similar users, friends and people of the same portrait care about.

What is lent enters as the prior ρ over interests, never as evidence: its part of p is Σ q α / (S + α), which shrinks by itself as the
user's own behaviour S grows, and it is gone after twenty events. Declared interests are the user's own word (`userword`), first clicks
are behaviour like any other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from penchant.agent.profiles.engine.dynamics import CLOCKS
from penchant.agent.profiles.engine.growth import digest
from penchant.agent.profiles.engine.rows import Path, Row, places, starts_with
from penchant.agent.profiles.engine.state import Vectors
from penchant.agent.profiles.population import Population

LENT_UNTIL_EVENTS = 20
MOST_LENT = 5


@dataclass(frozen=True)
class Borrowed:
    """An interest that others lend: where it stands, its topic's canonical place, its vector (d,), and its part of what is lent."""

    path: Path
    topic: str
    vector: Vectors
    share: float


def borrow(rows: list[Row], lent: Sequence[Borrowed], events: int) -> list[Row]:
    """Add what others lend, for a user with fewer than twenty events, where the user has nothing of the kind."""
    if events >= LENT_UNTIL_EVENTS:
        return rows
    new = [one for one in lent if not any(starts_with(row.path, one.path[:2]) for row in rows)]
    return rows + [_row(one) for one in new[:MOST_LENT]]


def lend(lenders: Sequence[Sequence[Borrowed]]) -> list[Borrowed]:
    """What several users lend together: the mean of their shares, strongest first."""
    if not lenders:
        return []
    parts: dict[Path, list[Borrowed]] = {}
    for one in (one for lender in lenders for one in lender):
        parts.setdefault(one.path, []).append(one)
    pooled = [
        replace(max(same, key=lambda one: one.share), share=sum(one.share for one in same) / len(lenders))
        for same in parts.values()
    ]
    return sorted(pooled, key=lambda one: (-one.share, one.path))[:MOST_LENT]


def of_mix(
    population: Population, mix: Mapping[str, float], label: Callable[[str, str], str] = lambda _, learnt: learnt
) -> list[Borrowed]:
    """A mix of topics as something to lend. `label`: what a topic (its canonical place, the label it was learnt under) is called here."""
    return [
        Borrowed(
            (label(topic, population.labels[topic]),), topic, np.array(population.vectors[topic], np.float32), share
        )
        for topic, share in mix.items()
        if topic in population.labels and share > 0
    ]


def similar(mix: Mapping[str, float], kinds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The kind of users whose topic mix is nearest by cosine; empty where there is none."""

    def cosine(other: Mapping[str, float]) -> float:
        dot = sum(share * other.get(topic, 0.0) for topic, share in mix.items())
        lengths = np.sqrt(sum(v * v for v in mix.values()) * sum(v * v for v in other.values()))
        return float(dot / lengths) if lengths > 0 else 0.0

    near = max(range(len(kinds)), key=lambda k: (cosine(kinds[k]), -k), default=None)
    return dict(kinds[near]) if near is not None and cosine(kinds[near]) > 0 else {}


def _row(one: Borrowed) -> Row:
    stands = (one.topic, *places(one.path)[1:])
    row = Row(f"b-{digest(*one.path)}", one.path, stands, one.vector, np.zeros((3, CLOCKS)))
    row.borrowed = one.share
    return row
