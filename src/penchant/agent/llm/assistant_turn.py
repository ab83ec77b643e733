"""Reads one turn out of a server's message: text without thoughts, calls, and fields that go back to the server.

Servers differ: content is text, a list of parts or nothing; calls may lack ids or have objects for arguments; and some want back, with the
next request, fields that only they know. Everything here takes plain JSON values of any shape and raises `ModelError` only.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from penchant.agent.llm.model import ToolCall
from penchant.agent.llm.thoughts import ThoughtFilter, answer_of
from penchant.characters import whole_characters
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
    sent = fields.get("tool_calls")
    for call in sent if isinstance(sent, list) else []:
        function = call.get("function") if isinstance(call, Mapping) else None
        if isinstance(function, Mapping) and function.get("name"):
            name, arguments = whole_characters(str(function["name"])).strip(), arguments_text(function.get("arguments"))
            yield ToolCall(str(call.get("id") or "") or new_call_id(), name, arguments, call_extra(call))
    older = fields.get("function_call")
    if not sent and isinstance(older, Mapping) and older.get("name"):
        yield ToolCall(new_call_id(), str(older["name"]).strip(), arguments_text(older.get("arguments")))


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, list | Mapping) and not value)


def _count(value: Any) -> int:
    is_count = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST_TOKENS
    return int(value) if is_count else 0
