"""The interests of users of a data set, computed by the product's engine from the given rows alone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.profiles.engine.fold import Rules, fold
from penchant.agent.profiles.engine.occasions import place_events
from penchant.agent.profiles.engine.personal import Places
from penchant.agent.profiles.engine.projection import Overlay, live, view
from penchant.agent.profiles.engine.state import State
from penchant.agent.taxonomy.builder import build_taxonomy
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.column_types import to_micros
from penchant.store.event_columns import EventColumns
from penchant.tools.evaluation.dataset import Log
from penchant.tools.evaluation.source import EvaluationSource

if TYPE_CHECKING:
    from penchant.store.embedders.embedder import Embedder


def read_taxonomy(source: EvaluationSource, embedder: "Embedder", vocabulary: Vocabulary | None = None) -> Taxonomy:
    """Build the taxonomy of a data set's catalogue, named by rule."""
    items = [source.items[item_id] for item_id in source.space.ids]
    return build_taxonomy(items, source.space.vectors, vocabulary or Vocabulary.load(None), embedder)


class Trees:
    """Folds the rows of a user and returns the leaves of the tree; results are cached. Names do not matter for ranking."""

    def __init__(self, log: Log, taxonomy: Taxonomy, weights: Mapping[str, float]) -> None:
        self.log, self.taxonomy = log, taxonomy
        self.rules = Rules(weights, len(taxonomy.themes) or len(taxonomy.subtopics))
        self.overlay = Overlay(Places(taxonomy, "en"))
        self._known: dict[tuple[int, float, int], LiveInterests] = {}

    def __call__(self, user: int, at: float, rows: NDArray[np.int64]) -> LiveInterests:
        """Return the leaves at `at` (Unix seconds) after these rows of the log (newest first)."""
        key = (user, at, hash(rows.tobytes()))
        if key not in self._known:
            self._known[key] = self._read(user, at, rows)
        return self._known[key]

    def state(self, user: int, rows: NDArray[np.int64]) -> State:
        """Return the user's state after these rows of the log (newest first)."""
        state, columns = State(), self._columns(user, rows[::-1])
        fold([state], columns, place_events(columns, self.taxonomy, {}), self.rules)
        return state

    def _read(self, user: int, at: float, rows: NDArray[np.int64]) -> LiveInterests:
        state = self.state(user, rows)
        return live(state, self.overlay, view(state, self.overlay, at), self.log.user_ids[user], 1)

    def _columns(self, user: int, rows: NDArray[np.int64]) -> EventColumns:
        events = [self.log.events[row] for row in rows]
        return EventColumns(
            (self.log.user_ids[user],),
            np.array([0, len(events)]),
            np.arange(1, len(events) + 1),
            np.array([to_micros(event.at) for event in events], np.int64),
            tuple(event.event_id for event in events),
            tuple(event.type for event in events),
            tuple(event.item_id for event in events),
            np.array([np.nan if event.value is None else event.value for event in events], np.float64),
            {},
            {row: event.context for row, event in enumerate(events) if event.context},
        )
