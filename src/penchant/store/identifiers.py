"""The normal form of ids of users, items and events, the same for every kind of input.

Files, Python, the command line, tools and servers all use `normal_id` before access is checked: if two rules read the
same id differently, one person's data could be shown to another. The normal form is Unicode NFC without spaces and
invisible characters at either end, without control characters and line breaks inside, 1 to 256 characters long. A
whole number gives the same id however it was written (22423, 22423.0).
"""

import math
import unicodedata
from collections.abc import Callable, Sequence
from functools import wraps
from inspect import Parameter, isfunction, signature
from numbers import Integral
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field

from penchant.errors import UsageError

MAX_ID = 256
_EXACT = 2**53
"""Whole numbers up to this are exact as floats."""
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BREAKS = frozenset(("Cc", "Cs", "Zl", "Zp"))


def normal_id(value: Any) -> str:
    """Return `value` (text or a number) as an id in normal form. Raises `ValueError` if it cannot be one."""
    if isinstance(value, str):
        return value if _is_plain(value) else _normal_text(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Integral):
        raise ValueError("is not an id: give text or a whole number")
    if isinstance(value, Integral):
        value = int(value)  # integers of numpy and pandas
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("is not an id: give text or a whole number")
        value = int(value) if value.is_integer() and abs(value) <= _EXACT else value
    return _id_of_allowed_length(str(value)) if abs(value) < 10**MAX_ID else _id_of_allowed_length("0" * (MAX_ID + 1))


def id_argument(value: Any, what: str = "user_id") -> str:
    """Return `normal_id` of an argument. Raises `UsageError` that names the argument (`what`)."""
    try:
        return normal_id(value)
    except ValueError as error:
        raise UsageError(f"{what} {str(value)[:40]!r} {error}") from None


def _is_plain(text: str) -> bool:
    """Return whether the text is short printable ASCII without outer spaces: normal form already, as most ids are."""
    return 0 < len(text) <= MAX_ID and text.isascii() and text.isprintable() and text[0] != " " != text[-1]


def _normal_text(text: str) -> str:
    while (shorter := text.strip().strip(_INVISIBLE)) != text:
        text = shorter
    if not text:
        raise ValueError("is empty: give at least one visible character")
    text = unicodedata.normalize("NFC", _id_of_allowed_length(text))
    if any(unicodedata.category(character) in _BREAKS for character in text):
        raise ValueError("holds a line break or a control character: leave it out")
    return _id_of_allowed_length(text)


def _id_of_allowed_length(text: str) -> str:
    if len(text) > MAX_ID:
        raise ValueError(f"is longer than {MAX_ID} characters")
    return text


Identifier = Annotated[str, Field(min_length=1, max_length=MAX_ID), BeforeValidator(normal_id)]

Class = TypeVar("Class", bound=type)
_ONE = ("user_id", "item_id", "event_id")
IDS = ("user_ids", "item_ids", "event_ids", "friends", "exclude", "pin")
"""The names of arguments that contain several ids; `_ONE` lists those that contain one."""


def normalises_ids(kind: Class) -> Class:
    """Decorate a class so that its public methods get ids in normal form, or raise `UsageError`.

    Ids are recognised by the names of the parameters (`user_id`, `item_ids` …).
    """
    for name, method in list(vars(kind).items()):
        if isfunction(method) and not name.startswith("_"):
            parameters = signature(method).parameters
            if any(parameter in _ONE + IDS for parameter in parameters):
                setattr(kind, name, _with_normal_ids(method, list(parameters.values())))
    return kind


def _with_normal_ids(method: Callable[..., Any], parameters: Sequence[Parameter]) -> Callable[..., Any]:
    places = {place: p.name for place, p in enumerate(parameters) if p.kind is Parameter.POSITIONAL_OR_KEYWORD}
    rest = next((p.name for p in parameters if p.kind is Parameter.VAR_POSITIONAL), "")

    @wraps(method)
    def called(*args: Any, **arguments: Any) -> Any:
        positional = [
            _argument(places.get(place, rest), value, place not in places) for place, value in enumerate(args)
        ]
        return method(*positional, **{name: _argument(name, value, False) for name, value in arguments.items()})

    return called


def _argument(name: str, value: Any, one_of_many: bool) -> Any:
    if (name in _ONE and value is not None) or (name in IDS and one_of_many):
        return id_argument(value, name)
    if name in IDS and isinstance(value, list | tuple | set | frozenset):
        return [id_argument(part, name) for part in value]
    return value
