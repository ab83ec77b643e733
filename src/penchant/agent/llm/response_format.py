"""How JSON is asked for on each rung of the ladder of what servers understand."""

import json
from typing import Any

from penchant.agent.llm.model import Structured


def was_ignored(schema: dict[str, Any], text: str) -> bool:
    """Whether a complete reply shows that the server did not hold the model to the schema it was given."""
    try:
        reply = json.loads(text)
    except (ValueError, RecursionError):
        return True
    return not isinstance(reply, dict) or not set(schema.get("required", ())) <= reply.keys()


def response_format(structured: Structured, schema: dict[str, Any]) -> dict[str, Any] | None:
    """The request's `response_format` on one rung of the ladder."""
    match structured:
        case "schema":
            named = {"name": "reply", "strict": True, "schema": strict(schema)}
            return {"type": "json_schema", "json_schema": named}
        case "grammar":  # the dialect of llama.cpp and its relatives
            return {"type": "json_object", "schema": schema}
        case "json_mode":
            return {"type": "json_object"}
        case _:
            return None


def strict(schema: Any) -> Any:
    """The schema as strict servers want it: every field required, nothing beyond them, no defaults."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    strict_schema = {key: strict(value) for key, value in schema.items() if key != "default"}
    if isinstance(schema.get("properties"), dict):
        strict_schema["properties"] = {name: strict(part) for name, part in schema["properties"].items()}
        strict_schema |= {"required": list(schema["properties"]), "additionalProperties": False}
    return strict_schema
