"""The setting of the ranking (fitted weights, list rules, and how they were fitted), and the fit of the weights to what people chose: a
listwise logistic model (softmax over the candidates).

Maximises Σ (P(chosen)^q - 1) / q with P ∝ exp(Σ β_f f(x)), first for q → 0 (log likelihood, convex), then from there for q = ¼ and ½:
maximum Lq-likelihood (Ferrari & Yang 2010), which gives more weight to choices that can be predicted than to the least likely ones,
as nDCG does. The result is the mean of the three, which varies less from one part of the past to another than any of them. β ≥ 0
(every signal speaks for an item, so reasons stay readable); a penalty draws β towards the weights in force, so that a tenant with
little data keeps weights that work elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from penchant.agent.recommend.blocks import FEATURES, SUMS_OVER_EVENTS
from penchant.agent.recommend.factors import one_thread
from penchant.agent.recommend.interactions import Rows
from penchant.agent.recommend.list_rules import ListRules
from penchant.agent.recommend.models import DEFAULT_PENALTY, ItemModels
from penchant.agent.recommend.user import User
from penchant.arrays import Floats, Ints
from penchant.settings import RecommendSettings
from penchant.store.recommendation import Signal

LIST_LENGTH = 10
BOOTSTRAPS = 1_000


def ndcg(scores: NDArray[np.floating], chosen: int) -> float:
    """Return nDCG@10 of a list sorted by `scores` (c,) with one relevant item: 1 / log2(rank + 1); equal scores by position."""
    above = int((scores > scores[chosen]).sum()) + int((scores[:chosen] == scores[chosen]).sum())
    return float(1.0 / np.log2(above + 2)) if above < LIST_LENGTH else 0.0


def interval(gains: Floats, random: np.random.Generator) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean of `gains` (n,), which has at least two values."""
    from scipy.stats import bootstrap  # takes a third of a second to import

    found = bootstrap((gains,), np.mean, n_resamples=BOOTSTRAPS, method="percentile", rng=random).confidence_interval
    return float(found.low), float(found.high)


def cross_validated(found: Floats, random: np.random.Generator) -> Floats:
    """Return the gains (n,) if each half of `found` (n choices, m options) used the option that is best on the other half."""
    order = random.permutation(len(found))
    halves = (order[::2], order[1::2])
    gains = np.zeros(len(found))
    for learnt_on, measured_on in (halves, halves[::-1]):
        gains[measured_on] = found[measured_on, int(found[learnt_on].mean(0).argmax())]
    return gains


JUDGED = 20
MULTIPLES = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
LEAST_JUDGED = 10
LEAST_STANDING = 0.5
"""The least mean of the standardised views of chosen items, times the root of their number, at which asking goes on."""


class Opinion(Protocol):
    """A language model's view of candidates, such as a listwise re-ranker's scores averaged over two orders."""

    @property
    def model(self) -> str:
        """The name of the model; a weight holds for this model only."""
        ...

    def scores(self, user: User, models: ItemModels, items: Ints) -> Floats | None:
        """Return scores for the items at positions `items` (c,) of `models.space`, in any unit, higher is better.

        None if the model failed, ran out of time or answered too little: the order then stays unchanged.
        """
        ...


@dataclass(frozen=True)
class Judged:
    """One past choice with the model's view: `scores` (c,) of the shortlist without the model, `view` (c,) standardised, and the
    `chosen` column (-1: not on the shortlist, so no weight can move it).
    """

    scores: Floats
    view: Floats
    chosen: int


@dataclass(frozen=True)
class Earned:
    """The weight that a view has earned, in nats per standard deviation, and its gain in nDCG@10 with a 95 % interval, on `choices`."""

    weight: float
    gain: float
    interval: tuple[float, float]
    choices: int


def standardised(view: Floats) -> Floats:
    """Return the view (c,) with mean 0 and deviation 1 over the candidates; all zero if it does not distinguish them."""
    spread = float(view.std())
    return (
        np.zeros(len(view)) if not np.isfinite(spread) or spread < 1e-9 else np.asarray((view - view.mean()) / spread)
    )


