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
        carriers = np.where(carried.max(0) > 0, carried.argmax(0), -1)
    return Shortlist(places, scores[places], places if items is None else items[places], vectors, carriers)


def arrange(listed: Shortlist, p: Floats, rules: ListRules, k: int) -> Ints:
    """Shape (s,): the shortlist in its final order: the first `k` chosen one by one under `rules`, the rest by score.

    Few of the best are looked at first, and more of them only where one behind might be chosen instead.
    """
    n = len(listed.places)
    reach, chosen = min(AT_FIRST * k, n), None
    while (chosen := _chosen(listed, p, rules, k, reach)) is None:
        reach = min(4 * reach, n)
    rest = np.ones(n, bool)
    rest[chosen] = False
    return np.concatenate([np.array(chosen, np.int64), np.flatnonzero(rest)])


def _chosen(listed: Shortlist, p: Floats, rules: ListRules, k: int, reach: int) -> list[int] | None:
    """The `k` items that `rules` choose among the first `reach`; None where an item behind these might be worth as much as one of them.

    None behind is worth more than the best score there is, less the least that any interest costs.
    """
    scores, carriers = listed.scores[:reach].copy(), listed.carriers[:reach]
    vectors = listed.vectors[listed.items[:reach]]
    behind = listed.scores[reach] if reach < len(listed.scores) else -np.inf
    mix, most = _Mix(p, rules.calibration), max(1.0, np.ceil(rules.cap * k))
    chosen, closeness = list[int](), np.zeros(reach)
    for _ in range(min(k, len(listed.scores))):
        costs = mix.costs()
        worth = scores - rules.diversity * closeness - costs.take(carriers)
        if mix.largest >= most:
            fits = (scores > -np.inf) & (mix.counts < most)[carriers]
            if not fits.any() and behind > -np.inf:
                return None
            worth = np.where(fits, worth, -np.inf) if fits.any() else worth
        pick = int(worth.argmax())
        if worth[pick] <= behind - costs.min():
            return None
        chosen.append(pick)
        scores[pick] = -np.inf
        mix.take(int(carriers[pick]))
        np.maximum(closeness, vectors @ vectors[pick], out=closeness)
    return chosen


class _Mix:
    """What the items chosen so far are about, beside `p` (i,), and what one more of each interest would cost: `weight` nats per nat of
    distance. `counts` (i + 1,): items by interest; of those that no interest carries none is counted. `largest`: the largest of them."""

    def __init__(self, p: Floats, weight: float) -> None:
        share = p / (p.sum() or 1.0)
        self._share, self._weight, self._floor = share, weight, SMOOTHING * share + 1e-12
        self._of_share = float(share @ np.log(np.maximum(share, 1e-12)))
        self._now_and_longer = np.stack([np.zeros(len(p) + 1), np.ones(len(p) + 1)])
        self.counts, self.largest, self._length = self._now_and_longer[0], 0.0, 0.0
        self._costs = np.full(len(p) + 1, weight * (self._of_share - float(share @ np.log(self._floor))))
        self._is_known = not weight

    def costs(self) -> Floats:
        """Shape (i + 1,): KL(share || list) × weight if the next item came from each interest; one carried by none changes nothing.

        One more item from an interest changes that interest's own term and the length of the list: each mix needs but one new term.
        """
        if not self._is_known:
            mixes = self._now_and_longer[:, :-1] * ((1 - SMOOTHING) / (self._length + 1.0)) + self._floor
            longer, own = self._share * np.log(mixes)
            self._costs[:-1] = self._weight * ((self._of_share - longer.sum()) + (longer - own))
            self._is_known = True
        return self._costs

    def take(self, carrier: int) -> None:
        """Choose an item that an interest carries (-1: none)."""
        if carrier < 0:
            return
        self._costs[-1] = self._costs[carrier]
        self._now_and_longer[:, carrier] += 1.0
        self.largest = max(self.largest, float(self.counts[carrier]))
        self._length += 1.0
        self._is_known = not self._weight


def capped(scores: Floats, allowed: NDArray[np.bool_], caps: Sequence[tuple[Ints, int]]) -> NDArray[np.bool_]:
    """Shape (c,): what is still `allowed` (c,) when of each group only the best may be listed: `caps` are groups (c,), -1 for none, and
    how many of each. What a cap leaves out is replaced by what comes next, so a list stays full."""
    for groups, limit in caps:
        places = np.flatnonzero(allowed & (groups >= 0))
        places = places[np.lexsort((places, -scores[places], groups[places]))]
        group = groups[places]
        begins = np.flatnonzero(np.append(True, group[1:] != group[:-1])) if len(group) else np.zeros(0, np.int64)
        place_in_group = np.arange(len(group)) - np.repeat(begins, np.diff(np.append(begins, len(group))))
        allowed = allowed.copy()
        allowed[places[place_in_group >= limit]] = False
    return allowed
