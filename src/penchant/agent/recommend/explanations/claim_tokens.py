"""A sentence as words, numbers, days and marks: what claims are made of, in a form that can be compared."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<{{0}}>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d{4})\s*年(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?)?",
        r"(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?",
        r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format('name')}(?:,?\s+(?P<y>\d{{4}}))?\b",
        rf"\b{_MONTH.format('name')}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{{4}}))?\b",
        rf"\b{_MONTH.format('name')},?\s+(?P<y>\d{{4}})\b",
        rf"(?<=\bin ){_MONTH.format('name')}\b",
    )
]
_TOKEN = re.compile(r"\x00\d+\x00|[\u3400-\u9fff]+|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[^\w\s]|_")


@dataclass(frozen=True)
class Token:
    """A word, number, date or mark of a sentence. `stem`: what is compared; `on`: (year, month, day), 0 where unsaid."""

    text: str
    stem: str
    on: tuple[int, int, int] | None = None

    @property
    def is_mark(self) -> bool:
        return self.on is None and not any(character.isalnum() for character in self.text)


def tokens(text: str) -> list[Token]:
    """Words, numbers, dates and marks, in order."""
    text = unicodedata.normalize("NFKC", text.replace("\x00", " ").replace("“", '"').replace("”", '"'))
    days: list[tuple[str, tuple[int, int, int]]] = []

    def hold(found: re.Match[str]) -> str:
        parts = found.groupdict()
        month = MONTHS[parts["name"].lower()] if parts.get("name") else int(parts.get("m") or 0)
        days.append((found.group(), (int(parts.get("y") or 0), month, int(parts.get("d") or 0))))
        return f" \x00{len(days) - 1}\x00 "

    for pattern in _DATES:
        text = pattern.sub(hold, text)
    return [_token(word, days) for word in _TOKEN.findall(text)]


def _token(word: str, days: Sequence[tuple[str, tuple[int, int, int]]]) -> Token:
    if word.startswith("\x00"):
        text, day = days[int(word.strip("\x00"))]
        return Token(text, "", day)
    return Token(word, _stem(word.lower()) if any(map(str.isalnum, word)) else "")


def _stem(word: str) -> str:
    """Enough to see that "pots" and "pot", "gardening" and "garden" are one word."""
    word = word.replace("’", "'").removesuffix("'s")
    for ending, least in (("ies", 5), ("ing", 6), ("es", 5), ("ed", 5), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word.removesuffix("e") if len(word) > 4 else word


def same_day(written: tuple[int, int, int], on: date) -> bool:
    """Whether what was said of a day fits it; what was left unsaid fits any."""
    return all(part in (0, true) for part, true in zip(written, (on.year, on.month, on.day), strict=True)) and any(
        written
    )


def flat(text: str) -> str:
    """On one line, without case: for comparing to the letter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
