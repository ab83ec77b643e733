"""Corrections of an earlier statement that do not repeat its subject: "actually it's blue, not green", 「不是红色，是蓝色」.

A message alone does not show whether the writer corrects themself or an assistant. A correction therefore counts only
if a statement in force fits it: one about what is taken back, or else the last one if both begin with the same words
(「小米14」, 「小米15」) or end alike.
"""

import re
from collections.abc import Iterator, Sequence

from penchant.agent.statements.changes import called_alike, one_slot
from penchant.agent.statements.sentences import ClauseReading, is_chinese
from penchant.agent.statements.subjects import same, within
from penchant.lazy_patterns import lazy
from penchant.store.event import MAX_TEXT
from penchant.store.statement import Statement

#: The length of a Chinese word whose last character says its sort.
_SHORT = 2
CORRECTS = "correction"
"""The slot of a correction that is not yet assigned to a statement."""
_I = re.IGNORECASE
_X = r"[\w][\w\s'’&+-]{0,40}?"
_OPENING = (
    r"^\W*(?:(?:oh|oops|no+|nope|wait|sorry|actually|correction|my\s+(?:bad|mistake)|well|i\s+mean)\b[\s,.:;!–—-]*)"
)
_IS = (
    r"(?:it['’]?s|it\s+is|that['’]?s|they['’]?re|i\s+meant(?:\s+to\s+(?:say|write|type))?|i\s+mean"
    r"|make\s+(?:it|that)|it\s+should\s+(?:be|say))\s+(?:actually\s+|really\s+)?(?:an?\s+|the\s+)?"
)
_CORRECTIONS = tuple(
    lazy(text, _I)
    for text in (
        rf"{_OPENING}+{_IS}(?P<new>{_X}),?\s+(?:and\s+)?not\s+(?P<old>{_X})\W*$",
        rf"{_OPENING}+(?:it['’]?s\s+)?not\s+(?P<old>{_X})[,;]?\s+(?:but\s+|{_IS})(?P<new>{_X})\W*$",
        rf"{_OPENING}+{_IS}(?P<new>{_X})\W*$",
    )
)
#: A wish to forget one thing, followed by what holds instead: "forget what I said about my budget, it's 1200 now".
_INSTEAD = lazy(
    r"^\W*(?:(?:please|ok(?:ay)?|actually|well|you\s+can)[\s,]+)*(?:forget|scratch|ignore|disregard|drop|delete|never\s?mind)\s+(?:about\s+)?"
    r"(?:(?:everything|anything|what(?:ever)?)\s+(?:that\s+)?(?:i|we)(?:['’]ve|\s+have)?\s+(?:said|told\s+you|mentioned|wrote)\s+(?:(?:earlier|before)\s+)?about\s+)?"
    rf"(?:my|our|the)\s+(?P<old>{_X})(?:\s+(?:earlier|before))?\s*[,;:.–—-]+\s*(?:now\s+)?{_IS}(?:now\s+)?(?P<new>{_X})(?:\s+(?:now|instead))?\W*$",
    _I,
)
_X_ZH = r"[^，,。！？!?\s\"“”「』]{1,14}?"
_OPENING_ZH = (
    r"^\W*(?:(?:哦|啊|额|呃)?[，,]?\s*(?:不对|错了|不是|我?(?:说|打|记|写)错了"
    r"|不好意思|口误|更正一?下?|其实|准确(?:地|来)?说)[，,：:\s]*)"
)
_CORRECTIONS_ZH = tuple(
    lazy(text)
    for text in (
        rf"{_OPENING_ZH}*(?:我说的)?(?:应该)?是(?P<new>{_X_ZH})[，,]?(?:而)?不是(?P<old>{_X_ZH})\W*$",
        rf"{_OPENING_ZH}*(?:我说的|我(?=不是对))?不是对?(?P<old>{_X_ZH})(?:过敏)?[，,]\s*(?:我)?(?:应该|而|其实)?是对?(?P<new>{_X_ZH})(?:过敏)?\W*$",
        rf"{_OPENING_ZH}+(?:应该|我说的)?是(?P<new>{_X_ZH})(?:才对)?\W*$",
    )
)
_BEFORE_ZH = r"(?:我)?(?:之前|以前|刚才|刚刚|上次|前面)?(?:跟你)?(?:说|提|讲|告诉你)?(?:过)?(?:的)?(?:我的)?"
_INSTEAD_ZH = lazy(
    rf"^\W*(?:请|你|帮我|麻烦){{0,3}}(?:(?:忘掉|忘了|忘记|别管|不用管|忽略|无视){_BEFORE_ZH}(?P<old>{_X_ZH})|{_BEFORE_ZH}(?P<old2>{_X_ZH})(?:不算数?了?|作废了?|取消了?))"
    rf"[，,；;]\s*(?:现在|目前|应该|改成|改为|变成){{1,2}}(?:是|了)?(?P<new>{_X_ZH})(?:也行|也可以|就行|就可以|了|吧|都行){{0,2}}\W*$"
)
#: Beginnings of a remark, which do not name a replacement.
_NO_THING = lazy(
    r"(?:not|so|very|too|just|for|that|what|why|how|the\s+same|ok(?:ay)?|fine|true|because)\b|[我你他这那因另第上下前后]|\d|[\"“”'‘’「『]",
    _I,
)


