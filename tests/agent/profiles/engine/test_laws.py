"""Laws of the interest model, over histories that hypothesis makes up. `HYPOTHESIS_PROFILE=nightly` makes 10,000 of each."""

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_world import DIMENSIONS, START, TOPICS, direction

from penchant.agent.profiles.engine.calibration import Calibration
from penchant.agent.profiles.engine.codec import decode, encode
from penchant.agent.profiles.engine.fold import Observation, fold
from penchant.agent.profiles.engine.projection import Overlay, View, live, profile, view
from penchant.agent.profiles.engine.state import State, Vectors, normalised
from penchant.agent.profiles.engine.weights import PIN_FLOOR
from penchant.agent.profiles.readers.reader import Reading
from penchant.store.event import DEFAULT_WEIGHTS, Event, EventType
from penchant.store.profile import Interest, Profile

EXAMPLES = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 300
LAW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
CALIBRATION = Calibration(kappa=20.0, theta=0.7, gather=0.6, chance=0.1)
WORDS = tuple(TOPICS)


@dataclass(frozen=True)
class Said:
    """An edit, as far as the view reads it."""

    action: str
    node_id: str | None = None
    path: Sequence[str] = ()
    text: str | None = None
    details: Any = None


def vector_of(word: str, shade: int) -> Vectors:
    return normalised(direction(word) + np.float32(0.3) * direction(f"{word}{shade}"))


@st.composite
def histories(draw: st.DrawFn, most: int = 60) -> list[Observation]:
    """Somebody's behaviour: several tastes, ties, repeats, silences of years, opinions, unknown items, times long past or ahead."""
    count = draw(st.integers(0, most))
    seed = draw(st.integers(0, 2**32))
    years = draw(st.sampled_from([0.001, 0.1, 1.0, 20.0]))
    kinds = draw(st.lists(st.sampled_from(list(EventType)), min_size=1, max_size=4))
    chance = random.Random(seed)
    made = []
    for number in range(count):
        word, shade = chance.choice(WORDS), chance.randrange(4)
        seconds = round(chance.random() * years * 365 * 86_400, chance.choice([0, 6])) if chance.random() > 0.2 else 0
        event = Event(
            user_id="ada",
            event_id=f"e{number}",
            type=chance.choice(kinds),
            item_id=f"{word}-{shade}",
            at=START + timedelta(seconds=seconds),
            value=chance.choice([None, 0.0, 1.0, 3.0, 5.0, 1e9]),
        )
        made.append(Observation(event, None if chance.random() < 0.05 else vector_of(word, shade), f"{word} {shade}"))
    return sorted(made, key=lambda seen: (seen.event.at, seen.event.event_id))


def folded(seen: Sequence[Observation]) -> State:
    return fold(State(DIMENSIONS), seen, CALIBRATION, DEFAULT_WEIGHTS)


def named(state: State, **more: Any) -> Overlay:
    """Every leaf is called after its first word, so that some leaves share a name."""
    from penchant.agent.profiles.engine.grouping import settled

    names = {}
    for leaf in settled(state, CALIBRATION).leaves:
        word = leaf.texts[0].split()[0]
        names[leaf.key] = Reading(leaf.key, (TOPICS[word], word, f"{word} things"))
    return Overlay(names, "en", CALIBRATION, **more)


def read(state: State, days: float = 0.0, **more: Any) -> tuple[View, Profile]:
    overlay = named(state, **more)
    seen = view(state, overlay, state.at + days * 86_400)
    return seen, profile(state, overlay, seen, "ada", 1)


@LAW
@given(histories(), st.floats(0, 5_000))
def test_strengths_add_up_on_every_level(seen: list[Observation], days: float) -> None:
    _, tree = read(folded(seen), days)

    def adds_up(nodes: Sequence[Interest], whole: float) -> None:
        if nodes:
            assert abs(sum(node.strength for node in nodes) - whole) < 1e-9
            assert abs(sum(node.share for node in nodes) - 1.0) < 1e-9
        for node in nodes:
            adds_up(node.children, node.strength)

    adds_up(tree.interests, 1.0)


@LAW
@given(histories())
def test_every_evidence_id_is_one_of_the_users_events(seen: list[Observation]) -> None:
    _, tree = read(folded(seen))
    own = {observation.event.event_id for observation in seen}
    shown = [event_id for node in tree.walk() for event_id in node.evidence]
    assert set(shown) <= own
    assert all(len(node.evidence) <= 20 and len(set(node.evidence)) == len(node.evidence) for node in tree.walk())


@LAW
@given(histories(), st.data())
def test_folding_in_pieces_is_folding_at_once(seen: list[Observation], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(seen)), max_size=3)))
    state = State(DIMENSIONS)
    for start, end in zip([0, *cuts], [*cuts, len(seen)], strict=True):
        state = decode(encode(fold(state, seen[start:end], CALIBRATION, DEFAULT_WEIGHTS)))
    assert encode(state) == encode(folded(seen))
    assert read(state)[1].model_dump_json() == read(folded(seen))[1].model_dump_json()


@LAW
@given(histories(), st.floats(0, 4_000), st.floats(0, 4_000))
def test_time_alone_never_raises_a_mass(seen: list[Observation], earlier: float, more: float) -> None:
    state = folded(seen)
    before, after = read(state, earlier)[0], read(state, earlier + more)[0]
    masses = {row.id: row.mass for row in before.rows}
    assert all((row.mass <= masses[row.id] + 1e-12).all() for row in after.rows if row.id in masses)


@LAW
@given(histories(), st.floats(0, 20_000), st.data())
def test_a_pinned_interest_never_sinks_below_its_floor(
    seen: list[Observation], days: float, data: st.DataObject
) -> None:
    state = folded(seen)
    leaves = [node for node in read(state)[1].walk() if not node.children]
    if not leaves:
        return
    node = data.draw(st.sampled_from(leaves))
    _, tree = read(state, days, edits=[Said("pin", node.id, node.path)])
    pinned = tree.find(node.id)
    assert pinned is not None
    assert pinned.status == "pinned"
    assert pinned.strength >= min(PIN_FLOOR, 1.0) - 1e-6


@LAW
@given(histories(), st.floats(0, 200_000))
def test_no_number_is_ever_missing(seen: list[Observation], days: float) -> None:
    state = folded(seen)
    reading, tree = read(state, days)
    assert "NaN" not in tree.model_dump_json()
    assert Profile.model_validate_json(tree.model_dump_json()) == tree
    leaves = live(state, reading, "ada", 1)
    assert np.isfinite(leaves.vectors).all()
    assert np.isfinite(leaves.p).all()
    assert abs(leaves.p.sum() - (1.0 if len(leaves.ids) else 0.0)) < 1e-9
    assert (np.diff(leaves.p) <= 1e-12).all()
    assert len(leaves.ids) == len(set(leaves.ids))


@LAW
@given(histories())
def test_every_event_is_accounted_for(seen: list[Observation]) -> None:
    state = folded(seen)
    assert state.n_events == len(seen)
    assert 0 <= state.assigned <= state.n_events
    unplaced = sum(observation.vector is None for observation in seen)
    assert state.pooled == len(state.pool) + state.unexplained + unplaced
    assert len(state.waiting) == state.pooled


@LAW
@given(histories())
def test_a_state_survives_being_stored(seen: list[Observation]) -> None:
    data = encode(folded(seen))
    assert encode(decode(data)) == data
