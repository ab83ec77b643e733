"""How the tree grows: events join a leaf, similar unexplained events found one, and a leaf whose evidence falls into two is split."""

import hashlib
import math
from collections.abc import Sequence

import numpy as np

from penchant.agent.profiles.engine.dynamics import CLOCKS, SECONDS_PER_DAY, Floats, decay
from penchant.agent.profiles.engine.keywords import terms
from penchant.agent.profiles.engine.signals import Signal
from penchant.agent.profiles.engine.state import (
    EVIDENCE_KEPT,
    TERMS_KEPT,
    Evidence,
    Leaf,
    Pooled,
    State,
    Vectors,
    normalised,
)

FOUNDING_TEXTS = 6
REREAD_FROM = 16
"""At so many events a leaf is read anew, and at every doubling after that if it has become something else meanwhile."""
TELLING_TERMS = 4
CONTEXTS_KEPT = 24
MEMORY_DAYS = 120.0
LEAST_WEIGHT = 0.05
SPLIT_EVIDENCE = 6.0
SPLIT_EVENTS = 6


def digest(*parts: str) -> str:
    """A short stable name for what `parts` say."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def attach(state: State, index: int, event: Pooled, vector: Vectors, share: float, *, twin: float) -> None:
    """Give leaf `index` its share of an event: masses, vector, words, contexts and evidence. `twin`: the cosine of what is the same."""
    fading = decay((state.at - event.at) / SECONDS_PER_DAY)
    state.mass[:, index] += np.multiply.outer(np.array(event.signal) * share, fading)
    weight = share * max(event.signal.attention, event.signal.disliked, LEAST_WEIGHT)
    age(state, index, event.at)
    half = _half(state, index, vector, twin)
    state.halves[index, half] += np.float32(weight) * vector
    state.weights[index, half] += weight
    state.unit[index] = normalised(state.halves[index, 0] + state.halves[index, 1])
    signed = share * (event.signal.attention - event.signal.disliked)
    leaf = state.leaves[index]
    _describe(leaf, event, Evidence(event.event_id, event.item_id, event.at, signed, half, event.text), weight)
    if leaf.count == REREAD_FROM or (leaf.count > REREAD_FROM and leaf.count.bit_count() == 1 and _moved_on(leaf)):
        _reread(leaf)


def found(state: State, founders: Sequence[tuple[Pooled, Vectors]], twin: float) -> int:
    """A new leaf from similar events, earliest first. Returns its index."""
    centre = normalised(np.sum([vector for _, vector in founders], axis=0, dtype=np.float32))
    alike = [float(np.einsum("d,d->", vector, centre)) for _, vector in founders]
    telling = [founders[i][0] for i in sorted(range(len(founders)), key=lambda i: (-alike[i], i))]
    index = _grow(state, telling, founders[0][0])
    for event, vector in founders:
        attach(state, index, event, vector, 1.0, twin=twin)
    return index


def split_if_two(state: State, index: int, threshold: float) -> bool:
    """Split a leaf whose halves have each enough evidence and are less alike than `threshold`; the lighter half leaves. Whether it did."""
    if state.weights[index].min() < SPLIT_EVIDENCE:
        return False
    first, second = (normalised(state.halves[index, half]) for half in (0, 1))
    if float(np.einsum("d,d->", first, second)) >= threshold:
        return False
    lighter = int(state.weights[index].argmin())
    parting = [e for e in state.leaves[index].evidence if e.half == lighter]
    splits = SPLIT_EVENTS <= len(parting) < len(state.leaves[index].evidence)
    if splits:
        _part(state, index, lighter, parting)
    return splits


def _part(state: State, index: int, lighter: int, parting: list[Evidence]) -> None:
    old = state.leaves[index]
    share = float(state.weights[index, lighter] / state.weights[index].sum())
    events = [Pooled(e.event_id, e.item_id, e.at, Signal(0.0, 0.0, 0.0), e.text, ()) for e in parting]
    new = _grow(state, events, events[0])
    state.mass[:, new] = state.mass[:, index] * share
    state.mass[:, index] *= 1.0 - share
    state.halves[new, 0], state.halves[index, lighter] = state.halves[index, lighter].copy(), 0.0
    state.weights[new, 0], state.weights[index, lighter] = state.weights[index, lighter], 0.0
    state.touched[new] = state.touched[index]
    born = state.leaves[new]
    born.count = max(len(parting), round(old.count * share))
    born.last_seen = max(e.at for e in parting)
    old.count -= min(born.count, old.count - 1)
    born.contexts = {name: count * share for name, count in old.contexts.items()}
    old.contexts = {name: count * (1.0 - share) for name, count in old.contexts.items()}
    born.evidence = [e._replace(half=0) for e in parting]
    old.evidence = [e for e in old.evidence if e.half != lighter]
    for leaf in (old, born):
        leaf.terms = {}
        for e in leaf.evidence:
            _count_terms(leaf, e.text, max(abs(e.weight), LEAST_WEIGHT))
    for row in (index, new):
        state.unit[row] = normalised(state.halves[row, 0] + state.halves[row, 1])


def _grow(state: State, telling: Sequence[Pooled], first: Pooled) -> int:
    taken = {leaf.id for leaf in state.leaves}
    leaf_id = next(name for n in range(len(taken) + 1) if (name := f"i-{digest(first.event_id, str(n))}") not in taken)
    leaf = Leaf(leaf_id, "", (), (), first.at, first.at)
    _speak(leaf, [event.text for event in telling], [event.item_id for event in telling])
    state.leaves.append(leaf)
    count = len(state.leaves) - 1
    state.mass = np.concatenate([state.mass, np.zeros((3, 1, CLOCKS))], axis=1)
    state.halves = np.concatenate([state.halves, np.zeros((1, 2, state.dimensions), np.float32)])
    state.weights = np.concatenate([state.weights, np.zeros((1, 2))])
    state.touched = np.append(state.touched, first.at)
    state.unit = np.concatenate([state.unit, np.zeros((1, state.dimensions), np.float32)])
    return count


def _moved_on(leaf: Leaf) -> bool:
    """Whether most of the weight of the leaf's heaviest words is not in the texts that speak for it."""
    heaviest = sorted(leaf.terms.items(), key=lambda entry: (-entry[1], entry[0]))[:TELLING_TERMS]
    told = {term for text in leaf.texts for term in terms(text)}
    return 2 * sum(weight for term, weight in heaviest if term in told) < sum(weight for _, weight in heaviest)


