"""JSON as people and programs write it."""

import re
from typing import Any

from pydantic_core import from_json

from penchant.store.json_values import json_object, without_surrogates

_AROUND = "\ufeff\x1e \t\r\n"
"""What may stand around a value: the mark of a file that was appended to another, and the separator of JSON text sequences."""
_TEXT_OR_LAST_COMMA = re.compile(
    r"""("(?:[^"\\]|\\.)*+(?:"|\\?\Z)|'(?:[^'\\]|\\.)*+(?:'|\\?\Z))|,\s*+(?=[}\]])""", re.DOTALL
)
"""A text in either kind of quotes, whole or cut anywhere; or a comma behind the last value. Wherever a quote stands it is a text, so that
none is looked at twice."""


def parse_json(content: bytes) -> Any:
    """JSON as people write it: NaN, halves of emoji that were cut, commas behind the last value, and what Python prints of a dictionary
    are taken. Raises `ValueError` with what is wrong."""
    try:
        return from_json(content)
    except ValueError as error:
        reason = error
    try:
        return _mended(_read(content.decode().strip(_AROUND)))
    except (ValueError, RecursionError):
        raise reason from None


def _read(text: str) -> Any:
    """As it stands, because Python prints commas that are meant; and without commas behind the last value where that is nothing."""
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
