"""Lists, their reasons, and what users made of them."""

import os
from contextlib import nullcontext
from threading import BoundedSemaphore
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from penchant.agent.recommend.feedback import FeedbackReceipt
from penchant.errors import PenchantError
from penchant.store.identifiers import known_as
from penchant.store.recommendation import ItemExplanation, Recommendation
from penchant.tools.http.access import caller_with
from penchant.tools.http.bodies import ListWishes, ManyLists, NewFeedback
from penchant.tools.http.context import Agent, ItemPart, User, as_json

router = APIRouter(prefix="/v1", tags=["lists"])
RECOMMEND = [caller_with("recommend")]
TURNS = BoundedSemaphore(os.cpu_count() or 1)
"""So many lists are made at once by rules: more would only take turns at the interpreter, and keep what is quick waiting."""


ANYTHING = ListWishes()


class OneOfMany(BaseModel):
    """The list of one user of several, or why there is none."""

    user_id: str
    recommendation: Recommendation | None = None
    error: str | None = None


class Lists(BaseModel):
    """In the order asked for."""

    data: list[OneOfMany]


@router.post("/users/{user}/recommendations", dependencies=RECOMMEND, response_model=Recommendation)
def recommend(user: User, agent: Agent, body: ListWishes = ANYTHING) -> Response:
    """The best items for a user, each with the account of its score and its reasons."""
    return as_json(_listed(agent, user, body))


@router.post("/recommendations:batch", dependencies=[caller_with("recommend", everybody=True)], response_model=Lists)
def recommend_to_many(body: ManyLists, agent: Agent) -> Response:
    """Lists of up to 100 users with the same wishes; one that cannot be made says why, the others are made."""
    found = []
    for user in map(known_as, body.user_ids):
        try:
            found.append(OneOfMany(user_id=user, recommendation=_listed(agent, user, body)))
        except PenchantError as error:
            found.append(OneOfMany(user_id=user, error=str(error)))
    return as_json(Lists(data=found))


@router.get("/users/{user}/explanations/{item_id}", dependencies=RECOMMEND)
def explain(user: User, item_id: ItemPart, agent: Agent) -> ItemExplanation:
    """Why, or why not, this item, and what would change it."""
    return agent.explain(user, item_id)


@router.post("/users/{user}/feedback", dependencies=RECOMMEND)
def give_feedback(user: User, body: NewFeedback, agent: Agent) -> FeedbackReceipt:
    """What the user made of an item; liking, disliking and ratings are behaviour too."""
    return agent.feedback(user, body.item_id, body.outcome, body.recommendation_id, at=body.at)


def _listed(agent: Agent, user: str, body: ListWishes) -> Recommendation:
    wishes: dict[str, Any] = body.model_dump(exclude={"user_ids"})
    with nullcontext() if body.llm else TURNS:
        return agent.recommend(user, **wishes)
