"""Reads a state: (state, taxonomy, edits, population, time) → tree. Pure: the same inputs give the same bytes, and nothing is changed.
Also computes one user's contribution to the population, from their state alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.codec import WHOLE, LiveInterests, Muting, millionths
from penchant.agent.profiles.engine.dynamics import (
    LONG,
    PRIOR_STRENGTHS,
    SECONDS_PER_DAY,
    SHORT,
    directions,
    drift,
    even_trust,
    learn,
    likelihood,
    mixture,
)
from penchant.agent.profiles.engine.evidence import contextual
from penchant.agent.profiles.engine.personal import Places
from penchant.agent.profiles.engine.rows import Borrowed, NodeRow, borrow, masses_at, rows
from penchant.agent.profiles.engine.state import State, Vectors
from penchant.agent.profiles.engine.tree import instant, interests
from penchant.agent.profiles.engine.user_edits import EditLike, apply, muting
from penchant.agent.profiles.engine.weights import Weights, experts, weigh
from penchant.agent.profiles.population import Mix, Person, Population
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.arrays import Floats
from penchant.store.labels import without_repeated_labels
from penchant.store.profile import Drift, ExpertWeight, Pool, Profile, construct
from penchant.store.statement import Statement

RETIRED_DAYS = 60.0
RETIRED_PART = 0.1
RETIRE_ABOVE = 12


@dataclass(frozen=True)
class Overlay:
    """Everything a reading depends on besides the state: the taxonomy in a language, the user's statements, the user's edits in order
    with the vectors of their labels (`vectors`) and the places of these (`text_places`), the population, interests borrowed from similar
    users, and the requested circumstances.
    """

    places: Places
    statements: tuple[Statement, ...] = ()
    edits: Sequence[EditLike] = ()
    vectors: Mapping[str, Vectors] = field(default_factory=dict)
    text_places: Mapping[str, str | None] = field(default_factory=dict)
    population: Population | None = None
    borrowed: Sequence[Borrowed] = ()
    circumstances: Sequence[str] = ()

    @property
    def language(self) -> str:
        """The language of labels."""
        return self.places.language


@dataclass(frozen=True)
class ProfileView:
    """The interests of one user at one moment, with weights; the tree and the arrays are made from it."""

    rows: list[NodeRow]
    weights: Weights
    at: float
    muting: tuple[Muting, ...] = ()


def view(state: State, overlay: Overlay, at: float) -> ProfileView:
    """Bring the state forward to `at` (or to its last event, if that is later), and apply the overlay."""
    at = max(at, state.at)
    found = rows(state, at, overlay.places)
    found = apply(found, overlay.edits, overlay.vectors, overlay.text_places, overlay.places)
    found = borrow(found, overlay.borrowed, state.n_events)
    trust = current_trust(state)
    at_last = _total_at_last(state)
    weights = weigh(found, trust, overlay.population, at_last)
    retired = _retired(found, weights, at)
    if retired:
        found = [row for i, row in enumerate(found) if i not in retired]
        weights = weigh(found, trust, overlay.population, at_last)
    if overlay.circumstances:
        p = contextual(weights.p, [row.contexts for row in found], overlay.circumstances)
        weights = replace(weights, p=p)
    return ProfileView(found, weights, at, muting(found, overlay.edits, overlay.vectors))


def profile(state: State, overlay: Overlay, view: ProfileView, user_id: str, version: int) -> Profile:
    """Return the tree, as in `profile show --json`."""
    return Profile(
        user_id=user_id,
        version=version,
        as_of=instant(view.at),
        language=overlay.language,
        n_events=state.n_events,
        interests=interests(view.rows, view.weights, state.evidence, view.at),
        pool=Pool(events=state.pooled),
        experts=_experts(view.weights),
        drift=_drift(view),
        taxonomy_version=overlay.places.taxonomy.version,
    )


def live(state: State, overlay: Overlay, view: ProfileView, user_id: str, version: int) -> LiveInterests:
    """Return the leaves as arrays, strongest first."""
    found, weights, dimensions = view.rows, view.weights, overlay.places.dimensions
    order = sorted(range(len(found)), key=lambda i: (-weights.p[i], found[i].path, found[i].id))
    ids, items = state.evidence.ids, state.evidence.items
    vectors = [found[i].vector for i in order]
    dimensions = max([dimensions, *(len(vector) for vector in vectors)])
    return LiveInterests(
        user_id=user_id,
        version=version,
        as_of=instant(view.at),
        ids=tuple(found[i].id for i in order),
        labels=tuple(found[i].path[-1] for i in order),
        paths=tuple(without_repeated_labels(found[i].path) for i in order),
        nodes=tuple(found[i].ids for i in order),
        vectors=np.stack([_of_length(vector, dimensions) for vector in vectors])
        if order
        else np.zeros((0, dimensions), np.float32),
        p=weights.p[order],
        liking=weights.liking[order],
        muted=np.array([found[i].muted for i in order], dtype=bool),
        pinned=np.array([found[i].pinned for i in order], dtype=bool),
        stated=np.array([found[i].stated is not None for i in order], dtype=bool),
        acted=np.array([any(items[found[i].evidence]) for i in order], dtype=bool),
        evidence=tuple(tuple(ids[found[i].evidence][::-1]) for i in order),
        n_events=state.n_events,
        statements=overlay.statements,
        muting=view.muting,
    )


def current_trust(state: State) -> Floats:
    """Return the trust (H, P), including what the current occasion has taught so far."""
    occasion = state.occasion
    if not occasion.learnt:
        return state.trust
    likelihoods = likelihood(occasion.log_likelihood, np.asarray(occasion.learnt, np.float64))
    return learn(state.trust, likelihoods, even_trust())


def _total_at_last(state: State) -> Floats:
    """Return the total attention (H,) at the last event."""
    attention, _ = masses_at(state, state.at)
    return np.asarray(attention.sum(axis=0))


def _retired(found: Sequence[NodeRow], weights: Weights, at: float) -> frozenset[int]:
    """Return the rows below a tenth of an even share and without events for two months. They stay in the state and return with their
    history on the next event.
    """
    if len(found) <= RETIRE_ABOVE:
        return frozenset()
    since = at - RETIRED_DAYS * SECONDS_PER_DAY
    faint = [(i, found[i]) for i in np.flatnonzero(weights.p < RETIRED_PART / len(found)).tolist()]
    return frozenset(
        i for i, row in faint if row.count and row.last_seen < since and not (row.pinned or row.stated or row.muted)
    )


def _of_length(vector: Vectors, dimensions: int) -> Vectors:
    return vector if len(vector) == dimensions else np.zeros(dimensions, np.float32)


def _experts(weights: Weights) -> tuple[ExpertWeight, ...]:
    listed = experts(weights.trust)
    parts = millionths(np.array([trust for _, _, trust in listed]))
    return tuple(
        construct(ExpertWeight, {"half_life_days": days, "prior": float(PRIOR_STRENGTHS[j]), "weight": part / WHOLE})
        for (days, j, _), part in zip(listed, parts, strict=True)
    )


def _drift(view: ProfileView) -> tuple[Drift, ...]:
    if not view.rows:
        return ()
    changed = directions(drift(view.weights.attention))
    return tuple(Drift(id=view.rows[i].id, label=view.rows[i].path[-1], direction=way) for i, way in changed)


class People:
    """Computes contributions of users to the population, over the nodes of one taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        subtopics = [node.id for node in taxonomy.subtopics]
        topics = [node.id for node in taxonomy.topics]
        owners = taxonomy.subtopic_topics.tolist()
        self.above: dict[str, tuple[str, ...]] = {topic: (topic,) for topic in topics}
        self.above |= {name: (topics[owner], name) for name, owner in zip(subtopics, owners, strict=True)}
        for theme, subtopic in zip(taxonomy.themes, taxonomy.theme_subtopics.tolist(), strict=True):
            self.above[theme.id] = (*self.above[subtopics[subtopic]], theme.id)

    def person(self, state: State, portrait: tuple[str, ...] = ()) -> Person | None:
        """Return the user's contribution, or None if they have no interest in a node of the taxonomy."""
        attention, _ = masses_at(state, state.at)
        if not len(attention):
            return None
        trust = current_trust(state)
        mix = self._mix(state, _shares(attention, trust))
        if not mix:
            return None
        short, long = (self._mix(state, _shares(attention, trust, timescales)) for timescales in (SHORT, LONG))
        return Person(mix, short, long, trust, portrait, state.at)

    def topics(self, state: State) -> Mix:
        """Return the share of each topic."""
        attention, _ = masses_at(state, state.at)
        mix = self._mix(state, _shares(attention, current_trust(state))) if len(attention) else {}
        return {node: share for node, share in mix.items() if len(self.above[node]) == 1}

    def _mix(self, state: State, shares: Floats) -> Mix:
        mix: Mix = {}
        for name, share in zip(state.ids, shares.tolist(), strict=True):
            for node in self.above.get(name, ()):
                mix[node] = mix.get(node, 0.0) + share
        return mix


def _shares(attention: Floats, trust: Floats, timescales: NDArray[np.bool_] | None = None) -> Floats:
    """Return the share (n,) of each of the user's nodes, by all half-lives or those in `timescales` (H,), with an even prior."""
    if timescales is not None:
        trust = trust * timescales[:, None]
        trust = trust / trust.sum()
    return mixture(attention, trust, np.full(len(attention), 1.0 / len(attention)))