def read(sentence: str) -> Iterator[ClauseReading]:
    """Yield the correction that a sentence is, if it is one: what is true, in place of what was said."""
    chinese = is_chinese(sentence)
    if instead := (_INSTEAD_ZH if chinese else _INSTEAD).match(sentence):
        old = instead["old"] or instead["old2"] if chinese else instead["old"]
        yield ClauseReading("fact", None, *instead.span("new"), slot=CORRECTS, replaces=old, sure=True)
        return
    for regex in _CORRECTIONS_ZH if chinese else _CORRECTIONS:
        if (found := regex.match(sentence)) and not _NO_THING.match(found["new"]):
            old = found.groupdict().get("old")
            yield ClauseReading("fact", None, *found.span("new"), slot=CORRECTS, replaces=old, sure=True)
            return


def corrected(statement: Statement, standing: Sequence[Statement]) -> Statement:
    """Return the correction as a statement about what it corrects; without a subject where that is not in force.

    Its text has both sentences, since the correction alone does not say what it is about.
    """
    other = _meant(statement, standing)
    if other is None:
        return statement.model_copy(update={"subject": ""})
    takes = ("kind", "polarity", "strict", "scope", "slot", "place")
    text = f"{other.text} … {statement.text}"[:MAX_TEXT]
    return statement.model_copy(
        update={name: getattr(other, name) for name in takes} | {"ends": other.id, "text": text}
    )


def _meant(statement: Statement, standing: Sequence[Statement]) -> Statement | None:
    if old := statement.replaces:
        return next((each for each in reversed(standing) if named(each, old)), None)
    last = standing[-1] if standing else None
    return last if last and (called_alike(statement, last) or _begin_alike(statement.subject, last.subject)) else None


def named(statement: Statement, thing: str) -> bool:
    """Return whether `thing` means the subject of a statement or a kind of it, or is what the subject is a value of ("budget")."""
    of_slot = bool(statement.slot) and (one_slot(thing, statement.slot) or same(thing, str(statement.slot)))
    return of_slot or same(statement.subject, thing) or within(statement.subject, thing)


def _begin_alike(first: str, other: str) -> bool:
    """Return whether both begin alike and go on differently, or are short Chinese words with the same end ("红色", "蓝色").

    Alike means the same word, or the same two Chinese characters.
    """
    ours, theirs = first.casefold(), other.casefold()
    if is_chinese(first) and len(ours) == len(theirs) == _SHORT and ours[-1] == theirs[-1]:
        return ours != theirs
    begin = 2 if is_chinese(first) else len(ours.split()[0])
    return ours != theirs and len(ours) > begin and len(theirs) > begin and ours[:begin] == theirs[:begin]
