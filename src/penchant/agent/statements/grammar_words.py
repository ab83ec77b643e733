"""Classes of the words that frame a subject: persons, adverbs, negations, verbs of taste and need (`grammar_words.toml`).

They tell of wordings that were in no training sentence: "me degree like § " is read whatever the words are.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

#: The class of words that are in no class.
OPEN = "·"
_LONGEST = 7
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+|[^\w\s]|\w")


class Word(NamedTuple):
    """`text[start:end]` and its class; a mark of punctuation is its own class."""

    start: int
    end: int
    kind: str


@lru_cache(256)
def words(text: str, *, chinese: bool) -> tuple[Word, ...]:
    """The words of `text` in order, the longest of a class first; in Chinese what is in no class is one character each."""
    return tuple(_words(text, _classes("zh" if chinese else "en"), chinese=chinese))


def run(found: Sequence[Word]) -> list[str]:
    """The classes in order, words of one class in a row once."""
    kinds = [word.kind for word in found]
    return [
        kind
        for at, kind in enumerate(kinds)
        if at == 0 or kind != kinds[at - 1] or kind not in (OPEN, "degree", "always")
    ]


def _words(text: str, classes: dict[str, str], *, chinese: bool) -> Iterator[Word]:
    at = 0
    while at < len(text):
        size = _longest(text, at, classes) if chinese else 0
        if size:
            yield Word(at, at + size, classes[text[at : at + size]])
        elif match := _WORD.match(text, at):
            size = match.end() - at
            word = match.group().casefold().replace("’", "'")
            yield Word(at, at + size, classes.get(word, OPEN if word[0].isalnum() else word))
        at += max(size, 1)


def _longest(text: str, at: int, classes: dict[str, str]) -> int:
    return next((size for size in range(min(_LONGEST, len(text) - at), 0, -1) if text[at : at + size] in classes), 0)


@cache
def _classes(language: str) -> dict[str, str]:
    table = tomllib.loads(files(__package__).joinpath("grammar_words.toml").read_text("utf-8"))[language]
    return {word: kind for kind, listed in reversed(table.items()) for word in listed.split()}
