"""Questions about what the user has done here: "what did I buy?", "my last orders", 「我买过什么？」. The events answer them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from penchant.agent.chat.item_questions import is_named
from penchant.prompts.locales import Translator

LISTED = 10
"""The number of items that an answer names."""
_BOUGHT, _LOOKED, _RATED, _SAVED = "purchase", "view", "rating", "save"
_TYPES = {
    _BOUGHT: frozenset(("purchase",)),
    _LOOKED: frozenset(("view", "click", "dwell", "purchase", "rating", "like")),
    _RATED: frozenset(("rating",)),
    _SAVED: frozenset(("save",)),
}
"""The types of events by the deed that is asked about; a film that was rated was watched."""
_HEADS = {_BOUGHT: "did_purchase", _LOOKED: "did_view", _RATED: "did_rating", _SAVED: "did_save"}
_VERBS = {
    _BOUGHT: r"buy|bought|order(?:ed)?|purchased?",
    _LOOKED: r"watch(?:ed)?|see|seen|read|listen(?:ed)?\s+to|play(?:ed)?|view(?:ed)?|click(?:ed)?(?:\s+on)?|look(?:ed)?\s+at",
    _RATED: r"rated?",
    _SAVED: r"saved?",
}
_NOUNS = {
    _BOUGHT: r"orders?|purchases?|(?:purchase|order|shopping)\s+history",
    _LOOKED: r"(?:watch|reading|listening|viewing)\s+history",
}
_VERBS_ZH = {_BOUGHT: "[买订]", _LOOKED: "[看读听玩]"}


def _any(words: Mapping[str, str]) -> str:
    return "|".join(words.values())


_VERB, _NOUN = _any(_VERBS), _any(_NOUNS)
_OPENING = r"^\W*(?:(?:so|and|ok(?:ay)?|hey|please|tell\s+me|remind\s+me|do\s+you\s+(?:know|remember))[\s,]+)*"
_OFTEN = r"(?:(?:already|just|ever|recently|last|usually|mostly)\s+)*"
_WHEN = r"today|yesterday|last|before|recently|so\s+far|here|from\s+you|in\s+the\s+past|(?:last|this)\s+\w+|(?:the\s+)?most|most\s+often|on"
_ENDING = rf"(?:\s+(?:{_WHEN}))*\W*$"
_ASKED = re.compile(
    rf"{_OPENING}(?:what|which|how\s+(?:many|much|often))\b[^.!?,;]{{0,40}}?\b(?:did|have)\s+i\s+{_OFTEN}"
    rf"(?P<verb>{_VERB}){_ENDING}"
    r"|^\W*(?:please\s+)?(?:(?:show|list|give|tell)(?:\s+me)?\s+|what(?:['’]s|\s+(?:is|are|was|were))\s+|which\s+(?:are|were)\s+)?"
    rf"(?:all\s+)?(?:of\s+)?my\s+(?:(?:last|latest|past|previous|recent|old)\s+)*(?P<noun>{_NOUN})\W*$"
    rf"|{_OPENING}(?:when\s+did|did|have)\s+i\s+{_OFTEN}(?P<did>{_VERB})\s+(?:an?\s+|the\s+|any\s+|my\s+|this\s+|that\s+)?"
    rf"(?P<thing>[^.!?,;]{{2,60}}?){_ENDING}",
    re.IGNORECASE,
)
_PERIOD_ZH = r"今天|昨天|前天|这个?星期|这周|本周|上个?(?:星期|周|礼拜)|这个月|本月|上个?月|今年|去年"
_ASKED_ZH = re.compile(
    rf"^(?:请问|那|你知道|你?还?记得)?(?:{_PERIOD_ZH})?我(?:{_PERIOD_ZH}|都|还|最近|最常|上次|上一次|以前|之前|曾经|一共|已经)*(?P<verb>{_any(_VERBS_ZH)})"
    r"(?:得最多的?是?|最多的?是?|[了过](?:些|的是|最多的?是?)?)(?:什么|哪些|哪个|多少|几)[^，。！]{0,6}$"
    rf"|^我(?:上次|上一次|以前|之前|最近)(?:都)?(?P<last>{_any(_VERBS_ZH)})的?(?:是)?(?:什么|哪些|哪个|几)\W*$"
    r"|^(?:看看?|查看|列出)?我(?:最近|上次)?的(?P<noun>订单|购买记录|购买历史|历史记录)\W*$"
    rf"|^(?:{_PERIOD_ZH})?我(?:{_PERIOD_ZH}|什么时候|哪天|何时|有没有|是不是|以前|之前)*(?P<did>{_any(_VERBS_ZH)})(?:过|了|的)(?P<thing>[^，。！？?]{{1,30}}?)(?:没有|吗|嘛|么)?\W*$"
)
_PERIODS: tuple[tuple[re.Pattern[str], str, int], ...] = tuple(
    (re.compile(words, re.IGNORECASE), unit, ago)
    for words, unit, ago in (
        (r"\btoday\b|今天", "days", 0),
        (r"\byesterday\b|昨天", "days", 1),
        (r"前天", "days", 2),
        (r"\bthis\s+week\b|这(?:个?星期|周|个?礼拜)|本周", "weeks", 0),
        (r"\blast\s+week\b|上个?(?:星期|周|礼拜)", "weeks", 1),
        (r"\bthis\s+month\b|这个月|本月", "months", 0),
        (r"\blast\s+month\b|上个?月", "months", 1),
        (r"\bthis\s+year\b|今年", "years", 0),
        (r"\blast\s+year\b|去年", "years", 1),
    )
)
"""Words for a period, its unit, and how many of these ago it was."""
_MOST = re.compile(r"\bmost\b|最多", re.IGNORECASE)


class HistoryQuestion(NamedTuple):
    """What of the user's past is asked for. `deed`: which kind of deed; `thing`: of what, "" for all; `most`: the most
    frequent first instead of the newest; `period`: a unit of time, and how many of these ago; None for all times.
    """

    deed: str
    thing: str = ""
    most: bool = False
    period: tuple[str, int] | None = None

    @property
    def types(self) -> frozenset[str]:
        """The types of the events that answer it."""
        return _TYPES[self.deed]


def history_question(message: str) -> HistoryQuestion | None:
    """Return the question about the user's past that a message is; None for any other message, also for a wish that
    mentions the past ("to go with my last order").

    `message` has single spaces only, and simplified Chinese characters.
    """
    found = _ASKED.search(message)
    deeds = [("verb", _VERBS), ("noun", _NOUNS), ("did", _VERBS)]
    if found is None:
        found = _ASKED_ZH.search(message)
        deeds = [("verb", _VERBS_ZH), ("last", _VERBS_ZH), ("did", _VERBS_ZH)]
    if found is None:
        return None
    written = next(((found[part], words) for part, words in deeds if found[part]), None)
    deed = (
        next((deed for deed, words in written[1].items() if re.fullmatch(words, written[0], re.I)), "")
        if written
        else ""
    )
    period = next(((unit, ago) for words, unit, ago in _PERIODS if words.search(message)), None)
    thing = (found["thing"] or "").strip()
    return HistoryQuestion(deed or _BOUGHT, thing, _MOST.search(message) is not None, period)


def answer_from_events(question: HistoryQuestion, deeds: Sequence[Mapping[str, Any]], language: str) -> str:
    """Return the answer; empty where the user has done nothing of the kind.

    `deeds`: what the user did with items, newest first: `type`, `title`, `day` in words, and how many `days`, `weeks`,
    `months` and `years` ago. Where nothing was done in the period that is asked for, that is said, and all is named.
    """
    say = Translator(language, "chat")
    of_kind = [each for each in deeds if each["type"] in question.types]
    then = [each for each in of_kind if not question.period or each[question.period[0]] == question.period[1]]
    nothing_then = bool(of_kind) and not then
    of_kind = then or of_kind
    found = [each for each in of_kind if not question.thing or is_named(question.thing, str(each["title"]))]
    missing = bool(of_kind) and not found and question.deed == _BOUGHT
    found = of_kind if missing else found
    by_title: dict[str, list[str]] = {}
    for each in found:
        by_title.setdefault(str(each["title"]), []).append(str(each["day"]))
    titles = sorted(by_title, key=lambda title: -len(by_title[title])) if question.most else list(by_title)
    lines = [
        say("did_times", title=title, count=len(by_title[title]), day=by_title[title][0])
        if len(by_title[title]) > 1
        else say("did_once", title=title, day=by_title[title][0])
        for title in titles[:LISTED]
    ]
    more = [say("did_more", count=len(titles) - LISTED)] if len(titles) > LISTED else []
    lead = [say("did_nothing_then")] if nothing_then else []
    lead += [say("never_did", thing=question.thing)] if missing else []
    return "\n".join([*lead, say(_HEADS[question.deed]), *lines, *more]) if lines else ""
