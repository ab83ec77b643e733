"""Reads one turn out of what a server sends, whole or streamed: text without thoughts, calls, and fields that go back to it.

Servers differ: content is text, a list of parts or nothing; calls may lack ids or have objects for arguments; and some want back, with the
next request, fields that only they know. Everything here takes plain JSON values of any shape and raises `ModelError` only.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from penchant.agent.llm.model import ToolCall
from penchant.agent.llm.streams import Piece, ServerFields, ThoughtFilter, answer_of
from penchant.characters import whole_characters, without_last_half
from penchant.errors import ModelInvalidReply, ModelRefused, ModelTruncated
from penchant.store.receipt import Usage

_MOST_TOKENS = 10**9
_DEPTH = 4
_THOUGHT_PARTS = ("thinking", "reasoning", "redacted_thinking", "thought", "analysis")
#: Fields of a message that are read here, or that no server wants back.
_KNOWN = frozenset(
    {"role", "content", "tool_calls", "function_call", "refusal", "annotations", "audio", "name", "parsed"}
)
_KNOWN_OF_CALL = frozenset({"id", "type", "index", "function"})


@dataclass(frozen=True)
class AssistantTurn:
    """`extra`: fields that go back as they came. `refusal`: why the model declined, where it did. `closed_alone`: see `ThoughtFilter`."""

    text: str
    calls: tuple[ToolCall, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    refusal: str = ""
    closed_alone: bool = False


def turn_in(message: Any) -> AssistantTurn:
    """A finished turn, from the `message` of a choice."""
    fields: Mapping[str, Any] = message if isinstance(message, Mapping) else {}
    written, thoughts = whole_characters(text_in(fields.get("content"))), ThoughtFilter()
    text = answer_of([*thoughts.feed(written), *thoughts.end()])
    return AssistantTurn(
        text=text,
        calls=tuple(_calls_in(fields)),
        extra=extra_of(fields),
        refusal=refusal_in(fields),
        closed_alone=thoughts.closed_alone,
    )


def text_in(content: Any, depth: int = _DEPTH) -> str:
    """The text of a content in any form; thoughts in parts of their own are left out."""
    if isinstance(content, str):
        return content
    if isinstance(content, list) and depth:
        return "".join(text_in(part, depth - 1) for part in content)
    if not isinstance(content, Mapping) or not depth or content.get("thought") is True:
        return ""
    if str(content.get("type", "text")).lower() in _THOUGHT_PARTS:
        return ""
    inner = next((content[name] for name in ("text", "value", "content", "parts") if name in content), None)
    return text_in(inner, depth - 1)


def refusal_in(fields: Mapping[str, Any]) -> str:
    """Why the model declined: by a field of its own, or by a part of the content."""
    refusal = fields.get("refusal")
    if not refusal and isinstance(content := fields.get("content"), list):
        refusal = next(
            (part.get("refusal") for part in content if isinstance(part, Mapping) and part.get("refusal")), ""
        )
    return whole_characters(str(refusal or ""))


def extra_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that belong to the server: what is not known here and not empty; content in parts, for its thoughts are in it."""
    extra = {name: value for name, value in fields.items() if name not in _KNOWN and not _is_empty(value)}
    return extra | ({"content": fields["content"]} if isinstance(fields.get("content"), list | Mapping) else {})


def call_extra(call: Mapping[str, Any]) -> dict[str, Any]:
    """The same of one call; what stands within its function stands there again."""
    extra = {name: value for name, value in call.items() if name not in _KNOWN_OF_CALL and not _is_empty(value)}
    function = call.get("function")
    inner = function if isinstance(function, Mapping) else {}
    within = {
        name: value for name, value in inner.items() if name not in ("name", "arguments") and not _is_empty(value)
    }
    return extra | ({"function": within} if within else {})


def new_call_id() -> str:
    """Nine letters and digits: what every server takes."""
    return uuid4().hex[:9]


def arguments_text(arguments: Any) -> str:
    """Arguments as JSON text; some servers send the object itself."""
    if isinstance(arguments, str):
        return whole_characters(arguments) or "{}"
    return whole_characters(json.dumps(arguments, ensure_ascii=False, default=str)) if arguments else "{}"


def usage_in(usage: Any) -> Usage:
    """One call, with what its server says it cost; what is no plausible number is 0."""
    counts = usage if isinstance(usage, Mapping) else {}
    return Usage(
        calls=1,
        prompt_tokens=_count(counts.get("prompt_tokens")),
        completion_tokens=_count(counts.get("completion_tokens")),
    )


