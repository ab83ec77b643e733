"""Why, or why not, an item."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from penchant.agent.interest_agent import InterestAgent
from penchant.store.event import MAX_ID
from penchant.store.recommendation import ItemExplanation
from penchant.tools.arguments import ForUser
from penchant.tools.registry import capability


class ExplainRecommendation(ForUser):
    """Whose, and which item."""

    item_id: str = Field(
        min_length=1, max_length=MAX_ID, description="The item, as recommend_items or search_items named it."
    )


def _brief(told: ItemExplanation) -> Mapping[str, Any]:
    brief = told.model_dump(include={"item_id", "title", "recommended", "rank", "why_not"})
    return brief | {"why": told.explanation.text}


@capability(title="Explain a recommendation", brief=_brief, read_only=True)
def explain_recommendation(agent: InterestAgent, taken: ExplainRecommendation) -> ItemExplanation:
    """Why this item is, or is not, recommended to this user: the behaviour behind it and what would change it.

    Use it when the user asks "why this?", "why not that?" or doubts a suggestion. Give the reasons as they are; add none of your own.
    """
    return agent.explain(taken.user_id, taken.item_id)
