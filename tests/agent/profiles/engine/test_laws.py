"""Laws of the interest model, over histories that hypothesis makes up. `HYPOTHESIS_PROFILE=nightly` makes 10,000 of each."""

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any

import numpy as np
from events_in_columns import columns_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simulated_life import small_taxonomy
from small_world import START, TOPICS, direction

from penchant.agent.profiles.engine.codec import MOST_COMPRESSED, decode, encode
from penchant.agent.profiles.engine.fold import Rules, fold
from penchant.agent.profiles.engine.occasions import place_events
from penchant.agent.profiles.engine.personal import Places, ThemelessItem
from penchant.agent.profiles.engine.projection import Overlay, ProfileView, live, profile, view
from penchant.agent.profiles.engine.rows import masses_at
from penchant.agent.profiles.engine.state import State, normalised
from penchant.agent.profiles.engine.weights import PIN_FLOOR
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.store.event import DEFAULT_WEIGHTS, Event, EventType
from penchant.store.event_columns import EventColumns
from penchant.store.profile import Interest, Profile

EXAMPLES = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 150
LAW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
WORDS = tuple(TOPICS)
STRANGE = [f"origami-{n}" for n in range(4)]
TEXTS = {"jazz tonight": "music-audio.jazz", "music": "music-audio", "hello": None}


@dataclass(frozen=True)
class Edited:
    """An edit, as far as the view reads it."""

    action: str
    node_id: str | None = None
    path: Sequence[str] = ()
    text: str | None = None
    details: Any = None


@cache
def taxonomy() -> Taxonomy:
    """The small world with an item in two themes, and four that no theme holds."""
    small = small_taxonomy()
    ids = sorted([*small.item_ids, *STRANGE])
    rows = [small.item_rows.get(item, -1) for item in ids]
    themes = np.array([small.item_themes[row] if row >= 0 else (-1, -1) for row in rows], np.int32)
    weights = np.array([small.item_weights[row] if row >= 0 else (0.0, 0.0) for row in rows], np.float32)
    both = ids.index("jazz-0")
    themes[both], weights[both] = (0, 1), (0.75, 0.25)
    return replace(small, item_ids=tuple(ids), item_themes=themes, item_weights=weights)


@cache
def strangers() -> dict[str, ThemelessItem]:
    alike = [normalised(direction("origami") + np.float32(0.3) * direction(item)) for item in STRANGE]
    titles = [f"paper crane {n}" for n in range(len(STRANGE))]
    return {item: ThemelessItem(vector, title) for item, vector, title in zip(STRANGE, alike, titles, strict=True)}


@st.composite
def histories(draw: st.DrawFn, most: int = 60, user: str = "ada") -> list[Event]:
    """Somebody's behaviour: several tastes, baskets, sessions, repeats, silences of years, opinions, unknown and
    strange items, words, times long past or ahead, values without sense."""
    count = draw(st.integers(0, most))
    chance = random.Random(draw(st.integers(0, 2**32)))
    years = draw(st.sampled_from([0.001, 0.1, 1.0, 20.0]))
    kinds = draw(st.lists(st.sampled_from(list(EventType)), min_size=1, max_size=4))
    history = []
    for number in range(count):
        item = chance.choice([f"{chance.choice(WORDS)}-{chance.randrange(6)}", chance.choice(STRANGE), "nobody-knows"])
        words = chance.choice(list(TEXTS)) if chance.random() < 0.1 else None
        seconds = round(chance.random() * years * 365 * 86_400, chance.choice([0, 6])) if chance.random() > 0.3 else 0
        context: dict[str, Any] = {"session": chance.choice("ab")} if chance.random() < 0.2 else {}
        if chance.random() < 0.1:
            context |= {"hour": chance.randrange(24), "device": chance.choice(["phone", "tv"])}
        history.append(
            Event(
                user_id=user,
                event_id=f"e{number}",
                type=chance.choice(kinds),
                item_id=None if words else item,
                text=words,
                at=START + timedelta(seconds=seconds),
                value=chance.choice([None, 0.0, 1.0, 3.0, 5.0, 1e9]),
                context=context,
            )
        )
    return sorted(history, key=lambda event: (event.at, event.event_id))


def advance(states: Sequence[State], columns: EventColumns) -> np.ndarray:
    known = taxonomy()
    rules = Rules(DEFAULT_WEIGHTS, len(known.themes), 0.5)
    return fold(states, columns, place_events(columns, known, TEXTS), rules, strangers())


def folded(events: Sequence[Event], state: State | None = None) -> State:
    state = State() if state is None else state
    if events:
        advance([state], columns_of(events))
    return state


def read(state: State, days: float = 0.0, **more: Any) -> tuple[ProfileView, Profile]:
    overlay = Overlay(Places(taxonomy(), "en"), **more)
    seen = view(state, overlay, state.at + days * 86_400)
    return seen, profile(state, overlay, seen, "ada", 1)


@LAW
@given(histories(), st.floats(0, 5_000))
def test_strengths_add_up_on_every_level(events: list[Event], days: float) -> None:
    _, tree = read(folded(events), days)

    def adds_up(nodes: Sequence[Interest], whole: float) -> None:
        if nodes:
            assert abs(sum(node.strength for node in nodes) - whole) < 1e-9
            assert abs(sum(node.share for node in nodes) - 1.0) < 1e-9
        for node in nodes:
            adds_up(node.children, node.strength)

    adds_up(tree.interests, 1.0)


