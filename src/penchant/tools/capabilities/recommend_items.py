"""Recommends items, with reasons."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from penchant.agent.interest_agent import MAX_K, InterestAgent
from penchant.agent.recommend.request_rules import MAX_RULES
from penchant.errors import NotFoundError, UsageError
from penchant.settings import Language
from penchant.store.identifiers import MAX_ID
from penchant.store.recommendation import Recommendation
from penchant.tools.arguments import Detail, ForUser
from penchant.tools.registry import capability
from penchant.tools.sizes import Short, Shortening, cut, shortened

MAX_WORDS = 500
MAX_EXCLUDED = 1_000
TOKENS = 850
"""The tokens of a list of ten items; longer lists get more in proportion."""
LENGTHS = (
    *((None, None, None), (110, 110, None), (80, 80, None), (50, 50, None), (110, 0, None), (80, 0, None)),
    *((50, 0, None), (50, 0, 60), (0, 0, 60), (0, 0, 30), (0, 0, 15)),
)
"""The most characters of a reason in the structured result, of a reason in the text, and of a title, from unlimited
(None) to few.
"""


def _unless_nothing(value: Any) -> Any:
    """Return what is to be avoided; None for the words that models write where it is nothing."""
    is_nothing = isinstance(value, str) and value.strip(" .").casefold() in ("none", "nothing", "n/a", "无", "没有")
    return None if is_nothing else value


def _as_expressions(value: Any) -> Any:
    """Return rules as texts where a client sends objects: factors by expression, or values by field."""
    if not isinstance(value, list):
        return value
    return [text for part in value for text in (map("=".join, _pairs(part)) if isinstance(part, Mapping) else [part])]


def _pairs(factors: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((str(expression), str(factor)) for expression, factor in factors.items())


def _ids(agent: InterestAgent, written: list[str]) -> list[str]:
    """Return the ids, with texts split at commas unless the text itself is a known id. Raises `UsageError` where there
    are too many.
    """
    joined = [text for text in written if "," in text and len(text) <= MAX_ID]
    known = agent.items(joined).keys() if joined else ()
    parts = [part.strip() for text in written for part in ([text] if text in known else text.split(","))]
    ids = list(dict.fromkeys(filter(None, parts)))
    if len(ids) > MAX_EXCLUDED:
        raise UsageError(f"exclude takes at most {MAX_EXCLUDED:,} item ids, not {len(ids):,}")
    return ids


class RecommendItems(ForUser):
    """The user, the number of items and the wishes for the list."""

    query: str | None = Field(
        None,
        max_length=MAX_WORDS,
        description="What is wanted just now, in the user's words, without what is not wanted.",
    )
    avoid: Annotated[str | None, BeforeValidator(_unless_nothing)] = Field(
        None, max_length=MAX_WORDS, description="What must not be in it, such as 'violence'."
    )
    k: int = Field(5, ge=1, le=MAX_K, description="Number of items.")
    use_llm: bool = Field(
        False,
        description="Use Penchant's own language model.",
    )
    domain: str | None = Field(None, max_length=128, description="Only this part of the catalogue.")
    where: Annotated[list[str], BeforeValidator(_as_expressions)] = Field(
        [],
        max_length=MAX_RULES,
        description="All hold: 'category=Kitchen', 'attributes.price<20'.",
    )
    exclude: list[str] = Field([], max_length=MAX_EXCLUDED, description="Not these item_ids.")
    boost: Annotated[list[str], BeforeValidator(_as_expressions)] = Field(
        [], max_length=MAX_RULES, description="'EXPR=FACTOR'; below 1 buries."
    )
    pin: list[str] = Field([], max_length=MAX_RULES, description="item_id or ID@PLACE, put first.")
    cap: list[str] = Field([], max_length=MAX_RULES, description="'category=Kitchen=2': at most two.")
    fresh_only: float | None = Field(None, gt=0, description="Appeared within so many days.")
    after: str | None = Field(None, max_length=256, description="recommendation_id whose next page is wanted.")
    lang: Language | None = Field(None, description="Language of the reasons.")
    detail: Detail = "brief"


def _brief(recommendation: Recommendation) -> Mapping[str, Any]:
    items = [
        {"item_id": item.item_id, "title": item.title, "why": item.explanation.text}
        | ({"fits": False} if item.fits_query is False else {})
        for item in recommendation.items
    ]
    unmet = {
        name: "; ".join(degraded.reason for degraded in recommendation.degraded if degraded.step == step)
        for name, step in (("not_judged", "avoid"), ("not_read", "query"))
    }
    return {"recommendation_id": recommendation.recommendation_id, "items": items} | {
        name: reason for name, reason in unmet.items() if reason
    }


def _versions(recommendation: Recommendation) -> Iterator[Short]:
    head = recommendation.model_dump(
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
            for item in recommendation.items
        ]
        yield Short(head | {"items": items}, _lines(recommendation, reason_in_text, title))


def _lines(recommendation: Recommendation, reason: int | None, title: int | None) -> str:
    """Return the list as text: rank, title, id and reason of each item."""
    rows = [
        f"{item.rank}. {shortened(item.title, title)} [{item.item_id}]: {cut(item.explanation.text, reason)}"
        for item in recommendation.items
    ]
    notes = [] if reason != 0 else ["explain_recommendation says why"]
    notes += [f"not judged: {degraded.reason}" for degraded in recommendation.degraded if degraded.step == "avoid"]
    return "\n".join(
        [f"recommendation_id {recommendation.recommendation_id}", *(row.removesuffix(": ") for row in rows), *notes]
    )


SHORT = Shortening(_versions, lambda recommendation: TOKENS * max(10, len(recommendation.items)) // 10)


@capability(
    title="Recommend items",
    brief=_brief,
    read_only=True,
    short=SHORT,
    records=("recommendations",),
    asks_model=True,
)
def recommend_items(agent: InterestAgent, arguments: RecommendItems) -> Recommendation:
    """The best items for this user that they have not had yet, each with a reason that is true.

    Use it whenever the user wants a suggestion, a gift, something to read, watch, buy or learn. Name only items from the result, and give
    only the reasons it gives.
    """
    given = arguments.model_dump(
        include={"query", "avoid", "domain", "where", "exclude", "boost", "pin", "cap", "after", "lang"}
    )
    given["exclude"] = _ids(agent, arguments.exclude)
    recommendation = agent.recommend(
        arguments.user_id, arguments.k, llm=arguments.use_llm, fresh_only=arguments.fresh_only, **given
    )
    if arguments.domain and not recommendation.items:
        raise NotFoundError(
            f"domain {arguments.domain!r} has nothing for this user: leave domain out to look everywhere"
        )
    return recommendation