def should_stop(standing: Sequence[float]) -> bool:
    """Return whether asking further is a waste: checked after every `LEAST_JUDGED` choices, true if the chosen items do not stand out in
    the model's view.

    `standing`: the standardised view of the chosen item, for each choice. Two of three models no better than chance stop at the first
    check.
    """
    n = len(standing)
    return n > 0 and n % LEAST_JUDGED == 0 and float(np.mean(standing)) * np.sqrt(n) < LEAST_STANDING


def earned_weight(judged: Iterable[Judged], seed: int = 0) -> Earned:
    """Return the weight that significantly improves held-out choices, or 0. Each half is measured with the weight found on the other."""
    known = list(judged)
    if sum(row.chosen >= 0 for row in known) < LEAST_JUDGED:
        return Earned(0.0, 0.0, (0.0, 0.0), len(known))
    random = np.random.default_rng(seed)
    unit = float(np.median([row.scores.std() for row in known]))
    found = np.array([[_gain(row, multiple * unit) for multiple in MULTIPLES] for row in known])
    gains = cross_validated(found, random)
    low, high = interval(gains, random)
    weight = MULTIPLES[int(found.mean(0).argmax())] * unit if low > 0 else 0.0
    return Earned(round(weight, 6), round(float(gains.mean()), 6), (round(low, 6), round(high, 6)), len(known))


def _gain(row: Judged, weight: float) -> float:
    """Return how much nDCG@10 changes when the view is added with this weight."""
    if row.chosen < 0:
        return 0.0
    return ndcg(row.scores + weight * row.view, row.chosen) - ndcg(row.scores, row.chosen)


SHRINKAGE = 2.0
SAMPLED = 600
TOP_OF_FEATURE = 40
LIKELIHOODS = (0.0, 0.25, 0.5)


@dataclass(frozen=True)
class Example:
    """One choice: `values` (f, c) features of what could have been chosen; `chosen` (t,): the chosen columns."""

    values: Rows
    chosen: Ints


def sampled_example(
    values: Rows, allowed: NDArray[np.bool_], chosen: Ints, random: np.random.Generator
) -> Example | None:
    """Return an example of the chosen items, the best `TOP_OF_FEATURE` of every feature and `SAMPLED` others; None if none
    of the chosen was allowed.
    """
    chosen = chosen[allowed[chosen]]
    if not len(chosen):
        return None
    places = np.flatnonzero(allowed)
    if len(places) > 2 * SAMPLED:
        top = [places[np.argpartition(-row[places], TOP_OF_FEATURE)[:TOP_OF_FEATURE]] for row in values]
        places = np.unique(np.concatenate([chosen, random.choice(places, SAMPLED, replace=False), *top]))
    return Example(values[:, places], np.searchsorted(places, np.sort(chosen)))


def scales(examples: Sequence[Example]) -> Floats:
    """Return the typical spread of each feature (f,) within a list, 1 if it never varies."""
    spread = np.sqrt(np.mean([example.values.var(axis=1) for example in examples], axis=0))
    return np.asarray(np.where(spread > 1e-9, spread, 1.0))


@one_thread
def fit(examples: Sequence[Example], prior: Mapping[str, float], shrinkage: float = SHRINKAGE) -> dict[str, float]:
    """Return weights by feature, fitted to `examples` and shrunk towards `prior`, more strongly the fewer examples there are."""
    names = tuple(FEATURES)
    scale = scales(examples)
    start = np.array([prior.get(name, 0.0) for name in names]) * scale
    varies = np.array([any(np.ptp(example.values[row]) > 0 for example in examples) for row in range(len(names))])
    loss = partial(_loss, examples=examples, scale=scale, start=start, penalty=shrinkage / len(examples))
    from scipy.optimize import minimize  # takes a fifth of a second to import

    found = [np.maximum(start, 0.0)]
    for q in LIKELIHOODS:
        bounds = [(0.0, None)] * len(names)
        found.append(minimize(loss, found[-1], args=(q,), jac=True, method="L-BFGS-B", bounds=bounds).x)
    weights = np.mean(found[1:], axis=0)
    return {
        name: round(float(weight / unit), 6) if moves else prior.get(name, 0.0)
        for name, weight, unit, moves in zip(names, weights, scale, varies, strict=True)
    }


