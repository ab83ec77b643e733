"""Patterns that are compiled at their first use: the same as compiled ones, and none of the product's is wrong."""

import importlib
import pkgutil
import re

import pytest

from penchant.agent import statements
from penchant.lazy_patterns import lazy

TEXT = "I like tea, and I like rye bread."


def test_a_lazy_pattern_finds_and_replaces_what_a_compiled_one_does() -> None:
    source = r"\bi\s+like\s+(?P<subject>[\w ]+)"
    pattern, compiled = lazy(source, re.IGNORECASE), re.compile(source, re.IGNORECASE)

    assert pattern.pattern == compiled.pattern
    assert pattern.findall(TEXT) == compiled.findall(TEXT) == ["tea", "rye bread"]
    assert [found.span("subject") for found in pattern.finditer(TEXT)] == [(7, 10), (23, 32)]
    assert pattern.sub("-", TEXT) == compiled.sub("-", TEXT)
    assert pattern.split(TEXT) == compiled.split(TEXT)
    assert (pattern.groups, dict(pattern.groupindex)) == (1, {"subject": 1})
    assert [pattern.search("tea"), pattern.match("tea"), pattern.fullmatch("tea")] == [None, None, None]


def test_a_wrong_pattern_is_an_error_at_its_first_use() -> None:
    pattern = lazy("(")

    with pytest.raises(re.error, match="unterminated subpattern"):
        pattern.search("")
    with pytest.raises(AttributeError, match="serach"):
        pattern.serach("")  # type: ignore[attr-defined]


def test_every_pattern_for_statements_compiles() -> None:
    modules = [
        importlib.import_module(f"{statements.__name__}.{found.name}")
        for found in pkgutil.iter_modules(statements.__path__)
    ]
    patterns = [value for module in modules for value in vars(module).values() if type(value) is type(lazy(""))]

    assert len(patterns) > 300
    for pattern in patterns:
        pattern.search(TEXT)
