"""How well the next event is foretold: the dynamics of the interest model, alone, on events whose interests are given.

Prequential (Dawid 1984): every event is predicted from what came before it, then learnt from. A basket has no order: what happens at one
moment is one occasion, and none of it is known when the rest is predicted. Users advance in lock-step.
"""

from dataclasses import dataclass

import numpy as np

from penchant.agent.profiles.engine.dynamics import CLOCKS, HALF_LIVES_DAYS, even_trust, informed
from penchant.agent.profiles.engine.occasions import Touches, advance_trust, bring_forward, foretold, sums
from penchant.arrays import Floats, Ints


@dataclass(frozen=True)
class Sequences:
    """Labelled events of many users, sorted by user, then time. `user`, `label`, `at` (seconds), shape (N,); `labels`: how many there are.

    `prior`: (N, L), the population's ρ as known before each event. `base`: (N, H, P), its trust in the experts, or None for an even one.
    """

    user: Ints
    label: Ints
    at: Floats
    labels: int
    prior: Floats
    base: Floats | None = None


@dataclass(frozen=True)
class Forecasts:
    """Probability each event was given beforehand: `mixture` (N,) and by expert (N, H, P). `trust`: (N, H, P) after each event."""

    mixture: Floats
    experts: Floats
    trust: Floats


def forecast(events: Sequences) -> Forecasts:
    """Predict every event from what came before its occasion, then learn from the occasion as a whole."""
    count = len(events.user)
    begins = np.ones(count, bool)
    begins[1:] = (events.user[1:] != events.user[:-1]) | (events.at[1:] != events.at[:-1])
    occasion = np.cumsum(begins) - 1
    first = np.flatnonzero(begins)
    people, owner = np.unique(events.user[first], return_inverse=True)
    experts = _foretold(events, occasion, events.at[first], owner)
    learnt = np.bincount(occasion, minlength=len(first)).astype(np.float64)
    surprise = sums(occasion, np.log(experts), len(first))
    trust = np.tile(even_trust(), (len(people), 1, 1))
    after = advance_trust(trust, owner, surprise, learnt)
    before = np.roll(after, 1, axis=0)
    before[np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))] = even_trust()
    believed = before[occasion] if events.base is None else informed(before[occasion], events.base)
    return Forecasts((believed * experts).sum(axis=(1, 2)), experts, after[occasion])


def _foretold(events: Sequences, occasion: Ints, at: Floats, owner: Ints) -> Floats:
    """What every expert had said of each event (N, H, P); `at`, `owner`: of the occasions (o,)."""
    count = len(at)
    row_of, row = np.unique(events.user * events.labels + events.label, return_inverse=True)
    keys, touch = np.unique(row * count + occasion, return_inverse=True)
    adds = np.repeat(np.bincount(touch, minlength=len(keys))[:, None], CLOCKS, axis=1).astype(np.float64)
    over = np.ones(len(keys), bool)
    touches = Touches(keys // count, keys % count, adds, over)
    mass, touched = np.zeros((len(row_of), CLOCKS)), np.zeros(len(row_of))
    seen = bring_forward(mass, touched, touches, at, HALF_LIVES_DAYS)[touch]
    users = int(owner.max(initial=-1)) + 1
    everything = Touches(owner, np.arange(count), sums(touches.occasion, adds, count), np.ones(count, bool))
    total = bring_forward(np.zeros((users, CLOCKS)), np.zeros(users), everything, at, HALF_LIVES_DAYS)
    rho = events.prior[np.arange(len(events.label)), events.label]
    return foretold(seen, total[occasion], rho)


def recent_share(events: Sequences, window: int, strength: float) -> Floats:
    """The probability (N,) by the share of each label in the user's last `window` events, with a prior of `strength` events."""
    starts, lengths = _runs(events.user)
    given = np.empty(len(events.user))
    for start, length in zip(starts, lengths, strict=True):
        label = events.label[start : start + length]
        same = np.zeros(length)
        for back in range(1, min(window, length - 1) + 1):
            same[back:] += label[back:] == label[:-back]
        seen = np.minimum(np.arange(length), window)
        rho = events.prior[np.arange(start, start + length), label]
        given[start : start + length] = (same + strength * rho) / (seen + strength)
    return given


def _runs(user: Ints) -> tuple[Ints, Ints]:
    """Start and length of each user's rows."""
    starts = np.flatnonzero(np.append(True, user[1:] != user[:-1])) if len(user) else np.zeros(0, dtype=np.int64)
    return starts, np.diff(np.append(starts, len(user)))
