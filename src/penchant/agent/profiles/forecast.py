"""How well the next event is foretold: the dynamics of the interest model, alone, on events whose interests are given.

Prequential (Dawid 1984): every event is predicted from what came before it, then learnt from. Users advance in lock-step.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import (
    CLOCKS,
    EXPERTS,
    SECONDS_PER_DAY,
    Floats,
    decay,
    even_trust,
    foresee,
    informed,
    learn,
)

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Sequences:
    """Labelled events of many users, sorted by user, then time. `user`, `label`, `at` (seconds), shape (N,); `labels`: how many there are.

    `prior`: (N, L), the population's ρ as known before each event. `base`: (N, H, P), its trust in the experts, or None for an even one.
    """

    user: Whole
    label: Whole
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
    """Predict every event, then learn from it."""
    starts, lengths = _runs(events.user)
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    mass = np.zeros((len(starts), events.labels, CLOCKS))
    trust = np.tile(even_trust(), (len(starts), 1, 1))
    count = len(events.user)
    made = Forecasts(np.empty(count), np.empty((count, *EXPERTS)), np.empty((count, *EXPERTS)))
    for step in range(int(lengths.max(initial=0))):
        alive = int(np.searchsorted(-lengths, -step, side="left"))
        at = starts[:alive] + step
        if step:
            mass[:alive] *= decay((events.at[at] - events.at[at - 1]) / SECONDS_PER_DAY)[:, None, :]
        _advance(events, made, at, mass[:alive], trust[:alive])
    return made


def _advance(events: Sequences, made: Forecasts, at: Whole, mass: Floats, trust: Floats) -> None:
    """One event of every user that has one left: `at` are their rows; `mass` (already at that moment) and `trust` change in place."""
    people, label = np.arange(len(at)), events.label[at]
    likelihood = foresee(mass[people, label], mass.sum(axis=1), events.prior[at, label])
    believed = trust if events.base is None else informed(trust, events.base[at])
    made.experts[at] = likelihood
    made.mixture[at] = (believed * likelihood).sum(axis=(1, 2))
    trust[:] = learn(trust, likelihood, even_trust())
    made.trust[at] = trust
    mass[people, label] += 1.0


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


def _runs(user: Whole) -> tuple[Whole, Whole]:
    """Start and length of each user's rows."""
    starts = np.flatnonzero(np.append(True, user[1:] != user[:-1])) if len(user) else np.zeros(0, dtype=np.int64)
    return starts, np.diff(np.append(starts, len(user)))
