"""Computes the strength of each interest at one moment: the mixture of half-lives, and the visible rules on top of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import (
    HALF_LIVES_DAYS,
    LONG,
    SHORT,
    TIMESCALES,
    combined_trust,
    mixture,
    shares,
)
from penchant.agent.profiles.engine.rows import NodeRow
from penchant.agent.profiles.population import Population, prior
from penchant.arrays import Flags, Floats
from penchant.store.profile import Trend

GIFT_TIMESCALE = 3
"""Index of the longest half-life that gifts may have: 14 days."""
LASTING_OPINION_SHARE = 0.1
"""Opinions count in full with the half-life of 60 days, and a tenth without decay."""
LIKING_PRIOR, DISLIKING_PRIOR = 1.5, 1.0
"""The prior leans towards liking: two passing skips do not make a dislike, one explicit dislike does."""
PIN_FLOOR = 0.05
CERTAINTY_EVENTS = 4.0
SHORT_SHRINKAGE = 2.0
DISLIKED_PRIOR = 0.1
"""Factor for the prior of interests that the user says they dislike."""
TREND_RATIO = 1.5
TREND_LEAST = 0.01
IDLE_DAYS = 60.0
"""An interest without an event for so long is fading.

Its short-term and long-term shares no longer show that, since both have decayed.
"""


@dataclass(frozen=True)
class Weights:
    """By row: `attention` (n, H): masses by half-life before the rules; `p` (n,), sums to 1; `short`, `long`: likewise, for short and long
    half-lives; `parts` (n, H): the masses of p by half-life; `opinions` (n, 2): decayed evidence of liking and of disliking; `liking`
    (n,): P(like); `certainty` (n,): evidence in events. `trust`: (H, P).
    """

    attention: Floats
    p: Floats
    short: Floats
    long: Floats
    parts: Floats
    opinions: Floats
    liking: Floats
    certainty: Floats
    trust: Floats


def weigh(rows: Sequence[NodeRow], trust: Floats, population: Population | None, at_last: Floats) -> Weights:
    """Return the weights of the rows of one user, as of the time of their masses.

    `trust`: (H, P) of this user; `at_last`: (H,), the total attention at the last event.
    """
    trust = combined_trust(trust, population.trust if population else None)
    attention = np.concatenate([np.zeros(0), *(row.attention for row in rows)]).reshape(-1, TIMESCALES)
    opinion = np.concatenate([np.zeros((0, 2)), *(row.opinion for row in rows)]).reshape(-1, 2, 2)
    adjusted = _under_rules(rows, attention)
    rho = _prior(rows, population)
    long = _memory(adjusted, trust, LONG, rho)
    p = mixture(adjusted, trust, _residual_prior(adjusted.sum(axis=0), at_last, trust, rho, long))
    p = _raise_pinned(rows, _raise_stated(rows, p / p.sum() if p.sum() > 0 else rho))
    per_timescale, _ = shares(adjusted.sum(axis=0), trust)
    return Weights(
        attention=attention,
        p=p,
        short=_memory(adjusted, trust, SHORT, long),
        long=long,
        parts=adjusted * per_timescale,
        opinions=_opinions(opinion),
        liking=_liking(rows, _opinions(opinion)),
        certainty=attention[:, -1] + opinion[:, 1, 1],
        trust=trust,
    )


def trends(short: Floats, long: Floats, idle: Flags) -> list[Trend]:
    """Return `fading` where nothing has happened for a long time (`idle`, (n,)); else `rising` or `fading` where short-term and long-term
    memory (n,) differ by more than half and by more than one hundredth of the whole, else `steady`.
    """
    rises = ~idle & (short > TREND_RATIO * long) & (short - long > TREND_LEAST)
    fades = idle | ((long > TREND_RATIO * short) & (long - short > TREND_LEAST))
    found: list[Trend] = _TRENDS[np.where(rises, 1, np.where(fades, 2, 0))].tolist()
    return found


_TRENDS = np.array(["steady", "rising", "fading"], object)


def _under_rules(rows: Sequence[NodeRow], attention: Floats) -> Floats:
    """Return masses by half-life (n, H) after the rules: pinned interests do not decay, gifts decay fast, declared interests get an
    initial mass.
    """
    onboard = np.fromiter([row.onboard for row in rows], np.float64, len(rows)).reshape(-1, 1)
    remaining = attention.copy()
    for at, row in enumerate(rows):
        if row.pinned:
            remaining[at] = attention[at, -1]
        elif row.named and row.is_gift:
            remaining[at] = np.minimum(attention[at], attention[at, GIFT_TIMESCALE])
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


def _residual_prior(total: Floats, at_last: Floats, trust: Floats, rho: Floats, long: Floats) -> Floats:
    """Return the prior for the part of p that no mass explains (n,).

    It is a mix: ρ for the part that no mass explained at the last event either, and the long-term memory for the part that has decayed
    since. While nothing happens, nothing new is learnt; so what short half-lives lose goes to what long ones remember, and not evenly to
    all.
    """
    then, now = shares(np.maximum(at_last, total), trust)[1], shares(total, trust)[1]
    return np.asarray((rho * then + long * (now - then)) / now) if now > 0 else rho


def _memory(attention: Floats, trust: Floats, timescales: NDArray[np.bool_], towards: Floats) -> Floats:
    """Return the shares of the rows (n,) in the masses of the chosen half-lives, each shrunk towards `towards` by two events: sums to 1."""
    weight = trust.sum(axis=1) * timescales
    total = attention.sum(axis=0)
    shrunk = (attention + SHORT_SHRINKAGE * towards[:, None]) / (total + SHORT_SHRINKAGE)
    remembered = (shrunk * weight).sum(axis=1)
    return np.asarray(remembered / remembered.sum()) if remembered.sum() > 0 else towards


def _raise_stated(rows: Sequence[NodeRow], p: Floats) -> Floats:
    """Raise stated likings to at least the strongest other interest."""
    liked = np.fromiter([row.stated == "like" for row in rows], bool, len(rows))
    if not liked.any():
        return p
    top = p[~liked].max(initial=0.0)
    raised = np.where(liked, np.maximum(p, top if top > 0 else 1.0), p)
    return np.asarray(raised / raised.sum())


def _raise_pinned(rows: Sequence[NodeRow], p: Floats) -> Floats:
    """Raise pinned interests to at least 5 % of the whole (less if there are more than ten)."""
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
    """Return the evidence of liking and of disliking (n, 2), combining the two half-lives of `opinion` (n, 2, 2)."""
    return np.asarray(opinion[:, :, 0] + LASTING_OPINION_SHARE * opinion[:, :, 1])


def _liking(rows: Sequence[NodeRow], weight: Floats) -> Floats:
    """Return the Beta posterior P(like) (n,); 1 or 0 where the user stated it. `weight`: (n, 2), evidence of liking and of disliking."""
    liking = (LIKING_PRIOR + weight[:, 0]) / (LIKING_PRIOR + DISLIKING_PRIOR + weight.sum(axis=1))
    for at, row in enumerate(rows):
        if row.stated is not None:
            liking[at] = 1.0 if row.stated == "like" else 0.0
    return np.asarray(liking)


def experts(trust: Floats) -> list[tuple[float | None, int, float]]:
    """Return (half-life in days or None, index of the prior strength, trust), most trusted first."""
    listed = [
        (None if np.isinf(days) else float(days), j, float(trust[i, j]))
        for i, days in enumerate(HALF_LIVES_DAYS)
        for j in range(trust.shape[1])
    ]
    return sorted(listed, key=lambda expert: -expert[2])
