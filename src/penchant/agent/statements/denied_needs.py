"""Needs of the body that the writer denies: "I'm not allergic to nuts", 「我对花生不过敏」.

A denial ends what was stated about the same thing, and states nothing itself. Where it goes on to say whose need it
is ("… my daughter is"), the need is the household's; and an exception ("no allergies but peanuts") is a need. A
denial without a thing ("I have no allergies") ends nothing, since one word would end too much.
"""

import re
from collections.abc import Iterator

from penchant.agent.statements import household, phrases_en, reading_zh
from penchant.agent.statements.sentences import ClauseReading, is_chinese
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
_AM_NOT = r"(?:\b(?:i|we)(?:['’]m|['’]re|\s+am|\s+are|m)\s+(?:\w+ly\s+)?not|\b(?:we\s+aren['’]?t|i\s+ain['’]?t)|\bneither\s+of\s+us\s+is)"
_HAVE_NO = (
    r"\b(?:i|we)(?:(?:['’]ve|\s+have)(?:\s+got)?\s+no|\s+(?:don['’]?t|do\s+not|never)\s+(?:\w+ly\s+)?have(?:\s+(?:an?|any))?"
    r"|\s+haven['’]?t\s+got(?:\s+(?:an?|any))?)"
)
_HOW = r"(?:\s+(?:actually|really|at\s+all|personally|myself|in\s+fact|known|serious|severe|food)){0,2}"
_BODY = r"(?:allerg(?:y|ies)|intolerances?|sensitivit(?:y|ies))"
_DENIED = tuple(
    lazy(pattern, _I)
    for pattern in (
        rf"{_AM_NOT}(?:\s+(?:actually|really|at\s+all|personally|myself|in\s+fact|even|medically)){{0,2}}\s+(?:allergic|intolerant|hypersensitive|sensitive)\s+to\s+(?P<s>.+)",
        rf"{_AM_NOT}{_HOW}\s+(?P<named>(?:lactose|gluten|dairy|egg|soy|wheat|nut)[\s-]intolerant)\b",
        rf"{_HAVE_NO}{_HOW}\s+{_BODY}\s+to\s+(?P<s>.+)",
        rf"{_HAVE_NO}{_HOW}\s+(?P<named>(?!food\b|other\b|known\b|serious\b|severe\b)[\w-]+(?:\s+[\w-]+)?)\s+{_BODY}\b",
        r"\bit(?:['’]s|\s+is)\s+not\s+(?:that|because|as\s+if|like)\s+(?:i|we)(?:['’]m|['’]re|\s+am|\s+are)\s+(?:allergic|intolerant)\s+to\s+(?P<s>.+)",
        r"\b(?:i|we)\s+(?:used\s+to\s+be|was\s+once|were\s+once)\s+(?:allergic|intolerant)\s+to\s+(?P<s>.+)",
    )
)
#: A denial without a subject.
_OF_NOTHING = lazy(
    rf"(?:(?:no|nope|also|and|but|luckily|well|by\s+the\s+way|so)\b,?\s+)?(?:{_HAVE_NO}{_HOW}\s+{_BODY}|{_AM_NOT}{_HOW}\s+allergic(?:\s+to\s+anything)?|\bno\s+(?:known\s+|food\s+){{0,2}}{_BODY})(?:\s+(?:here|of\s+any\s+kind|whatsoever|at\s+all|that\s+i\s+know\s+of))?\s*[.!]*",
    _I,
)
#: The exception to a denial of everything.
_BUT = lazy(
    rf"(?:{_HAVE_NO}{_HOW}|\bno(?:\s+other|\s+known|\s+food){{0,2}})\s+(?:other\s+)?{_BODY},?\s+(?:except(?:\s+for|\s+to)?|but|apart\s+from|other\s+than|besides|beyond|aside\s+from)\s+(?:to\s+)?(?P<s>.+)",
    _I,
)
_HERS = lazy(
    r"[,;.]?\s+(?:but\s+|it(?:['’]s|\s+is)\s+)?(?P<my>my|our)\s+(?P<who>[\w-]+)(?:\s+(?:is|does|has))?\b(?!\s+not)", _I
)

