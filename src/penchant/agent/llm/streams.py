"""Streamed turns, the removal of thoughts from them, and the frames that carry them between processes.

A stream yields pieces of text, then calls, and returns the usage. Some models write their thoughts into the answer:
between marks, which may be split between pieces, or with a closing mark alone. Thoughts are neither shown nor parsed
as JSON nor stored with the turn.
"""

import json
import re
import struct
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Unpack

from pydantic import TypeAdapter

from penchant.agent.llm.model import Choice, Generation, LanguageModel, Message, ToolCall, TurnOptions
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelTruncated, ModelUnreachable
from penchant.prompts.prompt import Prompt
from penchant.store.receipt import Usage

_AROUND_ANSWERS = (
    "<answer>",
    "</answer>",
    "<|start_response|>",
    "<|end_response|>",
    "<|begin_of_box|>",
    "<|end_of_box|>",
)
"""Marks around the answer itself, which are removed and nothing else."""
_TAGS = (
    *(
        "think",
        "thinking",
        "thought",
        "thoughts",
        "reasoning",
        "seed:think",
        "mm:think",
        "longcat_think",
        "antthinking",
    ),
    *("scratchpad", "reflection", "inner_monologue"),
)
_MARKS = {
    **{f"<{name}>": f"</{name}>" for name in _TAGS},
    "[think]": "[/think]",
    "<|thinking|>": "<|/thinking|>",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "◁think▷": "◁/think▷",
    "<|channel|>analysis": "<|end|>",  # gpt-oss, on servers that send its channels as text
    "<|channel|>final": "<|message|>",
    "<|start|>": "assistant",
    "<|start_thinking|>": "<|end_thinking|>",  # Cohere
    "<unused94>": "<unused95>",  # MedGemma
    **dict.fromkeys(_AROUND_ANSWERS, ""),
}
_CLOSING_ALONE = tuple(closing for opening, closing in _MARKS.items() if "think" in opening or "reasoning" in opening)
_OPENING = re.compile("|".join(map(re.escape, _MARKS)), re.IGNORECASE)
_EITHER = re.compile("|".join(map(re.escape, (*_MARKS, *_CLOSING_ALONE))), re.IGNORECASE)
_ALL = tuple(mark.lower() for mark in (*_MARKS, *_CLOSING_ALONE))
_LONGEST = max(map(len, _ALL))


class Retraction:
    """In a stream: the text of this turn so far was thought and is not part of the answer."""


class ThoughtFilter:
    """Removes the thoughts from the text of one turn while it arrives.

    `opened`: the model may begin with a thought without an opening mark, so nothing is yielded before a closing mark
    or the end. `closed_unopened` and `thought` say afterwards whether there was a closing mark without an opening one,
    and whether there was any thought.
    """

    def __init__(self, *, opened: bool = False) -> None:
        self.thought = self.closed_unopened = False
        self._waiting: list[str] | None = [] if opened else None
        self._closing: re.Pattern[str] | None = None
        self._unread = ""
        self._strip = False
        self._before = ""

    def feed(self, text: str) -> Iterator[str | Retraction]:
        """Yield what is certainly part of the answer, of `text` and of earlier text that was held back."""
        for piece in self._read(text):
            if self._waiting is None:
                yield piece
            elif isinstance(piece, Retraction):
                self._waiting = None  # it was not yielded yet
            else:
                self._waiting.append(piece)

    def end(self) -> Iterator[str]:
        """Yield the rest at the end of the turn. A thought that was opened and not closed is dropped."""
        if self._waiting:
            yield "".join(self._waiting)
        rest = "" if self._closing is not None else self._unread
        self.thought = self.thought or self._closing is not None
        self._unread, self._closing, self._waiting = "", None, None
        yield from self._show(rest)

    def _read(self, text: str) -> Iterator[str | Retraction]:
        self._unread += text
        while self._closing is not None or self._unread:
            if self._closing is not None:
                if not self._skip_thought(self._closing):
                    return
                continue
            found = _EITHER.search(self._unread)
            if found is None:
                safe = len(self._unread) - _partial_mark_length(self._unread)
                yield from self._show(self._unread[:safe])
                self._unread = self._unread[safe:]
                return
            before, mark = self._unread[: found.start()], found.group()
            quoted = (before or self._before)[-1:] == "`"
            if quoted:
                yield from self._show(self._unread[: found.end()])
                self._unread = self._unread[found.end() :]
            elif _OPENING.fullmatch(mark):
                yield from self._show(before)
                self._closing, self._unread = _any_of([_MARKS[mark.lower()]]), self._unread[found.end() :]
            else:
                self._unread = self._unread[found.end() :]
                self.thought = self.closed_unopened = self._strip = True
                yield Retraction()

    def _skip_thought(self, closing: re.Pattern[str]) -> bool:
        """Drop the thought up to its closing mark; return False where the mark has not arrived yet."""
        found = closing.search(self._unread)
        if found is None:
            self._unread = self._unread[-(_LONGEST - 1) :]
            return False
        self._unread, self._closing = self._unread[found.end() :], None
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
    """Return a finished text without its thoughts, and whether there were any."""
    thoughts = ThoughtFilter()
    return answer_of([*thoughts.feed(text), *thoughts.end()]), thoughts.thought


