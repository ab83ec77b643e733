"""Simulated people whose tastes are known: steady ones, and ones that change at a known event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import numpy as np
from events_in_columns import columns_of
from small_world import ITEMS, START, TOPICS, WordEmbedder

from penchant.agent.profiles.engine.fold import Rules, fold
from penchant.agent.profiles.engine.occasions import place_events
from penchant.agent.profiles.engine.personal import Places
from penchant.agent.profiles.engine.projection import Overlay, profile, view
from penchant.agent.profiles.engine.state import State
from penchant.agent.taxonomy.builder import build_taxonomy
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.event import DEFAULT_WEIGHTS, Event
from penchant.store.profile import Profile

KINDS = ("view", "click", "purchase", "like", "cart")


@dataclass(frozen=True)
class Life:
    """Behaviour in order; from event `change` on the user is somebody else, whose main taste is `new` (None: never)."""

    events: list[Event]
    change: int
    new: str | None


@cache
def small_taxonomy() -> Taxonomy:
    """The taxonomy of the small world: one theme for each of its six words."""
    embedder = WordEmbedder()
    return build_taxonomy(ITEMS, embedder.embed([item.title for item in ITEMS]), Vocabulary.load(None), embedder)


def rules() -> Rules:
    """As the product folds, over the small taxonomy."""
    return Rules(DEFAULT_WEIGHTS, len(small_taxonomy().themes))


def folded(events: Sequence[Event], state: State | None = None) -> State:
    """The state after these events of one user, from nothing or from `state`."""
    state = State() if state is None else state
    if events:
        columns = columns_of(events)
        fold([state], columns, place_events(columns, small_taxonomy(), {}), rules())
    return state


def overlay(edits: Sequence[object] = ()) -> Overlay:
    """The small taxonomy in English, under these edits."""
    return Overlay(Places(small_taxonomy(), "en"), edits=edits)  # type: ignore[arg-type]


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
    return told_of(folded(life.events[:until]), edits)


def told_of(state: State, edits: Sequence[object] = (), days: float = 0.0) -> Profile:
    """The profile of a state, `days` after its last event."""
    shown = overlay(edits)
    return profile(state, shown, view(state, shown, state.at + 86_400.0 * days), "ada", 1)


def leader(profile: Profile) -> str | None:
    """The word of the strongest interest."""
    leaves = [node for node in profile.walk() if not node.children]
    return max(leaves, key=lambda node: node.strength).path[1].lower() if leaves else None


def _tastes(chance: np.random.Generator, count: int) -> list[str]:
    return [str(word) for word in chance.permutation(list(TOPICS))[:count]]


def _behaviour(
    chance: np.random.Generator, count: int, words: Sequence[str], start: int = 0, hours: float = 0.0
) -> Iterator[Event]:
    parts = np.array([0.6, 0.25, 0.15])
    for number in range(start, start + count):
        hours += float(chance.exponential(chance.choice([0.1, 5.0, 30.0])))
        word, shade = str(chance.choice(words, p=parts)), int(chance.integers(6))
        yield Event(
            user_id="ada",
            event_id=f"e{number:04}",
            type=str(chance.choice(KINDS)),
            item_id=f"{word}-{shade}",
            at=START + timedelta(hours=hours),
        )


def _hours(last: Event) -> float:
    return (last.at - START).total_seconds() / 3600
