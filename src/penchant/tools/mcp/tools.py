"""Capabilities of the registry as MCP tools."""

import logging
from collections.abc import Awaitable, Callable
from functools import lru_cache, partial
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from mcp import MCPError
from mcp.server.mcpserver import Context, Elicit, ElicitationResult, Resolve
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import PenchantError
from penchant.tools import calling
from penchant.tools.registry import Capability, UserArgument
from penchant.tracing import span

log = logging.getLogger("penchant.mcp")
AgentOf = Callable[[], InterestAgent]
"""Returns the agent that the current request is about."""
UserOf = Callable[[], str | None]
"""Returns the only user that the current request may act for, or None for any."""
InThread = Callable[[Callable[[], calling.Result]], Awaitable[calling.Result]]
"""Runs a call in a thread."""
Note = Callable[[str, str | None], None]
"""Called with the name of what is called and its user."""


def ignore_note(_: str, __: str | None) -> None:
    """Do nothing: for servers without an audit log."""


_BEFORE_OURS = "Error executing tool {}: "
"""The prefix that the SDK adds to error messages."""


class Confirmation(BaseModel):
    """The user's answer."""

    confirm: bool = Field(description="Confirm; this cannot be undone.")


class CapabilityTool(Tool):
    """A tool that calls through `calling`, for the user of the connection, and words its errors for a model."""

    agent_of: AgentOf = Field(exclude=True)
    capability: Capability = Field(exclude=True)
    user_of: UserOf = Field(exclude=True)
    note: Note = Field(exclude=True)
    in_thread: InThread = Field(exclude=True)

    async def run(self, arguments: dict[str, Any], context: Any, convert_result: bool = False) -> Any:
        with span(f"mcp.{self.name}"):
            return await self._run(arguments, context, convert_result)

    async def _run(self, arguments: dict[str, Any], context: Any, convert_result: bool) -> Any:
        try:
            user_id = self.user_of()
            self.note(self.name, user_id or arguments.get("user_id"))
            if self.capability.question is not None:
                checked = calling.read(self.capability, arguments, user_id).arguments
                return await super().run(checked.model_dump(mode="json"), context, convert_result)
            called = partial(calling.call, self.agent_of(), self.capability, arguments, user_id=user_id)
            return reply(await self.in_thread(called))
        except PenchantError as error:
            raise ToolError(error.for_models) from error
        except (MCPError, UnexpectedToolError):
            raise
        except ToolError as error:
            raise ToolError(str(error).removeprefix(_BEFORE_OURS.format(self.name))) from error
        except Exception as error:
            raise UnexpectedToolError(f"{self.name} failed because of an error in the server; see its log") from error


def tool(
    agent_of: AgentOf,
    capability: Capability,
    user_of: UserOf,
    user: UserArgument,
    *,
    note: Note,
    model_limiter: CapacityLimiter,
) -> CapabilityTool:
    """Return the capability as a tool with its own schemas and all annotations.

    `model_limiter` limits the calls that may ask a language model, so that quick calls do not wait for them.
    """
    asks = capability.question is not None
    fields = _fields(capability, user, _asking(agent_of, capability)) if asks else _known_fields(capability, user)
    in_thread = partial(to_thread.run_sync, limiter=model_limiter if capability.asks_model else None)
    return CapabilityTool(
        **fields, agent_of=agent_of, capability=capability, user_of=user_of, note=note, in_thread=in_thread
    )


@lru_cache(maxsize=256)
def _known_fields(capability: Capability, user: UserArgument) -> dict[str, Any]:
    """Return the fields of a tool that asks no question. They are the same for every agent, so each is computed once per
    process.
    """
    return _fields(capability, user, _no_work)


def _fields(capability: Capability, user: UserArgument, code: Callable[..., Any]) -> dict[str, Any]:
    described = Tool.from_function(
        code,
        name=capability.name,
        description=capability.description,
        annotations=_annotations(capability),
    )
    described.fn_metadata.output_schema = capability.output_schema()
    fields = {name: getattr(described, name) for name in Tool.model_fields}
    return fields | {"parameters": _schema_with_any_argument(capability.schema(user))}


def reply(result: calling.Result) -> CallToolResult:
    """Return the result both as structured content and as text, each complete in itself: clients give one or both of
    them to their model.
    """
    if result.error is not None:
        if result.error.is_internal:
            log.error("%s failed: %s", result.capability.name, result.error)
        raise ToolError(result.error.for_models) from result.error
    short = result.short()
    note = f"\nignored arguments: {', '.join(result.ignored)}" if result.ignored else ""
    return CallToolResult(
        content=[TextContent(type="text", text=short.text + note)], structured_content=dict(short.content)
    )


def _schema_with_any_argument(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema without `additionalProperties`: clients add arguments of their own, and the list of tools costs
    tokens at every turn.
    """
    return {key: value for key, value in schema.items() if key != "additionalProperties"}


def _annotations(capability: Capability) -> ToolAnnotations:
    return ToolAnnotations(
        title=capability.title,
        read_only_hint=capability.read_only,
        destructive_hint=capability.destructive,
        idempotent_hint=capability.idempotent,
        open_world_hint=False,
    )


def _no_work() -> None:
    """Do nothing: `CapabilityTool.run` calls the capability itself where no question is asked."""


def _asking(agent_of: AgentOf, capability: Capability) -> Callable[..., CallToolResult]:
    """Return the function of a tool that needs the user's confirmation: the client asks the user (elicitation), the
    model cannot answer.
    """
    assert capability.question is not None
    question = capability.question

    def ask(ctx: Context, user_id: str) -> Elicit[Confirmation]:
        _check_that_it_can_be_asked(ctx, capability)
        return Elicit(question(capability.input_model.model_validate({"user_id": user_id})), Confirmation)

    ask.__annotations__ = {"ctx": Context, "user_id": str, "return": Elicit[Confirmation]}

    def run(user_id: str, confirmation: Any) -> CallToolResult:
        agreed = confirmation.action == "accept" and confirmation.data.confirm
        return reply(calling.call(agent_of(), capability, {"user_id": user_id}, confirm=lambda _: agreed))

    run.__annotations__ = {
        "user_id": str,
        "confirmation": Annotated[ElicitationResult[Confirmation], Resolve(ask)],
        "return": CallToolResult,
    }
    return run


def _check_that_it_can_be_asked(ctx: Context, capability: Capability) -> None:
    offered = ctx.client_capabilities
    if offered is None or offered.elicitation is None:
        raise ToolError(
            f"{capability.name} needs the user's own confirmation and this client cannot ask them (no elicitation): nothing was done. "
            "Tell the user that the operator of Penchant can do it"
        )
