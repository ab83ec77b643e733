"""Near-twins become one: interests that grew up apart, or under another name, and turn out to be about the same thing."""

import numpy as np

from penchant.agent.profiles.engine.growth import CONTEXTS_KEPT, age, most
from penchant.agent.profiles.engine.state import EVIDENCE_KEPT, TERMS_KEPT, Leaf, State, normalised


def join_if_twin(state: State, index: int, threshold: float) -> None:
    """Join leaf `index` with the leaf most like it, if they are at least `threshold` alike. The elder keeps its place, name and id."""
    if len(state.leaves) < 2:
        return
    alike = np.einsum("nd,d->n", state.unit, state.unit[index], dtype=np.float64)
    alike[index] = -1.0
    twin = int(alike.argmax())
    if alike[twin] >= threshold:
        _join(state, *sorted((index, twin)))


def _join(state: State, elder: int, younger: int) -> None:
    """The elder's evidence becomes one half of it and the younger's the other, so that they can part again should they grow apart."""
    now = float(state.touched[[elder, younger]].max())
    for index in (elder, younger):
        age(state, index, now)
    state.mass[:, elder] += state.mass[:, younger]
    state.halves[elder] = np.stack([state.halves[elder].sum(axis=0), state.halves[younger].sum(axis=0)])
    state.weights[elder] = (state.weights[elder].sum(), state.weights[younger].sum())
    state.unit[elder] = normalised(state.halves[elder, 0] + state.halves[elder, 1])
    _tell(state.leaves[elder], state.leaves[younger])
    _drop(state, younger)


def _tell(elder: Leaf, younger: Leaf) -> None:
    known = {e.event_id for e in elder.evidence}
    elder.evidence = [e._replace(half=0) for e in elder.evidence]
    elder.evidence += [e._replace(half=1) for e in younger.evidence if e.event_id not in known]
    elder.evidence.sort(key=lambda e: (e.at, e.event_id))
    elder.count += younger.count - len(known & {e.event_id for e in younger.evidence})
    del elder.evidence[:-EVIDENCE_KEPT]
    elder.first_seen = min(elder.first_seen, younger.first_seen)
    elder.last_seen = max(elder.last_seen, younger.last_seen)
    elder.terms = most(_sum(elder.terms, younger.terms), TERMS_KEPT)
    elder.contexts = most(_sum(elder.contexts, younger.contexts), CONTEXTS_KEPT)
    elder.absorbed = [*elder.absorbed, younger.id, *younger.absorbed]


def _drop(state: State, index: int) -> None:
    del state.leaves[index]
    state.mass = np.delete(state.mass, index, axis=1)
    for name in ("halves", "weights", "touched", "unit"):
        setattr(state, name, np.delete(getattr(state, name), index, axis=0))


def _sum(first: dict[str, float], second: dict[str, float]) -> dict[str, float]:
    return {name: first.get(name, 0.0) + second.get(name, 0.0) for name in {**first, **second}}
