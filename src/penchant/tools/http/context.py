"""What routes use: the agent of the application."""

from typing import Annotated

from fastapi import Depends, Path, Request

from penchant.agent.interest_agent import InterestAgent
from penchant.store.identifiers import known_as


def agent_of(request: Request) -> InterestAgent:
    """The one agent of this application."""
    agent: InterestAgent = request.app.state.agent
    return agent


def _user(user: Annotated[str, Path(max_length=256, description="The application's id of the user")]) -> str:
    return known_as(user)


Agent = Annotated[InterestAgent, Depends(agent_of)]
User = Annotated[str, Depends(_user)]
