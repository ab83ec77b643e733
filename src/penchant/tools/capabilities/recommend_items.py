"""Recommending, with reasons."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from penchant.agent.interest_agent import MAX_K, InterestAgent
from penchant.errors import NotFoundError
from penchant.store.recommendation import Recommendation
from penchant.tools.arguments import ForUser
from penchant.tools.registry import capability

MAX_WORDS = 500


class RecommendItems(ForUser):
    """For whom, how many, and what for."""

    query: str | None = Field(
        None,
        max_length=MAX_WORDS,
        description="What is wanted just now, in the user's words, without what is not wanted.",
    )
    avoid: str | None = Field(None, max_length=MAX_WORDS, description="What must not be in it, such as 'violence'.")
    k: int = Field(5, ge=1, le=MAX_K, description="How many.")
    use_llm: bool = Field(
        False,
        description="Have Penchant's own language model re-rank, where it has earned that, and word the reasons. Slower.",
    )
    domain: str | None = Field(None, max_length=128, description="Only items of this domain of the catalogue.")


def _brief(made: Recommendation) -> Mapping[str, Any]:
    items = [{"item_id": item.item_id, "title": item.title, "why": item.explanation.text} for item in made.items]
    unjudged = [degraded.reason for degraded in made.degraded if degraded.step == "avoid"]
    return {"recommendation_id": made.recommendation_id, "items": items} | (
        {"not_judged": "; ".join(unjudged)} if unjudged else {}
    )


@capability(title="Recommend items", brief=_brief, read_only=True)
def recommend_items(agent: InterestAgent, taken: RecommendItems) -> Recommendation:
    """The best items for this user that they have not had yet, each with its score's exact account and a reason that is true.

    Use it whenever the user wants a suggestion, an idea, a gift, something to read, watch, buy or learn. Put what they want now into
    query and what they do not want into avoid. Name only items from the result, and give only the reasons it gives.
    """
    made = agent.recommend(
        taken.user_id, taken.k, query=taken.query, avoid=taken.avoid, domain=taken.domain, llm=taken.use_llm
    )
    if taken.domain and not made.items:
        raise NotFoundError(f"domain {taken.domain!r} has nothing for this user: leave domain out to look everywhere")
    return made
