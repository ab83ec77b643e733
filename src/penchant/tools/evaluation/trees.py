"""The interests of the users of a data set, by the product's own engine, from nothing but the rows that are given."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.calibration import Calibration
from penchant.agent.profiles.engine.fold import Observation, fold
from penchant.agent.profiles.engine.profile_arrays import LiveInterests
from penchant.agent.profiles.engine.projection import Overlay, live, view
from penchant.agent.profiles.engine.state import State
from penchant.agent.recommend.interactions import ItemSpace
from penchant.store.item import Item
from penchant.tools.evaluation.dataset import Log


class Trees:
    """Folds a user's rows once and reads the tree at any later moment. Names play no part in ranking, so none are given."""

    def __init__(
        self,
        log: Log,
        space: ItemSpace,
        items: Mapping[str, Item],
        calibration: Calibration,
        weights: Mapping[str, float],
    ) -> None:
        self.log, self.space, self.items, self.weights = log, space, items, weights
        self.calibration = calibration
        self.overlay = Overlay(names={}, language="en", calibration=calibration)
        self._known: dict[tuple[int, float, int], LiveInterests] = {}

    def __call__(self, user: int, at: float, rows: NDArray[np.int64]) -> LiveInterests:
        """The leaves at `at` (Unix seconds) after these rows of the log (newest first)."""
        key = (user, at, hash(rows.tobytes()))
        if key not in self._known:
            self._known[key] = self._read(user, at, rows)
        return self._known[key]

    def _read(self, user: int, at: float, rows: NDArray[np.int64]) -> LiveInterests:
        state = State(self.space.vectors.shape[1])
        seen = (self._observation(int(row)) for row in rows[::-1])
        state = fold(state, seen, self.calibration, self.weights)
        return live(state, view(state, self.overlay, at), self.log.user_ids[user], 1)

    def _observation(self, row: int) -> Observation:
        event, position = self.log.events[row], int(self.log.items[row])
        if position < 0:
            return Observation(event, None, event.said())
        return Observation(event, self.space.vectors[position], self.items[self.space.ids[position]].title)
