"""Tool calls that a server passes on as text, and their arguments, in the forms that models write.

| form | models |
|---|---|
| JSON between tags (`<tool_call>`, `<function_call>` …), after a mark, in a code fence or alone | Qwen, Hermes, Llama, Granite |
| a name, a mark of tokens, then JSON | Mistral, DeepSeek, Kimi, gpt-oss |
| the tool and its arguments in tags of their own | Qwen Coder, GLM, MiniMax, Claude |
| a call in Python's notation, in a fence, in brackets or after a mark | Gemma, Gemini, Llama |
| `Action:` with the name, `Action Input:` with the arguments (ReAct) | small models |
"""

import ast
import json
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any

from penchant.agent.llm.structured_output import json_in
from penchant.errors import UsageError

MOST_CALLS = 64
_LINE_START = r"(?:^|\n)[ \t]{0,8}\**"
_STEP = re.compile(
    rf"{_LINE_START}(?:Thought\**:[^\n]{{0,4000}}\n+[ \t]{{0,8}}\**)?Action\**:\**\s{{0,8}}[`\"']?"
    r"(?P<call>(?:\w+(?:_\w+)+(?=[`\"'*]{0,4}[ \t]{0,8}(?:[({\n]|\Z))|\w+(?=[`\"'\s*]{0,8}\n\s{0,8}\**Action Input)|\{"
    r"|```(?=\s*(?:json|tool|\{))).*)",
    re.DOTALL,
)
"""The first step in ReAct's form: what a model writes after it, such as the tool's answer, is invented."""
_NO_INPUT = re.compile(r"\n\**Action Input\**:\**\s*(?:none|null|n/a)?\.?\s*\Z", re.IGNORECASE)
_OBSERVATION = re.compile(r"\n\**Observation\**:")
_OPENS_STEP = re.compile(rf"{_LINE_START}(?:Thought|Action)\**:")
_LAST_WORD = re.compile(rf"{_LINE_START}(?P<word>[A-Za-z]{{0,7}})\**\Z")
_FINAL = re.compile(r"\A\s{0,8}\**Thought\**:.{0,4000}?\n\s{0,8}\**Final Answer\**:\**\s{0,8}", re.DOTALL)
_MOST_SOURCE = 1_000
"""The longest text (characters) that is parsed as a call in Python's notation."""
_DEPTH = 3
_AFTER_MARK = ("[TOOL_CALLS]", "<|python_tag|>", "<|tool_call|>", "<|channel|>commentary")
_OWN_TAGS = ("<function=", "<invoke name=")
_MARKS = (
    *("<tool_call>", "<function_call>", "<tools>", "<tool_use>", "<TOOLCALL>", *_OWN_TAGS, *_AFTER_MARK),
    *("<function_calls>", "<minimax:tool_call>", "```tool_code", "```tool_call"),
    *("<｜tool▁calls▁begin｜>", "<｜tool▁call▁begin｜>", "<|tool_calls_section_begin|>", "<|tool_call_begin|>"),
)
_UNTIL_SURE = ("```json",)
"""A mark that begins a call or a text for the reader."""
_OPENS = ("", "{", "[", "`", "<")
_BETWEEN = (
    re.compile(r"<(tool_call|function_call|tools|tool_use|TOOLCALL)>(?P<call>.*?)(?:</\1>|\Z)", re.DOTALL),
    re.compile(r"<｜tool▁call▁begin｜>(?P<call>.*?)(?:<｜tool▁call▁end｜>|\Z)", re.DOTALL),
    re.compile(r"<\|tool_call_begin\|>(?P<call>.*?)(?:<\|tool_call_end\|>|\Z)", re.DOTALL),
)
_NAMED = re.compile(
    r"<(?:function=|invoke name=)[\"']?([\w.-]{1,100}+)[\"']?>?(.*?)(?:</function>|</invoke>|\Z)", re.DOTALL
)
_PARAMETER = re.compile(
    r"<parameter(?:=| name=)[\"']?([\w.-]{1,100}+)[\"']?[^<>\n]{0,50}>\n?(.*?)\n?(?:</parameter>|\Z)", re.DOTALL
)
_KEY, _VALUE = (re.compile(rf"<arg_{name}>(.*?)(?:</arg_{name}>|\Z)", re.DOTALL) for name in ("key", "value"))
_LANGUAGE = re.compile(r"\w{0,20}+\n")
_WORD = re.compile(r"[\w.:-]+")
_MOST_BEFORE_OBJECT = 200
_NAME_KEYS = ("name", "tool", "tool_name", "function", "action")
_ARGUMENT_KEYS = ("arguments", "parameters", "args", "input", "tool_input", "action_input")


