"""Explains why an item is recommended, or why not."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from penchant.agent.chat.toolbox import as_json
from penchant.agent.interest_agent import InterestAgent
from penchant.settings import Language
from penchant.store.event import MAX_ID
from penchant.store.recommendation import ItemExplanation
from penchant.tools.accounts import by_cause
from penchant.tools.arguments import Detail, ForUser
from penchant.tools.registry import capability
from penchant.tools.sizes import Short, Shortening

TOKENS = 850
MOST_CONTRIBUTIONS = (12, 6, 3, 0)


class ExplainRecommendation(ForUser):
    """The user and the item."""

    item_id: str = Field(
        min_length=1, max_length=MAX_ID, description="The item_id, as given by recommend_items or search_items."
    )
    lang: Language | None = Field(None, description="Language of the reasons.")
    detail: Detail = "brief"


def _brief(explanation: ItemExplanation) -> Mapping[str, Any]:
    brief = explanation.model_dump(include={"item_id", "title", "recommended", "rank", "why_not"})
    return brief | {"why": explanation.why}


def _versions(explanation: ItemExplanation) -> Iterator[Short]:
    for most in MOST_CONTRIBUTIONS:
        content = explanation.model_dump(mode="json", exclude={"contributions", "llm"})
        yield Short(
            content | {"score": round(explanation.score, 4), "contributions": _summed(explanation, most)},
            as_json(_brief(explanation)),
        )


def _summed(explanation: ItemExplanation, most: int) -> list[dict[str, Any]]:
    """Return the largest contributions by signal and interest, without their evidence."""
    largest = by_cause(explanation.contributions)[:most]
    return [{"signal": part.signal, "interest_id": part.interest_id, "value": round(part.value, 4)} for part in largest]


SHORT = Shortening(_versions, lambda explanation: TOKENS)


@capability(title="Explain a recommendation", brief=_brief, read_only=True, short=SHORT, asks_model=True)
def explain_recommendation(agent: InterestAgent, arguments: ExplainRecommendation) -> ItemExplanation:
    """Why this item is, or is not, recommended to this user: the behaviour behind it and what would change it.

    Use it when the user asks "why this?", "why not that?" or doubts a suggestion. Give the reasons as they are; add none of your own.
    """
    return agent.explain(arguments.user_id, arguments.item_id, lang=arguments.lang)
