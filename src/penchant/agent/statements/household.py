"""Finds the needs of people in the user's household: "my son is allergic to nuts", 「老婆不能吃海鲜」.

A need affects what the user gets, so it is kept as strictly as the user's own needs, but is nobody's taste; the scope
says whom it is for. What a child likes or dislikes, told after their age, is kept with such a scope, too. Parents and
friends count if the user cooks for them or lives with them.
"""

import re
from collections.abc import Iterator

from penchant.agent.statements import phrases_en, reading_zh
from penchant.agent.statements.life_tables_zh import ILL
from penchant.agent.statements.patterns_en_states import CONDITIONS, SENSES
from penchant.agent.statements.sentences import JOINER, ClauseReading, is_chinese, joined, without_joiners
from penchant.agent.statements.wordings import Kind, Polarity
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
_HOUSE = (
    r"(?:(?:step)?(?:son|daughter)s?|sons?|wife|husband|partner|spouse|kids?|child(?:ren)?|baby|babies|toddlers?|twins?|girl(?:friend)?|boy(?:friend)?"
    r"|fianc[eé]e?|family|little\s+one|(?:eldest|oldest|youngest|middle\s+(?:one|child))(?=\s*(?:$|[,.;]|(?:is|has|can|cannot|does|and|who)\b|can['’]|['’]s))|(?:other|better)\s+half|hubby|missus|(?:[\w-]+-)?year[\s-]olds?(?=\s+(?:is|has|can)\b)|year[\s-]old(?!\s+(?:son|daughter|kid|child|baby|toddler|girl|boy)))"
)
_KIN = (
    r"(?:(?:grand)?(?:mother|father|parents)(?:-in-law)?|mom|mum|dad|grandma|grandpa|parents-in-law|in-laws|sister|brother|aunt|uncle"
    r"|roommate|flatmate|housemate|friend)"
)
_TOGETHER = r"(?:(?:who(?:m)?\s+)?(?:i|we)\s+(?:\w+\s+)?(?:cook|shop|buy\s+food|care)\s+for|(?:who\s+)?lives?\s+with\s+(?:me|us))"
_PERSON = lazy(
    rf"\b(?P<my>my|our)\s+(?:[\w'’-]+\s+){{0,3}}?(?P<who>{_HOUSE})\b"
    rf"|\b(?:i|we)\s+(?:\w+\s+)?(?:cook|shop|buy\s+food|care)\s+for\s+(?P<my2>my|our)\s+(?:[\w'’-]+\s+){{0,2}}?(?P<who2>{_KIN})\b"
    rf"|\b(?P<my3>my|our)\s+(?:[\w'’-]+\s+){{0,2}}?(?P<who3>{_KIN}),?\s+{_TOGETHER}",
    _I,
)
_BE = r"(?:\b(?:is|are)|['’]s|['’]re|\bwas\s+(?:just\s+)?(?:found\s+to\s+be|diagnosed\s+as))"
_NOT = r"(?P<not>\s+(?:no\s+longer|not)|n['’]?t)?"
_IS = rf"(?:{_BE}|\band|,){_NOT}"
"""The verb before what a person is, or what joins that to their age: "is 3 and allergic to eggs"."""
_HOW = r"\s+(?:\w+ly\s+|very\s+|also\s+|both\s+|all\s+|an?\s+|strict\s+){0,3}"
_UNABLE = r"\b(?:can['’]?t|cannot|can\s+not|must\s+not|mustn['’]?t|may\s+not|(?:is|are)(?:\s+not|n['’]?t)\s+allowed\s+to|should\s+not|shouldn['’]?t)"
_BODY = r"(?:allergy|allergies|intolerance)"
#: What helps somebody for long, and is no wish of the moment: "needs a booster seat", "needs a room without stairs".
_AID = (
    r"(?:(?:(?:booster|child|car|bath|raised\s+toilet|orthop(?:a)?edic)\s+(?:seat|chair|mattress)|high\s?chair|cot|crib|stair\s?lift|lift|ramp|handrails?|bed\s+rails?|captions?|subtitles|large\s+print|braille|sign\s+language(?:\s+interpreter)?"
    r"|hearing\s+loop|special\s+diet|speech\s+therapy|(?:reading\s+)?glasses|contact\s+lenses|insoles|inhaler|(?:step[\s-]?free|level|wheelchair|disabled)\s+access)\b"
    r"|(?:[\w-]+\s+){0,2}?(?:room|school|seat|bed|hotel|place|flat|house|home|toilet|bathroom|entrance|playground)\s+(?:with|without)\s+\w[^.,;!?]{1,40})"
)
_NEEDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("avoid", lazy(rf"\s*{_IS}{_HOW}(?:allergic|intolerant|hypersensitive)\s+to\s+(?P<rest>.+)", _I)),
    ("avoid", lazy(rf"\s*{_IS}{_HOW}(?P<s>(?:lactose|gluten|dairy|egg|soy|wheat|nut)[\s-]intolerant)\b", _I)),
    ("avoid", lazy(rf"\s*\b(?:has|have)\s+(?P<not>no\s+)?(?:an?\s+)?(?:\w+\s+){{0,2}}?{_BODY}\s+to\s+(?P<rest>.+)", _I)),
    ("avoid", lazy(rf"\s*\b(?:has|have)\s+(?P<not>no\s+)?(?:an?\s+)?(?:(?:severe|bad|serious|mild|strong)\s+)?(?P<s>[\w-]+(?:\s+[\w-]+)?\s+{_BODY})\b", _I)),
    ("avoid", lazy(rf"\s*{_UNABLE}\s+(?:eat|drink|tolerate|digest|have(?!\s+(?:an?|the|his|her|their|fun|been|to)\b))\s+(?!(?:because|since|as|if|when|while|until|without|alone|well|properly|now|today|tonight|yet|much|at|in|on|with|right)\b)(?:any(?:thing\s+with)?\s+)?(?P<rest>.+)", _I)),
    ("avoid", lazy(r"\s*\b(?:has|have|needs?)\s+to\s+(?:avoid|stay\s+(?:away\s+from|off)|keep\s+off)\s+(?P<rest>.+)", _I)),
    ("fact", lazy(r"\s*\b(?:uses?|wears?|relies\s+on|needs?)\s+(?P<s>(?:an?\s+|two\s+)?(?:wheelchair|walking\s+(?:frame|stick|aid)|walker|rollator|zimmer\s+frame|white\s+cane|cane|crutches|mobility\s+scooter|hearing\s+aids?|cochlear\s+implant|insulin\s+pump|guide\s+dog|oxygen|prosthe\w+))(?=\s*(?:$|[.,;!?]|\s(?:and|but|so|to|at|in|since|because|when|all|every)\b))", _I)),
    ("fact", lazy(rf"\s*{_IS}{_HOW}(?P<s>(?:{SENSES}|pregnant|immunocompromised|housebound|bedridden|non-?verbal|partially\s+sighted))(?=\s*(?:$|[.,;!?]|\s(?:and|but|so|now|since|from|in\s+(?:one|both))\b))", _I)),
    ("fact", lazy(rf"\s*\b(?:has|have|suffers?\s+from|lives?\s+with)\s+(?P<not>no\s+)?(?P<s>{CONDITIONS})(?=\s*(?:$|[.,;!?]|\s(?:and|but|so|since)\b))", _I)),
    ("require", lazy(rf"\s*\bneeds?\s+(?:an?\s+)?(?P<rest>{_AID})", _I)),
    ("require", lazy(rf"\s*(?:{_IS}{_HOW}|\b(?:has|have)\s+|\b(?:can|may)\s+only\s+eat\s+|\beats?\s+(?:only|strictly)\s+)(?P<s>vegans?|vegetarians?|pescatarians?|c(?:o)?eliac|halal|kosher|gluten[\s-]free|dairy[\s-]free|nut[\s-]free)\b", _I)),
)  # fmt: skip
_AGE = (
    r"\s*(?:,|\(|\bis|\bare|['’]s|['’]re|\b(?:just\s+)?turned)\s*(?:(?:only|just|now|nearly|almost)\s+)?"
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)"
    r"(?:\s+and\s+a\s+half)?(?:[\s-](?:years?|months?|weeks?)(?:[\s-]old)?)?\)?(?:,?\s+(?:(?:and|but)\s+)?(?:he|she|they)\b|,?\s+(?:and|but|who)\b)?"
)
#: Words between the person and the need: a name or an age, but no other person.
_BETWEEN = lazy(
    rf"{_AGE}|"
    r"(?:\s+\w+)?(?:,?\s+(?:who|and|he|she|they)\b(?:\s+is\s+\w+,?)?)?(?:\s*,[^,]{0,30},)?|(?:,?\s+(?:and|so)\s+(?:he|she|they))?", _I
)  # fmt: skip
#: Somebody else's son: "our neighbour's boy".
_POSSESSIVE = lazy(r"\b\w+(?:['’]s|s['’])\s", _I)
_SUPPOSED = lazy(r"\b(?:if|whether|suppose|imagine|say|in\s+case|think|wonder|not\s+sure)\b", _I)
_ENDED = lazy(r"\b(?:any\s?more|any\s+longer)\b", _I)
#: Words directly before the person that make the sentence a question ("does my daughter have an allergy?").
_ASKED_BEFORE = lazy(
    r"\b(?:do|does|did|should|must|will|would|can|could|may|might|has|is|are)(?:n['’]?t)?\s+$"
    r"|\b(?:is|isn['’]t)\s+it\s+(?:true|so|right|correct)\s+(?:that\s+)?$|\b(?:you|i)\s+(?:\w+\s+)?(?:know|remember|recall|say|tell\s+you|mention)\s+(?:that\s+)?$",
    _I,
)
_ASKS_BACK = lazy(
    r"^\W*(?:(?:so|and|wait|hm+|oh)[,\s]+)*(?:my|our)\b[^,;:]*(?:,\s*(?:right|correct|yes|no|is(?:n['’]t)?\s+(?:he|she)|are(?:n['’]t)?\s+they))?\?\W*$",
    _I,
)
_ASKS_OPENLY = lazy(r"\b(?:what|which|where|how|who|can|could|any)\b", _I)