@LAW
@given(histories())
def test_every_place_stands_once_and_where_the_taxonomy_has_it(events: list[Event]) -> None:
    _, tree = read(folded(events))
    nodes = list(tree.walk())
    assert len({node.id for node in nodes}) == len(nodes)
    places = Places(taxonomy(), "en")
    for node in nodes:
        place = places.get(node.id)
        assert (place is None) == (node.node == "personal")
        assert place is None or (place.kind, place.path) == (node.node, node.path)


@LAW
@given(histories())
def test_every_evidence_id_is_one_of_the_users_events(events: list[Event]) -> None:
    _, tree = read(folded(events))
    own = {event.event_id for event in events}
    shown = [event_id for node in tree.walk() for event_id in node.evidence]
    assert set(shown) <= own
    assert all(len(node.evidence) <= 20 and len(set(node.evidence)) == len(node.evidence) for node in tree.walk())


@LAW
@given(histories(), st.data())
def test_folding_in_pieces_is_folding_at_once(events: list[Event], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(events)), max_size=4)))
    state = State()
    for start, end in zip([0, *cuts], [*cuts, len(events)], strict=True):
        rated = [event.value for event in events[start:end] if event.type == "rating" and event.value is not None]
        if state.ratings.shows_another_scale(np.array(rated)):  # then the whole history is folded again
            state = folded(events[:end])
        else:
            state = decode(encode(folded(events[start:end], state)))
    assert encode(state) == encode(folded(events))
    assert read(state)[1].model_dump_json() == read(folded(events))[1].model_dump_json()


@LAW
@given(st.lists(histories(most=25), min_size=2, max_size=5))
def test_beside_whomever_a_user_is_folded_the_bits_are_the_same(lives: list[list[Event]]) -> None:
    lives = [life for life in lives if life]
    if not lives:
        return
    named = [[event.model_copy(update={"user_id": f"u{n}"}) for event in life] for n, life in enumerate(lives)]
    together = [State() for _ in named]
    advance(together, columns_of([event for life in named for event in life]))
    assert [encode(state) for state in together] == [encode(folded(life)) for life in lives]


@LAW
@given(histories(), st.randoms(use_true_random=False))
def test_arrival_order_and_repetition_change_nothing(events: list[Event], chance: random.Random) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    if events:
        assert encode(folded(shuffled)) == encode(folded(events))


@LAW
@given(histories(most=40))
def test_a_basket_has_no_order(events: list[Event]) -> None:
    """What happens at one moment teaches the same whatever the ids that break the tie."""
    plain = [
        event.model_copy(update={"at": START, "context": {}, "item_id": f"jazz-{1 + n % 5}"})
        for n, event in enumerate(events)
        if event.type not in ("rating", "dwell", "message", "search")
    ]
    renamed = [event.model_copy(update={"event_id": f"e{len(plain) - n:03}"}) for n, event in enumerate(plain)]
    if plain:
        original, other = read(folded(plain))[1], read(folded(renamed))[1]
        assert [expert.weight for expert in original.experts] == [expert.weight for expert in other.experts]


@LAW
@given(histories(), st.floats(0, 4_000), st.floats(0, 4_000))
def test_time_alone_never_raises_a_mass(events: list[Event], earlier: float, more: float) -> None:
    state = folded(events)
    before, after = (masses_at(state, state.at + 86_400 * days)[0] for days in (earlier, earlier + more))
    assert (after <= before + 1e-12).all()


@LAW
@given(histories(), st.floats(0, 20_000), st.data())
def test_a_pinned_interest_never_sinks_below_its_floor(events: list[Event], days: float, data: st.DataObject) -> None:
    state = folded(events)
    leaves = [node for node in read(state)[1].walk() if not node.children]
    if not leaves:
        return
    node = data.draw(st.sampled_from(leaves))
    _, tree = read(state, days, edits=[Edited("pin", node.id, node.path)])
    pinned = tree.find(node.id)
    assert pinned is not None
    assert pinned.status == "pinned"
    assert pinned.strength >= min(PIN_FLOOR, 1.0) - 1e-6


@LAW
@given(histories(), st.floats(0, 200_000))
def test_no_number_is_ever_missing(events: list[Event], days: float) -> None:
    state = folded(events)
    reading, tree = read(state, days)
    assert "NaN" not in tree.model_dump_json()
    assert Profile.model_validate_json(tree.model_dump_json()) == tree
    leaves = live(state, Overlay(Places(taxonomy(), "en")), reading, "ada", 1)
    assert np.isfinite(leaves.vectors).all()
    assert np.isfinite(leaves.p).all()
    assert all(events for events, acted in zip(leaves.evidence, leaves.acted, strict=True) if acted)
    assert abs(leaves.p.sum() - (1.0 if len(leaves.ids) else 0.0)) < 1e-9
    assert (np.diff(leaves.p) <= 1e-12).all()
    assert len(leaves.ids) == len(set(leaves.ids))


@LAW
@given(histories())
def test_every_event_is_accounted_for(events: list[Event]) -> None:
    state = State()
    pooled = advance([state], columns_of(events)) if events else np.zeros(0, bool)
    unknown = sum(event.item_id == "nobody-knows" for event in events)
    assert state.n_events == len(events)
    assert 0 <= state.assigned <= state.n_events
    assert state.pooled == pooled.sum() == len(state.pool) + state.unexplained + unknown
    assert sum(state.unplaced.values()) == unknown


@LAW
@given(histories())
def test_a_state_survives_being_stored(events: list[Event]) -> None:
    data = encode(folded(events))
    assert encode(decode(data)) == data


def test_a_state_too_large_to_be_compressed_survives_being_stored() -> None:
    state = State(last_id="e" * MOST_COMPRESSED)

    data = encode(state)

    assert len(data) > MOST_COMPRESSED
    assert decode(data).last_id == state.last_id
    assert encode(decode(data)) == data
