"""What words say about earlier statements: that something has changed, that a goal is reached or given up, or what is
preferred to what.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from penchant.agent.statements.sentences import ClauseReading, is_chinese
from penchant.agent.statements.subjects import Terms, head_word, is_same_subject, terms
from penchant.lazy_patterns import lazy
from penchant.store.statement import Statement

_I = re.IGNORECASE
_CHANGED = lazy(
    r"\b(?:now|nowadays|these\s+days|lately|recently|any\s?more|no\s+longer|from\s+now\s+on|instead|actually|(?:has|have|['’]ve|['’]s)\s+changed"
    r"|changed\s+my\s+mind|turns\s+out|switched|moved\s+on|converted|after\s+all)\b|现在|如今|最近|目前|改[用成为喝吃坐看玩]|换|转|后来|从今|以后|不再|其实",
    _I,
)
_SWITCHED = lazy(
    r"\b(?:switched|converted|gone\s+over|changed|migrated|moved\s+on)\s+to\b|换成|换了|改[用成喝吃坐学练玩]|转用", _I
)
#: Words between what is preferred and what it is preferred to; in Chinese also in front of the latter.
_ABOVE_EN = lazy(r"\s(?:over|than|instead\s+of|rather\s+than|as\s+opposed\s+to|to)\s+(?P<below>[^,.;!?]{2,60})", _I)
_ABOVE_ZH = lazy(
    r"(?:比起|与其|相比(?:起|于)?|跟)(?P<before>[^，,。；！？]{1,16}?)(?:相比)?[，,\s]?(?=我|更|还是|不如|现在|最近)"
    r"|(?:而不是|而非|不是|多过|胜过|好过)(?P<behind>[^，,。；！？]{1,16})"
)
#: Words that make two things of one category opposites: a preference for the first excludes the second.
_OPPOSITES = tuple(
    frozenset(pair.split("/"))
    for pair in """
    dark/light short/long brief/long brief/detailed short/detailed concise/detailed window/aisle paper/electronic hot/cold warm/cold
    warm/cool morning/evening early/late big/small large/small quiet/loud quiet/lively sweet/savoury sweet/savory sweet/salty public/private
    indoor/outdoor fast/slow formal/informal formal/casual soft/hard soft/firm metric/imperial british/american left/right upper/lower
    spicy/mild wired/wireless digital/analogue manual/automatic digital/paper physical/digital thick/thin crunchy/smooth remote/office
    深色/浅色 暗色/亮色 简短/详细 靠窗/靠过道 纸质/电子 长/短 冷/热 甜/咸 室内/室外 大/小 早/晚 软/硬 辣/清淡 手动/自动 有线/无线
    """.split()  # noqa: SIM905
)
_FAVOURITE = lazy(r"^(?:favou?rite\s+|最喜欢的?)(?P<what>.+)$", _I)
_AT_END = lazy(r"\s+(?:now|nowadays|these\s+days|lately|today|again|ever|of\s+all(?:\s+time)?|at\s+the\s+moment)$", _I)


def mentions_change(statement: Statement) -> bool:
    """Return whether the sentence says that something was different before."""
    return _mentions_change(statement.text)


def mentions_replacement(statement: Statement) -> bool:
    """Return whether the sentence says that its subject replaced another one, which may not be named."""
    return bool(_SWITCHED.search(statement.text))


@lru_cache(1024)
def _mentions_change(text: str) -> bool:
    return bool(_CHANGED.search(text))


def prefers_over(statement: Statement, other: Statement) -> bool:
    """Return whether the sentence prefers its subject to the subject of `other` ("coffee over tea"), or to a kind of it."""
    theirs = terms(other.subject)
    return bool(theirs) and any(theirs <= each or each <= theirs for each in less_preferred(statement))


def less_preferred(statement: Statement) -> tuple[Terms, ...]:
    """Return the terms of what the sentence names as less preferred than its subject."""
    return _less_preferred(statement.text, statement.subject)


@lru_cache(1024)
def _less_preferred(text: str, subject: str) -> tuple[Terms, ...]:
    at = text.find(subject)
    behind = _ABOVE_EN.match(text, at + len(subject)) if at >= 0 else None
    found = [behind["below"]] if behind else []
    found += [match["before"] or match["behind"] for match in _ABOVE_ZH.finditer(text)]
    return tuple(named for each in found if (named := terms(each)))


def is_same_category(statement: Statement, other: Statement, topics: Mapping[str, str]) -> bool:
    """Return whether two preferences are known to be of the same category, so that the later one replaces the earlier.

    For example "trains", then "planes now". The category is the same if both names have the same head word ("aisle
    seats", "window seats"), if both are of one subtopic, or if both are of one topic and one of them has no subtopic. An
    unknown place is no evidence. `topics`: the topic of each place.
    """
    if has_same_head_word(statement, other) or is_same_subtopic(statement, other, topics):
        return True
    if statement.place is None or other.place is None:
        return False
    ours, theirs = topics.get(statement.place), topics.get(other.place)
    return ours is not None and ours == theirs and (ours == statement.place or theirs == other.place)


def is_same_subtopic(statement: Statement, other: Statement, topics: Mapping[str, str]) -> bool:
    """Return whether both statements are about the same subtopic. `topics`: the topic of each place."""
    place = statement.place
    return place is not None and place == other.place and topics.get(place) != place


def has_same_head_word(statement: Statement, other: Statement) -> bool:
    """Return whether both subjects end in the same word, which names their category ("aisle seats", "window seats")."""
    return _has_same_head_word(statement.subject, other.subject)


def is_opposite(statement: Statement, other: Statement) -> bool:
    """Return whether the two subjects are opposites within one category ("dark mode", "light mode")."""
    ours, theirs = terms(statement.subject), terms(other.subject)
    if not _has_same_head_word(statement.subject, other.subject):
        return False
    mine, others = ours - theirs, theirs - ours
    return any(
        _has_word(mine, word) and _has_word(others, against)
        for pair in _OPPOSITES
        for word in pair
        for against in pair - {word}
    )


def _has_word(found: Terms, word: str) -> bool:
    return any(
        each.removesuffix("er") == word or each == word or (not word.isascii() and word in each) for each in found
    )


def _has_same_head_word(first: str, other: str) -> bool:
    ours, theirs = head_word(first), head_word(other)
    return ours is not None and ours == theirs and not is_same_subject(first, other)


def is_same_slot(slot: str | None, other: str | None) -> bool:
    """Return whether two slots are the same: "favourite colour", "favourite color now" and 「最喜欢的颜色」 are."""
    if not slot or not other:
        return False
    if slot == other:
        return True
    ours, theirs = _FAVOURITE.match(slot), _FAVOURITE.match(other)
    return bool(ours and theirs) and is_same_subject(_AT_END.sub("", ours["what"]), _AT_END.sub("", theirs["what"]))  # type: ignore[index]


#: What a goal is reached or given up by, with what it is about. A goal reached long ago is another one.
_LONG_AGO = (
    r"(?![^.!?]*\b(?:ago|last\s+(?:year|decade)|in\s+(?:19|20)\d\d|once|when\s+i\s+was|as\s+an?\s+(?:child|kid|student|teen\w*)"
    r"|back\s+(?:in|then)|almost|nearly)\b)"
)
_AIM = (
    r"(?!(?:into|on|up|out|by|off|over|away|through|back|across|around|it|this|that|them|with|to)\b)"
    r"(?:(?:my|our|the|an?|for)\s+)?(?P<s>(?:[\w'’-]+\s+){0,4}?[\w'’-]+)"
)
_AIM_ENDS = (
    r"(?=\s*(?:[,.;:!?()–—]|$)|\s+(?:last|this|yesterday|today|tonight|on|in|at|with|and|but|so|after|before|because|as|since|for"
    r"|any\s?(?:more|longer)|now|already|successfully|finally|either|though)\b)"
)
_I_HAVE = r"\b(?:i|we)(?:['’]ve|\s+have)?\s+(?:(?:just|finally|already|actually|successfully|even|also|recently|now|officially|both)\s+)*"
_NO_MORE = (
    r"(?:(?:['’]m|['’]re|\s+am|\s+are)\s+(?:no\s+longer|not)|(?:['’]ve|\s+have)?\s+(?:stopped|quit)"
    r"|(?:['’]ve|\s+have)?\s+(?:gave|given)\s+up)"
)
_PURSUING = r"learning|running|studying(?:\s+for)?|training\s+for|preparing\s+for|saving\s+(?:up\s+)?for|trying\s+to|becoming|doing|getting"
_ENDED_GOALS = tuple(
    lazy(pattern, _I)
    for pattern in (
        rf"{_LONG_AGO}{_I_HAVE}(?:finished|completed|passed|achieved|reached|accomplished|aced|nailed|smashed|ran|climbed|walked|cycled"
        r"|swam|graduated\s+from|saved\s+up\s+for|finished\s+reading|(?:wrote|written|published|finished\s+writing)(?=\s+my\b)|lost(?=\s+\d)"
        rf"|(?<!['’]ve\s)(?<!have\s)got(?=\s+my\b)|bought(?=\s+(?:my|our|an?)\s+(?:first\s+|own\s+)?(?:house|flat|home|apartment|car|boat)\b))\s+{_AIM}{_AIM_ENDS}",
        rf"^(?:\w+[:,!]\s+)?(?:(?:just|finally|officially)\s+)?(?:passed|finished|completed|aced|nailed|smashed)\s+(?=my\b){_AIM}{_AIM_ENDS}",
        r"^(?P<s>[\w'’-]+(?:\s+[\w'’-]+){0,3})\s+(?:done|completed|finished)\s*!",
        rf"\b(?:i|we){_NO_MORE}\s+(?:(?:training|preparing|saving(?:\s+up)?|studying|practi[sc]ing|aiming|going)\s+for|trying\s+to|planning\s+to)\s+{_AIM}{_AIM_ENDS}"
        r"(?!\s+(?:on|in|at|with)\b)",
        rf"{_I_HAVE}(?:(?:given\s+up|gave\s+up)\s+(?:on\s+)?(?=(?:{_PURSUING})\b)|(?:given\s+up|gave\s+up)\s+on\s+(?=(?:my|the)\s)"
        rf"|(?:abandoned|dropped|scrapped|cancelled|canceled)\s+(?:the\s+idea\s+of\s+|the\s+plan\s+(?:to|of)\s+|my\s+plans?\s+(?:to|of|for)\s+))"
        rf"(?:(?:{_PURSUING})\s+)?{_AIM}{_AIM_ENDS}",
        rf"{_I_HAVE}decided\s+not\s+to\s+(?:run|do|take|learn|train\s+for|study\s+for|finish|sit)\s+{_AIM}{_AIM_ENDS}",
    )
)
_AIM_ZH = r"(?P<s>(?![^，。！？了]{1,10}后[^端期台宫摇])[^，。！？,.!?；;：:\s我你他她了]{1,12}?)"
_LEAD_ZH = r"(?:^|[，,。！\s])(?:我们?)?(?:终于|总算|已经|刚刚?|昨天|今天|上周|上个月|前天|这周|顺利|成功)*"
_REACHED_ZH = (
    r"(?:考过|通过|考完|完成|跑完|拿到|拿下|考上|读完|学完|学会|写完|减[掉了]|瘦了|攒够|买到|达成|实现|爬完|走完)"
)
_ENDED_GOALS_ZH = tuple(
    lazy(pattern)
    for pattern in (
        rf"{_LEAD_ZH}{_REACHED_ZH}了?(?:我的|那个|这个)?{_AIM_ZH}(?:了|啦)+(?=$|[，。！,!\s])",
        rf"{_LEAD_ZH}{_REACHED_ZH}了(?:我的|那个|这个)?{_AIM_ZH}(?=$|[，。！,!\s])",
        rf"{_LEAD_ZH}(?:的)?{_AIM_ZH}(?:终于|总算|已经|也|都|顺利)*{_REACHED_ZH}(?:了|啦)+(?=$|[，。！,!\s])",
        rf"{_LEAD_ZH}(?:决定)?(?:放弃|不打算|不准备|不想再?)了?(?=[考学跑练备报读写攒减参]|[^，。！]{{1,8}}(?:考试|比赛|计划|马拉松)){_AIM_ZH}(?:了|啦)+(?=$|[，。！,!\s])",
        r"^(?:算了[，,]?)?(?P<s>[^，。！？,.!?\s我你他她它了不]{1,8})不(?:去|学|考|买|报|练)了(?=$|[，。！,!\s])",
        rf"{_LEAD_ZH}(?:决定)?不(?:再备?)?考{_AIM_ZH}了(?=$|[，。！,!\s])",
    )
)
#: Words for what one does towards a goal, which do not tell goals apart.
_TOWARDS = frozenset(
    """
    finish finishing complete completing pass passing achieve achieving reach reaching run running climb climbing walk walking cycle
    get getting lose losing write writing publish publishing buy buying save saving up train training prepare preparing pay first own
    take taking test exam licence license learn learning
    practise practice practicing practising swim swimming trying idea plan planning become becoming
    """.split()  # noqa: SIM905
)
#: When a goal is to be reached, at the end of its name.
_WHEN = lazy(
    r"\s+(?:in|on|by|before|for|this|next)\s+(?:the\s+|early\s+|late\s+|mid\s+)?(?:(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october"
    r"|spring|summer|autumn|fall|winter|year|month|week|christmas|easter|(?:19|20)\d\d)(?:\s+(?:19|20)\d\d)?\W*$"
    r"|^(?:今年|明年|下个?月|年底|夏天|年内)(?:之?前)?|(?:一次|一场)",
    _I,
)
_TOWARDS_ZH = lazy(
    r"^(?:我|在|想要?|要|打算|准备|备考|备战|努力|考[取上过]?|学[会完]?|练习?|跑[完步]?|完成|拿[到下]?|参加|通过|读完?|写完?|减掉?|攒够?|买|训练|训)+(?=.)"
)


#: Takes back a plan, because another one was made: "scrap the train, we've booked flights".
_SCRAPPED = lazy(
    r"^\W*(?:(?:actually|ok(?:ay)?|oh|well|right|change\s+of\s+plan)[\s,:]+){0,2}(?:scrap|scratch|forget(?:\s+about)?|cancel|drop)\s+the\s+(?P<s>[\w'’-]+(?:\s+[\w'’-]+){0,2}),?\s+"
    r"(?:i|we)(?:['’]ve|['’]re|['’]m|\s+have|\s+are|\s+am)?\s+(?:(?:just|now|already|decided\s+to|going\s+to)\s+)*(?:booked|bought|chosen|picked|found|switched|going|taking|flying|driving|take|fly|drive|go)\b",
    _I,
)


def scrapped_plans(sentence: str) -> Iterator[ClauseReading]:
    """Yield the plan that a sentence takes back because another one was made; it ends no liking of the thing."""
    if found := _SCRAPPED.match(sentence):
        yield ClauseReading("prefer", "like", *found.span("s"), retracts=True, sure=True)


def ended_goals(sentence: str) -> Iterator[ClauseReading]:
    """Yield the goals that a sentence says are reached or given up: "I finished my marathon", 「我考过雅思了」."""
    for regex in _ENDED_GOALS_ZH if is_chinese(sentence) else _ENDED_GOALS:
        if found := regex.search(sentence):
            yield ClauseReading("goal", "like", *found.span("s"), retracts=True, sure=True)
            return


def is_same_goal(first: str, other: str) -> bool:
    """Return whether two subjects name the same goal, whatever is done towards it: "marathon" and "run the marathon"."""
    ours, theirs = _aim(first), _aim(other)
    return bool(ours) and ours == theirs


def _aim(subject: str) -> Terms:
    named = terms(_TOWARDS_ZH.sub("", _WHEN.sub("", subject)))
    return named - _TOWARDS or named
