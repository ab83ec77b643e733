"""How strong each interest is at one moment: the mixture of clocks, and the visible rules on top of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import (
    CLOCKS,
    HALF_LIVES_DAYS,
    LONG,
    SHORT,
    informed,
    mixture,
    shares,
)
from penchant.agent.profiles.engine.rows import NodeRow
from penchant.agent.profiles.population import Population, prior
from penchant.arrays import Floats
from penchant.store.profile import Trend

FAST_CLOCK = 3
"""Index of the slowest clock that gifts may follow: 14 days."""
OLD_OPINION = 0.1
"""Opinions count in full by the clock of 60 days, and a tenth for ever."""
LIKING_PRIOR, DISLIKING_PRIOR = 1.5, 1.0
"""Whoever looks at something rather likes it: two passing skips do not make a dislike, one plain dislike does."""
PIN_FLOOR = 0.05
CERTAINTY_EVENTS = 4.0
SHORT_SHRINKAGE = 2.0
DISLIKED_PRIOR = 0.1
"""Nobody expects the next event to be about what the user says they dislike."""
TREND_RATIO = 1.5
TREND_LEAST = 0.01


@dataclass(frozen=True)
class Weights:
    """By row: `seen` (n, H): masses by clock before the rules; `p` sums to 1; `short`, `long` likewise; `parts` (n, H): p's masses by
    clock; `opinions` (n, 2): faded evidence of liking and of disliking; `certainty`: evidence in events."""

    seen: Floats
    p: Floats
    short: Floats
    long: Floats
    parts: Floats
    opinions: Floats
    liking: Floats
    certainty: Floats
    trust: Floats


def weigh(rows: Sequence[NodeRow], trust: Floats, population: Population | None, at_last: Floats) -> Weights:
    """Weigh the rows of one user as of the moment their masses stand for.

    `trust`: (H, P) of this user; `at_last`: (H,), all attention there was at the last event.
    """
    trust = informed(trust, population.trust if population else None)
    seen = np.concatenate([np.zeros(0), *(row.attention for row in rows)]).reshape(-1, CLOCKS)
    opinion = np.concatenate([np.zeros((0, 2)), *(row.opinion for row in rows)]).reshape(-1, 2, 2)
    attention = _under_rules(rows, seen)
    rho = _prior(rows, population)
    long = _memory(attention, trust, LONG, rho)
    p = mixture(attention, trust, _left_open(attention.sum(axis=0), at_last, trust, rho, long))
    p = _floors(rows, _outrank(rows, p / p.sum() if p.sum() > 0 else rho))
    per_clock, _ = shares(attention.sum(axis=0), trust)
    return Weights(
        seen=seen,
        p=p,
        short=_memory(attention, trust, SHORT, long),
        long=long,
        parts=attention * per_clock,
        opinions=_opinions(opinion),
        liking=_liking(rows, _opinions(opinion)),
        certainty=seen[:, -1] + opinion[:, 1, 1],
        trust=trust,
    )


def trends(short: Floats, long: Floats) -> list[Trend]:
    """Rising or fading where short-term and long-term memory (n,) differ by half and by more than one hundredth of the whole."""
    rises = (short > TREND_RATIO * long) & (short - long > TREND_LEAST)
    fades = (long > TREND_RATIO * short) & (long - short > TREND_LEAST)
    found: list[Trend] = _TRENDS[np.where(rises, 1, np.where(fades, 2, 0))].tolist()
    return found


_TRENDS = np.array(["steady", "rising", "fading"], object)


def _under_rules(rows: Sequence[NodeRow], attention: Floats) -> Floats:
    """Masses by clock (n, H) under the rules: pinned does not fade, gifts fade fast, declared interests start with some."""
    onboard = np.fromiter([row.onboard for row in rows], np.float64, len(rows)).reshape(-1, 1)
    remaining = attention.copy()
    for at, row in enumerate(rows):
        if row.pinned:
            remaining[at] = attention[at, -1]
        elif row.named and row.is_gift:
            remaining[at] = np.minimum(attention[at], attention[at, FAST_CLOCK])
    return np.asarray(remaining + onboard)


def _prior(rows: Sequence[NodeRow], population: Population | None) -> Floats:
    rho = prior(population, [row.ids for row in rows])
    disliked = np.fromiter([row.stated == "dislike" for row in rows], bool, len(rows))
    rho = rho * np.where(disliked, DISLIKED_PRIOR, 1.0)
    rho = rho / rho.sum() if rows else rho
    borrowed = np.fromiter([row.borrowed for row in rows], np.float64, len(rows))
    if borrowed.sum() > 0:
        own = rho * (borrowed == 0)
        rho = 0.5 * (own / own.sum() if own.sum() > 0 else 0.0) + borrowed / borrowed.sum() * (
            0.5 if own.sum() > 0 else 1.0
        )
    return np.asarray(rho)


def _left_open(total: Floats, at_last: Floats, trust: Floats, rho: Floats, long: Floats) -> Floats:
    """Who gets the part of p that belongs to no mass: ρ what was open at the last event, the long-term memory what faded since.

    A quick clock that runs down while nothing happens has learnt nothing new: it hands over to what the slow ones hold, not evenly to all.
    """
    then, now = shares(np.maximum(at_last, total), trust)[1], shares(total, trust)[1]
    return np.asarray((rho * then + long * (now - then)) / now) if now > 0 else rho


def _memory(attention: Floats, trust: Floats, clocks: NDArray[np.bool_], towards: Floats) -> Floats:
    """What a part of the clocks remembers, each shrunk towards `towards` by two events: sums to 1."""
    weight = trust.sum(axis=1) * clocks
    total = attention.sum(axis=0)
    seen = (attention + SHORT_SHRINKAGE * towards[:, None]) / (total + SHORT_SHRINKAGE)
    remembered = (seen * weight).sum(axis=1)
    return np.asarray(remembered / remembered.sum()) if remembered.sum() > 0 else towards


def _outrank(rows: Sequence[NodeRow], p: Floats) -> Floats:
    """A stated liking stands no lower than any inferred interest."""
    liked = np.fromiter([row.stated == "like" for row in rows], bool, len(rows))
    if not liked.any():
        return p
    top = p[~liked].max(initial=0.0)
    raised = np.where(liked, np.maximum(p, top if top > 0 else 1.0), p)
    return np.asarray(raised / raised.sum())


def _floors(rows: Sequence[NodeRow], p: Floats) -> Floats:
    """A pinned interest holds at least 5 % of the whole (less where more than ten are pinned)."""
    pinned = np.fromiter([row.pinned for row in rows], bool, len(rows))
    if not pinned.any():
        return p
    floor = min(PIN_FLOOR, 0.5 / pinned.sum())
    low = pinned & (p < floor)
    while low.any():
        rest = 1.0 - floor * low.sum()
        others = p[~low].sum()
        p = np.where(low, floor, p * (rest / others) if others > 0 else floor)
        sunk = pinned & ~low & (p < floor)
        low = low | sunk
        if not sunk.any():
            break
    return p


def _opinions(opinion: Floats) -> Floats:
    """Evidence of liking and of disliking (n, 2) by both clocks of `opinion` (n, 2, 2)."""
    return np.asarray(opinion[:, :, 0] + OLD_OPINION * opinion[:, :, 1])


def _liking(rows: Sequence[NodeRow], weight: Floats) -> Floats:
    """Beta posterior P(like) (n,); what the user said settles it. `weight`: (n, 2), of liking and of disliking."""
    liking = (LIKING_PRIOR + weight[:, 0]) / (LIKING_PRIOR + DISLIKING_PRIOR + weight.sum(axis=1))
    for at, row in enumerate(rows):
        if row.stated is not None:
            liking[at] = 1.0 if row.stated == "like" else 0.0
    return np.asarray(liking)


def experts(trust: Floats) -> list[tuple[float | None, int, float]]:
    """(half-life in days or None, index of the prior strength, trust), most trusted first."""
    listed = [
        (None if np.isinf(days) else float(days), j, float(trust[i, j]))
        for i, days in enumerate(HALF_LIVES_DAYS)
        for j in range(trust.shape[1])
    ]
    return sorted(listed, key=lambda expert: -expert[2])