def written_calls(text: str, names: Collection[str]) -> list[tuple[str, str]]:
    """Return the calls of tools with these `names` in a whole text: each name and its arguments as JSON text."""
    return [call for piece in _pieces(text)[:MOST_CALLS] for call in _calls_in(piece, names)][:MOST_CALLS]


def is_unread_call(text: str) -> bool:
    """Return whether a whole text, in which no call was found, is one that cannot be read or names no known tool."""
    if not text_before_calls(text, ended=True).strip():
        return bool(text.strip())
    found = json_in(text) if text.lstrip().startswith("{") else None
    return isinstance(found, dict) and any(key in found for key in ("tool_calls", *_NAME_KEYS))


def text_before_calls(text: str, *, ended: bool = False) -> str:
    """Return the part of a partial text that is certainly meant for the reader.

    What is a call is left out, and so is, until the text has `ended`, what may become one.
    """
    if not ended and text.lstrip()[:1] in _OPENS:
        return ""
    if ended and (final := _FINAL.match(text)):
        text = text[final.end() :]
    marks = _MARKS if ended else (*_MARKS, *_UNTIL_SURE)
    ends = [place for mark in marks if (place := text.find(mark)) >= 0]
    if step := (_STEP if ended else _OPENS_STEP).search(text):
        ends.append(step.start())
    last = None if ended else _LAST_WORD.search(text)
    if last and any(word.startswith(last["word"]) for word in ("Thought", "Action")):
        ends.append(last.start())
    if not ended:
        ends += [len(text) - size for mark in marks for size in range(1, len(mark)) if text.endswith(mark[:size])]
    return text[: min(ends)] if ends else text


def known_tool(name: str, names: Collection[str]) -> str | None:
    """Return the tool that a model means, also with a prefix, a suffix or another spelling; None where there is none.

    Seen: `functions.search_items:0`, `mcp__penchant__search_items`, `searchItems`, `search_items<|channel|>json`.
    """
    if name in names:
        return name
    plain = re.split(r"[<(]|:\d", name.strip(), maxsplit=1)[0]
    spelled = {_letters(known): known for known in names}
    ends = (plain, re.split(r"[.:/]|__|penchant_", plain)[-1])
    return next((spelled[_letters(end)] for end in ends if _letters(end) in spelled), None)


def arguments_in(written: str) -> dict[str, Any]:
    """Return the arguments of a call from text as models write it; empty text and null are no arguments.

    Raises `UsageError`, where the text is not one JSON object.
    """
    content: Any = written
    for _ in range(_DEPTH):
        if not isinstance(content, str):
            break
        content = _loaded(content)
    if isinstance(content, list) and len(content) == 1:
        [content] = content
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise UsageError(f"the arguments are a JSON {type(content).__name__}: send one JSON object")
    return content


def arguments_as_json(written: str) -> str:
    """Return the arguments of a call as they were written, or as JSON that every server reads if they were not."""
    with suppress(ValueError, RecursionError):
        if isinstance(json.loads(written), dict):
            return written
    try:
        return json.dumps(arguments_in(written), ensure_ascii=False)
    except UsageError:
        return "{}"


def _loaded(content: str) -> Any:
    if not content.strip():
        return None
    try:
        return json.loads(content, strict=False)
    except (ValueError, RecursionError) as error:
        found = None if _is_glued(content) else json_in(content)  # in a code fence, with other quotes, inside of text
        if not isinstance(found, dict):
            raise UsageError(f"the arguments are not JSON ({error}): send one JSON object") from None
        return found


