"""Limits for slow work by kind, so that quick requests always find a free thread."""

from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, FastAPI, Request

from penchant.settings import ServeSettings


def add_limiters(app: FastAPI, settings: ServeSettings) -> None:
    """Create the limiters of one process."""
    app.state.list_limiter = CapacityLimiter(1)
    app.state.model_limiter = CapacityLimiter(max(1, settings.max_requests // 2))


async def _list_limiter(request: Request) -> CapacityLimiter:
    limiter: CapacityLimiter = request.app.state.list_limiter
    return limiter


async def _model_limiter(request: Request) -> CapacityLimiter:
    limiter: CapacityLimiter = request.app.state.model_limiter
    return limiter


ListLimiter = Annotated[CapacityLimiter, Depends(_list_limiter)]
"""One at a time: two lists by rules at once would only compete for the interpreter. Requests that wait use no thread.
"""
ModelLimiter = Annotated[CapacityLimiter, Depends(_model_limiter)]
"""Many at once, because calls of a language model mostly wait; at most half of `max_requests`."""
