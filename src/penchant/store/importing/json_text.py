"""A tolerant JSON parser that points out names that stand twice in one object."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
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
_NAME_END, _NAME_END_OF_PYTHON = re.compile(rb'"\s*+:'), re.compile(rb"""["']\s*+:""")


class Repeating(dict[str, Any]):
    """An object that gives one name two different values, or contains such an object. Its own value is the last one.

    `path`: the names that lead to the repeated one.
    """

    path: tuple[str, ...] = ()


def parse_json(content: bytes) -> Any:
    """Parse JSON, including some common deviations. Raises `ValueError` that says what is wrong.

    Accepted are NaN, halves of surrogate pairs, commas after the last value, and Python's notation of a dictionary.
    Objects with a name that stands twice are `Repeating`.
    """
    names = _NAME_END
    try:
        value = from_json(content)
    except ValueError as error:
        names = _NAME_END_OF_PYTHON
        try:
            value = _mended(_read(content.decode().strip(_AROUND)))
        except (ValueError, RecursionError):
            raise error from None
    return value if len(names.findall(content)) == _count_names(value) else _with_repetitions(content, value)


def _count_names(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum([_count_names(part) for part in value.values() if isinstance(part, dict | list)])
    return sum([_count_names(part) for part in value]) if isinstance(value, list) else 0


def _with_repetitions(content: bytes, value: Any) -> Any:
    """Return the value as `Repeating` if a name stands twice in it. This takes long, so it is done on suspicion only."""
    with suppress(ValueError, RecursionError):
        found = _read(content.decode().strip(_AROUND), _object_of)
        return found if _path_in(found) else value
    return value


def _object_of(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    paths = [(name,) for name, value in pairs if found[name] != value] if len(found) < len(pairs) else []
    inner = ((name, *path) for name, part in found.items() if (path := _path_in(part)))
    path = paths[0] if paths else next(inner, ())
    if not path:
        return found
    repeating = Repeating(found)
    repeating.path = path
    return repeating


def _path_in(value: Any) -> tuple[str, ...]:
    if isinstance(value, Repeating):
        return value.path
    return next((path for part in value if (path := _path_in(part))), ()) if isinstance(value, list) else ()


def _read(text: str, object_of: Callable[[list[tuple[str, Any]]], dict[str, Any]] = dict) -> Any:
    """Parse the text as it is; if that fails, without commas after last values.

    Python's notation of a tuple may need such a comma.
    """
    try:
        return json_object(text, object_of)
    except ValueError:
        return json_object(_without_last_commas(text), object_of)


def _without_last_commas(text: str) -> str:
    return _TEXT_OR_LAST_COMMA.sub(lambda found: found[1] or "", text)


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list):
        return [_mended(part) for part in value]
    return {_mended(name): _mended(part) for name, part in value.items()} if isinstance(value, dict) else value
