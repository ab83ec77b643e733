"""The assistant: one message of a user, and its answer, whole or as it is written."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from sse_starlette import ServerSentEvent
from starlette.responses import Response

from penchant.agent.chat.answers import ChatAnswer
from penchant.errors import PenchantError
from penchant.tools.conversing import open_conversation
from penchant.tools.http import streams
from penchant.tools.http.access import caller_with
from penchant.tools.http.bodies import NewMessage
from penchant.tools.http.context import Agent, User

router = APIRouter(prefix="/v1", tags=["talk"])


@router.post(
    "/users/{user}/messages",
    dependencies=[caller_with("recommend")],
    response_model=ChatAnswer,
    responses=streams.DOCUMENTED,
)
def answer(user: User, body: NewMessage, request: Request, agent: Agent) -> Response:
    """Answer a message with the language model and Penchant's tools, or by rule without one. `Accept: text/event-stream` streams it."""
    conversation = open_conversation(agent, user)
    if streams.is_asked_for(request):
        return streams.stream(_pieces(conversation, body.message))
    found = conversation.ask(body.message)
    return Response(found.model_dump_json(), media_type="application/json")


def _pieces(conversation: Any, message: str) -> Iterator[ServerSentEvent]:
    """`text` pieces, `step`s, and `done` or `error` at the end."""
    try:
        for piece in conversation.stream(message):
            yield streams.event("text" if isinstance(piece, str) else "step", piece)
    except PenchantError as error:
        yield streams.failed(error)
    else:
        yield streams.event("done", None)
