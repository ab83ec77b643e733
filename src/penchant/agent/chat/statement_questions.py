"""Recognises questions about what the user has said about themself or people around them.

Examples: "Does my wife eat fish?", 「我住在哪里？」.
"""

import re
from typing import NamedTuple

from penchant.agent.chat.activity_questions import is_activity_question
from penchant.agent.chat.relations import MY, MY_ZH, NAME, RelatedPerson, by_name, by_relation

_I = re.IGNORECASE
_OPENING = (
    r"^\W*(?:(?:so|and|but|hey|hi|hello|ok|okay|wait|please|by\s+the\s+way|do\s+you\s+(?:know|remember)|can\s+you\s+(?:tell\s+me|remember)"
    r"|tell\s+me|remind\s+me),?\s+)*"
)
_OWN = re.compile(
    rf"{_OPENING}"
    r"(?:am\s+i\b|do\s+i\s+(?:(?:really|still|even|actually|ever)\s+)*(?:like|love|enjoy|hate|dislike|prefer|eat|drink|have|own|live|speak|need|avoid|want|use|work|play|collect|keep|smoke|drive)\b"
    r"|do\s+i\s+(?:really|still|even)\b|can\s+i\s+(?:eat|drink|have)\b|have\s+i\s+(?:got|ever\s+(?:said|told)|told\s+you|said)\b|did\s+i\s+(?:(?:ever|already)\s+)?(?:say|tell|mention)\b"
    r"|(?:what|which|who|where|how)\b[^.!?]{0,40}?\b(?:do\s+i|am\s+i|i\s+(?:like|love|hate|live|am|prefer|eat|enjoy)|have\s+i|did\s+i\s+(?:say|tell)|can['’]?t\s+i|is\s+my|are\s+my"
    r"|my\s+(?:favou?rite|name|diet|goal|job|age|allerg\w+|hobb\w+|budget|pets?|hometown|address|profession|occupation))\b"
    r"|(?:what|which|how)\b[^.!?]{0,40}?\bmy\s+tastes?\s+in\b|whether\s+i\b|if\s+i\s+(?:like|am|live)\b"
    r"|what['’]?s\s+my\s+(?:favou?rite|name|diet|goal|job|age|allerg\w+|budget|hometown|address|profession|occupation|pet|cat|dog)"
    r"|(?:any\s+)?idea\s+(?:what|where)\s+(?:i|my)\b)",
    _I,
)
_OWN_ZH = re.compile(
    r"^(?:你知道|你还?记得|那|请问|告诉我|说说)?我们?(?:是不是|是否|有没有|到底|最|平时|一般|现在|今年|还|的|家里?){0,4}"
    r"(?:喜欢|爱|讨厌|怕|住|叫|对|是|有|想|能吃|能喝|吃|喝|用|养|会|不吃|不喜欢|做|从事|干|在(?=哪)|多大|几岁|结婚|宠物|过敏)[^，。！]{0,16}?(?:什么|谁|哪|吗|几|多大|多少|怎样|么|没有?\W*$|[?？])"
    r"|^(?:你知道|你还?记得|请问|告诉我)?我(?:现在|今年|到底)*(?:多大|几岁|多少岁|有没有)"
    r"|^(?:你知道|你还?记得|请问|告诉我)?我的(?:爱好|名字|工作|职业|目标|饮食|偏好|预算|最爱|年龄|宠物|家|老家|过敏原?)[^，。！]{0,6}(?:什么|哪|多少|几|多大)"
)
#: A question about all that the user likes; where they have said nothing, what they do answers it.
_ANY_TASTE = re.compile(
    rf"{_OPENING}what\s+(?:(?:sorts?|kinds?)\s+of\s+)?(?:(?:things?|stuff)\s+)?"
    r"(?:do\s+i\s+(?:really\s+|mostly\s+|usually\s+)?(?:like|love|enjoy)|am\s+i\s+(?:into|interested\s+in|fond\s+of)|have\s+i\s+been\s+(?:into|interested\s+in))"
    r"(?:\s+(?:lately|recently|these\s+days|now|nowadays|currently|at\s+the\s+moment|so\s+far|most|best))*\W*$"
    r"|^(?:你知道|你还?记得|请问|告诉我|说说)?我(?:最近|平时|现在|到底|一般|都|最){0,3}(?:(?:喜欢|爱好|感兴趣)的?是?(?:什么|哪些)(?:东西)?|对(?:什么|哪些)(?:东西)?(?:最|更)?感兴趣)[呢啊]?\W*$",
    _I,
)
#: A question that is not about the user: "how do I fix a flat tyre?"
_HOW_TO = re.compile(
    rf"{_OPENING}how\s+(?:do|can)\s+(?:i|we)\s+(?!like\b|take\b|feel\b|travel\b|commute\b|get\s+to\s+(?:work|school|uni)|know\b|usually\b|normally\b)",
    _I,
)
#: A question about anybody in the user's house.
_ANYBODY = re.compile(
    rf"{_OPENING}(?:is|are|does|do|has|have|can|who)\s+(?:(?:is|has)\s+)?(?:(?:any(?:one|body)|some(?:one|body)|any\s+of\s+us)\s+)?(?:in|of)\s+(?:my|our)\s+(?:family|house|household)\b"
    r"|^我?们?家(?:里)?(?:有)?(?:谁|人|没有人|没人|有没有人)",
    _I,
)
_WISHED = re.compile(
    r"\b(?:recommend|suggest|should|buy|watch\s+next|read\s+next|find|show|gifts?|presents?)\b|\bwhat\s+(?:else\s+)?do\s+i\s+need\b"
    r"|推荐|该|应该|买什么|看什么好|合适|适合|礼物",
    _I,
)
_POINTING = re.compile(r"\b(?:this|that|these|those|it)\b(?!\s+(?:i|my)\b)", _I)


