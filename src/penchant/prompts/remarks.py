"""Remarks: what an answer or a receipt says of a step that could not be done as configured.

Receipts are stored and read by people of any language, and so are the messages of errors. Both are therefore written in
English, and put into the language of whoever reads them: the English text of a phrase in the catalogue is its key.
"""

import re
from collections.abc import Iterable
from functools import cache, reduce
from typing import TYPE_CHECKING, TypeVar

from penchant.characters import has_han
from penchant.prompts.locales import FALLBACK, Translator, names_of_phrases

if TYPE_CHECKING:  # `penchant --help` needs none of their libraries
    from penchant.store.receipt import Degraded
    from penchant.store.recommendation import ItemExplanation, Recommendation

A = TypeVar("A", "Recommendation", "ItemExplanation")
SECTION = "remarks"
_MARKED = re.compile("\0(\\w+)\0")
"""A value in the English text of a phrase, between control characters."""
_QUOTED = r"""(?<!\w)(?:'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+"|`[^`]*+`)"""
"""What a caller gave, or a command to type: whatever stands in the quotes is no remark."""
_IS_QUOTED = re.compile(_QUOTED, re.DOTALL)
_VALUE = rf"(?>{_QUOTED}|.)+?"
_SENTENCE = re.compile(rf"({_VALUE})(?:; |\Z)", re.DOTALL)
LONGEST = 2_000
"""Characters of the longest text that is looked up; a longer one is no phrase."""


def remark(name: str, **values: object) -> str:
    """Return a remark in English, as it is stored."""
    return Translator(FALLBACK, SECTION)(name, **values)


def remark_in(language: str, text: str) -> str:
    """Return a remark, or several with semicolons between, in another language, with the remarks within it. A text that
    is no phrase of the catalogue, such as the answer of a server, stays as it is.
    """
    if language == FALLBACK or len(text) > LONGEST or _IS_QUOTED.fullmatch(text):
        return text
    several = [_phrase_in(language, part) for part in _SENTENCE.findall(text)]
    remarks = [part for part in several if part is not None]
    if len(remarks) < len(several) or not remarks:
        return _phrase_in(language, text) or text
    joined = Translator(language, "sentences")
    return reduce(lambda first, then: joined("joined", first=first, then=then), remarks)


def _phrase_in(language: str, text: str) -> str | None:
    """Return a remark in another language; None for a text that is no phrase of the catalogue."""
    for name, pattern in _patterns():
        if match := pattern.fullmatch(text):
            values = {value: remark_in(language, part) for value, part in match.groupdict().items()}
            return Translator(language, SECTION)(name, **values)
    return None


def closing_clause(text: str) -> str:
    """Return the clause that refers to the operator of Penchant in place of a command, in the language of the remark `text`."""
    language = "zh" if has_han(_IS_QUOTED.sub("", text)) else FALLBACK
    return Translator(language, SECTION)("by_others", why="")


def degraded_in(language: str, degraded: "Iterable[Degraded]") -> "list[Degraded]":
    """Return degraded steps with their reasons in another language."""
    return [note.model_copy(update={"reason": remark_in(language, note.reason)}) for note in degraded]


def answer_in(language: str, answer: A) -> A:
    """Return a list or an explanation with the reasons of its degraded steps in another language."""
    return answer.model_copy(update={"degraded": degraded_in(language, answer.degraded)})


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the name of every remark and what its English text looks like, those with the most words of their own first."""
    english = Translator(FALLBACK, SECTION)
    texts = {
        name: english(name, **{value: f"\0{value}\0" for value in values}) for name, values in names_of_phrases(SECTION)
    }
    ordered = sorted(texts.items(), key=lambda pair: -len(_MARKED.sub("", pair[1])))
    return tuple((name, _pattern(text)) for name, text in ordered)


def _pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of the English text of a phrase. Each value ends where the text behind it first occurs outside
    quotes, without trying other ends: that would take minutes for some texts.
    """
    literal, *rest = (re.escape(part) if at % 2 == 0 else part for at, part in enumerate(_MARKED.split(text)))
    parts = [f"(?>(?P<{name}>{_VALUE}){after}" for name, after in zip(rest[::2], rest[1::2], strict=True)]
    return re.compile(literal + ")".join(parts) + (r"\Z)" if parts else ""), re.DOTALL)
