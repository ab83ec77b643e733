"""Splits messages into sentences in one pass, without backtracking, since users' texts may be long and hostile.

Code, quoted lines and addresses are blanked first, with the same length, so that positions stay those of the message.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from penchant.agent.statements.wordings import Kind, Polarity
from penchant.characters import HAN, IDEOGRAPH
from penchant.lazy_patterns import lazy


class ClauseReading(NamedTuple):
    """One statement that a sentence may contain. `start`, `end`: the bounds of the subject in the sentence.

    `weak`: the words alone do not show that it lasts.
    """

    kind: Kind
    polarity: Polarity | None
    start: int
    end: int
    scope: str | None = None
    strict: bool = False
    #: The statement ends an earlier one and puts nothing in its place.
    retracts: bool = False
    #: Something a person has one of at a time: "favourite player", "diet", "home"; a new value ends the old one.
    slot: str | None = None
    #: What the new subject replaces, as named in the sentence.
    replaces: str | None = None
    weak: bool = False
    #: The subject was mentioned before ("I don't like it any more").
    refers_back: bool = False
    #: The rule alone decides that this is a statement, with its kind, polarity and subject.
    sure: bool = False
    #: The rule decides kind, polarity and subject; the classifier decides whether it is a statement.
    whole: bool = False
    #: It is read from several clauses together.
    across_clauses: bool = False
    #: The number of the wording for the classifier (`Pattern.number`, or one of the three below); -1 without a pattern.
    pattern: int = -1


#: Numbers of readings without a pattern: a change or past fact, an introduction, a reference to something elsewhere.
CHANGED, INTRODUCED, REFERENCE = 0, 1, 2


#: The most characters read of one message. A longer one is mostly pasted material.
MAX_MESSAGE = 12_000
#: A longer sentence is a list, a table or a text without punctuation.
MAX_SENTENCE = 400
#: The most sentences read at either end of a message; a longer middle is pasted material.
MAX_SENTENCES = 20
#: Replaces every character that is not the user's own.
BLANK = "\ufffc"
_ENDS = frozenset(".!?…。！？；;\n")
_CLOSERS = frozenset("\"'”’」』)）]")
_ABBREVIATIONS = frozenset(
    [
        "e.g",
        "i.e",
        "etc",
        "vs",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "no",
        "approx",
        "fig",
        "cf",
        "p.s",
        "ca",
        "u.s",
        "u.k",
        "a.m",
        "p.m",
        "jr",
        "sr",
        "inc",
        "ltd",
        "co",
    ]
)
CLAUSE_ZH = lazy(
    rf"[，,；;]|(?<=[{HAN}])\s+(?=[{HAN}])|(?<=[{HAN}]{{2}})(?<![不非])但是?(?=[我不]|讨厌|怕|烦|恨|受不了)"
)
#: "D.C", after which a sentence goes on with one of these words.
_INITIALS = lazy(r"(?:[A-Z]\.)+[A-Z]")
_GOES_ON = lazy(r"\.\s+(?:and|or|in|on|at|for|with|near|to|from|during|since|when|because|but|as|area)\b")
_MARKED_UP = lazy(r"\s*<[A-Za-z]\w*[^<>\n]{0,200}>[^\n]*</?[A-Za-z][^<>\n]{0,40}>\s*")
#: A comment behind something on a line, and code, behind which it is one: `likes = ["tea"]  # I love tea`.
_COMMENT = lazy(r"(?<=[\])};\"'\w])[ \t]{1,8}(?:#|//)[ \t][^\n]*+")
_CODE = lazy(r"[\w\]][ ]?=[ ]?[\[\"'{(\d]|\w\(")
_ADDRESS = lazy(rf"(?:https?://|www\.)[^\s{HAN}]{{1,500}}")


class Sentence(NamedTuple):
    """A piece of a message: `message[start:end]`; `text` is its blanked form of the same length."""

    text: str
    start: int
    end: int
    #: The bounds of the whole sentence that it is a part of.
    within: tuple[int, int] | None = None

    @property
    def whole(self) -> tuple[int, int]:
        """The start and end of the whole sentence in the message."""
        return self.within or (self.start, self.end)


#: A space between Chinese and a foreign word or number, which many writers put there: 「我对 shellfish 过敏」.
_BESIDE_FOREIGN = lazy(rf"(?<=[{HAN}])[ \t](?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[ \t](?=[{HAN}])")
JOINER = "\u2060"


def joined(text: str) -> str | None:
    """Return Chinese text with an invisible joiner in place of each space beside a foreign word; None if there is no such space.

    Patterns end a Chinese phrase at a space.
    """
    found, count = _BESIDE_FOREIGN.subn(JOINER, text)
    return found if count else None


def without_joiners(reading: ClauseReading, text: str) -> ClauseReading:
    """Return a reading of `joined` text without joiners at the ends of its subject."""
    subject = text[reading.start : reading.end]
    start = reading.start + len(subject) - len(subject.lstrip(JOINER))
    return reading._replace(start=start, end=start + len(subject.strip(JOINER)))


def is_chinese(text: str) -> bool:
    """Return whether the text is read as Chinese: it begins with 我, or a fifth of its letters are Han characters."""
    han = len(IDEOGRAPH.findall(text))
    return han > 0 and (text.startswith("我") or 5 * han >= sum(map(str.isalpha, text)))


def blanked(message: str) -> str:
    """Return the message, same length, with code, markup, lines quoted by `>` and addresses blanked."""
    text = message[:MAX_MESSAGE]
    for fence in ("```", "~~~"):
        text = _without_fenced(text, fence)
    text = _COMMENT.sub(_without_comment, text)
    text = _ADDRESS.sub(lambda match: BLANK * len(match.group()), text)
    return "\n".join(BLANK * len(line) if _is_material(line) else line for line in text.split("\n"))


def _without_comment(found: re.Match[str]) -> str:
    """Return the comment blanked if the line before it has code."""
    begins = found.string.rfind("\n", 0, found.start()) + 1
    is_code = _CODE.search(found.string, begins, found.start())
    return BLANK * len(found[0]) if is_code else found[0]


def _is_material(line: str) -> bool:
    """Return whether a line is quoted, a row of a table, or marked up as in HTML."""
    return line.lstrip().startswith((">", "|")) or bool(_MARKED_UP.fullmatch(line))


def _without_fenced(text: str, fence: str) -> str:
    start = text.find(fence)
    while start >= 0:
        end = text.find(fence, start + len(fence))
        stop = len(text) if end < 0 else end + len(fence)
        text = text[:start] + "".join("\n" if c == "\n" else BLANK for c in text[start:stop]) + text[stop:]
        start = text.find(fence, stop)
    return text


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a blanked message in order, without outer space, blank or too long ones."""
    found = [
        sentence
        for sentence in _split(text)
        if sentence.end - sentence.start <= MAX_SENTENCE and any(map(str.isalpha, sentence.text))
    ]
    return found if len(found) <= 2 * MAX_SENTENCES else found[:MAX_SENTENCES] + found[-MAX_SENTENCES:]


