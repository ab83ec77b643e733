"""`penchant eval DIR --task forecast`: how well a profile predicts which items a user's next event is about.

The question is the same for all users: to which of 40 groups of items does the next event belong? The groups are
k-means clusters of the items' text vectors, so no behaviour shapes them. Users are divided into two halves by a
digest of their id. Training users provide the population's prior over groups and its trust in the experts, at any
moment only from their events before that moment. The other users are predicted event by event, each prediction made
only from the user's own earlier events. Nothing is tuned.

`penchant` is the mixture of the interest model. The baselines use the same prior ρ: `population` is ρ itself;
`all_time` uses the user's whole history and `last_20` the last twenty events, smoothed by ρ with sixteen and four
events; `best_fixed` is the single pair of half-life and prior strength that turns out best for all users together,
chosen in hindsight, which no product could do.

Events at the same moment (a basket, a page of ratings) have no order, so they are predicted together.
`event_by_event` answers the easier question beside it: every event is predicted from all earlier ones in the log,
including those of the same moment.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from penchant.agent.profiles.engine.dynamics import (
    HALF_LIVES_DAYS,
    PRIOR_STRENGTHS,
    TIMESCALES,
    combined_trust,
    even_trust,
)
from penchant.agent.profiles.engine.occasions import RowUpdates, advance_trust, bring_forward, predicted, sums
from penchant.arrays import Flags, Floats, Ints
from penchant.errors import UsageError
from penchant.store.event import DEFAULT_WEIGHTS
from penchant.tools.evaluation.dataset import Log
from penchant.tools.evaluation.source import read

if TYPE_CHECKING:
    from penchant.store.embedders.embedder import Embedder


@dataclass(frozen=True)
class Sequences:
    """Labelled events of many users, sorted by user, then time. `user`, `label`, `at` (seconds): shape (N,); `labels`:
    the number of labels L.

    `prior`: (N, L), the population's ρ as known before each event. `base`: (N, H, P), the population's trust in the
    experts; None for uniform trust.
    """

    user: Ints
    label: Ints
    at: Floats
    labels: int
    prior: Floats
    base: Floats | None = None


@dataclass(frozen=True)
class Forecasts:
    """The probability that each event was given before it happened: `mixture` (N,), and by expert (N, H, P). `trust`:
    (N, H, P) after each event.
    """

    mixture: Floats
    experts: Floats
    trust: Floats


def forecast(events: Sequences) -> Forecasts:
    """Predict every event from what came before its occasion, then learn from the whole occasion.

    Prequential (Dawid 1984). All events of a user at one moment are one occasion, and none of them is known when the
    others are predicted.
    """
    count = len(events.user)
    begins = np.ones(count, bool)
    begins[1:] = (events.user[1:] != events.user[:-1]) | (events.at[1:] != events.at[:-1])
    occasion = np.cumsum(begins) - 1
    first = np.flatnonzero(begins)
    people, owner = np.unique(events.user[first], return_inverse=True)
    experts = _foretold(events, occasion, events.at[first], owner)
    learnt = np.bincount(occasion, minlength=len(first)).astype(np.float64)
    log_likelihood = sums(occasion, np.log(experts), len(first))
    trust = np.tile(even_trust(), (len(people), 1, 1))
    after = advance_trust(trust, owner, log_likelihood, learnt)
    before = np.roll(after, 1, axis=0)
    before[np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))] = even_trust()
    believed = before[occasion] if events.base is None else combined_trust(before[occasion], events.base)
    return Forecasts((believed * experts).sum(axis=(1, 2)), experts, after[occasion])


def _foretold(events: Sequences, occasion: Ints, at: Floats, owner: Ints) -> Floats:
    """Return the probability that every expert gave each event, (N, H, P). `at`, `owner`: time and user of the
    occasions, shape (o,).
    """
    count = len(at)
    row_of, row = np.unique(events.user * events.labels + events.label, return_inverse=True)
    keys, update = np.unique(row * count + occasion, return_inverse=True)
    adds = np.repeat(np.bincount(update, minlength=len(keys))[:, None], TIMESCALES, axis=1).astype(np.float64)
    over = np.ones(len(keys), bool)
    updates = RowUpdates(keys // count, keys % count, adds, over)
    mass, touched = np.zeros((len(row_of), TIMESCALES)), np.zeros(len(row_of))
    seen = bring_forward(mass, touched, updates, at, HALF_LIVES_DAYS)[update]
    users = int(owner.max(initial=-1)) + 1
    everything = RowUpdates(owner, np.arange(count), sums(updates.occasion, adds, count), np.ones(count, bool))
    total = bring_forward(np.zeros((users, TIMESCALES)), np.zeros(users), everything, at, HALF_LIVES_DAYS)
    rho = events.prior[np.arange(len(events.label)), events.label]
    return predicted(seen, total[occasion], rho)


def recent_share(events: Sequences, window: int, strength: float) -> Floats:
    """Return the probability (N,) by the share of each label in the user's last `window` events, with a prior of
    `strength` events.
    """
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
    """Return start and length of each user's rows."""
    starts = np.flatnonzero(np.append(True, user[1:] != user[:-1])) if len(user) else np.zeros(0, dtype=np.int64)
    return starts, np.diff(np.append(starts, len(user)))


