"""From scores to a list: the best items, arranged so that the list matches the user's interests, is varied, and respects caps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from penchant.agent.recommend.interactions import Rows
from penchant.agent.recommend.item_models import best
from penchant.arrays import Floats, Ints

SHORTLIST = 200
SMOOTHING = 0.01
NUMBERS_AT_ONCE = 4_000_000
"""How many numbers the vectors of lists arranged together may hold: 16 MB."""
FIRST_REACH = 5
"""How many times the length of a list is inspected at first: hardly any item behind that makes up for its lower score."""


class ListRules(BaseModel):
    """Settings of the list rules. They can be read and set, and `tune` fits them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calibration: float = Field(
        0.05, ge=0, description="Score (nats) lost per nat of distance between the list and the tree"
    )
    diversity: float = Field(
        0.05, ge=0, description="Score (nats) lost for a cosine of 1 to an item already on the list"
    )
    cap: float = Field(0.8, gt=0, le=1, description="Largest share of the list that one interest may take")


class Inspection(NamedTuple):
    """The first items of a shortlist, inspected closely. `order` (n,): their positions in it, best first; `scores` (n,); `carriers`
    (n,): the interest that carries most of each score, -1 for none.
    """

    order: Ints
    scores: Floats
    carriers: Ints


@dataclass(frozen=True)
class Shortlist:
    """The best items before the list rules. `scores` (s,): best first; `items` (s,): their rows in `vectors` (n, d); `inspect`: inspects
    the given number of them closely, which is slow.
    """

    scores: Floats
    items: Ints
    vectors: Rows
    inspect: Callable[[int], Inspection]

    def __len__(self) -> int:
        return len(self.scores)


def best_places(scores: Floats, allowed: NDArray[np.bool_], limit: int) -> Ints:
    """Return the `limit` best of the `allowed` (c,) candidates by `scores` (c,), best first."""
    open_places = np.flatnonzero(allowed)
    return open_places[best(scores[open_places], limit)]


def carriers_of(parts: Floats) -> Ints:
    """Return the interest that carries most of each score (s,), -1 for none. `parts` (interests, s): what each interest carries."""
    if not len(parts):
        return np.full(parts.shape[1], -1)
    leading = parts.argmax(0)
    return np.where(parts[leading, np.arange(parts.shape[1])] > 0, leading, -1)


def arranged(lists: Sequence[Shortlist], p: Floats, rules: ListRules, k: int) -> list[Ints]:
    """Return each shortlist (s,) in its final order: the first `k` chosen one by one under `rules`, the rest by score. `p` (b, i): the
    share of each interest, for each list.

    All lists are of one catalogue: their `vectors` are the same. Only a few of the best are inspected at first, and more only where
    an item behind them might be chosen instead.
    """
    orders, waiting, reach = [np.zeros(0, np.int64)] * len(lists), np.arange(len(lists)), FIRST_REACH * k
    while len(waiting):
        unsure = list[Ints]()
        for rows in _side_by_side_rows(lists, waiting, reach):
            chosen, is_sure = _chosen([lists[row] for row in rows.tolist()], p[rows], rules, k, reach)
            for row, picks in zip(rows[is_sure].tolist(), chosen[is_sure], strict=True):
                orders[row] = _with_the_rest(picks, len(lists[row]))
            unsure.append(rows[~is_sure])
        waiting, reach = np.concatenate(unsure), 4 * reach
    return orders


