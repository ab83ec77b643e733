"""Calls a capability: checks the arguments, limits the call to one user, asks that user where needed, and returns the
result as JSON.

Every interface calls through this module, so that errors read the same and the same checks apply everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from penchant.agent.chat.answers import description_repeated
from penchant.agent.chat.toolbox import as_json
from penchant.agent.llm.written_calls import arguments_in
from penchant.errors import ConsentError, PenchantError, UsageError, without_addresses, without_commands
from penchant.prompts.remarks import closing_clause
from penchant.store.identifiers import id_argument
from penchant.tools.arguments import IGNORED, Input, as_declared
from penchant.tools.sizes import Short

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent
    from penchant.tools.registry import Capability

Confirm = Callable[[str], bool]
"""Asks the user (never the model) a question and returns whether they agreed."""
SHOWN_FAULTS = 5


@dataclass(frozen=True)
class Request:
    """A call with checked arguments for a user that the caller may act for.

    `ignored`: names of arguments that were left out because clients add them to any call.
    """

    capability: "Capability"
    arguments: Input
    ignored: tuple[str, ...] = ()

    @property
    def detailed(self) -> bool:
        """Return whether the full result was asked for."""
        return getattr(self.arguments, "detail", "brief") == "full"


@dataclass(frozen=True)
class Result:
    """The result of a call: `value`, or the error that tells the model what to do.

    `ignored`: names of arguments that were left out. `detailed`: whether the full result was asked for.
    """

    capability: "Capability"
    value: BaseModel | None
    error: PenchantError | None = None
    ignored: tuple[str, ...] = ()
    detailed: bool = False

    @property
    def brief(self) -> Mapping[str, Any]:
        """Return the part of the result that a model should read."""
        if self.value is None:
            assert self.error is not None
            return error_content(self.error)
        note = {"ignored_arguments": list(self.ignored)} if self.ignored else {}
        return {**worded_for_models(self.capability.brief(self.value)), **note}

    def text(self, *, full: bool = False) -> str:
        """Return the result as JSON: all of it where `full` is set or the call asked for it, else the brief one."""
        whole = self.value is not None and (full or self.detailed)
        return as_json(self.whole if whole else self.brief)

    def short(self) -> Short:
        """Return the result for clients that pass everything they receive on to their model."""
        assert self.value is not None
        if self.capability.short is None:
            return Short(self.whole, self.text())
        if self.detailed:
            return Short(self.whole, as_json(self.brief))
        short = self.capability.short.apply(self.value)
        return Short(worded_for_models(short.content), short.text)

    @property
    def whole(self) -> Mapping[str, Any]:
        """Return the full result as JSON values."""
        return worded_for_models(self.value.model_dump(mode="json")) if self.value is not None else self.brief


def error_content(error: PenchantError) -> Mapping[str, Any]:
    """Return an error as a model reads it."""
    return {"error": error.title, "detail": error.for_models}


def worded_for_models(content: Any) -> Any:
    """Return JSON content in which the reasons of degraded steps contain no commands to type, and no addresses."""
    if isinstance(content, Mapping):
        return {
            name: _reason(part, name) if name in ("reason", "why") else worded_for_models(part)
            for name, part in content.items()
        }
    return [worded_for_models(part) for part in content] if isinstance(content, list) else content


def _reason(part: Any, name: str) -> Any:
    if isinstance(part, list):
        return [_reason(reason, name) for reason in part]
    if not isinstance(part, str):
        return part
    reason = without_addresses(part) if name == "reason" else part
    return without_commands(reason, closing_clause(reason))


def call(
    agent: "InterestAgent",
    capability: "Capability",
    arguments: Mapping[str, Any],
    *,
    user_id: str | None = None,
    confirm: Confirm | None = None,
    heard: bool = False,
) -> Result:
    """Check the arguments, ask the user where the capability requires it, and run it. `user_id`: the only user that this
    caller may act for; None for any. `heard`: the caller knows the user's message and has checked the arguments
    against it.

    A `PenchantError` becomes the error of the result; any other exception is a bug and is raised.
    """
    try:
        request = read(capability, arguments, user_id)
        if not heard:
            _refuse_echoes(capability, request.arguments)
        _ask_the_user(request, confirm)
        return Result(capability, capability.handler(agent, request.arguments), None, request.ignored, request.detailed)
    except PenchantError as error:
        return Result(capability, None, error)


def read(capability: "Capability", arguments: Mapping[str, Any], user_id: str | None = None) -> Request:
    """Return the arguments as the capability's input model. `user_id`: the only user that this caller may act for; None
    for any.

    Raises `UsageError` that says which argument is wrong and why, `ConsentError` where they name another user.
    """
    ignored: list[str] = []
    held_to = id_argument(user_id) if user_id is not None and capability.concerns_user else None
    values = as_declared(capability.input_model, arguments, ignored)
    if held_to is not None and values.get("user_id") in (None, ""):
        values["user_id"] = held_to
    try:
        checked = capability.input_model.model_validate(values, context={IGNORED: ignored})
    except ValidationError as error:
        raise UsageError(faults(capability, error)) from None
    if held_to is not None and getattr(checked, "user_id", held_to) != held_to:
        raise ConsentError(
            f"{capability.name} was asked for another user, and this conversation is with {held_to!r} only: "
            "leave user_id out, and tell the user that other people's profiles are not shown"
        )
    return Request(capability, checked, tuple(ignored))


def parsed(arguments_json: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the JSON object in a text as models write it; empty text is an empty object, and an object is returned as
    it is. Raises `UsageError`.
    """
    if isinstance(arguments_json, Mapping):
        return arguments_json
    return arguments_in(arguments_json)


def faults(capability: "Capability", error: ValidationError) -> str:
    """Return the first validation errors in one line, in words that a model can act on."""
    sentences = []
    for fault in error.errors(include_url=False, include_input=False)[:SHOWN_FAULTS]:
        where = ".".join(str(part) for part in fault["loc"]) or "arguments"
        if fault["type"] == "extra_forbidden":
            known = _fields_beside(capability.input_model, fault["loc"])
            sentences.append(f"there is no argument {where} (there are: {', '.join(known)})")
        else:
            message = fault["msg"].removeprefix("Value error, ").split(" or instance of ")[0]
            sentences.append(f"{where}: {message}")
    return f"{capability.name} was called wrongly: {'; '.join(sentences)}"


def _fields_beside(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    """Return the declared names at the place of an unknown one, which may be inside of a list of objects."""
    for part in place[:-1]:
        field = model.model_fields.get(str(part))
        inner = field and next(
            (kind for kind in get_args(field.annotation) if isinstance(kind, type) and issubclass(kind, BaseModel)),
            None,
        )
        model = inner or model
    return list(model.model_fields)


def _refuse_echoes(capability: "Capability", checked: Input) -> None:
    def described() -> list[dict[str, Any]]:
        parameters = capability.schema("absent")
        return [{"function": {"description": capability.description, "parameters": parameters}}]

    if echo := description_repeated(capability.name, checked.model_dump(exclude_unset=True), described):
        raise UsageError(echo)


def _ask_the_user(request: Request, confirm: Confirm | None) -> None:
    capability = request.capability
    if capability.question is None:
        return
    question = capability.question(request.arguments)
    if confirm is None:
        raise ConsentError(
            f"{capability.name} needs the user's own confirmation: {question!r} It cannot be asked for here; nothing was done. "
            "Tell the user that the operator of Penchant can do it"
        )
    if not confirm(question):
        raise ConsentError(f"the user was asked {question!r} and did not agree: nothing was done")
