"""Calls of tools that stand in a model's text, because its server does not read the model's own way of calling.

JSON between tags (Qwen, Hermes), behind a mark (Mistral, Llama, Granite), in a fence or alone; and calls that name the function and its
parameters in tags of their own (Qwen Coder, Llama).
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from penchant.agent.llm.structured_output import json_in

MOST_CALLS = 64
_TAG, _FUNCTION = "<tool_call>", "<function="
_BEFORE_JSON = ("[TOOL_CALLS]", "<|python_tag|>", "<|tool_call|>")
_MARKS = (_TAG, _FUNCTION, *_BEFORE_JSON)
_OPENS = ("", "{", "[", "`", "<")
_TAGGED = re.compile(r"<tool_call>(.*?)(?:</tool_call>|\Z)", re.DOTALL)
_NAMED = re.compile(r"<function=([\w.-]{1,100})>(.*?)(?:</function>|\Z)", re.DOTALL)
_PARAMETER = re.compile(r"<parameter=([\w.-]{1,100})>\n?(.*?)\n?(?:</parameter>|\Z)", re.DOTALL)
_NAME_FIRST = re.compile(r"\s*([\w.-]{1,100})\s*(?:\[ARGS\])?\s*(?=\{)")


def written_calls(text: str, names: set[str]) -> list[tuple[str, str]]:
    """The calls in a whole text of tools with these names: each name and its arguments as JSON text."""
    return [call for piece in _pieces(text)[:MOST_CALLS] for call in _calls_in(piece, names)][:MOST_CALLS]


def before_a_call(text: str, *, ended: bool = False) -> str:
    """The part of a text so far that is surely meant for the reader: nothing of what is, or (until it has `ended`) may become, a call."""
    if not ended and text.lstrip()[:1] in _OPENS:
        return ""
    ends = [place for mark in _MARKS if (place := text.find(mark)) >= 0]
    if not ended:
        ends += [len(text) - size for mark in _MARKS for size in range(1, len(mark)) if text.endswith(mark[:size])]
    return text[: min(ends)] if ends else text


def _pieces(text: str) -> list[str]:
    if tagged := _TAGGED.findall(text):
        return tagged
    if _FUNCTION in text:
        return [text]
    for mark in _BEFORE_JSON:
        if mark in text:
            return text.split(mark)[1:]
    return [text] if text.lstrip().startswith(("{", "[", "```")) else []


def _calls_in(piece: str, names: set[str]) -> Iterator[tuple[str, str]]:
    if _FUNCTION in piece:
        for name, body in _NAMED.findall(piece)[:MOST_CALLS]:
            if name in names:
                parameters = {key: value.strip() for key, value in _PARAMETER.findall(body)}
                yield name, json.dumps(parameters or json_in(body) or {}, ensure_ascii=False)
        return
    first = _NAME_FIRST.match(piece)
    found = json_in(piece[first.end() :] if first else piece)
    if first and first[1] in names and isinstance(found, dict):
        yield first[1], json.dumps(found, ensure_ascii=False)
        return
    for entry in found if isinstance(found, list) else [found]:
        if isinstance(entry, dict) and entry.get("name") in names:
            yield str(entry["name"]), _arguments(entry)


def _arguments(call: dict[str, Any]) -> str:
    given = call.get("arguments", call.get("parameters", {}))
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
