"""JSON schemas of tools, limited to the keywords that every server reads.

OpenAI's strict mode, Gemini and the grammars of local servers do not support references, alternatives with null, or
most formats; a schema that they cannot read makes them refuse the whole request. Bounds, lengths, patterns and
formats are checked when arguments arrive.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

COPIED = frozenset(("type", "description", "enum", "required"))
"""Keywords that are copied; `properties`, `items` and `additionalProperties` are reduced in the same way."""
Schema = dict[str, Any]


def input_schema(model: type[BaseModel]) -> Schema:
    """Return the schema of `model` without references, titles, defaults and nulls."""
    full = model.model_json_schema()
    schema = _simple(full, full.get("$defs", {}))
    schema.pop("description", None)
    return schema


def output_schema(model: type[BaseModel]) -> Schema:
    """Return a schema that names the fields of every result: enough to check a result, and few tokens in a list of
    tools.
    """
    return {"type": "object", "required": [name for name, field in model.model_fields.items() if field.is_required()]}


def strict_schema(schema: Schema) -> Schema:
    """Return `schema` for OpenAI's strict mode: every property is required, optional ones may be null, and a free object
    is JSON text.
    """
    if schema.get("type") == "array":
        return schema | {"items": strict_schema(schema["items"])}
    if schema.get("type") != "object":
        return schema
    if schema.get("additionalProperties") is not False:
        return {
            "type": "string",
            "description": f"{schema.get('description', '')} As the text of a JSON object.".strip(),
        }
    required = schema.get("required", ())
    properties = {
        name: strict_schema(field) if name in required else _or_null(strict_schema(field))
        for name, field in schema["properties"].items()
    }
    return schema | {"properties": properties, "required": list(properties)}


def _or_null(field: Schema) -> Schema:
    options = {"enum": [*field["enum"], None]} if "enum" in field else {}
    return field | {"type": [field["type"], "null"]} | options


def _simple(node: Schema, definitions: Mapping[str, Schema]) -> Schema:
    node = _resolved(node, definitions)
    if "const" in node:
        node = {**node, "type": "string", "enum": [node["const"]]}
    simple = {key: value for key, value in node.items() if key in COPIED}
    if node.get("type") == "array":
        simple["items"] = _simple(node["items"], definitions)
    if node.get("type") == "object":
        fields = node.get("properties", {})
        simple["properties"] = {name: _simple(field, definitions) for name, field in fields.items()}
        simple.setdefault("required", [])
        if node.get("additionalProperties") is False:
            simple["additionalProperties"] = False
    if not simple.get("required", True):
        del simple["required"]
    return simple


def _resolved(node: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """Return the node with its references resolved and without the alternative null."""
    while "$ref" in node or "anyOf" in node:
        if "$ref" in node:
            inner = definitions[node["$ref"].rpartition("/")[2]]
        else:
            inner = next(option for option in node["anyOf"] if option != {"type": "null"})
        node = {**inner, **{key: value for key, value in node.items() if key not in ("$ref", "anyOf")}}
    return node
