"""Limits for slow work by kind, so that quick requests always find a free thread."""

from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, FastAPI, Request

from penchant.settings import ServeSettings


def make_turns(app: FastAPI, settings: ServeSettings) -> None:
    """Create the limiters of one process."""
    app.state.list_turns = CapacityLimiter(1)
    app.state.model_turns = CapacityLimiter(max(1, settings.max_requests // 2))


async def _list_turns(request: Request) -> CapacityLimiter:
    turns: CapacityLimiter = request.app.state.list_turns
    return turns


async def _model_turns(request: Request) -> CapacityLimiter:
    turns: CapacityLimiter = request.app.state.model_turns
    return turns


ListTurns = Annotated[CapacityLimiter, Depends(_list_turns)]
"""One at a time: two lists by rules at once would only compete for the interpreter. Requests that wait use no thread.
"""
ModelTurns = Annotated[CapacityLimiter, Depends(_model_turns)]
"""Many at once, because calls of a language model mostly wait; at most half of `max_requests`."""
