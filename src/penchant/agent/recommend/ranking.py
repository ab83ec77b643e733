"""One user, one list: score, shorten, arrange, and account for it. The one ranking path of product, tuning and evaluation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.contributions import Account, accounts
from penchant.agent.recommend.factors import one_thread
from penchant.agent.recommend.features import FADING, Block, Decay, User, blocks, by_interest
from penchant.agent.recommend.list_rules import SHORTLIST, Caps, ListRules, Shortlist, arranged, capped, shortlist
from penchant.agent.recommend.models import CurrentSignals, ItemModels
from penchant.agent.recommend.others import Others, others_of
from penchant.agent.recommend.request_rules import Arrays
from penchant.arrays import Floats, Ints
from penchant.store.recommendation import Contribution


@dataclass(frozen=True)
class CandidatePool:
    """What may be listed: `items` (c,) positions in the space (None: all of it), `allowed` (c,), and for each candidate the interests it
    was found through: `found` (c, i + 1), None where everything is looked at."""

    items: Ints | None
    allowed: NDArray[np.bool_]
    found: NDArray[np.bool_] | None = None

    def places(self, position: int) -> list[int]:
        """Where the item at `position` of the space is among the candidates: one place, or none."""
        if self.items is None:
            return [position]
        at = int(np.searchsorted(self.items, position))
        return [at] if at < len(self.items) and self.items[at] == position else []

    def without(self, interest: int) -> NDArray[np.bool_]:
        """Shape (c,): what would still be allowed if `interest` had brought nothing."""
        if self.found is None:
            return self.allowed
        return self.allowed & (self._sources > self.found[:, interest])

    @cached_property
    def _sources(self) -> Ints:
        """Shape (c,): through how many interests each was found."""
        return np.zeros(len(self.allowed), np.int64) if self.found is None else np.count_nonzero(self.found, axis=1)


@dataclass(frozen=True)
class Extras:
    """Rules of the request over the candidates: `boost` (c,) nats (None: none), `pins`: (candidate, place from 1) by place, `caps`: how
    many of each group may be listed (None: nothing is capped)."""

    boost: Floats | None = None
    pins: tuple[tuple[int, int], ...] = ()
    caps: Caps | None = None

    @classmethod
    def of(cls, arrays: Arrays, pool: CandidatePool) -> "Extras":
        """The rules over a space, as they are over the candidates; a pin on what may not be listed pins nothing."""
        items = slice(None) if pool.items is None else pool.items
        return cls(
            None if arrays.boost is None else arrays.boost[items],
            tuple((at, place) for position, place in arrays.pins for at in pool.places(position) if pool.allowed[at]),
            None if arrays.caps is None else arrays.caps.among(pool.items, len(arrays.open_items)),
        )


NO_EXTRAS = Extras()


@dataclass(frozen=True)
class RankedItem:
    """A listed item: `place` among the candidates, `item` in the space, `score`, and its exact contributions."""

    place: int
    item: int
    rank: int
    score: float
    contributions: tuple[Contribution, ...]


class Sums(NamedTuple):
    """The `scores` of candidates (c,) and which are `allowed` (c,); `missing`: an interest that takes no part, and is not in the scores."""

    scores: Floats
    allowed: NDArray[np.bool_]
    missing: int | None = None


@dataclass(frozen=True)
class Ranking:
    """Everything that was computed for one list, kept so that questions about it need no second run. `qualified`: how many items of the
    catalogue could have been listed."""

    user: User
    pool: CandidatePool
    built: tuple[Block, ...]
    parts: Floats
    order: Ints
    beta: Mapping[str, float]
    rules: ListRules
    k: int
    models: ItemModels
    moment: CurrentSignals
    extras: Extras = NO_EXTRAS
    qualified: int = 0
    _without: dict[int, tuple[Ints, Sums]] = field(default_factory=dict, repr=False)
    _others: dict[int, Others] = field(default_factory=dict, repr=False)

    def item(self, place: int) -> int:
        """Position in the space of a candidate."""
        return int(place if self.pool.items is None else self.pool.items[place])

    def others(self, item: int) -> Others:
        """What may be told of others and the item at position `item` of the space."""
        if item not in self._others:
            listed = [self.item(place) for place in self.order[: self.k].tolist()]
            asked = np.unique(listed if item in listed else [item])  # one look at the models for all of a list
            user = self.user
            found = others_of(self.models, self.moment, user.evidence, user_id=user.live.user_id, items=asked)
            self._others.update(zip(asked.tolist(), found, strict=True))
        return self._others[item]

    @one_thread
    def listed(self) -> list[RankedItem]:
        """The first `k`, with their contributions."""
        return self._ranked(self.order[: self.k], range(1, self.k + 1))

    def ranked(self, place: int, rank: int) -> RankedItem:
        """One candidate's account."""
        return self._ranked(np.array([place]), [rank])[0]

    @cached_property
    def scores(self) -> Floats:
        """Shape (c,): the scores of the candidates."""
        return np.asarray(self.parts.sum(0))

    def _ranked(self, places: Ints, ranks: Sequence[int]) -> list[RankedItem]:
        contributions = accounts(self.built, self.beta, self.user, places)
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
        """What a pinned candidate's score lacks to the best that stands behind it."""
        scores, pinned = self.scores, [candidate for candidate, _ in self.extras.pins]
        behind = self.order[int(np.flatnonzero(self.order == place)[0]) + 1 : self.k + 1]
        behind = behind[~np.isin(behind, pinned)]
        return max(0.0, float(scores[behind].max() - scores[place])) if len(behind) else 0.0

    @one_thread
    def judged(self, places: Ints, view: Floats, weight: float) -> "Ranking":
        """This ranking with one more summand: a language model's `view` (c,) of some candidates. No interest carries it, so what would
        be without an interest is still read off the same sums, with the model's view as it was."""
        row = np.zeros((1, len(self.pool.allowed)), np.float32)
        row[0, places] = view
        nobody = np.array([-1])
        block = Block(("llm",), np.ones((1, 1), np.float32), row, nobody, nobody)
        parts = self.parts.copy()
        parts[-1] += np.float32(weight) * row[0]
        [order] = self._ordered(parts, [Sums(parts.sum(0), self.pool.allowed)])
        beta = {**self.beta, "llm": weight}
        return replace(self, built=(*self.built, block), parts=parts, order=order, beta=beta, _without={})

    @one_thread
    def rearranged(self, rules: ListRules) -> Ints:
        """The places in the order other list rules would give them."""
        [order] = replace(self, rules=rules)._ordered(self.parts, [Sums(self.scores, self.pool.allowed)])
        return order

    def _ordered(self, parts: Floats, sums: Sequence[Sums]) -> list[Ints]:
        return _orders(
            self.models, self.user, self.pool.items, self.extras, parts=parts, sums=sums, rules=self.rules, k=self.k
        )

    def rank_of(self, place: int) -> int:
        """1 for the first: in the list as arranged, then by score."""
        return _rank(self.order, self.scores, self.pool.allowed, place)

    @one_thread
    def rank_without(self, place: int, interest: int) -> int:
        """The rank a candidate would have if `interest` took no part, read off the same sums."""
        self.leave_out([interest])
        order, sums = self._without[interest]
        return _rank(order, sums.scores, sums.allowed, place)

    @one_thread
    def leave_out(self, interests: Iterable[int]) -> None:
        """Work out at once what `rank_without` will be asked of `interests`."""
        missing = sorted(set(interests) - set(self._without))
        if missing:
            sums = [self._sums_without(interest) for interest in missing]
            self._without.update(zip(missing, zip(self._ordered(self.parts, sums), sums, strict=True), strict=True))

    def _sums_without(self, interest: int) -> Sums:
        scores = np.concatenate([self.parts[:interest], self.parts[interest + 1 :]]).sum(0)
        return Sums(scores, self.pool.without(interest), interest)


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
    decay: Decay = FADING,
    extras: Extras = NO_EXTRAS,
) -> Ranking:
    """Score every candidate and arrange the best `k`. What a boost adds is carried by no interest."""
    built = tuple(blocks(models, moment, user, pool.items, decay))
    parts = by_interest(built, beta, len(user.live.ids), len(pool.allowed))
    if extras.boost is not None:
        parts[-1] += extras.boost
    sums = [Sums(parts.sum(0), pool.allowed)]
    [order] = _orders(models, user, pool.items, extras, parts=parts, sums=sums, rules=rules, k=k)
    return Ranking(user, pool, built, parts, order, beta, rules, k, models, moment, extras)


