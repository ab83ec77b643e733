"""The state of one user between updates: everything the fold needs to continue, of a size that does not grow with the number of events."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import EXPERTS, TIMESCALES, even_trust
from penchant.agent.profiles.engine.signals import RatingScale
from penchant.arrays import Floats, Ints

EVIDENCE_KEPT = 24
"""Number of events stored per node with their weights, the newest; 20 of them are shown."""
OPINIONS = 2
"""Number of half-lives of liking and disliking: 60 days, and infinite."""
FIXED_CONTEXTS = 6
PERSONAL = "p-"
"""The prefix of the ids of personal themes."""
Vectors = NDArray[np.float32]


class WaitingEvent(NamedTuple):
    """An event about an item without a theme, waiting to found a personal theme with others like it."""

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
    """A personal theme without its numbers: the titles that founded it, and the id of its nearest topic or subtopic, if any."""

    texts: tuple[str, ...]
    place: str | None


@dataclass
class NodeEvidence:
    """The newest events of every node, as columns: by node, each node's oldest first. `node`: index of the node; `weights`: signed,
    undecayed, the node's own share of the event's evidence.
    """

    node: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    ids: list[str] = field(default_factory=list)
    items: list[str | None] = field(default_factory=list)
    at: Floats = field(default_factory=lambda: np.zeros(0))
    weights: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass
class Occasion:
    """The current occasion: what happened at one moment, or in one session, so far. It is predicted as a whole from what came before it,
    so it is stored separately until the next one begins. `at`: when it began, Unix seconds; `session`: its session, if any.

    `rows` (k,): the nodes involved; `attention` (k, H) and `opinion` (k, 2, 2): what it adds to them, as of `at`; `log_likelihood` (H, P):
    the sum of the log-probabilities of its events under every expert; `learnt`: the number of these events.
    """

    at: float = 0.0
    session: str | None = None
    rows: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    attention: Floats = field(default_factory=lambda: np.zeros((0, TIMESCALES)))
    opinion: Floats = field(default_factory=lambda: np.zeros((0, 2, OPINIONS)))
    log_likelihood: Floats = field(default_factory=lambda: np.zeros(EXPERTS))
    learnt: int = 0


@dataclass
class State:
    """The state of one user. `ids`, `first_seen`, `last_seen`, `counts`, `attention`, `opinion`, `touched` and `circumstances` have one
    row per node, n nodes in order of first appearance.

    `at`, `last_id`: the last event folded. `ids`: those of the taxonomy, or of personal themes, which are described in `own`.
    `attention`: (n, H) decayed masses by half-life, as of `touched` (n,); `opinion`: (n, 2, 2) liking and disliking by the half-lives
    of 60 days and infinity, likewise; `total`: (H,) all attention, as of `total_at`. `circumstances`: (n, 6) evidence by hour band,
    weekday and weekend; `contexts`: evidence by named circumstance, such as `device:phone`, per node id. `trust`: (H, P). None of the
    masses includes `occasion` yet. `recent`: the times of actions on items in the last ten minutes. `pool`: events that wait for
    others like them; `unexplained`: number of events that left the pool without a theme, or whose text has no certain place;
    `unplaced`: items not in the catalogue, with their number of events. `personal`: (k, d) sums of the vectors of the personal
    themes, in the order of `own`.
    """

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
    attention: Floats = field(default_factory=lambda: np.zeros((0, TIMESCALES)))
    opinion: Floats = field(default_factory=lambda: np.zeros((0, 2, OPINIONS)))
    touched: Floats = field(default_factory=lambda: np.zeros(0))
    total: Floats = field(default_factory=lambda: np.zeros(TIMESCALES))
    total_at: float = 0.0
    circumstances: Floats = field(default_factory=lambda: np.zeros((0, FIXED_CONTEXTS)))
    occasion: Occasion = field(default_factory=Occasion)
    personal: Vectors = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    @property
    def pooled(self) -> int:
        """Number of events that belong to no interest: waiting, unexplained, or about items not in the catalogue."""
        return self.n_events - self.assigned


def normalised(vector: Vectors) -> Vectors:
    """Return the unit vector; zero stays zero."""
    length = float(np.sqrt(np.einsum("d,d->", vector, vector, dtype=np.float64)))
    return (vector / np.float32(length)).astype(np.float32) if length > 0 else vector


WIDTH = TIMESCALES + 2 * OPINIONS


@dataclass
class Nodes:
    """The G nodes of some users, each user's in order of first appearance; `starts` (users + 1,): where each user's begin.

    `mass` (G, C): attention by half-life, then liking and disliking by theirs, as of `touched` (G,); `circumstances` (G, 6);
    `first_seen`, `last_seen`, `counts` (G,).
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
        """Return the nodes of `states`, after adding the `new` ids to each state."""
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
        """Write the nodes back to the states."""
        for user, state in enumerate(states):
            rows = slice(int(self.starts[user]), int(self.starts[user + 1]))
            state.attention = self.mass[rows, :TIMESCALES]
            state.opinion = self.mass[rows, TIMESCALES:].reshape(-1, 2, OPINIONS)
            state.touched, state.circumstances = self.touched[rows], self.circumstances[rows]
            state.first_seen, state.last_seen = self.first_seen[rows], self.last_seen[rows]
            state.counts = self.counts[rows]


def _padded(blocks: Sequence[NDArray[Any]], more: Sequence[int], value: float = 0.0) -> NDArray[Any]:
    """Concatenate the blocks, each followed by `more` rows filled with `value`."""
    fill = np.full((max(more, default=0), *blocks[0].shape[1:]), value, blocks[0].dtype)
    return np.concatenate([part for block, count in zip(blocks, more, strict=True) for part in (block, fill[:count])])
