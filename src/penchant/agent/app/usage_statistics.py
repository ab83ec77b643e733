"""`penchant stats`: how users receive the lists, and what language models cost."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from penchant.agent.recommend.experiments import ExperimentResult, Experiments, results
from penchant.agent.recommend.feedback import ReceptionStats
from penchant.agent.recommend.feedback import stats as recommendation_stats
from penchant.agent.recommend.interleave import Comparison, comparisons
from penchant.errors import NotFoundError
from penchant.store.labels import without_repeated_labels
from penchant.store.receipt import Usage
from penchant.store.usage import UsageLog

if TYPE_CHECKING:
    from penchant.settings import LlmSettings
    from penchant.store.profile import Profile
    from penchant.store.recommendations import Recommendations

MILLION = 1_000_000
MOST_USERS = 1_000


class Spent(Usage):
    """The usage of language models. `cost`: at the prices in the settings, in their currency."""

    cost: float = 0.0


class ModelUse(Spent):
    """The usage by one step of one model."""

    step: str
    model: str


class DayUse(Spent):
    """The usage on one day (UTC)."""

    day: date


class UserUse(Spent):
    """The usage for one user. `user_id` is None for calls made for no particular user, and for users erased since."""

    user_id: str | None


class Stats(BaseModel):
    """All statistics since the installation began."""

    recommendations: ReceptionStats = Field(default_factory=ReceptionStats)
    comparisons: list[Comparison] = Field(default_factory=list)
    experiments: list[ExperimentResult] = Field(default_factory=list, description="The newest first")
    llm: list[ModelUse] = Field(default_factory=list, description="By step and model")
    llm_by_day: list[DayUse] = Field(default_factory=list, description="The newest first")
    llm_by_user: list[UserUse] = Field(default_factory=list, description=f"Who took most first, at most {MOST_USERS:,}")
    llm_users: int = Field(0, description="For how many users models were asked at all")


def stats(
    lists: "Recommendations",
    experiments: Experiments,
    usage: UsageLog,
    prices: "LlmSettings",
    profile: Callable[[str], "Profile"],
) -> Stats:
    """Return the statistics of one installation.

    `profile` returns the profile of a user; the names of interests are read from it.
    """

    @cache
    def labels(user_id: str) -> Mapping[str, str]:
        try:
            return {node.id: " › ".join(without_repeated_labels(node.path)) for node in profile(user_id).walk()}
        except NotFoundError:  # feedback of a user without behaviour
            return {}

    heard = list(lists.with_feedback())
    account = _Account(usage, prices)
    by_user = account.by_user()
    return Stats(
        recommendations=recommendation_stats(lists.stats().recommendations, heard, labels),
        comparisons=comparisons(heard),
        experiments=results(experiments.all(), lists),
        llm=account.by_step(),
        llm_by_day=account.by_day(),
        llm_by_user=by_user[:MOST_USERS],
        llm_users=sum(use.user_id is not None for use in by_user),
    )


def spent_by_day(usage: UsageLog, prices: "LlmSettings") -> list[DayUse]:
    """Return the usage of language models by day, newest first, without reading lists and experiments."""
    return _Account(usage, prices).by_day()


def cost_of(usage: Usage, prices: "LlmSettings") -> float:
    """Return the cost of usage at the prices in the settings, in their currency."""
    read = usage.prompt_tokens * prices.price_per_million_input
    return (read + usage.completion_tokens * prices.price_per_million_output) / MILLION


class _Account:
    """Reads the usage log and adds prices."""

    def __init__(self, usage: UsageLog, prices: "LlmSettings") -> None:
        self.prices, self.totals = prices, usage.totals

    def by_step(self) -> list[ModelUse]:
        found = self.totals(("step", "model"))
        return [
            ModelUse(step=total.key[0], model=total.key[1], **self._usage_with_cost(total.usage)) for total in found
        ]

    def by_day(self) -> list[DayUse]:
        found = self.totals(["day"])
        return [
            DayUse(day=date.fromisoformat(total.key[0]), **self._usage_with_cost(total.usage))
            for total in reversed(found)
        ]

    def by_user(self) -> list[UserUse]:
        used = [
            UserUse(user_id=total.key[0] or None, **self._usage_with_cost(total.usage))
            for total in self.totals(["user_id"])
        ]
        return sorted(
            used, key=lambda total: (total.prompt_tokens + total.completion_tokens, total.calls), reverse=True
        )

    def _usage_with_cost(self, usage: Usage) -> dict[str, Any]:
        return usage.model_dump() | {"cost": cost_of(usage, self.prices)}
