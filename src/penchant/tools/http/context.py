"""What routes use: the agent that a request is about."""

from typing import Annotated

from fastapi import Depends, Path, Request

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


def _user(user: Annotated[str, Path(max_length=256, description="The application's id of the user")]) -> str:
    return known_as(user)


Agent = Annotated[InterestAgent, Depends(agent_of)]
User = Annotated[str, Depends(_user)]
