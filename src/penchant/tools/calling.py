"""Calling a capability from outside: arguments checked, the user held to, the user's own word asked for, the result in JSON.

Every face goes this way, so that a wrong argument reads the same and the same doors are shut everywhere.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from penchant.agent.chat.parroting import parroted
from penchant.errors import ConsentError, PenchantError, UsageError

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent
    from penchant.tools.registry import Capability, Takes

Confirm = Callable[[str], bool]
"""Puts a question to the user (never to the model) and says whether they agreed."""
SHOWN_FAULTS = 5


@dataclass(frozen=True)
class Result:
    """What came of a call: `value`, or the error that tells the model what to do."""

    capability: "Capability"
    value: BaseModel | None
    error: PenchantError | None = None

    @property
    def brief(self) -> Mapping[str, Any]:
        """What a model should read."""
        if self.value is None:
            assert self.error is not None
            return {"error": self.error.title, "detail": str(self.error)}
        return self.capability.brief(self.value)

    def text(self, *, full: bool = False) -> str:
        """As JSON: the whole result, or what a model should read of it."""
        return _json(self.value.model_dump(mode="json") if full and self.value is not None else self.brief)


def told_error(error: PenchantError) -> str:
    """An error as a model reads it, in JSON."""
    return _json({"error": error.title, "detail": str(error)})


def call(
    agent: "InterestAgent",
    capability: "Capability",
    arguments: Mapping[str, Any],
    *,
    user_id: str | None = None,
    confirm: Confirm | None = None,
    heard: bool = False,
) -> Result:
    """Check, ask where it must be asked, and do. `user_id`: the one user this caller may act for (None: it acts for any). `heard`: the
    caller knows what the user said, and has held the arguments to it.

    What Penchant raises on purpose becomes the result's error; anything else is a fault of ours and is raised.
    """
    try:
        taken = read(capability, arguments, user_id)
        if not heard:
            _refuse_echoes(capability, arguments)
        _ask_the_user(capability, taken, confirm)
        return Result(capability, capability.handler(agent, taken))
    except PenchantError as error:
        return Result(capability, None, error)


def read(capability: "Capability", arguments: Mapping[str, Any], user_id: str | None = None) -> "Takes":
    """The arguments as the capability's input model. Raises `UsageError` that says what is wrong with which argument."""
    try:
        return capability.takes.model_validate(bound(capability, arguments, user_id))
    except ValidationError as error:
        raise UsageError(faults(capability, error)) from None


def bound(capability: "Capability", arguments: Mapping[str, Any], user_id: str | None) -> dict[str, Any]:
    """The arguments with the user filled in. Raises `ConsentError` when they name somebody else."""
    if user_id is None or not capability.concerns_user:
        return dict(arguments)
    named = arguments.get("user_id", user_id)
    if named != user_id:
        raise ConsentError(
            f"{capability.name} was asked for another user, and this conversation is with {user_id!r} only: "
            "leave user_id out, and tell the user that other people's profiles are not shown"
        )
    return {**arguments, "user_id": user_id}


def parsed(arguments_json: str) -> Mapping[str, Any]:
    """JSON text of an object, as models write it; empty text is an empty object. Raises `UsageError`."""
    try:
        arguments = json.loads(arguments_json or "{}", strict=False)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the arguments are not JSON ({error}): send one JSON object") from None
    if not isinstance(arguments, dict):
        raise UsageError(f"the arguments are a JSON {type(arguments).__name__}: send one JSON object")
    return arguments


def faults(capability: "Capability", error: ValidationError) -> str:
    """Every fault in one line, in words a model can act on."""
    told = []
    for fault in error.errors(include_url=False, include_input=False)[:SHOWN_FAULTS]:
        where = ".".join(str(part) for part in fault["loc"]) or "arguments"
        if fault["type"] == "extra_forbidden":
            told.append(f"there is no argument {where} (there are: {', '.join(capability.takes.model_fields)})")
        else:
            told.append(f"{where}: {fault['msg'].removeprefix('Value error, ')}")
    return f"{capability.name} was called wrongly: {'; '.join(told)}"


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=str)


def _refuse_echoes(capability: "Capability", arguments: Mapping[str, Any]) -> None:
    def described() -> list[dict[str, Any]]:
        parameters = capability.schema("absent")
        return [{"function": {"description": capability.description, "parameters": parameters}}]

    if echo := parroted(capability.name, arguments, described):
        raise UsageError(echo)


def _ask_the_user(capability: "Capability", taken: "Takes", confirm: Confirm | None) -> None:
    if capability.question is None:
        return
    question = capability.question(taken)
    if confirm is None:
        raise ConsentError(
            f"{capability.name} needs the user's own yes to: {question!r} Nobody can be asked here; nothing was done. "
            "The application passes `confirm`, or the user runs `penchant erase`"
        )
    if not confirm(question):
        raise ConsentError(f"the user was asked {question!r} and did not agree: nothing was done")