_THING_ZH = r"(?P<s>(?!什么|任何|所有|一切)[^，。！？,.!?；;：:\s我你他她]{1,14}?)"
_DENIED_ZH = tuple(
    lazy(pattern)
    for pattern in (
        rf"(?:我们?|本人)(?:其实|现在|已经|早就|倒是?|真的|并)*(?:没有?|不|不再)(?:是)?对{_THING_ZH}(?:有)?(?:过敏|不耐受)",
        rf"(?:我们?|本人)(?:其实|现在|已经|早就|倒是?)*对{_THING_ZH}(?:其实|现在|已经|并|也|都|倒|完全|一点也?|从来)*(?:没有?|不再?|不会)(?:是)?(?:过敏|不耐受)",
        rf"(?:我们?|本人)没有{_THING_ZH}(?:过敏|不耐受)",
        rf"(?:我们?|本人)(?:以前|曾经|小时候|原来|从前)对{_THING_ZH}(?:有)?(?:过敏|不耐受)(?=.*(?:现在|已经|后来|好了|不了))",
    )
)
_OF_NOTHING_ZH = lazy(
    r"(?:我们?|本人)?(?:(?:也|都|目前|现在|从来|并|对什么都)?(?:没有?|不)(?:任何|什么|食物|药物)*过敏(?:史|原)?|没什么过敏的?)[。！!~～了啊呢的]*"
)
_HERS_ZH = lazy(
    r"[，,。；;\s]*(?:过敏的)?(?:是|但是?|不过)?(?:我们?家?的?)?(?P<who>儿子|女儿|闺女|孩子|宝宝|老公|老婆|丈夫|妻子|爱人)(?:才|会|过敏|对)?"
)


def read(sentence: str) -> list[ClauseReading]:
    """Return what the sentence denies, and the need it names instead; an empty list where it denies nothing."""
    return list(_read_zh(sentence) if is_chinese(sentence) else _read_en(sentence))


def denies_all(piece: str) -> bool:
    """Return whether a piece denies needs without naming one."""
    return bool((_OF_NOTHING_ZH if is_chinese(piece) else _OF_NOTHING).fullmatch(piece.strip()))


def _read_en(sentence: str) -> Iterator[ClauseReading]:
    if left := _BUT.search(sentence):
        first, last, _ = phrases_en.phrase(sentence, *left.span("s"))
        if first < last:
            yield _need(first, last)
        return
    for denied in _DENIED:
        match = denied.search(sentence)
        if match is None:
            continue
        first, last = match.span("named") if "named" in match.groupdict() else (0, 0)
        if not last:
            first, last, _ = phrases_en.phrase(sentence, *match.span("s"))
        if first < last and not phrases_en.POINTS_ELSEWHERE.match(sentence[first:last]):
            yield _over(first, last)
            other = _HERS.match(sentence, last)
            if other and household.whom(f"for {other['my']} {other['who']}"):
                yield _need(first, last, f"for {other['my']} {other['who']}".casefold())
        return


def _read_zh(sentence: str) -> Iterator[ClauseReading]:
    for denied in _DENIED_ZH:
        match = denied.search(sentence)
        if match is None:
            continue
        first, last = reading_zh.phrase(sentence, *match.span("s"))
        if first < last:
            yield _over(first, last)
            other = _HERS_ZH.match(sentence, match.end())
            if other:
                yield _need(first, last, f"为{other['who']}")
        return


def _over(first: int, last: int) -> ClauseReading:
    return ClauseReading("avoid", "dislike", first, last, retracts=True, sure=True)


def _need(first: int, last: int, scope: str | None = None) -> ClauseReading:
    return ClauseReading("avoid", "dislike", first, last, scope, strict=True, sure=True)
