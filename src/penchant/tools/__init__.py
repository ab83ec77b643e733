"""The interfaces of Penchant. One registry declares all capabilities; MCP, OpenAI tools, LangChain tools and the chat
are generated from it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from penchant.tools.conversing import open_conversation
    from penchant.tools.langchain import langchain_tools
    from penchant.tools.openai import call_tool, openai_tools

# Imported on first use, so that commands which need none of them start quickly.
_HOMES = {
    "call_tool": "penchant.tools.openai",
    "langchain_tools": "penchant.tools.langchain",
    "open_conversation": "penchant.tools.conversing",
    "openai_tools": "penchant.tools.openai",
}

__all__ = ["call_tool", "langchain_tools", "open_conversation", "openai_tools"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'penchant.tools' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
