"""Penchant's capabilities as LangChain tools (extra `langchain`)."""

from typing import TYPE_CHECKING, Any

from penchant.errors import UsageError
from penchant.tools import calling
from penchant.tools.registry import Capability, capabilities
from penchant.tools.session import shared_agent

if TYPE_CHECKING:
    from langchain_core.tools import StructuredTool

    from penchant.agent.interest_agent import InterestAgent
    from penchant.tools.calling import Confirm


def langchain_tools(
    agent: "InterestAgent | None" = None, *, user_id: str | None = None, confirm: "Confirm | None" = None
) -> "list[StructuredTool]":
    """Return every capability as a LangChain tool. Its content is what a model should read, its artifact the whole
    result.

    With `user_id` the tools act for that user only and do not have this argument. `confirm` asks the user before
    anything is destroyed; without it such calls are refused. Errors are returned as the tool's answer, so that the
    model can correct its call. Raises `UsageError` where the extra is not installed.
    """
    return [_tool(capability, agent or shared_agent(), user_id, confirm) for capability in capabilities().values()]


def _tool(
    capability: Capability, agent: "InterestAgent", user_id: str | None, confirm: "Confirm | None"
) -> "StructuredTool":
    try:
        from langchain_core.tools import StructuredTool, ToolException
    except ImportError:
        raise UsageError("langchain-core is not installed: pip install 'penchant[langchain]'") from None

    def run(**arguments: Any) -> tuple[str, dict[str, Any]]:
        result = calling.call(agent, capability, arguments, user_id=user_id, confirm=confirm)
        if result.error is not None:
            raise ToolException(result.text())
        return result.text(), result.value.model_dump(mode="json") if result.value else {}

    return StructuredTool(
        name=capability.name,
        description=capability.description,
        args_schema=capability.schema("required" if user_id is None else "absent"),
        func=run,
        response_format="content_and_artifact",
        handle_tool_error=True,
        metadata={"read_only": capability.read_only, "destructive": capability.destructive},
    )
