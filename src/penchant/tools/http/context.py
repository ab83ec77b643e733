"""What routes use: the agent that a request is about, and answers that are written as they are.

Dependencies are coroutines, because each one that is not costs a turn in the pool of threads.
"""

from typing import Annotated

from fastapi import Depends, Path, Request, Response
from pydantic import BaseModel

from penchant.agent.interest_agent import InterestAgent
from penchant.store.identifiers import known_as
from penchant.tools.http.tenants import OpenTenant, OpenTenants


def agent_of(request: Request) -> InterestAgent:
    """The agent of the installation that the caller reaches: the service's own, or their tenant's."""
    return place_of(request).agent


def place_of(request: Request) -> OpenTenant:
    """That agent with the worker of its jobs."""
    place: OpenTenant | None = getattr(request.state, "place", None)
    places: OpenTenants = request.app.state.places
    return place or places.own


def as_json(answer: BaseModel, headers: dict[str, str] | None = None) -> Response:
    """An answer that is what its route declares, so that nothing needs to check it once more."""
    return Response(answer.model_dump_json(by_alias=True), headers=headers, media_type="application/json")


async def _agent(request: Request) -> InterestAgent:
    return agent_of(request)


NO_BREAK = r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*"
VISIBLE = r"[^\s\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]"
ANY_ID = {"pattern": f"^{NO_BREAK}{VISIBLE}{NO_BREAK}$"}
"""What an id may be, for the documentation: it is read, and refused in our words, by `known_as`."""
UserPart = Annotated[
    str, Path(max_length=256, description="The application's id of the user", json_schema_extra=ANY_ID)
]
ItemPart = Annotated[str, Path(description="The item_id in the catalogue", json_schema_extra=ANY_ID)]


async def _user(user: UserPart) -> str:
    return known_as(user)


Agent = Annotated[InterestAgent, Depends(_agent)]
User = Annotated[str, Depends(_user)]
