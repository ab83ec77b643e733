"""The base of all groups of operations: the services of an installation, its settings, and the conversion of arguments.

Programs may pass None for an optional argument, and times and paths as text. The rules are the same as on every other interface; ids have
rules of their own (`store.identifiers`).
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from inspect import Parameter, isfunction, signature
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, Self, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from penchant.agent.app.services import Services
from penchant.errors import UsageError, without_options
from penchant.settings import Language, Settings
from penchant.store.clock import Clock
from penchant.store.identifiers import IDS
from penchant.store.moments import parse_point_in_time
from penchant.tracing import trace_methods

if TYPE_CHECKING:
    from penchant.agent.llm.model import LanguageModel
    from penchant.agent.recommend.recommender import Recommender
    from penchant.store.embedders.embedder import Embedder

Class = TypeVar("Class", bound=type)


def converts_arguments(kind: Class) -> Class:
    """Class decorator: let public methods accept None for optional arguments, any written time for `at` and `until`, and paths as text.

    The methods raise `UsageError` for an unreadable time or language, and for None where a value is required.
    """
    for name, method in list(vars(kind).items()):
        if isfunction(method) and not name.startswith("_"):
            parameters = [each for each in signature(method).parameters.values() if each.name != "self"]
            if parameters:
                setattr(kind, name, _converting(method, parameters))
    return kind


def _converting(method: Callable[..., Any], parameters: list[Parameter]) -> Callable[..., Any]:
    by_place = [each for each in parameters if each.kind is Parameter.POSITIONAL_OR_KEYWORD]
    by_name = {each.name: each for each in parameters}

    @wraps(method)
    def called(self: Any, *given: Any, **named: Any) -> Any:
        read = [_converted(parameter, value) for parameter, value in zip(by_place, given, strict=False)]
        named = {name: _converted(by_name[name], value) if name in by_name else value for name, value in named.items()}
        return method(self, *read, *given[len(by_place) :], **named)

    return called


def _converted(parameter: Parameter, value: Any) -> Any:
    if value is None:
        return _value_for_none(parameter)
    reader = _reader(parameter)
    return value if reader is None else reader(parameter.name, value)


def _reader(parameter: Parameter) -> "Callable[[str, Any], Any] | None":
    """Return what reads the values of a parameter; None for ids, which have their own rules, and for what may be anything."""
    if parameter.annotation in _TEXTS:
        return _texts
    is_text = parameter.annotation == (str | None) and parameter.name not in IDS
    return _READERS.get(parameter.name, _text if is_text else None)


def _value_for_none(parameter: Parameter) -> Any:
    """Return the value that None stands for."""
    if parameter.default is not Parameter.empty:
        return parameter.default
    if parameter.annotation in (str, Path, Sequence[str]):
        raise UsageError(f"{parameter.name} is missing: give it")
    return None


def _moment(name: str, value: Any) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    try:
        return parse_point_in_time(value)
    except ValueError as error:
        raise UsageError(f"{name} {without_options(str(error))}") from None


def _language(name: str, value: Any) -> Any:
    if value not in get_args(Language):
        raise UsageError(f"{name} {value!r} is not a supported language: use {' or '.join(get_args(Language))}")
    return value


def _path(_: str, value: Any) -> Any:
    return Path(value) if isinstance(value, str | os.PathLike) else value


def _texts(name: str, value: Any) -> Any:
    """Return several texts as a tuple; a single text becomes a tuple of one, not of its letters."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        value = (value,)
    texts = tuple(value)
    for each in texts:
        if name not in IDS and not isinstance(each, str):
            raise UsageError(f"{name} must be a list of texts, not {each!r}")
    return texts


