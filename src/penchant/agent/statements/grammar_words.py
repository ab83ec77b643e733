"""Classes of the words that frame a subject, such as persons, adverbs, negations and verbs of taste and need.

The classes are listed in `grammar_words.toml`. All other words have their part of speech: in Chinese from a word list
(`data/words_zh.txt.gz`), which also says where words begin and end, in English from their form. Classes make wordings
known that are in no training sentence: "me degree like § " is recognised whatever the words are.
"""

import gzip
import math
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from penchant.characters import HAN, IDEOGRAPHS
from penchant.lazy_patterns import lazy

#: The class of all words that are not listed.
OPEN = "·"
_LONGEST = 7
_WORD = lazy(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+|[^\w\s]|\w")
_FOREIGN = lazy(rf"[^\W{HAN}]+(?:['’.+#-]+[^\W{HAN}]+)*[+#]*|[^\w\s]")
_ENDINGS = ("ing", "ed", "ly", "ies", "ous", "ful", "ive", "tion", "ness", "er", "al", "ic", "y", "s")
#: Characters of the longest listed Chinese word; log-probabilities of a character in none, and of all words together.
_LONGEST_WORD, _UNKNOWN, _LOG_TOTAL = 4, -18.0, 17.9


class Word(NamedTuple):
    """`text[start:end]` and its class; a punctuation mark is its own class."""

    start: int
    end: int
    kind: str


@lru_cache(256)
def words(text: str, *, chinese: bool) -> tuple[Word, ...]:
    """Return the words of `text` in order, preferring the longest listed one.

    In Chinese, a word that is not listed is one character.
    """
    return tuple(_words(text, _classes("zh" if chinese else "en"), chinese=chinese))


def class_sequence(found: Sequence[Word]) -> list[str]:
    """Return the classes in order, with repeats of open, degree and frequency words dropped."""
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


@lru_cache(256)
def tagged(text: str, *, chinese: bool) -> tuple[Word, ...]:
    """Return the whole words of `text` in order, each with its class or, where it has none, its part of speech."""
    classes = _classes("zh" if chinese else "en")
    found = _segmented(text) if chinese else _by_form(text)
    return tuple(
        Word(start, end, classes.get(text[start:end].casefold().replace("’", "'"), tag)) for start, end, tag in found
    )


def _by_form(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        word = match.group()
        ending = next((each for each in _ENDINGS if word.endswith(each)), "")
        name = word[0].isupper() and match.start() > 0
        yield Word(
            *match.span(), word if not word[0].isalnum() else "1" if word[0].isdigit() else f"{ending}{'^' * name}·"
        )


def _segmented(text: str) -> Iterator[Word]:
    """Yield the likeliest words by their frequencies; a run of letters or digits is one word."""
    at = 0
    for run_of_han in IDEOGRAPHS.finditer(text):
        yield from _by_form_within(text, at, run_of_han.start())
        yield from _likeliest(run_of_han.group(), run_of_han.start())
        at = run_of_han.end()
    yield from _by_form_within(text, at, len(text))


def _by_form_within(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _FOREIGN.finditer(text, start, end):
        yield Word(*match.span(), "x" if match.group()[0].isalnum() else match.group())


def _likeliest(characters: str, offset: int) -> Iterator[Word]:
    known, size = _chinese_words(), len(characters)
    best: list[tuple[float, int, str]] = [(0.0, size, "")] * (size + 1)
    for at in range(size - 1, -1, -1):
        options = [(best[at + 1][0] + _UNKNOWN, at + 1, "·")]
        for end in range(at + 1, min(at + _LONGEST_WORD, size) + 1):
            if entry := known.get(characters[at:end]):
                options.append((best[end][0] + entry[0], end, entry[1]))
        best[at] = max(options)
    at = 0
    while at < size:
        _, end, tag = best[at]
        yield Word(offset + at, offset + end, tag)
        at = end


@cache
def _chinese_words() -> dict[str, tuple[float, str]]:
    """Return the log-probability and the part of speech of each word."""
    with files(__package__).joinpath("data/words_zh.txt.gz").open("rb") as stream:
        lines = gzip.decompress(stream.read()).decode().splitlines()
    found = {}
    for line in lines:
        tag, size, *listed = line.split(" ")
        weight = int(size) / 2 * math.log(2) - _LOG_TOTAL
        found.update(dict.fromkeys(listed, (weight, tag)))
    return found
