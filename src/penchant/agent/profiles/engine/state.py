"""What is remembered of one user between updates: everything the fold needs to go on, and nothing that grows with events."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import CLOCKS, Floats, even_trust
from penchant.agent.profiles.engine.signals import RatingScale, Signal

EVIDENCE_KEPT = 24
TERMS_KEPT = 24
ATTENTION, LIKED, DISLIKED = range(3)
Vectors = NDArray[np.float32]


class Evidence(NamedTuple):
    """One event behind a leaf. `weight`: signed, undecayed; `half`: which of the leaf's two halves took it (0 or 1)."""

    event_id: str
    item_id: str | None
    at: float
    weight: float
    half: int
    text: str


class Pooled(NamedTuple):
    """One event that no leaf explains yet."""

    event_id: str
    item_id: str | None
    at: float
    signal: Signal
    text: str
    contexts: tuple[str, ...]


@dataclass
class Leaf:
    """What an interest is besides its numbers. `key` names what founded it (equal for equal groups of different users).

    `absorbed`: ids of the twins it was joined with.
    """

    id: str
    key: str
    texts: tuple[str, ...]
    items: tuple[str, ...]
    first_seen: float
    last_seen: float
    count: int = 0
    evidence: list[Evidence] = field(default_factory=list)
    terms: dict[str, float] = field(default_factory=dict)
    contexts: dict[str, float] = field(default_factory=dict)
    absorbed: list[str] = field(default_factory=list)


@dataclass
class State:
    """One user's memory. Rows of `leaves`, `mass`, `halves`, `weights`, `touched` and `unit` belong together (n leaves).

    `at`, `last_id`: the last event folded. `mass`: (3, n, H) decayed attention, liking and dislike, as of `at`. `halves`: (n, 2, d) sums of
    vectors and `weights` (n, 2) of evidence in a leaf's two halves, as of `touched` (n,). `unit`: (n, d), each leaf's μ. `trust`: (H, P).
    `waiting`: ids of events folded since the state was read that no leaf holds; for receipts, never stored.
    """

    dimensions: int
    at: float = 0.0
    last_id: str = ""
    n_events: int = 0
    assigned: int = 0
    unexplained: int = 0
    waiting: set[str] = field(default_factory=set)
    unplaced: dict[str, int] = field(default_factory=dict)
    leaves: list[Leaf] = field(default_factory=list)
    pool: list[Pooled] = field(default_factory=list)
    recent: dict[str, float] = field(default_factory=dict)
    ratings: RatingScale = field(default_factory=RatingScale)
    trust: Floats = field(default_factory=even_trust)
    mass: Floats = field(default_factory=lambda: np.zeros((3, 0, CLOCKS)))
    halves: Vectors = field(default_factory=lambda: np.zeros((0, 2, 0), np.float32))
    weights: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    touched: Floats = field(default_factory=lambda: np.zeros(0))
    unit: Vectors = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    pool_vectors: Vectors = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def __post_init__(self) -> None:
        if not self.leaves and not self.pool:
            self.halves = np.zeros((0, 2, self.dimensions), np.float32)
            self.unit = np.zeros((0, self.dimensions), np.float32)
            self.pool_vectors = np.zeros((0, self.dimensions), np.float32)

    @property
    def pooled(self) -> int:
        """Events that no interest holds: waiting, past explaining, or about things nobody described."""
        return self.n_events - self.assigned


def normalised(vector: Vectors) -> Vectors:
    """The unit vector; zero stays zero."""
    length = float(np.sqrt(np.einsum("d,d->", vector, vector, dtype=np.float64)))
    return (vector / np.float32(length)).astype(np.float32) if length > 0 else vector
