"""What the ranking has been set to: fitted weights, list rules, and how they came about."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from penchant.agent.recommend.features import FEATURES
from penchant.agent.recommend.list_rules import ListRules
from penchant.agent.recommend.models import DEFAULT_PENALTY
from penchant.settings import RecommendSettings

DOCUMENT = "tuned"

#: Weights before `tune` has seen a tenant's own past, in nats per unit of feature: fitted at once to choices before the split of a film
#: service (MovieLens 100K), a gift shop (Online Retail) and a simulated news site, as many of each, and rounded
#: (`benchmarks/default_weights.py`). What none of them has a say in, such as a query, is set by hand; so is the newness of days and months,
#: which a news site, where everything is new, would make far too much of for a shop; and a little popularity, for where nothing is recent.
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