_MEMBERS_ZH = r"儿子|女儿|闺女|孩子们?|宝宝|宝贝|娃|小孩|老公|老婆|丈夫|妻子|爱人|媳妇|太太|先生|女朋友|男朋友|女友|男友|伴侣|双胞胎|家人|老[大二三四幺](?!爷|板|远)|[大二小]宝|老伴"
_KIN_ZH = r"妈妈?|母亲|爸爸?|父亲|爸妈|父母|奶奶|爷爷|外婆|外公|姥姥|姥爷|婆婆|公公|岳母|岳父|姐姐|妹妹|哥哥|弟弟|室友"
_PERSON_ZH = lazy(
    rf"(?:^|[，,；;、\s]|和|而且|但是?|不过|因为|还有|另外|由于)(?:我们|我|咱们?|俺)?(?:家)?(?:的)?(?:[一两俩三四]个?)?(?:大|小)?(?P<who>{_MEMBERS_ZH})"
    rf"|我们?(?:平时|经常|每天|常常|要|得|都)?[给为](?:我)?(?P<who2>{_KIN_ZH})(?:做饭|做菜|买菜|烧饭)[^。！？!?]{{0,4}}?[，,]?(?:他|她|他们|她们)?"
    rf"|我(?:的)?(?P<who3>{_KIN_ZH})(?:跟|和|与)我们?(?:一起|同)?住[，,]?(?:他|她|他们|她们)?"
)
_THING_ZH = r"(?P<s>[^，。！？,.!?；;：:\s]{1,14}?)"
#: States of a member of the household that affect what the user buys.
_STATE_ZH = r"(?:怀孕[^，。！？,!?能可吗]{0,4}|坐月子|坐轮椅|哺乳期?|备孕|怀着[^，。]{1,3}|拄拐杖?|腿脚不(?:好|便|方便)|行动不便|牙口不好|听力不好|视力不好|耳背|卧床|瘫痪|失明|失聪|老年痴呆|阿尔茨海默[^，。]{0,2})"
_NEEDS_ZH: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("avoid", lazy(rf"[^，。！？,.!?我你他她]{{0,4}}?(?P<not>已经不|不再|不)?对{_THING_ZH}(?:严重|重度|轻度|特别|很|会|都|也){{0,3}}(?P<not2>不)?(?:过敏|不耐受)")),
    ("avoid", lazy(r"(?:也|都|是|有|从小|严重){0,3}(?P<not>不|没有?)?(?P<s>[^，。！？,.!?；;：:\s对]{1,10}?)(?:严重)?(?P<not2>不)?(?:过敏|不耐受)")),
    ("avoid", lazy(rf"(?:也|都|从小|绝对|完全){{0,3}}(?:不能|不可以|不许|不准|碰都不能碰|忌)(?:吃|喝|碰|沾)?(?:任何)?{_THING_ZH}(?=$|[，。！？,.!?；;])")),
    ("require", lazy(r"(?:也|都|现在|一直){0,3}(?P<not>不再|不)?(?:是|只能吃|只吃|必须吃)?(?:个|一个)?(?P<s>吃素|素食者?|纯素(?:食者)?|吃斋|清真|穆斯林|乳糜泻)")),
    ("fact", lazy(rf"(?:现在|目前|正|已经|刚刚?|也|都|还|从小|一直|在|是|有|得了|患有?|确诊了?|查出来?)*(?:一?[个名位])?(?P<s>(?:严重的?|轻度的?|先天性?|慢性|过敏性)?(?:{ILL}|{_STATE_ZH}))(?=$|[，。！？,.!?；;了啊呢])")),
)  # fmt: skip
#: The age of somebody, before their need: 「女儿三岁，对花生过敏」.
_AGE_ZH = lazy(
    rf"{JOINER}?(?:今年|已经|刚|快|才|还)*{JOINER}?(?:(?:\d{{1,2}}{JOINER}?|[一二两三四五六七八九十]{{1,3}})个?(?:周?岁|月)(?:半|多)?|(?:上|读|念)[^，。我]{{1,5}})(?:大|了)*[，,]\s*(?:他|她|ta)?"
)
#: Likes and dislikes of a child, after the age: 「孩子五岁，喜欢恐龙，讨厌西兰花」.
_TASTE_ZH = lazy(
    rf"(?:[他她]|ta)?(?:很|特别|最|也|比较|又|就|但)*(?:(?P<dislike>不(?:太|怎么)?(?:喜欢|爱)|讨厌|害怕|怕)|喜欢|爱(?=[吃喝看玩听]))(?:[吃喝看玩听](?=.))?{_THING_ZH}(?:了|的)?(?=$|[，。！？,.!?；;])[，,]?"
)
#: A need that names nothing, before the clause that does: 「孩子过敏，不能喝牛奶」.
_UNNAMED_NEED_ZH = lazy(
    r"(?:皮肤|体质|肠胃|从小|有点儿?|很|容易|严重|也|都|是|会)*(?:过敏|过敏体质|敏感|不好)[，,]\s*(?:[他她]|ta|所以|因此)*(?=(?:也|都|绝对|完全)*(?:不能|不可以|不许|不准|忌)(?:吃|喝|碰|沾))"
)
#: Words with which a clause goes on about the same person.
_GOES_ON_ZH = lazy(
    r"[，,]\s*(?:[他她]|ta|所以|因此|而且|并且|另外|还|也|又|同时)*(?=对[^，。我]{1,10}过敏|(?:绝对|完全)?(?:不能|不可以|不许|不准|忌)(?:吃|喝|碰|沾))"
)
_SUPPOSED_ZH = lazy(r"如果|要是|假如|万一|是不是|会不会|吗|不知道|不确定|据说|听说")
#: Begins another verb about the same person: "can't eat eggs § and hates milk".
_ANOTHER_VERB = lazy(
    r",?\s+(?:and|but)\s+(?:\w+ly\s+)?(?:hates|loves|likes|prefers|needs|wants|refuses|is|has|does|can|won['’]?t|doesn['’]?t|can['’]?t)\b",
    _I,
)
#: Question words after the need, in the same clause: the question is about the need.
_ASKED_ZH = lazy(r"[^，。！？,!?]{0,4}?(?:怎么|咋|如何|是为什么)")
_FOR_SOMEBODY = lazy(rf"for (?:my|our) (?:{_HOUSE}|{_KIN})|为.+", _I)
#: Question words within the need.
_OPEN_ZH = lazy(r"什么|哪|谁|有没有|能不能|可不可以|多少")
_ASKS_ZH = lazy(r"[么吧呢]?\s*[？?]")
_NO_SUBJECT_ZH = lazy(r"^(?:我|你|他|她|它|什么|这|那|自己)")


