"""Which words of a sentence still hold where a part of what it says has ended.

"I'm vegetarian and allergic to peanuts" is told as "allergic to peanuts" once fish is eaten again, and "I love green tea but not matcha"
as "I love green tea" once matcha is liked.
"""

import re
from collections.abc import Sequence

from penchant.agent.statements.sentences import is_chinese
from penchant.agent.statements.subjects import same
from penchant.store.statement import Statement

_PARTS = re.compile(
    r"\s*[,;:，；、：]\s*(?:and\s+|but\s+)?|\s+(?:and|but|though|while|except|without)\s+|[但而]是?|并且|而且|除了",
    re.IGNORECASE,
)
_ENDS = " \t.!?。！？"
#: What stands before what is left out of a liking.
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|except(?:\s+for)?|without|don['’]?t\s+\w+)|不(?:喜欢|爱|吃|喝|要)?|除了)\s*$",
    re.IGNORECASE,
)


def still_told(holds: Sequence[Statement], history: Sequence[Statement]) -> list[Statement]:
    """The statements of `holds`, each with as much of its sentence for a text as still holds; `history`: all, with what ended them."""
    texts = {each.id: each.text for each in history}
    ended: dict[str, list[str]] = {}
    for each in history:
        if each.superseded_by and each.subject and texts.get(each.superseded_by) != each.text:
            ended.setdefault(each.text, []).append(each.subject)
    return [_narrowed(each, [*ended.get(each.text, ()), *_denials_ended(each, holds)]) for each in holds]


def _denials_ended(statement: Statement, holds: Sequence[Statement]) -> list[str]:
    """What the sentence denies and a later one likes."""
    later = [other for other in holds if other.polarity == "like" and other.valid_from > statement.valid_from]
    return [other.subject for other in later if _denies(statement.text, other.subject)]


def _denies(text: str, subject: str) -> bool:
    at = text.casefold().find(subject.casefold())
    return at > 0 and bool(_DENIED.search(text[:at]))


def _narrowed(statement: Statement, ended: Sequence[str]) -> Statement:
    gone = [subject for subject in ended if not same(subject, statement.subject)]
    if not gone:
        return statement
    part = _part(statement.text, statement.subject)
    if any(subject.casefold() in part.casefold() for subject in gone):
        part = statement.subject
        if statement.polarity == "dislike":
            part = f"不要{part}" if is_chinese(part) else f"no {part}"
    return statement.model_copy(update={"text": part})


def _part(text: str, subject: str) -> str:
    """The part of a sentence that names `subject`; the subject alone where none does."""
    at = text.casefold().find(subject.casefold())
    if at < 0:
        return subject
    cuts = list(_PARTS.finditer(text))
    start = max((cut.end() for cut in cuts if cut.end() <= at), default=0)
    end = min((cut.start() for cut in cuts if cut.start() >= at + len(subject)), default=len(text))
    return text[start:end].strip(_ENDS)
