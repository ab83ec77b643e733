"""Answers sent as server-sent events. A comment every 15 seconds keeps the connection open."""

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
from penchant.store.idempotency import StoredAnswer
from penchant.tools.http.preferences import prefers
from penchant.tools.http.problems import detail_for_caller
from penchant.tools.http.routes_for_commands import by_route

STREAM, JSON = "text/event-stream", "application/json"
VARY = {"vary": "Accept"}
"""The header of an answer that has two forms."""
_DONE = re.compile(rb"^event: done\r?\ndata: (.*?)\r?$", re.MULTILINE)
DOCUMENTED: dict[int | str, dict[str, Any]] = {200: {"content": {STREAM: {"schema": {"type": "string"}}}}}
"""The description of such an answer for the OpenAPI document of a route."""


def is_asked_for(request: Request) -> bool:
    """Return whether the caller asks for a stream of events, and does not prefer one body."""
    return prefers(request.headers.get("accept", ""), STREAM, JSON)


class Slots:
    """A limit of streams open at once, so that other requests are still answered."""

    def __init__(self, most: int) -> None:
        self._most, self._occupied = most, 0

    @property
    def has_free(self) -> bool:
        """Return whether one more stream may begin."""
        return self._occupied < self._most

    @contextmanager
    def occupied(self) -> Iterator[None]:
        """Count one stream as open inside this context."""
        self._occupied += 1
        try:
            yield
        finally:
            self._occupied -= 1


def event(name: str, data: Any) -> ServerSentEvent:
    """Return one event with `data` as one line of JSON."""
    content = data.model_dump(mode="json") if isinstance(data, BaseModel) else data
    return ServerSentEvent(event=name, data=json.dumps(content, ensure_ascii=False, default=str))


def failed(request_id: str, error: PenchantError) -> ServerSentEvent:
    """Return the event that ends a stream with an error."""
    return event("error", by_route(detail_for_caller(request_id, error)))


def stream(pieces: AsyncIterable[ServerSentEvent]) -> Response:
    """Return the answer that sends these events as they come, and ends early where the server stops."""
    return EventSourceResponse(pieces, sep="\n", headers=VARY)


def in_form_asked_for(answer: StoredAnswer, accept: str) -> StoredAnswer:
    """Return a stored answer in the form that `accept` prefers: a stream of events, or its last event as one body. An answer
    that has only one form stays as it is.
    """
    wants_stream, is_stream = prefers(accept, STREAM, JSON), answer.media_type.startswith(STREAM)
    if (answer.headers or {}).get("vary") != VARY["vary"] or wants_stream == is_stream or answer.status >= 400:
        return answer
    if wants_stream:
        whole = event("done", json.loads(answer.body))
        return answer._replace(media_type=STREAM, body=whole.encode())
    done = _DONE.search(answer.body)
    return answer._replace(media_type=JSON, body=done[1]) if done else answer
