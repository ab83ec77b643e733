"""From scores to a list: what the whole list owes the user, beyond each item's own score.

Calibration: the list's mix of interests follows p (H. Steck, "Calibrated recommendations", RecSys 2018). Diversity: maximal marginal
relevance (Carbonell & Goldstein, SIGIR 1998). Cap: no interest takes more than its share of places. Scores are in nats (log odds).
"""

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
    """The best items before list rules: `places` (s,) positions among the candidates, best first; `scores` (s,); `vectors` (s, d);
    `carriers` (s,): the interest that carries most of each score, -1 for none."""

    places: Ints
    scores: Floats
    vectors: Rows
    carriers: Ints


def shortlist(parts: Floats, vectors: Rows, items: Ints | None, allowed: NDArray[np.bool_], limit: int) -> Shortlist:
    """The `limit` best of the candidates by the sum of `parts` (interests + 1, c), leaving out what is not `allowed` (c,).

    `vectors` (n, d): of the whole catalogue, in which the candidates are at `items` (c,) (None: they are all of it).
    """
    scores = parts.sum(0)
    open_places = np.flatnonzero(allowed)
    places = open_places[best(scores[open_places], limit)]
    carried = parts[:-1, places]
    carriers = np.full(len(places), -1)
    if len(carried):
        carriers = np.where(carried.max(0) > 0, carried.argmax(0), -1)
    return Shortlist(places, scores[places], vectors[places if items is None else items[places]], carriers)


def arrange(listed: Shortlist, p: Floats, rules: ListRules, k: int) -> Ints:
    """Shape (s,): the shortlist in its final order: the first `k` chosen one by one under `rules`, the rest by score."""
    n = len(listed.places)
    chosen: list[int] = []
    closeness = np.zeros(n)
    counts = np.zeros(len(p) + 1)
    share = p / (p.sum() or 1.0)
    room = np.append(np.full(len(p), max(1.0, np.ceil(rules.cap * k))), np.inf)
    rest = np.ones(n, bool)
    for _ in range(min(k, n)):
        value = listed.scores - rules.diversity * closeness
        if rules.calibration and len(p):
            value -= rules.calibration * _divergence(counts, share)[listed.carriers]
        fits = rest & (counts < room)[listed.carriers]
        pick = int(np.where(fits if fits.any() else rest, value, -np.inf).argmax())
        chosen.append(pick)
        rest[pick] = False
        counts[listed.carriers[pick]] += 1
        np.maximum(closeness, listed.vectors @ listed.vectors[pick], out=closeness)
    return np.concatenate([np.array(chosen, np.int64), np.flatnonzero(rest)])


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


def _divergence(counts: Floats, share: Floats) -> Floats:
    """Shape (i + 1,): KL(share || list) if the next item came from each interest; one carried by no interest leaves the mix as it is.

    One more item from an interest changes that interest's own term and the length of the list: each mix needs but one new term.
    """
    without_last = counts[:-1]
    length = without_last.sum()
    mixes = np.stack(
        [without_last / (length + 1.0), (without_last + 1.0) / (length + 1.0), without_last / max(length, 1.0)]
    )
    smoothed = np.maximum((1 - SMOOTHING) * mixes + SMOOTHING * share, 1e-12)
    longer, own, same = share * np.log(np.maximum(share, 1e-12) / smoothed)
    return np.append(longer.sum() - longer + own, same.sum())
