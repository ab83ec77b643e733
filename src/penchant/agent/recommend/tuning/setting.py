"""What the ranking has been set to: fitted weights, list rules, and how they came about."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from penchant.agent.recommend.features import FEATURES
from penchant.agent.recommend.models import DEFAULT_PENALTY
from penchant.agent.recommend.request_rules import ListRules
from penchant.settings import RecommendSettings

DOCUMENT = "tuned"

#: Weights before `tune` has seen a tenant's own past, in nats per unit of feature: the middle of what was fitted to the parts before the
#: split of a film service (MovieLens 100K) and a gift shop (Online Retail), so that neither habit rules; what is about hours, and about
#: what is taken together just now, has a part of the weight that it gets on a news site.
DEFAULT_BETA: dict[str, float] = {
    "ease": 1.4,
    "ease_recent": 4.5,
    "similar_recent": 0.35,
    "next": 0.7,
    "next_recent": 0.25,
    "factors": 0.03,
    "factors_recent": 0.1,
    "factors_next": 0.1,
    "together": 0.25,
    "together_recent": 0.25,
    "interests": 4.0,
    "near_recent": 0.55,
    "words_recent": 1.5,
    "explore": 0.1,
    "query": 60.0,
    "popular_1h": 1.0,
    "popular_6h": 0.5,
    "popular_1d": 0.1,
    "popular_7d": 0.1,
    "popular_30d": 1.3,
    "rising_7d": 2.7,
    "rising_30d": 1.4,
    "popular": 0.5,
    "begun_6h": 0.5,
    "begun_14d": 0.4,
    "begun_90d": 0.6,
    "new_6h": 0.5,
    "new_14d": 0.4,
    "new_90d": 0.6,
}


class LlmWeight(BaseModel):
    """What a language model's view is worth, in nats per standard deviation, and its gain in nDCG@10 on held-out choices. It holds for
    this model only."""

    model_config = ConfigDict(frozen=True)

    weight: float = Field(ge=0)
    model: str
    choices: int = 0
    gain: float = 0.0
    interval: tuple[float, float] = (0.0, 0.0)


class Tuned(BaseModel):
    """The setting in force. `gain`, `rules_gain`: nDCG@10 on held-out choices against the weights and the list rules before, with 95 %
    bootstrap intervals."""

    model_config = ConfigDict(frozen=True)

    beta: dict[str, float] = Field(default_factory=lambda: dict(DEFAULT_BETA))
    rules: ListRules = ListRules()
    penalty: float = Field(DEFAULT_PENALTY, gt=0, description="λ of EASE")
    llm: LlmWeight | None = Field(None, description="What re-ranking has earned; None: not measured")
    fitted_at: datetime | None = None
    choices: int = 0
    gain: float = 0.0
    interval: tuple[float, float] = (0.0, 0.0)
    unchanged: bool = Field(True, description="Whether the weights are still those from before")
    rules_gain: float = 0.0
    rules_interval: tuple[float, float] = (0.0, 0.0)

    def llm_weight(self, model: str) -> float | None:
        """What the view of `model` has earned; None where it was not measured."""
        return self.llm.weight if self.llm is not None and self.llm.model == model else None

    def in_force(self, settings: RecommendSettings) -> tuple[ListRules, dict[str, float]]:
        """List rules and weights, with what has been set by hand."""
        rules = self.rules.model_copy(update=settings.rules())
        fresh = settings.freshness
        return rules, {
            name: beta * (fresh if FEATURES[name] == "freshness" else 1.0) for name, beta in self.beta.items()
        }


class TuneReport(BaseModel):
    """What `penchant tune` found: the setting `before`, and the one in force now, which says what was gained and on how many choices."""

    before: Tuned
    tuned: Tuned
    seconds: float = 0.0

    @property
    def new_rules(self) -> bool:
        """Whether list rules were replaced."""
        return self.before.rules != self.tuned.rules