def _calls_in(fields: Mapping[str, Any]) -> Iterator[ToolCall]:
    """Servers leave ids and arguments out, and some know other kinds of tools."""
    sent, known = fields.get("tool_calls"), set[str]()
    for call in sent if isinstance(sent, list) else []:
        function = call.get("function") if isinstance(call, Mapping) else None
        if isinstance(function, Mapping) and function.get("name"):
            name, arguments = whole_characters(str(function["name"])).strip(), arguments_text(function.get("arguments"))
            yield ToolCall(_own_id(str(call.get("id") or ""), known), name, arguments, call_extra(call))
    older = fields.get("function_call")
    if not sent and isinstance(older, Mapping) and older.get("name"):
        yield ToolCall(new_call_id(), str(older["name"]).strip(), arguments_text(older.get("arguments")))


def _own_id(sent: str, known: set[str]) -> str:
    """The id as it was sent, where no other of the `known` calls of the turn has it: results are told apart by ids."""
    own = sent if sent and sent not in known else new_call_id()
    known.add(own)
    return own


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, list | Mapping) and not value)


def _count(value: Any) -> int:
    is_count = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST_TOKENS
    return int(value) if is_count else 0


_MOST_CALLS = 64
#: Fields that name a thing rather than add to it: sent again with every delta, they stay what they are.
_NAMES = frozenset({"id", "type", "index", "format", "role", "signature", "thought_signature"})


@dataclass
class _Call:
    id: str = ""
    name: str = ""
    arguments: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether its arguments are an object already, so that more of them would be another call's."""
        try:
            return isinstance(json.loads(self.arguments), dict)
        except (ValueError, RecursionError):
            return False


def finish_in(choice: Mapping[str, Any]) -> str:
    """Why a turn ended, in OpenAI's words whatever the server calls it (`MAX_TOKENS`); empty where it does not say."""
    reason = str(choice.get("finish_reason") or "").casefold()
    return _FINISHES.get(reason, reason)


_FINISHES = {
    **dict.fromkeys(("max_tokens", "max_output_tokens", "model_length"), "length"),
    **dict.fromkeys(("safety", "content-filter", "prohibited_content", "blocklist", "refusal"), "content_filter"),
}


class Deltas:
    """What has arrived of one turn.

    `usage`: what the server says it cost, once it has said so; `shown`: whether any answer came; `finish`: how it ended, as far as that
    was said. More than `most_characters`, thoughts and arguments included, are not taken: `ModelInvalidReply`.
    """

    def __init__(self, most_characters: int, *, opens_silently: bool = False) -> None:
        self.usage = Usage(calls=1)
        self.shown = False
        self.finish = ""
        self.thoughts = ThoughtFilter(opened=opens_silently)
        self._declined = ""
        self._extra: dict[str, Any] = {}
        self._calls: list[tuple[Any, _Call]] = []
        self._room = most_characters
        self._half = ""

    def pieces_of(self, chunk: Mapping[str, Any]) -> Iterator[Piece]:
        """The text in one chunk; whatever else is in it is kept. Raises `ModelInvalidReply`."""
        if chunk.get("usage"):
            self.usage = usage_in(chunk["usage"])
        choices = chunk.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], Mapping) else {}
        self.finish = finish_in(choice) or self.finish
        delta = choice.get("delta") or choice.get("message")  # some servers say no more than how it ended
        if not isinstance(delta, Mapping):
            return
        self._take(delta)
        self._declined += refusal_in(delta)
        _merge(self._extra, {name: value for name, value in extra_of(delta).items() if name != "content"})
        parts, older = delta.get("tool_calls"), delta.get("function_call")
        if not parts and isinstance(older, Mapping):
            parts = [{"index": 0, "function": older}]
        for part in parts if isinstance(parts, list) else []:
            if isinstance(part, Mapping):
                self._add(part)
        text, self._half = without_last_half(self._half + text_in(delta.get("content")))
        for piece in self.thoughts.feed(whole_characters(text)):
            self.shown = self.shown or (isinstance(piece, str) and not piece.isspace())
            yield piece

    def rest(self) -> Iterator[Piece]:
        """What was held back, then fields to send back and the calls, now that the turn has ended.

        Raises `ModelRefused`, and `ModelTruncated` or `ModelInvalidReply` where nothing came at all.
        """
        spent = (self.usage.prompt_tokens, self.usage.completion_tokens)
        if self._declined or self.finish == "content_filter":
            raise ModelRefused(f"the model declined: {self._declined or 'stopped by its content filter'}", tokens=spent)
        for piece in (*self.thoughts.feed(whole_characters(self._half)), *self.thoughts.end()):
            self.shown = self.shown or (isinstance(piece, str) and not piece.isspace())
            yield piece
        calls = [call for _, call in self._calls if call.name]
        if not self.shown and not calls and self.finish == "length":
            raise ModelTruncated("the model's thoughts took all the tokens it was given", tokens=spent)
        if not self.shown and not calls:
            raise ModelInvalidReply("the model sent an empty reply", tokens=spent)
        if calls and self._extra:
            yield ServerFields(self._extra)
        known = set[str]()
        for call in calls:
            yield ToolCall(_own_id(call.id, known), call.name, call.arguments or "{}", call.extra)

    def _add(self, part: Mapping[str, Any]) -> None:
        """Ids come whole, once or with every part, and names mostly; arguments come in parts, or as an object at once.

        Servers that number every call 0, or none, tell calls apart by their ids or by beginning with a name again.
        """
        function = part.get("function")
        inner = function if isinstance(function, Mapping) else {}
        number, name, sent_id = (
            part.get("index"),
            whole_characters(str(inner.get("name") or "")).strip(),
            str(part.get("id") or ""),
        )
        arguments = arguments_text(inner["arguments"]) if inner.get("arguments") else ""
        call = self._call_for(number, sent_id, name, bool(arguments))
        if _goes_on(call, number, sent_id, name):
            call.name += name
        call.id = call.id or sent_id
        call.name = call.name or name
        call.arguments += arguments
        _merge(call.extra, call_extra(part))

    def _call_for(self, number: Any, sent_id: str, name: str, has_arguments: bool) -> _Call:
        """The call that a part goes on with, or a new one."""
        alike = [call for known, call in self._calls if number is None or known == number]
        same = [call for call in alike if sent_id and call.id == sent_id] or alike
        if same:
            last = same[-1]
            is_another = bool(sent_id and last.id and sent_id != last.id)
            begins_again = (
                bool(name and last.name)
                and (name != last.name or (has_arguments and last.is_whole))
                and not _goes_on(last, number, sent_id, name)
            )
            if not is_another and not begins_again:
                return last
        if len(self._calls) >= _MOST_CALLS:
            raise ModelInvalidReply(f"the model makes more than {_MOST_CALLS} calls in one turn")
        self._calls.append((number, _Call()))
        return self._calls[-1][1]

    def _take(self, delta: Mapping[str, Any]) -> None:
        """Bound the whole of a turn: limits asked for are not kept by every server."""
        self._room -= len(str(delta))
        if self._room < 0:
            spent = (self.usage.prompt_tokens, self.usage.completion_tokens)
            raise ModelInvalidReply("the model server goes on beyond any limit it was given", tokens=spent)


