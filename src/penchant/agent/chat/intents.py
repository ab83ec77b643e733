"""Recognises by rules what a message asks for, where no model is there or the model cannot call tools.

Some messages ask for nothing that a catalogue offers: a text to be written or translated, a sum, a report of what
somebody else says.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from penchant.agent.chat.answers import Shown
from penchant.agent.chat.change_checks import NO_ITEMS, Stance, asks_to_be_forgotten, mentions, tastes
from penchant.agent.chat.forgetting import forgetting_in
from penchant.agent.chat.item_questions import Asked, is_named, item_question
from penchant.agent.chat.own_history import HistoryQuestion, history_question
from penchant.agent.chat.reactions import Reaction, is_choice_only, reactions
from penchant.agent.chat.references import Items, asks_to_see, place_in
from penchant.agent.chat.small_talk import is_code, small_talk
from penchant.agent.chat.statement_questions import OwnQuestion, own_question
from penchant.agent.chat.user_words import MAX_READ, clauses
from penchant.agent.chat.wish_limits import WishLimits, limits_of
from penchant.agent.recommend.wishes import ANYTHING, WISH_WORDS, split_wish
from penchant.agent.statements.corrections import is_bare
from penchant.agent.statements.temporary_clauses import without_refusals
from penchant.characters import simplified

_I = re.IGNORECASE
_POLITE = (
    r"^(?:(?:hi|hello|hey|please|kindly|(?:can|could|would|will)\s+you"
    r"|help\s+me(?:\s+to)?|i\s+(?:need|want)\s+you\s+to)\b[,\s]*){0,4}"
)
_A_TEXT = (
    r"(?:poem|essay|letter|e-?mail|story|song|speech"
    r"|text|message|summary|report|post|paragraph|limerick|haiku|script|function|program|code|regex|query|cv|resume|toast|review)s?"
)
_WORK = re.compile(
    rf"{_POLITE}(?:translate\s+(?!(?:apps?|devices?|books?)\b)\S|(?:proofread|summari[sz]e|paraphrase|rewrite|debug)\s+\S"
    rf"|(?:write|compose|draft|make\s+up)\s+(?:me\s+|us\s+)?(?:an?|some|my|the)?\s*(?:[\w-]+\s+){{0,3}}?{_A_TEXT}\b"
    r"|(?:calculate|compute)\s+\S|solve\s+(?:this|the\s+equation|for\s+\w+|\d)|(?:write|fix)\s+(?:me\s+)?(?:some\s+|the\s+|my\s+)?code\b"
    r"|convert\s+\d|explain\s+(?:to\s+me\s+)?(?:how|what)\s+(?!.*\b(?:you|me|my|this|that|it|these|those|list)\b))",
    _I,
)
_SUM = re.compile(
    r"^(?:how\s+much\s+(?:is|are|makes?)|what(?:['’]s|\s+is|\s+are)|calculate)\s+\d{1,20}(?:[.,]\d{1,20})?\s?"
    r"(?:times|plus|minus|x|divided\s+by|multiplied\s+by|percent\s+of|%\s+of|to\s+the\s+power|[*+/÷×^-])\s?\d{1,20}(?:[.,]\d{1,20})?\W*$"
    r"|^\d{1,20}(?:\.\d{1,20})?\s?(?:加上?|减去?|乘以?|除以|[*+/÷×-])\s?\d{1,20}(?:\.\d{1,20})?\s?(?:等于|是)?(?:多少|几)?\W*$",
    _I,
)
_WORK_ZH = re.compile(
    r"^(?:请|麻烦|你?能不能|能否|能|可以|你|帮我|给我|一下){0,6}(?:把.{1,60}?)?"
    r"(?:翻译(?!机|器|笔|棒|书|官|软件|类|小说|文学|作品|词典|耳机)|译成|写一?(?:首|篇|封|段)|计算(?!机|器)|算一?下|写(?:一?段)?代码|润色|改写)"
)
_SOMEBODY = r"^(?:my|our)\s+(?:[\w-]+\s+){0,2}?[\w-]+\s+"
_REPORT = re.compile(
    rf"{_SOMEBODY}(?:always\s+|just\s+)?(?:says?|said|told\s+\w+|tells\s+\w+|thinks?|claims?|mentioned)\s+(?:that\s+)?(?:she|he|they)\s+(?:really\s+|absolutely\s+)?"
    r"(?:hates?|loves?|likes?|dislikes?|enjoys?|adores?|can['’]?t\s+stand|(?:does|do)n['’]?t\s+like)\s"
    rf"|{_SOMEBODY}(?:really\s+|absolutely\s+)?(?:hates|dislikes|loathes|can['’]?t\s+stand)\s",
    _I,
)
_REPORT_ZH = re.compile(
    r"^我的?(?:朋友|同事|同学|邻居|室友|老板|哥哥?|弟弟?|姐姐?|妹妹?|爸爸?|妈妈?)(?:说|告诉我|觉得)[他她](?:很|最|非常|特别)?(?:不?喜欢|不?爱|讨厌|恨)"
    r"|^我的?(?:朋友|同事|同学|邻居|室友|老板)(?:很|最|非常|特别)?(?:讨厌|恨|不喜欢)"
)
_WANTED = re.compile(
    r"\b(?:recommend\w*|suggest\w*|gifts?|presents?|buy|find|search|show|give|need\w*|want\w*|looking|something|anything|ideas?|which|what|should|so|for\s+(?:her|him|them|me))\b"
    r"|推荐|介绍|礼物|送|买|找|需要|想要|适合|什么|哪|来[点些]|给[他她]",
    _I,
)
_IN_FRONT = re.compile(r"^\W+")
_MORE_BEHIND = re.compile(r"[,;:.!，；：。！]\s?\w|[?？]")


def asks_for_no_item(message: str) -> bool:
    """Return whether the message certainly asks for nothing from a catalogue. `message` has single spaces only."""
    message = _IN_FRONT.sub("", message)
    if _SUM.search(message):
        return True
    if _REPORT.search(message) or _REPORT_ZH.search(message):
        return not (_WANTED.search(message) or _MORE_BEHIND.search(message))
    return bool(_WORK.search(message) or _WORK_ZH.search(message)) and not _WISHED.search(message)


_WISHED = re.compile(r"\b(?:recommend|suggest|gifts?|presents?|buy|show\s+me|find\s+me)\b|推荐|礼物|想买", _I)
"""Words that make a message with such a request a wish after all."""


Kind = Literal[
    "which_item",
    "show",
    "forget",
    "unsay",
    "others",
    "explain",
    "item",
    "self",
    "history",
    "profile",
    "feedback",
    "state",
    "search",
    "recommend",
    "again",
    "greeting",
    "thanks",
    "bye",
    "nothing",
]
_FLAG = re.IGNORECASE
_OTHERS = re.compile(
    r"\b(?:profile|interests?|data|history|taste)\s+(?:of|for)\s+(?!me\b|mine\b|my\b|myself\b)(?:user\s+)?['\"]?\w+"
    r"|\b(?!my\b|your\b|the\b|this\b|that\b|a\b|whose\b|it['’]?s\b|what['’]?s\b|who['’]?s\b|let['’]?s\b)\w+['’]s\s+(?:profile|interests?|data|history|taste)"
    r"|(?<!我)(?<!我们)(?<!您)(?<!这)(?<!的)\w{1,12}(?<![我您])的(?:画像|兴趣|资料|数据|历史|喜好)",
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
    r"^\W*(?:please\s+)?(?:search|find|look\s+up|look\s+for|do\s+you\s+have|is\s+there|are\s+there|got\s+any|have\s+you\s+got|do\s+you\s+(?:sell|stock|carry))\b\s*(?:for\b|me\b|any\b|an?\b|the\b)*"
    r"|^\W*(?:你们|你家|店里)(?:家|店|这里|这儿)?(?:有没有|有|卖不卖|卖)(?!什么|哪|多|谁)|^\W*(?:请)?(?:帮我)?(?:搜索|搜一?下?|查找|找找|查一?下?|有没有)",
    _FLAG,
)
_GREETING = re.compile(
    r"^\W*(?:(?:hi|hello|hey|hiya|howdy|greetings|good\s+(?:morning|afternoon|evening|day))\b[\s,.!]*){1,3}"
    r"(?:(?:there|again|everyone|everybody|all|you|penchant|assistant|bot|friend|mate)\b[\s,.!]*){0,2}$"
    r"|^\W*(?:你好|您好|嗨|哈喽|早上好|中午好|下午好|晚上好|早安|大家好)[啊呀吗呢哦]?\W*$",
    _FLAG,
)
#: A message that asks for the last list once more.
_AGAIN = re.compile(
    r"^\W*(?:(?:sorry|wait|so|and|ok(?:ay)?|hang\s+on)[\s,]+)*(?:what|which(?:\s+(?:ones|items))?)\s+(?:did|have|had|was\s+it)\s+you\s+(?:just|last|already)?\s*"
    r"(?:recommend(?:ed)?|suggest(?:ed)?|show(?:n|ed)?|list(?:ed)?)(?:\s+(?:to\s+)?me)?(?:\s+(?:again|before|earlier|just\s+now|last(?:\s+time)?))?\W*$"
    r"|^\W*(?:(?:please|can\s+you|could\s+you)\s+)*(?:(?:show|give|tell|read)(?:\s+me)?|repeat|list)\s+(?:(?:that|those|the|these|your)\s+)?(?:(?:last|previous|same)\s+)?"
    r"(?:list|recommendations|suggestions|items|ones)\s*(?:again|once\s+more|one\s+more\s+time)\W*$|^\W*(?:please\s+)?repeat\s+(?:that|them|those|the\s+(?:list|recommendations|suggestions))\W*$"
    r"|^\W*(?:你)?(?:刚才|刚刚|上次|之前)(?:都)?(?:给我)?(?:推荐|介绍|列)了?(?:的是?|过)?(?:什么|哪些|哪几[个件本款])\W*$|^\W*(?:请)?(?:再)?(?:说|列|显示|给我看)一(?:遍|次|下)(?:刚才的?|上面的?)?(?:推荐|列表|清单)\W*$",
    _FLAG,
)
#: Words of a clause that asks for a list of something.
_ASKED = re.compile(
    r"\b(?:recommend|suggest|show|find|search|give\s+me|get\s+me|looking\s+for|what\s+(?:should|would|could|can|do)\s+(?:i|you)|any\s+(?:ideas?|suggestions?|recommendations?|tips?))\b"
    r"|^\W*(?:(?:and|so|but|then)\s+)?which\b(?!\s+(?:is|was|are|were|has|have|makes?|means?)\b)|推荐|介绍|来[点些一]|[找搜]|有什么|[买看听读喝吃]什么",
    _FLAG,
)
#: The same words as an activity that is liked or in a name: "I like to find old books", "I love search puzzles".
_LIKED_ACTIVITY = re.compile(
    r"(?<!d )\b(?:like|love|enjoy|prefer|hate|dislike|adore)\s+(?:to\s+)?(?:recommend|suggest|show|find|search)\b",
    _FLAG,
)
#: A remark about what was just named: "I like jazz, which is odd".
_ASIDE = re.compile(r",\s*which\s+(?:is|was|are|were|has|have|makes?|means?)\b(?![^.!]{0,200}[?？])[^,.;!?]*", _FLAG)
_BEFORE_A_QUESTION = re.compile(
    r"^\W*i\s+(?:really\s+)?(?:like|love|need|want|have)\b[^,;.!?]*[,;]\s*(?:(?:and|so|but)\s+)?(?=(?:which|what|where)\s[^.!?]*\?\W*$)",
    _FLAG,
)
_AFTER_WHAT = re.compile(r"^after\s+(?=[\"'“‘A-Z0-9])")
#: A time or a purpose, which is not the name of an item.
_WHEN = re.compile(
    r"(?:(?:tonight|today|now|tomorrow|later|next|(?:this|on\s+the|over\s+the)\s+(?:evening|weekend|week|morning|afternoon)|(?:just\s+)?for\s+(?:fun|pleasure|a\s+change))[\s,]*)+",
    _FLAG,
)
#: The end of a Chinese question that asks whether something exists.
_ASKED_AT_END = re.compile(r"(?:卖)?[吗么呢]?\s*[？?]?\s*$")
#: Asks for whatever suits; not a bare word that may be the rest of anything ("some", "items", 「什么」).
_SOMETHING = re.compile(
    r"(?:something|anything)\b|(?:some|stuff|things?|items?)\s+(?:new|nice|good|else|for\s+(?:me|us|myself))\b|for\s+(?:me|us|myself)\b|别的|什么(?:东西|好)",
    _FLAG,
)
_MORE = re.compile(
    r"(?:(?:(?:some|a\s+few|any)\s+)?(?:more|others?|another(?:\s+one)?)(?:\s+(?:ones|options|like\s+(?:these|that)))?"
    r"|(?:(?:something|anything)\s+)?(?:else|different)|different\s+ones|what\s+else(?:\s+is\s+there)?"
    r"|(?:the\s+)?next(?:\s+(?:page|ones?|list))?)(?:\s+please)?"
    r"|(?:再)?换(?:一批|一组|几个|个)|还有(?:吗|别的(?:吗)?|其他(?:的)?(?:吗)?)?|再(?:来|给)(?:一些|几个|一批|点|些)?|更多|下一页|其他的?",
    _FLAG,
)


@dataclass(frozen=True)
class Intent:
    """What a message asks for.

    - `query`, `avoid`: of a wish or a search; `more`: of items that were not shown yet; `limits`: how many, and at which price.
    - `item`: to be shown, of an explanation or a question about an item; `asked`: what is asked about it; `definite`: about a particular one.
    - `history`: the question about what the user has done.
    - `user_question`: a question about what the user has said; `query` and `definite`: what of it is to be forgotten.
    - `reactions`: judgements of items; `stances`: statements of the user.
    """

    kind: Kind
    query: str = ""
    avoid: str = ""
    item: Shown | None = None
    reactions: tuple[Reaction, ...] = ()
    stances: tuple[Stance, ...] = ()
    more: bool = False
    asked: Asked | None = None
    definite: bool = True
    user_question: OwnQuestion | None = None
    history: HistoryQuestion | None = None
    limits: WishLimits | None = None


def intent_of(message: str, items: Items = NO_ITEMS, *, without: Collection[Kind] = ()) -> Intent:
    """Return the first intent that fits the message.

    `items`: the items of the conversation so far, for expressions such as "the second one". `without`: intents that were
    tried without success. `item`: the catalogue has no item of that name, so the message does not ask for a price or
    stock; `unsay`: no statement matches, so it does not ask to forget one; `history`: no event answers it; `self`: no
    statement answers it, so it asks about the user only where that is certain.
    """
    if asks_to_be_forgotten(message):
        return Intent("forget")
    original, message = message, single_spaced(message)
    plain = simplified(message)
    if beside := (_forgetting_intent(original, plain) if "unsay" not in without else None) or _small_talk_intent(
        original, plain, items
    ):
        return beside
    others = _OTHERS.search(plain)
    if others or _AGAIN.match(plain):
        return Intent("others" if others else "again")
    if _EXPLAIN.search(plain) and not asks_for_no_item(plain):
        item, about = items.item_asked_about(message), " ".join(_ABOUT_WHY.sub(" ", plain).split()).strip(" ?？。.!")
        if item or about:
            return Intent("explain", query=about, item=item)
    past = history_question(plain)
    wanted = _history_intent(past, items.find(message)) if past and "history" not in without else None
    wanted = wanted or _user_question_intent(plain, past, surely="self" in without)
    wanted = wanted or (_item_question_intent(plain, message, items) if "item" not in without else None)
    if wanted or asks_to_see(message):
        return wanted or Intent("show", item=items.find(message))
    judged = _judgements(original, items)
    stated = tuple(each for each in tastes(_ASIDE.sub("", original[:MAX_READ]), items) if not is_bare(each.text))
    return _statement_or_wish_intent(_ASIDE.sub("", message), judged, stated)


#: Expressions for everything that was said about a thing.
_MENTIONED_BEFORE = re.compile(r"\b(?:said|told\s+you|mentioned|wrote)\b.*\babout\b|说过|提过|关于", _I)


def _forgetting_intent(message: str, plain: str) -> Intent | None:
    """Return the intent to forget something that the user has said, or None."""
    forgetting = forgetting_in(plain)
    if forgetting is None:
        return None
    spoken_of = _MENTIONED_BEFORE.search(forgetting.what)
    ending = () if spoken_of else tuple(stance for stance in tastes(message[:MAX_READ]) if stance.retracts)
    wanted = "" if forgetting.just_said else forgetting.what
    return Intent("unsay", query=wanted, stances=ending, definite=forgetting.sure)


def _small_talk_intent(message: str, plain: str, items: Items) -> Intent | None:
    """Return the intent of small talk and pasted code, which ask for nothing; a judgement of an item in it is feedback."""
    talk = "nothing" if is_code(message[:MAX_READ]) else small_talk(plain)
    if talk is None:
        return None
    judged = _judgements(message, items)
    return Intent("feedback", reactions=judged) if judged else Intent(talk)


def _judgements(message: str, items: Items) -> tuple[Reaction, ...]:
    """Return the message's judgements of items of the conversation."""
    return tuple(reaction for reaction in reactions(message, items) if reaction.item is not None)


