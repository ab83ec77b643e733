"""Decay as a mixture of half-lives: masses on a grid of half-lives, experts over (half-life, prior strength), fixed share.

Every interest i has one decayed mass per half-life h, m_i(t) = Σ_e r_ie · a_e · 2^(-(t - t_e)/h). The short half-lives act as
short-term memory, the long ones as long-term memory. The expert (h, α) predicts what the next event is about,

    p_i^(h,α) = (m_i^(h) + α ρ_i) / (Σ_j m_j^(h) + α),          ρ: a prior over interests,

and the user's trust in the experts follows fixed share (Herbster & Warmuth, "Tracking the best expert", Machine Learning 32, 1998): q
← q · p(occasion), normalised, then q ← (1 - s) q + s q₀. The mixture p = Σ q p^(h,α) needs no choice of a half-life.

The items of a basket have no order. Everything that happens at one moment, or in one session, is one occasion, predicted as a whole
from what came before it. Its likelihood under an expert is the geometric mean over its events, so that a long receipt counts as one
observation.

All functions accept any number of leading axes, so that many users advance together: `mass` (…, n, H), `total` (…, H), `trust` (…, H,
P).
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from penchant.arrays import Floats

HALF_LIVES_DAYS: Floats = np.array([0.05, 0.5, 3.0, 14.0, 60.0, np.inf])
PRIOR_STRENGTHS: Floats = np.array([1.0, 4.0, 16.0, 64.0])
SHARE = 0.02
SECONDS_PER_DAY = 86_400.0
TIMESCALES = len(HALF_LIVES_DAYS)
EXPERTS = (TIMESCALES, len(PRIOR_STRENGTHS))
SHORT = HALF_LIVES_DAYS <= 3.0
LONG = HALF_LIVES_DAYS >= 14.0


def decay(days: Floats | float) -> Floats:
    """Return what remains of a unit mass after `days` (…), per half-life: shape (…, H). Negative days count as 0.

    >>> decay(3.0).round(2).tolist()
    [0.0, 0.02, 0.5, 0.86, 0.97, 1.0]
    """
    elapsed = np.maximum(np.asarray(days, dtype=np.float64), 0.0)[..., None]
    return np.asarray(np.exp2(-elapsed / HALF_LIVES_DAYS))


def even_trust() -> Floats:
    """Return the same trust in every expert: shape (H, P), sums to 1."""
    return np.full(EXPERTS, 1.0 / np.prod(EXPERTS))


def learn(trust: Floats, likelihood: Floats, base: Floats) -> Floats:
    """Do one step of fixed share and return the trust (…, H, P) after an observation with this `likelihood` (…, H, P) under each expert.
    `base`: q₀.

    If the three short half-lives predicted an event three times as well as the long ones, trust moves to them:

    >>> predicted = np.where(SHORT, 0.3, 0.1)[:, None] * np.ones(EXPERTS)
    >>> after = learn(even_trust(), predicted, even_trust())
    >>> after.sum(axis=1).round(3).tolist()
    [0.248, 0.248, 0.248, 0.085, 0.085, 0.085]
    """
    posterior = trust * likelihood
    posterior /= sequential_sum(posterior)[..., None, None]
    posterior *= 1.0 - SHARE
    posterior += SHARE * base
    return posterior


def sequential_sum(table: Floats) -> Floats:
    """Return the sum (…) over the last two axes, added term by term, so that the bits do not depend on the number of users."""
    flat = table.reshape(*table.shape[:-2], -1)
    return np.asarray(np.cumsum(flat, axis=-1)[..., -1])


def likelihood(log_likelihood: Floats, events: Floats) -> Floats:
    """Return the likelihood of an occasion under each expert (…, H, P), up to a factor, from the sum of log-probabilities (…, H, P) of
    its `events` (…).
    """
    mean = log_likelihood / np.maximum(events, 1.0)[..., None, None]
    return np.asarray(np.exp(mean - mean.max(axis=(-1, -2), keepdims=True)))


def shares(total: Floats, trust: Floats) -> tuple[Floats, Floats]:
    """Return a (…, H) and b (…) of the mixture, which is linear in the masses: p_i = Σ_h m_i^(h) a_h + ρ_i b."""
    quotient = trust / (total[..., None] + PRIOR_STRENGTHS)
    return quotient.sum(axis=-1), (quotient * PRIOR_STRENGTHS).sum(axis=(-1, -2))


def mixture(mass: Floats, trust: Floats, prior: Floats) -> Floats:
    """Return p (…, n), the probability of each interest for the next event. It sums to 1 if the prior (…, n) does.

    Eight events of an interest yesterday count more than sixteen events of another two months ago:

    >>> mass = np.stack([8 * decay(1.0), 16 * decay(60.0)])
    >>> mixture(mass, even_trust(), np.array([0.5, 0.5])).round(2).tolist()
    [0.58, 0.42]
    """
    per_timescale, of_prior = shares(mass.sum(axis=-2), trust)
    return np.asarray((mass * per_timescale[..., None, :]).sum(axis=-1) + prior * of_prior[..., None])


def combined_trust(trust: Floats, population: Floats | None) -> Floats:
    """Return the trust as if learning had started from the population's trust: an even-start trust with importance weights.

    This is exact for a user without events and for share 0. It keeps the fold independent of other users, so that replays need only
    one user's data.
    """
    if population is None:
        return trust
    weighted = trust * population
    return np.asarray(weighted / weighted.sum(axis=(-1, -2), keepdims=True))


def effective_half_life(parts: Floats) -> Floats:
    """Return the days (n,) until half of each node's weight has faded; inf if that never happens. `parts` (n, H): the weights by
    half-life.

    >>> effective_half_life(np.array([[0.0, 0.0, 1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]])).round(1).tolist()
    [3.0, inf]
    """
    sums = parts.sum(axis=-1, keepdims=True)
    normal = parts / np.where(sums > 0, sums, 1.0)
    passed = np.zeros(len(parts), np.int64)
    for step in _STEPS:  # bisection: what is left only decreases with time
        after = np.minimum(passed + step, len(_DAYS))
        left = np.einsum("nh,nh->n", normal, _FADING[after - 1])
        passed = np.where(left >= 0.5, after, passed)
    days = np.append(_DAYS, np.inf)[passed]
    days[sums[:, 0] <= 0] = np.inf
    return days


_DAYS = np.geomspace(0.01, 3_650.0, 120)
_FADING = decay(_DAYS)
_STEPS = (64, 32, 16, 8, 4, 2, 1)


DEVIATIONS = 4.0
LEAST_CHANGE = 0.1
LEAST_EVENTS = 5.0
FAST = [i for i, days in enumerate(HALF_LIVES_DAYS) if 0.5 <= days <= 14.0]
SMOOTHING = 1.0


def drift(attention: Floats) -> list[int]:
    """Return for each interest -1 (fell), 0 (steady) or 1 (rose). `attention`: (n, H), masses at the time of reading.

    >>> drift(np.stack([10 * decay(0.5), 40 * decay(90.0)]))
    [1, -1]
    """
    found = np.zeros(len(attention), dtype=int)
    for timescale in FAST:
        found = np.where(found == 0, _against_slow(attention, timescale), found)
    return [int(direction) for direction in found]


def _against_slow(attention: Floats, timescale: int) -> Floats:
    count = len(attention)
    fast = attention[:, timescale]
    before = np.maximum(attention[:, -1] - fast, 0.0)
    recent, past = float(fast.sum()), float(before.sum())
    if count == 0 or recent < LEAST_EVENTS or past < LEAST_EVENTS:
        return np.zeros(count)
    usual = (before + SMOOTHING / count) / (past + SMOOTHING)
    change = fast / recent - usual
    spread = np.sqrt(usual * (1.0 - usual) * (1.0 / recent + 1.0 / past))
    real = (np.abs(change) >= LEAST_CHANGE) & (np.abs(change) >= DEVIATIONS * spread)
    return np.asarray(np.where(real, np.sign(change), 0.0))


def directions(found: Sequence[int]) -> list[tuple[int, Literal["rose", "fell"]]]:
    """Return (row, `rose` or `fell`) for each interest that changed."""
    return [(row, "rose" if sign > 0 else "fell") for row, sign in enumerate(found) if sign]
