"""JSON as people and programs write it."""

from typing import Any

from pydantic_core import from_json

from penchant.store.json_values import json_object, without_surrogates


def parse_json(content: bytes) -> Any:
    """JSON as people write it: NaN, and halves of emoji that were cut, are taken. Raises `ValueError` with what is wrong."""
    try:
        return from_json(content)
    except ValueError as error:
        if b"\\u" not in content:
            raise
        reason = error
    try:
        return _mended(json_object(content.decode()))
    except (ValueError, RecursionError):
        raise reason from None


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list):
        return [_mended(part) for part in value]
    return {_mended(name): _mended(part) for name, part in value.items()} if isinstance(value, dict) else value
