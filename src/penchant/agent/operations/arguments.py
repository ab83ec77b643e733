"""Arguments of an agent's methods as programs hand them over: None for what may be left out, times and paths as text.

The same rules as on every other face. Ids have rules of their own (`store.identifiers`).
"""

import os
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from inspect import Parameter, isfunction, signature
from pathlib import Path
from typing import Any, TypeVar, get_args

from penchant.errors import UsageError, without_options
from penchant.settings import Language
from penchant.store.moments import Times

Class = TypeVar("Class", bound=type)
_TIMES = Times()


def reads_arguments(kind: Class) -> Class:
    """Class decorator: public methods take None for what may be left out, `at` and `until` as any written time, paths as text.

    Raises `UsageError` for a time or language that is none, and for None where something is needed.
    """
    for name, method in list(vars(kind).items()):
        if isfunction(method) and not name.startswith("_"):
            parameters = [each for each in signature(method).parameters.values() if each.name != "self"]
            if parameters:
                setattr(kind, name, _reading(method, parameters))
    return kind


def _reading(method: Callable[..., Any], parameters: list[Parameter]) -> Callable[..., Any]:
    by_place = [each for each in parameters if each.kind is Parameter.POSITIONAL_OR_KEYWORD]
    by_name = {each.name: each for each in parameters}

    @wraps(method)
    def called(self: Any, *given: Any, **named: Any) -> Any:
        read = [_read(parameter, value) for parameter, value in zip(by_place, given, strict=False)]
        named = {name: _read(by_name[name], value) if name in by_name else value for name, value in named.items()}
        return method(self, *read, *given[len(by_place) :], **named)

    return called


def _read(parameter: Parameter, value: Any) -> Any:
    if value is None:
        return _left_out(parameter)
    reader = _READERS.get(parameter.name)
    return value if reader is None else reader(parameter.name, value)


def _left_out(parameter: Parameter) -> Any:
    """What None stands for."""
    if parameter.default is not Parameter.empty:
        return parameter.default
    if parameter.annotation in (str, Path):
        raise UsageError(f"{parameter.name} is missing: give it")
    return None


def _moment(name: str, value: Any) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    try:
        return _TIMES.read(value)
    except ValueError as error:
        raise UsageError(f"{name} {without_options(str(error))}") from None


def _language(name: str, value: Any) -> Any:
    if value not in get_args(Language):
        raise UsageError(f"{name} {value!r} is not a language Penchant writes: use {' or '.join(get_args(Language))}")
    return value


def _path(_: str, value: Any) -> Any:
    return Path(value) if isinstance(value, str | os.PathLike) else value


_READERS: dict[str, Callable[[str, Any], Any]] = {"at": _moment, "until": _moment, "lang": _language, "path": _path}