def _split(text: str) -> Iterator[Sentence]:
    start, at = 0, 0
    while at < len(text):
        if text[at] in _ENDS and _ends_sentence(text, at):
            at += 1
            while at < len(text) and (text[at] in _ENDS or text[at] in _CLOSERS):
                at += 1
            yield from _trimmed(text, start, at)
            start = at
        elif text[at] in " \t" and text[at : at + 4].isspace() and at + 4 <= len(text):
            yield from _trimmed(text, start, at)  # four spaces separate columns of a table, not words of a sentence
            at += 4
            while at < len(text) and text[at] in " \t":
                at += 1
            start = at
        else:
            at += 1
    yield from _trimmed(text, start, len(text))


def _ends_sentence(text: str, at: int) -> bool:
    if text[at] != ".":
        return True
    following = text[at + 1 : at + 2]
    if following and not following.isspace() and following not in _CLOSERS and not IDEOGRAPH.match(following):
        return False  # 3.5, penchant.toml
    start = at
    while start > 0 and at - start < 8 and (text[start - 1].isalpha() or text[start - 1] == "."):
        start -= 1
    goes_on = _INITIALS.fullmatch(text, start, at) and _GOES_ON.match(text, at)
    return not goes_on and text[start:at].casefold() not in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(" \t\r\n-*•·"))
    piece = piece[left:].rstrip()
    if piece:
        yield Sentence(piece, start + left, start + left + len(piece))


_PARTNERS = {'"': '"', "“": "”", "「": "」", "『": "』", "'": "'"}


def without_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a subject without space and quotation marks around it; marks around a part of it stay."""
    while start < end and text[start] in " 　":
        start += 1
    opened = _PARTNERS.get(text[start : start + 1])
    closed = text.find(opened, start + 1, end) if opened else -1
    if opened and closed in (-1, end - 1):
        return without_quotes(text, start + 1, end - (closed > 0))
    while (start < end and text[end - 1] in " 　～~") or _is_left_over(text[start:end]):
        end -= 1
    return start, end


def _is_left_over(text: str) -> bool:
    """Return whether the text ends in a quotation mark that is not opened in it."""
    opener = next((first for first, last in _PARTNERS.items() if text.endswith(last)), None)
    return opener is not None and (text.count(opener) % 2 == 1 if opener == text[-1] else opener not in text[:-1])