LABELS = 40
SEED = 0
ALL_TIME_PRIOR = 16.0
LAST, LAST_PRIOR = 20, 4.0
STEP_SECONDS = 0.001


class LogLoss(BaseModel):
    """Mean negative log-probability per event, in nats; lower is better."""

    penchant: float
    population: float
    all_time: float
    last_20: float
    best_fixed: float


class ForecastReport(BaseModel):
    """`eval --task forecast --json`.

    `log_loss`: events of one moment predicted together. `best_fixed_setting`: half-life in days (None: never) and
    prior strength of `best_fixed`.
    """

    dataset: str
    log_loss: LogLoss
    n_users: int
    n_events: int
    labels: int
    best_fixed_setting: tuple[float | None, float]
    event_by_event: LogLoss | None = Field(
        None, description="The same, if events at the same moment may predict each other"
    )


@dataclass(frozen=True)
class Labelled:
    """Events about known items, by user, then in canonical order; shape (N,) each. `train`: whether the user is a
    training user.
    """

    user: Ints
    label: Ints
    at: Floats
    train: Flags


def evaluate_forecast(folder: Path, embedder: "Embedder", users: int | None = None) -> ForecastReport:
    """Evaluate forecasts on a data set in the import format. `users`: the most users to predict. Raises `UsageError`."""
    source = read(folder, embedder)
    log = Log.of(source.events, source.space, DEFAULT_WEIGHTS)
    events = labelled(log, clusters(source.space.vectors))
    whole, apart = report(source.name, events, users), report(source.name, with_distinct_times(events), users)
    return whole.model_copy(update={"event_by_event": apart.log_loss})


def report(name: str, events: Labelled, users: int | None = None) -> ForecastReport:
    """Compare the systems on labelled events. Raises `UsageError` where one half of the users is empty."""
    asked = ~events.train
    if users is not None:
        asked &= np.isin(events.user, np.unique(events.user[asked])[:users])
    if not asked.any() or not events.train.any():
        raise UsageError(f"{name} has too few users with known items to hold some out: at least two are needed")
    labels = int(events.label.max()) + 1
    population = _Population(events, labels)
    sequences = population.sequences(asked, population.trust(events.at[asked]))
    forecasts = forecast(sequences)
    settings = -np.log(forecasts.experts).mean(axis=0)
    best = np.unravel_index(int(settings.argmin()), settings.shape)
    days = float(HALF_LIVES_DAYS[best[0]])
    return ForecastReport(
        dataset=name,
        log_loss=_losses(sequences, forecasts, float(settings.min())),
        n_users=len(np.unique(events.user[asked])),
        n_events=int(asked.sum()),
        labels=labels,
        best_fixed_setting=(None if np.isinf(days) else days, float(PRIOR_STRENGTHS[best[1]])),
    )


