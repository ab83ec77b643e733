"""Parses an assistant turn from what a server sends, whole or streamed: text, tool calls and server fields.

Thoughts are removed from the text. Servers differ: content can be text, a list of parts or missing; calls may lack
ids or have objects as arguments; and some servers expect fields that only they understand to be sent back with the
next request. The functions here take plain JSON values of any shape and raise nothing but `ModelError`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from penchant.agent.llm.model import ToolCall
from penchant.agent.llm.streams import TRUNCATION_MARK, Piece, Retraction, ServerFields, ThoughtFilter, answer_of
from penchant.characters import split_high_surrogate, whole_characters
from penchant.errors import ModelInvalidReply, ModelRefused, ModelTruncated
from penchant.store.receipt import Usage

_MOST_TOKENS = 10**9
_DEPTH = 4
_THOUGHT_PARTS = ("thinking", "reasoning", "redacted_thinking", "thought", "analysis")
#: Fields of a message that are parsed here or that no server expects back.
_KNOWN = frozenset(
    {"role", "content", "tool_calls", "function_call", "refusal", "annotations", "audio", "name", "parsed"}
)
_KNOWN_OF_CALL = frozenset({"id", "type", "index", "function"})


@dataclass(frozen=True)
class AssistantTurn:
    """One parsed turn of a model.

    `extra`: fields that are sent back unchanged. `refusal`: why the model declined, or empty. `closed_unopened`: see
    `ThoughtFilter`.
    """

    text: str
    calls: tuple[ToolCall, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    refusal: str = ""
    closed_unopened: bool = False


def parse_turn(message: Any) -> AssistantTurn:
    """Parse a finished turn from the `message` of a choice."""
    fields: Mapping[str, Any] = message if isinstance(message, Mapping) else {}
    written, thoughts = whole_characters(content_text(fields.get("content"))), ThoughtFilter()
    text = answer_of([*thoughts.feed(written), *thoughts.end()])
    return AssistantTurn(
        text=text,
        calls=tuple(_parse_calls(fields)),
        extra=server_fields(fields),
        refusal=refusal_text(fields),
        closed_unopened=thoughts.closed_unopened,
    )


def content_text(content: Any, depth: int = _DEPTH) -> str:
    """Return the text of a content in any form, without parts that are thoughts."""
    if isinstance(content, str):
        return content
    if isinstance(content, list) and depth:
        return "".join(content_text(part, depth - 1) for part in content)
    if not isinstance(content, Mapping) or not depth or content.get("thought") is True:
        return ""
    if str(content.get("type", "text")).lower() in _THOUGHT_PARTS:
        return ""
    inner = next((content[name] for name in ("text", "value", "content", "parts") if name in content), None)
    return content_text(inner, depth - 1)


def refusal_text(fields: Mapping[str, Any]) -> str:
    """Return why the model declined, from a field of its own or from a part of the content; empty where it did not."""
    refusal = fields.get("refusal")
    if not refusal and isinstance(content := fields.get("content"), list):
        refusal = next(
            (part.get("refusal") for part in content if isinstance(part, Mapping) and part.get("refusal")), ""
        )
    return whole_characters(str(refusal or ""))


def server_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that belong to the server: those not known here and not empty, and content that comes in parts.

    Content in parts is sent back because it can include the model's thoughts.
    """
    extra = {name: value for name, value in fields.items() if name not in _KNOWN and not _is_empty(value)}
    return extra | ({"content": fields["content"]} if isinstance(fields.get("content"), list | Mapping) else {})


def call_server_fields(call: Mapping[str, Any]) -> dict[str, Any]:
    """Return the server's own fields of one call; fields inside its `function` are returned inside `function`."""
    extra = {name: value for name, value in call.items() if name not in _KNOWN_OF_CALL and not _is_empty(value)}
    function = call.get("function")
    inner = function if isinstance(function, Mapping) else {}
    within = {
        name: value for name, value in inner.items() if name not in ("name", "arguments") and not _is_empty(value)
    }
    return extra | ({"function": within} if within else {})


def new_call_id() -> str:
    """Return a random id of nine letters and digits, a form that every server accepts."""
    return uuid4().hex[:9]


def arguments_text(arguments: Any) -> str:
    """Return the arguments of a call as JSON text; some servers send the object itself."""
    if isinstance(arguments, str):
        return whole_characters(arguments) or "{}"
    return whole_characters(json.dumps(arguments, ensure_ascii=False, default=str)) if arguments else "{}"


def parse_usage(usage: Any) -> Usage:
    """Return the usage of one call as reported by the server; a count that is not plausible is 0."""
    counts = usage if isinstance(usage, Mapping) else {}
    return Usage(
        calls=1,
        prompt_tokens=_count(counts.get("prompt_tokens")),
        completion_tokens=_count(counts.get("completion_tokens")),
    )