def _side_by_side_rows(lists: Sequence[Shortlist], waiting: Ints, reach: int) -> list[Ints]:
    """Split `waiting` into as few parts as hold `NUMBERS_AT_ONCE` numbers each, but at least one list."""
    longest = max(len(lists[row]) for row in waiting.tolist())
    size = max(1, NUMBERS_AT_ONCE // max(1, min(reach, longest) * lists[0].vectors.shape[1]))
    return np.split(waiting, range(size, len(waiting), size))


def _with_the_rest(picks: Ints, length: int) -> Ints:
    """Return `picks` followed by the remaining positions in order, shape (length,)."""
    rest = np.ones(length, bool)
    first = picks[:length]
    rest[first] = False
    return np.concatenate([first, np.flatnonzero(rest)])


def _chosen(
    lists: Sequence[Shortlist], p: Floats, rules: ListRules, k: int, reach: int
) -> tuple[Ints, NDArray[np.bool_]]:
    """Return the items that `rules` choose among the first `reach` of each list, (b, k), and whether the choice is certain, (b,). It is
    not where an item behind these might be worth as much as one of them.

    No item behind is worth more than the best score there, less the least that any interest costs. All lists are handled at once,
    because most of the time of a step goes into the calls.
    """
    lengths, rows = np.array(list(map(len, lists))), np.arange(len(lists))
    reach = int(min(reach, lengths.max()))
    (order, scores, carriers), behind, vectors = _side_by_side(lists, reach)
    mix, most = _InterestMix(p, rules.calibration), max(1.0, np.ceil(rules.cap * k))
    carried, closeness = (rows[:, None], carriers), np.zeros(scores.shape)
    chosen = np.zeros((len(lists), min(k, reach)), np.int64)
    worths, least = np.zeros(chosen.shape), np.zeros(chosen.shape)
    for step in range(chosen.shape[1]):
        costs = mix.costs()
        worth = scores - rules.diversity * closeness - costs[carried]
        if step >= most:  # before that, no interest can have reached its cap
            fits = (scores > -np.inf) & (mix.counts[carried] < most)
            some_fit = fits.any(1, keepdims=True)
            worth[~fits & some_fit] = -np.inf
            behind[~some_fit[:, 0] & (behind > -np.inf)] = np.inf
        pick = (rows, worth.argmax(1))
        chosen[:, step], worths[:, step], least[:, step] = pick[1], worth[pick], costs.min(1)
        scores[pick] = -np.inf
        mix.take(carriers[pick])
        np.maximum(closeness, (vectors @ vectors[pick][:, :, None])[:, :, 0], out=closeness)
    beaten = (worths <= behind[:, None] - least) & (np.arange(chosen.shape[1]) < lengths[:, None])
    return np.take_along_axis(order, chosen, 1), np.asarray(~beaten.any(1))


def _side_by_side(lists: Sequence[Shortlist], reach: int) -> tuple[Inspection, Floats, Rows]:
    """Return the first `reach` of each list, (b, reach), padded with scores of -inf and carriers of -1; the best score behind these
    (b,); and the vectors (b, reach, d).
    """
    shape = (len(lists), reach)
    inspection = Inspection(np.tile(np.arange(reach), (len(lists), 1)), np.full(shape, -np.inf), np.full(shape, -1))
    behind, items = np.full(len(lists), -np.inf), np.zeros(shape, np.int64)
    for row, each in enumerate(lists):
        n = min(reach, len(each))
        for column, values in zip(inspection, each.inspect(n), strict=True):
            column[row, :n] = values
        items[row, :n] = each.items[inspection.order[row, :n]]
        behind[row] = each.scores[n] if n < len(each) else -np.inf
    return inspection, behind, lists[0].vectors[items]


class _InterestMix:
    """The mix of interests among the items chosen so far, for each list beside its `p` (b, i), and the cost of one more item of each
    interest: `weight` nats per nat of distance. `counts` (b, i + 1): items by interest; the last column stands for no interest and
    stays 0.
    """

    def __init__(self, p: Floats, weight: float) -> None:
        total = p.sum(1, keepdims=True)
        share = p / np.where(total, total, 1.0)
        self._share, self._weight, self._floor = share[:, None], weight, (SMOOTHING * share + 1e-12)[:, None]
        self._of_share = (share * np.log(np.maximum(share, 1e-12))).sum(1, keepdims=True)
        self._now_and_longer = np.stack([np.zeros((len(p), p.shape[1] + 1)), np.ones((len(p), p.shape[1] + 1))], 1)
        self.counts, self._length = self._now_and_longer[:, 0], np.zeros((len(p), 1, 1))
        self._costs, self._rows = np.empty(self.counts.shape), np.arange(len(p))
        self._costs[:, -1:] = weight * (self._of_share - (share * np.log(self._floor[:, 0])).sum(1, keepdims=True))

    def costs(self) -> Floats:
        """Return KL(share || list) × weight if the next item came from each interest, shape (b, i + 1); an item of no interest changes
        nothing.

        One more item of an interest changes that interest's own term and the length of the list, so each mix needs only one new term.
        """
        mixes = self._now_and_longer[:, :, :-1] * ((1 - SMOOTHING) / (self._length + 1.0)) + self._floor
        terms = self._share * np.log(mixes)
        longer, own = terms[:, 0], terms[:, 1]
        self._costs[:, :-1] = self._weight * ((self._of_share - longer.sum(1, keepdims=True)) + (longer - own))
        return self._costs

    def take(self, carriers: Ints) -> None:
        """Add one item to each list: that of an interest in `carriers` (b,), -1 for none."""
        rows, counted = self._rows, carriers >= 0
        self._costs[:, -1] = self._costs[rows, carriers]
        self._now_and_longer[rows, :, carriers] += counted[:, None]
        self._length += counted[:, None, None]


@dataclass(frozen=True)
class Caps:
    """Groups of which only a limited number may be listed: candidate `members[j]` belongs to the group `groups[j]` (both (m,)), of which
    at most `limits` (g,) may be listed. A candidate may belong to several groups.
    """

    members: Ints
    groups: Ints
    limits: Ints

    @classmethod
    def of(cls, parts: Sequence[tuple[Ints, Ints, int]]) -> "Caps | None":
        """Build caps from members, their groups and the limit of each group, one tuple for each cap; None if there are none."""
        sizes = [int(groups.max(initial=-1)) + 1 for _, groups, _ in parts]
        begins = np.cumsum([0, *sizes])
        members = [rows for rows, _, _ in parts]
        groups = [codes + begin for (_, codes, _), begin in zip(parts, begins.tolist(), strict=False)]
        limits = np.repeat([limit for _, _, limit in parts], sizes)
        return cls(np.concatenate(members), np.concatenate(groups), limits) if parts else None

    def among(self, items: Ints | None, size: int) -> "Caps":
        """Return these caps over the candidates at `items` (c,) of a space with `size` items (None: all of it)."""
        if items is None:
            return self
        place = np.full(size, -1)
        place[items] = np.arange(len(items))
        members = place[self.members]
        return Caps(members[members >= 0], self.groups[members >= 0], self.limits)


def capped(scores: Floats, allowed: NDArray[np.bool_], caps: Caps, pinned: Sequence[int] = ()) -> NDArray[np.bool_]:
    """Return a mask (c,) of what stays `allowed` if the list is filled best first without any item of a full group.

    The next best items replace what a cap leaves out, so a list stays full. `pinned` candidates always stay and take the first places
    of their groups. Each step takes what has a place in all of its groups, whatever happens to better ones, and leaves out what has a
    full group; the others wait for the next step.
    """
    is_pinned, out = np.isin(np.arange(len(scores)), pinned), allowed.copy()
    room = caps.limits - np.bincount(caps.groups[is_pinned[caps.members]], minlength=len(caps.limits))
    waits = allowed & ~is_pinned
    order = np.lexsort((caps.members, -scores[caps.members], caps.groups))
    order = order[waits[caps.members[order]]]
    while len(order):
        members, groups = caps.members[order], caps.groups[order]
        waits[:] = False
        waits[members[_place_in_group(groups) >= room[groups]]] = True
        out[members[room[groups] <= 0]] = False
        room -= np.bincount(groups[~waits[members]], minlength=len(room))
        order = order[(waits & out)[members]]
    return out


def _place_in_group(groups: Ints) -> Ints:
    """Return how many members of the same group stand before each (m,); `groups` ascend."""
    begins = np.flatnonzero(np.append(True, groups[1:] != groups[:-1])) if len(groups) else np.zeros(0, np.int64)
    return np.arange(len(groups)) - np.repeat(begins, np.diff(np.append(begins, len(groups))))
