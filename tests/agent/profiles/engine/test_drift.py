"""Somebody changes: simulated users whose tastes are known. 200 of each kind by night, a sample of them otherwise."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from simulated_life import Life, changed, folded, leader, steady, told, told_of

from penchant.agent.profiles.engine.weights import PIN_FLOOR
from penchant.store.profile import Profile

RUNS = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 30


@dataclass(frozen=True)
class Pinned:
    """The user's own word, as far as a reading needs it."""

    path: tuple[str, ...]
    action: str = "pin"
    node_id: str | None = None
    text: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


def readings(life: Life, start: int, end: int) -> Iterator[tuple[int, Profile]]:
    """The profile after every event from `start` to `end`, with how many events that is after the change."""
    state = folded(life.events[:start])
    for number in range(start, end):
        folded(life.events[number : number + 1], state)
        yield number + 1 - life.change, told_of(state)


def test_a_new_taste_leads_within_ten_events_in_nine_of_ten_lives() -> None:
    lives = [changed(seed) for seed in range(RUNS)]
    leads = [
        any(leader(seen) == life.new for _, seen in readings(life, life.change, life.change + 10)) for life in lives
    ]
    assert sum(leads) >= 0.9 * RUNS


def test_a_change_of_taste_is_told_as_one_within_thirty_events() -> None:
    lives = [changed(1_000 + seed) for seed in range(RUNS // 3)]
    told_of_it = [
        any(_rose(seen, str(life.new)) for _, seen in readings(life, life.change, life.change + 30)) for life in lives
    ]
    assert sum(told_of_it) >= 0.9 * len(told_of_it)


def _rose(seen: Profile, word: str) -> bool:
    return any(interest.direction == "rose" and interest.label.lower().startswith(word[:4]) for interest in seen.drift)


def test_a_steady_user_is_told_of_no_drift_at_any_of_110_readings_in_95_of_100_lives() -> None:
    drifted = [any(seen.drift for _, seen in readings(steady(10_000 + seed), 10, 120)) for seed in range(RUNS // 3)]
    assert sum(drifted) <= 0.05 * len(drifted)


@pytest.mark.parametrize("seed", range(10))
def test_a_pinned_interest_outlives_a_change_of_taste(seed: int) -> None:
    life = changed(seed, after=120)
    before = told(life, life.change)
    first = max((node for node in before.walk() if not node.children), key=lambda node: node.strength)
    after = told(life, len(life.events), [Pinned(first.path)])
    pinned = next(node for node in after.walk() if node.path == first.path)
    assert (pinned.status, pinned.strength >= PIN_FLOOR, pinned.half_life_days) == ("pinned", True, None)
