"""Kinds of words about oneself that hold for the moment only, or state nothing: each with a sentence that it is in, and how it is found.

An expression is tried where it may begin: at the start of the sentence, where its writer is named, or anywhere.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Passing(NamedTuple):
    """One kind. `meaning` and `example` are for those who read them, and for the tests; `text` is a regular expression."""

    meaning: str
    example: str
    text: str


class Passings(NamedTuple):
    """The kinds of one language, each group joined into one expression."""

    at_start: re.Pattern[str]
    of_writer: re.Pattern[str] | None
    anywhere: re.Pattern[str]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in a sentence any of them stands."""
        if found := self.at_start.match(text):
            yield found.span()
        for regex in (self.of_writer, self.anywhere):
            if regex:
                yield from (found.span() for found in regex.finditer(text))


def joined(kinds: Iterable[Passing], before: str = "") -> re.Pattern[str]:
    """All of them as one expression; `before`: what the text must fit where any of them begins."""
    return re.compile(f"{before}(?:{'|'.join(kind.text for kind in kinds)})", re.IGNORECASE)
