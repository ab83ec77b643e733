"""From scores to a list: the best items, arranged so that it is like the user's interests, varied, and no one interest takes all of it."""

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Shortlist:
    """The best items before list rules: `places` (s,) positions among the candidates, best first; `scores` (s,); `items` (s,): where each
    is in `vectors` (n, d); `carriers` (s,): the interest that carries most of each score, -1 for none."""

    places: Ints
    scores: Floats
    items: Ints
    vectors: Rows
    carriers: Ints


def shortlist(
    parts: Floats,
    scores: Floats,
    vectors: Rows,
    *,
    items: Ints | None,
    allowed: NDArray[np.bool_],
    limit: int,
    missing: int | None = None,
) -> Shortlist:
    """The `limit` best of the candidates by `scores` (c,), leaving out what is not `allowed` (c,).

    `parts` (interests + 1, c): what each interest carries of the scores, which are their sum, but for one that is `missing`. `vectors`
    (n, d): of the whole catalogue, in which the candidates are at `items` (c,) (None: they are all of it).
    """
    open_places = np.flatnonzero(allowed)
    places = open_places[best(scores[open_places], limit)]
    carried = parts[:-1, places]
    if missing is not None:
        carried[missing] = 0.0
    carriers = np.full(len(places), -1)
    if len(carried):
        leading = carried.argmax(0)
        carriers = np.where(carried[leading, np.arange(len(places))] > 0, leading, -1)
    return Shortlist(places, scores[places], places if items is None else items[places], vectors, carriers)


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
                orders[row] = _with_the_rest(picks, len(lists[row].places))
            unsure.append(rows[~is_sure])
        waiting, reach = np.concatenate(unsure), 4 * reach
    return orders


def _side_by_side_rows(lists: Sequence[Shortlist], waiting: Ints, reach: int) -> list[Ints]:
    """`waiting` in as few parts as hold `AT_ONCE` numbers each, but at least one list."""
    longest = max(len(lists[row].places) for row in waiting.tolist())
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
    lengths, rows = np.array([len(each.places) for each in lists]), np.arange(len(lists))
    reach = int(min(reach, lengths.max()))
    scores, carriers, behind, vectors = _side_by_side(lists, reach)
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
    return chosen, np.asarray(~beaten.any(1))


def _side_by_side(lists: Sequence[Shortlist], reach: int) -> tuple[Floats, Ints, Floats, Rows]:
    """Of the first `reach` of each list: scores (b, reach), -inf behind its end; carriers (b, reach), -1 there; the best score behind
    these (b,); and vectors (b, reach, d)."""
    shape = (len(lists), reach)
    scores, carriers, behind = np.full(shape, -np.inf), np.full(shape, -1), np.full(len(lists), -np.inf)
    items = np.zeros(shape, np.int64)
    for row, each in enumerate(lists):
        n = min(reach, len(each.places))
        scores[row, :n], carriers[row, :n], items[row, :n] = each.scores[:n], each.carriers[:n], each.items[:n]
        behind[row] = each.scores[n] if n < len(each.places) else -np.inf
    return scores, carriers, behind, lists[0].vectors[items]


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
