"""A/B: users are assigned to settings for as long as an experiment runs, what they were shown is logged with the list, and the difference
may be looked at as often as one likes.

Assignment is sticky and needs no state: a hash of the experiment's name and the user's id is a number in [0, 1), and the shares of the
variants divide that interval. What is measured is the share of lists from which something was taken, over all lists that were given, with
the spread between users (who are what was assigned; ratio of sums, Deng, Knoblich & Lu, KDD 2018). The first variant is what the others are
compared with.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from penchant.agent.recommend.feedback import rating_scale
from penchant.agent.recommend.interleave import setting
from penchant.agent.recommend.tuning.learning import taken_and_passed
from penchant.agent.recommend.tuning.setting import DOCUMENT as TUNED
from penchant.arrays import Floats, Ints
from penchant.errors import NotFoundError, UsageError
from penchant.store.documents import Documents
from penchant.store.recommendation import Exposure
from penchant.store.recommendations import Exposed, Recommendations

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from penchant.agent.recommend.recommender import Recommender

DOCUMENT = "experiments"
ALPHA = 0.05
EFFECT = 0.03
"""Standard deviation of the differences that are expected: the test is sharpest for differences of about this size."""
LEAST_USERS, LEAST_TAKEN = 50, 10
"""Fewer users of a variant, or lists taken of both together, are not judged: their spread is not known well enough."""
PAST = 50
MOST = 1_000_000
BOUNDS = {
    "share": f"a number above 0, at most {MOST:,}, in proportion to the shares of the other variants",
    "version": "a whole number from 0, which is the setting before any was tuned",
    "cap": "a number above 0, and at most 1",
    **dict.fromkeys(("calibration", "diversity", "freshness"), f"a number from 0 to {MOST:,}"),
}
"""What each key of a variant may be, as it is told where one is something else."""


class Variant(BaseModel):
    """A setting that a `share` of users gets: `version` of the tuned setting (None: the one in force, 0: before any) and list rules."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    share: float = Field(gt=0, le=MOST, description="In proportion to the shares of the other variants")
    version: int | None = Field(
        None, ge=0, le=MOST, description="Of the tuned setting; none means the one in force, 0 before any"
    )
    calibration: float | None = Field(None, ge=0, le=MOST)
    diversity: float | None = Field(None, ge=0, le=MOST)
    cap: float | None = Field(None, gt=0, le=1)
    freshness: float | None = Field(None, ge=0, le=MOST)

    @field_validator("*", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        if isinstance(value, bool):
            raise ValueError("true and false are no numbers")
        return value

    def rules(self) -> dict[str, float]:
        """The list rules that are set."""
        return self.model_dump(include={"calibration", "diversity", "cap", "freshness"}, exclude_none=True)


class Experiment(BaseModel):
    """Variants by name, the first the one that others are compared with."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(min_length=1, max_length=64)
    variants: dict[Annotated[str, Field(min_length=1, max_length=64)], Variant] = Field(min_length=2, max_length=8)
    started_at: datetime
    stopped_at: datetime | None = None

    @field_validator("variants", mode="before")
    @classmethod
    def _from_pairs(cls, variants: Any) -> Any:
        """As stored: a list of (name, variant), because the store sorts the keys of objects and the first variant is what counts."""
        return dict(variants) if isinstance(variants, list) else variants

    def stored(self) -> dict[str, Any]:
        """The JSON to be stored."""
        body = self.model_dump(mode="json", exclude_none=True)
        return body | {"variants": list(body["variants"].items())}

    def variant_of(self, user_id: str) -> str:
        """The variant of a user: the same every time, in every process."""
        digest = hashlib.blake2b(f"{self.name}\x1f{user_id}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
        point = int.from_bytes(digest, "big") / 2**64 * math.fsum(variant.share for variant in self.variants.values())
        for name, variant in self.variants.items():
            point -= variant.share
            if point < 0:
                return name
        return name


class VariantResult(BaseModel):
    """`taken` of `lists` that `users` got. `low`, `high`: of the rate, with 95 % confidence at every look at once."""

    variant: str
    users: int
    lists: int
    taken: int
    rate: float | None = None
    low: float | None = None
    high: float | None = None


class VariantDifference(BaseModel):
    """Rate of `variant` less that of `against`. `low`, `high` and `p` hold however often they are looked at; None: too few to judge."""

    variant: str
    against: str
    difference: float
    low: float | None = None
    high: float | None = None
    p: float | None = None


class ExperimentResult(BaseModel):
    """What is known of one experiment by now."""

    name: str
    started_at: datetime
    stopped_at: datetime | None = None
    variants: list[VariantResult]
    differences: list[VariantDifference]


class Experiments:
    """Starts and stops; at most one experiment runs, the same in every process. Thread-safe."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents

    def all(self) -> list[Experiment]:
        """The newest first; one without `stopped_at` is running."""
        return [Experiment.model_validate(row) for row in self.documents.get(DOCUMENT) or ()]

    def running(self) -> Experiment | None:
        """The one that assigns users now."""
        return next((experiment for experiment in self.all()[:1] if experiment.stopped_at is None), None)

    def exposure(self, user_id: str) -> Exposure:
        """The variant of a user in the experiment that is running. Raises `NotFoundError` where none is."""
        experiment = self.running()
        if experiment is None:
            raise NotFoundError("no experiment is running")
        return Exposure(experiment=experiment.name, variant=experiment.variant_of(user_id))

    def assigned(self, recommender: "Recommender", user_id: str) -> "tuple[Recommender, Exposure | None]":
        """The recommender with the setting of the user's variant, and what to log; as it is where no experiment runs.

        λ of EASE is that of the setting in force: models of items are fitted once for all variants.
        """
        experiment = self.running()
        if experiment is None:
            return recommender, None
        name = experiment.variant_of(user_id)
        variant, tuned = experiment.variants[name], recommender.tuned()
        if variant.version is not None:
            tuned = setting(recommender, variant.version).model_copy(update={"penalty": tuned.penalty})
        exposure = Exposure(experiment=experiment.name, variant=name, at=recommender.clock.now())
        return recommender.under(tuned, variant.rules()), exposure

    def start(self, name: str, variants: Mapping[str, Any]) -> Experiment:
        """Begin to assign users. Raises `UsageError` where one is running, or where the name was used with other variants."""
        try:
            begun = Experiment.model_validate(
                {"name": name, "variants": dict(variants), "started_at": self.documents.clock.now()}
            )
        except ValidationError as error:
            raise UsageError(_mending(error.errors()[0])) from None
        for variant in begun.variants.values():
            if variant.version and self.documents.get(TUNED, variant.version) is None:
                raise UsageError(f"the setting was never tuned to a version {variant.version}: 0 is that before any")
        known, version = self._known()
        if known and known[0].stopped_at is None:
            raise UsageError(f"experiment {known[0].name!r} is running: stop it first")
        if any(experiment.name == name for experiment in known):
            raise UsageError(f"there was an experiment {name!r}: a name of its own keeps what was shown apart")
        self._put([begun, *known], version)
        return begun

    def stop(self) -> Experiment:
        """Assign no more users; what was shown stays to be judged. Raises `NotFoundError` where none is running."""
        known, version = self._known()
        if not known or known[0].stopped_at is not None:
            raise NotFoundError("no experiment is running")
        stopped = known[0].model_copy(update={"stopped_at": self.documents.clock.now()})
        self._put([stopped, *known[1:]], version)
        return stopped

    def _known(self) -> tuple[list[Experiment], int]:
        head = self.documents.head(DOCUMENT)
        return ([], 0) if head is None else ([Experiment.model_validate(row) for row in head.body], head.version)

    def _put(self, experiments: Sequence[Experiment], version: int) -> None:
        body = [experiment.stored() for experiment in experiments[:PAST]]
        self.documents.put(DOCUMENT, body, expected_version=version)


def _mending(fault: "ErrorDetails") -> str:
    """What is wrong with an experiment that was asked for, and what to do."""
    match tuple(map(str, fault["loc"])):
        case ("variants",) if fault["type"] in ("too_short", "too_long"):
            change = "name another, with its share" if fault["type"] == "too_short" else "leave some out"
            return f"an experiment compares 2 to 8 variants, each under a name of its own: {change}"
        case ("name" as part, *_) | (("variants" as part), _, "[key]"):
            what = "an experiment" if part == "name" else "a variant"
            return f"the name of {what} has 1 to 64 characters: choose another"
        case ("variants", variant, "share") if fault["type"] == "missing":
            return f"variant {variant!r} has no share: say how many users get it, in proportion to the other variants"
        case ("variants", variant, key, *_) if key in Variant.model_fields:
            return f"{key} of variant {variant!r} is {fault['input']!r}: it is {BOUNDS[key]}"
        case ("variants", variant, key, *_) if fault["type"] == "extra_forbidden":
            return f"variant {variant!r} cannot have {key!r}: it has {', '.join(Variant.model_fields)}"
        case place:
            return (
                f"{'.'.join(place) or 'the experiment'} is not usable: give each variant by its name, as {{'share': 1}}"
            )


def results(experiments: Iterable[Experiment], lists: Recommendations) -> list[ExperimentResult]:
    """What is known of each experiment, from the lists that were given under it and the feedback on them."""
    experiments = list(experiments)
    if not experiments:
        return []
    heard = list(lists.with_feedback())
    scale = rating_scale(given for _, feedback in heard for given in feedback)
    taken = {listed.recommendation_id for listed, given in heard if taken_and_passed(listed, given, scale)[0]}
    shown: dict[str, list[Exposed]] = {experiment.name: [] for experiment in experiments}
    for row in lists.exposures():
        if row.experiment in shown:
            shown[row.experiment].append(row)
    return [_result(experiment, shown[experiment.name], taken) for experiment in experiments]


def _result(experiment: Experiment, shown: Sequence[Exposed], taken: set[str]) -> ExperimentResult:
    names = list(experiment.variants)
    users = {user: code for code, user in enumerate(dict.fromkeys(row.user_id for row in shown))}
    looks = _Looks(
        np.array([users[row.user_id] for row in shown], np.int64),
        np.array([names.index(row.variant) for row in shown], np.int64),
        np.array([row.day for row in shown], np.int64),
        np.array([row.recommendation_id in taken for row in shown], np.float64),
    )
    return ExperimentResult(
        name=experiment.name,
        started_at=experiment.started_at,
        stopped_at=experiment.stopped_at,
        variants=[_variant(name, looks.arm(code)) for code, name in enumerate(names)],
        differences=[_difference(names, looks, code) for code in range(1, len(names))],
    )


@dataclass(frozen=True)
class Arm:
    """The lists of one variant: `n` users, `lists` given, `taken` of them, and the `variance` of the rate between users."""

    n: int
    lists: float
    taken: float
    variance: float

    @classmethod
    def of(cls, users: Ints, taken: Floats) -> "Arm":
        """From the user (code) of each list and whether something was taken from it."""
        _, place = np.unique(users, return_inverse=True)
        lists, hits = np.bincount(place), np.bincount(place, taken)
        n, total = len(lists), float(lists.sum())
        if n < 2:
            return cls(n, total, float(hits.sum()), math.inf)
        spread = hits - hits.sum() / total * lists
        return cls(n, total, float(hits.sum()), float(n / (n - 1) * (spread**2).sum() / total**2))

    @property
    def rate(self) -> float:
        """Lists taken of those given."""
        return self.taken / self.lists if self.lists else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether its spread is known well enough."""
        return self.n >= LEAST_USERS and self.variance > 0


@dataclass(frozen=True)
class _Looks:
    """One row per list: `users` and `variants` (codes), `days`, and whether something was `taken`."""

    users: Ints
    variants: Ints
    days: Ints
    taken: Floats

    def arm(self, variant: int, until: int | None = None) -> Arm:
        """The lists of a variant, up to and including a day."""
        rows = self.variants == variant
        if until is not None:
            rows &= self.days <= until
        return Arm.of(self.users[rows], self.taken[rows])


def _variant(name: str, arm: Arm) -> VariantResult:
    result = VariantResult(variant=name, users=arm.n, lists=int(arm.lists), taken=int(arm.taken))
    if not arm.lists:
        return result
    width = reach(arm.variance) if arm.is_enough else 1.0
    bounds = {"low": max(arm.rate - width, 0.0), "high": min(arm.rate + width, 1.0)}
    return result.model_copy(update={"rate": arm.rate} | bounds)


def _difference(names: Sequence[str], looks: _Looks, variant: int) -> VariantDifference:
    """At the last look; p is the smallest of all looks so far, one at the end of each day, times the number of comparisons."""
    found = VariantDifference(variant=names[variant], against=names[0], difference=0.0)
    smallest: float | None = None
    for day in np.unique(looks.days).tolist():
        ours, theirs = looks.arm(variant, day), looks.arm(0, day)
        if not (ours.lists and theirs.lists):
            continue
        difference, variance = ours.rate - theirs.rate, ours.variance + theirs.variance
        found = found.model_copy(update={"difference": difference})
        if ours.is_enough and theirs.is_enough and ours.taken + theirs.taken >= LEAST_TAKEN:
            p = min(1.0, always_valid_p(difference, variance) * (len(names) - 1))
            smallest = p if smallest is None else min(smallest, p)
            width = reach(variance, ALPHA / (len(names) - 1))
            bounds = {"low": difference - width, "high": difference + width, "p": smallest}
            found = found.model_copy(update=bounds)
    return found


def always_valid_p(difference: float, variance: float, effect: float = EFFECT) -> float:
    """1 / Λ, where Λ mixes the likelihood ratio against "no difference" over differences θ ~ N(0, τ²), τ = `effect`:

    Λ = √(V / (V + τ²)) · exp(τ² d² / (2 V (V + τ²))), d the `difference` and V its `variance` now.

    Without a difference Λ is (asymptotically) a martingale that begins at 1, so the chance that it ever exceeds 1/α is at most α (Ville): p
    may be looked at after every list, and the experiment stopped at the first p < α. Mixture sequential probability ratio test: H. Robbins,
    Ann. Math. Statist. 41 (1970); R. Johari, P. Koomen, L. Pekelis, D. Walsh, "Always valid inference: continuous monitoring of A/B
    tests", Operations Research 70 (2022).
    """
    mixed = variance + effect**2
    log_ratio = 0.5 * math.log(variance / mixed) + (effect * difference) ** 2 / (2.0 * variance * mixed)
    return math.exp(-max(log_ratio, 0.0))


def reach(variance: float, alpha: float = ALPHA, effect: float = EFFECT) -> float:
    """Half the interval of all differences that `always_valid_p` has not ruled out: √(2 V (V + τ²) / τ² · ln(√((V + τ²) / V) / α))."""
    mixed = variance + effect**2
    return math.sqrt(2.0 * variance * mixed / effect**2 * math.log(math.sqrt(mixed / variance) / alpha))
