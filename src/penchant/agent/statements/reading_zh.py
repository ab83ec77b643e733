"""What a Chinese sentence states, by grammar: kind, polarity, strictness, scope and the subject as a whole phrase.

Chinese leaves out the first person ("最近在戒糖"), so a clause without a subject is the writer's, unless it names somebody else.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from penchant.agent.statements.frames_zh import Framed, framed
from penchant.agent.statements.patterns_zh import PATTERNS
from penchant.agent.statements.patterns_zh_everyday import EVERYDAY_ZH
from penchant.agent.statements.patterns_zh_sure import SURE
from penchant.agent.statements.sentences import CHANGED, CLAUSE_ZH, ELSEWHERE, ClauseReading
from penchant.agent.statements.wordings_en import Kind
from penchant.agent.statements.wordings_zh import (
    BARE_DENIAL,
    FORGET,
    FORMER,
    FRONTED,
    HEAD,
    NO_LONGER,
    NO_LONGER_IS,
    POINTS,
    SCOPE,
    SLOTS,
    STRICT,
    SWITCHED,
    TAIL,
)

#: Who has switched, rather than asks for something to be changed.
HAS_SWITCHED = re.compile(r"(?:我|我们|现在|最近|已经|后来)(?!们?[^，。]{0,4}(?:要|想|帮|能|让|请)).*了")
#: Verbs that belong to what is done no longer.
DOING = ("打", "练", "骑", "跑", "游", "滑", "写")
#: Ways of eating, which are given up rather than a food.
DIET = re.compile(r"素|斋|全素|长素|清真|生酮|轻食|低碳")
#: Who keeps to a way of eating: what ends is the way of eating.
_FOLLOWER = re.compile(r"(?<=[素斋])(?:食)?(?:主义)?者$")
#: What one will not or would not do, which is no taste for it.
DENIED = re.compile(r"不(?:会|再|想|能|要|肯)再?[买用去吃喝看坐碰玩住]")
#: Parts of what is worked on, which are no subject of an exception.
ORDINAL = re.compile(r"第?[一二三四五六七八九十\d]+[页段章版个张]|[页段章](?:$|尾|落)|封面|标题|结尾|开头")


def read(sentence: str) -> list[ClauseReading]:
    """Every statement the sentence may hold, in order; none where no pattern matches."""
    return list(_read(sentence))


@lru_cache(256)
def _read(sentence: str) -> Sequence[ClauseReading]:
    if forgotten := _forgotten(sentence):
        return [forgotten]
    framed_here = [_as_framed(each, sentence) for each in framed(sentence)]
    certain = _certain(sentence)
    if certain and (_tells_more(certain) or all(reading.weak for reading in framed_here)):
        return sorted([certain, *_beside(certain, sentence)], key=lambda reading: reading.start)
    scope = SCOPE.search(sentence)
    strict = bool(STRICT.search(sentence))
    named = scope[1] if scope else None
    found = list(_changes(sentence)) or framed_here
    if len(found) == 1 and found[0].across:
        return found
    found = found or list(_stated(sentence, 0, len(sentence), named, strict=strict))
    start = 0
    for cut in [*[match.span() for match in CLAUSE_ZH.finditer(sentence)], (len(sentence), len(sentence))]:
        if not any(reading.start < cut[0] and start < reading.end for reading in found):
            found += _stated(sentence, start, cut[0], named, strict=bool(STRICT.search(sentence[start : cut[0]])))
        start = cut[1]
    found.sort(key=lambda reading: reading.start)
    if any(reading.whole for reading in found):
        return found
    firm = [reading for reading in found if not reading.weak]
    return firm or found[:1]


def _tells_more(certain: ClauseReading) -> bool:
    """Whether it tells what it takes the place of, or what one has one of."""
    return bool(certain.replaces or certain.slot)


def _as_framed(found: Framed, sentence: str) -> ClauseReading:
    clause, frame = sentence[found.start : found.end], found.frame
    scope = SCOPE.search(sentence, 0, found.first)
    return ClauseReading(
        frame.kind,
        frame.polarity,
        found.first,
        found.last,
        scope[1] if scope else None,
        bool(STRICT.search(clause)),
        slot=_slot(clause, found.match),
        weak=not found.sure,
        whole=True,
        across=found.across,
        pattern=frame.number,
    )


def _beside(certain: ClauseReading, sentence: str) -> Iterator[ClauseReading]:
    """What the clauses before it firmly state, where it is read in the last clause alone: 「我在学日语，想在年底前考过N3」."""
    cuts = [match.span() for match in CLAUSE_ZH.finditer(sentence)]
    last = next((end for _, end in reversed(cuts) if end <= certain.start), 0)
    if certain.replaces or certain.kind != "goal" or _certain(sentence[last:]) is None:
        return
    start = 0
    for stop, following in cuts:
        if stop < last:
            found = _stated(sentence, start, stop, None, strict=False)
            yield from (reading for reading in found if not reading.weak)
        start = following


def _stated(sentence: str, start: int, end: int, scope: str | None, *, strict: bool) -> Iterator[ClauseReading]:
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
        if first >= last or BARE_DENIAL.fullmatch(sentence, first, last):
            continue
        if pattern.polarity == "like" and DENIED.match(sentence, first, last):
            continue
        slot = _slot(piece, match)
        points = bool(POINTS.match(sentence[first:last]))
        reading = ClauseReading(
            pattern.kind, pattern.polarity, first, last, scope, strict, slot=slot, weak=pattern.weak or points, pattern=ELSEWHERE if points else pattern.number
        )  # fmt: skip
        if not reading.weak:
            yield reading
            return
        weak = weak or reading
    if weak:
        yield weak


def _certain(sentence: str) -> ClauseReading | None:
    """What a wording states that is read across clauses and needs no further judgement."""
    for pattern in (*EVERYDAY_ZH, *SURE):
        if match := pattern.find(sentence):
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
                    pattern=pattern.number,
                )
    return None


def _slot(piece: str, match: re.Match[str]) -> str | None:
    """What a person has one of at a time, of which `piece` tells: the favourite singer, the home, the budget for something."""
    groups = match.groupdict()
    if favourite := f"{groups.get('verb') or ''}{groups.get('slot') or ''}":
        return f"最喜欢的{favourite}"
    for key, regex in SLOTS:
        if found := regex.search(piece):
            what = found.groupdict().get("of")
            return f"{key} {what}" if what else key
    return None


def is_past(sentence: str) -> bool:
    """Whether the sentence is about what its writer does no longer, or asks to forget it."""
    return any(regex.search(sentence) for regex in (FORMER, FRONTED, NO_LONGER, FORGET))


def _changes(sentence: str) -> Iterator[ClauseReading]:
    """What was once so, what is so no longer, and what took its place."""
    if switched := SWITCHED.search(sentence):
        first, last = phrase(sentence, *switched.span("new"))
        if first < last and not POINTS.match(sentence[first:last]) and re.search(r"我|最近|现在|已经|了", sentence):
            slot = next((key for key, regex in SLOTS if regex.search(sentence)), None)
            yield ClauseReading(
                "prefer",
                "like",
                first,
                last,
                slot=slot,
                replaces=switched["old"],
                sure=bool(HAS_SWITCHED.match(sentence)),
                pattern=CHANGED,
            )
            return
    if former := FORMER.search(sentence):
        first, last = phrase(sentence, *former.span("s"))
        if first < last:
            yield ClauseReading("like", "like", first, last, retracts=True, pattern=CHANGED)
        return
    if ended := NO_LONGER_IS.search(sentence):
        kind: Kind = "require" if DIET.search(ended["s"]) else "fact"
        first = ended.start("s")
        yield ClauseReading(
            kind, "like", first, first + len(_FOLLOWER.sub("", ended["s"])), retracts=True, pattern=CHANGED
        )
        return
    if ended := FRONTED.search(sentence) or NO_LONGER.search(sentence):
        verb = ended["verb"]
        if verb == "吃" and DIET.fullmatch(ended["s"]):
            yield ClauseReading("require", "like", *ended.span("s"), retracts=True, pattern=CHANGED)
            return
        first, last = phrase(sentence, *ended.span("s"))
        refers = first >= last or bool(POINTS.match(sentence[first:last]))
        if verb in ("讨厌", "怕", "戒", "烦"):
            yield ClauseReading(
                "like", None, first, first if refers else last, retracts=True, refers=refers, pattern=CHANGED
            )
        elif not refers or verb in ("喜欢", "爱", "迷", "追"):
            kind = "dislike" if verb in ("喜欢", "爱", "迷", "追") else "avoid"
            done = verb in DOING and not refers
            first = ended.start("verb") if done else first
            yield ClauseReading(
                kind, "dislike", first, first if refers else last, refers=refers, sure=done, pattern=CHANGED
            )


def _forgotten(sentence: str) -> ClauseReading | None:
    asked = FORGET.match(sentence)
    if not asked:
        return None
    name = "rest" if asked["rest"] else "rest2"
    start, end = asked.span(name)
    inner = next(_stated(sentence, start, end, None, strict=False), None)
    if inner is None:
        first, last = phrase(sentence, start + 1, end)
        inner = ClauseReading("like", None, first, last)
    return inner._replace(retracts=True, weak=False)


def phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of a subject without what only surrounds it."""
    piece = text[start:end]
    piece = piece.rstrip()
    end = start + len(piece)
    tail = TAIL.search(piece)
    if tail and tail.start() > 0:
        end = start + tail.start()
    head = HEAD.match(text[start:end])
    if head and head.end() < end - start:
        start += head.end()
    while start < end and text[start] in ' 　“"「『':
        start += 1
    while start < end and text[end - 1] in ' 　”"」』～~':
        end -= 1
    return start, end
