"""Arguments that are no arguments: small models fill in what the tool's description says instead of what the user said."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

LEAST_WORDS = 4
"""Fewer in a row are anybody's words."""
_WORD = re.compile(r"\w+")


def parroted(
    name: str, arguments: Mapping[str, Any], schemas: Callable[[], Sequence[Mapping[str, Any]]], message: str = ""
) -> str | None:
    """What to tell a model whose call repeats a description of the tools in `schemas`; None where it does not.

    An argument does when all its words, at least `LEAST_WORDS` of them, stand in this order in what a tool or an argument is described as,
    and not in the message: what the user really said may be anything.
    """
    given = [(argument, _words(value)) for argument, value in arguments.items() if isinstance(value, str)]
    suspects = [
        (given_text, words)
        for given_text, words in given
        if words.count(" ") > LEAST_WORDS and words not in _words(message)
    ]
    if not suspects:
        return None
    described = [_words(text) for tool in schemas() for text in _descriptions(tool["function"])]
    for argument, words in suspects:
        if any(words in text for text in described):
            return f"{name} was given a description as its {argument}: put the user's own words there, or leave it out"
    return None


def _descriptions(function: Mapping[str, Any]) -> Iterator[str]:
    yield str(function.get("description", ""))
    for schema in function["parameters"].get("properties", {}).values():
        yield str(schema.get("description", ""))


def _words(text: str) -> str:
    """Words only, between spaces, so that one text can be looked for in another."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
