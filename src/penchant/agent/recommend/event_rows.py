"""What each row of a block says for every candidate, worked out only as far as it is asked.

A list needs two things of the hundreds of events behind it: their weighted sum over all candidates, and the single values at the few that
may be listed. Models of items give both without a number for each event and each candidate.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from penchant.agent.recommend.interactions import Rows
from penchant.agent.recommend.item_models import Adder, ItemItem
from penchant.arrays import Ints, is_among


class EventRows(Protocol):
    """Numbers (r, c) of r rows for c candidates."""

    def summed(self, weights: Rows) -> Rows:
        """Shape (f, c): `weights` (f, r) times the rows."""
        ...

    def at(self, places: Ints) -> Rows:
        """Shape (r, k): what the rows say for the candidates at `places` (k,), which ascend."""
        ...


@dataclass(frozen=True)
class WrittenRows:
    """Rows that are there as numbers (r, c)."""

    values: Rows

    def summed(self, weights: Rows) -> Rows:
        return weights @ self.values

    def at(self, places: Ints) -> Rows:
        return self.values[:, places]


@dataclass(frozen=True)
class CosineRows:
    """Cosines of unit `vectors` (r, d) to those of the `candidates` (c, d)."""

    vectors: Rows
    candidates: Rows

    def summed(self, weights: Rows) -> Rows:
        return np.asarray((weights @ self.vectors) @ self.candidates.T, np.float32)

    def at(self, places: Ints) -> Rows:
        return self.vectors @ self.candidates[places].T


@dataclass(frozen=True)
class OwnItems:
    """What the user has had to do with: `items` (u,), ascending; `columns` (o,): where those that may be listed are among the candidates;
    `share`: of some of these items (k,) the share (m, k) of others in what is known of each event's item and these."""

    items: Ints
    columns: Ints
    share: Callable[[Ints], Rows]

    def among(self, positions: Ints) -> Ints:
        """Which of `positions` (k,) the user has had to do with."""
        return np.flatnonzero(is_among(positions, self.items))


@dataclass(frozen=True)
class ModelRows:
    """What a `model` says of the items (m,) of events for every candidate (None: every item), the user's own part in it left out. Sums are
    right for what may be listed, single values for every candidate."""

    model: ItemItem
    items: Ints
    candidates: Ints | None
    own: OwnItems

    def summed(self, weights: Rows) -> Rows:
        counted = np.flatnonzero(weights.any(0))
        items, weights = self.items[counted], weights[:, counted]
        out = self._sums(weights, items)
        out[:, self.own.columns] = weights @ self._own_values[counted]
        return out

    def at(self, places: Ints) -> Rows:
        positions = self._positions(places)
        values = self.model.rows(self.items, positions)
        own = self.own.among(positions)
        if len(own):
            values[:, own] *= self.own.share(positions[own])[: len(self.items)]
        return values

    @cached_property
    def _sums(self) -> Adder:
        return self.model.over(self.candidates)

    @cached_property
    def _own_values(self) -> Rows:
        """Shape (m, o): of what the user has had to do with and may be listed."""
        own = self._positions(self.own.columns)
        return self.model.rows(self.items, own) * self.own.share(own)[: len(self.items)]

    def _positions(self, places: Ints) -> Ints:
        return places if self.candidates is None else self.candidates[places]
