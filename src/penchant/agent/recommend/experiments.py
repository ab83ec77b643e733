"""A/B experiments: users are assigned to settings, each list records the setting it was made with, and results may be read at any time.

Assignment is stable and needs no state: a hash of the experiment's name and the user's id is a number in [0, 1), and the shares of
the variants divide that interval. The measure is the share of lists from which something was taken, over all lists that were given,
with the variance between users (who are the units of assignment; ratio of sums, Deng, Knoblich & Lu, KDD 2018). The other variants
are compared with the first.
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
from penchant.agent.recommend.tuning.learning import chosen_and_passed_items
from penchant.agent.recommend.tuning.setting import DOCUMENT as TUNED
from penchant.arrays import Floats, Ints
from penchant.errors import ConflictError, NotFoundError, UsageError
from penchant.prompts.remarks import remark
from penchant.store.documents import Documents
from penchant.store.recommendation import Exposure
from penchant.store.recommendations import Exposed, Recommendations

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from penchant.agent.recommend.recommender import Recommender

DOCUMENT = "experiments"
ALPHA = 0.05
EFFECT = 0.03
"""The standard deviation of the expected differences: the test is most powerful for differences of about this size."""
LEAST_USERS, LEAST_TAKEN = 50, 10
"""A variant with fewer users, or a pair with fewer taken lists, is not judged: the variance is not known well enough."""
MAX_EXPERIMENTS = 50
MOST = 1_000_000
BOUNDS = {
    "share": f"a number above 0, at most {MOST:,}, in proportion to the shares of the other variants",
    "version": "a whole number from 0, which is the setting before any was tuned",
    "cap": "a number above 0, and at most 1",
    **dict.fromkeys(("calibration", "diversity", "freshness"), f"a number from 0 to {MOST:,}"),
}
"""The valid values of each key of a variant, for error messages."""


class Variant(BaseModel):
    """A setting for a `share` of the users: `version` of the tuned setting (None: the one in force, 0: before any) and list rules."""

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
            raise ValueError("true and false are not numbers")
        return value

    def rules(self) -> dict[str, float]:
        """Return the list rules that are set."""
        return self.model_dump(include={"calibration", "diversity", "cap", "freshness"}, exclude_none=True)


class Experiment(BaseModel):
    """An experiment with its variants by name; the others are compared with the first."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(min_length=1, max_length=64)
    variants: dict[Annotated[str, Field(min_length=1, max_length=64)], Variant] = Field(min_length=2, max_length=8)
    started_at: datetime
    stopped_at: datetime | None = None

    @field_validator("variants", mode="before")
    @classmethod
    def _from_pairs(cls, variants: Any) -> Any:
        """Accept the stored form, a list of (name, variant): the store sorts the keys of objects, but the first variant matters."""
        return dict(variants) if isinstance(variants, list) else variants

    def stored(self) -> dict[str, Any]:
        """Return the JSON to be stored."""
        body = self.model_dump(mode="json", exclude_none=True)
        return body | {"variants": list(body["variants"].items())}

    def variant_of(self, user_id: str) -> str:
        """Return the variant of a user: always the same, in every process."""
        digest = hashlib.blake2b(f"{self.name}\x1f{user_id}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
        point = int.from_bytes(digest, "big") / 2**64 * math.fsum(variant.share for variant in self.variants.values())
        for name, variant in self.variants.items():
            point -= variant.share
            if point < 0:
                return name
        return name


class VariantResult(BaseModel):
    """The results of one variant: `taken` of `lists` that `users` got. `low`, `high`: the 95 % confidence interval of the rate, valid
    for any number of looks at the results.
    """

    variant: str
    users: int
    lists: int
    taken: int
    rate: float | None = None
    low: float | None = None
    high: float | None = None


class VariantDifference(BaseModel):
    """The rate of `variant` minus that of `against`. `low`, `high` and `p` hold however often they are read; None: too few data."""

    variant: str
    against: str
    difference: float
    low: float | None = None
    high: float | None = None
    p: float | None = None


class ExperimentResult(BaseModel):
    """The results of one experiment so far."""

    name: str
    started_at: datetime
    stopped_at: datetime | None = None
    variants: list[VariantResult]
    differences: list[VariantDifference]


class Experiments:
    """Starts and stops experiments. At most one runs at a time, the same in every process. Thread-safe."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents

    def all(self) -> list[Experiment]:
        """Return all experiments, newest first; one without `stopped_at` is running."""
        return [Experiment.model_validate(row) for row in self.documents.current(DOCUMENT) or ()]

    def running(self) -> Experiment | None:
        """Return the experiment that assigns users now; None if there is none."""
        return next((experiment for experiment in self.all()[:1] if experiment.stopped_at is None), None)

    def exposure(self, user_id: str) -> Exposure:
        """Return the user's variant in the running experiment. Raises `NotFoundError` if none is running."""
        experiment = self.running()
        if experiment is None:
            raise NotFoundError("no experiment is running")
        return Exposure(experiment=experiment.name, variant=experiment.variant_of(user_id))

    def assigned(self, recommender: "Recommender", user_id: str) -> "tuple[Recommender, Exposure | None]":
        """Return the recommender with the setting of the user's variant, and the exposure to record; unchanged and None if no experiment
        is running.

        λ of EASE is that of the setting in force, so that item models are fitted once for all variants.
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
        """Start an experiment. Raises `UsageError`, and `ConflictError` if one is running or the name was used before."""
        try:
            begun = Experiment.model_validate(
                {"name": name.strip(), "variants": dict(variants), "started_at": self.documents.clock.now()}
            )
        except ValidationError as error:
            raise UsageError(_advice(error.errors()[0])) from None
        for variant in begun.variants.values():
            if variant.version and self.documents.get(TUNED, variant.version) is None:
                raise UsageError(f"the tuned setting has no version {variant.version}: 0 is the setting before tuning")
        known, version = self._known()
        if known and known[0].stopped_at is None:
            raise ConflictError(remark("experiment_runs", test=repr(known[0].name)))
        if any(experiment.name == begun.name for experiment in known):
            raise ConflictError(
                f"there was an experiment {begun.name!r}: use another name, so that the two are counted separately"
            )
        self._put([begun, *known], version)
        return begun

    def stop(self) -> Experiment:
        """Stop the experiment; its lists and feedback stay. Raises `NotFoundError` if none is running."""
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
        body = [experiment.stored() for experiment in experiments[:MAX_EXPERIMENTS]]
        self.documents.put(DOCUMENT, body, expected_version=version)


def _advice(fault: "ErrorDetails") -> str:
    """Return what is wrong with the definition of an experiment, and what to do about it."""
    match tuple(map(str, fault["loc"])):
        case ("variants",) if fault["type"] in ("too_short", "too_long"):
            change = "name another, with its share" if fault["type"] == "too_short" else "leave some out"
            return f"an experiment compares 2 to 8 variants, each under a name of its own: {change}"
        case ("name" as part, *_) | (("variants" as part), _, "[key]"):
            return remark("experiment_name" if part == "name" else "variant_name")
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
    """Return the results of each experiment, from the lists that were given under it and the feedback on them."""
    experiments = list(experiments)
    if not experiments:
        return []
    heard = list(lists.with_feedback())
    scale = rating_scale(given for _, feedback in heard for given in feedback)
    taken = {listed.recommendation_id for listed, given in heard if chosen_and_passed_items(listed, given, scale)[0]}
    shown: dict[str, list[Exposed]] = {experiment.name: [] for experiment in experiments}
    for row in lists.exposures():
        if row.experiment in shown:
            shown[row.experiment].append(row)
    return [_result(experiment, shown[experiment.name], taken) for experiment in experiments]


def _result(experiment: Experiment, shown: Sequence[Exposed], taken: set[str]) -> ExperimentResult:
    names = list(experiment.variants)
    users = {user: code for code, user in enumerate(dict.fromkeys(row.user_id for row in shown))}
    rows = _ListRows(
        np.array([users[row.user_id] for row in shown], np.int64),
        np.array([names.index(row.variant) for row in shown], np.int64),
        np.array([row.day for row in shown], np.int64),
        np.array([row.recommendation_id in taken for row in shown], np.float64),
    )
    return ExperimentResult(
        name=experiment.name,
        started_at=experiment.started_at,
        stopped_at=experiment.stopped_at,
        variants=[_variant(name, rows.arm(code)) for code, name in enumerate(names)],
        differences=[_difference(names, rows, code) for code in range(1, len(names))],
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
        """Compute an arm from the user (code) of each list and whether something was taken from it."""
        _, place = np.unique(users, return_inverse=True)
        lists, hits = np.bincount(place), np.bincount(place, taken)
        n, total = len(lists), float(lists.sum())
        if n < 2:
            return cls(n, total, float(hits.sum()), math.inf)
        spread = hits - hits.sum() / total * lists
        return cls(n, total, float(hits.sum()), float(n / (n - 1) * (spread**2).sum() / total**2))

    @property
    def rate(self) -> float:
        """The share of lists that were taken."""
        return self.taken / self.lists if self.lists else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether there are enough users to judge the variance."""
        return self.n >= LEAST_USERS and self.variance > 0


@dataclass(frozen=True)
class _ListRows:
    """One row per list: `users` and `variants` (codes), `days`, and whether something was `taken`."""

    users: Ints
    variants: Ints
    days: Ints
    taken: Floats

    def arm(self, variant: int, until: int | None = None) -> Arm:
        """Return the lists of a variant, up to and including a day."""
        rows = self.variants == variant
        if until is not None:
            rows &= self.days <= until
        return Arm.of(self.users[rows], self.taken[rows])


def _variant(name: str, arm: Arm) -> VariantResult:
    result = VariantResult(variant=name, users=arm.n, lists=int(arm.lists), taken=int(arm.taken))
    if not arm.lists:
        return result
    width = half_width(arm.variance) if arm.is_enough else 1.0
    bounds = {"low": max(arm.rate - width, 0.0), "high": min(arm.rate + width, 1.0)}
    return result.model_copy(update={"rate": arm.rate} | bounds)


def _difference(names: Sequence[str], rows: _ListRows, variant: int) -> VariantDifference:
    """Return the difference on the last day. p is the smallest value over all days so far, each multiplied by the number of comparisons."""
    found = VariantDifference(variant=names[variant], against=names[0], difference=0.0)
    smallest: float | None = None
    for day in np.unique(rows.days).tolist():
        ours, theirs = rows.arm(variant, day), rows.arm(0, day)
        if not (ours.lists and theirs.lists):
            continue
        difference, variance = ours.rate - theirs.rate, ours.variance + theirs.variance
        found = found.model_copy(update={"difference": difference})
        if ours.is_enough and theirs.is_enough and ours.taken + theirs.taken >= LEAST_TAKEN:
            p = min(1.0, always_valid_p(difference, variance) * (len(names) - 1))
            smallest = p if smallest is None else min(smallest, p)
            width = half_width(variance, ALPHA / (len(names) - 1))
            bounds = {"low": difference - width, "high": difference + width, "p": smallest}
            found = found.model_copy(update=bounds)
    return found


def always_valid_p(difference: float, variance: float) -> float:
    """Return 1 / Λ, where Λ mixes the likelihood ratio against "no difference" over differences θ ~ N(0, τ²), τ = `EFFECT`:

    Λ = √(V / (V + τ²)) · exp(τ² d² / (2 V (V + τ²))), where d is the `difference` and V its `variance` now.

    Without a difference, Λ is (asymptotically) a martingale that begins at 1, so the chance that it ever exceeds 1/α is at most α
    (Ville): p may be read after every list, and the experiment stopped at the first p < α. Mixture sequential probability ratio test:
    H. Robbins, Ann. Math. Statist. 41 (1970); R. Johari, P. Koomen, L. Pekelis, D. Walsh, "Always valid inference: continuous
    monitoring of A/B tests", Operations Research 70 (2022).
    """
    mixed = variance + EFFECT**2
    log_ratio = 0.5 * math.log(variance / mixed) + (EFFECT * difference) ** 2 / (2.0 * variance * mixed)
    return math.exp(-max(log_ratio, 0.0))


def half_width(variance: float, alpha: float = ALPHA) -> float:
    """Return half the width of the interval of differences that `always_valid_p` has not ruled out: √(2 V (V + τ²) / τ² · ln(√((V + τ²)
    / V) / α)).
    """
    mixed = variance + EFFECT**2
    return math.sqrt(2.0 * variance * mixed / EFFECT**2 * math.log(math.sqrt(mixed / variance) / alpha))
