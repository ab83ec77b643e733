"""How the tree grows: interests are born, split, joined, retired and come back."""

from collections.abc import Iterable
from datetime import timedelta

import numpy as np
from simulated_life import CALIBRATION, told_of
from small_world import DIMENSIONS, START

from penchant.agent.profiles.engine.fold import MIN_FOUNDERS, Observation, fold
from penchant.agent.profiles.engine.state import State, Vectors, normalised
from penchant.store.event import DEFAULT_WEIGHTS, Event

ALIKE = 0.55
"""Cosine of `at(0)` and `at(1)`: too little to be explained by one another."""


def at(place: float) -> Vectors:
    """Unit vectors on an arc: `at(0)` and `at(1)` lie `ALIKE` apart, `at(0.5)` in the middle."""
    angle = place * np.arccos(ALIKE)
    vector = np.zeros(DIMENSIONS, np.float32)
    vector[:2] = np.cos(angle), np.sin(angle)
    return normalised(vector)


def folded(
    places: Iterable[float], state: State | None = None, days: float = 0.0, item: str | None = None, word: str = "jazz"
) -> State:
    """The state after purchases of things at these places, one an hour."""
    state = state or State(DIMENSIONS)
    first = state.n_events
    seen = [
        Observation(
            Event(
                user_id="ada",
                event_id=f"e{number:04}",
                type="purchase",
                item_id=item or f"i{number}",
                at=START + timedelta(days=days, hours=number),
            ),
            at(place),
            f"{word} {number}",
        )
        for number, place in enumerate(places, first)
    ]
    return fold(state, seen, CALIBRATION, DEFAULT_WEIGHTS)


def test_three_alike_events_about_two_things_found_an_interest() -> None:
    assert len(folded([0] * (MIN_FOUNDERS - 1)).leaves) == 0
    assert len(folded([0] * MIN_FOUNDERS).leaves) == 1


def test_one_thing_looked_at_again_and_again_is_no_interest_yet() -> None:
    again = folded([0] * 6, item="the same")
    assert (len(again.leaves), len(again.pool)) == (0, 6)


def test_what_is_unlike_founds_an_interest_of_its_own() -> None:
    apart = folded([0, 0, 0, 1, 1, 1])
    assert [leaf.count for leaf in apart.leaves] == [3, 3]


def test_interests_that_grow_together_become_one_and_keep_the_elders_name() -> None:
    apart = folded([0, 0, 0, 1, 1, 1])
    elder, younger = apart.leaves[0].id, apart.leaves[1].id
    mass = apart.mass.copy()
    together = folded([0.4, 0.6] * 40, apart)
    [leaf] = together.leaves
    assert (leaf.id, leaf.absorbed, leaf.count) == (elder, [younger], together.assigned)
    assert together.mass[0, 0, -1] > mass[0, :, -1].sum()
    assert len({e.event_id for e in leaf.evidence}) == len(leaf.evidence)


def test_an_interest_whose_evidence_falls_into_two_is_split() -> None:
    wide = folded([0.5] * 3 + [0.05, 0.95] * 20)
    assert len(wide.leaves) == 2
    assert sum(leaf.count for leaf in wide.leaves) >= wide.assigned
    sides = {round(float(unit @ at(0)), 1) > round(float(unit @ at(1)), 1) for unit in wide.unit}
    assert sides == {True, False}


def test_an_interest_that_has_become_something_else_is_read_anew_and_a_calm_one_is_not() -> None:
    calm = folded([0] * 20)
    first_read = calm.leaves[0].key
    assert folded([0] * 80, calm).leaves[0].key == first_read
    moved = folded([0] * 100, folded([0] * 20), word="opera")
    assert moved.leaves[0].key != first_read
    assert all("opera" in text for text in moved.leaves[0].texts)


def test_what_a_quick_clock_forgets_in_silence_goes_to_the_long_term_memory_not_evenly_to_all() -> None:
    state = folded([0] * 60)
    folded([2] * 4, state, days=3, word="opera")
    later = told_of(state, days=30)
    strengths = [node.strength for node in later.walk() if not node.children]
    assert strengths[0] > 0.7


def test_splitting_loses_no_mass() -> None:
    wide = folded([0.5] * 3 + [0.05, 0.95] * 20)
    assert abs(wide.mass[0, :, -1].sum() - 43.0) < 1e-9


def test_an_interest_unseen_for_years_returns_with_its_history() -> None:
    once = folded([0] * 5)
    back = folded([0] * 2, once, days=3_650)
    [leaf] = back.leaves
    assert leaf.count == 7
    assert leaf.last_seen - leaf.first_seen > 3_600 * 86_400
    assert told_of(back).interests[0].evidence_count == 7
