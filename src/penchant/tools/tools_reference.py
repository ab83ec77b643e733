"""The reference of all tools (`docs/tools.md`), made from the registry."""

from typing import Any

from penchant.tools.registry import Capability, capabilities

HEAD = """# Tools

What an assistant or an agent can ask of Penchant. One registry holds them: the same over MCP (`penchant mcp`), as OpenAI tool
schemas (`penchant.tools.openai_tools()` with `call_tool(name, arguments_json)`), and in LangChain (`penchant.tools.langchain_tools()`).

"""
TABLE = "| Input | Type | | Meaning |\n|---|---|---|---|\n"


def reference() -> str:
    """Markdown: one section per tool, with its inputs and what its output holds."""
    return HEAD + "\n".join(_section(one) for one in capabilities().values())


def _section(one: Capability) -> str:
    schema = one.schema()
    required = schema.get("required", [])
    rows = "".join(_row(name, field, name in required) for name, field in schema.get("properties", {}).items())
    gives = ", ".join(f"`{name}`" for name in one.gives.model_fields)
    return f"## `{one.name}`\n\n{one.description}\n\n{_kind(one)}\n\n{TABLE}{rows}\nGives {gives}.\n"


def _kind(one: Capability) -> str:
    if one.read_only:
        return "*Changes nothing.*" + (" *What was given is recorded, for feedback and paging.*" if one.records else "")
    said = "*Destroys; the user is asked first.*" if one.destructive else "*Writes.*"
    return f"{said} *Doing it twice is doing it once.*" if one.idempotent else said


def _row(name: str, field: dict[str, Any], required: bool) -> str:
    meaning = " ".join(field.get("description", "").split()).replace("|", "\\|")
    return f"| `{name}` | {_type(field)} | {'required' if required else ''} | {meaning} |\n"


def _type(field: dict[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    return str(field.get("type") or field.get("$ref", "any").rpartition("/")[2])