def _item_question_intent(plain: str, message: str, items: Items) -> Intent | None:
    """Return the intent of a question about an item, or None.

    Of the conversation's items it is about the one that it names: "that lamp" is not the candle mentioned last.
    """
    question = item_question(plain)
    if question is None:
        return None
    meant = items.find(message)
    if not question.thing:
        meant = meant or items.only_candidate
    elif meant and place_in(message) is None and not is_named(question.thing, meant.title, definite=question.definite):
        meant = None
    return Intent("item", question.thing, item=meant, asked=question.asked, definite=question.definite)


def _statement_or_wish_intent(message: str, judged: tuple[Reaction, ...], stated: tuple[Stance, ...]) -> Intent:
    """Return the intent of a message that asks neither about the profile nor for a reason, with what it states."""
    if not judged and is_choice_only(message):
        return Intent("which_item")
    if not judged and not stated and asks_for_no_item(simplified(message)):
        return Intent("nothing")
    asked = without_refusals(message)
    if not judged and asked != message and _asks_for_items(asked):
        return replace(_wish(asked), stances=stated)
    if judged:
        return Intent("feedback", reactions=judged, stances=stated)
    rest = _without(message, stated)
    if any(stance.is_taste for stance in stated) and not (rest and _asks_for_items(rest)):
        return Intent("state", stances=stated)
    wish = _wish(rest)
    return replace(wish, kind="state" if wish.kind == "nothing" else wish.kind, stances=stated) if stated else wish


