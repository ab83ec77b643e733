"""One user, one list: score, shorten, arrange, and account for it. The one ranking path of product, tuning and evaluation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.behaviour import Floats, Ints
from penchant.agent.recommend.list_rules import SHORTLIST, ListRules, arrange, shortlist
from penchant.agent.recommend.models import ItemModels, Moment
from penchant.agent.recommend.signals import FADING, Block, Decay, User, blocks, by_interest
from penchant.agent.recommend.threads import one_thread
from penchant.store.profile import made
from penchant.store.recommendation import Contribution, Signal

EVENTS_NAMED = 2
EVENTS_SUMMED = 20
TELLING = 0.01
"""An event that carries less than this share of a score is told together with its like."""
SIGNALS: tuple[Signal, ...] = ("content", "collaborative", "trending", "popularity", "freshness", "exploration", "llm")


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
        return [self.ranked(int(place), rank) for rank, place in enumerate(self.order[: self.k], 1)]

    def ranked(self, place: int, rank: int) -> RankedItem:
        """One candidate's account."""
        account = tuple(_contributions(self, place))
        return RankedItem(place, self.item(place), rank, sum(part.value for part in account), account)

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


def _contributions(ranking: Ranking, place: int) -> Iterator[Contribution]:
    """Per signal and interest: the events that say most one by one, then all the rest together; every summand of the score exactly once."""
    user, ids = ranking.user, ranking.user.live.ids
    signals, interests, events, values = _summands(ranking, place)
    telling = TELLING * float(np.abs(values).sum())
    first = np.flatnonzero((np.diff(signals, prepend=-1) != 0) | (np.diff(interests, prepend=-2) != 0))
    totals = np.add.reduceat(values, first).tolist() if len(first) else []
    bounds, owners = [*first.tolist(), len(values)], interests[first].tolist()
    about, amounts, named = events.tolist(), values.tolist(), user.evidence.event_ids
    for group, (begin, total) in enumerate(zip(bounds[:-1], totals, strict=True)):
        end, interest = bounds[group + 1], owners[group]
        signal, name = SIGNALS[signals[begin]], ids[interest] if interest >= 0 else None
        single = [at for at in range(begin, min(begin + EVENTS_NAMED, end)) if about[at] >= 0]
        single = [at for at in single if abs(amounts[at]) >= telling]
        for at in single:
            yield _contribution(signal, name, (named[about[at]],), amounts[at])
        rest = range(begin + len(single), end)
        if rest:
            said = tuple(named[about[at]] for at in rest[:EVENTS_SUMMED] if about[at] >= 0)
            left = total - sum(amounts[at] for at in single)
            said = said or _kept_evidence(user, interest)
            yield _contribution(signal, name, said, left)


def _contribution(signal: Signal, interest: str | None, evidence: tuple[str, ...], value: float) -> Contribution:
    """There are some fifty of a listed item."""
    return made(Contribution, {"signal": signal, "interest_id": interest, "evidence": evidence, "value": value})


def _summands(ranking: Ranking, place: int) -> tuple[Ints, Ints, Ints, Floats]:
    """The score of one candidate as columns: signal, interest and event (-1: none) and value; one row for each that adds something, by
    signal and interest, the most telling event first."""
    width, depth = len(ranking.user.evidence) + 1, len(ranking.user.live.ids) + 1
    keys, terms = [], []
    for block in ranking.built:
        for signal in block.signals:
            terms.append(block.terms(ranking.beta, signal, place))
            keys.append((SIGNALS.index(signal) * depth + block.interests + 1) * width + block.events + 1)
    which, back = np.unique(np.concatenate(keys), return_inverse=True)
    values = np.bincount(back, np.concatenate(terms), minlength=len(which))
    which, values = which[values != 0], values[values != 0]
    owners, events = which // width, which % width - 1
    order = np.lexsort((events, -np.abs(values), events < 0, owners))
    owners = owners[order]
    return owners // depth, owners % depth - 1, events[order], values[order]


def _kept_evidence(user: User, interest: int) -> tuple[str, ...]:
    return tuple(event.event_id for event in user.live.evidence[interest][:EVENTS_NAMED]) if interest >= 0 else ()
