"""From scores to a list: the best items, arranged so that it is like the user's interests, varied, and no one interest takes all of it."""

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
AT_ONCE = 4_000_000
"""How many numbers the vectors of lists arranged side by side may hold: 16 MB."""
AT_FIRST = 5
"""How many times the length of a list is looked at first: behind that, hardly any item makes up for its score."""


class ListRules(BaseModel):
    """Knobs of the list; all can be read and set, and `tune` fits them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calibration: float = Field(
        0.05, ge=0, description="Nats of score given up per nat of distance between list and tree"
    )
    diversity: float = Field(
        0.05, ge=0, description="Nats of score given up for a cosine of 1 to an item already listed"
    )
    cap: float = Field(0.8, gt=0, le=1, description="Largest share of the list that one interest may take")


class Looked(NamedTuple):
    """The first of a shortlist, looked at closely: `order` (n,): their positions in it, best first; `scores` (n,); `carriers` (n,): the
    interest that carries most of each score, -1 for none."""

    order: Ints
    scores: Floats
    carriers: Ints


@dataclass(frozen=True)
class Shortlist:
    """The best items before list rules: `scores` (s,), best first; `items` (s,): where each is in `vectors` (n, d); `first`: looks closely
    at so many of them, which takes its time."""

    scores: Floats
    items: Ints
    vectors: Rows
    first: Callable[[int], Looked]

    def __len__(self) -> int:
        return len(self.scores)


def best_places(scores: Floats, allowed: NDArray[np.bool_], limit: int) -> Ints:
    """The `limit` best of the candidates by `scores` (c,), best first, leaving out what is not `allowed` (c,)."""
    open_places = np.flatnonzero(allowed)
    return open_places[best(scores[open_places], limit)]


def carriers_of(parts: Floats) -> Ints:
    """Shape (s,): which interest carries most of each score, -1 for none; `parts` (interests, s): what each carries."""
    if not len(parts):
        return np.full(parts.shape[1], -1)
    leading = parts.argmax(0)
    return np.where(parts[leading, np.arange(parts.shape[1])] > 0, leading, -1)


def arranged(lists: Sequence[Shortlist], p: Floats, rules: ListRules, k: int) -> list[Ints]:
    """Each shortlist (s,) in its final order: the first `k` chosen one by one under `rules`, the rest by score. `p` (b, i): of each list.

    All lists are of one catalogue: their `vectors` are the same. Few of the best are looked at first, and more of them only where one
    behind might be chosen instead.
    """
    orders, waiting, reach = [np.zeros(0, np.int64)] * len(lists), np.arange(len(lists)), AT_FIRST * k
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
    """`waiting` in as few parts as hold `AT_ONCE` numbers each, but at least one list."""
    longest = max(len(lists[row]) for row in waiting.tolist())
    size = max(1, AT_ONCE // max(1, min(reach, longest) * lists[0].vectors.shape[1]))
    return np.split(waiting, range(size, len(waiting), size))


def _with_the_rest(picks: Ints, length: int) -> Ints:
    """Shape (length,): `picks`, and behind them what is left in its order."""
    rest = np.ones(length, bool)
    first = picks[:length]
    rest[first] = False
    return np.concatenate([first, np.flatnonzero(rest)])


def _chosen(
    lists: Sequence[Shortlist], p: Floats, rules: ListRules, k: int, reach: int
) -> tuple[Ints, NDArray[np.bool_]]:
    """The items that `rules` choose among the first `reach` of each list, (b, k); and whether that is sure, (b,): not where an item behind
    these might be worth as much as one of them. All lists at once, because what a step costs is mostly the calls.

    None behind is worth more than the best score there is, less the least that any interest costs.
    """
    lengths, rows = np.array(list(map(len, lists))), np.arange(len(lists))
    reach = int(min(reach, lengths.max()))
    (order, scores, carriers), behind, vectors = _side_by_side(lists, reach)
    mix, most = _Mix(p, rules.calibration), max(1.0, np.ceil(rules.cap * k))
    carried, closeness = (rows[:, None], carriers), np.zeros(scores.shape)
    chosen = np.zeros((len(lists), min(k, reach)), np.int64)
    worths, least = np.zeros(chosen.shape), np.zeros(chosen.shape)
    for step in range(chosen.shape[1]):
        costs = mix.costs()
        worth = scores - rules.diversity * closeness - costs[carried]
        if step >= most:  # before that, no interest has as much as it may take
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


def _side_by_side(lists: Sequence[Shortlist], reach: int) -> tuple[Looked, Floats, Rows]:
    """The first `reach` of each list, (b, reach), with scores of -inf and carriers of -1 behind its end; the best score behind these (b,);
    and vectors (b, reach, d)."""
    shape = (len(lists), reach)
    looked = Looked(np.tile(np.arange(reach), (len(lists), 1)), np.full(shape, -np.inf), np.full(shape, -1))
    behind, items = np.full(len(lists), -np.inf), np.zeros(shape, np.int64)
    for row, each in enumerate(lists):
        n = min(reach, len(each))
        for column, values in zip(looked, each.first(n), strict=True):
            column[row, :n] = values
        items[row, :n] = each.items[looked.order[row, :n]]
        behind[row] = each.scores[n] if n < len(each) else -np.inf
    return looked, behind, lists[0].vectors[items]


class _Mix:
    """What the items chosen so far are about, for each list beside its `p` (b, i), and what one more of each interest would cost: `weight`
    nats per nat of distance. `counts` (b, i + 1): items by interest; of those that no interest carries none is counted."""

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
        """Shape (b, i + 1): KL(share || list) × weight if the next item came from each interest; one carried by none changes nothing.

        One more item from an interest changes that interest's own term and the length of the list: each mix needs but one new term.
        """
        mixes = self._now_and_longer[:, :, :-1] * ((1 - SMOOTHING) / (self._length + 1.0)) + self._floor
        terms = self._share * np.log(mixes)
        longer, own = terms[:, 0], terms[:, 1]
        self._costs[:, :-1] = self._weight * ((self._of_share - longer.sum(1, keepdims=True)) + (longer - own))
        return self._costs

    def take(self, carriers: Ints) -> None:
        """Choose an item for each list, which an interest carries (-1: none)."""
        rows, counted = self._rows, carriers >= 0
        self._costs[:, -1] = self._costs[rows, carriers]
        self._now_and_longer[rows, :, carriers] += counted[:, None]
        self._length += counted[:, None, None]


@dataclass(frozen=True)
class Caps:
    """Groups of which only so many may be listed: candidate `members` (m,) belongs to the group `groups` (m,), of which at most `limits`
    (g,) may be. One may belong to several groups."""

    members: Ints
    groups: Ints
    limits: Ints

    @classmethod
    def of(cls, parts: Sequence[tuple[Ints, Ints, int]]) -> "Caps | None":
        """From members, their groups and a limit for each of these, for each cap; None without any."""
        sizes = [int(groups.max(initial=-1)) + 1 for _, groups, _ in parts]
        begins = np.cumsum([0, *sizes])
        members = [rows for rows, _, _ in parts]
        groups = [codes + begin for (_, codes, _), begin in zip(parts, begins.tolist(), strict=False)]
        limits = np.repeat([limit for _, _, limit in parts], sizes)
        return cls(np.concatenate(members), np.concatenate(groups), limits) if parts else None

    def among(self, items: Ints | None, size: int) -> "Caps":
        """The same over candidates at `items` (c,) of a space of `size` (None: all of it)."""
        if items is None:
            return self
        place = np.full(size, -1)
        place[items] = np.arange(len(items))
        members = place[self.members]
        return Caps(members[members >= 0], self.groups[members >= 0], self.limits)


def capped(scores: Floats, allowed: NDArray[np.bool_], caps: Caps, pinned: Sequence[int] = ()) -> NDArray[np.bool_]:
    """Shape (c,): what is still `allowed` (c,) when, best first, nothing is listed of which some group is full. What a cap leaves out is
    replaced by what comes next, so a list stays full. What is `pinned` stands in any case, and takes the first places of its groups.

    At each step what has a place in all of its groups is taken, whatever becomes of better ones, and what has a full group is left out;
    the others wait until more is known.
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
    """Shape (m,): how many stand before each of the same of `groups` (m,), which ascend."""
    begins = np.flatnonzero(np.append(True, groups[1:] != groups[:-1])) if len(groups) else np.zeros(0, np.int64)
    return np.arange(len(groups)) - np.repeat(begins, np.diff(np.append(begins, len(groups))))
