"""Untrusted text, fenced: what strangers wrote reaches a model as data between marks, never as part of what it is told.

Every value a template prints is fenced unless it is a number or was declared `Trusted`: a template cannot forget it.
"""

import re
from collections.abc import Iterable
from typing import Any

from penchant.store.plain import plain, visible

OPEN, CLOSE = "«", "»"
MAX_TEXT = 400
_MARKS = str.maketrans({OPEN: '"', CLOSE: '"', "`": "'"})
_ROLE = re.compile(r"\b(system|assistant|user|human|developer|tool)\s*[:：]", re.IGNORECASE)
_TAGS = re.compile(r"<[|/｜]?|[|｜]>")


class Trusted(str):
    """Text of our own (a vocabulary's label, a rendered part), which templates print as it is."""

    __slots__ = ()


def neutralise(text: str, limit: int = MAX_TEXT) -> str:
    """`text` on one line, at most `limit` characters, without anything that could close the fence or pass for a turn of the conversation.

    Orders are left out; a text that is nothing but an order is kept, broken up, so that its group is not empty.
    """
    harmless = plain(text) or _ROLE.sub(r"\1 ", visible(text))
    return shorten(_TAGS.sub(" ", harmless).translate(_MARKS), limit)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words where one ends in the last third."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > 2 * limit // 3 else cut).rstrip(" ,;:-") + "…"


def fence(text: str, limit: int = MAX_TEXT) -> Trusted:
    """Neutralised text between fence marks, ready to be printed."""
    return Trusted(f"{OPEN}{neutralise(text, limit)}{CLOSE}")


def fence_lines(texts: Iterable[str | tuple[Trusted, str]]) -> Trusted:
    """One fence around many texts, each on a line of its own, behind its mark where it has one (Jinja's filter `lines`).

    A fence for each would be a third of a list of titles. No text can start a line: line breaks are neutralised like everything else.
    """
    return Trusted(OPEN + "\n".join(map(_line, texts)) + CLOSE)


def _line(text: str | tuple[Trusted, str]) -> str:
    return neutralise(text) if isinstance(text, str) else f"{text[0]} {neutralise(text[1])}"


def printed(value: Any) -> Any:
    """What a template prints for `value`: numbers and trusted text as they are, everything else fenced (Jinja's `finalize`)."""
    return value if isinstance(value, Trusted | int | float) else fence(str(value))
