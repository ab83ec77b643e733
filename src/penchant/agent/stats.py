"""`penchant stats`: how lists are taken, and what language models cost."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from penchant.agent.recommend.feedback_stats import RecommendationStats
from penchant.agent.recommend.feedback_stats import stats as recommendation_stats
from penchant.agent.recommend.interleave import Comparison, comparisons
from penchant.errors import NotFoundError
from penchant.store.receipt import Usage
from penchant.store.usage import UsageLog

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

MILLION = 1_000_000


class ModelUse(Usage):
    """What one step has used of one model. `cost`: at the prices in the settings, in their currency."""

    step: str
    model: str
    cost: float = 0.0


class Stats(BaseModel):
    """Everything since the beginning."""

    recommendations: RecommendationStats = Field(default_factory=RecommendationStats)
    comparisons: list[Comparison] = Field(default_factory=list)
    llm: list[ModelUse] = Field(default_factory=list)


def stats(agent: "InterestAgent") -> Stats:
    """The stats of one installation."""
    kept = agent.parts.recommendations

    @cache
    def labels(user_id: str) -> Mapping[str, str]:
        try:
            return {node.id: " › ".join(node.path) for node in agent.profile(user_id).walk()}
        except NotFoundError:  # feedback of somebody without behaviour
            return {}

    heard = list(kept.with_feedback())
    return Stats(
        recommendations=recommendation_stats(kept.stats().recommendations, heard, labels),
        comparisons=comparisons(heard),
        llm=_model_use(agent),
    )


def _model_use(agent: "InterestAgent") -> list[ModelUse]:
    prices = agent.parts.settings.llm
    return [
        ModelUse(
            step=total.key[0],
            model=total.key[1],
            cost=(
                total.usage.prompt_tokens * prices.price_per_million_input
                + total.usage.completion_tokens * prices.price_per_million_output
            )
            / MILLION,
            **total.usage.model_dump(),
        )
        for total in UsageLog(agent.parts.database).totals(("step", "model"))
    ]