def _orders(
    models: ItemModels,
    user: User,
    items: Ints | None,
    extras: Extras,
    *,
    parts: Floats,
    sums: Sequence[Sums],
    rules: ListRules,
    k: int,
) -> list[Ints]:
    """For each of `sums` the places in the order of a list; `items`: positions of the candidates in the space (None: all of it)."""
    pinned = [(candidate, place) for candidate, place in extras.pins if place <= k]
    places = [candidate for candidate, _ in pinned]
    p = np.tile(np.where(user.active & (user.live.liking >= 0.5), user.live.p, 0.0), (len(sums), 1))
    short, vectors, limit = list[Shortlist](), models.space.vectors, max(SHORTLIST, 2 * k)
    for share, each in zip(p, sums, strict=True):
        allowed = capped(each.scores, each.allowed, extras.caps, places) if extras.caps is not None else each.allowed
        if places:
            allowed = allowed.copy()
            allowed[places] = False
        if each.missing is not None:
            share[each.missing] = 0.0
        short.append(
            shortlist(parts, each.scores, vectors, items=items, allowed=allowed, limit=limit, missing=each.missing)
        )
    orders = [listed.places[order] for listed, order in zip(short, arranged(short, p, rules, k), strict=True)]
    for candidate, place in pinned:
        orders = [np.insert(order, min(place - 1, len(order)), candidate) for order in orders]
    return orders


def _rank(order: Ints, scores: Floats, allowed: NDArray[np.bool_], place: int) -> int:
    at = np.flatnonzero(order == place)
    if len(at):
        return int(at[0]) + 1
    better = int(((scores > scores[place]) & allowed).sum())
    return max(better, len(order)) + 1
