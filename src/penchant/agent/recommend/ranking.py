"""The ranking of one list: score, shortlist, arrange and account for it. Product, tuning and evaluation all use this path."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.blocks import Block, by_interest, carried, totals
from penchant.agent.recommend.contributions import Account, accounts
from penchant.agent.recommend.event_rows import WrittenRows
from penchant.agent.recommend.factors import one_thread
from penchant.agent.recommend.features import blocks
from penchant.agent.recommend.interactions import Rows
from penchant.agent.recommend.list_rules import (
    FIRST_REACH,
    SHORTLIST,
    Caps,
    Inspection,
    ListRules,
    Shortlist,
    arranged,
    best_places,
    capped,
    carriers_of,
)
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.others import Others, count_others
from penchant.agent.recommend.request_rules import Arrays
from penchant.agent.recommend.shortfall import Steps
from penchant.agent.recommend.user import User
from penchant.arrays import Floats, Ints
from penchant.store.recommendation import Contribution

REACH_FACTOR = 3
"""How many times more items than `FIRST_REACH` the first inspection covers, so that counterfactuals mostly need no further one."""


@dataclass(frozen=True)
class CandidatePool:
    """The candidates. `items` (c,): their positions in the space (None: all of it). `allowed` (c,): which may be listed. `found` (c, i +
    1): the interests through which each was found, the last column for none; None where every item is a candidate.
    """

    items: Ints | None
    allowed: NDArray[np.bool_]
    found: NDArray[np.bool_] | None = None

    def places(self, position: int) -> list[int]:
        """Return the place of the item at `position` of the space among the candidates: a list of one, or empty."""
        if self.items is None:
            return [position]
        at = int(np.searchsorted(self.items, position))
        return [at] if at < len(self.items) and self.items[at] == position else []

    def without(self, interest: int) -> NDArray[np.bool_]:
        """Return a mask (c,) of what would still be allowed if `interest` had found no candidates."""
        if self.found is None:
            return self.allowed
        return self.allowed & (self._sources > self.found[:, interest])

    @cached_property
    def _sources(self) -> Ints:
        """Shape (c,): through how many interests each candidate was found."""
        return np.zeros(len(self.allowed), np.int64) if self.found is None else np.count_nonzero(self.found, axis=1)


@dataclass(frozen=True)
class Extras:
    """The rules of the request over the candidates. `boost` (c,): nats (None: no boosts); `pins`: (candidate, place from 1), by place;
    `caps`: how many of each group may be listed (None: no caps).
    """

    boost: Floats | None = None
    pins: tuple[tuple[int, int], ...] = ()
    caps: Caps | None = None

    @classmethod
    def of(cls, arrays: Arrays, pool: CandidatePool) -> "Extras":
        """Convert rules over a space to rules over the candidates; pins of items that may not be listed are dropped."""
        items = slice(None) if pool.items is None else pool.items
        return cls(
            None if arrays.boost is None else arrays.boost[items],
            tuple((at, place) for position, place in arrays.pins for at in pool.places(position) if pool.allowed[at]),
            None if arrays.caps is None else arrays.caps.among(pool.items, len(arrays.open_items)),
        )


NO_EXTRAS = Extras()


@dataclass(frozen=True)
class RankedItem:
    """An item with its score. `place`: among the candidates; `item`: position in the space; `contributions`: exact summands of `score`."""

    place: int
    item: int
    rank: int
    score: float
    contributions: tuple[Contribution, ...]


class Sums(NamedTuple):
    """The `scores` of candidates (c,) and which are `allowed` (c,). `missing`: an interest that was left out of the scores."""

    scores: Floats
    allowed: NDArray[np.bool_]
    missing: int | None = None


class Detail(NamedTuple):
    """The parts of the scores of some candidates: the `values` (r, s) of each block's rows for them, and `parts` (interests + 1, s) by
    interest. `columns` (c,): the column of each candidate, -1 for those that are not included.
    """

    columns: Ints
    values: tuple[Rows, ...]
    parts: Floats

    @classmethod
    def of(cls, ranking: "Ranking", places: Ints) -> "Detail":
        """Compute the detail of `places`, which ascend."""
        columns = np.full(len(ranking.pool.allowed), -1)
        columns[places] = np.arange(len(places))
        values = tuple(block.rows.at(places) for block in ranking.built)
        return cls(columns, values, by_interest(ranking.built, values, ranking.beta, len(ranking.user.live.ids)))

    def joined(self, other: "Detail") -> "Detail":
        """Return the detail of these candidates and those of `other`."""
        behind = np.where(other.columns >= 0, other.columns + self.parts.shape[1], -1)
        values = tuple(np.concatenate(both, 1) for both in zip(self.values, other.values, strict=True))
        return Detail(np.maximum(self.columns, behind), values, np.concatenate([self.parts, other.parts], 1))


@dataclass(frozen=True)
class Ranking:
    """Everything that was computed for one list, so that later questions about it need no second run. `scores` (c,): of the candidates;
    `order`: candidates in list order; `qualified`: how many items of the catalogue could have been listed;
    `steps`: what each step left out.
    """

    user: User
    pool: CandidatePool
    built: tuple[Block, ...]
    scores: Floats
    order: Ints
    beta: Mapping[str, float]
    rules: ListRules
    k: int
    models: ItemModels
    moment: CurrentSignals
    extras: Extras = NO_EXTRAS
    qualified: int = 0
    steps: Steps | None = None
    _without: dict[int, tuple[Ints, Sums]] = field(default_factory=dict, repr=False)
    _details: list[Detail] = field(default_factory=list, repr=False)
    _others: dict[int, Others] = field(default_factory=dict, repr=False)

    def item(self, place: int) -> int:
        """Return the position of a candidate in the space."""
        return int(place if self.pool.items is None else self.pool.items[place])

    def others(self, item: int) -> Others:
        """Return what other users did with the item at position `item` of the space."""
        if item not in self._others:
            listed = [self.item(place) for place in self.order[: self.k].tolist()]
            asked = np.unique(listed if item in listed else [item])  # the whole list in one pass
            user = self.user
            found = count_others(self.models, self.moment, user.evidence, user_id=user.live.user_id, items=asked)
            self._others.update(zip(asked.tolist(), found, strict=True))
        return self._others[item]

    @one_thread
    def listed(self) -> list[RankedItem]:
        """Return the first `k` items with their contributions."""
        return self._ranked(self.order[: self.k], range(1, self.k + 1))

    def ranked(self, place: int, rank: int) -> RankedItem:
        """Return one candidate with its contributions."""
        return self._ranked(np.array([place]), [rank])[0]

    def _ranked(self, places: Ints, ranks: Sequence[int]) -> list[RankedItem]:
        detail = self._detail(places)
        written = [
            replace(block, rows=WrittenRows(values)) for block, values in zip(self.built, detail.values, strict=True)
        ]
        contributions = accounts(written, self.beta, self.user, detail.columns[places])
        return [
            self._ranked_item(place, rank, account)
            for place, rank, account in zip(places.tolist(), ranks, contributions, strict=False)
        ]

    def _ranked_item(self, place: int, rank: int, account: Account) -> RankedItem:
        boost = 0.0 if self.extras.boost is None else float(self.extras.boost[place])
        if boost:
            account = (*account, Contribution(signal="boost", value=boost))
        if any(pinned == place for pinned, _ in self.extras.pins):
            account = (*account, Contribution(signal="pin", value=self._lift(place)))
        return RankedItem(place, self.item(place), rank, sum([part.value for part in account]), account)

    def _lift(self, place: int) -> float:
        """Return what must be added to the score of a pinned candidate to reach the best one listed behind it; 0 if nothing is missing."""
        scores, pinned = self.scores, [candidate for candidate, _ in self.extras.pins]
        behind = self.order[int(np.flatnonzero(self.order == place)[0]) + 1 : self.k + 1]
        behind = behind[~np.isin(behind, pinned)]
        return max(0.0, float(scores[behind].max() - scores[place])) if len(behind) else 0.0

    @one_thread
    def with_model_view(self, places: Ints, view: Floats, weight: float) -> "Ranking":
        """Return this ranking with a language model's `view` (c,) of the candidates at `places` added. It belongs to no interest, so
        counterfactuals are still computed from the same sums, with the model's view unchanged.
        """
        row = np.zeros((1, len(self.pool.allowed)), np.float32)
        row[0, places] = view
        nobody = np.array([-1])
        built = (*self.built, Block(("llm",), np.ones((1, 1), np.float32), WrittenRows(row), nobody, nobody))
        beta, scores = {**self.beta, "llm": weight}, self.scores + np.float32(weight) * row[0]
        judged = replace(self, built=built, beta=beta, scores=scores, _without={}, _details=[])
        [order] = judged.ordered([Sums(scores, self.pool.allowed)])
        return replace(judged, order=order)

    @one_thread
    def rearranged(self, rules: ListRules) -> Ints:
        """Return the candidates in the order that other list rules would give them."""
        [order] = replace(self, rules=rules).ordered([Sums(self.scores, self.pool.allowed)])
        return order

    def ordered(self, sums: Sequence[Sums]) -> list[Ints]:
        """Return, for each of `sums`, the candidates in list order."""
        pinned = [(candidate, place) for candidate, place in self.extras.pins if place <= self.k]
        leading = [self._best(each, [candidate for candidate, _ in pinned]) for each in sums]
        p = np.tile(np.where(self.user.active & (self.user.live.liking >= 0.5), self.user.live.p, 0.0), (len(sums), 1))
        for share, each in zip(p, sums, strict=True):
            if each.missing is not None:
                share[each.missing] = 0.0
        reach = FIRST_REACH * self.k if self._details else REACH_FACTOR * FIRST_REACH * self.k
        self._detail(np.concatenate([places[:reach] for places in leading]))  # for all lists in one pass
        short = [self._shortlist(each, places) for each, places in zip(sums, leading, strict=True)]
        arranged_lists = arranged(short, p, self.rules, self.k)
        orders = [places[order] for places, order in zip(leading, arranged_lists, strict=True)]
        for candidate, place in pinned:
            orders = [np.insert(order, min(place - 1, len(order)), candidate) for order in orders]
        return orders

    def _best(self, sums: Sums, pinned: Sequence[int]) -> Ints:
        """Return the best candidates that are not pinned."""
        allowed, caps = sums.allowed, self.extras.caps
        if caps is not None:
            allowed = capped(sums.scores, allowed, caps, pinned)
        if pinned:
            allowed = allowed.copy()
            allowed[pinned] = False
        return best_places(sums.scores, allowed, max(SHORTLIST, 2 * self.k))

    def _shortlist(self, sums: Sums, places: Ints) -> Shortlist:
        items = places if self.pool.items is None else self.pool.items[places]
        return Shortlist(
            sums.scores[places], items, self.models.space.vectors, lambda n: self._inspect(places[:n], sums.missing)
        )

    def _inspect(self, places: Ints, missing: int | None) -> Inspection:
        """Inspect the candidates at `places`. The scores are summed by interest, so that they do not depend on which other candidates
        are inspected with them.
        """
        detail = self._detail(places)
        parts = detail.parts[:, detail.columns[places]]
        if missing is not None:
            parts[missing] = 0.0
        scores = parts.sum(0)
        if self.extras.boost is not None:
            scores += self.extras.boost[places]
        order = np.lexsort((places, -scores))
        return Inspection(order, scores[order], carriers_of(parts[:-1, order]))

    def _detail(self, places: Ints) -> Detail:
        """Return a detail that includes `places` and all candidates included before."""
        if not self._details:
            self._details.append(Detail.of(self, np.unique(places)))
        new = places[self._details[0].columns[places] < 0]
        if len(new):
            self._details[0] = self._details[0].joined(Detail.of(self, np.unique(new)))
        return self._details[0]

    def asked(self, place: int) -> float:
        """Return what the query adds to the score of a candidate; 0 without a query."""
        if not self.user.is_asking:
            return 0.0
        detail = self._detail(np.array([place]))
        added = [
            block.share(self.beta) @ values[:, detail.columns[place]]
            for block, values in zip(self.built, detail.values, strict=True)
            if "query" in block.features
        ]
        return float(sum(added))

    def rank_of(self, place: int) -> int:
        """Return the rank of a candidate, from 1: as arranged within the list, then by score."""
        return _rank(self.order, self.scores, self.pool.allowed, place)

    @one_thread
    def rank_without(self, place: int, interest: int) -> int:
        """Return the rank that a candidate would have without `interest`, computed from the same sums."""
        self.prepare_without([interest])
        order, sums = self._without[interest]
        return _rank(order, sums.scores, sums.allowed, place)

    @one_thread
    def prepare_without(self, interests: Iterable[int]) -> None:
        """Compute in one step what `rank_without` needs for `interests`."""
        missing = sorted(set(interests) - set(self._without))
        if missing:
            scores = self.scores - carried(self.built, self.beta, missing, len(self.pool.allowed))
            sums = [Sums(*each) for each in zip(scores, map(self.pool.without, missing), missing, strict=True)]
            self._without.update(zip(missing, zip(self.ordered(sums), sums, strict=True), strict=True))


@one_thread
def rank(
    models: ItemModels,
    moment: CurrentSignals,
    user: User,
    pool: CandidatePool,
    *,
    beta: Mapping[str, float],
    rules: ListRules,
    k: int,
    fading: bool = True,
    extras: Extras = NO_EXTRAS,
) -> Ranking:
    """Score every candidate and arrange the best `k`. What a boost adds belongs to no interest."""
    built = tuple(blocks(models, moment, user, pool.items, fading=fading, allowed=pool.allowed))
    scores = totals(built, beta, len(pool.allowed))
    if extras.boost is not None:
        scores += extras.boost
    ranking = Ranking(user, pool, built, scores, np.zeros(0, np.int64), beta, rules, k, models, moment, extras)
    [order] = ranking.ordered([Sums(scores, pool.allowed)])
    return replace(ranking, order=order)


def _rank(order: Ints, scores: Floats, allowed: NDArray[np.bool_], place: int) -> int:
    at = np.flatnonzero(order == place)
    if len(at):
        return int(at[0]) + 1
    better = int(((scores > scores[place]) & allowed).sum())
    return max(better, len(order)) + 1
