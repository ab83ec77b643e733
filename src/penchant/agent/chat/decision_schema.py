"""Tools as a small model is shown them: a line each in the prompt, and one JSON schema that holds a reply to a call that can be made."""

import re
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
_LEFT_TO_US = frozenset(("k", "domain", "lang", "at", "depth", "recommendation_id", "use_llm", "detail"))
"""Optional arguments that a small model sets at random."""
_WHEN = re.compile(r"^Use it (?:once |right after |whenever |only when |when )?", re.DOTALL)


def as_lines(tools: Sequence[dict[str, Any]]) -> tuple[Trusted, ...]:
    """`name(argument, optional?): when to use it`, one line per tool."""
    return tuple(Trusted(_line(tool["function"])) for tool in tools)


def decision_schema(tools: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """`{"tool": NAME, "arguments": {…}}` for exactly one of the tools, or `{"tool": "answer", "arguments": {}}`."""
    answer = _choice(ANSWER, {"type": "object", "properties": {}, "additionalProperties": False})
    calls = [_choice(tool["function"]["name"], _arguments(tool["function"]["parameters"])) for tool in tools]
    return {"type": "object", "required": ["tool", "arguments"], "anyOf": [*calls, answer]}


def _choice(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"tool": {"const": name}, "arguments": arguments},
        "required": ["tool", "arguments"],
        "additionalProperties": False,
    }


def _arguments(parameters: dict[str, Any]) -> dict[str, Any]:
    bare: dict[str, Any] = _bare({**parameters, "properties": _needed(parameters)})
    return bare


def _line(function: dict[str, Any]) -> str:
    parameters = function["parameters"]
    required = parameters.get("required", ())
    named = [_named(name, schema, name in required) for name, schema in _needed(parameters).items()]
    _, _, when = function["description"].partition("\n\n")
    first = " ".join(_WHEN.sub("", when).split()).partition(". ")[0].rstrip(".")
    return f"{function['name']}({', '.join(named)}): when {first}"


def _needed(parameters: dict[str, Any]) -> dict[str, Any]:
    """The arguments that are required, and the optional ones worth a small model's choice."""
    required = parameters.get("required", ())
    return {
        name: schema for name, schema in parameters["properties"].items() if name in required or name not in _LEFT_TO_US
    }


def _named(name: str, schema: dict[str, Any], required: bool) -> str:
    options = schema.get("enum")
    return name + ("" if required else "?") + (f"={'|'.join(map(str, options))}" if options else "")


def _bare(node: Any) -> Any:
    if isinstance(node, list):
        return [_bare(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {key: _bare(value) for key, value in node.items() if key not in _CHECKED_LATER or isinstance(value, dict)}
