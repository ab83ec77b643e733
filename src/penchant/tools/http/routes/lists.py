"""Lists, their explanations, and feedback on them."""

from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.recommend.feedback import FeedbackReceipt, check_item
from penchant.agent.recommend.request_rules import RequestRules
from penchant.errors import PenchantError
from penchant.store.identifiers import id_argument
from penchant.store.recommendation import ItemExplanation, Recommendation
from penchant.tools.http.access import caller_with
from penchant.tools.http.audited_users import set_audited_users
from penchant.tools.http.bodies import ListWishes, ManyLists, NewFeedback
from penchant.tools.http.context import Agent, ItemId, Lang, User, as_json, unless_changed
from penchant.tools.http.limiters import ListLimiter, ModelLimiter
from penchant.tools.http.problems import detail_for_caller
from penchant.tools.http.routes_for_commands import by_route, for_callers

router = APIRouter(prefix="/v1", tags=["lists"])
RECOMMEND = [caller_with("recommend")]


ANYTHING = ListWishes()


class OneOfMany(BaseModel):
    """The list of one user, or why there is none."""

    user_id: str
    recommendation: Recommendation | None = None
    error: str | None = None


class Lists(BaseModel):
    """Lists of several users, in the order of the request."""

    data: list[OneOfMany]


@router.post("/users/{user}/recommendations", dependencies=RECOMMEND, response_model=Recommendation)
async def recommend(
    user: User, agent: Agent, limiter: ListLimiter, model_limiter: ModelLimiter, body: ListWishes = ANYTHING
) -> Response:
    """Recommend items to a user, each with the contributions to its score and its reasons."""
    return await run_sync(
        lambda: as_json(_list_for_user(agent, user, body)), limiter=model_limiter if body.llm else limiter
    )


@router.post("/recommendations:batch", dependencies=[caller_with("recommend", everybody=True)], response_model=Lists)
async def recommend_to_many(
    body: ManyLists, request: Request, agent: Agent, limiter: ListLimiter, model_limiter: ModelLimiter
) -> Response:
    """Recommend items to up to 100 users with the same options. Where a list cannot be made it says why, and the others
    are still made. 422 where the options themselves are wrong.
    """
    found, users = [], list(map(id_argument, body.user_ids))
    _check_rules(body)
    set_audited_users(request, *users)
    for user in users:
        try:
            listed = await run_sync(
                partial(_list_for_user, agent, user, body), limiter=model_limiter if body.llm else limiter
            )
            found.append(OneOfMany(user_id=user, recommendation=listed))
        except PenchantError as error:
            found.append(OneOfMany(user_id=user, error=by_route(detail_for_caller(request.state.request_id, error))))
    return as_json(Lists(data=found))


@router.get("/users/{user}/explanations/{item_id}", dependencies=RECOMMEND)
async def explain(
    user: User, item_id: ItemId, agent: Agent, limiter: ModelLimiter, lang: Lang = None
) -> ItemExplanation:
    """Explain why an item is recommended to a user, or why not, and what would change it."""
    return for_callers(await run_sync(partial(agent.explain, user, item_id, lang=lang), limiter=limiter))


def _known_item(agent: InterestAgent, body: NewFeedback, **_: object) -> None:
    check_item(agent.services.catalogue, body.item_id)


@router.post("/users/{user}/feedback", dependencies=RECOMMEND)
@partial(unless_changed, target=_known_item)
def give_feedback(user: User, body: NewFeedback, agent: Agent) -> FeedbackReceipt:
    """Record the outcome of showing an item. Likes, dislikes and ratings are also recorded as behaviour."""
    return agent.feedback(user, body.item_id, body.outcome, body.recommendation_id, at=body.at)


def _check_rules(body: ListWishes) -> None:
    """Raise `UsageError` for rules that are wrong for whomever the list is."""
    rules = body.model_dump(include={"where", "exclude", "boost", "pin", "cap", "domain"})
    RequestRules.of(**rules, fresh_days=body.fresh_only)


def _list_for_user(agent: InterestAgent, user: str, body: ListWishes) -> Recommendation:
    wishes: dict[str, Any] = body.model_dump(exclude={"user_ids"})
    return for_callers(agent.recommend(user, **wishes))