def _my(number: int) -> str:
    """Return the pattern of a relation with a group name of its own, since group names must be unique in a pattern."""
    return MY.replace("relation", f"relation{number}")


def _called(number: int) -> str:
    return NAME.replace("name", f"name{number}")


_EATS = r"(?:eat|drink|have|tolerate)\b"
_ABOUT = r"(?:what|anything)\b[^,;.!?]*\b(?:know|remember|said|say|told|tell\s+you|mention(?:ed)?)\s+(?:to\s+you\s+)?(?:about|of)"
_STATED = r"(?:allerg|intoleran|vegan|vegetarian|can['’]?t\s|cannot\s|likes?\s|loves?\s|hates?\s|eats?\s|drinks?\s)"
_HOUSEHOLD = re.compile(
    rf"{_OPENING}(?:(?:is|are|was|were|does|do|did|has|have)(?:n['’]t)?\s+{_my(0)}|(?:can|could|may)\s+{_my(1)}\s+(?:\w+\s+){{0,2}}?{_EATS}"
    r"|(?:who|what|which|where|when|how\s+old|how)\b(?:['’]s|[^,;.!?]*?\b(?:is|are|was|does|do|did|has|have|can['’]?t|cannot))"
    rf"\s+{_my(2)}|what\s+can(?:['’]?t|not)?\s+{_my(3)}\s+(?:not\s+)?{_EATS}|{_ABOUT}\s+{_my(4)})[^.!;?]*\W*$",
    _I,
)
_IS_IT_SO = re.compile(r"\b(?:is(?:n['’]t)?\s+it|it['’]s)\s+(?:true|right|so|correct)\s+(?:that\s+)?", _I)
#: A statement with a question mark, which asks whether it is true.
_ASKED_BACK = re.compile(
    rf"{_OPENING}(?:{_IS_IT_SO.pattern})?{_my(0)}[^,;:.!?]*{_STATED}[^,;:.!?]*"
    r"(?:,\s*(?:right|correct|yes|no|is(?:n['’]t)?\s+(?:he|she)|are(?:n['’]t)?\s+they))?\?\W*$",
    _I,
)
_ASKED_OPENLY = re.compile(r"\b(?:what|which|where|how|who|can|could|any)\b", _I)
_HOUSEHOLD_ZH = re.compile(
    rf"^(?:你知道|你还?记得|那|请问|告诉我)?{MY_ZH}[^，。！]{{0,16}}?(?:吗|么|什么|谁|哪|几岁|多大|是不是|有没有|会不会|能不能|[?？])[^，。！]{{0,6}}$"
)
_NOT_OF_THEM = re.compile(
    r"\b(?:something|anything\s+for|order|delivery)\b|送|买|[看听读穿用玩]什么|想要?[什看听读买]|怎么|如何|什么好|好看|好用|需要|要",
    _I,
)
_LIKES = r"(?:like|love|hate|enjoy|prefer|eat|drink)\b"
_BODY = r"(?:allergic|allerg(?:y|ies)|intoleran\w+)\b"
_NAMED = re.compile(
    rf"{_OPENING}(?:is\s+{_called(0)}\s+(?:\w+\s+)?{_BODY}|(?:does|did)\s+{_called(1)}\s+(?:{_LIKES}|have\s+(?:\w+\s+){{0,2}}?{_BODY})"
    rf"|has\s+{_called(2)}\s+(?:\w+\s+){{0,2}}?{_BODY}|can\s+{_called(3)}\s+{_EATS}"
    rf"|what\s+(?:is|does|can['’]?t|can)\s+{_called(4)}\s+(?:{_BODY}|{_LIKES}|have\b)|how\s+old\s+is\s+{_called(5)})[^.!;?]*\W*$",
    _I,
)
_NOBODY = (
    r"(?:the|an?|this|that|these|those|you|your|it|there|my|our|i|in|on|he|she|they|we|also|going|coming|next|here)\b"
)
_WHO = re.compile(
    rf"{_OPENING}who(?:['’]?s|\s+(?:is|are|was))\s+(?!{_NOBODY})(?P<name>[\w'’-]+(?:\s+[\w'’-]+){{0,2}})\W*$", _I
)
_WHO_ZH = re.compile(
    r"^(?:你知道|请问)?(?P<name>(?!我|你|他|她|它|这|那)[^，。！？?\s]{1,6}?)(?:到底)?是谁\W*$|^谁是(?P<name2>(?!我|你|他|她)[^，。！？?\s]{1,6}?)\W*$"
)


