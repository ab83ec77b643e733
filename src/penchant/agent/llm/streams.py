"""A turn as it is made: text in pieces, then the calls in it, and its cost at the end."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from penchant.agent.llm.model import Generation, LanguageModel, Message, ToolCall
from penchant.agent.llm.thoughts import Retraction, answer_of
from penchant.store.receipt import Usage


@dataclass(frozen=True)
class ServerFields:
    """Fields of the turn that are the server's own; they go back with the turn as they came."""

    fields: Mapping[str, Any]


Piece = str | ToolCall | ServerFields | Retraction
"""Some of a text, or a whole call; fields to send back with the calls; or: the text so far was thought, and is to be forgotten."""
Stream = Generator[Piece, None, Usage]
"""Pieces of a turn, then what it cost."""


def text_stream(
    model: LanguageModel,
    messages: Sequence[Message],
    *,
    tools: Sequence[dict[str, Any]] = (),
    max_tokens: int = 512,
    step: str = "ask",
    user_id: str | None = None,
) -> Stream:
    """Pieces of the next assistant turn, returning what it cost. A model that cannot stream hands it out in one piece."""
    stream = getattr(model, "stream", None)
    offered = {"tools": tools} if tools else {}
    if stream is not None:
        usage = yield from stream(messages, **offered, max_tokens=max_tokens, step=step, user_id=user_id)
        return usage or Usage(calls=1)
    generation = model.chat(messages, **offered, max_tokens=max_tokens, step=step, user_id=user_id)
    yield from pieces_of(generation)
    return generation.usage


def pieces_of(generation: Generation) -> Iterator[Piece]:
    """A finished turn, handed out as if it had been streamed."""
    if generation.text:
        yield generation.text
    if generation.tool_calls and generation.extra:
        yield ServerFields(generation.extra)
    yield from generation.tool_calls


def next_of(stream: Stream) -> Piece | Usage:
    """The next piece, or what it all cost once there are no more."""
    try:
        return next(stream)
    except StopIteration as end:
        usage: Usage = end.value
        return usage


def noted(stream: Stream, pieces: list[Piece]) -> Stream:
    """The same stream; whatever has been handed out of it stands in `pieces`, also when it breaks off."""
    try:
        while not isinstance(piece := next_of(stream), Usage):
            pieces.append(piece)
            yield piece
        return piece
    finally:
        stream.close()


def whole(pieces: Sequence[Piece], usage: Usage) -> Generation:
    """What the pieces came to."""
    calls = tuple(piece for piece in pieces if isinstance(piece, ToolCall))
    return Generation(text_of(pieces), "tool_calls" if calls else "stop", usage, calls, extra_of(pieces))


def text_of(pieces: Sequence[Piece]) -> str:
    """The text among the pieces, without what was retracted."""
    return answer_of(piece for piece in pieces if isinstance(piece, str | Retraction))


def extra_of(pieces: Sequence[Piece]) -> dict[str, Any]:
    """The fields to send back with the turn."""
    found = [piece.fields for piece in pieces if isinstance(piece, ServerFields)]
    return {name: value for fields in found for name, value in fields.items()}
