"""The assistant: one message of a user, and its answer, whole or as it is written."""

import json
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from starlette.responses import Response

from penchant.agent.chat.trace import ChatAnswer
from penchant.errors import PenchantError
from penchant.tools.conversing import open_conversation
from penchant.tools.http.access import caller_with
from penchant.tools.http.bodies import NewMessage
from penchant.tools.http.context import Agent, User

router = APIRouter(prefix="/v1", tags=["talk"])
STREAM = "text/event-stream"


@router.post(
    "/users/{user}/messages",
    dependencies=[caller_with("recommend")],
    response_model=ChatAnswer,
    responses={200: {"content": {STREAM: {"schema": {"type": "string"}}}}},
)
def answer(user: User, body: NewMessage, request: Request, agent: Agent) -> Response:
    """Answer a message with the language model and Penchant's tools, or by rule without one. `Accept: text/event-stream` streams it."""
    conversation = open_conversation(agent, user)
    if STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_events(conversation, body.message), media_type=STREAM)
    found = conversation.ask(body.message)
    return Response(found.model_dump_json(), media_type="application/json")


def _events(conversation: Any, message: str) -> Iterator[str]:
    """Server-sent events: `text` pieces, `step`s, and `done` or `error` at the end."""
    try:
        for piece in conversation.stream(message):
            yield _event("text" if isinstance(piece, str) else "step", piece)
    except PenchantError as error:
        yield _event("error", str(error))
    else:
        yield _event("done", None)


def _event(name: str, data: Any) -> str:
    content = data.model_dump(mode="json") if isinstance(data, BaseModel) else data
    return f"event: {name}\ndata: {json.dumps(content, ensure_ascii=False, default=str)}\n\n"
