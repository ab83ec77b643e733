"""The reference of all tools (`docs/tools.md`), generated from the registry."""

from typing import Any

from penchant.tools.registry import Capability, capabilities

HEAD = """# Tools

What an assistant or an agent can ask of Penchant. One registry holds them: the same over MCP (`penchant mcp`), as OpenAI tool
schemas (`penchant.tools.openai_tools()` with `call_tool(name, arguments_json)`), and in LangChain (`penchant.tools.langchain_tools()`).

"""
TABLE = "| Input | Type | | Meaning |\n|---|---|---|---|\n"


def reference() -> str:
    """Return Markdown: one section per tool, with its inputs and the fields of its output."""
    return HEAD + "\n".join(_section(capability) for capability in capabilities().values())


def _section(capability: Capability) -> str:
    schema = capability.schema()
    required = schema.get("required", [])
    rows = "".join(_row(name, field, name in required) for name, field in schema.get("properties", {}).items())
    fields = ", ".join(f"`{name}`" for name in capability.output_model.model_fields)
    return (
        f"## `{capability.name}`\n\n{capability.description}\n\n{_kind(capability)}\n\n{TABLE}{rows}\nGives {fields}.\n"
    )


def _kind(capability: Capability) -> str:
    if capability.read_only:
        return "*Changes nothing.*" + (
            " *What was given is recorded, for feedback and paging.*" if capability.records else ""
        )
    effect = "*Destroys; the user is asked first.*" if capability.destructive else "*Writes.*"
    return f"{effect} *Doing it twice is doing it once.*" if capability.idempotent else effect


def _row(name: str, field: dict[str, Any], required: bool) -> str:
    meaning = " ".join(field.get("description", "").split()).replace("|", "\\|")
    return f"| `{name}` | {_type(field)} | {'required' if required else ''} | {meaning} |\n"


def _type(field: dict[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    return str(field.get("type") or field.get("$ref", "any").rpartition("/")[2])
