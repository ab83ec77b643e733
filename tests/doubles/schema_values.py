"""JSON values that fit a schema, for the part of JSON Schema that our replies use; what is not known raises.

`hypothesis-jsonschema` does this for all of JSON Schema, with internals of Hypothesis that are no longer there.
"""

from typing import Any

from hypothesis import strategies as st

_CHECKED = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "$defs"}
)


_SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(max_size=80),
    "integer": st.integers(),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "null": st.none(),
}


def values(schema: dict[str, Any], root: dict[str, Any] | None = None) -> st.SearchStrategy[Any]:
    """Values that fit `schema`; references are looked up in `root`."""
    root = root or schema
    if "$ref" in schema:
        return values(_referred(schema["$ref"], root), root)
    if "anyOf" in schema:
        return st.one_of([values(part, root) for part in schema["anyOf"]])
    if choices := schema.get("enum", [schema["const"]] if "const" in schema else []):
        return st.sampled_from(choices)
    if unknown := schema.keys() - _CHECKED:
        raise ValueError(f"values of a schema with {sorted(unknown)} are not made here")
    if schema["type"] == "object":
        return _objects(schema, root)
    if schema["type"] == "array":
        entries = values(schema["items"], root)
        return st.lists(entries, min_size=schema.get("minItems", 0), max_size=schema.get("maxItems", 6))
    return _SCALARS[schema["type"]]


def _referred(reference: str, root: dict[str, Any]) -> dict[str, Any]:
    node: Any = root
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return dict(node)


def _objects(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    fields = {name: values(part, root) for name, part in schema.get("properties", {}).items()}
    required = {name: fields[name] for name in schema.get("required", ())}
    return st.fixed_dictionaries(required, optional={name: fields[name] for name in fields.keys() - required.keys()})
