"""Streamed turns: pieces of text, then calls, and the cost at the end; and the thoughts that a model writes into its answer taken out,
whether they stand between marks, cut anywhere when streamed, or have a closing mark alone.

Thoughts are for nobody but the model: what is shown, read as JSON or remembered of a turn is the rest.
"""

import json
import re
import struct
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from pydantic import TypeAdapter

from penchant.agent.llm.model import Choice, Generation, LanguageModel, Message, ToolCall
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelTruncated, ModelUnreachable
from penchant.prompts.prompt import Prompt
from penchant.store.receipt import Usage

_MARKS = {
    **{f"<{name}>": f"</{name}>" for name in ("think", "thinking", "thought", "thoughts", "reasoning", "seed:think")},
    "[think]": "[/think]",
    "<|thinking|>": "<|/thinking|>",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "◁think▷": "◁/think▷",
    "<|channel|>analysis": "<|end|>",  # gpt-oss, on servers that pass its channels on as text
    "<|channel|>final": "<|message|>",
    "<|start|>": "assistant",
}
_CLOSING_ALONE = tuple(closing for opening, closing in _MARKS.items() if "think" in opening or "reasoning" in opening)
_OPENING = re.compile("|".join(map(re.escape, _MARKS)), re.IGNORECASE)
_EITHER = re.compile("|".join(map(re.escape, (*_MARKS, *_CLOSING_ALONE))), re.IGNORECASE)
_ALL = tuple(mark.lower() for mark in (*_MARKS, *_CLOSING_ALONE))
_LONGEST = max(map(len, _ALL))


class Retraction:
    """In a stream: what was handed out of this turn so far turned out to be thought, and is no part of the answer."""


class ThoughtFilter:
    """The text of one turn without its thoughts, as it comes.

    `opened`: the model may begin with a thought that it does not announce: nothing is handed out before a closing mark, or the end.
    `closed_alone` and `thought` say afterwards whether a closing mark came alone, and whether any thought came.
    """

    def __init__(self, *, opened: bool = False) -> None:
        self.thought = self.closed_alone = False
        self._waiting: list[str] | None = [] if opened else None
        self._closing: re.Pattern[str] | None = None
        self._held = ""
        self._strip = False
        self._before = ""

    def feed(self, text: str) -> Iterator[str | Retraction]:
        """What of `text`, and of what was held back before it, is answer for sure."""
        for piece in self._read(text):
            if self._waiting is None:
                yield piece
            elif isinstance(piece, Retraction):
                self._waiting = None  # nobody has seen it
            else:
                self._waiting.append(piece)

    def end(self) -> Iterator[str]:
        """What is left when the turn has ended. A thought without an end is dropped, unless it was never announced."""
        if self._waiting:
            yield "".join(self._waiting)
        rest = "" if self._closing is not None else self._held
        self.thought = self.thought or self._closing is not None
        self._held, self._closing, self._waiting = "", None, None
        yield from self._show(rest)

    def _read(self, text: str) -> Iterator[str | Retraction]:
        self._held += text
        while self._closing is not None or self._held:
            if self._closing is not None:
                if not self._leave(self._closing):
                    return
                continue
            found = _EITHER.search(self._held)
            if found is None:
                safe = len(self._held) - _begun(self._held)
                yield from self._show(self._held[:safe])
                self._held = self._held[safe:]
                return
            before, mark = self._held[: found.start()], found.group()
            quoted = (before or self._before)[-1:] == "`"
            if quoted:
                yield from self._show(self._held[: found.end()])
                self._held = self._held[found.end() :]
            elif _OPENING.fullmatch(mark):
                yield from self._show(before)
                self._closing, self._held = _anything([_MARKS[mark.lower()]]), self._held[found.end() :]
            else:
                self._held = self._held[found.end() :]
                self.thought = self.closed_alone = self._strip = True
                yield Retraction()

    def _leave(self, closing: re.Pattern[str]) -> bool:
        """Drop the thought up to its closing mark; False where that has not come yet."""
        found = closing.search(self._held)
        if found is None:
            self._held = self._held[-(_LONGEST - 1) :]
            return False
        self._held, self._closing = self._held[found.end() :], None
        self.thought = self._strip = True
        return True

    def _show(self, text: str) -> Iterator[str]:
        if self._strip:
            text = text.lstrip()
        if text:
            self._strip = False
            self._before = text
            yield text


def without_thoughts(text: str) -> tuple[str, bool]:
    """A finished text without its thoughts, and whether there were any."""
    thoughts = ThoughtFilter()
    return answer_of([*thoughts.feed(text), *thoughts.end()]), thoughts.thought


def answer_of(pieces: Iterable[str | Retraction]) -> str:
    """The pieces of an answer put together: what was retracted is left out."""
    answer: list[str] = []
    for piece in pieces:
        if isinstance(piece, Retraction):
            answer = []
        else:
            answer.append(piece)
    return "".join(answer)


def _anything(marks: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, marks)), re.IGNORECASE)


def _begun(text: str) -> int:
    """How many characters at the end may be the beginning of a mark."""
    tail = text[-(_LONGEST - 1) :].lower()
    starts = (at for at, character in enumerate(tail) if character in "<[◁")
    return next((len(tail) - at for at in starts if any(mark.startswith(tail[at:]) for mark in _ALL)), 0)


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
