"""Answers that are sent in pieces, as server-sent events. A comment every 15 seconds keeps the connection open."""

import json
import re
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import Request
from pydantic import BaseModel
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from penchant.errors import PenchantError
from penchant.secrets import mask
from penchant.tools.http.routes_for_commands import by_route

STREAM = "text/event-stream"
DOCUMENTED: dict[int | str, dict[str, Any]] = {200: {"content": {STREAM: {"schema": {"type": "string"}}}}}
"""How such an answer stands in the documentation of a route."""


_REFUSED = re.compile(r"\bq=0(?:\.0{0,3})?\s*(?:;|$)", re.ASCII)


def is_asked_for(request: Request) -> bool:
    """Whether the caller wants pieces instead of one body."""
    kinds = (kind.partition(";") for kind in request.headers.get("accept", "").split(","))
    return any(name.strip() == STREAM and not _REFUSED.search(parameters) for name, _, parameters in kinds)


class Seats:
    """How many streams may be open at once, so that they leave room for other requests."""

    def __init__(self, most: int) -> None:
        self._most, self._taken = most, 0

    @property
    def free(self) -> bool:
        """Whether one more may begin."""
        return self._taken < self._most

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One of them, while its stream goes on."""
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1


def event(name: str, data: Any) -> ServerSentEvent:
    """One piece: `data` as one line of JSON."""
    content = data.model_dump(mode="json") if isinstance(data, BaseModel) else data
    return ServerSentEvent(event=name, data=json.dumps(content, ensure_ascii=False, default=str))


def failed(error: PenchantError) -> ServerSentEvent:
    """The piece that says why there will be no more, without the secrets that a message may hold."""
    return event("error", by_route(mask(str(error))))


def stream(pieces: AsyncIterable[ServerSentEvent]) -> Response:
    """The answer that sends these pieces as they come, and ends early where the server has to stop."""
    return EventSourceResponse(pieces, sep="\n")
