"""The mixture of clocks over the occasions of many users at once.

Masses do not depend on trust, so they are brought forward first, row by row in lock-step; what every expert had said of an event then
follows for all events at once; trust advances last, user by user in lock-step. Every sum runs term by term in canonical order, so that
the same behaviour gives the same bits in whatever batches, and beside whomever, it is folded.
"""

from dataclasses import dataclass

import numpy as np

from penchant.agent.profiles.engine.dynamics import (
    CLOCKS,
    EXPERTS,
    PRIOR_STRENGTHS,
    SECONDS_PER_DAY,
    decay,
    even_trust,
    learn,
    likelihood,
)
from penchant.arrays import Flags, Floats, Ints


@dataclass(frozen=True)
class Touches:
    """What occasions add to rows (the nodes of all users, one after another), by row, then by occasion: shape (T,) each.

    `row`, `occasion`: which; `adds` (T, C): what is added, as of the occasion's time; `closed`: whether the occasion is over, so that it
    is added for good.
    """

    row: Ints
    occasion: Ints
    adds: Floats
    closed: Flags


def bring_forward(mass: Floats, touched: Floats, touches: Touches, at: Floats, half_lives: Floats) -> Floats:
    """What each touched row holds when its occasion begins (T, C); `mass` (G, C) and `touched` (G,) change in place.

    `at`: when each occasion began (Unix seconds); `half_lives` (C,): of the columns, in days.
    """
    before = np.empty_like(touches.adds)
    counts = np.bincount(touches.row, minlength=len(mass))
    starts = np.cumsum(counts) - counts
    order = np.argsort(-counts, kind="stable")
    counts = counts[order]
    for step in range(int(counts.max(initial=0))):
        rows = order[: int(np.searchsorted(-counts, -step, side="left"))]
        touch = starts[rows] + step
        now = at[touches.occasion[touch]]
        elapsed = np.maximum(now - touched[rows], 0.0) / SECONDS_PER_DAY
        brought = mass[rows] * np.exp2(-elapsed[:, None] / half_lives)
        before[touch] = brought
        closed = touches.closed[touch]
        mass[rows[closed]] = (brought + touches.adds[touch])[closed]
        touched[rows[closed]] = now[closed]
    return before


def foretold(seen: Floats, total: Floats, prior: Floats) -> Floats:
    """What each expert had said of events: masses `seen` (n, H) of all attention `total` (n, H), prior ρ (n,): shape (n, H, P)."""
    rho = prior[:, None, None]
    return np.asarray((seen[..., None] + PRIOR_STRENGTHS * rho) / (total[..., None] + PRIOR_STRENGTHS))


def advance_trust(trust: Floats, owner: Ints, surprise: Floats, learnt: Floats) -> Floats:
    """Trust after every occasion (o, H, P); `trust` (users, H, P) changes in place.

    `owner` (o,): whose occasion, ascending, each user's in order; `surprise` (o, H, P), `learnt` (o,): as in `likelihood`; an occasion that
    nothing was learnt from changes nothing.
    """
    after = np.empty((len(owner), *EXPERTS))
    likelihoods = likelihood(surprise, learnt)
    counts = np.bincount(owner, minlength=len(trust))
    starts = np.cumsum(counts) - counts
    order = np.argsort(-counts, kind="stable")
    counts = counts[order]
    for step in range(int(counts.max(initial=0))):
        users = order[: int(np.searchsorted(-counts, -step, side="left"))]
        at = starts[users] + step
        wiser = learn(trust[users], likelihoods[at], _EVEN)
        trust[users] = np.where((learnt[at] > 0)[:, None, None], wiser, trust[users])
        after[at] = trust[users]
    return after


def sums(index: Ints, weights: Floats, count: int) -> Floats:
    """Sums (count, …) of `weights` (n, …) by `index` (n,), term by term in their order."""
    if not len(weights):
        return np.zeros((count, *weights.shape[1:]))
    flat = weights.reshape(len(weights), -1)
    columns = [np.bincount(index, column, minlength=count) for column in np.ascontiguousarray(flat.T)]
    return np.asarray(np.stack(columns, axis=1).reshape(count, *weights.shape[1:]), np.float64)


def aged(mass: Floats, touched: Floats, at: float) -> Floats:
    """Masses (n, H) as of `touched` (n,) brought forward to `at`."""
    return np.asarray(mass * decay((at - touched) / SECONDS_PER_DAY)) if len(mass) else mass.reshape(-1, CLOCKS)


_EVEN = even_trust()
