"""What the ranking has been set to: fitted weights, list rules, and how they came about."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from penchant.agent.recommend.list_rules import ListRules
from penchant.agent.recommend.models import DEFAULT_PENALTY
from penchant.agent.recommend.signals import FEATURES
from penchant.settings import RecommendSettings

DOCUMENT = "tuned"

#: Weights before `tune` has seen a tenant's own past, in nats per unit of feature.
DEFAULT_BETA: dict[str, float] = {
    "ease": 2.0,
    "ease_recent": 1.0,
    "ease_middle": 1.0,
    "similar_recent": 0.5,
    "next_recent": 0.15,
    "interests": 1.0,
    "near_recent": 0.3,
    "words_recent": 0.2,
    "explore": 0.1,
    "query": 6.0,
    "popular_7d": 0.5,
    "popular_30d": 1.0,
    "popular": 0.2,
    "new_14d": 0.3,
    "new_90d": 0.3,
}


class Tuned(BaseModel):
    """The setting in force. `gain`: nDCG@10 on held-out choices against the setting before, with its 95 % bootstrap interval."""

    model_config = ConfigDict(frozen=True)

    beta: dict[str, float] = Field(default_factory=lambda: dict(DEFAULT_BETA))
    rules: ListRules = ListRules()
    penalty: float = Field(DEFAULT_PENALTY, gt=0, description="λ of EASE")
    llm_weight: float | None = Field(None, ge=0, description="What re-ranking has earned; None: not measured")
    fitted_at: datetime | None = None
    choices: int = 0
    gain: float = 0.0
    interval: tuple[float, float] = (0.0, 0.0)
    kept: bool = Field(True, description="False where a new setting has replaced the defaults")

    def in_force(self, settings: RecommendSettings) -> tuple[ListRules, dict[str, float]]:
        """List rules and weights, with what has been set by hand."""
        rules = self.rules.model_copy(update=settings.rules())
        fresh = settings.freshness
        return rules, {
            name: beta * (fresh if FEATURES[name] == "freshness" else 1.0) for name, beta in self.beta.items()
        }