def _loss(
    weights: Floats, q: float, *, examples: Sequence[Example], scale: Floats, start: Floats, penalty: float
) -> tuple[float, Floats]:
    """Return the mean loss of the chosen items plus the penalty for the distance to `start`, and its slope (f,).

    The loss of an item of probability p is (1 - p^q) / q, and -log p where q is 0.
    """
    beta = (weights / scale).astype(np.float32)
    total, slope = 0.0, np.zeros(len(weights))
    for example in examples:
        logits = beta @ example.values
        p = np.exp(logits - logits.max())
        p /= p.sum()
        taken = np.maximum(p[example.chosen].astype(np.float64), 1e-12)
        total -= float(((taken**q - 1) / q).mean() if q else np.log(taken).mean())
        push = taken**q / len(taken)
        slope += (push.sum() * (example.values @ p) - example.values[:, example.chosen] @ push) / scale
    off = weights - start
    value = total / len(examples) + penalty * float(off @ off)
    return value, np.asarray(slope / len(examples) + 2 * penalty * off, np.float64)


PRIOR_EVENTS = 5.0
TYPICAL_EVENTS = 30.0
AVERAGING = (0.0, 1.0)
"""The values of `Tuned.averaging` that learning compares."""


def history_factors(events: int, averaging: float) -> Floats:
    """Return what each feature (f,) of a user with so many events is multiplied by: 1, or ((30 + 5) / (events + 5))^averaging for the sums
    over events.
    """
    factor = ((TYPICAL_EVENTS + PRIOR_EVENTS) / (events + PRIOR_EVENTS)) ** averaging
    return np.array([factor if name in SUMS_OVER_EVENTS else 1.0 for name in FEATURES])


DOCUMENT = "tuned"
REPORT = "tune_report"
"""The document with the result of the last run of `tune`, which may have changed nothing."""

#: Weights before the first `tune`, in nats per unit of feature: fitted jointly to choices before the split of a film service (MovieLens
#: 100K), a gift shop (Online Retail) and a simulated news site, as many of each, and rounded (`benchmarks/default_weights.py`). Set by hand
#: are features that none of them uses, such as the query; newness by days and months, which a news site, where everything is new, would
#: weigh far too much for a shop; and a little all-time popularity, for when nothing is recent.
DEFAULT_BETA: dict[str, float] = {
    "ease": 1.7,
    "ease_recent": 2.25,
    "ease_middle": 0.3,
    "similar_recent": 0.3,
    "next": 0.2,
    "next_recent": 0.05,
    "factors": 0.015,
    "factors_recent": 0.04,
    "factors_next": 0.15,
    "together": 0.07,
    "together_recent": 0.05,
    "interests": 3.0,
    "near": 0.05,
    "near_recent": 0.2,
    "words": 0.1,
    "words_recent": 0.55,
    "explore": 0.1,
    "query": 60.0,
    "popular_1h": 2.0,
    "popular_6h": 3.9,
    "popular_1d": 0.05,
    "popular_7d": 0.05,
    "popular_30d": 0.25,
    "rising_7d": 1.3,
    "rising_30d": 1.8,
    "popular": 0.2,
    "begun_6h": 0.1,
    "begun_14d": 0.1,
    "begun_90d": 0.2,
    "new_6h": 3.4,
    "new_14d": 1.0,
    "new_90d": 0.6,
}


