"""What is told of oneself and holds for the moment only: what one is looking for, has just done, owns for a while, or takes a thing for.

Told in the first person like a statement, in the grammar of one, and yet nothing that lasts. Only the clause of the moment is left out:
"I'm vegan and I feel like soup" still says the first. Doubts, denials and what might be are left out alike. The wordings stand in
`passing_en` and `passing_zh`.
"""

import re
from collections.abc import Iterator

from penchant.agent.statements import reading_en, refusals
from penchant.agent.statements.passing_en import ENGLISH
from penchant.agent.statements.passing_zh import CHINESE
from penchant.agent.statements.sentences import CLAUSE_ZH, is_chinese
from penchant.characters import has_han

_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
#: Kinds that are heard also where their clause does not name its writer.
_NEEDS = ("avoid", "require")
#: Where a clause of its own may begin.
_CUT_EN = re.compile(
    r"[,;:–—]\s+(?:(?:and|but|so|yet)\s+)?|\s+-+\s+|\s+(?:and|but|so|yet|because|since|although|though|while|whereas)\s+",
    re.IGNORECASE,
)
#: How a clause begins that says something anew and does not go on with the one before.
_ANEW = re.compile(
    r"(?:also\s+|please\s+|\w+ly\s+)*(?:i|i['’]\w+|im|ive|we|we['’]\w+|my|our|am|are|allergic|intolerant|vegan|vegetarian|c(?:o)?eliac|diabetic|never|no|not|don['’]?t|do\s+not|can['’]?t|cannot|hate|love|avoid|prefer|must|only|have)\b",
    re.IGNORECASE,
)
#: A need that is had with the subject or the verb of what passes: "I've got a date and a nut allergy".
_HAD_AS_WELL = re.compile(
    r"an?\s+(?:[\w-]+\s+){1,3}?(?:allergy|intolerance)\b|(?:am\s+)?(?:also\s+|\w+ly\s+)?allergic\s+to\b", re.IGNORECASE
)


def lasting(text: str) -> Iterator[tuple[int, int]]:
    """Where what lasts begins and ends in a sentence: all of it, or the clauses beside those of the moment and those that state nothing."""
    moments = list(moments_of(text))
    if not moments:
        yield 0, len(text)
        return
    chinese = is_chinese(text)
    start, before, passed = -1, 0, -1
    for first, last in _clauses(text, CLAUSE_ZH if chinese else _CUT_EN):
        passes = any(begin < last and first < end for begin, end in moments)
        if passes or (passed >= 0 and not _begins_anew(text[first:last], chinese=chinese)):
            if start >= 0:
                yield start, before
            start, passed = -1, first if passed < 0 else passed
            continue
        if start < 0:
            start = passed if passed >= 0 and _HAD_AS_WELL.match(text, first) else first
        before, passed = last, -1
    if start >= 0:
        yield start, before


def moments_of(text: str) -> Iterator[tuple[int, int]]:
    """Where in a sentence stands what holds for the moment only, or states nothing."""
    if _LATIN.search(text):
        yield from ENGLISH.spans(text)
    if not text.isascii() and has_han(text):
        yield from CHINESE.spans(text)


def _begins_anew(clause: str, *, chinese: bool) -> bool:
    return (
        chinese
        or bool(_ANEW.match(clause) or _HAD_AS_WELL.match(clause))
        or any(not each.weak and each.kind in _NEEDS for each in (*reading_en.read(clause), *refusals.read(clause)))
    )


def _clauses(text: str, cuts: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for found in cuts.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)