def clusters(vectors: NDArray[np.float32], count: int = LABELS) -> Ints:
    """Return a group per item (n,), by k-means over the items' text vectors (n, d)."""
    from sklearn.cluster import KMeans

    count = min(count, len(np.unique(vectors, axis=0)))
    return np.asarray(KMeans(count, n_init=4, random_state=SEED).fit_predict(vectors), dtype=np.int64)


def labelled(log: Log, groups: Ints) -> Labelled:
    """Return the log's events about known items, by user, then in the order of the log."""
    known = np.flatnonzero(log.items >= 0)
    rows = known[np.argsort(log.users[known], kind="stable")]
    is_training = np.array([_is_training_user(user) for user in log.user_ids], dtype=bool)
    user = log.users[rows]
    return Labelled(user, groups[log.items[rows]], log.at[rows], is_training[user])


def with_distinct_times(events: Labelled) -> Labelled:
    """Return the same events with distinct times: events of one moment follow each other by a millisecond, in the order
    of the log.
    """
    rows = np.arange(len(events.at))
    begins = np.append(True, (events.user[1:] != events.user[:-1]) | (events.at[1:] != events.at[:-1]))[: len(rows)]
    first = np.maximum.accumulate(np.where(begins, rows, 0))
    return replace(events, at=events.at + STEP_SECONDS * (rows - first))


class _Population:
    """What training users have shown before any moment: counts by group, and their mean trust in the experts."""

    def __init__(self, events: Labelled, labels: int) -> None:
        self.events, self.labels = events, labels
        at = events.at[events.train]
        order = np.argsort(at, kind="stable")
        self.at = at[order]
        seen = np.zeros((len(order) + 1, labels))
        seen[np.arange(1, len(order) + 1), events.label[events.train][order]] = 1.0
        self.seen = seen.cumsum(axis=0)
        taught = forecast(self.sequences(events.train, None)).trust
        self.learnt = self._mean_trust(taught, events.user[events.train], order)

    def prior(self, at: Floats) -> Floats:
        """Return ρ (n, L) as known strictly before each moment (n,), smoothed by one event per group."""
        counts = self.seen[np.searchsorted(self.at, at, side="left")]
        return np.asarray((counts + 1.0) / (counts.sum(axis=1, keepdims=True) + self.labels))

    def trust(self, at: Floats) -> Floats:
        """Return the mean trust (n, H, P) of the training users seen strictly before each moment; uniform before the
        first of them.
        """
        return np.asarray(self.learnt[np.searchsorted(self.at, at, side="left")])

    def sequences(self, chosen: Flags, base: Floats | None) -> Sequences:
        events = self.events
        at = events.at[chosen]
        return Sequences(events.user[chosen], events.label[chosen], at, self.labels, self.prior(at), base)

    def _mean_trust(self, trust: Floats, user: Ints, order: Ints) -> Floats:
        first = np.append(True, user[1:] != user[:-1])
        before = np.where(first[:, None, None], 0.0, np.roll(trust, 1, axis=0))
        people = np.cumsum(first[order])[:, None, None]
        mean = np.cumsum((trust - before)[order], axis=0) / people
        return np.concatenate([even_trust()[None], mean])


def _losses(sequences: Sequences, forecasts: Forecasts, best: float) -> LogLoss:
    rows = np.arange(len(sequences.label))
    chance = sequences.prior[rows, sequences.label]
    all_time = forecasts.experts[:, -1, int(np.searchsorted(PRIOR_STRENGTHS, ALL_TIME_PRIOR))]
    return LogLoss(
        penchant=_loss(forecasts.mixture),
        population=_loss(chance),
        all_time=_loss(all_time),
        last_20=_loss(recent_share(sequences, LAST, LAST_PRIOR)),
        best_fixed=round(best, 4),
    )


def _loss(probability: Floats) -> float:
    return round(float(-np.log(probability).mean()), 4)


def _is_training_user(user_id: str) -> bool:
    """Return whether the user is a training user. A digest of the id decides, so the half is always the same."""
    return hashlib.blake2b(user_id.encode(), digest_size=1).digest()[0] % 2 == 0
