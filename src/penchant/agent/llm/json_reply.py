"""From what a model sent to JSON values: one parser for every way in which models wrap, bend or break it.

Seen in the wild: code fences and chatter, `<think>` blocks, trailing commas, single quotes, JSON in a JSON string, an extra wrapping
object, a byte order mark, text that stops in the middle, repeats itself for ever or opens thousands of brackets. Time is linear in the
length of the reply, and what is nested deeper than any reply of ours is no JSON here.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from json_repair import repair_json

from penchant.agent.llm.thoughts import without_thoughts
from penchant.characters import whole_value

MAX_REPLY = 100_000
MAX_OBJECTS = 500
MAX_DEPTH = 40
MAX_MENDED = 50_000
"""Characters of a text that is mended: mending takes time, and no broken reply of ours is longer."""
_FENCE = "```"
_FLAT_OBJECT = re.compile(r"\{[^{}]*\}")
_STRUCTURE = re.compile(r'["\\{}\[\]]')


def json_in(text: str) -> Any | None:
    """The JSON value in `text`, or None when there is none or it is not all there."""
    return _value(_bare(text), depth=2)


def objects_in(text: str) -> list[dict[str, Any]]:
    """Every complete object without objects inside it, in order: what is left of a reply that stops in the middle."""
    pieces = list(dict.fromkeys(_FLAT_OBJECT.findall(_bare(text))))[:MAX_OBJECTS]
    return [found for piece in pieces if isinstance(found := _strict(piece) or _mended(piece), dict)]


def _bare(text: str) -> str:
    return without_thoughts(text[:MAX_REPLY].replace("\ufeff", ""))[0].strip()


def _value(text: str, depth: int) -> Any | None:
    whole = _from_first_bracket(text)
    for piece in dict.fromkeys((text, *_fenced(text), whole)):
        found = _strict(piece)
        if isinstance(found, str) and depth:  # JSON inside a JSON string
            return _value(found, depth - 1)
        if isinstance(found, dict | list):
            return found
    return _mended(whole) if _shape(whole) == (True, True) else None


def _fenced(text: str) -> Iterator[str]:
    """What stands between code fences, without the name of the language."""
    pieces = text.split(_FENCE)[1::2][:50]
    for piece in pieces[: len(pieces) - (text.count(_FENCE) % 2)]:
        yield (piece[4:] if piece[:4].lower() == "json" else piece).strip()


def _from_first_bracket(text: str) -> str:
    starts = [position for position in (text.find("{"), text.find("[")) if position >= 0]
    end = max(text.rfind("}"), text.rfind("]"))
    return text[min(starts) : end + 1] if starts and end > min(starts) else ""


def _strict(text: str) -> Any | None:
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return whole_value(found) if _shape(text)[1] else None


def _mended(text: str) -> Any | None:
    """What json-repair makes of a text whose brackets are all closed."""
    if not text or len(text) > MAX_MENDED:
        return None
    try:
        found = repair_json(text, return_objects=True, skip_json_loads=True)
    except Exception:  # noqa: BLE001 – whatever another's parser does with a broken text, the text is no JSON then
        return None
    return whole_value(found) if isinstance(found, dict | list) and _shape(text)[1] else None


def _shape(text: str) -> tuple[bool, bool]:
    """Whether every bracket opened outside a string is closed, and whether none is nested too deep.

    json-repair would otherwise make up an end, and with it content.
    """
    open_brackets = {"{": 0, "[": 0}
    depth, inside, escaped_at = 0, False, -1
    for found in _STRUCTURE.finditer(text):
        mark, position = found.group(), found.start()
        if position == escaped_at:
            continue
        if mark == "\\":
            escaped_at = position + 1 if inside else -1
        elif mark == '"':
            inside = not inside
        elif not inside:
            step = 1 if mark in "{[" else -1
            open_brackets["{" if mark in "{}" else "["] += step
            depth += step
            if depth > MAX_DEPTH:
                return False, False
    return not any(open_brackets.values()), True
