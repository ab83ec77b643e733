"""JSON objects with fields that the caller chooses: the context of an event, the attributes of an item.

They are limited in size and depth, contain finite numbers only, and are read back as they were written.
"""

import ast
import json
import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

MAX_FIELDS = 200
MAX_DEPTH = 8
MAX_CHARACTERS = 64_000
"""The maximum size of one object: names and texts together."""
MAX_LITERAL = 20_000
_PLAIN = frozenset({bool, type(None)})
_SMALLEST, _LARGEST = -(2**63), 2**64
_NOT_FINITE = "holds NaN or an infinity, which JSON cannot say: leave it out"
_TOO_DEEP = "is nested too deeply"
_TOO_LARGE = f"holds more than {MAX_CHARACTERS} characters: keep what is needed"

Attribute = str | int | float | bool | list[str]


def json_object(value: Any, object_of: Callable[[list[tuple[str, Any]]], dict[str, Any]] = dict) -> Any:
    """Parse JSON text, for files such as CSV that have no objects; any other value is returned as it is.

    Python literals are accepted too, because pandas writes them (`['Home', 'Kitchen']`). `object_of`: makes an
    object of its names and values. Raises `ValueError`.
    """
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value, object_pairs_hook=None if object_of is dict else object_of)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    except ValueError:
        found = _python_literal(value, object_of)
        if found is None:
            raise ValueError('is text that is not JSON: give it as JSON, such as {"device": "phone"}') from None
        return found


def _python_literal(text: str, object_of: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> Any:
    """Return a Python list or dictionary with the types of JSON; None for anything else."""
    if len(text) > MAX_LITERAL or "\\" in text or text.lstrip()[:1] not in ("[", "{"):
        return None
    try:
        found = _of_node(ast.parse(text.strip(), mode="eval").body, object_of)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return found if isinstance(found, list | dict) else None


def _of_node(node: ast.expr | None, object_of: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> Any:
    """Return a part of a Python literal: names are text, tuples and sets are lists. Raises `ValueError` for anything else."""
    if isinstance(node, ast.Dict):
        values = [_of_node(value, object_of) for value in node.values]
        return object_of(
            [(str(_of_node(name, object_of)), value) for name, value in zip(node.keys, values, strict=True)]
        )
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [_of_node(part, object_of) for part in node.elts]
    if node is None:
        raise ValueError("takes its names from elsewhere")
    value = ast.literal_eval(node)
    return value if value is None or isinstance(value, str | int | float) else _value_as_text(value)


def bounded_object(value: dict[str, Any]) -> dict[str, Any]:
    """Return the object as JSON returns it.

    Raises `ValueError` if it is too large or too deep, or has a number that is not finite or has more than 64 bits.
    """
    if len(value) > MAX_FIELDS:
        raise ValueError(f"holds more than {MAX_FIELDS} fields: keep what is needed")
    if all(_is_plain(name) and (type(part) in _PLAIN or _is_plain(part)) for name, part in value.items()):
        return value
    budget = [MAX_CHARACTERS]
    return {_text(str(name), budget): _limited_value(part, MAX_DEPTH, budget) for name, part in value.items()}


def attributes_of(value: dict[str, Any]) -> dict[str, Attribute]:
    """Return attributes as text, numbers, booleans or lists of text, which filters can read.

    Nested objects become fields `outer.inner`.
    """
    found = {
        name: part for name, part in _leaf_attributes(bounded_object(value), "") if part is not None and part != ""
    }
    if len(found) > MAX_FIELDS:
        raise ValueError(f"holds more than {MAX_FIELDS} fields: keep what is needed")
    return found


def changed_attributes(before: Mapping[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes with those in `given` set.

    A null removes the attribute and everything nested in it; the others stay.

    >>> changed_attributes({"price": 9, "size.w": 7, "size.h": 8}, {"size": {"h": 5}, "price": None})
    {'size.w': 7, 'size.h': 5}
    """
    flat = dict(_leaf_attributes(bounded_object(given), ""))
    removed = [name for name, part in flat.items() if part is None]
    stay = {
        name: part
        for name, part in before.items()
        if not any(name == gone or name.startswith(f"{gone}.") for gone in removed)
    }
    return stay | {name: part for name, part in flat.items() if part is not None}


def without_surrogates(text: str) -> str:
    """Return the text with single surrogates replaced by `?`, because no database and no UTF-8 file can store them.

    They occur where text was cut in the middle of an emoji.
    """
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8", "replace")


def _is_plain(value: Any) -> bool:
    kind = type(value)
    return (kind is str and len(value) < 200 and value.isascii()) or (kind is int and _SMALLEST <= value < _LARGEST)


def _limited_value(value: Any, depth: int, budget: list[int]) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, str):
        return _text(value, budget)
    if depth == 0:
        raise ValueError(_TOO_DEEP)
    if isinstance(value, Mapping):
        return {_text(str(name), budget): _limited_value(part, depth - 1, budget) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        _spend(len(value), budget)
        return [_limited_value(part, depth - 1, budget) for part in value]
    return _text(_value_as_text(value), budget)


def _number(value: int | float | Decimal) -> int | float:
    if isinstance(value, int):
        if not _SMALLEST <= value < _LARGEST:
            raise ValueError("holds a whole number of more than 64 bits: write it as text")
        return value
    if not math.isfinite(value):
        raise ValueError(_NOT_FINITE)
    return float(value)


def _text(value: str, budget: list[int]) -> str:
    _spend(len(value), budget)
    return without_surrogates(value)


def _spend(characters: int, budget: list[int]) -> None:
    budget[0] -= characters
    if budget[0] < 0:
        raise ValueError(_TOO_LARGE)


def _value_as_text(value: Any) -> str:
    """Return a value that JSON has no type for as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value.total_seconds())
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


def _leaf_attributes(value: Mapping[str, Any], before: str) -> Iterator[tuple[str, Attribute | None]]:
    for name, part in value.items():
        if isinstance(part, Mapping):
            yield from _leaf_attributes(part, f"{before}{name}.")
        elif isinstance(part, list):
            yield (
                f"{before}{name}",
                [
                    element if isinstance(element, str) else json.dumps(element)
                    for element in part
                    if element is not None
                ],
            )
        else:
            yield f"{before}{name}", part
