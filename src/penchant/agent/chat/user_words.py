"""Splits a message into the user's own sentences, clauses, words and stems, each in one pass over the text."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from penchant.characters import has_han, simplified

_LISTS = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


def listed(section: str, name: str) -> tuple[str, ...]:
    """Return a list of words from `words.toml`."""
    return tuple(_LISTS[section][name].split())


MAX_CLAUSES = 100
MAX_NAME = 200
MAX_READ = 4_000
"""The most characters of a message that are read."""
CONTEXT_LENGTH = 20
"""The characters beside a word in which the neighbouring word is searched for."""
_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』"}
_SENTENCE_ENDS = frozenset(".!?。！？\n")
#: 但 in 不但 and 但丁, and 不过 in 再好不过, do not begin a new clause.
_CLAUSE_END = re.compile(
    r"(?P<colon>[:：])|[,;，；、]| (?:but|while|whereas|though)(?= )|(?P<so> so)(?= )"
    r"|(?<![不非])但(?!丁)是?|(?<!再好)(?<!再合适)(?<!只)不过(?!来|去|如此|眼|瘾|分(?!量)|时(?!间|候))"
)
#: Words before and after a "so" that only emphasises: "looks so good", "so much".
_STRENGTHENED = frozenset(listed("sentences", "strengthened"))
_STRENGTHENED_BY = frozenset(
    [word for name in ("liked_it_is", "disliked_it_is") for word in listed("reactions", name)]
    + [*listed("sentences", "amounts")]
)
_OTHERS = frozenset(listed("sentences", "speakers"))
_USERS = frozenset(listed("sentences", "users"))
_WORD = re.compile(r"#?\w+(?:['’]\w+)?")
_QUESTION_WORDS = frozenset(listed("sentences", "questions"))
_REQUEST_WORDS = frozenset(listed("sentences", "requests"))
_ASKED_ZH = listed("sentences", "asked_zh")
_REQUESTED_ZH = listed("sentences", "requested_zh")
_NEGATIONS = frozenset(listed("sentences", "negations"))
NEAR = 4
"""The number of words before another one that may still refer to it."""
GENERIC = frozenset(listed("sentences", "generic"))
"""Words that name nothing by themselves."""


@dataclass(frozen=True)
class Clause:
    """A part of a sentence. `text`: the user's own words, the rest blanked; `raw`: the same characters as written.

    `asks`: the sentence is a question, and not a request to do something ("can you …?"). `heading`: what is before a
    colon directly before this part ("Greek salad: love it").
    """

    text: str
    raw: str
    asks: bool
    heading: str = ""

    @cached_property
    def words(self) -> list[str]:
        """Lower-case words, with typographic apostrophes straightened."""
        return words_of(self.text)

    def negated(self, place: int) -> bool:
        """Return whether one of the `NEAR` words before the word at `place` negates it."""
        return any(word in _NEGATIONS for word in self.words[max(0, place - NEAR) : place])


def clauses(message: str, *, questions_ask: bool = True) -> list[Clause]:
    """Return the first clauses of a message, in order; more than `MAX_CLAUSES` are pasted material.

    With `questions_ask` False, no clause counts as a question.
    """
    raw = message[:MAX_READ]
    own = own_text(raw)
    found = []
    for start, end in _sentence_spans(own):
        asks = questions_ask and _asks(own[start:end])
        found += [
            Clause(own[first:last], raw[first:last], asks, raw[headed:first].rstrip(":： "))
            for headed, first, last in _clause_spans(own, start, end)
        ]
        if len(found) >= MAX_CLAUSES:
            break
    return found[:MAX_CLAUSES]


def own_text(message: str) -> str:
    """Return the first `MAX_READ` characters with everything blanked that is not the user's own, same length.

    Blanked are quotations, lines that begin with `>`, and other speakers' turns in a pasted conversation. Chinese
    characters are simplified.
    """
    lines, others = [], False
    for line in simplified(message[:MAX_READ]).split("\n"):
        speaker = line.lstrip()[:12].replace("：", ":").partition(":")
        name = speaker[0].strip().casefold() if speaker[1] else ""
        others = True if name in _OTHERS else False if name in _USERS else others
        lines.append(" " * len(line) if others or line.lstrip().startswith(">") else _without_quotations(line))
    return "\n".join(lines)


def words_of(text: str) -> list[str]:
    """Return the lower-case words of a text."""
    return [word.replace("’", "'") for word in _WORD.findall(text.casefold())]


def stem(word: str) -> str:
    """Return an English word without endings of number, tense and person, so that "gardening" matches "garden"."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ings", "ing", "ers", "ed", "es", "er", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def share_named(text: str, name: str) -> float:
    """Return which share of `name` is in `text`, 0 to 1, counted in words or in pairs of Chinese characters.

    Words that name nothing by themselves count only where `name` has no others.
    """
    lowered, name = simplified(text).casefold(), simplified(name[:MAX_NAME])
    if has_han(name):
        characters = [character for character in name.casefold() if character.isalnum()]
        pairs = ["".join(characters[at : at + 2]) for at in range(len(characters) - 1)] or characters
        return sum(pair in lowered for pair in pairs) / len(pairs) if pairs else 0.0
    wanted = words_of(name)
    telling = [word for word in wanted if word not in GENERIC] or wanted
    written = {stem(word) for word in words_of(lowered)}
    return sum(stem(word) in written for word in telling) / len(telling) if telling else 0.0


def _without_quotations(line: str) -> str:
    characters = list(line)
    place = 0
    while place < len(line):
        end = line.find(_QUOTES[line[place]], place + 1) if line[place] in _QUOTES else -1
        if end > place:
            characters[place : end + 1] = " " * (end + 1 - place)
            place = end
        elif line[place] in _QUOTES and end < 0:
            break  # without a closing mark, the rest is not certainly a quotation
        place += 1
    return "".join(characters)


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for place, character in enumerate(text):
        if character in _SENTENCE_ENDS and not _inside_a_number(text, place):
            if place - start > 1 and not text[start:place].isspace():
                yield start, place + 1
            start = place + 1
    if text[start:].strip():
        yield start, len(text)


def _clause_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield for each clause the start of its heading (or of itself), its start and its end."""
    headed = first = start
    for mark in _CLAUSE_END.finditer(text, start, end):
        if mark["so"] and _strengthens(text, mark.start(), mark.end()):
            continue
        if text[first : mark.start()].strip():
            yield headed, first, mark.start()
        headed = first if mark["colon"] else mark.end()
        first = mark.end()
    if text[first:end].strip():
        yield headed, first, end


def _strengthens(text: str, start: int, end: int) -> bool:
    """Return whether the "so" between these positions belongs to a word beside it, and does not begin a new clause."""
    before, after = words_of(text[max(0, start - CONTEXT_LENGTH) : start]), words_of(text[end : end + CONTEXT_LENGTH])
    return not _STRENGTHENED.isdisjoint(before[-1:]) or not _STRENGTHENED_BY.isdisjoint(after[:1])


def _inside_a_number(text: str, place: int) -> bool:
    return text[place] == "." and text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


def _asks(sentence: str) -> bool:
    words = words_of(sentence)
    closed = sentence.rstrip()[-1:] in ("?", "？")
    if has_han(sentence):
        asked = closed or any(mark in sentence for mark in _ASKED_ZH)
        return asked and not any(mark in sentence for mark in _REQUESTED_ZH)
    if words and words[0] in _REQUEST_WORDS:
        return len(words) > 1 and words[1] in ("i", "we") and words[0] != "please"
    return closed or bool(words and words[0] in _QUESTION_WORDS)
