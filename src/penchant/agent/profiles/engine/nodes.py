"""The nodes of many users, one after another, as arrays: gathered from their states, and put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import CLOCKS
from penchant.agent.profiles.engine.state import OPINIONS, State
from penchant.arrays import Floats, Ints

WIDTH = CLOCKS + 2 * OPINIONS


@dataclass
class Nodes:
    """G nodes, each user's in the order in which they first appeared; `starts` (users + 1,): where each user's begin.

    `mass` (G, C): attention by clock, then liking and disliking by theirs, as of `touched` (G,); `circumstances` (G, 6); `first_seen`,
    `last_seen`, `counts` (G,).
    """

    starts: Ints
    mass: Floats
    touched: Floats
    circumstances: Floats
    first_seen: Floats
    last_seen: Floats
    counts: Ints

    @classmethod
    def of(cls, states: Sequence[State], new: Sequence[Sequence[str]]) -> "Nodes":
        """The nodes of `states`, to whose ids `new` ones are added."""
        more = [len(some) for some in new]
        for state, some in zip(states, new, strict=True):
            state.ids = [*state.ids, *some]
        mass = [np.concatenate([state.attention, state.opinion.reshape(-1, 2 * OPINIONS)], axis=1) for state in states]
        return cls(
            np.cumsum([0, *(len(state.ids) for state in states)]),
            _padded(mass, more),
            _padded([state.touched for state in states], more),
            _padded([state.circumstances for state in states], more),
            _padded([state.first_seen for state in states], more, np.inf),
            _padded([state.last_seen for state in states], more, -np.inf),
            _padded([state.counts for state in states], more),
        )

    def put(self, states: Sequence[State]) -> None:
        """Back into the states."""
        for user, state in enumerate(states):
            rows = slice(int(self.starts[user]), int(self.starts[user + 1]))
            state.attention = self.mass[rows, :CLOCKS]
            state.opinion = self.mass[rows, CLOCKS:].reshape(-1, 2, OPINIONS)
            state.touched, state.circumstances = self.touched[rows], self.circumstances[rows]
            state.first_seen, state.last_seen = self.first_seen[rows], self.last_seen[rows]
            state.counts = self.counts[rows]


def _padded(blocks: Sequence[NDArray[Any]], more: Sequence[int], value: float = 0.0) -> NDArray[Any]:
    """Each block with so many `more` rows of `value`, one after another."""
    fill = np.full((max(more, default=0), *blocks[0].shape[1:]), value, blocks[0].dtype)
    return np.concatenate([part for block, count in zip(blocks, more, strict=True) for part in (block, fill[:count])])