def _parse_calls(fields: Mapping[str, Any]) -> Iterator[ToolCall]:
    """Yield the calls of a message. Ids and arguments may be missing; tools of other kinds than functions are skipped."""
    sent, known = fields.get("tool_calls"), set[str]()
    for call in sent if isinstance(sent, list) else []:
        function = call.get("function") if isinstance(call, Mapping) else None
        if isinstance(function, Mapping) and function.get("name"):
            name, arguments = whole_characters(str(function["name"])).strip(), arguments_text(function.get("arguments"))
            yield ToolCall(_unique_id(str(call.get("id") or ""), known), name, arguments, call_server_fields(call))
    older = fields.get("function_call")
    if not sent and isinstance(older, Mapping) and older.get("name"):
        yield ToolCall(new_call_id(), str(older["name"]).strip(), arguments_text(older.get("arguments")))


def _unique_id(sent: str, known: set[str]) -> str:
    """Return the id that was sent, or a new one where it is empty or already in `known`, and add it to `known`.

    Results are assigned to calls by id, so ids must be unique within a turn.
    """
    own = sent if sent and sent not in known else new_call_id()
    known.add(own)
    return own


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, list | Mapping) and not value)


def _count(value: Any) -> int:
    is_count = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST_TOKENS
    return int(value) if is_count else 0


_MOST_CALLS = 64
#: Fields that identify something: when they are repeated in a delta, they replace the value and are not appended.
_NAMES = frozenset({"id", "type", "index", "format", "role", "signature", "thought_signature"})


@dataclass
class _PartialCall:
    id: str = ""
    name: str = ""
    arguments: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether the arguments are a complete object already, so that further arguments belong to another call."""
        try:
            return isinstance(json.loads(self.arguments), dict)
        except (ValueError, RecursionError):
            return False


def first_choice(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the choice of a completion or a chunk. A choice in the older form, with a text and no message, gets a message."""
    sent = body.get("choices")
    first = sent[0] if isinstance(sent, list) and sent and isinstance(sent[0], Mapping) else {}
    is_text = isinstance(first.get("text"), str) and not first.get("message") and not first.get("delta")
    return {**first, "message": {"content": first["text"]}, "delta": {"content": first["text"]}} if is_text else first


def finish_reason(choice: Mapping[str, Any]) -> str:
    """Return why a turn ended, in OpenAI's terms (`length` for `MAX_TOKENS` …); empty where the server does not say."""
    reason = str(choice.get("finish_reason") or "").casefold()
    return _FINISHES.get(reason, reason)


_FINISHES = {
    **dict.fromkeys(("max_tokens", "max_output_tokens", "model_length"), "length"),
    **dict.fromkeys(("safety", "content-filter", "prohibited_content", "blocklist", "refusal"), "content_filter"),
}


