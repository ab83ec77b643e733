"""Events: recorded, listed, removed."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from penchant.agent.interest_agent import InterestAgent
from penchant.store.event import Event
from penchant.store.receipt import Observed
from penchant.tools.http.access import Caller, caller_with
from penchant.tools.http.bodies import MAX_EVENTS, NewEvents, Page
from penchant.tools.http.context import Agent, User, as_json, of_known, unless_changed
from penchant.tools.http.limiters import ModelLimiter
from penchant.tools.http.paging import Cursor, Limit, decoded_time, page, place_in_time
from penchant.tools.http.problems import ProblemError

router = APIRouter(prefix="/v1", tags=["behaviour"])
NDJSON = "application/x-ndjson"
LINES = frozenset((NDJSON, "application/ndjson", "application/jsonl", "application/x-jsonlines", "text/x-ndjson"))
"""Media types of JSON lines."""
READ = "send application/json, or one event a line as application/x-ndjson"


def _without_references(model: type[BaseModel]) -> Any:
    """Return the JSON schema of `model` with all references resolved: the route parses this body itself, so FastAPI adds
    no definitions for it.
    """
    schema = model.model_json_schema(ref_template="{model}")
    definitions = schema.pop("$defs", {})

    def whole(part: Any) -> Any:
        if isinstance(part, list):
            return [whole(each) for each in part]
        if not isinstance(part, dict):
            return part
        return (
            whole(definitions[part["$ref"]]) if "$ref" in part else {name: whole(each) for name, each in part.items()}
        )

    return whole(schema)


_A_LINE = '{"user_id": "ada", "type": "purchase", "item_id": "b1", "at": "2026-01-05T10:00:00Z"}\n'
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": _without_references(NewEvents)},
            NDJSON: {"schema": {"type": "string", "description": "One event a line", "examples": [_A_LINE]}},
        },
    }
}


class EventsRemoved(BaseModel):
    """How many events were removed."""

    removed: int = Field(examples=[1])


def _events(body: bytes, media_type: str) -> list[Event]:
    """Return the events of a body, one JSON document or one event a line. Raises `ProblemError`, and
    `RequestValidationError` naming the first wrong event.
    """
    kind = media_type.partition(";")[0].strip().lower()
    values = (
        list(_lines(body))
        if kind in LINES
        else _events_of_document(body)
        if "json" in kind
        else _by_content(body, kind)
    )
    if not 1 <= len(values) <= MAX_EVENTS:
        raise ProblemError(422, f"send 1 to {MAX_EVENTS:,} events at once, not {len(values):,}")
    return [_event(value, number) for number, value in enumerate(values)]


async def _request_body(request: Request) -> bytes:
    return await request.body()


@router.post("/events", openapi_extra=_BODY, response_model=Observed)
def add_events(
    request: Request,
    agent: Agent,
    caller: Annotated[Caller, caller_with("write")],
    body: Annotated[bytes, Depends(_request_body)],
) -> Response:
    """Record up to 10,000 events: all of them, or none where one is wrong. Events that are known already are counted as
    duplicates.
    """
    found = _events(body, request.headers.get("content-type", ""))
    if caller.user_id is not None and any(event.user_id != caller.user_id for event in found):
        raise ProblemError(403, "this token is for one user only, and some of these events belong to another user")
    observed = agent.observe(found)
    request.app.state.metrics.events.inc(observed.accepted)
    return as_json(observed)


@router.get("/users/{user}/events", dependencies=[caller_with("read")])
def list_events(user: User, agent: Agent, limit: Limit = 100, cursor: Cursor = None) -> Page[Event]:
    """List what a user did, newest first. 404 where nothing at all is known of them."""
    before = decoded_time(cursor)
    events = of_known(agent, user, agent.events(user, until=before and before[0]))[::-1]
    older = [event for event in events if before is None or (event.at, event.event_id) < before]
    return page(older[: limit + 1], limit, lambda event: place_in_time(event.at, event.event_id))


def _known_event(agent: InterestAgent, user: str, event_id: str, **_: object) -> Event:
    return agent.event(user, event_id)


@router.delete("/users/{user}/events/{event_id}", dependencies=[caller_with("write")])
@partial(unless_changed, target=_known_event)
async def remove_event(user: User, event_id: str, agent: Agent, limiter: ModelLimiter) -> EventsRemoved:
    """Remove one event; the profile is rebuilt without it."""
    return EventsRemoved(removed=await run_sync(agent.remove_events, user, [event_id], limiter=limiter))


def _events_of_document(body: bytes) -> list[Any]:
    """Return the events of one JSON document."""
    value = _json(body)
    if not isinstance(value, dict) or set(value) != {"events"} or not isinstance(value["events"], list):
        raise ProblemError(422, 'the body is {"events": [EVENT, …]}, or one event a line as application/x-ndjson')
    return list(value["events"])


def _by_content(body: bytes, kind: str) -> list[Any]:
    """Return the events of a body whose media type does not say how it is written, as with an uploaded gzip file."""
    try:
        values = list(_lines(body))
    except ProblemError:
        values = []
    if values and all(isinstance(value, dict) and "events" not in value for value in values):
        return values
    try:
        return _events_of_document(body)
    except ProblemError as error:
        if error.status != 400 or not kind:
            raise
        raise ProblemError(415, f"a body of the type {kind!r} is not read: {READ}") from None


def _lines(body: bytes) -> Iterator[Any]:
    for number, line in enumerate(body.splitlines(), 1):
        if line.strip():
            yield _json(line, number)


def _json(text: bytes, line: int | None = None) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        why = str(error)[:100]
        if line is None:
            raise ProblemError(400, f"the body is not JSON ({why!r}): correct it and send it again") from None
        raise ProblemError(
            400, f"line {line} of the body is not JSON ({why!r}): correct it and send it again"
        ) from None


def _event(value: Any, number: int) -> Event:
    try:
        return Event.model_validate(value)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        raise RequestValidationError(
            [{**fault, "loc": ("body", "events", number, *fault["loc"])} for fault in faults]
        ) from None
