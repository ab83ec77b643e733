"""The features that the events of one user give to candidates: each event speaks for items like its own, and fades."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from penchant.agent.recommend.blocks import Block
from penchant.agent.recommend.event_rows import EventRows, ModelRows, OwnItems, WrittenRows
from penchant.agent.recommend.interactions import Rows, overlap
from penchant.agent.recommend.item_models import ItemItem
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.user import User
from penchant.arrays import Floats, Ints

NEAR_EVENTS = 60
NEXT_EVENTS = 60
WORDS_EVENTS = 200
LIVE_EVENTS = 20
FACTOR_EVENTS = 100
ORDER_EVENTS = 10
RECENT_STEPS = 5.0
MIDDLE_STEPS = 20.0
NEXT_STEPS = 3.0
NEWEST_ONLY = 0.001
"""A half-life in steps so short that only the newest event counts."""


@dataclass(frozen=True)
class BehaviourFeatures:
    """The features of `candidates` (c; ascending, None: of the whole catalogue) from the events of `user`, newest first.

    `vectors` (c, d): those of the candidates. `had`: the items that the user has events on. `fading`: whether older events count less.
    """

    models: ItemModels
    moment: CurrentSignals
    user: User
    candidates: Ints | None
    vectors: Rows
    had: OwnItems
    fading: bool = True

    def blocks(self) -> list[Block]:
        """Return the blocks of all these features."""
        models, by_model, by_values = self.models, self._by_model, self._by_values
        return [
            *([] if self.user.has_profile else [self._first_tastes()]),
            by_model(("ease", "ease_recent", "ease_middle"), (None, RECENT_STEPS, MIDDLE_STEPS), models.shared),
            by_model(("similar_recent",), (RECENT_STEPS,), models.similar, NEAR_EVENTS),
            by_model(("next", "next_recent"), (NEWEST_ONLY, NEXT_STEPS), models.following, NEXT_EVENTS),
            by_model(("factors", "factors_recent"), (None, RECENT_STEPS), models.factors, FACTOR_EVENTS),
            by_model(("factors_next",), (NEXT_STEPS,), models.order, ORDER_EVENTS),
            by_values(("together", "together_recent"), (MIDDLE_STEPS, NEXT_STEPS), self._together(), LIVE_EVENTS),
            by_values(("near", "near_recent"), (MIDDLE_STEPS, RECENT_STEPS), self._nearness(), NEAR_EVENTS),
            by_values(("words", "words_recent"), (MIDDLE_STEPS, RECENT_STEPS), self._shared_words(), WORDS_EVENTS),
        ]

    def _by_model(
        self, names: Sequence[str], half_lives: Sequence[float | None], model: ItemItem, most: int | None = None
    ) -> Block:
        """Return features that an item model computes from the newest `most` events, one for each half-life (steps; None: no fading)."""
        rows = ModelRows(model, self.user.evidence.items[:most], self.candidates, self.had)
        return self._block(names, half_lives, rows, most)

    def _by_values(self, names: Sequence[str], half_lives: Sequence[float | None], values: Rows, most: int) -> Block:
        """Return features from `values` (e, c) of the newest `most` events, one for each half-life."""
        return self._block(names, half_lives, WrittenRows(values), most)

    def _block(
        self, names: Sequence[str], half_lives: Sequence[float | None], rows: EventRows, most: int | None
    ) -> Block:
        evidence = self.user.evidence
        n = len(evidence.items[:most])
        weights = [self._fade(half_life)[:n] * self._event_weights[:n] for half_life in half_lives]
        return Block(tuple(names), np.stack(weights).astype(np.float32), rows, evidence.interests[:n], np.arange(n))

    @cached_property
    def _event_weights(self) -> Floats:
        """The weight of each event (m,), 0 where its interest takes no part."""
        evidence, active = self.user.evidence, np.append(self.user.active, True)
        return np.asarray(evidence.weights * active[evidence.interests])

    def _fade(self, half_life: float | None) -> Floats:
        steps = self.user.evidence.steps
        return np.ones(len(steps)) if half_life is None or not self.fading else 0.5 ** (steps / half_life)

    def _first_tastes(self) -> Block:
        """Return the interests of a visitor without a profile: what is like the items of their events."""
        tastes = np.maximum(self._likeness - self.models.space.middle_likeness, np.float32(0.0))
        found = self._by_values(("interests",), (MIDDLE_STEPS,), tastes, NEAR_EVENTS)
        return replace(found, weights=found.weights / max(found.weights.sum(), 1e-9))

    def _together(self) -> Rows:
        items, user = self.user.evidence.items[:LIVE_EVENTS], self.user
        return self.moment.recent.together(items, user.at, self.candidates, user.live.user_id)

    @cached_property
    def _likeness(self) -> Rows:
        """The cosines (e, c), from 0, of the items of events and the candidates; 0 for an item and itself, or it would be listed again."""
        items = self.user.evidence.items[:NEAR_EVENTS]
        alike: Rows = np.maximum(self.models.space.vectors[items] @ self.vectors.T, np.float32(0.0))
        alike[self._themselves(items)] = 0.0
        return alike

    def _nearness(self) -> Rows:
        alike = self._likeness
        return alike * alike * alike  # a power of 3 would take twenty times as long

    def _shared_words(self) -> Rows:
        items = self.user.evidence.items[:WORDS_EVENTS]
        shared = overlap(self.models.space.words, items, self.candidates)
        shared[self._themselves(items)] = 0.0
        return shared

    def _themselves(self, items: Ints) -> tuple[Ints, Ints]:
        """Return the rows and columns where an event meets its own item among the candidates."""
        if self.candidates is None:
            return np.arange(len(items)), items
        width = len(self.vectors)
        column = np.minimum(np.searchsorted(self.candidates, items), width - 1)
        rows = np.flatnonzero(self.candidates[column] == items) if width else np.zeros(0, np.int64)
        return rows, column[rows]
