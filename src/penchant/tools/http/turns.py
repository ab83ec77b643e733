"""Threads for what takes long, by kind: what is quick has threads of its own, and never waits for these."""

from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, FastAPI, Request

from penchant.settings import ServeSettings


def make_turns(app: FastAPI, settings: ServeSettings) -> None:
    """The turns of one process."""
    app.state.list_turns = CapacityLimiter(1)
    app.state.model_turns = CapacityLimiter(max(1, settings.max_requests // 2))


async def _list_turns(request: Request) -> CapacityLimiter:
    turns: CapacityLimiter = request.app.state.list_turns
    return turns


async def _model_turns(request: Request) -> CapacityLimiter:
    turns: CapacityLimiter = request.app.state.model_turns
    return turns


ListTurns = Annotated[CapacityLimiter, Depends(_list_turns)]
"""Lists by rules are made one after the other: two at once would only take turns at the interpreter. Those that wait hold no thread."""
ModelTurns = Annotated[CapacityLimiter, Depends(_model_turns)]
"""What may ask a language model waits most of the time: many at once, half of the requests that are answered at most."""
