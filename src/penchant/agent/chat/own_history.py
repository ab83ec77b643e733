"""Questions about what the user has done here: "what did I buy?", "my last orders", 「我买过什么？」. The events answer them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from penchant.agent.chat.item_questions import is_named
from penchant.agent.chat.references import is_only_a_reference
from penchant.agent.chat.toolbox import PastEvent, Unit
from penchant.agent.chat.user_words import share_named
from penchant.characters import has_han
from penchant.prompts.locales import Translator

LISTED = 10
"""The number of items that an answer names."""
Action = Literal["purchase", "view", "rating", "save", "return", "any"]
_TYPES: Mapping[Action, frozenset[str]] = {
    "purchase": frozenset(("purchase",)),
    "rating": frozenset(("rating",)),
    "save": frozenset(("save",)),
    "return": frozenset(("return",)),
}
"""The types of events by the action that is asked about."""
_NOT_USED = frozenset(("skip", "hide", "dislike", "return", "save", "cart", "share", "follow"))
"""Types of events that do not show that an item was looked at or used. All others do, also types of the shop's own (`play`): a film that
was rated was watched.
"""
_HEADS: Mapping[Action, str] = {
    "purchase": "did_purchase",
    "view": "did_view",
    "rating": "did_rating",
    "save": "did_save",
    "return": "did_return",
    "any": "did_anything",
}
_VERBS: Mapping[Action, str] = {
    "purchase": r"buy|bought|order(?:ed)?|purchased?",
    "view": r"watch(?:ed)?|see|seen|read|listen(?:ed)?\s+to|play(?:ed)?|view(?:ed)?|click(?:ed)?(?:\s+on)?|look(?:ed)?\s+at"
    r"|tr(?:y|ied)|used?|hear(?:d)?|cook(?:ed)?|bake(?:d)?|attend(?:ed)?|finish(?:ed)?|complete(?:d)?",
    "rating": r"rated?|review(?:ed)?|score(?:d)?",
    "save": r"saved?|bookmark(?:ed)?",
    "return": r"return(?:ed)?|sen[dt]\s+back",
}
_NOUNS: Mapping[Action, str] = {
    "purchase": r"orders?|purchases?|(?:purchase|order|shopping)\s+history",
    "view": r"(?:watch|reading|listening|viewing)\s+history",
}
_VERBS_ZH: Mapping[Action, str] = {
    "purchase": "购?买|[订购]",
    "view": "[看读听玩用]",
    "rating": "评(?:价|分|论)?|打分",
    "save": "收藏",
    "return": "退(?:货|掉)?",
}
_NOUNS_ZH: Mapping[Action, str] = {"purchase": "订单|购买记录|购买历史", "any": "历史记录"}
_PERIODS: tuple[tuple[str, str, Unit, int], ...] = (
    ("today", "今天", "days", 0),
    ("yesterday", "昨天", "days", 1),
    (r"the\s+day\s+before\s+yesterday", "前天", "days", 2),
    (r"this\s+week", "这(?:个?星期|周|个?礼拜)|本周", "weeks", 0),
    (r"last\s+week", "上个?(?:星期|周|礼拜)", "weeks", 1),
    (r"this\s+month", "这个月|本月", "months", 0),
    (r"last\s+month", "上个?月", "months", 1),
    (r"this\s+year", "今年", "years", 0),
    (r"last\s+year", "去年", "years", 1),
)
"""Words for a period in English and Chinese, its unit, and how many of these ago it was."""
_PERIOD = "|".join(english for english, _, _, _ in reversed(_PERIODS))
_PERIOD_ZH = "|".join(chinese for _, chinese, _, _ in reversed(_PERIODS))
_PERIOD_WORDS = [
    (re.compile(rf"\b(?<!before\s)(?:{english})\b|{chinese}", re.IGNORECASE), unit, ago)
    for english, chinese, unit, ago in _PERIODS
]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"\d{{4}}-\d{{2}}-\d{{2}}|(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:\s+\d{{4}})?|{_MONTH}(?:\s+\d{{4}})?|\d{{4}}"
)
_DATE_ZH = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号])?|\d{4}年"
_DATED = re.compile(rf"\b(?:on|in)\s+(?P<en>{_DATE})\W*$|(?P<zh>{_DATE_ZH})", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")


def _any(words: Mapping[Action, str]) -> str:
    return "|".join(words.values())


_VERB, _NOUN = _any(_VERBS), _any(_NOUNS)
_OPENING = r"^\W*(?:(?:so|and|ok(?:ay)?|hey|please|tell\s+me|remind\s+me|do\s+you\s+(?:know|remember))[\s,]+)*+"
_OFTEN = r"(?:(?:already|just|ever|recently|last|usually|mostly)\s+)*+"
_WHEN = (
    rf"{_PERIOD}|(?:on|in)\s+(?:{_DATE})|(?:last|this)\s+\w+|last|before|already|yet|ever|recently|so\s+far|here|from\s+you|in\s+the\s+past"
    r"|(?:the\s+)?most(?:\s+often)?|on"
)
_ENDING = rf"(?:\s+(?:{_WHEN})\b)*+\W*$"
#: No name of an item follows: "the right size", "enough time", "correctly", "in time".
_NO_ITEM = (
    r"(?!(?:the\s+)?(?:right|wrong|correct|enough|too|so|yet|already|in|into|out|up|for|to|from|by|because|when|if|what|how|that\s+right)\b"
    r"|\w+ly\W*$)"
)
_ASKED = re.compile(
    rf"{_OPENING}(?:what|which|(?P<count>how\s+(?:many|much))|how\s+often)\b(?P<of>[^.!?,;]{{0,40}}?)\s(?:did|have)\s+i\s+{_OFTEN}"
    rf"(?P<verb>{_VERB}){_ENDING}"
    rf"|{_OPENING}(?:how\s+often|how\s+many\s+times|when)\s+(?:did|have)\s+i\s+{_OFTEN}(?P<when>{_VERB})\s+{_NO_ITEM}(?P<dated>[^.!?,;]{{2,60}}?){_ENDING}"
    r"|^\W*(?:please\s+)?(?:(?:show|list|give|tell)(?:\s+me)?\s+|what(?:['’]s|\s+(?:is|are|was|were))\s+|which\s+(?:are|were)\s+)?"
    rf"(?:all\s+)?(?:of\s+)?my\s+(?:(?:last|latest|past|previous|recent|old)\s+)*+(?P<noun>{_NOUN})\W*$"
    rf"|{_OPENING}(?:how|(?:how\s+many|what)\s+(?:stars|rating|score|points))\s+(?:did|have)\s+i\s+{_OFTEN}(?P<valued>{_VERBS['rating']}|g[ai]ven?)\s+"
    rf"{_NO_ITEM}(?P<rated>[^.!?,;]{{2,60}}?){_ENDING}"
    rf"|{_OPENING}(?:did|have)\s+i\s+{_OFTEN}(?P<whether>{_VERB})(?=\s+\w)(?:\s+(?:any|some)thing)?{_ENDING}"
    rf"|{_OPENING}(?:did|have)\s+i\s+{_OFTEN}(?P<did>{_VERB})\s+{_NO_ITEM}(?P<thing>[^.!?,;]{{2,60}}?){_ENDING}",
    re.IGNORECASE,
)
_WHEN_ZH = rf"{_PERIOD_ZH}|{_DATE_ZH}|都|还|最近|最常|上次|上一次|以前|之前|曾经|一共|总共|已经|在"
_ASKED_ZH = re.compile(
    rf"^(?:请问|那|你知道|你?还?记得)?(?:{_PERIOD_ZH}|{_DATE_ZH})?我(?:{_WHEN_ZH})*+(?P<verb>{_any(_VERBS_ZH)})"
    r"(?:得最多的?是?|最多的?是?|[了过](?:些|的是|最多的?是?)?)(?:什么|哪些|哪[个几]|(?P<count>多少|几(?=.*[？?吗])))[个部本首款件条张双台种家]?"
    r"(?![都也就])(?P<of>[^，。！？?]{0,6}?)[呢啊吗]?[？?\s]*$"
    rf"|^(?:请问|那|你知道|你?还?记得)?我(?:{_WHEN_ZH})*+(?:给|对)?(?P<rated>[^，。！？?]{{1,30}}?)(?P<valued>[打评])(?:过|了|的)?(?:几|多少)(?:分|颗?星)[呢啊]?\W*$"
    rf"|^我(?:上次|上一次|以前|之前|最近)(?:都)?(?P<last>{_any(_VERBS_ZH)})的?(?:是)?(?:什么|哪些|哪个|几)\W*$"
    rf"|^(?:看看?|查看|列出)?我(?:最近|上次)?的(?P<noun>{_any(_NOUNS_ZH)})\W*$"
    rf"|^(?=.{{0,80}}(?:什么时候|哪天|何时|有没有|是不是|[吗嘛么]\W*$|没有\W*$|[？?]))(?:{_PERIOD_ZH}|{_DATE_ZH})?我"
    rf"(?:{_WHEN_ZH}|什么时候|哪天|何时|有没有|是不是)*+(?P<did>{_any(_VERBS_ZH)})(?:过|了|的)"
    r"(?!(?:没有?|吗|嘛|么|[呢啊了])*\W*$)(?P<thing>[^，。！？?]{1,30}?)(?:了?没有|了?[吗嘛么]|[呢啊])?\W*$"
)
_ARTICLE = re.compile(
    r"^(?:an?|the|any|my|some)\s+|^[一两几][个部本首款件条篇张盏把只种台双瓶盒支块套](?=.)", re.IGNORECASE
)
#: Words beside "what" or "how many" that name no kind of thing.
_ANY_THING = re.compile(
    r"(?:\b(?:else|things?|items?|products?|stuff|ones?|times|kinds?|sorts?|types?|exactly|all|of|the|these|those|them|money|is|it|that|was)\b|东西|商品|产品|次|钱|\s)*",
    re.IGNORECASE,
)
_MOST = re.compile(r"\bmost\b|最多|最常", re.IGNORECASE)


class Period(NamedTuple):
    """A time that a question names: so many units ago (`unit`, `ago`), or the parts of a date that are given."""

    unit: Unit | None = None
    ago: int = 0
    year: int | None = None
    month: int | None = None
    day: int | None = None

    def includes(self, event: PastEvent) -> bool:
        """Return whether the event was in this time."""
        if self.unit is not None:
            return event.ago[self.unit] == self.ago
        given = (self.year, event.on.year), (self.month, event.on.month), (self.day, event.on.day)
        return all(wanted in (None, was) for wanted, was in given)


class HistoryQuestion(NamedTuple):
    """What of the user's past is asked for. `action`: which kind of events; `thing`: of what, "" for all; `most`: the most
    frequent first instead of the newest; `period`: when; None for all times; `how_many`: a number is asked for; `of_kind`: the
    thing is a kind of things ("which books"), which a title need not name.
    """

    action: Action
    thing: str = ""
    most: bool = False
    period: Period | None = None
    how_many: bool = False
    of_kind: bool = False

    @property
    def is_reference_only(self) -> bool:
        """Whether the thing is named only by a word such as "it" or "the second one"."""
        return bool(self.thing) and is_only_a_reference(self.thing)


def history_question(message: str) -> HistoryQuestion | None:
    """Return the question about the user's past that a message is; None for any other message, also for a wish that
    mentions the past ("to go with my last order").

    `message` has single spaces only, and simplified Chinese characters.
    """
    english = _ASKED.search(message)
    found = english or _ASKED_ZH.search(message)
    if found is None:
        return None
    parts = {name: text.strip() for name, text in found.groupdict().items() if text}
    action = _action(parts, chinese=english is None)
    thing = _ARTICLE.sub("", next((parts[name] for name in ("thing", "dated", "rated", "of") if name in parts), ""))
    if _ANY_THING.fullmatch(thing) and not is_only_a_reference(thing):
        thing = ""
    most, of_kind = _MOST.search(message) is not None, "of" in parts and bool(thing)
    return HistoryQuestion(action, thing, most, _period(message), "count" in parts, of_kind)


def _action(parts: Mapping[str, str], *, chinese: bool) -> Action:
    if "valued" in parts:
        return "rating"
    nouns, verbs = (_NOUNS_ZH, _VERBS_ZH) if chinese else (_NOUNS, _VERBS)
    words, written = (nouns, parts["noun"]) if "noun" in parts else (verbs, "")
    written = written or next(parts[name] for name in ("verb", "when", "whether", "did", "last") if name in parts)
    return next(action for action, regex in words.items() if re.fullmatch(regex, written, re.IGNORECASE))


def _period(message: str) -> Period | None:
    ago = next((Period(unit, ago) for words, unit, ago in _PERIOD_WORDS if words.search(message)), None)
    dated = _DATED.search(message)
    return ago or (_date(dated["en"] or dated["zh"]) if dated else None)


def _date(written: str) -> Period:
    """Return the parts of a date: "10 May", "May 2026", "2026-05-10", 「2026年5月10日」."""
    numbers = [int(number) for number in _NUMBERS.findall(written)]
    if "-" in written:
        return Period(year=numbers[0], month=numbers[1], day=numbers[2])
    year = next((number for number in numbers if number > 31), None)
    small = [number for number in numbers if number <= 31]
    if has_han(written):
        month, day = ([*small, None, None])[:2]
        return Period(year=year, month=month, day=day)
    name = re.search(_MONTH, written, re.IGNORECASE)
    return Period(
        year=year, month=_MONTHS.index(name[0][:3].lower()) + 1 if name else None, day=next(iter(small), None)
    )


def answer_from_events(question: HistoryQuestion, events: Sequence[PastEvent], language: str) -> str:
    """Return the answer; empty where the user has done nothing of the kind.

    `events`: of the user, newest first. Where nothing was done with the thing, or in the period, that is asked for, the
    answer says so and names everything of the kind, or all times.
    """
    say = Translator(language, "chat")
    of_kind = [event for event in events if _is_of_action(event.type, question.action)]
    named = [event for event in of_kind if not question.thing or _is_about(question.thing, event)]
    then = [event for event in named if question.period is None or question.period.includes(event)]
    if of_kind and not named:
        return _without_the_thing(question, of_kind, say)
    if question.thing and not named and (other := [event for event in events if _is_about(question.thing, event)]):
        return "\n".join([say("did_not"), *_listing(question._replace(action="any"), other, say)])
    if not named:
        return ""
    lead = [] if then else [say("did_nothing_then")]
    lead += [say("did_count", count=len({event.title for event in then}))] if question.how_many and then else []
    return "\n".join([*lead, *_listing(question, then or named, say)])


def _is_of_action(kind: str, action: Action) -> bool:
    return kind not in _NOT_USED if action == "view" else kind in _TYPES.get(action, (kind,))


def _is_about(thing: str, event: PastEvent) -> bool:
    """Return whether an event is about a thing: of this name, or of a category of this name ("books")."""
    return is_named(thing, event.title) or any(share_named(name, thing) == 1 for name in event.categories)


def _without_the_thing(question: HistoryQuestion, of_kind: Sequence[PastEvent], say: Translator) -> str:
    """Return the answer where no event is known to be about the thing; empty if something else may be meant.

    A kind of thing that is not in the catalogue's words ("how many books") may still be among the titles, so what is
    listed is what was done in the period.
    """
    if question.of_kind:
        then = [event for event in of_kind if question.period is None or question.period.includes(event)]
        lead = say("did_unknown_kind", thing=question.thing) if then else say("did_nothing_then")
        return "\n".join([lead, *_listing(question, then or of_kind, say)])
    if question.action == "view":
        return ""
    return "\n".join([say("never_did", thing=question.thing), *_listing(question, of_kind, say)])


def _listing(question: HistoryQuestion, events: Sequence[PastEvent], say: Translator) -> Iterator[str]:
    """Yield the heading and a line for each item, with the day of its newest event."""
    by_title: dict[str, list[PastEvent]] = {}
    for event in events:
        by_title.setdefault(event.title, []).append(event)
    titles = sorted(by_title, key=lambda title: -len(by_title[title])) if question.most else list(by_title)
    yield say(_HEADS[question.action])
    for title in titles[:LISTED]:
        yield _line(title, by_title[title], say)
    if len(titles) > LISTED:
        yield say("did_more", count=len(titles) - LISTED)


def _line(title: str, events: Sequence[PastEvent], say: Translator) -> str:
    """Return the line of an item: how often and when last, or the newest rating."""
    newest = events[0]
    if newest.type == "rating" and newest.value is not None:
        return say("did_rate", title=title, day=newest.day, value=f"{newest.value:g}")
    times = {"count": len(events)} if len(events) > 1 else {}
    return say("did_times" if times else "did_once", title=title, day=newest.day, **times)
