"""Reading a state: (state, names, edits, population, moment) → tree. Pure: the same inputs give the same bytes, and nothing is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from penchant.agent.profiles.cold_start import Borrowed, borrow
from penchant.agent.profiles.engine.calibration import Calibration
from penchant.agent.profiles.engine.contextual import contextual
from penchant.agent.profiles.engine.drift import directions, drift
from penchant.agent.profiles.engine.dynamics import PRIOR_STRENGTHS, SECONDS_PER_DAY
from penchant.agent.profiles.engine.grouping import settled
from penchant.agent.profiles.engine.profile_arrays import LiveEvidence, LiveInterests
from penchant.agent.profiles.engine.rounding import WHOLE, millionths
from penchant.agent.profiles.engine.rows import Row, rows
from penchant.agent.profiles.engine.state import ATTENTION, Evidence, State, Vectors
from penchant.agent.profiles.engine.tree import interests, moment, spread_paths
from penchant.agent.profiles.engine.user_edits import EditLike, apply
from penchant.agent.profiles.engine.weights import Weights, experts, half_lives, weigh
from penchant.agent.profiles.population import Population
from penchant.agent.profiles.readers.reader import Reading
from penchant.store.profile import Drift, ExpertWeight, Pool, Profile

RETIRED_DAYS = 60.0
RETIRED_PART = 0.1
RETIRE_ABOVE = 12


@dataclass(frozen=True)
class Overlay:
    """Everything a reading depends on besides the state: names by key, the user's edits in order with the vectors of their labels, what all
    users taught, what similar users lend, the language, and the circumstances asked about."""

    names: Mapping[str, Reading]
    language: str
    calibration: Calibration
    edits: Sequence[EditLike] = ()
    vectors: Mapping[str, Vectors] = field(default_factory=dict)
    population: Population | None = None
    borrowed: Sequence[Borrowed] = ()
    circumstances: Sequence[str] = ()


@dataclass(frozen=True)
class View:
    """The interests of one user at one moment, weighed; the tree and the arrays are two forms of it."""

    rows: list[Row]
    weights: Weights
    at: float


def view(state: State, overlay: Overlay, at: float) -> View:
    """Bring the state forward to `at` (never back: a moment before the last event reads as that event's), and lay the overlay over it."""
    at = max(at, state.at)
    shown = settled(state, overlay.calibration)
    found = rows(shown, at, overlay.names)
    found = apply(found, overlay.edits, overlay.vectors, state.dimensions)
    found = borrow(found, overlay.borrowed, state.n_events)
    at_last = shown.mass[ATTENTION].sum(axis=0)
    weights = weigh(found, state.trust, overlay.population, at_last)
    kept = [i for i, row in enumerate(found) if not _retired(row, float(weights.p[i]), len(found), at)]
    if len(kept) < len(found):
        found = [found[i] for i in kept]
        weights = weigh(found, state.trust, overlay.population, at_last)
    spread_paths(found)
    if overlay.circumstances:
        p = contextual(weights.p, [_contexts(row) for row in found], overlay.circumstances)
        weights = replace(weights, p=p)
    return View(found, weights, at)


def profile(state: State, overlay: Overlay, seen: View, user_id: str, version: int) -> Profile:
    """The tree, as `profile show --json`."""
    return Profile(
        user_id=user_id,
        version=version,
        as_of=moment(seen.at),
        language=overlay.language,
        n_events=state.n_events,
        interests=interests(seen.rows, seen.weights),
        pool=Pool(events=state.pooled),
        experts=_experts(seen.weights),
        drift=_drift(seen),
    )


def live(state: State, seen: View, user_id: str, version: int) -> LiveInterests:
    """The leaves as arrays, strongest first."""
    found, weights = seen.rows, seen.weights
    order = sorted(range(len(found)), key=lambda i: (-weights.p[i], found[i].path))
    half = half_lives(found, weights)
    return LiveInterests(
        user_id=user_id,
        version=version,
        as_of=moment(seen.at),
        ids=tuple(found[i].id for i in order),
        labels=tuple(found[i].path[-1] for i in order),
        paths=tuple(found[i].path for i in order),
        vectors=np.stack([found[i].vector for i in order]) if order else np.zeros((0, state.dimensions), np.float32),
        p=weights.p[order],
        liking=weights.liking[order],
        muted=np.array([found[i].muted for i in order], dtype=bool),
        pinned=np.array([found[i].pinned for i in order], dtype=bool),
        stated=np.array([found[i].stated is not None for i in order], dtype=bool),
        evidence=tuple(_faded(found[i].evidence, half[i], seen.at) for i in order),
        contexts=tuple(_contexts(found[i]) for i in order),
        n_events=state.n_events,
    )


def _retired(row: Row, p: float, count: int, at: float) -> bool:
    """Faded below a tenth of an even share and unseen for two months: kept in the state, back with its history when seen again."""
    if count <= RETIRE_ABOVE or row.pinned or row.stated or row.muted or not row.leaves:
        return False
    last = max(leaf.last_seen for leaf in row.leaves)
    return p < RETIRED_PART / count and at - last > RETIRED_DAYS * SECONDS_PER_DAY


def _faded(evidence: Sequence[Evidence], half_life: float | None, at: float) -> tuple[LiveEvidence, ...]:
    """Newest first, weights decayed to `at` (Unix seconds) by the interest's own half-life in days."""
    per_second = 1.0 / (half_life * SECONDS_PER_DAY) if half_life else 0.0
    return tuple(
        [
            LiveEvidence(e.event_id, e.item_id, moment(e.at), e.weight * 2.0 ** (per_second * min(e.at - at, 0.0)))
            for e in reversed(evidence)
        ]
    )


def _contexts(row: Row) -> dict[str, float]:
    merged: dict[str, float] = {}
    for leaf in row.leaves:
        for name, count in leaf.contexts.items():
            merged[name] = merged.get(name, 0.0) + count
    return merged


def _experts(weights: Weights) -> tuple[ExpertWeight, ...]:
    listed = experts(weights.trust)
    parts = millionths(np.array([trust for _, _, trust in listed]))
    return tuple(
        ExpertWeight(half_life_days=days, prior=float(PRIOR_STRENGTHS[j]), weight=part / WHOLE)
        for (days, j, _), part in zip(listed, parts, strict=True)
    )


def _drift(seen: View) -> tuple[Drift, ...]:
    if not seen.rows:
        return ()
    changed = directions(drift(np.stack([row.mass[ATTENTION] for row in seen.rows])))
    return tuple(Drift(id=seen.rows[i].id, label=seen.rows[i].path[-1], direction=way) for i, way in changed)
