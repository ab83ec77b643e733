"""What a process and its worker say to each other: JSON objects, each after its length in four bytes; and the calls as such objects."""

import json
import struct
import threading
from collections.abc import Mapping
from typing import IO, Any

from pydantic import TypeAdapter

from penchant.agent.llm.model import Choice, Generation
from penchant.agent.llm.streams import Piece, ServerFields
from penchant.agent.llm.thoughts import Retraction
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelTruncated, ModelUnreachable
from penchant.prompts.prompt import Message, Prompt, ToolCall

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
