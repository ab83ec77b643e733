"""The values of each row of a block for every candidate, computed only as far as they are needed.

A list needs two things of the hundreds of events behind it: their weighted sum over all candidates, and single values at the few that
may be listed. Item models give both without computing a number for each event and each candidate.
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
    """A matrix of r rows for c candidates, which need not exist in memory."""

    def summed(self, weights: Rows) -> Rows:
        """Return `weights` (f, r) times the rows, shape (f, c)."""
        ...

    def at(self, places: Ints) -> Rows:
        """Return the rows at the candidates `places` (k,), which ascend; shape (r, k)."""
        ...


@dataclass(frozen=True)
class WrittenRows:
    """Rows stored as a matrix (r, c)."""

    values: Rows

    def summed(self, weights: Rows) -> Rows:
        return weights @ self.values

    def at(self, places: Ints) -> Rows:
        return self.values[:, places]


@dataclass(frozen=True)
class CosineRows:
    """Cosines of unit `vectors` (r, d) with those of the `candidates` (c, d)."""

    vectors: Rows
    candidates: Rows

    def summed(self, weights: Rows) -> Rows:
        return np.asarray((weights @ self.vectors) @ self.candidates.T, np.float32)

    def at(self, places: Ints) -> Rows:
        return self.vectors @ self.candidates[places].T


@dataclass(frozen=True)
class OwnItems:
    """The items that the user has events on.

    `items` (u,): their positions, ascending. `columns` (o,): those of the candidates that are such items and may be listed. `share`:
    for some of these items (k,), the share (m, k) of other users in what is known of each event's item and these.
    """

    items: Ints
    columns: Ints
    share: Callable[[Ints], Rows]

    def among(self, positions: Ints) -> Ints:
        """Return the indices of those of `positions` (k,) that the user has events on."""
        return np.flatnonzero(is_among(positions, self.items))


@dataclass(frozen=True)
class ModelRows:
    """The values of a `model` for the items (m,) of events and every candidate (None: every item), without the user's own part in them.
    Sums are right for candidates that may be listed, single values for every candidate.
    """

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
        return self.model.adder(self.candidates)

    @cached_property
    def _own_values(self) -> Rows:
        """Shape (m, o): the values for the items that the user has events on and that may be listed."""
        own = self._positions(self.own.columns)
        return self.model.rows(self.items, own) * self.own.share(own)[: len(self.items)]

    def _positions(self, places: Ints) -> Ints:
        return places if self.candidates is None else self.candidates[places]
