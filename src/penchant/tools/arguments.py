"""Normalises arguments as clients and models send them, in one place for every interface.

Arguments with only one possible meaning are accepted: empty values for optional arguments, a list or an object as
JSON text, a single text or object where a list is expected, `userId` for `user_id`, the whole call inside of
`arguments`. Arguments that clients are known to add are left out and noted. Any other undeclared name is refused, so
that a model learns of its mistake.
"""

import json
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from penchant.store.identifiers import Identifier

WRAPPERS = ("arguments", "args", "kwargs", "input", "params", "parameters")
"""Names under which some clients send all arguments as one object."""
CLIENT_ARGUMENTS = frozenset(
    (
        *("sessionid", "action", "chatinput", "toolcallid", "tool"),  # n8n
        *("randomstring", "dummy", "explanation", "reason", "reasoning", "thought", "thoughts", "thinking"),  # editors
        *("securityrisk", "taskprogress", "progresstoken", "requestid", "traceid", "signal", "summary"),  # agents
        *(
            "waitforprevious",
            "waitforprevioustools",
            "toolaction",
            "toolsummary",
        ),  # Google's command lines and editors
        *("requestheartbeat", "innerthoughts", "sanitizeinputsoutputs"),  # Letta, smolagents
        *("config", "callbacks", "runmanager", "metadata"),  # LangChain
    )
)
"""Names that clients add to any call, without underscores and in lower case. Names that begin with `_` or `$` are
treated the same.
"""
VERBATIM = frozenset(("text",))
"""Optional arguments that hold what a person wrote, word for word."""
IGNORED = "ignored"
"""The key of the validation context for the list of names that were left out."""


class Input(BaseModel):
    """Base class of all inputs."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _as_declared(cls, data: Any, info: ValidationInfo) -> Any:
        data = from_json_text(data)
        if not isinstance(data, Mapping):
            return data
        return as_declared(cls, data, info.context.get(IGNORED, []) if info.context else [])


class ForUser(Input):
    """Base class of inputs that concern one user."""

    user_id: Identifier = Field(description="The user's id.")


Detail = Annotated[Literal["brief", "full"], Field(description="full: with all evidence; long.")]
"""The argument `detail` of capabilities with long results: `brief` by default, `full` on request."""


def as_declared(model: type[Input], data: Mapping[str, Any], ignored: list[str]) -> dict[str, Any]:
    """Return the arguments under their declared names, without empty optional ones. Names that clients added are
    appended to `ignored`; unknown names stay as they are.
    """
    data = _unwrapped(model, data)
    values: dict[str, Any] = {}
    for name, value in data.items():
        declared = _declared_name(model, name, data)
        if declared is None:
            if _is_added_by_client(name):
                ignored.append(name)
            else:
                values[name] = value
            continue
        field = model.model_fields[declared]
        if field.is_required() or not _is_empty(value, declared):
            values[declared] = _as_choice(field.annotation, _as_kind(_kind(field.annotation), value))
    return values


def from_json_text(value: Any) -> Any:
    """Return the list or object that a text holds as JSON, even if it was encoded twice; any other value as it is."""
    content = value
    for _ in range(2):
        if not isinstance(content, str) or content.lstrip()[:1] not in ("{", "[", '"'):
            break
        try:
            content = json.loads(content, strict=False)
        except (ValueError, RecursionError):
            return value
    return content if isinstance(content, list | dict) else value


def _unwrapped(model: type[BaseModel], data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the inner object where a client sends all arguments under one name, else `data`."""
    if len(data) != 1:
        return data
    [(name, value)] = data.items()
    inner = from_json_text(value)
    return inner if name in WRAPPERS and name not in model.model_fields and isinstance(inner, dict) else data


def _declared_name(model: type[BaseModel], name: str, data: Mapping[str, Any]) -> str | None:
    """Return the declared name that `name` stands for: itself, or the field of which it is another spelling; None where
    there is none.
    """
    if name in model.model_fields:
        return name
    plain = _comparable_name(name)
    return next((field for field in model.model_fields if _comparable_name(field) == plain and field not in data), None)


def _comparable_name(name: str) -> str:
    return name.replace("_", "").replace("-", "").casefold()


def _is_added_by_client(name: str) -> bool:
    return name.startswith(("_", "$")) or _comparable_name(name) in CLIENT_ARGUMENTS


def _is_empty(value: Any, name: str) -> bool:
    """Return whether an optional argument is empty. The word "null" counts as empty, too, except where it may be what a
    person said.
    """
    if isinstance(value, str):
        text = value.strip()
        return not text or (text in ("null", "None", "undefined") and name not in VERBATIM)
    return value is None


def _as_choice(annotation: Any, value: Any) -> Any:
    """Return the choice that a word means: `remove` for `Remove`, `en` for `en-US`; any other value as it is."""
    choices = [word for word in _choices(annotation) if isinstance(word, str)]
    if not choices or not isinstance(value, str) or value in choices:
        return value
    word = value.strip().casefold()
    return next((choice for choice in choices if choice in (word, word.replace("_", "-").partition("-")[0])), value)


def _choices(annotation: Any) -> tuple[Any, ...]:
    """Return the words of a `Literal`, also inside of `Annotated` and unions."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    inner = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
    return tuple(word for part in inner for word in _choices(part))


def _as_kind(kind: Any, value: Any) -> Any:
    if kind in (int, float) and isinstance(value, bool):
        return str(value)  # bool is a subclass of int, but true is not a number here
    if kind not in (list, dict) and not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return value
    value = from_json_text(value)
    if kind is list and isinstance(value, list):
        return [part for part in value if part is not None]
    return [value] if kind is list and isinstance(value, dict | str) else value


def _kind(annotation: Any) -> Any:
    """Return the class behind an annotation (`list` for `list[X] | None`); None where there are several."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kind(get_args(annotation)[0])
    if origin in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not NoneType]
        return _kind(options[0]) if len(options) == 1 else None
    return origin or annotation
