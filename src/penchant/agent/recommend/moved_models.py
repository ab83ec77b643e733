"""Models of items over a catalogue that has changed since they were fitted: they serve at once, without a new fit.

Of an item that has come since nothing is known of who took it (what is taken together just now is counted elsewhere, see `recent`); one
that has gone takes no part. Scores of all others are what they were.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.interactions import ItemSpace, Rows
from penchant.agent.recommend.item_models import ItemItem
from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.recent import empty
from penchant.arrays import Ints


@dataclass(frozen=True)
class Moved:
    """A model of other positions. `old` (n,): where each item was, -1 for one that is new; `new` (m,): where each is now, -1 for one that
    has gone. Both keep the order of items."""

    model: ItemItem
    old: Ints
    new: Ints

    def rows(self, items: Ints, candidates: Ints | None) -> Rows:
        columns = self.old if candidates is None else self.old[candidates]
        out = np.zeros((len(items), len(columns)), np.float32)
        row, column = np.flatnonzero(self.old[items] >= 0), np.flatnonzero(columns >= 0)
        if len(row) and len(column):
            out[np.ix_(row, column)] = self.model.rows(self.old[items[row]], columns[column])
        return out

    def neighbours(self, items: Ints, limit: int) -> list[Ints]:
        known = self.old[items]
        found = iter(self.model.neighbours(known[known >= 0], limit))
        nothing: NDArray[np.int64] = np.zeros(0, np.int64)
        near = [self.new[next(found)] if at >= 0 else nothing for at in known]
        return [positions[positions >= 0] for positions in near]


def moved(models: ItemModels, space: ItemSpace) -> ItemModels:
    """The same models over another space of items, which need not have the same items."""
    old, new = models.space.positions(space.ids), space.positions(models.space.ids)
    first = np.full(len(space), np.inf)
    first[old >= 0] = models.first_seen[old[old >= 0]]
    first = np.where(np.isnan(space.dates), first, space.dates)
    if space.ids == models.space.ids:
        return _replaced(models, space, first)
    present = new[models.items] >= 0
    popularity = np.zeros(len(space))
    popularity[old >= 0] = models.popularity[old[old >= 0]]
    shared = Moved(models.shared, old, new)
    return ItemModels(
        space=space,
        shared=shared,
        similar=shared if models.similar is models.shared else Moved(models.similar, old, new),
        following=Moved(models.following, old, new),
        factors=Moved(models.factors, old, new),
        order=Moved(models.order, old, new),
        at=models.at[present],
        items=new[models.items[present]],
        popularity=popularity,
        first_seen=first,
        recent=empty(len(space)),
    )


def _replaced(models: ItemModels, space: ItemSpace, first: NDArray[np.float64]) -> ItemModels:
    """Nothing has come or gone: only what is said of items has changed."""
    return replace(models, space=space, first_seen=first)
