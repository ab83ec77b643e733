"""Which parameters of a test `make test` tries, and which are left to `make test-long`."""

from collections.abc import Iterable
from typing import Any

import pytest


def long_except(quick: Any, values: Iterable[Any]) -> list[Any]:
    """`values` as parameters, all of them marked `long` but `quick`."""
    found = list(values)
    assert quick in found
    return [value if value == quick else _long(value) for value in found]


def examples(quick: int, many: int) -> list[Any]:
    """How many examples a law is tried on: `quick` by `make test`, `many` by `make test-long`."""
    return [quick, _long(many)]


def _long(value: Any) -> Any:
    return pytest.param(*value if isinstance(value, tuple) else (value,), marks=pytest.mark.long)
