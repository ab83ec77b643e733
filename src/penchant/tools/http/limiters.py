"""Limits for slow work by kind, so that quick requests always find a free thread."""

from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from penchant.settings import ServeSettings


class Limiters:
    """The limiters of one process: `lists` for lists by rules, `models` for what may ask a language model, over HTTP or MCP."""

    def __init__(self, settings: ServeSettings) -> None:
        self.lists, self.models = CapacityLimiter(1), CapacityLimiter(max(1, settings.max_requests // 2))


async def _list_limiter(request: Request) -> CapacityLimiter:
    limiters: Limiters = request.app.state.limiters
    return limiters.lists


async def _model_limiter(request: Request) -> CapacityLimiter:
    limiters: Limiters = request.app.state.limiters
    return limiters.models


ListLimiter = Annotated[CapacityLimiter, Depends(_list_limiter)]
"""One at a time: two lists by rules at once would only compete for the interpreter. Requests that wait use no thread.
"""
ModelLimiter = Annotated[CapacityLimiter, Depends(_model_limiter)]
"""Many at once, because calls of a language model mostly wait; at most half of `max_requests`."""