def answer_of(pieces: Iterable[str | Retraction]) -> str:
    """Join the pieces of an answer, leaving out what was retracted."""
    answer: list[str] = []
    for piece in pieces:
        if isinstance(piece, Retraction):
            answer = []
        else:
            answer.append(piece)
    return "".join(answer)


def _any_of(marks: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, marks)), re.IGNORECASE)


def _partial_mark_length(text: str) -> int:
    """Return how many characters at the end may be the beginning of a mark."""
    tail = text[-(_LONGEST - 1) :].lower()
    starts = (at for at, character in enumerate(tail) if character in "<[◁")
    return next((len(tail) - at for at in starts if any(mark.startswith(tail[at:]) for mark in _ALL)), 0)


@dataclass(frozen=True)
class ServerFields:
    """Fields of a turn that belong to the server and are sent back with the turn unchanged."""

    fields: Mapping[str, Any]


TRUNCATION_MARK = " …"
"""What the reader is shown at the end of an answer that was cut off at the limit of tokens."""
Piece = str | ToolCall | ServerFields | Retraction
"""A part of a stream: some text, a whole call, fields to send back with the calls, or a retraction of the text so far.
"""
Stream = Generator[Piece, None, Usage]
"""A generator that yields pieces of a turn and returns the usage."""


def text_stream(model: LanguageModel, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Stream:
    """Yield pieces of the next assistant turn, and return the usage.

    A model that cannot stream yields its turn in one piece.
    """
    stream = getattr(model, "stream", None)
    if not options.get("tools"):
        options.pop("tools", None)
    if stream is not None:
        usage = yield from stream(messages, **options)
        return usage or Usage(calls=1)
    generation = model.chat(messages, **options)
    yield from pieces_of(generation)
    return generation.usage


def pieces_of(generation: Generation) -> Iterator[Piece]:
    """Yield a finished turn as if it had been streamed."""
    if generation.text:
        yield generation.text
    if generation.finish == "length" and not generation.tool_calls:
        yield TRUNCATION_MARK
    if generation.tool_calls and generation.extra:
        yield ServerFields(generation.extra)
    yield from generation.tool_calls


def next_piece(stream: Stream) -> Piece | Usage:
    """Return the next piece, or the usage once there are no more."""
    try:
        return next(stream)
    except StopIteration as end:
        usage: Usage = end.value
        return usage


def record_pieces(stream: Stream, pieces: list[Piece]) -> Stream:
    """Yield the pieces of `stream` and append each to `pieces`, which is complete also when the stream breaks off."""
    try:
        while not isinstance(piece := next_piece(stream), Usage):
            pieces.append(piece)
            yield piece
        return piece
    finally:
        stream.close()


def join_pieces(pieces: Sequence[Piece], usage: Usage) -> Generation:
    """Return the generation that the pieces amount to."""
    calls = tuple(piece for piece in pieces if isinstance(piece, ToolCall))
    return Generation(text_of(pieces), "tool_calls" if calls else "stop", usage, calls, extra_of(pieces))


def text_of(pieces: Sequence[Piece]) -> str:
    """Return the text of the pieces, without what was retracted."""
    return answer_of(piece for piece in pieces if isinstance(piece, str | Retraction))


def extra_of(pieces: Sequence[Piece]) -> dict[str, Any]:
    """Return the fields to send back with the turn."""
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
    """JSON frames over a pair of pipes. Several threads may send; one receives."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source, self._target = source, target
        self._sending = threading.Lock()

    def send(self, frame: Mapping[str, Any]) -> None:
        """Send a frame. Raises `OSError` or `ValueError` when the other side is gone."""
        body = json.dumps(frame).encode()
        with self._sending:
            self._target.write(_LENGTH.pack(len(body)) + body)
            self._target.flush()

    def receive(self) -> dict[str, Any] | None:
        """Return the next frame; None when there are no more."""
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
    """Return an exception as a frame, to be raised again on the other side."""
    kind = type(error).__name__
    if kind not in _ERRORS:
        return {"kind": "ModelError", "message": f"{kind}: {error}"}
    tokens, text = getattr(error, "tokens", None), getattr(error, "text", "")
    return {"kind": kind, "message": str(error), "tokens": tokens, "text": text}


def parse_error(frame: Mapping[str, Any]) -> ModelError:
    """Return the exception of an error frame."""
    error = _ERRORS.get(str(frame.get("kind")), ModelError)(str(frame.get("message")))
    tokens = frame.get("tokens")
    if isinstance(tokens, list) and len(tokens) == 2:
        error.tokens = (int(tokens[0]), int(tokens[1]))
    if isinstance(error, ModelTruncated | ModelInvalidReply):
        error.text = str(frame.get("text") or "")
    return error


def piece_frame(piece: Piece) -> dict[str, Any]:
    """Return a piece of a stream as a frame."""
    match piece:
        case str():
            return {"text": piece}
        case ToolCall():
            return {"tool_call": TOOL_CALL.dump_python(piece, mode="json")}
        case ServerFields():
            return {"fields": dict(piece.fields)}
        case _:
            return {"retraction": True}


def parse_piece(frame: Mapping[str, Any]) -> Piece:
    """Return the piece of a frame."""
    if "text" in frame:
        return str(frame["text"])
    if "tool_call" in frame:
        return TOOL_CALL.validate_python(frame["tool_call"])
    return ServerFields(frame["fields"]) if "fields" in frame else Retraction()
