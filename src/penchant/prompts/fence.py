"""Fences untrusted text: text by third parties reaches a model as data between marks, never as part of its instructions.

Every value that a template prints is fenced unless it is a number or `Trusted`, so a template cannot forget to fence.
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
    """Penchant's own text (a vocabulary's label, a rendered part), which templates print unchanged."""

    __slots__ = ()


def neutralise(text: str, limit: int = MAX_TEXT) -> str:
    """Return `text` on one line, of at most `limit` characters, without anything that could close the fence or pass for a turn of the
    conversation.

    Instructions to a model are removed. If the text consists only of instructions, they are broken up instead, so that the result is
    not empty.
    """
    harmless = plain(text) or _ROLE.sub(r"\1 ", visible(text))
    return shorten(_TAGS.sub(" ", harmless).translate(_MARKS), limit)


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` characters of `text`, cut between words if one ends in the last third."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > 2 * limit // 3 else cut).rstrip(" ,;:-") + "…"


def fence(text: str, limit: int = MAX_TEXT) -> Trusted:
    """Return the neutralised text between fence marks, ready to be printed."""
    return Trusted(f"{OPEN}{neutralise(text, limit)}{CLOSE}")


def fence_lines(texts: Iterable[str | tuple[Trusted, str]]) -> Trusted:
    """Return one fence around many texts, each on a line of its own, after its mark if it has one (Jinja's filter `lines`).

    A fence around each would take a third of the tokens of a list of titles. No text can start a new line, because line breaks are
    neutralised too.
    """
    return Trusted(OPEN + "\n".join(map(_line, texts)) + CLOSE)


def _line(text: str | tuple[Trusted, str]) -> str:
    return neutralise(text) if isinstance(text, str) else f"{text[0]} {neutralise(text[1])}"


def printed(value: Any) -> Any:
    """Return what a template prints for `value`: numbers and trusted text unchanged, everything else fenced (Jinja's `finalize`)."""
    return value if isinstance(value, Trusted | int | float) else fence(str(value))