def _asks_for_items(message: str) -> bool:
    return any(regex.match(message) for regex in (WISH_WORDS, _SEARCH, ANYTHING)) or message.endswith(("?", "？"))


def _without(message: str, stances: Sequence[Stance]) -> str:
    """Return the message without the sentences that state something; of those, clauses that ask for something remain."""
    for stance in stances:
        asked = (clause.raw for clause in clauses(stance.text) if _ASKED.search(_LIKED_ACTIVITY.sub(" ", clause.text)))
        rest = " ".join(clause for clause in asked if stance.polarity == "like" or not mentions(clause, stance.label))
        message = message.replace(single_spaced(stance.text), f" {rest} ")
    return message.strip()


def _history_intent(question: HistoryQuestion, meant: Shown | None) -> Intent:
    """Return the intent of a question about the user's past; `meant`: the item that "it" in it means, if it is clear."""
    if question.is_reference_only and meant:
        question = question._replace(thing=meant.title)
    return Intent("history", history=question)


def _user_question_intent(message: str, past: HistoryQuestion | None, *, surely: bool) -> Intent | None:
    """Return the intent of a question about the user, or None; `past`: what it asks of the user's past, which no event answers."""
    question = own_question(message)
    if question and not _ALL_KNOWN.search(message) and not (surely and (question.any_taste or not question.sure)):
        return Intent("self", query=message, user_question=question)
    if question and question.any_taste:
        return Intent("profile")
    of_all = past is not None and (past.of_kind or not past.thing)
    return Intent("profile") if of_all or _PROFILE.search(message) or _ALL_KNOWN.search(message) else None


