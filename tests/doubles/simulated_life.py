"""Simulated people whose tastes are known: steady ones, and ones that change at a known event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from small_world import DIMENSIONS, START, TOPICS, direction

from penchant.agent.profiles.engine.calibration import Calibration
from penchant.agent.profiles.engine.fold import Observation, fold
from penchant.agent.profiles.engine.grouping import settled
from penchant.agent.profiles.engine.projection import Overlay, profile, view
from penchant.agent.profiles.engine.state import State, Vectors, normalised
from penchant.agent.profiles.readers.reader import Reading
from penchant.store.event import DEFAULT_WEIGHTS, Event
from penchant.store.profile import Profile

CALIBRATION = Calibration(kappa=20.0, theta=0.7, gather=0.6, chance=0.1)
KINDS = ("view", "click", "purchase", "like", "cart")


@dataclass(frozen=True)
class Life:
    """Behaviour in order; from event `change` on the user is somebody else, whose main taste is `new` (None: never)."""

    events: list[Observation]
    change: int
    new: str | None


def steady(seed: int, count: int = 120) -> Life:
    """Three tastes in fixed parts (roughly 60, 25 and 15 %), at an irregular pace of minutes to days."""
    chance = np.random.default_rng(seed)
    return Life(list(_behaviour(chance, count, _tastes(chance, 3))), count, None)


def changed(seed: int, before: int = 60, after: int = 30) -> Life:
    """Three tastes, then, from one event to the next, mostly a new one that was never seen before."""
    chance = np.random.default_rng(seed)
    words = _tastes(chance, 4)
    events = list(_behaviour(chance, before, words[:3]))
    new = [words[3], *words[1:3]]
    events += _behaviour(chance, after, new, start=before, hours=_hours(events[-1]))
    return Life(events, before, words[3])


def told(life: Life, until: int, edits: Sequence[object] = ()) -> Profile:
    """The profile after the first `until` events."""
    state = fold(State(DIMENSIONS), life.events[:until], CALIBRATION, DEFAULT_WEIGHTS)
    return told_of(state, edits)


def told_of(state: State, edits: Sequence[object] = (), days: float = 0.0) -> Profile:
    """The profile of a state, `days` after its last event, every interest under the word that most of its texts begin with."""
    names = {}
    for leaf in settled(state, CALIBRATION).leaves:
        words = [text.split()[0] for text in leaf.texts]
        word = max(words, key=words.count)
        names[leaf.key] = Reading(leaf.key, (TOPICS[word], word, f"{word} things"))
    overlay = Overlay(names, "en", CALIBRATION, edits=edits)  # type: ignore[arg-type]
    return profile(state, overlay, view(state, overlay, state.at + 86_400.0 * days), "ada", 1)


def leader(told: Profile) -> str | None:
    """The word of the strongest interest."""
    leaves = [node for node in told.walk() if not node.children]
    return max(leaves, key=lambda node: node.strength).path[1] if leaves else None


def _tastes(chance: np.random.Generator, count: int) -> list[str]:
    return [str(word) for word in chance.permutation(list(TOPICS))[:count]]


def _behaviour(
    chance: np.random.Generator, count: int, words: Sequence[str], start: int = 0, hours: float = 0.0
) -> Iterator[Observation]:
    parts = np.array([0.6, 0.25, 0.15])
    for number in range(start, start + count):
        hours += float(chance.exponential(chance.choice([0.1, 5.0, 30.0])))
        word, shade = str(chance.choice(words, p=parts)), int(chance.integers(6))
        event = Event(
            user_id="ada",
            event_id=f"e{number:04}",
            type=str(chance.choice(KINDS)),
            item_id=f"{word}-{shade}",
            at=START + timedelta(hours=hours),
        )
        yield Observation(event, _vector(word, shade), f"{word} {shade}")


def _hours(last: Observation) -> float:
    return (last.event.at - START).total_seconds() / 3600


def _vector(word: str, shade: int) -> Vectors:
    return normalised(direction(word) + np.float32(0.4) * direction(f"{word}{shade}"))
