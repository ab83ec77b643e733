"""Reads what a Chinese sentence states, by grammar: kind, polarity, strictness, scope and the subject as a whole phrase.

Chinese leaves out the first person ("最近在戒糖"), so a clause without a grammatical subject is about the writer, unless
it names somebody else.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from penchant.agent.statements.continued_tables_zh import WORK
from penchant.agent.statements.frame_tables_zh import CONTROL
from penchant.agent.statements.frames_zh import FramedClause, framed_clauses
from penchant.agent.statements.patterns_zh import ADV, PATTERNS
from penchant.agent.statements.patterns_zh_sure import EVERYDAY_ZH, SURE
from penchant.agent.statements.sentences import (
    CHANGED,
    CLAUSE_ZH,
    REFERENCE,
    ClauseReading,
    joined,
    without_joiners,
    without_quotes,
)
from penchant.agent.statements.wordings import Kind
from penchant.characters import HAN
from penchant.lazy_patterns import lazy

STRICT = lazy(
    r"过敏|不耐受?|蚕豆病|严格|绝对?不|从不|从来不|从来没|坚决|(?<![一二两三四五六七八九十几这那每\d])只(?!是|有一|不过|会一)|必须|一定(?:要|得)|务必|忌口|忌讳|清真|全素|吃素|素食|吃斋|纯素|斋|回民|穆斯林|信仰|宗教|一律|滴酒不沾|医生|医嘱|打死|再也不|这辈子不|千万别|别给我推|不要再?给?我?推|不能(?:吃|喝|碰|沾)|不可以|碰都不|一点(?:都|也)不(?:能|沾|碰)|吃不了|喝不了|生酮|无麸质|抵制|拒绝|非.{1,6}不可|底线"
)
SCOPE = lazy(
    rf"(出差(?:的时候|时)?|旅[游行](?:的时候|时)?|出去玩(?:的时候|时)?|出门(?:在外)?|上班(?:的时候|时|路上)?|下班(?:后|路上)?|工作(?:的时候|时|日)|在家(?:里|的时候)?|周末|(?:晚上(?:[{HAN}]{{1,3}}点(?:以后|之后|后))?|早上|中午)(?!好)|睡前|夏天|冬天|春天|秋天|孕期|通勤(?:的时候|时|路上)?|学习(?:的时候|时)|运动(?:的时候|时|后)|开车(?:的时候|时)?|住酒店|健身(?:的时候|时)?|饭后|晚饭后|(?:(?![我你]|希望)[{HAN}]){{1,6}}的时候)(?![{HAN}]{{0,2}}是)"
)
TAIL = lazy(
    r"(?:多年|好几年|(?:这(?:一?口|一?类|种|些|一?套)(?:东西|的)?)|了|的(?!东西|事|地方|人|菜|房|衣|书|歌|片|酒|味)|啊|呀|呢|(?<![酒网水氧咖贴书话陶迪])吧|啦|哦|哈|嘛|咯|哒|的说|来着|而已|就行|就好|才行|好多年|很多年|几年|[一二两三四五六七八九十几多\d]+(?:来|多)?年(?:了|多)?|有些年头|快[一二三四五六七八九十]+年|星人|走|这样|之类的?|什么的|等等|好吗|谢谢|哈哈|(?<!清)真的|味道|，|,|\s|。|！|!|\.|~|～){1,6}$"
)
HEAD = lazy(r"^(?:我有|是|了|这种|这类|一些|一点儿|一点|点儿|任何|的|着|于|就是){1,6}(?=..)")
POINTS = lazy(
    r"^(?:一点|一口|一滴)[都也]?.*|^[亏差少缺晚慢错]一.{0,2}$|"
    r"^(?:它|它们|这|那|你|他|她|这个.{0,6}|那个.{0,6}|[这那][几两三].*|[两三几]个|[^和与、或跟及]{1,6}[那这][件个款双条瓶支首张部本台把套间辆]|[那这][件款双条瓶支首张部本台把套间辆].*|这些|那些|这样|那样|什么.*|谁|哪.*|上面.*|下面.*|刚才.*|第[一二三四五两\d].*|你的.*|这[段篇首部版种句道件条].*|上一.*|前一.*|另一?.*|后者|前者|的话|来不及|结果|答案|最后一行|[ABCD]|自己.{0,1}|一下.*|时间.*|问题.*|事.{0,1}|点困|点饿|了)$"
)
FORMER = lazy(
    rf"(?:以前|曾经?|过去|小时候|原来|本来|之前|从前|原先|早年|当年|(?:年轻|上学|读书|大学|结婚前|单身)(?:的)?(?:时候?|那会儿?|那几年))(?:我)?{ADV}(?P<verb>喜欢|爱|讨厌|迷|不吃|吃|喝|用|玩|住|是|怕|养|抽|戒|不爱|不喜欢|常|习惯)(?:吃|喝|看|听|用|去|玩|在)?(?!过)(?P<s>[^，。！？,.!?]{{1,16}})"
)
NO_LONGER = lazy(
    rf"(?:我|已经|现在|早就?|^|[，,\s])(?:{ADV})(?:不再|不(?=[^，。！？]{{1,14}}了)|没(?:那么|以前那么)?|不那么|没有以前那么|不怎么)(?P<verb>喜欢|爱|讨厌|怕|迷|追|想学|用|吃|喝|玩|抽|住|养|信|戒|对|打|练|坐|骑|跑|游|滑|写|学)(?:吃|喝|看|听|用|去|玩|在)?(?P<s>[^，。！？,.!?]{{0,16}}?)(?:感兴趣|过敏)?(?:了|$|[，。！])"
)
FRONTED = lazy(
    r"^(?:其实|真的|但是?|不过|后来|反正|说实话|老实说)?(?P<s>[^，。！？,.!?我]{0,12}?)(?:我|我也)?(?:现在|已经|早就|早|最近|也|都){0,3}不(?:再)?(?P<verb>喜欢|爱|讨厌|怕|追|用|吃|喝|玩|看|听|抽)了$"
)
#: Begins a sentence about what its writer has stopped doing, named or not.
_NO_MORE = lazy(r"(?:我)?(?:现在|已经|早就|以后|从此)?(?:不再|再也不)")
#: Work that somebody no longer does: 「我不做健身教练了」.
NO_LONGER_WORKS = lazy(
    rf"(?:^|我|[，,])(?:现在|已经|早就?|后来)*不(?:再|想再)?(?:当|做|干)(?P<s>[^，。！？了我]{{0,6}}?{WORK})了(?=$|[，。！？,.!?；;])"
)
NO_LONGER_IS = lazy(
    r"(?:^|[，,\s]|我)(?:已经|现在|早就|早|其实){0,3}(?:不再是|不是(?=[^，。！？,.!?]{1,10}了))(?P<s>(?![不想要因为很太说在有能会去来])[^，。！？,.!?]{1,10}?)了?(?=$|[，。！？,.!?；;])"
)
_SENTENCE_END = lazy(r"[。！!～~\s]+$")
#: Begins a request: "may I trouble you to …".
_POLITE = lazy(r"麻烦(?=以后|今后|你|您|给|帮|请|各位|大家|把|确认|换|找|筛|改|选|安排|留|看|查|推荐|说|写|加|去)")
#: Words that name no subject: a conjunction, the smell of something, or a clause that ends in what the writer does not do.
_NAMES_NOTHING = lazy(
    rf"{CONTROL}$|"
    r"给自己[定立设](?:了|下)?一?个?[^，。]{0,4}(?:目标|计划|flag|任务)|(?:不然|否则|要不)|不[起下]来|(?:味儿?|气味)(?:[都就]|$)|[^，。我]+我(?:一律|一概|从来?|都|就|绝对|坚决|一般)*不"
)
#: The rest of a word whose first character looks like a verb: 「吃货」, 「骑手」.
_WITHIN_WORD = lazy(
    r"(?<=吃)[货亏苦惊]|(?<=爱)(?:豆|将|马仕)|(?<=玩)[具偶]|(?<=跑)[车鞋]|(?<=听)[力众]|骑[手士]|跑[车鞋]|学[生霸姐长妹弟期]|打印"
)
#: An activity that is only denied, which names nothing.
BARE_DENIAL = lazy(
    r"(?:现在|已经|都|也)*(?:再也|从来?|早就|绝对|坚决|一律|一直)?不(?:再|太|怎么|能|想)?[吃喝买用看玩听去穿坐抽要养]了?"
)
FORGET = lazy(
    r"^(?:请|你|帮我|麻烦|可以|能){0,5}(?:(?:把)?(?:忘掉|忘了|忘记|删掉|删除|删了|去掉|不要记|别记|不用记|别再记|不要再记|取消)(?:住|得|下|着|了)?(?:关于)?)(?P<rest>(?:关于)?我.*?)(?:这件事|这回事|的事情?|的话|这一点|这条)?$|^(?:请|你|帮我){0,5}把(?P<rest2>我[^，。！？]{1,24}?)(?:这件事|这条|这个|的事|这点|的记录)?(?:从[^，。]{1,6})?(?:忘掉|忘了|忘记|删掉|删除|删了|去掉)"
)
#: Words before what is to be forgotten that are not part of it.
SAID_BEFORE = lazy(
    r"(?:我?(?:之前|以前|刚才|曾经|上次|刚刚)?(?:跟你|对你|和你)?(?:说|提|讲|聊|告诉)(?:过|到)?(?:你)?(?:的)?(?:关于)?(?=.))?"
)
SWITCHED = lazy(
    r"(?:(?:从|由|不[用喝吃玩学练打养骑听穿看坐]|把)(?P<old>[^，。！？,.!?]{1,12}?)(?:了)?[，,]?)?(?:现在|最近|已经|都|改|就){0,5}(?:改(?:成|用|喝|吃|玩|坐|追|看|为|粉|学|练|打|骑|开|听|穿)|换(?:成|到|用|了)|转(?:到|成|投|战|为)|迁到|变成)(?:了|喝|吃|用)?(?P<new>[^，。！？,.!?]{1,14})"
)
SLOTS = (
    ("home", lazy(r"住在|我住(?!的(?:酒店|宾馆|民宿|旅馆|旅店|房间))|搬到|搬来|(?<!老)家在|定居")),
    ("job", lazy(r"我(?:现在|目前|已经)?是[^，。]{0,6}(?:老师|程序员|护士|医生|设计师|会计|司机|工程师|律师|学生|厨师|骑手)|工作是|转行|(?:^|我|[，,])(?:现在|目前|一直)?在[^，。我]{2,8}?[当做](?!饭|菜|题|梦|客|作业|什么|啥)[^，。]{2,}")),
    ("employer", lazy(r"在[^，。]{2,10}(?:上班|工作)的?$|跳槽|入职")),
    ("age", lazy(r"(?:^|[，,。；\s])(?:我|本人|今年|现在|已经|刚刚?|都|快|马上|[就才]|满|是|到)*+(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})周?岁|(?<=今年)\d{1,2}(?=了|[，,。]|$))")),
    ("diet", lazy(r"吃素|全素|素食|生酮|低碳|吃斋|纯素|清真|吃荤|轻食")),
    ("name", lazy(r"叫我|我叫")),
    ("budget", lazy(r"(?:我的?)?(?P<of>[^，。我\s]{0,8}?)的?预算")),
)  # fmt: skip


#: A wish to make something into something else, which is not a change yet.
_MADE_INTO = lazy(r"(?:想|要|打算|希望|计划|准备|梦想|争取|能)[^，。]{0,4}把[^，。]{1,14}$")
#: Says that the writer has switched, rather than asks for something to be changed.
HAS_SWITCHED = lazy(
    r"(?:我|我们|现在|最近|已经|后来|(?:以前|原来|之前|过去|从前)[^，。]{2,12}[，,])(?!们?[^，。]{0,4}(?:要|想|帮|能|让|请)).*了"
)
#: Verbs that belong to the subject where an activity is no longer done.
DOING = ("打", "练", "骑", "跑", "游", "滑", "写")
#: Ways of eating; it is they that are given up, not a food.
DIET = lazy(r"素|斋|全素|长素|清真|生酮|轻食|低碳")
#: The ending of a word for somebody with a way of eating; what ends is the way of eating.
_FOLLOWER = lazy(r"(?<=[素斋])(?:食)?(?:主义)?者$")
#: Denials of an activity, which state no liking for it.
DENIED = lazy(r"不(?:会|再|想|能|要|肯)再?[买用去吃喝看坐碰玩住]")
#: Parts of a document that is being worked on, which are no subjects.
ORDINAL = lazy(r"第?[一二三四五六七八九十\d]+[页段章版个张]|[页段章](?:$|尾|落)|封面|标题|结尾|开头")


def read(sentence: str) -> list[ClauseReading]:
    """Return every statement that the sentence may hold, in order; an empty list where no pattern matches."""
    found = list(_read(sentence))
    text = None if found else joined(sentence)
    return found if text is None else [without_joiners(reading, text) for reading in _read(text)]


@lru_cache(256)
def _read(sentence: str) -> Sequence[ClauseReading]:
    if forgotten := _forgotten(sentence):
        return [forgotten]
    framed_here = [_as_framed(each, sentence) for each in framed_clauses(sentence)]
    certain = _sure_reading(sentence)
    if certain and (_prevails(certain) or all(reading.weak for reading in framed_here)):
        beside = _stated_earlier(certain, sentence) or _framed_elsewhere(certain, framed_here, sentence)
        return sorted([certain, *beside], key=lambda reading: reading.start)
    scope = SCOPE.search(sentence)
    strict = bool(STRICT.search(sentence))
    named = scope[1] if scope else None
    changes = list(_changes(sentence))
    if framed_here and all(each.refers_back for each in changes):
        changes = []  # a subject named in front is not the "it" of a change
    found = changes or framed_here
    if len(found) == 1 and found[0].across_clauses:
        return found
    found = found or list(_stated(sentence, 0, len(sentence), named, strict=strict))
    start = 0
    for cut in [*[match.span() for match in CLAUSE_ZH.finditer(sentence)], (len(sentence), len(sentence))]:
        if not any(reading.start < cut[0] and start < reading.end for reading in found):
            found += _in_clause(sentence, start, cut[0], named, beside_change=bool(changes))
        start = cut[1]
    found.sort(key=lambda reading: reading.start)
    if any(reading.whole for reading in found):
        return found
    firm = [reading for reading in found if not reading.weak]
    return firm or found[:1]


def _in_clause(sentence: str, start: int, end: int, scope: str | None, *, beside_change: bool) -> list[ClauseReading]:
    """Return what a clause states; beside a change also what is certain: 「我不住在杭州了，我搬到上海了」."""
    clause = sentence[start:end]
    if beside_change and (certain := _sure_reading(clause)):
        return [certain._replace(start=start + certain.start, end=start + certain.end)]
    return list(_stated(sentence, start, end, scope, strict=bool(STRICT.search(clause))))


def _prevails(certain: ClauseReading) -> bool:
    """Return whether a sure reading stands though a frame reads one of its clauses: 「以前不爱吃辣，现在居然上瘾了」."""
    return bool(certain.replaces or certain.slot or certain.across_clauses)


def _as_framed(found: FramedClause, sentence: str) -> ClauseReading:
    clause, frame = sentence[found.start : found.end], found.frame
    scope = SCOPE.search(sentence, 0, found.first)
    whom = found.match.groupdict().get("whom")
    return ClauseReading(
        frame.kind,
        frame.polarity,
        found.first,
        found.last,
        f"为{whom}" if whom else scope[1] if scope else None,
        bool(STRICT.search(clause)),
        slot=_slot(clause, found.match),
        weak=not found.sure,
        whole=True,
        across_clauses=found.across_clauses,
        pattern=frame.number,
    )


def _framed_elsewhere(certain: ClauseReading, found: Sequence[ClauseReading], sentence: str) -> list[ClauseReading]:
    """Return what frames read in other clauses, where `certain` is read in one clause alone: 「我上夜班，需要带百叶窗的房子」."""
    start, end = _clause_at(sentence, certain.start)
    if certain.replaces or _sure_reading(sentence[start:end]) is None:
        return []
    beside = [each for each in found if not each.across_clauses and not start <= each.start < end]
    return [each for each in beside if not certain.slot or each.kind != certain.kind or not each.slot]


def _clause_at(sentence: str, at: int) -> tuple[int, int]:
    cuts = [match.span() for match in CLAUSE_ZH.finditer(sentence)]
    start = max((end for _, end in cuts if end <= at), default=0)
    return start, min((first for first, _ in cuts if first > at), default=len(sentence))


def _stated_earlier(certain: ClauseReading, sentence: str) -> list[ClauseReading]:
    """Return what earlier clauses firmly state, where a goal is read in the last clause alone: 「我在学日语，想在年底前考过N3」."""
    cuts = [match.span() for match in CLAUSE_ZH.finditer(sentence)]
    last = next((end for _, end in reversed(cuts) if end <= certain.start), 0)
    if certain.replaces or certain.kind != "goal" or _sure_reading(sentence[last:]) is None:
        return []
    stated: list[ClauseReading] = []
    start = 0
    for stop, following in cuts:
        if stop < last:
            found = _stated(sentence, start, stop, None, strict=False)
            stated += [reading for reading in found if not reading.weak]
        start = following
    return stated


def _stated(sentence: str, start: int, end: int, scope: str | None, *, strict: bool) -> Iterator[ClauseReading]:
    polite = _POLITE.match(sentence, start, end)
    start = polite.end() if polite else start
    piece = sentence[start:end]
    weak: ClauseReading | None = None
    for pattern in PATTERNS:
        match = pattern.regex.search(piece)
        if match is None:
            continue
        name = "s" if match.groupdict().get("s") else "t" if match.groupdict().get("t") else None
        if name is None:
            continue
        first, last = phrase(sentence, start + match.start(name), start + match.end(name))
        if first >= last or BARE_DENIAL.fullmatch(sentence, first, last) or _WITHIN_WORD.match(sentence, first):
            continue
        if (pattern.polarity == "like" and DENIED.match(sentence, first, last)) or _NAMES_NOTHING.match(
            sentence, first, last
        ):
            continue
        slot = _slot(piece, match)
        points = bool(POINTS.match(sentence[first:last]))
        reading = ClauseReading(
            pattern.kind, pattern.polarity, first, last, scope, strict, slot=slot, weak=pattern.weak or points, pattern=REFERENCE if points else pattern.number
        )  # fmt: skip
        if not reading.weak:
            yield reading
            return
        weak = weak or reading
    if weak:
        yield weak


def _sure_reading(sentence: str) -> ClauseReading | None:
    """Return what a sure pattern states, which spans clauses and needs no further judgement; None without one."""
    text = _SENTENCE_END.sub("", sentence)
    for pattern in (*EVERYDAY_ZH, *SURE):
        if match := pattern.find(text):
            start, end = phrase(sentence, *match.span("s"))
            counts = pattern.kind != "fact" and ORDINAL.match(sentence[start:end])
            if start < end and not POINTS.match(sentence[start:end]) and not counts:
                strict = bool(STRICT.search(sentence))
                return ClauseReading(
                    pattern.kind,
                    pattern.polarity,
                    start,
                    end,
                    strict=strict,
                    slot=_slot(sentence, match),
                    replaces=match.groupdict().get("old"),
                    sure=True,
                    across_clauses=bool(CLAUSE_ZH.search(text, match.start() + 1, match.end())),
                    pattern=pattern.number,
                )
    return None


def _slot(piece: str, match: re.Match[str]) -> str | None:
    """Return the slot of what `piece` is about, or None: a favourite singer, the home, the budget for something."""
    groups = match.groupdict()
    if favourite := f"{groups.get('verb') or ''}{groups.get('slot') or ''}":
        return f"最喜欢的{favourite}"
    for key, regex in SLOTS:
        if found := regex.search(piece):
            what = found.groupdict().get("of")
            return f"{key} {what}" if what else key
    return None


def is_past(sentence: str) -> bool:
    """Return whether the sentence is about what its writer no longer does, or asks to forget something."""
    return any(regex.search(sentence) for regex in (FORMER, FRONTED, NO_LONGER, FORGET))


def _changes(sentence: str) -> Iterator[ClauseReading]:
    """Yield a reading for a replacement, a former taste, or something that no longer holds."""
    if replacement := _replacement(sentence):
        yield replacement
        return
    if former := FORMER.search(sentence):
        first, last = phrase(sentence, *former.span("s"))
        if first < last:
            state = former["verb"] in ("住", "是")
            taste = ClauseReading("like", "like", first, last, retracts=True, pattern=CHANGED)
            yield taste._replace(kind="fact", polarity=None) if state else taste
        return
    if ended := NO_LONGER_WORKS.search(sentence):
        yield ClauseReading("fact", None, *ended.span("s"), retracts=True, slot="job", pattern=CHANGED)
        return
    if ended := NO_LONGER_IS.search(sentence):
        kind: Kind = "require" if DIET.search(ended["s"]) else "fact"
        first = ended.start("s")
        yield ClauseReading(
            kind, "like", first, first + len(_FOLLOWER.sub("", ended["s"])), retracts=True, pattern=CHANGED
        )
        return
    if ended := FRONTED.search(sentence) or NO_LONGER.search(sentence):
        yield from _ended(sentence, ended)


def _replacement(sentence: str) -> ClauseReading | None:
    """Return the new thing that replaced an old one (「我从安卓换成了苹果」), or None."""
    switched = SWITCHED.search(sentence)
    if switched is None or _MADE_INTO.search(sentence, 0, switched.start("new")):
        return None
    if _MADE_INTO.search(sentence[: switched.start("new") - 2]):
        return None
    first, last = phrase(sentence, *switched.span("new"))
    if first >= last or POINTS.match(sentence[first:last]) or not re.search(r"我|最近|现在|已经|了", sentence):
        return None
    slot = next((key for key, regex in SLOTS if regex.search(sentence)), None)
    sure = bool(HAS_SWITCHED.match(sentence))
    old = switched["old"]
    return ClauseReading("prefer", "like", first, last, slot=slot, replaces=old, sure=sure, pattern=CHANGED)


def _ended(sentence: str, ended: re.Match[str]) -> Iterator[ClauseReading]:
    """Yield a reading for something that no longer holds. `ended`: the match that says so."""
    verb = ended["verb"]
    if verb == "吃" and DIET.fullmatch(ended["s"]):
        yield ClauseReading("require", "like", *ended.span("s"), retracts=True, pattern=CHANGED)
        return
    first, last = phrase(sentence, *ended.span("s"))
    is_reference = first >= last or bool(POINTS.match(sentence[first:last]))
    if verb == "住":
        yield ClauseReading("fact", None, first, last, retracts=True, pattern=CHANGED)
    elif verb in ("讨厌", "怕", "戒", "烦"):
        yield ClauseReading(
            "like",
            None,
            first,
            first if is_reference else last,
            retracts=True,
            refers_back=is_reference,
            pattern=CHANGED,
        )
    elif not is_reference or verb in ("喜欢", "爱", "迷", "追"):
        kind: Kind = "dislike" if verb in ("喜欢", "爱", "迷", "追") else "avoid"
        done = verb in DOING and not is_reference
        first = ended.start("verb") if done else first
        yield ClauseReading(
            kind,
            "dislike",
            first,
            first if is_reference else last,
            refers_back=is_reference,
            sure=done or bool(_NO_MORE.match(sentence)),
            pattern=CHANGED,
        )


def _forgotten(sentence: str) -> ClauseReading | None:
    asked = FORGET.match(sentence)
    if not asked:
        return None
    name = "rest" if asked["rest"] else "rest2"
    start, end = asked.span(name)
    start += len(SAID_BEFORE.match(sentence[start:end])[0])  # type: ignore[index]
    inner = next(_stated(sentence, start, end, None, strict=False), None)
    if inner is None:
        first, last = phrase(sentence, start + sentence.startswith("我", start), end)
        inner = ClauseReading("like", None, first, last)
    return inner._replace(retracts=True, weak=False)


def phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a subject without the words that only surround it."""
    piece = text[start:end]
    piece = piece.rstrip()
    end = start + len(piece)
    tail = TAIL.search(piece)
    if tail and tail.start() > 0:
        end = start + tail.start()
    head = HEAD.match(text[start:end])
    if head and head.end() < end - start:
        start += head.end()
    return without_quotes(text, start, end)
