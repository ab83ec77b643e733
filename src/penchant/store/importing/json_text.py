"""A tolerant JSON parser."""

import re
from typing import Any

from pydantic_core import from_json

from penchant.store.json_values import json_object, without_surrogates

_AROUND = "\ufeff\x1e \t\r\n"
"""Characters that may surround a value.

Among them are the byte order mark of an appended file and the separator of JSON text sequences.
"""
_TEXT_OR_LAST_COMMA = re.compile(
    r"""("(?:[^"\\]|\\.)*+(?:"|\\?\Z)|'(?:[^'\\]|\\.)*+(?:'|\\?\Z))|,\s*+(?=[}\]])""", re.DOTALL
)
"""Matches a string in either kind of quotes, complete or truncated, or a comma after the last value.

Every quote begins a string, so that no quote is examined twice.
"""


def parse_json(content: bytes) -> Any:
    """Parse JSON, including some common deviations. Raises `ValueError` that says what is wrong.

    Accepted are NaN, halves of surrogate pairs, commas after the last value, and Python's notation of a dictionary.
    """
    try:
        return from_json(content)
    except ValueError as error:
        reason = error
    try:
        return _mended(_read(content.decode().strip(_AROUND)))
    except (ValueError, RecursionError):
        raise reason from None


def _read(text: str) -> Any:
    """Parse the text as it is; if that fails, without commas after last values.

    Python's notation of a tuple may need such a comma.
    """
    try:
        return json_object(text)
    except ValueError:
        return json_object(_without_last_commas(text))


def _without_last_commas(text: str) -> str:
    return _TEXT_OR_LAST_COMMA.sub(lambda found: found[1] or "", text)


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list):
        return [_mended(part) for part in value]
    return {_mended(name): _mended(part) for name, part in value.items()} if isinstance(value, dict) else value
