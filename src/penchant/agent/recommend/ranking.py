"""One user, one list: score, shorten, arrange, and account for it. The one ranking path of product, tuning and evaluation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.contributions import accounts
from penchant.agent.recommend.features import FADING, Block, Decay, User, blocks, by_interest
from penchant.agent.recommend.interactions import Floats, Ints
from penchant.agent.recommend.models import ItemModels, Moment
from penchant.agent.recommend.rules import SHORTLIST, ListRules, arrange, shortlist
from penchant.agent.recommend.single_thread import one_thread
from penchant.store.recommendation import Contribution


@dataclass(frozen=True)
class Pool:
    """What may be listed: `items` (c,) positions in the space (None: all of it), `allowed` (c,), and for each candidate the interests it
    was found through: `found` (c, i + 1), None where everything is looked at."""

    items: Ints | None
    allowed: NDArray[np.bool_]
    found: NDArray[np.bool_] | None = None

    def without(self, interest: int) -> NDArray[np.bool_]:
        """Shape (c,): what would still be allowed if `interest` had brought nothing."""
        if self.found is None:
            return self.allowed
        others = np.delete(self.found, interest, axis=1).any(axis=1)
        return self.allowed & others


@dataclass(frozen=True)
class RankedItem:
    """A listed item: `place` among the candidates, `item` in the space, `score`, and its exact contributions."""

    place: int
    item: int
    rank: int
    score: float
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True)
class Ranking:
    """Everything that was computed for one list, kept so that questions about it need no second run."""

    user: User
    pool: Pool
    built: tuple[Block, ...]
    parts: Floats
    order: Ints
    beta: Mapping[str, float]
    rules: ListRules
    k: int
    models: ItemModels
    _without: dict[int, tuple[Ints, Floats, NDArray[np.bool_]]] = field(default_factory=dict, repr=False)

    def item(self, place: int) -> int:
        """Position in the space of a candidate."""
        return int(place if self.pool.items is None else self.pool.items[place])

    @one_thread
    def listed(self) -> list[RankedItem]:
        """The first `k`, with their contributions."""
        return self._ranked(self.order[: self.k], range(1, self.k + 1))

    def ranked(self, place: int, rank: int) -> RankedItem:
        """One candidate's account."""
        return self._ranked(np.array([place]), [rank])[0]

    def _ranked(self, places: Ints, ranks: Sequence[int]) -> list[RankedItem]:
        told = accounts(self.built, self.beta, self.user, places)
        return [
            RankedItem(place, self.item(place), rank, sum([part.value for part in account]), account)
            for place, rank, account in zip(places.tolist(), ranks, told, strict=False)
        ]

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
        order = _order(self.models, self.user, self.pool, parts=parts, rules=self.rules, k=self.k)
        beta = {**self.beta, "llm": weight}
        return replace(self, built=(*self.built, block), parts=parts, order=order, beta=beta, _without={})

    @one_thread
    def rearranged(self, rules: ListRules) -> Ints:
        """The places in the order other list rules would give them."""
        return _order(self.models, self.user, self.pool, parts=self.parts, rules=rules, k=self.k)

    def rank_of(self, place: int) -> int:
        """1 for the first: in the list as arranged, then by score."""
        return _rank(self.order, self.parts.sum(0), self.pool.allowed, place)

    @one_thread
    def rank_without(self, place: int, interest: int) -> int:
        """The rank a candidate would have if `interest` took no part, read off the same sums."""
        order, scores, allowed = self._missing(interest)
        return _rank(order, scores, allowed, place)

    def _missing(self, interest: int) -> tuple[Ints, Floats, NDArray[np.bool_]]:
        """Order, scores and what is allowed without an interest; computed once for the whole list."""
        held = self._without.get(interest)
        if held is None:
            parts = self.parts.copy()
            parts[interest] = 0.0
            pool = replace(self.pool, allowed=self.pool.without(interest))
            order = _order(self.models, self.user, pool, parts=parts, rules=self.rules, k=self.k, missing=interest)
            held = self._without[interest] = (order, parts.sum(0), pool.allowed)
        return held


@one_thread
def rank(
    models: ItemModels,
    moment: Moment,
    user: User,
    pool: Pool,
    *,
    beta: Mapping[str, float],
    rules: ListRules,
    k: int,
    decay: Decay = FADING,
) -> Ranking:
    """Score every candidate and arrange the best `k`."""
    built = tuple(blocks(models, moment, user, pool.items, decay))
    parts = by_interest(built, beta, len(user.live.ids), len(pool.allowed))
    order = _order(models, user, pool, parts=parts, rules=rules, k=k)
    return Ranking(user, pool, built, parts, order, beta, rules, k, models)


def _order(
    models: ItemModels, user: User, pool: Pool, *, parts: Floats, rules: ListRules, k: int, missing: int | None = None
) -> Ints:
    short = shortlist(parts, models.space.vectors, pool.items, pool.allowed, max(SHORTLIST, 2 * k))
    p = np.where(user.active & (user.live.liking >= 0.5), user.live.p, 0.0)
    if missing is not None:
        p[missing] = 0.0
    return short.places[arrange(short, p, rules, k)]


def _rank(order: Ints, scores: Floats, allowed: NDArray[np.bool_], place: int) -> int:
    at = np.flatnonzero(order == place)
    if len(at):
        return int(at[0]) + 1
    better = int(((scores > scores[place]) & allowed).sum())
    return max(better, len(order)) + 1