def _is_glued(content: str) -> bool:
    """Return whether a text begins with two different JSON values: the arguments of two calls in one."""
    try:
        first, end = json.JSONDecoder(strict=False).raw_decode(content.strip())
        second, _ = json.JSONDecoder(strict=False).raw_decode(content.strip()[end:].lstrip())
    except (ValueError, RecursionError):
        return False
    return bool(first != second)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _pieces(text: str) -> list[str]:
    """Return the parts of a text that may each contain calls."""
    for between in _BETWEEN:
        if found := [match["call"] for match in between.finditer(text)]:
            return found
    if any(tag in text for tag in _OWN_TAGS):
        return [text]
    for mark in _AFTER_MARK:
        if mark in text:
            return text.split(mark)[1:]
    if step := _STEP.search(text):
        return [_OBSERVATION.split(step["call"], maxsplit=1)[0]]
    if fenced := text.split("```")[1::2]:
        return [_LANGUAGE.sub("", piece, count=1) for piece in fenced]
    return [text] if text.lstrip().startswith(("{", "[")) else []


def _calls_in(piece: str, names: Collection[str]) -> Iterator[tuple[str, str]]:
    if any(tag in piece for tag in _OWN_TAGS):
        yield from _calls_in_tags(piece, names)
        return
    before, opens, rest = piece.partition("<arg_key>" if "<arg_key>" in piece else "{")
    words = _WORD.findall(before[-_MOST_BEFORE_OBJECT:])
    first = next((known for word in words if (known := known_tool(word, names))), None) if "(" not in before else None
    if first and opens == "<arg_key>":
        keys, values = _KEY.findall(opens + rest), _VALUE.findall(rest)
        yield first, json.dumps(dict(zip(keys, values, strict=False)), ensure_ascii=False)
        return
    if first and not opens and _NO_INPUT.search(before):
        yield first, "{}"
        return
    found = json_in(opens + rest if first else piece)
    if first and isinstance(found, dict) and not list(_calls_in_json(found, names)):
        yield first, json.dumps(found, ensure_ascii=False)
        return
    yield from list(_calls_in_json(found, names)) or _calls_in_python(piece, names)


def _calls_in_tags(piece: str, names: Collection[str]) -> Iterator[tuple[str, str]]:
    for written, body in _NAMED.findall(piece)[:MOST_CALLS]:
        if name := known_tool(written, names):
            parameters = {key: value.strip() for key, value in _PARAMETER.findall(body)}
            yield name, json.dumps(parameters or json_in(body) or {}, ensure_ascii=False)


def _calls_in_json(found: Any, names: Collection[str], depth: int = _DEPTH) -> Iterator[tuple[str, str]]:
    for entry in found if isinstance(found, list) else [found]:
        if not isinstance(entry, dict) or not depth:
            continue
        inner = next(
            (entry[key] for key in ("tool_calls", "function") if isinstance(entry.get(key), dict | list)), None
        )
        if inner is not None:
            yield from _calls_in_json(inner, names, depth - 1)
            continue
        written = next((entry[key] for key in _NAME_KEYS if isinstance(entry.get(key), str)), "")
        if name := known_tool(written, names):
            given: Any = next((entry[key] for key in _ARGUMENT_KEYS if key in entry), {})
            yield name, given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)


def _calls_in_python(piece: str, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield calls such as `search_items(query="tea")`; those with anything but named constants are left out."""
    source = piece.strip()
    if "(" not in source or len(source) > _MOST_SOURCE:
        return
    try:
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for call in calls:
        function = call.func
        written = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        name = known_tool(written, names)
        if name and not call.args and (arguments := _constants(call)) is not None:
            yield name, json.dumps(arguments, ensure_ascii=False)


def _constants(call: ast.Call) -> dict[str, Any] | None:
    try:
        arguments = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords if keyword.arg}
        json.dumps(arguments)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    return arguments
