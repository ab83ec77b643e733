"""Turns a state into interests: the user's evidence for each node at one moment. Also borrows interests for new users: what similar
users, friends and people who share an attribute care about.

Borrowed interests enter as the prior ρ, never as evidence: their part of p is Σ q α / (S + α), which shrinks as the user's own
behaviour S grows, and they are dropped after twenty events. Declared interests are edits by the user (`user_edits`); first clicks are
ordinary behaviour.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from penchant.agent.profiles.engine.dynamics import SECONDS_PER_DAY, TIMESCALES, decay
from penchant.agent.profiles.engine.evidence import FIXED, GIFT, terms
from penchant.agent.profiles.engine.fold import OPINION_HALF_LIVES_DAYS
from penchant.agent.profiles.engine.personal import Path, Place, Places
from penchant.agent.profiles.engine.state import OPINIONS, OwnTheme, State, Vectors, normalised
from penchant.agent.taxonomy.title_names import shared_label
from penchant.arrays import Floats
from penchant.store.labels import folded
from penchant.store.profile import LabelSource, NodeKind
from penchant.store.statement import Polarity

LABEL_LENGTH = 60


@dataclass(slots=True)
class NodeRow:
    """One interest while the profile is read. `path`, `ids`, `sources`: labels from the topic down to the interest itself, their ids and
    who named them. `words`: keywords of the node, with their shares; `weight`: all evidence, undecayed. `attention` (H,), `opinion`
    (2, 2): as of the time of reading. `evidence`: rows of the state's evidence, oldest first.
    """

    kind: NodeKind
    path: Path
    ids: tuple[str, ...]
    sources: tuple[LabelSource, ...]
    vector: Vectors
    words: Sequence[tuple[str, float]]
    attention: Floats
    opinion: Floats
    evidence: slice = field(default_factory=lambda: slice(0, 0))
    count: int = 0
    first_seen: float = np.inf
    last_seen: float = -np.inf
    weight: float = 0.0
    named: Mapping[str, float] = field(default_factory=dict)
    fixed: Floats = field(default_factory=lambda: np.zeros(len(FIXED)))
    pinned: bool = False
    muted: bool = False
    stated: Polarity | None = None
    onboard: float = 0.0
    borrowed: float = 0.0

    @property
    def id(self) -> str:
        """The id of the node."""
        return self.ids[-1]

    @property
    def is_gift(self) -> bool:
        """Whether at least half of the evidence is from gifts."""
        given = self.named.get(GIFT, 0.0)
        return given > 0.0 and 2.0 * given >= float(self.fixed[:4].sum())

    @property
    def contexts(self) -> dict[str, float]:
        """Evidence by circumstance: hour band, kind of day, and named ones."""
        fixed = {name: weight for name, weight in zip(FIXED, self.fixed.tolist(), strict=True) if weight}
        return {**fixed, **self.named}


def rows(state: State, at: float, places: Places) -> list[NodeRow]:
    """Return the interests as of `at` (Unix seconds, not before the state's own time); nodes that the taxonomy no longer has are left
    out.
    """
    attention, opinion = masses_at(state, at)
    starts = np.searchsorted(state.evidence.node, np.arange(len(state.ids) + 1)).tolist()
    columns = (
        state.ids,
        attention,
        opinion,
        map(slice, starts, starts[1:]),
        state.counts.tolist(),
        state.first_seen.tolist(),
        state.last_seen.tolist(),
        attention[:, -1].tolist(),
        state.circumstances,
    )
    found = []
    for name, masses, opinions, behind, count, first, last, weight, fixed in zip(*columns, strict=True):
        place = place_of(name, state, places) if name in state.own else places.get(name)
        if place is None:
            continue
        named = state.contexts.get(name, _NOTHING)
        found.append(NodeRow(*place, masses, opinions, behind, count, first, last, weight, named, fixed))
    return found


def masses_at(state: State, at: float) -> tuple[Floats, Floats]:
    """Return attention (n, H) and opinion (n, 2, 2) as of `at`, including the current occasion."""
    elapsed = np.maximum(at - state.touched, 0.0) / SECONDS_PER_DAY
    attention = state.attention * decay(elapsed).reshape(-1, TIMESCALES)
    fading = np.exp2(-elapsed[:, None] / OPINION_HALF_LIVES_DAYS)
    opinion = state.opinion * fading[:, None, :]
    occasion = state.occasion
    if len(occasion.rows):
        since = max(at - occasion.at, 0.0) / SECONDS_PER_DAY
        attention[occasion.rows] += occasion.attention * decay(since)
        opinion[occasion.rows] += occasion.opinion * np.exp2(-since / OPINION_HALF_LIVES_DAYS)
    return attention, opinion


def place_of(name: str, state: State, places: Places) -> Place | None:
    """Return the place of a node of the state; a personal theme stands under its nearest topic or subtopic, or on its own."""
    own = state.own.get(name)
    if own is None:
        return places.get(name)
    above = places.get(own.place) if own.place else None
    vector = normalised(state.personal[list(state.own).index(name)])
    label = personal_label(own)
    path, ids = (above.path, above.ids) if above else ((), ())
    sources: tuple[LabelSource, ...] = (*(above.sources if above else ()), "rule")
    words = list(dict.fromkeys(word for text in own.texts for word in terms(text)))
    return Place(
        "personal", (*path, label), (*ids, name), sources, vector, tuple((word, 1.0 / len(words)) for word in words)
    )


def personal_label(own: OwnTheme) -> str:
    """Return what the titles that founded a personal theme have in common, else the first of them."""
    return shared_label(own.texts) or own.texts[0][:LABEL_LENGTH]


def stated_row(label: str, above: Place | None, vector: Vectors) -> NodeRow:
    """Return a row for an interest that exists only because the user stated it, under the user's label."""
    name = f"x-{digest(folded(label))}"
    path, ids = (above.path, above.ids) if above else ((), ())
    sources: tuple[LabelSource, ...] = (*(above.sources if above else ()), "user")
    masses, opinions = np.zeros(TIMESCALES), np.zeros((2, OPINIONS))
    return NodeRow("personal", (*path, label), (*ids, name), sources, vector, (), masses, opinions)


def row_at(place: Place) -> NodeRow:
    """Return a row for a node of the taxonomy, without evidence."""
    return NodeRow(*place[:5], (), np.zeros(TIMESCALES), np.zeros((2, OPINIONS)))


def digest(*parts: str) -> str:
    """Return a short stable id made from `parts`."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def starts_with(path: Path, prefix: Sequence[str]) -> bool:
    """Return whether `path` starts with the labels of `prefix`; False for an empty prefix."""
    return bool(prefix) and [folded(label) for label in path[: len(prefix)]] == [folded(label) for label in prefix]


_NOTHING: Mapping[str, float] = {}


LENT_UNTIL_EVENTS = 20
MOST_LENT = 5


@dataclass(frozen=True)
class Borrowed:
    """An interest lent by others, as a row without evidence, and its share of what is lent."""

    row: NodeRow
    share: float


def borrow(rows: list[NodeRow], lent: Sequence[Borrowed], events: int) -> list[NodeRow]:
    """Add borrowed interests for a user with fewer than twenty events, in topics and subtopics where the user has none."""
    if events >= LENT_UNTIL_EVENTS:
        return rows
    own = {row.ids[:2] for row in rows} | {row.ids[:1] for row in rows}
    new = [borrowed for borrowed in lent if borrowed.row.ids[:2] not in own]
    return rows + [replace(borrowed.row, borrowed=borrowed.share) for borrowed in new[:MOST_LENT]]


def lend(lenders: Sequence[Sequence[Borrowed]]) -> list[Borrowed]:
    """Return what several users lend together: the mean of their shares, strongest first."""
    if not lenders:
        return []
    parts: dict[str, list[Borrowed]] = {}
    for borrowed in (borrowed for lender in lenders for borrowed in lender):
        parts.setdefault(borrowed.row.id, []).append(borrowed)
    pooled = [Borrowed(same[0].row, sum(borrowed.share for borrowed in same) / len(lenders)) for same in parts.values()]
    return sorted(pooled, key=lambda borrowed: (-borrowed.share, borrowed.row.path, borrowed.row.id))[:MOST_LENT]


def lent_by_mix(mix: Mapping[str, float], places: Places) -> list[Borrowed]:
    """Return what a mix of topics lends."""
    known = ((places.get(topic), share) for topic, share in mix.items() if share > 0)
    return [Borrowed(row_at(place), share) for place, share in known if place is not None]


def lent_by_friend(rows: Sequence[NodeRow], p: Sequence[float], liking: Sequence[float]) -> list[Borrowed]:
    """Return what a friend lends: the interests they like, without their evidence and edits."""
    lent = []
    for row, share, likes in zip(rows, p, liking, strict=True):
        if share > 0 and likes >= 0.5 and not row.muted:
            nothing = (row.attention * 0.0, row.opinion * 0.0)
            bare = NodeRow(row.kind, row.path, row.ids, row.sources, row.vector, (), *nothing)
            lent.append(Borrowed(bare, share))
    return lent


def most_similar_kind(mix: Mapping[str, float], kinds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the kind of users whose topic mix is nearest by cosine; {} if there is none."""

    def cosine(other: Mapping[str, float]) -> float:
        dot = sum(share * other.get(topic, 0.0) for topic, share in mix.items())
        lengths = np.sqrt(sum(v * v for v in mix.values()) * sum(v * v for v in other.values()))
        return float(dot / lengths) if lengths > 0 else 0.0

    near = max(range(len(kinds)), key=lambda k: (cosine(kinds[k]), -k), default=None)
    return dict(kinds[near]) if near is not None and cosine(kinds[near]) > 0 else {}
