"""What is remembered of one user between updates: everything the fold needs to go on, and nothing that grows with events."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import CLOCKS, EXPERTS, even_trust
from penchant.agent.profiles.engine.signals import RatingScale
from penchant.arrays import Floats, Ints

EVIDENCE_KEPT = 24
"""So many events are kept per node with their weights, the newest; 20 are shown."""
OPINIONS = 2
"""Clocks by which liking and disliking are remembered: 60 days, and for ever."""
FIXED_CONTEXTS = 6
PERSONAL = "p-"
"""What the ids of personal themes begin with."""
Vectors = NDArray[np.float32]


class WaitingEvent(NamedTuple):
    """One event about an item that no theme holds, waiting to found an interest of the user's own with others like it."""

    event_id: str
    item_id: str
    at: float
    attention: float
    liked: float
    disliked: float

    @property
    def signals(self) -> tuple[float, float, float]:
        """Attention, liked and disliked."""
        return self.attention, self.liked, self.disliked


class OwnTheme(NamedTuple):
    """What a personal theme is besides its numbers: the titles that founded it, and the topic of the taxonomy it is nearest to, if any."""

    texts: tuple[str, ...]
    place: str | None


@dataclass
class NodeEvidence:
    """The newest events behind every node, as columns: by node, each node's oldest first. `node`: position among the
    nodes; `weights`: signed, undecayed, the node's own share of what the event says."""

    node: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    ids: list[str] = field(default_factory=list)
    items: list[str | None] = field(default_factory=list)
    at: Floats = field(default_factory=lambda: np.zeros(0))
    weights: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass
class Occasion:
    """What happened at one moment, or in one session, so far: foretold as a whole from what came before it, so it is kept apart until the
    next one begins. `at`: when it began; `session`: its session, if it has one.

    `rows` (k,): nodes it touched; `attention` (k, H) and `opinion` (k, 2, 2): what it adds to them, as of `at`;
    `surprise` (H, P): the sum of the logarithms of what every expert had said of its events, `learnt`: how many they
    are."""

    at: float = 0.0
    session: str | None = None
    rows: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    attention: Floats = field(default_factory=lambda: np.zeros((0, CLOCKS)))
    opinion: Floats = field(default_factory=lambda: np.zeros((0, 2, OPINIONS)))
    surprise: Floats = field(default_factory=lambda: np.zeros(EXPERTS))
    learnt: int = 0


@dataclass
class State:
    """One user's memory. `ids`, `first_seen`, `last_seen`, `counts`, `attention`, `opinion`, `touched` and
    `circumstances` belong together: n nodes in the order in which they first appeared.

    `at`, `last_id`: the last event folded. `ids`: the taxonomy's, or of personal themes, which are described in
    `own`. `attention`: (n, H) decayed masses by clock, as of `touched` (n,); `opinion`: (n, 2, 2) liking and
    disliking by the clocks of 60 days and of ever, likewise; `total`: (H,) all attention, as of `total_at`.
    `circumstances`: (n, 6) evidence by hour band, weekday and weekend; `contexts`: by named circumstance, such as
    `device:phone`, per node id. `trust`: (H, P). No mass holds `occasion` yet. `recent`: when what was last done to
    an item, of the last ten minutes. `pool`: events that wait for others like them; `unexplained`: those that waited
    in vain, or are words that say nothing sure; `unplaced`: items nobody described, with their events. `personal`:
    (k, d) sums of the vectors of the user's own themes, in the order of `own`."""

    at: float = 0.0
    last_id: str = ""
    n_events: int = 0
    assigned: int = 0
    unexplained: int = 0
    unplaced: dict[str, int] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    first_seen: Floats = field(default_factory=lambda: np.zeros(0))
    last_seen: Floats = field(default_factory=lambda: np.zeros(0))
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    evidence: NodeEvidence = field(default_factory=NodeEvidence)
    contexts: dict[str, dict[str, float]] = field(default_factory=dict)
    own: dict[str, OwnTheme] = field(default_factory=dict)
    pool: list[WaitingEvent] = field(default_factory=list)
    recent: dict[str, float] = field(default_factory=dict)
    ratings: RatingScale = field(default_factory=RatingScale)
    trust: Floats = field(default_factory=even_trust)
    attention: Floats = field(default_factory=lambda: np.zeros((0, CLOCKS)))
    opinion: Floats = field(default_factory=lambda: np.zeros((0, 2, OPINIONS)))
    touched: Floats = field(default_factory=lambda: np.zeros(0))
    total: Floats = field(default_factory=lambda: np.zeros(CLOCKS))
    total_at: float = 0.0
    circumstances: Floats = field(default_factory=lambda: np.zeros((0, FIXED_CONTEXTS)))
    occasion: Occasion = field(default_factory=Occasion)
    personal: Vectors = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    @property
    def pooled(self) -> int:
        """Events that no interest holds: waiting, past explaining, or about things nobody described."""
        return self.n_events - self.assigned


def normalised(vector: Vectors) -> Vectors:
    """The unit vector; zero stays zero."""
    length = float(np.sqrt(np.einsum("d,d->", vector, vector, dtype=np.float64)))
    return (vector / np.float32(length)).astype(np.float32) if length > 0 else vector


WIDTH = CLOCKS + 2 * OPINIONS


@dataclass
class Nodes:
    """G nodes, each user's in the order in which they first appeared; `starts` (users + 1,): where each user's begin.

    `mass` (G, C): attention by clock, then liking and disliking by theirs, as of `touched` (G,); `circumstances` (G, 6); `first_seen`,
    `last_seen`, `counts` (G,).
    """

    starts: Ints
    mass: Floats
    touched: Floats
    circumstances: Floats
    first_seen: Floats
    last_seen: Floats
    counts: Ints

    @classmethod
    def of(cls, states: Sequence[State], new: Sequence[Sequence[str]]) -> "Nodes":
        """The nodes of `states`, to whose ids `new` ones are added."""
        more = [len(some) for some in new]
        for state, some in zip(states, new, strict=True):
            state.ids = [*state.ids, *some]
        mass = [np.concatenate([state.attention, state.opinion.reshape(-1, 2 * OPINIONS)], axis=1) for state in states]
        return cls(
            np.cumsum([0, *(len(state.ids) for state in states)]),
            _padded(mass, more),
            _padded([state.touched for state in states], more),
            _padded([state.circumstances for state in states], more),
            _padded([state.first_seen for state in states], more, np.inf),
            _padded([state.last_seen for state in states], more, -np.inf),
            _padded([state.counts for state in states], more),
        )

    def put(self, states: Sequence[State]) -> None:
        """Back into the states."""
        for user, state in enumerate(states):
            rows = slice(int(self.starts[user]), int(self.starts[user + 1]))
            state.attention = self.mass[rows, :CLOCKS]
            state.opinion = self.mass[rows, CLOCKS:].reshape(-1, 2, OPINIONS)
            state.touched, state.circumstances = self.touched[rows], self.circumstances[rows]
            state.first_seen, state.last_seen = self.first_seen[rows], self.last_seen[rows]
            state.counts = self.counts[rows]


def _padded(blocks: Sequence[NDArray[Any]], more: Sequence[int], value: float = 0.0) -> NDArray[Any]:
    """Each block with so many `more` rows of `value`, one after another."""
    fill = np.full((max(more, default=0), *blocks[0].shape[1:]), value, blocks[0].dtype)
    return np.concatenate([part for block, count in zip(blocks, more, strict=True) for part in (block, fill[:count])])
