"""A conversation as the one text that a local model continues, and tool calls read back out of what it wrote."""

import json
import re
from collections.abc import Sequence
from typing import Any

from jinja2 import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from penchant.agent.llm.model import Message, ToolCall

#: What a GGUF file without a template of its own gets; most small instruct models were trained on it.
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_CONTROL = re.compile(r"<(?=[|｜])|<(?=/?(?:s|tool_call|tool_response|start_of_turn|end_of_turn)>)|\[(?=/?INST\])")
_TAGGED = re.compile(r"<tool_call>\s*(.*?)\s*(?:</tool_call>|\Z)", re.DOTALL)
_FENCED = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)


class ChatText:
    """The template of one model. `knows_tools`: whether it was made to show tools."""

    def __init__(self, template: str | None, eos: str, bos: str) -> None:
        self.template = template or CHATML
        self.knows_tools = "tools" in self.template
        self._format = Jinja2ChatFormatter(self.template, eos_token=eos, bos_token=bos)

    def render(self, messages: Sequence[Message], tools: Sequence[dict[str, Any]] = ()) -> str:
        """The text up to where the assistant speaks. Marks of the template inside messages are broken up: nobody can fake a turn."""
        wired = [_wired(message) for message in messages if message.content or message.tool_calls]
        try:
            return self._rendered(wired, tools)
        except (TemplateError, ValueError):  # some templates know no system turn
            return self._rendered(_without_system_role(wired), tools)

    def _rendered(self, messages: list[dict[str, Any]], tools: Sequence[dict[str, Any]]) -> str:
        rendered = self._format(messages=messages, tools=list(tools) or None, enable_thinking=False)  # type: ignore[arg-type]
        return str(rendered.prompt)


def calls_in(text: str, tools: Sequence[dict[str, Any]]) -> tuple[str, tuple[ToolCall, ...]]:
    """What is left of the text, and the calls in it: tagged, fenced or bare JSON that names one of the `tools`."""
    names = {tool["function"]["name"] for tool in tools}
    pieces = _TAGGED.findall(text) or _FENCED.findall(text) or [text.strip()]
    calls = [call for piece in pieces for call in _calls(piece, names)]
    if not calls:
        return text, ()
    left = _FENCED.sub("", _TAGGED.sub("", text)).strip()
    numbered = tuple(ToolCall(f"call_{number}", name, arguments) for number, (name, arguments) in enumerate(calls))
    return ("" if left.startswith(("{", "[")) else left), numbered


def _calls(piece: str, names: set[str]) -> list[tuple[str, str]]:
    found = next(filter(None, map(_read, _undoubled(piece))), None)
    entries = found if isinstance(found, list) else [found]
    return [
        (entry["name"], _arguments(entry))
        for entry in entries
        if isinstance(entry, dict) and entry.get("name") in names
    ]


def _undoubled(piece: str) -> tuple[str, ...]:
    """Templates of the Qwen 2.5 family show calls in braces doubled by mistake, and their models write them so, or half so."""
    return (piece[1:-1], piece[1:]) if piece.startswith("{{") else (piece,)


def _read(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return None


def _arguments(entry: dict[str, Any]) -> str:
    given = entry.get("arguments", entry.get("parameters", {}))
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)


def _wired(message: Message) -> dict[str, Any]:
    wired: dict[str, Any] = {
        "role": message.role,
        "content": _CONTROL.sub(lambda mark: mark.group() + " ", message.content),
    }
    if message.tool_calls:
        wired["tool_calls"] = [
            {"type": "function", "function": {"name": call.name, "arguments": _loaded(call.arguments)}}
            for call in message.tool_calls
        ]
    return wired


def _loaded(arguments: str) -> Any:
    """Templates print arguments as JSON themselves."""
    try:
        return json.loads(arguments)
    except ValueError:
        return arguments


def _without_system_role(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """System turns in front of the first turn of the user."""
    instructions = [message["content"] for message in messages if message["role"] == "system"]
    rest = [message for message in messages if message["role"] != "system"]
    if not rest:
        return [{"role": "user", "content": "\n\n".join(instructions)}]
    return [rest[0] | {"content": "\n\n".join([*instructions, rest[0]["content"]])}, *rest[1:]]