class LlmWeight(BaseModel):
    """The weight of one language model's view, in nats per standard deviation, and its gain in nDCG@10 on held-out choices."""

    model_config = ConfigDict(frozen=True)

    weight: float = Field(ge=0)
    model: str
    choices: int = 0
    gain: float = 0.0
    interval: tuple[float, float] = (0.0, 0.0)


class Tuned(BaseModel):
    """A setting of the ranking. `gain`, `rules_gain`: nDCG@10 on held-out choices minus that before, with 95 % bootstrap intervals."""

    model_config = ConfigDict(frozen=True)

    beta: dict[str, float] = Field(default_factory=lambda: dict(DEFAULT_BETA))
    rules: ListRules = ListRules()
    penalty: float = Field(DEFAULT_PENALTY, gt=0, description="λ of EASE")
    averaging: float = Field(0.0, ge=0, le=1, description="0: what events say is summed; 1: averaged")
    llm: LlmWeight | None = Field(None, description="What re-ranking has earned; None: not measured")
    fitted_at: datetime | None = None
    choices: int = 0
    gain: float = 0.0
    interval: tuple[float, float] = (0.0, 0.0)
    unchanged: bool = Field(True, description="Whether the weights are unchanged")
    rules_gain: float = 0.0
    rules_interval: tuple[float, float] = (0.0, 0.0)

    def llm_weight(self, model: str) -> float | None:
        """Return the weight of `model`; None if it was not measured."""
        return self.llm.weight if self.llm is not None and self.llm.model == model else None

    def for_history(self, events: int, beta: Mapping[str, float] | None = None) -> dict[str, float]:
        """Return the weights (`beta`, by default those of this setting) for a user with so many events."""
        factors = dict(zip(FEATURES, history_factors(events, self.averaging).tolist(), strict=True))
        return {name: value * factors[name] for name, value in (self.beta if beta is None else beta).items()}

    def not_measured(self, choices: int) -> "Tuned":
        """Return the same setting without a gain: there were too few choices to measure one."""
        none = {"gain": 0.0, "interval": (0.0, 0.0), "rules_gain": 0.0, "rules_interval": (0.0, 0.0)}
        return self.model_copy(update=none | {"choices": choices, "unchanged": True})

    def in_force(self, settings: RecommendSettings) -> tuple[ListRules, dict[str, float]]:
        """Return list rules and weights, with the values from the settings applied."""
        rules = self.rules.model_copy(update=settings.rules())
        fresh = settings.freshness
        return rules, {
            name: beta * (fresh if FEATURES[name] == "freshness" else 1.0) for name, beta in self.beta.items()
        }


class SettingChange(NamedTuple):
    """A weight (`signal`: what it belongs to), or `averaging` or a list rule (None), before and after."""

    name: str
    signal: Signal | None
    before: float
    after: float


class TuneReport(BaseModel):
    """The result of `penchant tune`: the setting `before`, and the one in force now, with its gains and the number of choices.

    `at`: when it began.
    """

    before: Tuned
    tuned: Tuned
    seconds: float = 0.0
    at: datetime | None = None

    @property
    def new_rules(self) -> bool:
        """Whether the list rules were replaced."""
        return self.before.rules != self.tuned.rules

    def values(self) -> list[SettingChange]:
        """Return every weight that is or was above 0, then `averaging` and the list rules."""
        old, new = self.before.beta, self.tuned.beta
        weights = [
            SettingChange(name, signal, old.get(name, 0.0), new.get(name, 0.0)) for name, signal in FEATURES.items()
        ]
        rules = [
            SettingChange(name, None, getattr(self.before.rules, name), getattr(self.tuned.rules, name))
            for name in ListRules.model_fields
        ]
        averaging = SettingChange("averaging", None, self.before.averaging, self.tuned.averaging)
        return [weight for weight in weights if weight.before or weight.after] + [averaging, *rules]

    def changes(self) -> list[SettingChange]:
        """Return the weights and list rules that were replaced."""
        return [value for value in self.values() if value.before != value.after]