class StreamedTurn:
    """What has arrived of one streamed turn.

    `usage`: the cost, once the server has reported it; `shown`: whether any text of the answer came; `finish`: how
    the turn ended, if known. `ModelInvalidReply` is raised when more than `most_characters` arrive, thoughts and
    arguments included.
    """

    def __init__(self, most_characters: int, *, opens_silently: bool = False) -> None:
        self.usage = Usage(calls=1)
        self.shown = False
        self.finish = ""
        self.thoughts = ThoughtFilter(opened=opens_silently)
        self._declined = ""
        self._extra: dict[str, Any] = {}
        self._calls: list[tuple[Any, _PartialCall]] = []
        self._room = most_characters
        self._half = ""
        self._has_begun = False

    def pieces_of(self, chunk: Mapping[str, Any]) -> Iterator[str | Retraction]:
        """Yield the text in one chunk and store everything else in it. Raises `ModelInvalidReply`."""
        if chunk.get("usage"):
            self.usage = parse_usage(chunk["usage"])
        choice = first_choice(chunk)
        self.finish = finish_reason(choice) or self.finish
        # The last chunk of some servers has only the finish reason, or all that came before once more.
        delta = choice.get("delta") or (None if self._has_begun else choice.get("message"))
        if not isinstance(delta, Mapping):
            return
        self._has_begun = self._has_begun or bool(choice.get("delta"))
        self._count_size(delta)
        self._declined += refusal_text(delta)
        _merge(self._extra, {name: value for name, value in server_fields(delta).items() if name != "content"})
        parts, older = delta.get("tool_calls"), delta.get("function_call")
        if not parts and isinstance(older, Mapping):
            parts = [{"index": 0, "function": older}]
        for part in parts if isinstance(parts, list) else []:
            if isinstance(part, Mapping):
                self._add(part)
        text, self._half = split_high_surrogate(self._half + content_text(delta.get("content")))
        for piece in self.thoughts.feed(whole_characters(text)):
            self.shown = self.shown or (isinstance(piece, str) and not piece.isspace())
            yield piece

    def rest(self) -> Iterator[Piece]:
        """Yield, at the end of the turn, the remaining text, then the fields to send back and the calls.

        Raises `ModelRefused`, and `ModelTruncated` or `ModelInvalidReply` where nothing came at all.
        """
        spent = (self.usage.prompt_tokens, self.usage.completion_tokens)
        if self._declined or self.finish == "content_filter":
            raise ModelRefused(f"the model declined: {self._declined or 'stopped by its content filter'}", tokens=spent)
        yield from self.unfinished()
        calls = [call for _, call in self._calls if call.name]
        if not self.shown and not calls and self.finish == "length":
            raise ModelTruncated("the model's thoughts took all the tokens it was given", tokens=spent)
        if not self.shown and not calls:
            raise ModelInvalidReply("the model sent an empty reply", tokens=spent)
        if self.finish == "length" and not calls:
            yield TRUNCATION_MARK
        if calls and self._extra:
            yield ServerFields(self._extra)
        known = set[str]()
        for call in calls:
            yield ToolCall(_unique_id(call.id, known), call.name, call.arguments or "{}", call.extra)

    def unfinished(self) -> Iterator[str | Retraction]:
        """Yield the text that was held back, at the end of the turn."""
        for piece in (*self.thoughts.feed(whole_characters(self._half)), *self.thoughts.end()):
            self.shown = self.shown or (isinstance(piece, str) and not piece.isspace())
            yield piece

    def as_completion(self, text: str) -> dict[str, Any]:
        """Return the whole turn, whose text is `text`, as a completion that was not streamed."""
        calls = [
            {"id": call.id, "function": {"name": call.name, "arguments": call.arguments}} | call.extra
            for _, call in self._calls
            if call.name
        ]
        message = {**self._extra, "content": text, "refusal": self._declined, "tool_calls": calls}
        counts = {"prompt_tokens": self.usage.prompt_tokens, "completion_tokens": self.usage.completion_tokens}
        return {"choices": [{"message": message, "finish_reason": self.finish}], "usage": counts}

    def _add(self, part: Mapping[str, Any]) -> None:
        """Add a part of a call.

        Ids come whole, once or with every part, and so do most names; arguments come in parts or at once.

        Servers that give every call the number 0, or none, separate calls by their ids or by sending a name again.
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
        if _continues_name(call, number, sent_id, name):
            call.name += name
        call.id = call.id or sent_id
        call.name = call.name or name
        if _begins_anew(call.arguments, arguments):
            call.arguments = ""
        call.arguments += arguments
        _merge(call.extra, call_server_fields(part))

    def _call_for(self, number: Any, sent_id: str, name: str, has_arguments: bool) -> _PartialCall:
        """Return the call that a part continues, or a new one."""
        alike = [call for known, call in self._calls if number is None or known == number]
        same = [call for call in alike if sent_id and call.id == sent_id] or alike
        if same:
            last = same[-1]
            is_another = bool(sent_id and last.id and sent_id != last.id)
            begins_again = (
                bool(name and last.name)
                and (name != last.name or (has_arguments and last.is_whole))
                and not _continues_name(last, number, sent_id, name)
            )
            if not is_another and not begins_again:
                return last
        if len(self._calls) >= _MOST_CALLS:
            raise ModelInvalidReply(f"the model makes more than {_MOST_CALLS} calls in one turn")
        self._calls.append((number, _PartialCall()))
        return self._calls[-1][1]

    def _count_size(self, delta: Mapping[str, Any]) -> None:
        """Count a delta against the limit of the whole turn, since not every server respects the limits in the request."""
        self._room -= len(str(delta))
        if self._room < 0:
            spent = (self.usage.prompt_tokens, self.usage.completion_tokens)
            raise ModelInvalidReply("the model server goes on beyond any limit it was given", tokens=spent)


def _begins_anew(before: str, arguments: str) -> bool:
    """Return whether arguments replace those before them: an empty object, or the beginning of what is sent whole."""
    is_placeholder = before.strip() == "{}" and bool(arguments.strip())
    return is_placeholder or (before.startswith("{") and arguments.startswith(before))


def _continues_name(call: _PartialCall, number: Any, sent_id: str, name: str) -> bool:
    """Return whether `name` continues the call's name.

    It does if the call has a number, only its first part had an id, and no arguments have arrived so far.
    """
    is_numbered = number is not None and bool(call.id) and not sent_id
    return is_numbered and bool(name and call.name) and name != call.name and not call.arguments


def _merge(whole: dict[str, Any], part: Mapping[str, Any]) -> None:
    """Merge the fields of a delta into those before it.

    Texts are concatenated, lists extended (an entry with a known `index` is merged into the earlier one), and objects
    merged.
    """
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


def first_token_alternatives(choice: Mapping[str, Any]) -> set[tuple[str, float]]:
    """Return the (token, log-probability) pairs reported for the first token; malformed entries are skipped."""
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