def whom(scope: str | None) -> str | None:
    """Return whom of the household a statement with this scope is for ("for my son"); None if it is the user's own."""
    return scope if scope and _FOR_SOMEBODY.fullmatch(scope) else None


def read(sentence: str) -> list[ClauseReading]:
    """Return the needs of the household that a sentence states, in order.

    A need that no longer holds only ends an earlier statement.
    """
    if not is_chinese(sentence):
        return list(_read_en(sentence))
    text = joined(sentence) or sentence
    return [without_joiners(reading, text) for reading in _read_zh(text)]


def _read_en(sentence: str) -> Iterator[ClauseReading]:
    for found in _PERSON.finditer(sentence):
        if _POSSESSIVE.search(found.group()) or _is_asked(sentence, found.start()):
            continue
        if _SUPPOSED.search(sentence, 0, found.start()):
            continue
        who = next(filter(None, (found["who"], found["who2"], found["who3"])))
        whose = next(filter(None, (found["my"], found["my2"], found["my3"])))
        scope = f"for {whose} {who}".casefold()
        yield from _needs_en(sentence, found.end(), scope)


def _is_asked(sentence: str, at: int) -> bool:
    """Return whether the sentence asks about the person named at `at`, by the words before or by its question mark."""
    before = _ASKED_BEFORE.search(sentence, 0, at)
    if before and sentence.rstrip().endswith("?"):
        return True
    inverted = before and re.match(r"(?:do|does|did)\b", before[0], _I) and not sentence[: before.start()].strip()
    return bool(inverted) or bool(_ASKS_BACK.match(sentence) and not _ASKS_OPENLY.search(sentence))