class OwnQuestion(NamedTuple):
    """A question about what the user has said.

    `of`: the person it is about, None for the user; `who`: it asks who that is. `sure` False: it may be about
    something else where no statement answers it. `any_taste`: it asks for all that the user likes.
    """

    of: RelatedPerson | None = None
    who: bool = False
    sure: bool = True
    any_taste: bool = False


def own_question(message: str) -> OwnQuestion | None:
    """Return what the message asks about the user's statements, or None. `message` has single spaces only."""
    if _WISHED.search(message) or _ANY_TASTE.match(message):
        return None if _WISHED.search(message) else OwnQuestion(any_taste=True)
    if who := _WHO.match(message) or _WHO_ZH.match(message):
        return OwnQuestion(by_name(_group(who, "name")), who=True)
    if (named := _NAMED.match(message)) and not _POINTING.search(message):
        return OwnQuestion(by_name(_group(named, "name")))
    theirs = _HOUSEHOLD.match(message) or _HOUSEHOLD_ZH.match(message) or _asked_back(message)
    if theirs and not _POINTING.search(_IS_IT_SO.sub("", message)) and not _NOT_OF_THEM.search(message):
        return OwnQuestion(by_relation(_group(theirs, "relation")))
    if (_OWN.match(message) and not _HOW_TO.match(message)) or _OWN_ZH.match(message) or _ANYBODY.match(message):
        return OwnQuestion()
    return OwnQuestion(sure=False) if is_activity_question(message) else None


def _asked_back(message: str) -> re.Match[str] | None:
    return None if _ASKED_OPENLY.search(message) else _ASKED_BACK.match(message)


def _group(found: re.Match[str], name: str) -> str:
    """Return the text of the first matching group whose name begins with `name`."""
    return next(text for group, text in found.groupdict().items() if group.startswith(name) and text)
