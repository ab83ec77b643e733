"""From what a model sent to JSON values: one parser for every way in which models wrap, bend or break it.

Seen in the wild: code fences and chatter, `<think>` blocks, trailing commas, single quotes, JSON in a JSON string, an extra wrapping
object, a byte order mark, text that stops in the middle or repeats itself for ever.
"""

import json
import re
from typing import Any

from json_repair import repair_json

MAX_REPLY = 200_000
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>|^.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_FENCED = re.compile(r"```(?:json|JSON)?\s*\n?(.*?)```", re.DOTALL)
_FLAT_OBJECT = re.compile(r"\{[^{}]*\}")


def json_in(text: str) -> Any | None:
    """The JSON value in `text`, or None when there is none or it is not all there."""
    return _value(_bare(text), depth=2)


def objects_in(text: str) -> list[dict[str, Any]]:
    """Every complete object without objects inside it, in order: what is left of a reply that stops in the middle."""
    return [found for piece in _FLAT_OBJECT.findall(_bare(text)) if isinstance(found := _mended(piece), dict)]


def _bare(text: str) -> str:
    return _THOUGHT.sub("", text[:MAX_REPLY].replace("\ufeff", "")).strip()


def _value(text: str, depth: int) -> Any | None:
    for piece in (text, *(match.strip() for match in _FENCED.findall(text)), _from_first_bracket(text)):
        found = _strict(piece)
        if isinstance(found, str) and depth:  # JSON inside a JSON string
            return _value(found, depth - 1)
        if isinstance(found, dict | list):
            return found
    whole = _from_first_bracket(text)
    return _mended(whole) if whole and _closes(whole) else None


def _from_first_bracket(text: str) -> str:
    starts = [position for position in (text.find("{"), text.find("[")) if position >= 0]
    end = max(text.rfind("}"), text.rfind("]"))
    return text[min(starts) : end + 1] if starts and end > min(starts) else ""


def _strict(text: str) -> Any | None:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _mended(text: str) -> Any | None:
    found = _strict(text)
    if found is None:
        try:
            found = repair_json(text, return_objects=True, skip_json_loads=True)
        except (ValueError, RecursionError):
            return None
    return found if isinstance(found, dict | list) else None


def _closes(text: str) -> bool:
    """Whether every bracket opened outside a string is closed: json-repair would otherwise make up an end, and with it content."""
    outside = re.sub(r'"(?:\\.|[^"\\])*"', "", text)
    return all(outside.count(opened) == outside.count(closed) for opened, closed in ("{}", "[]"))