def _needs_en(sentence: str, start: int, scope: str) -> Iterator[ClauseReading]:
    for kind, need in _NEEDS:
        match = need.search(sentence, start)
        if match is None or not _BETWEEN.fullmatch(sentence, start, match.start()):
            continue
        groups = match.groupdict()
        name = "s" if groups.get("s") else "rest"
        another = _ANOTHER_VERB.search(sentence, match.start(name), match.end(name))
        end = another.start() if another else match.end(name)
        first, last, _ = phrases_en.phrase(sentence, match.start(name), end)
        if first >= last or phrases_en.POINTS_ELSEWHERE.match(sentence[first:last]):
            continue
        over = bool(groups.get("not")) or bool(_ENDED.search(sentence, match.start()))
        yield _need(kind, first, last, scope, over=over, diet=kind == "require" and name == "s")
        return


def _read_zh(sentence: str) -> Iterator[ClauseReading]:
    if _SUPPOSED_ZH.search(sentence):
        return
    for found in _PERSON_ZH.finditer(sentence):
        scope = "为" + next(filter(None, (found["who"], found["who2"], found["who3"])))
        age = _AGE_ZH.match(sentence, found.end())
        start = found.end()
        if age:
            start = age.end()
            while (taste := _TASTE_ZH.match(sentence, start)) and not _OPEN_ZH.search(taste[0]):
                yield _taste(taste, scope)
                start = taste.end()
        yield from _needs_zh(sentence, start, scope)


