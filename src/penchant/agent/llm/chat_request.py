"""Writes a conversation as a chat-completions request in a server's dialect, or as text by a model's template."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from penchant.agent.llm.abilities import Abilities
from penchant.agent.llm.model import Message, Structured, ToolCall
from penchant.agent.llm.written_calls import arguments_as_json
from penchant.characters import whole_characters

#: The template for GGUF files that have none; most small instruct models were trained on it.
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_CONTROL = re.compile(r"<(?=[|｜])|<(?=/?(?:s|tool_call|tool_response|start_of_turn|end_of_turn)>)|\[(?=/?INST\])")
_TAGGED = re.compile(r"<tool_call>\s*(.*?)\s*(?:</tool_call>|\Z)", re.DOTALL)
_FENCED = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)


class ChatTemplate:
    """The chat template of one model."""

    def __init__(self, template: str | None, eos: str, bos: str) -> None:
        self._format = Jinja2ChatFormatter(template or CHATML, eos_token=eos, bos_token=bos)

    def render(self, messages: Sequence[Message], tools: Sequence[dict[str, Any]] = ()) -> str:
        """Return the text up to the point where the assistant begins.

        Control marks of the template inside messages are broken up, so that a message cannot imitate a turn.
        """
        wired = [_template_turn(message) for message in messages if message.content or message.tool_calls]
        try:
            return self._rendered(wired, tools)
        except (TemplateError, ValueError):  # some templates do not support a system turn
            return self._rendered(_without_system_role(wired), tools)

    def _rendered(self, messages: list[dict[str, Any]], tools: Sequence[dict[str, Any]]) -> str:
        rendered = self._format(messages=messages, tools=list(tools) or None, enable_thinking=False)  # type: ignore[arg-type]
        return str(rendered.prompt)


def parse_calls(text: str, tools: Sequence[dict[str, Any]]) -> tuple[str, tuple[ToolCall, ...]]:
    """Return the text without calls, and the calls: tagged, fenced or bare JSON that names one of the `tools`."""
    names = {tool["function"]["name"] for tool in tools}
    pieces = _TAGGED.findall(text) or _FENCED.findall(text) or [text.strip()]
    calls = [call for piece in pieces for call in _calls(piece, names)]
    if not calls:
        return text, ()
    left = _FENCED.sub("", _TAGGED.sub("", text)).strip()
    numbered = tuple(ToolCall(f"call_{number}", name, arguments) for number, (name, arguments) in enumerate(calls))
    return ("" if left.startswith(("{", "[")) else left), numbered


def _calls(piece: str, names: set[str]) -> list[tuple[str, str]]:
    found = next(filter(None, map(_read, _without_doubled_braces(piece))), None)
    entries = found if isinstance(found, list) else [found]
    return [
        (entry["name"], _arguments(entry))
        for entry in entries
        if isinstance(entry, dict) and entry.get("name") in names
    ]


def _without_doubled_braces(piece: str) -> tuple[str, ...]:
    """Return the readings of a text without doubled braces.

    Templates of the Qwen 2.5 family show calls in doubled braces by mistake, and their models write them so, or
    double only one side.
    """
    return (piece[1:-1], piece[1:]) if piece.startswith("{{") else (piece,)


def _read(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return None


def _arguments(entry: dict[str, Any]) -> str:
    given = entry.get("arguments", entry.get("parameters", {}))
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)


def _template_turn(message: Message) -> dict[str, Any]:
    wired: dict[str, Any] = {
        "role": message.role,
        "content": _CONTROL.sub(lambda mark: mark.group() + " ", message.content),
    }
    if message.tool_calls:
        wired["tool_calls"] = [
            {"type": "function", "function": {"name": call.name, "arguments": _parsed_arguments(call.arguments)}}
            for call in message.tool_calls
        ]
    return wired


def _parsed_arguments(arguments: str) -> Any:
    """Return the arguments as an object where possible, since templates write them as JSON themselves."""
    try:
        return json.loads(arguments)
    except ValueError:
        return arguments


def _without_system_role(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Move the system turns to the beginning of the user's first turn."""
    instructions = [message["content"] for message in messages if message["role"] == "system"]
    rest = [message for message in messages if message["role"] != "system"]
    if not rest:
        return [{"role": "user", "content": "\n\n".join(instructions)}]
    return [rest[0] | {"content": "\n\n".join([*instructions, rest[0]["content"]])}, *rest[1:]]