def _text(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        raise UsageError(f"{name} must be text, not {value!r}")
    return value


def _number(name: str, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise UsageError(f"{name} must be a number, not {value!r}")
    return value


def _version(name: str, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, Integral) or not 0 <= int(value) <= MOST_VERSIONS:
        raise UsageError(f"{name} must be the number of a version, not {str(value)[:40]}")
    return int(value)


def _circumstances(name: str, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise UsageError(f"{name} must give names and values, such as {{'hour': '20'}}, not {str(value)[:40]}")
    return value


MOST_VERSIONS = 2**31 - 1
_TEXTS = (Sequence[str], Mapping[str, float] | Sequence[str])
_READERS: dict[str, Callable[[str, Any], Any]] = {
    **{"at": _moment, "until": _moment, "lang": _language, "path": _path},
    **dict.fromkeys(("query", "domain", "avoid", "node", "text", "outcome"), _text),
    "context": _circumstances,
    **dict.fromkeys(("version", "from_version", "to_version", "based_on"), _version),
    **dict.fromkeys(("fresh_only", "days", "limit"), _number),
}


class HasServices(Protocol):
    """Anything with the services of an installation, such as an agent."""

    services: Services


Agent = TypeVar("Agent", bound=HasServices)
P = ParamSpec("P")
Result = TypeVar("Result")


def unit_of_work(method: Callable[Concatenate[Agent, P], Result]) -> Callable[Concatenate[Agent, P], Result]:
    """Decorate a method as one unit of work: it writes rows for a user only if that user was not erased since the call began.

    See `Erasures.work`.
    """

    @wraps(method)
    def wrapped(agent: Agent, /, *arguments: P.args, **named: P.kwargs) -> Result:
        with agent.services.erasures.work():
            return method(agent, *arguments, **named)

    return wrapped


Model = TypeVar("Model", bound=BaseModel)
Progress = Callable[[int, int], None]
"""Called with (done, total): bytes for imports, users for updates."""


class Operations:
    """A group of an agent's methods. The groups share `services` and nothing else."""

    def __init_subclass__(cls) -> None:
        trace_methods(cls)

    def __init__(self, services: Services) -> None:
        self.services = services

    def close(self) -> None:
        """Close connections and files, stop threads and free memory. The agent may be used again: it opens again what it needs."""
        self.services.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.services.settings

    @property
    def clock(self) -> Clock:
        """The clock that gives the current time."""
        return self.services.clock

    @property
    def event_weights(self) -> Mapping[str, float]:
        """The signed weight of each event type."""
        return self.services.event_weights

    @property
    def embedder(self) -> "Embedder":
        """The embedder that turns texts into vectors."""
        return self.services.embedder

    @property
    def model(self) -> "LanguageModel | None":
        """The language model in force; None with provider `none`."""
        return self.services.model

    @property
    def recommender(self) -> "Recommender":
        """The recommender that makes lists, for evaluation and tuning."""
        return self.services.recommender

    @property
    def _quarantine(self) -> Path:
        return self.services.settings.home / "quarantine"


def validated(kind: type[Model], values: Iterable[Model | Mapping[str, Any]]) -> list[Model]:
    """Return the values as events or items, validating dictionaries. Raises `UsageError` that names the first invalid one."""
    name = kind.__name__.lower()
    if isinstance(values, kind | Mapping | str | bytes) or not isinstance(values, Iterable):
        raise UsageError(f"give a list of {name}s, not {type(values).__name__}: a single one goes into [ ]")
    return [
        value if isinstance(value, kind) else _validated_one(kind, value, f"{name} {n}")
        for n, value in enumerate(values)
    ]


def _validated_one(kind: type[Model], value: Any, place: str) -> Model:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        raise as_usage_error(place, error) from None


def as_usage_error(place: str, error: ValidationError) -> UsageError:
    """Return a `UsageError` that says what is wrong with the value at `place`."""
    fault = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(map(str, fault["loc"]))
    message = fault["msg"].removeprefix("Value error, ")
    return UsageError(f"{place} is not usable: {field}{': ' if field else ''}{message}")