def _needs_zh(sentence: str, start: int, scope: str) -> Iterator[ClauseReading]:
    """Yield the need that begins at `start`, and those of the same person in the clauses that go on: 「对花生过敏，也不能喝牛奶」."""
    if unnamed := _UNNAMED_NEED_ZH.match(sentence, start):
        start = unnamed.end()
    for kind, need in _NEEDS_ZH:
        match = need.match(sentence, start)
        if match is None:
            continue
        first, last = reading_zh.phrase(sentence, *match.span("s"))
        if _ASKED_ZH.match(sentence, match.end()) or _OPEN_ZH.search(match[0]) or _ASKS_ZH.match(sentence, match.end()):
            return
        if first < last and not _NO_SUBJECT_ZH.match(sentence[first:last]):
            groups = match.groupdict()
            over = bool(groups.get("not") or groups.get("not2"))
            yield _need(kind, first, last, scope, over=over, diet=kind == "require")
            if further := _GOES_ON_ZH.match(sentence, match.end()):
                yield from _needs_zh(sentence, further.end(), scope)
            return


def _taste(found: re.Match[str], scope: str) -> ClauseReading:
    kind: Polarity = "dislike" if found["dislike"] else "like"
    return ClauseReading(kind, kind, *found.span("s"), scope, sure=True)


def _need(kind: Kind, first: int, last: int, scope: str, *, over: bool, diet: bool) -> ClauseReading:
    polarity: Polarity | None = {"avoid": "dislike", "fact": None}.get(kind, "like")
    slot = "diet" if diet else None
    return ClauseReading(kind, polarity, first, last, scope, strict=True, slot=slot, retracts=over, sure=True)
