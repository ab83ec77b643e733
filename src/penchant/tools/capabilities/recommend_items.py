"""Recommending, with reasons."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from penchant.agent.interest_agent import MAX_K, InterestAgent
from penchant.errors import NotFoundError
from penchant.store.recommendation import Recommendation
from penchant.tools.arguments import Detail, ForUser
from penchant.tools.registry import capability
from penchant.tools.sizes import Short, Shortening, cut, shortened

MAX_WORDS = 500


TOKENS = 850
"""What a list of ten may take; longer lists in proportion."""
LENGTHS = (
    *((None, None, None), (110, 110, None), (80, 80, None), (50, 50, None), (110, 0, None), (80, 0, None)),
    *((50, 0, None), (50, 0, 60), (0, 0, 60), (0, 0, 30), (0, 0, 15)),
)
"""Characters of a reason in the structured result, of one in the text, and of a title, from all (None) to few."""


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
        description="Have Penchant's own language model take part. Slower.",
    )
    domain: str | None = Field(None, max_length=128, description="Only this part of the catalogue.")
    detail: Detail = "brief"


def _brief(made: Recommendation) -> Mapping[str, Any]:
    items = [{"item_id": item.item_id, "title": item.title, "why": item.explanation.text} for item in made.items]
    unjudged = [degraded.reason for degraded in made.degraded if degraded.step == "avoid"]
    return {"recommendation_id": made.recommendation_id, "items": items} | (
        {"not_judged": "; ".join(unjudged)} if unjudged else {}
    )


def _versions(made: Recommendation) -> Iterator[Short]:
    head = made.model_dump(
        mode="json", include={"recommendation_id", "user_id", "as_of", "profile_version", "degraded"}
    )
    for reason, reason_in_text, title in LENGTHS:
        items = [
            {
                "item_id": item.item_id,
                "title": shortened(item.title, title),
                "rank": item.rank,
                "score": round(item.score, 3),
                "explanation": {"text": cut(item.explanation.text, reason)},
            }
            for item in made.items
        ]
        yield Short(head | {"items": items}, _lines(made, reason_in_text, title))


def _lines(made: Recommendation, reason: int | None, title: int | None) -> str:
    """The list as text: number, title, id and reason."""
    rows = [
        f"{item.rank}. {shortened(item.title, title)} [{item.item_id}]: {cut(item.explanation.text, reason)}"
        for item in made.items
    ]
    notes = [] if reason != 0 else ["explain_recommendation says why"]
    notes += [f"not judged: {degraded.reason}" for degraded in made.degraded if degraded.step == "avoid"]
    return "\n".join([f"recommendation_id {made.recommendation_id}", *(row.removesuffix(": ") for row in rows), *notes])


SHORT = Shortening(_versions, lambda made: TOKENS * max(10, len(made.items)) // 10)


@capability(title="Recommend items", brief=_brief, read_only=True, short=SHORT)
def recommend_items(agent: InterestAgent, taken: RecommendItems) -> Recommendation:
    """The best items for this user that they have not had yet, each with a reason that is true.

    Use it whenever the user wants a suggestion, a gift, something to read, watch, buy or learn. Name only items from the result, and give
    only the reasons it gives.
    """
    made = agent.recommend(
        taken.user_id, taken.k, query=taken.query, avoid=taken.avoid, domain=taken.domain, llm=taken.use_llm
    )
    if taken.domain and not made.items:
        raise NotFoundError(f"domain {taken.domain!r} has nothing for this user: leave domain out to look everywhere")
    return made
