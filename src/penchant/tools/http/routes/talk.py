"""The assistant: a message of a user and its answer, whole or streamed."""

from collections.abc import AsyncIterator, Iterator

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from sse_starlette import ServerSentEvent
from starlette.responses import Response

from penchant.agent.chat.answers import ChatAnswer
from penchant.agent.chat.conversation import Conversation, Piece
from penchant.errors import PenchantError
from penchant.tools.conversing import open_conversation
from penchant.tools.http import streams
from penchant.tools.http.access import caller_with
from penchant.tools.http.bodies import NewMessage
from penchant.tools.http.context import Agent, User, as_json
from penchant.tools.http.limiters import ModelLimiter
from penchant.tools.http.routes_for_commands import for_callers

router = APIRouter(prefix="/v1", tags=["talk"])


@router.post(
    "/users/{user}/messages",
    dependencies=[caller_with("recommend")],
    response_model=ChatAnswer,
    responses=streams.DOCUMENTED,
)
async def answer(user: User, body: NewMessage, request: Request, agent: Agent, limiter: ModelLimiter) -> Response:
    """Answer a message with the language model and Penchant's tools, or by rule without one. `Accept: text/event-stream`
    streams it, and `done` at its end has the whole answer.
    """
    conversation = await run_sync(open_conversation, agent, user, limiter=limiter)
    if streams.is_asked_for(request):
        return streams.stream(_pieces(conversation, body.message, limiter, request.state.request_id))
    whole = as_json(for_callers(await run_sync(conversation.ask, body.message, limiter=limiter)))
    whole.headers.update(streams.VARY)
    return whole


async def _pieces(
    conversation: Conversation, message: str, limiter: CapacityLimiter, request_id: str
) -> AsyncIterator[ServerSentEvent]:
    """Yield `text` and `step` events, then `done` with the whole answer, or `error`."""
    pieces = _with_answer(conversation, message)
    try:
        while (piece := await run_sync(next, pieces, None, limiter=limiter)) is not None:
            if isinstance(piece, ChatAnswer):
                yield streams.event("done", for_callers(piece))
            else:
                yield streams.event("text" if isinstance(piece, str) else "step", piece)
    except PenchantError as error:
        yield streams.failed(request_id, error)


def _with_answer(conversation: Conversation, message: str) -> Iterator[Piece | ChatAnswer]:
    """Yield the pieces of an answer, then the answer."""
    yield (yield from conversation.stream(message))