def _goes_on(call: _Call, number: Any, sent_id: str, name: str) -> bool:
    """Whether this is more of the call's name: a numbered call that had an id with its first piece, and no arguments so far."""
    is_numbered = number is not None and bool(call.id) and not sent_id
    return is_numbered and bool(name and call.name) and name != call.name and not call.arguments


def _merge(whole: dict[str, Any], part: Mapping[str, Any]) -> None:
    """Add the fields of a delta to those before it: text goes on, lists go on (entry by `index` where it has one), objects are merged."""
    for name, value in part.items():
        before = whole.get(name)
        if isinstance(before, str) and isinstance(value, str) and name not in _NAMES:
            whole[name] = before + value
        elif isinstance(before, dict) and isinstance(value, Mapping):
            _merge(before, value)
        elif isinstance(before, list) and isinstance(value, list):
            _extend(before, value)
        else:
            whole[name] = json.loads(json.dumps(value)) if isinstance(value, list | Mapping) else value


def _extend(before: list[Any], more: list[Any]) -> None:
    for entry in more:
        same = [
            known
            for known in before
            if isinstance(known, dict)
            and isinstance(entry, Mapping)
            and "index" in entry
            and (known.get("index"), known.get("type")) == (entry["index"], entry.get("type"))
        ]
        if same:
            _merge(same[-1], entry)
        else:
            before.append(json.loads(json.dumps(entry)))


def likeliest_in(choice: Mapping[str, Any]) -> set[tuple[str, float]]:
    """The (token, log-probability) pairs of the first token, as far as they are such pairs."""
    logprobs = choice.get("logprobs")
    content = logprobs.get("content") if isinstance(logprobs, Mapping) else None
    first = content[0] if isinstance(content, list) and content and isinstance(content[0], Mapping) else {}
    alternatives = first.get("top_logprobs")
    entries = [first, *(alternatives if isinstance(alternatives, list) else [])]
    return {
        (entry["token"], float(entry["logprob"]))
        for entry in entries
        if isinstance(entry, Mapping)
        and isinstance(entry.get("token"), str)
        and isinstance(entry.get("logprob"), int | float)
        and entry["logprob"] <= 0.01
    }
