"""Remarks: what an answer or a receipt says of a step that could not be done as configured, and the messages of errors.

Receipts are stored and read by people of any language, and so are the messages of errors. Both are therefore written in
English, and put into the language of whoever reads them: the English text of a phrase in the catalogue is its key.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from typing import TYPE_CHECKING, TypeVar

from penchant.characters import has_han
from penchant.prompts.locales import FALLBACK, Translator, names_of_phrases

if TYPE_CHECKING:  # `penchant --help` needs none of their libraries
    from penchant.store.receipt import Degraded, ImportReceipt
    from penchant.store.recommendation import ItemExplanation, Recommendation

A = TypeVar("A", "Recommendation", "ItemExplanation")
SECTION, ERRORS, RECEIPTS = "remarks", "errors", "receipts"
COUNT = "count"
"""The value that decides between one and several."""
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
    """Return a remark or the message of an error, or several with semicolons between, in another language, with the remarks
    within it. A text that is no phrase of the catalogue, such as the answer of a server, stays as it is.
    """
    if _stays(language, text):
        return text
    several = [_remark_or_error_in(language, part) for part in _SENTENCE.findall(text)]
    remarks = [part for part in several if part is not None]
    if len(remarks) < len(several) or not remarks:
        return _remark_or_error_in(language, text) or text
    joined = Translator(language, "sentences")
    return reduce(lambda first, then: joined("joined", first=first, then=then), remarks)


def _remark_or_error_in(language: str, text: str) -> str | None:
    """Return a remark or the message of an error in another language, also behind the name of a file; None for other texts."""
    if found := _phrase_in(language, text) or _phrase_in(language, text, ERRORS, _of_error):
        return found
    what, _, message = text.partition(": ")
    why = (_phrase_in(language, message) or _phrase_in(language, message, ERRORS, _of_error)) if message else None
    return why and Translator(language, RECEIPTS)("about", what=what, why=why)


def _of_error(language: str, text: str) -> str:
    """Return a part of the message of an error in another language: a remark, or what a receipt says too, such as how to name columns."""
    found = remark_in(language, text)
    return found if found != text else _of_receipt(language, text)


def receipt_in(language: str, receipt: "ImportReceipt") -> "ImportReceipt":
    """Return the receipt of an import with its notes and reasons in another language."""
    notes = [_of_receipt(language, note) for note in receipt.notes]
    reasons = {_of_receipt(language, reason): count for reason, count in receipt.reasons.items()}
    return receipt.model_copy(update={"notes": notes, "reasons": reasons})


def step_in_words(step: str, language: str) -> str:
    """Return the name of a degraded step; the step itself if it has none."""
    words = Translator(language, "steps")
    return words(step) if step in words else step


def _of_receipt(language: str, text: str) -> str:
    """Return a note or reason of a receipt, or a part of it, in another language."""
    if _stays(language, text):
        return text
    return _phrase_in(language, text, RECEIPTS, _of_receipt) or _phrase_in(language, text) or text


def _stays(language: str, text: str) -> bool:
    return language == FALLBACK or len(text) > LONGEST or _IS_QUOTED.fullmatch(text) is not None


def _phrase_in(
    language: str, text: str, section: str = SECTION, value_in: Callable[[str, str], str] = remark_in
) -> str | None:
    """Return a remark in another language; None for a text that is no phrase of the section."""
    for name, fixed, pattern in _patterns(section):
        if match := pattern.fullmatch(text):
            values = {value: value_in(language, part) for value, part in match.groupdict().items()}
            return Translator(language, section)(name, **values, **fixed)
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
def _patterns(section: str) -> tuple[tuple[str, Mapping[str, int], re.Pattern[str]], ...]:
    """Return the name of every phrase and what its English text looks like, those with the most words of their own first.
    A phrase that differs for one and for several comes twice, with the number that the first stands for.
    """
    english = Translator(FALLBACK, section)
    texts = []
    for name, values in names_of_phrases(section):
        marked = {value: f"\0{value}\0" for value in values}
        texts.append((name, dict[str, int](), english(name, **marked)))
        if COUNT in values:
            texts.append((name, {COUNT: 1}, english(name, **marked | {COUNT: 1})))
    texts.sort(key=lambda form: -len(_MARKED.sub("", form[2])))
    return tuple((name, fixed, _pattern(text)) for name, fixed, text in texts)


def _pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of the English text of a phrase. Each value ends where the text behind it first occurs outside
    quotes, without trying other ends: that would take minutes for some texts.
    """
    literal, *rest = (re.escape(part) if at % 2 == 0 else part for at, part in enumerate(_MARKED.split(text)))
    parts = [f"(?>(?P<{name}>{_VALUE}){after}" for name, after in zip(rest[::2], rest[1::2], strict=True)]
    return re.compile(literal + ")".join(parts) + (r"\Z)" if parts else ""), re.DOTALL)
