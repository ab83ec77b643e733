"""Answers that are sent in pieces, as server-sent events. A comment every 15 seconds keeps the connection open."""

import json
from collections.abc import AsyncIterable, Iterator
from typing import Any

from fastapi import Request
from pydantic import BaseModel
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

STREAM = "text/event-stream"
DOCUMENTED: dict[int | str, dict[str, Any]] = {200: {"content": {STREAM: {"schema": {"type": "string"}}}}}
"""How such an answer stands in the documentation of a route."""


def is_asked_for(request: Request) -> bool:
    """Whether the caller wants pieces instead of one body."""
    return STREAM in request.headers.get("accept", "")


def event(name: str, data: Any) -> ServerSentEvent:
    """One piece: `data` as one line of JSON."""
    content = data.model_dump(mode="json") if isinstance(data, BaseModel) else data
    return ServerSentEvent(event=name, data=json.dumps(content, ensure_ascii=False, default=str))


def stream(pieces: Iterator[ServerSentEvent] | AsyncIterable[ServerSentEvent]) -> Response:
    """The answer that sends these pieces as they come, and ends early where the server has to stop."""
    return EventSourceResponse(pieces, sep="\n")