def single_spaced(message: str) -> str:
    """Return the first `MAX_READ` characters on one line with single spaces, so that patterns never meet runs of blanks."""
    return " ".join(message[:MAX_READ].split())


def with_exclusions(arguments: Mapping[str, Any], message: str) -> dict[str, Any]:
    """Return a recommendation's arguments, with what the message excludes added to `avoid` where the model left it out."""
    wish, excluded = split_wish(single_spaced(message))
    disliked = [stance.label for stance in tastes(message) if stance.polarity == "dislike" and not stance.retracts]
    avoid, query = str(arguments.get("avoid") or ""), str(arguments.get("query") or "")
    unwanted = list({name.casefold(): name for name in (excluded, *disliked) if name}.values())
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
    limits = limits_of(simplified(_BEFORE_A_QUESTION.sub("", message)))
    if limits.rest != message:
        wish = _wish_for(limits.rest)
        if limits.cheaper and (not wish.query or ANYTHING.fullmatch(wish.query.rpartition(", ")[2])):
            return Intent("recommend", "", wish.avoid, more=True, limits=limits)
        asks = wish.kind in ("recommend", "search") or limits.at_most is not None
        return replace(wish, kind="recommend", limits=limits) if asks else wish
    return _wish_for(message)


def _wish_for(message: str) -> Intent:
    searched = _SEARCH.match(message)
    query, avoid = split_wish(_ASKED_AT_END.sub("", message[searched.end() :]) if searched else message)
    query = "" if _WHEN.fullmatch(query) else _AFTER_WHAT.sub("", query)
    if _MORE.fullmatch(simplified(query or message.strip(" ?!.。！？"))):
        return Intent("recommend", "", avoid, more=True)
    if not query and not avoid:
        asks = WISH_WORDS.match(message) or _SOMETHING.match(message.strip())
        return Intent("recommend" if asks else "nothing")
    return Intent("search" if searched and query else "recommend", query, avoid)
