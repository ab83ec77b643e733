"""Penchant's capabilities as OpenAI tools: the schemas for `tools=`, and the function that answers a tool call."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from penchant.agent.chat.toolbox import as_json
from penchant.errors import PenchantError
from penchant.tools import calling
from penchant.tools.registry import capabilities, find
from penchant.tools.schemas import strict_schema
from penchant.tools.session import shared_agent

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent
    from penchant.tools.calling import Confirm
    from penchant.tools.registry import Capability


def openai_tools(*, user_id: str | None = None, strict: bool = False) -> list[dict[str, Any]]:
    """Return every capability as `{"type": "function", "function": {…}}`, in a stable order, so that prompt caches stay
    valid.

    With `user_id` the tools act for that user only: the argument is left out of the schemas. Pass the same `user_id`
    to `call_tool`. `strict`: schemas for OpenAI's strict mode, where every argument is required and null stands for a
    missing one.
    """
    return [as_function(capability, bound=user_id is not None, strict=strict) for capability in capabilities().values()]


def call_tool(
    name: str,
    arguments_json: str | Mapping[str, Any],
    *,
    agent: "InterestAgent | None" = None,
    user_id: str | None = None,
    confirm: "Confirm | None" = None,
    full: bool = True,
) -> str:
    """Answer one tool call and return the JSON text for the `tool` message. Errors are returned as `{"error",
    "detail"}`, so that the model can correct its call.

    `arguments_json`: JSON text, or the object itself.

    `agent`: by default the installation of the settings. `confirm`: asks the user before anything is destroyed;
    without it such calls are refused. `full=False` returns only what a model should read, in far fewer tokens.
    """
    try:
        capability = find(name)
        arguments = calling.parsed(arguments_json)
    except PenchantError as error:
        return as_json(calling.error_content(error))
    result = calling.call(agent or shared_agent(), capability, arguments, user_id=user_id, confirm=confirm)
    return result.text(full=full)


def as_function(capability: "Capability", *, bound: bool, strict: bool = False) -> dict[str, Any]:
    """Return one capability as an OpenAI function tool."""
    schema = capability.schema("absent" if bound else "required")
    function: dict[str, Any] = {"name": capability.name, "description": capability.description, "parameters": schema}
    if strict:
        function |= {"parameters": strict_schema(schema), "strict": True}
    return {"type": "function", "function": function}
