"""Checks that a JSON schema for a model's reply can be satisfied."""

from collections.abc import Iterator
from typing import Any

_CHOICES = ("enum", "anyOf", "oneOf")


def faults_of(schema: Any) -> Iterator[str]:
    """Yield the reasons why no reply can match `schema`, or no grammar can be made of it: empty choices, impossible lengths, unresolved
    references.
    """
    yield from _faults(schema, "$", schema)


def _faults(node: Any, path: str, root: Any) -> Iterator[str]:
    if isinstance(node, list):
        for position, part in enumerate(node):
            yield from _faults(part, f"{path}[{position}]", root)
    if not isinstance(node, dict):
        return
    for name in _CHOICES:
        if name in node and isinstance(node[name], list) and not node[name]:
            yield f"{path}.{name} offers nothing"
    if _number(node, "minItems", 0) > _number(node, "maxItems", float("inf")):
        yield f"{path} asks for more entries than it allows"
    reference = node.get("$ref")
    if isinstance(reference, str) and not _resolves(reference, root):
        yield f"{path} refers to {reference}, which is not there"
    required, properties = node.get("required"), node.get("properties")
    if isinstance(required, list) and isinstance(properties, dict) and not set(required) <= properties.keys():
        yield f"{path} requires what it does not allow"
    for name, part in node.items():
        yield from _faults(part, f"{path}.{name}", root)


def _number(node: dict[str, Any], name: str, otherwise: float) -> float:
    value = node.get(name)
    return value if isinstance(value, int | float) else otherwise


def _resolves(reference: str, root: Any) -> bool:
    node = root
    for step in reference.removeprefix("#").split("/"):
        if step and not (isinstance(node, dict) and step in node):
            return False
        node = node[step] if step else node
    return reference.startswith("#")