def schema_was_ignored(schema: dict[str, Any], text: str) -> bool:
    """Return whether a complete reply shows that the server did not enforce the schema."""
    try:
        reply = json.loads(text)
    except (ValueError, RecursionError):
        return True
    return not isinstance(reply, dict) or not set(schema.get("required", ())) <= reply.keys()


def response_format(structured: Structured, schema: dict[str, Any]) -> dict[str, Any] | None:
    """Return the request's `response_format` for a kind of structured output, or None where it has none."""
    match structured:
        case "schema":
            named = {"name": "reply", "strict": True, "schema": strict(schema)}
            return {"type": "json_schema", "json_schema": named}
        case "grammar":  # the dialect of llama.cpp and servers built on it
            return {"type": "json_object", "schema": schema}
        case "json_mode":
            return {"type": "json_object"}
        case _:
            return None


def strict(schema: Any) -> Any:
    """Return the schema as strict servers require it: every field required, no further fields, no defaults."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    strict_schema = {key: strict(value) for key, value in schema.items() if key != "default"}
    if isinstance(schema.get("properties"), dict):
        strict_schema["properties"] = {name: strict(part) for name, part in schema["properties"].items()}
        strict_schema |= {"required": list(schema["properties"]), "additionalProperties": False}
    return strict_schema


_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 9


def wire_messages(messages: Sequence[Message], abilities: Abilities) -> list[dict[str, Any]]:
    """Return the messages in the form of the request."""
    turns = messages if abilities.system else _without_system(messages)
    return [_wire_message(message, abilities) for message in turns]


def _wire_message(message: Message, abilities: Abilities) -> dict[str, Any]:
    wired: dict[str, Any] = {"role": message.role, "content": whole_characters(message.content)}
    if message.tool_calls:
        wired["tool_calls"] = [_wire_call(call, abilities) for call in message.tool_calls]
    if message.tool_call_id:
        wired["tool_call_id"] = _call_id(message.tool_call_id, abilities)
    if message.role == "assistant" and message.extra and abilities.extra:
        wired |= message.extra
    return wired


def _wire_call(call: ToolCall, abilities: Abilities) -> dict[str, Any]:
    function: dict[str, Any] = {"name": call.name, "arguments": arguments_as_json(call.arguments)}
    wired: dict[str, Any] = {"id": _call_id(call.id, abilities), "type": "function", "function": function}
    if not abilities.extra:
        return wired
    within = call.extra.get("function")
    if isinstance(within, Mapping):
        wired["function"] = function | dict(within)
    return wired | {name: value for name, value in call.extra.items() if name != "function"}


def _call_id(sent: str, abilities: Abilities) -> str:
    """Return the id unchanged, or nine letters and digits derived from it where the server accepts no other form."""
    if not abilities.short_call_ids or (len(sent) == _ID_LENGTH and sent.isascii() and sent.isalnum()):
        return sent
    number = int.from_bytes(hashlib.blake2b(sent.encode(), digest_size=8).digest(), "big")
    return "".join(_ALPHABET[number // 36**place % 36] for place in range(_ID_LENGTH))


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """Move the instructions to the beginning of the user's first turn."""
    instructions = [message.content for message in messages if message.role == "system"]
    rest = [message for message in messages if message.role != "system"]
    if not instructions:
        return rest
    if rest and rest[0].role == "user":
        return [Message("user", "\n\n".join([*instructions, rest[0].content])), *rest[1:]]
    return [Message("user", "\n\n".join(instructions)), *rest]


def stream_fields(abilities: Abilities) -> dict[str, Any]:
    """Return the request fields that ask for a stream, as far as the server supports them."""
    if not abilities.streams:
        return {}
    return {"stream": True} | ({"stream_options": {"include_usage": True}} if abilities.usage_in_stream else {})


def whole_fields(abilities: Abilities) -> dict[str, Any]:
    """Return the further request fields of a reply that is read as a whole: of a stream where nothing else is sent."""
    return stream_fields(abilities) if abilities.only_streams else {}


def within_limit(body: dict[str, Any], abilities: Abilities) -> dict[str, Any]:
    """Return a request that asks for no longer reply than the server gives."""
    asked = body[abilities.limit_field]
    return body | {abilities.limit_field: min(asked, abilities.most_tokens or asked)}
