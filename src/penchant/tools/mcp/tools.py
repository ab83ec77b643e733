"""Each capability of the registry as an MCP tool."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

from mcp.server.mcpserver import Context, Elicit, ElicitationResult, Resolve
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import PenchantError
from penchant.tools import calling
from penchant.tools.registry import Capability, UserArgument

UserOf = Callable[[], str | None]
"""The one user the current request may act for, or None."""


class Confirmation(BaseModel):
    """The user's answer."""

    confirm: bool = Field(description="Yes, do it. This cannot be undone.")


class CapabilityTool(Tool):
    """A tool that fills in the user of the connection and words its errors so that a model can mend them."""

    capability: Capability
    user_of: UserOf

    async def run(self, arguments: dict[str, Any], context: Any, convert_result: bool = False) -> Any:
        try:
            calling.read(self.capability, arguments, self.user_of())
            return await super().run(calling.bound(self.capability, arguments, self.user_of()), context, convert_result)
        except PenchantError as error:
            raise ToolError(str(error)) from error


def tool(agent: InterestAgent, capability: Capability, user_of: UserOf, user: UserArgument) -> CapabilityTool:
    """The capability as a tool: its own schemas, every annotation set, errors in our words."""
    function = _asking(agent, capability) if capability.question else _plain(agent, capability)
    made = Tool.from_function(
        _with_arguments_of(capability, function),
        name=capability.name,
        title=capability.title,
        description=capability.description,
        annotations=_annotations(capability),
    )
    made.fn_metadata.output_schema = _rooted(capability.output_schema())
    fields = {name: getattr(made, name) for name in Tool.model_fields} | {"parameters": capability.schema(user)}
    return CapabilityTool(**fields, capability=capability, user_of=user_of)


def _rooted(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with an object at its root, as the protocol wants it, also where a model refers to itself."""
    named = schema.get("$ref", "").removeprefix("#/$defs/")
    return (
        {**schema["$defs"][named], **{key: value for key, value in schema.items() if key != "$ref"}}
        if named
        else schema
    )


def _annotations(capability: Capability) -> ToolAnnotations:
    return ToolAnnotations(
        title=capability.title,
        read_only_hint=capability.read_only,
        destructive_hint=capability.destructive,
        idempotent_hint=capability.idempotent,
        open_world_hint=False,
    )


def _plain(agent: InterestAgent, capability: Capability) -> Callable[..., CallToolResult]:
    def run(**arguments: Any) -> CallToolResult:
        return _reply(calling.call(agent, capability, arguments))

    run.__annotations__ = {"return": Annotated[CallToolResult, capability.gives]}
    return run


def _asking(agent: InterestAgent, capability: Capability) -> Callable[..., CallToolResult]:
    """A capability that needs the user's yes: the client asks them (elicitation), the model cannot answer."""
    assert capability.question is not None
    question = capability.question

    def ask(ctx: Context, user_id: str) -> Elicit[Confirmation]:
        _check_that_it_can_be_asked(ctx, capability)
        return Elicit(question(capability.takes.model_validate({"user_id": user_id})), Confirmation)

    ask.__annotations__ = {"ctx": Context, "user_id": str, "return": Elicit[Confirmation]}

    def run(confirmation: Any, **arguments: Any) -> CallToolResult:
        agreed = confirmation.action == "accept" and confirmation.data.confirm
        return _reply(calling.call(agent, capability, arguments, confirm=lambda _: agreed))

    run.__annotations__ = {
        "confirmation": Annotated[ElicitationResult[Confirmation], Resolve(ask)],
        "return": Annotated[CallToolResult, capability.gives],
    }
    return run


def _check_that_it_can_be_asked(ctx: Context, capability: Capability) -> None:
    told = ctx.client_capabilities
    if told is None or told.elicitation is None:
        raise ToolError(
            f"{capability.name} needs the user's own yes and this client cannot ask them (no elicitation): nothing was done. "
            "Tell the user that whoever runs Penchant can do it with `penchant erase`"
        )


def _with_arguments_of(capability: Capability, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with the capability's fields as its parameters, which is what the SDK reads its schemas from."""
    own = [name for name in function.__annotations__ if name != "return"]
    hints = {name: Annotated[field.annotation, field] for name, field in capability.takes.model_fields.items()}
    function.__annotations__ = {**function.__annotations__, **hints}
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter(name, keyword, annotation=function.__annotations__[name]) for name in own]
    for name, field in capability.takes.model_fields.items():
        default = inspect.Parameter.empty if field.is_required() else field.get_default(call_default_factory=True)
        parameters.append(inspect.Parameter(name, keyword, default=default, annotation=hints[name]))
    returns = function.__annotations__["return"]
    function.__signature__ = inspect.Signature(parameters, return_annotation=returns)  # type: ignore[attr-defined]
    return function


def _reply(result: calling.Result) -> CallToolResult:
    """Everything as structured content; as text what a model should read of it."""
    if result.error is not None:
        raise ToolError(str(result.error))
    assert result.value is not None
    return CallToolResult(
        content=[TextContent(type="text", text=result.text())], structured_content=result.value.model_dump(mode="json")
    )
