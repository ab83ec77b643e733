"""The fold: one user's behaviour, event by event in canonical order, into that user's state.

Whatever decides the structure (who explains an event, when the pool is ripe, when a leaf splits) is decided at single events, never at the
end of a batch: `fold(fold(s, a), b)` and `fold(s, a + b)` are the same bits. It knows no other user, no name and no clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.assignment import nearest, responsibilities, similarities
from penchant.agent.profiles.engine.calibration import Calibration
from penchant.agent.profiles.engine.contextual import contexts
from penchant.agent.profiles.engine.dynamics import CLOCKS, SECONDS_PER_DAY, decay, even_trust, foresee, learn
from penchant.agent.profiles.engine.growth import attach, found, split_if_two
from penchant.agent.profiles.engine.joining import join_if_twin
from penchant.agent.profiles.engine.signals import Signal, signal
from penchant.agent.profiles.engine.state import ATTENTION, Pooled, State, Vectors
from penchant.store.event import Event

REPEAT_SECONDS = 600.0
REPEAT_WEIGHT = 0.1
MIN_FOUNDERS, MIN_DIFFERENT = 3, 2
"""So many alike events found an interest, if they are about so many different things: a thing looked at again and again is not one."""
POOL_SIZE = 24
POOL_AGE_DAYS = 30.0
UNPLACED_KEPT = 256
Flags = NDArray[np.bool_]
TEXT_KEPT = 100


@dataclass(frozen=True)
class Observation:
    """An event with what it is about: unit vector (d,), or None where neither item nor words are known; and its words."""

    event: Event
    vector: Vectors | None
    text: str


def fold(
    state: State, observations: Iterable[Observation], calibration: Calibration, weights: Mapping[str, float]
) -> State:
    """Advance `state` (changed in place) over observations that are later than everything in it. Returns it."""
    for observation in observations:
        _step(state, observation, calibration, weights)
    return state


def _step(state: State, seen: Observation, calibration: Calibration, weights: Mapping[str, float]) -> None:
    event, at = seen.event, seen.event.at.timestamp()
    if state.n_events:
        state.mass *= decay((at - state.at) / SECONDS_PER_DAY)
    state.at, state.last_id = max(at, state.at), event.event_id
    state.n_events += 1
    if seen.vector is None:
        _unplaced(state, event)
        return
    said = _damped(state, event, at, signal(event, weights, state.ratings))
    pooled = Pooled(event.event_id, event.item_id, at, said, seen.text[:TEXT_KEPT], contexts(event))
    explained = responsibilities(state, seen.vector, calibration)
    _learn(state, explained, said.attention)
    if explained:
        _assign(state, pooled, seen.vector, explained, calibration)
    else:
        state.pool.append(pooled)
        state.waiting.add(event.event_id)
        state.pool_vectors = np.concatenate([state.pool_vectors, seen.vector[None, :]])
        _ripen(state, calibration)


def _assign(
    state: State, event: Pooled, vector: Vectors, explained: list[tuple[int, float]], calibration: Calibration
) -> None:
    state.assigned += 1
    for index, share in explained:
        attach(state, index, event, vector, share, twin=calibration.twin)
    if not split_if_two(state, explained[0][0], calibration.theta):
        join_if_twin(state, explained[0][0], calibration.twin)


def _learn(state: State, explained: list[tuple[int, float]], attention: float) -> None:
    """Trust the experts who saw it coming. An unexplained event is one of an interest nobody has seen; a mere dislike teaches nothing."""
    if attention <= 0.0:
        return
    prior = 1.0 / (len(state.leaves) + 1)
    mass = state.mass[ATTENTION]
    total = mass.sum(axis=0)
    seen = sum((share * mass[index] for index, share in explained), np.zeros(CLOCKS))
    shares = sum(share for _, share in explained) if explained else 1.0
    likelihood = foresee(seen, total, prior * shares)
    state.trust = learn(state.trust, likelihood, _EVEN)


_EVEN = even_trust()


def _ripen(state: State, calibration: Calibration) -> None:
    """Let the newest event found a leaf with those it resembles; settle the oldest ones where the pool is full or they are stale."""
    newest = len(state.pool) - 1
    alike = similarities(state.pool_vectors, state.pool_vectors[newest]) >= calibration.gather
    if int(alike.sum()) >= MIN_FOUNDERS and _different(state, alike) >= MIN_DIFFERENT:
        _found(state, alike, calibration)
    while state.pool and _overdue(state):
        _settle_oldest(state, calibration)


def _overdue(state: State) -> bool:
    return len(state.pool) > POOL_SIZE or state.at - state.pool[0].at > POOL_AGE_DAYS * SECONDS_PER_DAY


def _settle_oldest(state: State, calibration: Calibration) -> None:
    """The oldest waiting event: with its like it founds a leaf; else it joins the nearest; else it stays unexplained for good."""
    looser = (calibration.gather + calibration.chance) / 2.0
    alike = similarities(state.pool_vectors, state.pool_vectors[0]) >= looser
    alike[0] = True
    if _different(state, alike) >= MIN_DIFFERENT:
        _found(state, alike, calibration)
        return
    event, vector = state.pool[0], state.pool_vectors[0]
    leaf = nearest(state, vector, looser)
    for index, share in leaf:
        attach(state, index, event, vector, share, twin=calibration.twin)
    state.assigned += len(leaf)
    state.unexplained += 1 - len(leaf)
    if leaf:
        state.waiting.discard(event.event_id)
    _leave_pool(state, np.arange(len(state.pool)) == 0)


def _different(state: State, chosen: Flags) -> int:
    return len({state.pool[i].item_id or state.pool[i].event_id for i in np.flatnonzero(chosen)})


def _found(state: State, chosen: Flags, calibration: Calibration) -> None:
    founders = [(state.pool[i], state.pool_vectors[i]) for i in np.flatnonzero(chosen)]
    join_if_twin(state, found(state, founders, calibration.twin), calibration.twin)
    state.assigned += len(founders)
    state.waiting.difference_update(event.event_id for event, _ in founders)
    _leave_pool(state, chosen)


def _leave_pool(state: State, leaving: Flags) -> None:
    state.pool = [event for event, leaves in zip(state.pool, leaving, strict=True) if not leaves]
    state.pool_vectors = state.pool_vectors[~leaving]


def _damped(state: State, event: Event, at: float, said: Signal) -> Signal:
    """The same thing done to the same item within minutes (order lines, double clicks) says little more than once."""
    if event.item_id is None:
        return said
    state.recent = {name: last for name, last in state.recent.items() if at - last <= REPEAT_SECONDS}
    name = f"{event.type}\x1f{event.item_id}"
    repeated = name in state.recent
    state.recent[name] = at
    return Signal(*(part * REPEAT_WEIGHT for part in said)) if repeated else said


def _unplaced(state: State, event: Event) -> None:
    state.waiting.add(event.event_id)
    if event.item_id is not None and (len(state.unplaced) < UNPLACED_KEPT or event.item_id in state.unplaced):
        state.unplaced[event.item_id] = state.unplaced.get(event.item_id, 0) + 1
