"""Corrections of an earlier statement that do not repeat its subject: "actually it's blue, not green", 「不是红色，是蓝色」.

A message alone does not show whether the writer corrects themself or an assistant. A correction therefore counts only
if a statement in force fits it: one about what is taken back, or else the last one if both begin with the same words
(「小米14」, 「小米15」) or end alike, or if its message is the one directly before and both are about one topic.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from penchant.agent.statements.changes import has_same_head_word, is_same_slot
from penchant.agent.statements.sentences import ClauseReading, is_chinese
from penchant.agent.statements.subjects import is_same_subject, within
from penchant.characters import HAN
from penchant.lazy_patterns import lazy
from penchant.store.event import MAX_TEXT
from penchant.store.statement import Statement

#: The length of a Chinese word whose last character says its sort.
_WORD_LENGTH_ZH = 2
#: The most characters of a Chinese name, and words for a time, which is none.
_MAX_NAME_ZH = 4
#: Words by which a writer takes back their own words, and not an assistant's.
_OWN_SLIP = lazy(
    r"\b(?:wait|oops|correction|scratch|strike|mistake|my\s+bad|meant?)\b|不对|错|口误|更正|不好意思", re.IGNORECASE
)
_TIME = lazy(r"[明今昨后前]天|[上中下]午|[早晚]上|[上下]?[个]?周|星期|[上下]个?月|[今明去]年|现在|以后|刚才")
#: The most characters between two sentences of a message that follow each other.
_MAX_GAP = 2
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
#: What a person has one value of at a time, as people call it when they take the value back.
_VALUES = r"(?:budget|price\s+limit|age|name|address|home|city|size|favou?rite(?:\s+[\w-]+){1,3})"
#: A new value of such a thing, in place of the one that is to be forgotten: "forget what I said about my budget, it's 1200 now".
_INSTEAD = lazy(
    r"^\W*(?:(?:please|ok(?:ay)?|actually|well|you\s+can)[\s,]+)*(?:forget|scratch|ignore|disregard|drop|delete|never\s?mind)\s+(?:about\s+)?"
    r"(?:(?:everything|anything|what(?:ever)?)\s+(?:that\s+)?(?:i|we)(?:['’]ve|\s+have)?\s+(?:said|told\s+you|mentioned|wrote)\s+(?:(?:earlier|before)\s+)?about\s+)?"
    rf"(?:my|our)\s+(?P<old>{_VALUES})(?:\s+(?:earlier|before))?\s*[,;:.–—-]+\s*(?:now\s+)?{_IS}(?:now\s+)?(?P<new>{_X})(?:\s+(?:now|instead))?\W*$",
    _I,
)
_X_ZH = r"[^，,。！？!?\s\"“”「』]{1,14}?"
_OPENING_ZH = (
    r"^\W*(?:(?:哦|啊|额|呃|等等|等一下)?[，,]?\s*(?:不对|错了|不是|我?(?:说|打|记|写)错了"
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
_BEFORE_ZH = r"(?:我)?(?:之前|以前|刚才|刚刚|上次|前面)?(?:跟你)?(?:说|提|讲|告诉你)?(?:过)?(?:的)?(?:我的?)?"
_VALUES_ZH = r"(?:预算|价位|年龄|名字|住址|地址|尺码|最喜欢的[^，,。！？\s]{1,6})"
_INSTEAD_ZH = lazy(
    rf"^\W*(?:请|你|帮我|麻烦){{0,3}}(?:(?:忘掉|忘了|忘记|别管|不用管|忽略|无视){_BEFORE_ZH}(?P<old>{_VALUES_ZH})|{_BEFORE_ZH}(?P<old2>{_VALUES_ZH})(?:不算数?了?|作废了?|取消了?))"
    rf"[，,；;]\s*(?:现在|目前|应该|改成|改为|变成){{1,2}}(?:是|了)?(?P<new>{_X_ZH})(?:也行|也可以|就行|就可以|了|吧|都行){{0,2}}\W*$"
)
#: Remarks about a value that are no value: "it's fine".
_NO_VALUE = lazy(
    r"(?:not|no|so|very|too|just|ok(?:ay)?|fine|gone|over|true|irrelevant|up|a\s+(?:joke|secret)|complicated|private)\b|怎么|什么|不|没",
    _I,
)
#: Values that are amounts.
_AMOUNTS = lazy(r"budget|price|age|预算|价位|年龄", _I)
_NUMBER = lazy(r"\d|\b(?:hundred|thousand|grand|k)\b|[一二两三四五六七八九十百千万]", _I)
_AMOUNT = lazy(
    r"\W?\d[\d,.]*\s?(?:k|m|cm|kg|%|\W|eur(?:os?)?|usd|dollars?|pounds?|quid|bucks|francs?|yuan|years?(?:\s+old)?|(?:a|per)\s+\w+|\s)*",
    _I,
)
_ALLERGY = lazy(r"\ballergic\b|过敏", _I)
#: A Chinese word that may name something to eat; none that ends as a remark does ("医生说的", "过敏").
_FOOD_ZH = lazy(rf"(?![是我你他她它这那])[{HAN}]{{1,4}}(?<![的了吗呢吧说过敏对错])")
#: Beginnings of a remark, which do not name a replacement.
_NO_THING = lazy(
    r"(?:not|so|very|too|just|for|that|what|why|how|the\s+same|ok(?:ay)?|fine|true|because)\b|[我你他这那因另第上下前后]|\d|[\"“”'‘’「『]",
    _I,
)


#: A bare name after words that take back what was just said: "no wait, mangoes". Only as a whole message.
_BARE = lazy(
    r"^\W*(?:(?:oh|no+|nope|ah|hm+|ugh)\b[\s,.:;!–—-]*){0,3}(?:(?:wait|oops|correction|scratch\s+that|strike\s+that|my\s+(?:bad|mistake)|sorry(?=,?\s+(?:i\s+mean|wrong))|(?:i|we)\s+mean[t]?(?:\s+to\s+(?:say|write|type))?)\b[\s,.:;!–—-]+(?:no\b[\s,]+)?){1,3}"
    r"(?P<new>(?!(?:i|we|you|he|she|they|it|this|there|let|don|do)\b)(?:the\s+|an?\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,2})\W*$",
    _I,
)
_BARE_ZH = lazy(
    r"^\W*(?:(?:哦|啊|额|呃|等等|等一下)[，,。\s]*){0,2}(?:不对|错了|不是|我?(?:说|打|记|写)错了|口误|更正一?下?)[啊哦]?[，,：:。！!\s]+(?P<new>[^，,。！？!?\s\"“”「』]{1,8})\W*$"
)


def read_alone(message: str) -> Iterator[ClauseReading]:
    """Yield the correction that a whole message is if it only names something else: "no wait, mangoes"."""
    found = (_BARE_ZH if is_chinese(message) else _BARE).match(message)
    named = bool(found) and (_NUMBER.match(found["new"]) or not _NO_THING.match(found["new"]))  # type: ignore[index]
    if found and named and not any(read(message)):
        yield ClauseReading("fact", None, *found.span("new"), slot=CORRECTS, sure=True)


def is_bare(text: str) -> bool:
    """Return whether a correction only names something else, so that it may as well be a wish: "no wait, mangoes"."""
    return any(read_alone(text))


def read(sentence: str) -> Iterator[ClauseReading]:
    """Yield the correction that a sentence is, if it is one: what is true, in place of what was said."""
    if reading := _of_value(sentence):
        yield reading
        return
    for regex in _CORRECTIONS_ZH if is_chinese(sentence) else _CORRECTIONS:
        if (found := regex.match(sentence)) and not _NO_THING.match(found["new"]):
            old = found.groupdict().get("old")
            yield ClauseReading("fact", None, *found.span("new"), slot=CORRECTS, replaces=old, sure=True)
            return


def _of_value(sentence: str) -> ClauseReading | None:
    """Return the new value of something that a person has one of at a time, where the sentence takes back the old one; else None."""
    chinese = is_chinese(sentence)
    found = (_INSTEAD_ZH if chinese else _INSTEAD).match(sentence)
    if found is None or _NO_VALUE.match(found["new"]):
        return None
    old = found["old"] or found["old2"] if chinese else found["old"]
    if _AMOUNTS.match(old) and not _NUMBER.search(found["new"]):
        return None
    return ClauseReading("fact", None, *found.span("new"), slot=CORRECTS, replaces=old, sure=True)


def corrected(
    statement: Statement, standing: Sequence[Statement], topics: Mapping[str, str], before: Mapping[str, str]
) -> Statement:
    """Return the correction as a statement about what it corrects; without a subject where that is not in force.

    Its text has both sentences, since the correction alone does not say what it is about. `topics`: the topic of each
    place; `before`: the message directly before each message, by id.
    """
    other = _corrected_statement(statement, standing, topics, before)
    if other is None:
        allergy = {"kind": "avoid", "polarity": "dislike", "strict": True, "slot": None}
        is_allergy = bool(_ALLERGY.search(statement.text))  # it holds, whether or not what it corrects is on record
        return statement.model_copy(update=allergy if is_allergy else {"subject": ""})
    takes = ("kind", "polarity", "strict", "scope", "slot", "place")
    text = f"{other.text} … {statement.text}"[:MAX_TEXT]
    return statement.model_copy(
        update={name: getattr(other, name) for name in takes} | {"ends": other.id, "text": text}
    )


def _corrected_statement(
    statement: Statement, standing: Sequence[Statement], topics: Mapping[str, str], before: Mapping[str, str]
) -> Statement | None:
    if old := statement.replaces:
        return next((each for each in reversed(standing) if _is_about(each, old)), None)
    last = standing[-1] if standing else None
    if last is None:
        return None
    alike = has_same_head_word(statement, last) or _begin_alike(statement.subject, last.subject)
    follows = _OWN_SLIP.search(statement.text) and _follows(statement, last, before)
    follows = bool(follows) and (
        _is_of_topic_of(last, statement, topics)
        or _is_value_like(statement.subject, last)
        or _is_thing_like(statement.subject, last)
    )
    several = any(each.text == last.text and each.event_id == last.event_id for each in standing[:-1])
    return last if alike or (follows and not several) else None


def _follows(statement: Statement, other: Statement, before: Mapping[str, str]) -> bool:
    """Return whether nothing was said between the two. Of what was entered in a conversation, the conversation has checked it."""
    if statement.event_id is None:
        return other.event_id is None
    if statement.event_id == other.event_id:
        return bool(statement.span and other.span and statement.span[0] - other.span[1] <= _MAX_GAP)
    return other.event_id is not None and before.get(statement.event_id) == other.event_id


def _is_of_topic_of(other: Statement, statement: Statement, topics: Mapping[str, str]) -> bool:
    ours, theirs = topics.get(statement.place or ""), topics.get(other.place or "")
    return ours is not None and ours == theirs


def _is_value_like(value: str, other: Statement) -> bool:
    """Return whether `value` may be the one value that `other` states another for: a name for a name, a number for a number."""
    if not other.slot or other.slot == "diet" or bool(_NUMBER.search(value)) != bool(_NUMBER.search(other.subject)):
        return False
    if value.isascii():
        named = other.subject[:1].isupper() and all(word[:1].isupper() for word in value.split())
        return bool(_AMOUNT.fullmatch(value)) or named
    return len(value) <= _MAX_NAME_ZH and not _TIME.match(value)


def _is_thing_like(name: str, other: Statement) -> bool:
    """Return whether `name` may be what `other` says an allergy to: a short Chinese word, which often has no place of its own."""
    return bool(_ALLERGY.search(other.text)) and bool(_FOOD_ZH.fullmatch(name)) and not _TIME.match(name)


def is_value_of(statement: Statement, thing: str) -> bool:
    """Return whether the subject of a statement is the value of `thing`, of which a person has one at a time: 500 of "budget"."""
    slot = statement.slot
    return bool(slot) and (is_same_slot(thing, slot) or is_same_subject(thing, str(slot)))


def _is_about(statement: Statement, thing: str) -> bool:
    return (
        is_value_of(statement, thing) or is_same_subject(statement.subject, thing) or within(statement.subject, thing)
    )


def _begin_alike(first: str, other: str) -> bool:
    """Return whether both begin alike and go on differently, or are short Chinese words with the same end ("红色", "蓝色").

    Alike means the same word, or the same two Chinese characters.
    """
    ours, theirs = first.casefold(), other.casefold()
    if is_chinese(first) and len(ours) == len(theirs) == _WORD_LENGTH_ZH and ours[-1] == theirs[-1]:
        return ours != theirs
    mine, others = (ours, theirs) if is_chinese(first) else (ours.split(), theirs.split())
    begin = 2 if is_chinese(first) else 1
    return ours != theirs and min(len(mine), len(others)) > begin and mine[:begin] == others[:begin]
