"""What a message wants, by rule: for models that cannot call tools, and where no model is there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from penchant.agent.chat.own_word import NO_ITEMS, asks_to_be_forgotten, mentions, tastes
from penchant.agent.chat.reactions import Reaction, reactions
from penchant.agent.chat.references import Items
from penchant.agent.chat.self_questions import asks_about_oneself
from penchant.agent.chat.trace import Shown
from penchant.agent.chat.user_words import MAX_READ
from penchant.agent.profiles.readers.stances import Stance

Kind = Literal[
    "forget", "others", "explain", "self", "profile", "feedback", "state", "search", "recommend", "greeting", "nothing"
]
_FLAG = re.IGNORECASE
_OTHERS = re.compile(
    r"\b(?:profile|interests?|data|history|taste)\s+(?:of|for)\s+(?!me\b|mine\b|my\b|myself\b)(?:user\s+)?['\"]?\w+"
    r"|\b(?!my\b|your\b|the\b|this\b|that\b|a\b|whose\b|it['’]?s\b|what['’]?s\b|who['’]?s\b|let['’]?s\b)\w+['’]s\s+(?:profile|interests?|data|history|taste)"
    r"|(?<!我)(?<!我们)(?<!您)(?<!这)(?<!的)[\u4e00-\u9fff\w]{1,12}(?<![我您])的(?:画像|兴趣|资料|数据|历史|喜好)",
    _FLAG,
)
_EXPLAIN = re.compile(r"\bwhy\b|\bexplain\b|\breasons?\b|\bhow\s+come\b|为什么|为何|原因|解释", _FLAG)
_ABOUT_WHY = re.compile(
    r"\b(?:why|explain|reasons?|how\s+come|is|was|are|were|am|do|did|does|you|i|me|my|to|for|the|this|that|it|recommend\w*|suggest\w*|show\w*|see"
    r"|seeing|not|list\w*|in)\b|为什么|为何|原因|解释|推荐|给我|这个|那个|会|要|我|你|您|的是?|呢|吗",
    _FLAG,
)
_PROFILE = re.compile(
    r"\b(?:what|which|show|see|tell|list|describe)\b[^.!?]{0,40}?\b(?:know|think|learn\w*|remember)\b[^.!?]{0,20}?\bme\b"
    r"|\bmy\s+(?:profile|interests?|tastes?|preferences?|hobbies)\b|\bwhat\s+(?:do|am)\s+i\s+(?:like|into|interested)"
    r"|我的?(?:画像|兴趣|喜好|偏好|爱好)|(?:知道|了解|记得)[^。！？]{0,6}我|我(?:喜欢|爱好|感兴趣)(?:的是)?什么",
    _FLAG,
)
_ALL_KNOWN = re.compile(
    r"\b(?:know|remember|learnt|learned)\b[^.!?]{0,20}?\b(?:about|of)\s+me\b|\bmy\s+(?:profile|interests|tastes|preferences)\b"
    r"|(?:知道|了解|记得)[^。！？]{0,4}关于?我|我的?(?:画像|兴趣|喜好)", _FLAG
)  # fmt: skip
_SEARCH = re.compile(
    r"^\W*(?:please\s+)?(?:search|find|look\s+up|look\s+for|do\s+you\s+have|is\s+there|are\s+there|got\s+any)\b\s*(?:for\b|me\b|any\b|an?\b|the\b)*|^\W*(?:请)?(?:帮我)?(?:搜索|搜一?下?|查找|找找|查一?下?|有没有)",
    _FLAG,
)
_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|good\s+(?:morning|evening|day)|thanks?(?:\s+you)?|thank\s+you|bye|你好|您好|嗨|谢谢|再见|早上好|晚上好)\W*$",
    _FLAG,
)
_AVOID = re.compile(
    r"(?:[,，;；]\s*)?\b(?:but\s+)?(?:nothing|no|not|without|except|anything\s+but|avoid(?:ing)?)\s+"
    r"(?:too\s+|any\s+|anything\s+|an?\s+|so\s+)*(?P<en>[a-z][a-z -]{2,40}?)(?=[,.;!?]|\s+(?:and|but|please)\b|$)"
    r"|[,，;；]?\s*(?:不要|别(?:太|给我)?|不想(?:看|要)?|没有|不含|除了)(?:太|有|任何)?(?P<zh>[\u3400-\u9fff]{1,10}?)(?:的|内容|片|类)*(?=[，。,.;；!！?？]|$)",
    _FLAG,
)
_WISH_WORDS = re.compile(
    r"^\W*(?:(?:please|can|could|would|will)\s+)?(?:you\s+)?(?:recommend|suggest|give|show|get)\s+(?:me\s+)?(?:an?\s+|some\s+|something\s+)?|^\W*(?:i(?:['’]?d|\s+would)?\s+(?:want|need|like)\s+)(?:an?\s+|some\s+)?"
    r"|^\W*(?:请|帮我|给我)*(?:推荐|来)(?:一些|几个|一下|点|个)?|^\W*我?(?:想要|想看|想买|需要)(?:一些|点|个)?",
    _FLAG,
)
_ANYTHING = re.compile(
    r"(?:something|anything|some|stuff|things?|items?)(?:\s+(?:new|nice|good|else))?|东西|内容|别的", _FLAG
)


@dataclass(frozen=True)
class Intent:
    """What is wanted. `query` and `avoid` for a wish or a search, `item` for an explanation, `reactions` for judgements of items,
    `stances` for statements."""

    kind: Kind
    query: str = ""
    avoid: str = ""
    item: Shown | None = None
    reactions: tuple[Reaction, ...] = ()
    stances: tuple[Stance, ...] = ()


def intent_of(message: str, items: Items = NO_ITEMS) -> Intent:
    """The first of these that fits. `items`: those of the conversation so far, that "the second one" may mean."""
    if asks_to_be_forgotten(message):
        return Intent("forget")
    original, message = message, squeezed(message)
    if _OTHERS.search(message):
        return Intent("others")
    if _EXPLAIN.search(message):
        item, about = items.asked_about(message), " ".join(_ABOUT_WHY.sub(" ", message).split()).strip(" ?？。.!")
        if item or about:
            return Intent("explain", query=about, item=item)
    if oneself := _about_oneself(message):
        return oneself
    judged = tuple(reaction for reaction in reactions(original, items) if reaction.item is not None)
    stated = tuple(tastes(original, items))
    if judged or stated:
        return Intent("feedback" if judged else "state", reactions=judged, stances=stated)
    return _wish(message)


def _about_oneself(message: str) -> Intent | None:
    if asks_about_oneself(message) and not _ALL_KNOWN.search(message):
        return Intent("self", query=message)
    return Intent("profile") if _PROFILE.search(message) or _ALL_KNOWN.search(message) else None


def squeezed(message: str) -> str:
    """As much of the message as is read, on one line with single spaces: patterns have no run of blanks to go through twice."""
    return " ".join(message[:MAX_READ].split())


def wanted_and_avoided(message: str) -> tuple[str, str]:
    """A wish without the words around it, and what it excludes: "something for a flight, nothing violent"."""
    message = squeezed(message)
    avoided = [found["en"] or found["zh"] for found in _AVOID.finditer(message)]
    wish = " ".join(_WISH_WORDS.sub("", _AVOID.sub(" ", message)).split()).strip(" ,.;!?，。；！？")
    return "" if _ANYTHING.fullmatch(wish) else wish, ", ".join(word.strip() for word in avoided)


def completed(arguments: Mapping[str, Any], message: str) -> dict[str, Any]:
    """A recommendation's arguments as a model gave them, with what the message excludes where the model left it out of `avoid`."""
    wish, excluded = wanted_and_avoided(squeezed(message))
    disliked = [stance.label for stance in tastes(message) if stance.polarity == "dislike"]
    avoid, query = str(arguments.get("avoid") or ""), str(arguments.get("query") or "")
    unwanted = [name for name in (excluded, *disliked) if name]
    if not unwanted:
        return dict(arguments)
    if any(mentions(query, name) for name in unwanted):
        query = wish if excluded and not disliked else ""
    avoid = ", ".join([*([avoid] if avoid else []), *(name for name in unwanted if not mentions(avoid, name))])
    changed = {**arguments, "query": query, "avoid": avoid}
    return {name: value for name, value in changed.items() if name != "query" or value}


def _wish(message: str) -> Intent:
    if _GREETING.match(message):
        return Intent("greeting")
    searched = _SEARCH.match(message)
    query, avoid = wanted_and_avoided(message[searched.end() :] if searched else message)
    if not query and not avoid:
        return Intent("recommend" if _WISH_WORDS.match(message) else "nothing")
    return Intent("search" if searched and query else "recommend", query, avoid)
