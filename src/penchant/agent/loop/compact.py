"""Tools as a small model is shown them: a line each in the prompt, and one JSON schema that holds a reply to a call that can be made."""

from collections.abc import Sequence
from typing import Any

from penchant.prompts.fence import Trusted

ANSWER = "answer"
_CHECKED_LATER = (
    "maxLength",
    "minLength",
    "pattern",
    "description",
    "default",
    "minimum",
    "maximum",
    "maxItems",
    "minItems",
    "format",
)
"""What grammars make slow or do not enforce; arguments are validated when they arrive."""


def as_lines(tools: Sequence[dict[str, Any]]) -> tuple[Trusted, ...]:
    """`name(argument, optional?): when to use it`, one line per tool."""
    return tuple(Trusted(_line(tool["function"])) for tool in tools)


def decision_schema(tools: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """`{"tool": NAME, "arguments": {…}}` for exactly one of the tools, or `{"tool": "answer", "arguments": {}}`."""
    answer = _choice(ANSWER, {"type": "object", "properties": {}, "additionalProperties": False})
    calls = [_choice(tool["function"]["name"], _bare(tool["function"]["parameters"])) for tool in tools]
    return {"type": "object", "required": ["tool", "arguments"], "anyOf": [*calls, answer]}


def _choice(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"tool": {"const": name}, "arguments": arguments},
        "required": ["tool", "arguments"],
        "additionalProperties": False,
    }


def _line(function: dict[str, Any]) -> str:
    parameters = function["parameters"]
    required = parameters.get("required", ())
    named = [_named(name, schema, name in required) for name, schema in parameters["properties"].items()]
    first, _, rest = function["description"].partition("\n\n")
    when = rest.partition(". ")[0].replace("\n", " ").rstrip(".")
    return f"{function['name']}({', '.join(named)}): {first.replace(chr(10), ' ')}" + (f" {when}." if when else "")


def _named(name: str, schema: dict[str, Any], required: bool) -> str:
    options = schema.get("enum")
    return name + ("" if required else "?") + (f"={'|'.join(map(str, options))}" if options else "")


def _bare(node: Any) -> Any:
    if isinstance(node, list):
        return [_bare(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {key: _bare(value) for key, value in node.items() if key not in _CHECKED_LATER or isinstance(value, dict)}