def _reread(leaf: Leaf) -> None:
    """Let the words its evidence shares most speak for the leaf from now on."""
    ranked = sorted(
        leaf.evidence, key=lambda e: (-sum(leaf.terms.get(term, 0.0) for term in terms(e.text)), -e.at, e.event_id)
    )
    _speak(leaf, [e.text for e in ranked], [e.item_id for e in ranked])


def _speak(leaf: Leaf, texts: Sequence[str], items: Sequence[str | None]) -> None:
    leaf.texts = tuple(dict.fromkeys(texts))[:FOUNDING_TEXTS]
    leaf.items = tuple(dict.fromkeys(item for item in items if item))[:FOUNDING_TEXTS]
    leaf.key = digest(*sorted(leaf.texts))


def age(state: State, index: int, at: float) -> None:
    """Bring the leaf's vectors and words to the later of its own time and the event's."""
    days = max(at - state.touched[index], 0.0) / SECONDS_PER_DAY
    fading = 2.0 ** (-days / MEMORY_DAYS)
    state.halves[index] *= np.float32(fading)
    state.weights[index] *= fading
    leaf = state.leaves[index]
    leaf.terms = {term: count * fading for term, count in leaf.terms.items()}
    state.touched[index] = max(at, state.touched[index])


def _half(state: State, index: int, vector: Vectors, twin: float) -> int:
    """The half of the leaf the event is nearer to: two means, as evidence comes in.

    The second half opens with the first event as far from the mean as two means on the brink of being split are from their middle.
    """
    weights = state.weights[index]
    if weights[0] == 0.0:
        return 0
    scores: Floats = np.array(
        [float(np.einsum("d,d->", normalised(state.halves[index, half]), vector)) for half in (0, 1)]
    )
    if weights[1] == 0.0:
        return int(scores[0] < math.sqrt(twin))
    return int(scores[1] > scores[0])


def _describe(leaf: Leaf, event: Pooled, evidence: Evidence, weight: float) -> None:
    leaf.count += 1
    leaf.first_seen = min(leaf.first_seen, event.at)
    leaf.last_seen = max(leaf.last_seen, event.at)
    leaf.evidence.append(evidence)
    leaf.evidence.sort(key=lambda e: (e.at, e.event_id))
    del leaf.evidence[:-EVIDENCE_KEPT]
    _count_terms(leaf, event.text, weight)
    for name in event.contexts:
        leaf.contexts[name] = leaf.contexts.get(name, 0.0) + weight
    leaf.contexts = most(leaf.contexts, CONTEXTS_KEPT)


def _count_terms(leaf: Leaf, text: str, weight: float) -> None:
    for term in terms(text):
        leaf.terms[term] = leaf.terms.get(term, 0.0) + weight
    leaf.terms = most(leaf.terms, TERMS_KEPT)


def most(counts: dict[str, float], kept: int) -> dict[str, float]:
    if len(counts) <= 2 * kept:
        return counts
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:kept])
