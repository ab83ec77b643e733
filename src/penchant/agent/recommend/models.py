"""The item models: everything fitted from behaviour up to one moment, with popularity and first interactions."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.factors import NEXT_RANK, NEXT_WINDOW, Factors
from penchant.agent.recommend.interactions import DAY, Behaviour, ItemSpace, Rows
from penchant.agent.recommend.item_models import (
    COSINE_LIMIT,
    Adder,
    Dense,
    ItemItem,
    Sparse,
    best,
    cosine,
    ease,
    ease_fits,
    next_item_counts,
    sparse_cosine,
)
from penchant.agent.recommend.recent import HALF_LIVES, Recent, empty
from penchant.arrays import Floats, Ints

DEFAULT_PENALTY = 200.0
WINDOWS_DAYS = {"popular_1d": 1.0, "popular_7d": 7.0, "popular_30d": 30.0}
RISING_DAYS = {"rising_7d": 7.0, "rising_30d": 30.0}
LOG_SCALE = 5.0
LEADERS = 200


@dataclass(frozen=True)
class ItemModels:
    """Models over an `ItemSpace`. `shared` and `similar` are the same object where the catalogue is too large for EASE.

    `factors`, `order`: what is taken near an item and what is taken after it, also for items that never occur together. `recent`: the
    newest interactions known to the models, for callers without newer ones.
    `at`, `items`: the interactions fitted on, oldest first; `popularity` (n,): their number for each item; `takers` (n,): the number
    of people; `first_seen` (n,): Unix seconds of creation or first interaction (inf: none).
    """

    space: ItemSpace
    shared: ItemItem
    similar: ItemItem
    following: ItemItem
    factors: ItemItem
    order: ItemItem
    at: Floats
    items: Ints
    popularity: Floats
    takers: Floats
    first_seen: Floats
    recent: Recent

    @classmethod
    def fit(cls, space: ItemSpace, behaviour: Behaviour, penalty: float = DEFAULT_PENALTY) -> "ItemModels":
        """Fit to all of `behaviour`; the caller leaves out what must not be known."""
        touched = behaviour.matrix()
        following = next_item_counts(behaviour)
        exact = len(space) <= COSINE_LIMIT
        near: ItemItem = Dense(cosine(touched)) if exact else Sparse(sparse_cosine(touched))
        first = np.full(len(space), np.inf)
        np.minimum.at(first, behaviour.items, behaviour.at)
        first = np.where(np.isnan(space.dates), first, space.dates)
        return cls(
            space=space,
            shared=ease(touched, penalty) if ease_fits(touched) else near,
            similar=near,
            following=Sparse(following),
            factors=Factors.of(behaviour),
            order=Factors.of(behaviour, window=NEXT_WINDOW, rank=NEXT_RANK, ordered=True),
            at=behaviour.at,
            items=behaviour.items,
            popularity=np.bincount(behaviour.items, minlength=len(space)).astype(np.float64),
            takers=np.asarray(touched.sum(0), np.float64).ravel(),
            first_seen=first,
            recent=Recent.of(behaviour),
        )

    @property
    def until(self) -> float:
        """Unix seconds of the last interaction fitted on, -inf if there is none."""
        return float(self.at[-1]) if len(self.at) else -np.inf

    def usual_days(self, at: float) -> float:
        """Return the days from the first interaction to `at`, at least one: the time over which all-time popularity is spread."""
        return max(float(at - self.at[0]) / DAY, 1.0) if len(self.at) else 1.0

    def window(self, at: float, days: float) -> Floats:
        """Return the number of interactions with each item (n,) in the `days` before `at` (Unix seconds)."""
        start, end = np.searchsorted(self.at, [at - days * DAY, at])
        return np.bincount(self.items[start:end], minlength=len(self.space)).astype(np.float64)

    def age_days(self, at: float) -> Floats:
        """Return the days since each item (n,) appeared; inf for an item without a date or interaction."""
        return _days_since(self.first_seen, at)


@dataclass(frozen=True)
class CurrentSignals:
    """Item-level signals that are the same for every user at one moment: `names` with `values` (s, n), and the newest behaviour
    (`recent`). `hours_at`: the moment for which hourly popularity was counted.
    """

    at: float
    names: tuple[str, ...]
    values: Rows
    recent: Recent
    hours_at: float

    @cached_property
    def leaders(self) -> list[Ints]:
        """The items with the largest values of each signal, best first."""
        return [best(row, LEADERS) for row in self.values]

    def renewed(self, at: float, recent: Recent) -> "CurrentSignals":
        """Return these signals with newer behaviour; only hourly popularity is counted again."""
        values, leaders = self.values.copy(), list(self.leaders)
        for name, half_life in HALF_LIVES.items():
            row = self.names.index(name)
            values[row] = np.log1p(recent.popular(at, half_life)) / LOG_SCALE
            leaders[row] = _leading(values[row])
        newer = CurrentSignals(self.at, self.names, values, recent, at)
        newer.__dict__["leaders"] = leaders
        return newer

    @classmethod
    def of(cls, models: ItemModels, at: float, recent: Recent | None = None) -> "CurrentSignals":
        """Compute popularity by window, by hour and overall (log scale), and newness on three timescales.

        An item with a date is new by that (`new`); one without by its first interaction (`begun`), which says little about how new it
        is. Being hours old counts in proportion to the share of new items among those chosen now: much on a news site, hardly in a
        shop. `recent`: behaviour that may be newer than the models.
        """
        recent = models.recent if recent is None else recent
        undated = np.isnan(models.space.dates)
        age = models.age_days(at)
        begun = np.minimum(age, _days_since(recent.first_seen(at), at))
        clocks = {"new": np.where(undated, np.inf, age), "begun": np.where(undated, begun, np.inf)}
        spans = models.usual_days(at)
        columns = {name: np.log1p(models.window(at, days)) / LOG_SCALE for name, days in WINDOWS_DAYS.items()}
        for name, days in RISING_DAYS.items():
            usual = models.popularity * min(days / spans, 1.0)
            columns[name] = np.log((1 + models.window(at, days)) / (1 + usual)) / LOG_SCALE
        for name, half_life in HALF_LIVES.items():
            columns[name] = np.log1p(recent.popular(at, half_life)) / LOG_SCALE
        columns["popular"] = np.log1p(models.popularity) / LOG_SCALE
        for name, since in clocks.items():
            columns[f"{name}_6h"] = np.exp(-4.0 * since)
            columns[f"{name}_14d"] = np.exp(-since / 14.0)
            columns[f"{name}_90d"] = np.exp(-since / 90.0)
        columns["new_6h"] *= recent.share_of_new(at, models.space.dates)
        return cls(at, tuple(columns), np.stack(list(columns.values())).astype(np.float32), recent, at)


def counts_of(values: Rows) -> Floats:
    """Return the counts behind signals on the log scale."""
    return np.asarray(np.expm1(values.astype(np.float64) * LOG_SCALE))


def _days_since(first: Floats, at: float) -> Floats:
    """Return the days from `first` (n,) to `at`, both in Unix seconds: 0 if that is in the future, inf if it is inf."""
    return np.where(np.isinf(first), np.inf, np.maximum(at - first, 0.0) / DAY)


def _leading(counts: Rows) -> Ints:
    """Return the places of the `LEADERS` largest of `counts` (n,), best first. Zeros are compared only if needed; none is negative."""
    found = np.flatnonzero(counts)
    return found[best(counts[found], LEADERS)] if len(found) >= LEADERS else best(counts, LEADERS)


@dataclass(frozen=True)
class MovedModel:
    """A model of another space. `old` (n,): the position of each item there, -1 for a new item; `new` (m,): the position of each of its
    items here, -1 for a removed one. Both spaces have the items in the same order.
    """

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

    def adder(self, candidates: Ints | None) -> Adder:
        columns = self.old if candidates is None else self.old[candidates]
        column = np.flatnonzero(columns >= 0)
        known = self.model.adder(columns[column])

        def summed(weights: Rows, items: Ints) -> Rows:
            out = np.zeros((len(weights), len(columns)), np.float32)
            row = np.flatnonzero(self.old[items] >= 0)
            if len(row) and len(column):
                out[:, column] = known(weights[:, row], self.old[items[row]])
            return out

        return summed

    def neighbours(self, items: Ints, limit: int) -> list[Ints]:
        known = self.old[items]
        found = iter(self.model.neighbours(known[known >= 0], limit))
        nothing: NDArray[np.int64] = np.zeros(0, np.int64)
        near = [self.new[next(found)] if at >= 0 else nothing for at in known]
        return [positions[positions >= 0] for positions in near]


def moved_models(models: ItemModels, space: ItemSpace) -> ItemModels:
    """Return the same models over another item space, which need not have the same items."""
    old, new = models.space.positions(space.ids), space.positions(models.space.ids)
    first = np.full(len(space), np.inf)
    first[old >= 0] = models.first_seen[old[old >= 0]]
    first = np.where(np.isnan(space.dates), first, space.dates)
    if space.ids == models.space.ids:
        return _over_same_items(models, space, first)
    present = new[models.items] >= 0
    popularity, takers = np.zeros(len(space)), np.zeros(len(space))
    popularity[old >= 0], takers[old >= 0] = models.popularity[old[old >= 0]], models.takers[old[old >= 0]]
    shared = MovedModel(models.shared, old, new)
    return ItemModels(
        space=space,
        shared=shared,
        similar=shared if models.similar is models.shared else MovedModel(models.similar, old, new),
        following=MovedModel(models.following, old, new),
        factors=MovedModel(models.factors, old, new),
        order=MovedModel(models.order, old, new),
        at=models.at[present],
        items=new[models.items[present]],
        popularity=popularity,
        takers=takers,
        first_seen=first,
        recent=empty(len(space)),
    )


def _over_same_items(models: ItemModels, space: ItemSpace, first: NDArray[np.float64]) -> ItemModels:
    """Return the models over a space with the same items, of which only the fields have changed."""
    return replace(models, space=space, first_seen=first)
