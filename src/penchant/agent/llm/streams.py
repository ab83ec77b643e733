"""Streamed turns: pieces of text, then calls, and the cost at the end."""

import json
import struct
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from pydantic import TypeAdapter

from penchant.agent.llm.model import Choice, Generation, LanguageModel, Message, ToolCall
from penchant.agent.llm.thoughts import Retraction, answer_of
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelTruncated, ModelUnreachable
from penchant.prompts.prompt import Prompt
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


MOST_BYTES = 64 * 2**20
_LENGTH = struct.Struct(">I")
_ERRORS = {
    kind.__name__: kind for kind in (ModelError, ModelInvalidReply, ModelRefused, ModelTruncated, ModelUnreachable)
}
PROMPT, MESSAGES, TOOL_CALL = TypeAdapter(Prompt), TypeAdapter(tuple[Message, ...]), TypeAdapter(ToolCall)
GENERATION, CHOICE = TypeAdapter(Generation), TypeAdapter(Choice)


class Frames:
    """Frames over two ends of pipes. Several threads may send; one receives."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source, self._target = source, target
        self._sending = threading.Lock()

    def send(self, frame: Mapping[str, Any]) -> None:
        """Raises `OSError` or `ValueError` when nobody listens any more."""
        body = json.dumps(frame).encode()
        with self._sending:
            self._target.write(_LENGTH.pack(len(body)) + body)
            self._target.flush()

    def receive(self) -> dict[str, Any] | None:
        """The next frame; None when there will be no more."""
        try:
            head = self._source.read(_LENGTH.size)
            if len(head) < _LENGTH.size:
                return None
            (length,) = _LENGTH.unpack(head)
            body = self._source.read(length) if length <= MOST_BYTES else b""
            frame = json.loads(body) if len(body) == length else None
        except (OSError, ValueError):
            return None
        return frame if isinstance(frame, dict) else None


def error_frame(error: Exception) -> dict[str, Any]:
    """An exception, for the other side to raise again."""
    kind = type(error).__name__
    if kind not in _ERRORS:
        return {"kind": "ModelError", "message": f"{kind}: {error}"}
    tokens, text = getattr(error, "tokens", None), getattr(error, "text", "")
    return {"kind": kind, "message": str(error), "tokens": tokens, "text": text}


def error_of(frame: Mapping[str, Any]) -> ModelError:
    """The exception of an error frame."""
    error = _ERRORS.get(str(frame.get("kind")), ModelError)(str(frame.get("message")))
    tokens = frame.get("tokens")
    if isinstance(tokens, list) and len(tokens) == 2:
        error.tokens = (int(tokens[0]), int(tokens[1]))
    if isinstance(error, ModelTruncated | ModelInvalidReply):
        error.text = str(frame.get("text") or "")
    return error


def piece_frame(piece: Piece) -> dict[str, Any]:
    """A piece of a stream."""
    match piece:
        case str():
            return {"text": piece}
        case ToolCall():
            return {"tool_call": TOOL_CALL.dump_python(piece, mode="json")}
        case ServerFields():
            return {"fields": dict(piece.fields)}
        case _:
            return {"retraction": True}


def piece_of(frame: Mapping[str, Any]) -> Piece:
    """The piece of a frame."""
    if "text" in frame:
        return str(frame["text"])
    if "tool_call" in frame:
        return TOOL_CALL.validate_python(frame["tool_call"])
    return ServerFields(frame["fields"]) if "fields" in frame else Retraction()
