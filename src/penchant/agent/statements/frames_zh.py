"""Reads Chinese clauses by their frame: a speaker, a verb of taste, need or aim, and the rest as the subject.

A frame reads a clause from end to end, so the subject is never cut in the middle, and no reason after it is included.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from penchant.agent.statements.choice_tables_zh import ACROSS_CLAUSES, CHOICE, NEEDS
from penchant.agent.statements.continued_tables_zh import CONTINUED
from penchant.agent.statements.frame_tables_zh import AROUND, ME, TASTE, TEMPORARY, Frame
from penchant.agent.statements.life_tables_zh import FOND_HABITS, LIFE
from penchant.agent.statements.open_tables_zh import BODY_PART, OPEN
from penchant.agent.statements.plain_tables_zh import PLAIN, PLAIN_LIFE
from penchant.agent.statements.result_tables_zh import RESULT
from penchant.agent.statements.sentences import CLAUSE_ZH, without_quotes
from penchant.agent.statements.whole_words_zh import BARE_WORD_ZH, NO_SUBJECT_ZH
from penchant.lazy_patterns import lazy

FRAMES: tuple[Frame, ...] = (
    *PLAIN,
    *CHOICE,
    *FOND_HABITS,
    *TASTE,
    *PLAIN_LIFE,
    *LIFE,
    *NEEDS,
    *CONTINUED,
    *OPEN,
    *RESULT,
)
#: The most characters of a clause; a longer one is no plain statement.
LONGEST = 60
#: Verbs that only say how a thing is used; they are left out where the thing itself is avoided.
_VERB_OF_USE = lazy(r"再?(?:去|去?(?:吃|喝|穿|坐|用|碰|抽|买|听|养|看|玩|戴))(?=[^了过着起到得完上下出])")
#: Words before a subject that only introduce it.
_LEADS_IN = lazy(
    r"(?:对于|关于|至于|说到|说起|提到|[看读听玩追吃喝](?:完|过)了(?=.)|对(?![联虾讲话口白手立称牛])|是(?![枝非]))(?=.)"
)
#: An occasion, and the word after it that says whether something is done before or after it.
_OCCASION = lazy(r"(?:[上下]班|[午晚早]?饭|放学|[上下]课|睡觉|起床|工作|运动|出门|洗澡|健身|跑步)$")
_AFTER = lazy(r"(?:[之以]?[后前]|的?时候?|完|期间)")
#: Words of a consequence, which is no part of a taste or need: 「下雨我就不出门」.
_REFUSES = lazy(r"我[就都也]?不")
#: The home of the writer, which is nothing that they avoid.
_AT_HOME = lazy(r"[我咱]?们?家(?:里|中)?")
#: A part of the writer's body, which is nothing that they dislike.
_BODY = lazy(rf"(?:最近|这两年|现在|一直|{ME})*(?:{BODY_PART}|[手脚头背脖]|眼睛?)")
#: A duration.
_DURATION = lazy(
    r"(?:[前近这那头]|已经|有|都|快)*[一二两三四五六七八九十几好多半\d]+个?(?:多)?(?:年|月|星期|周|天)(?:多)?了?$"
)
#: Particles and marks after a subject.
_END = lazy(
    r"(?:了|的|啊|呀|(?<![酒网水氧咖贴书话陶迪])吧|呢|啦|哦|哈|嘛|(?<!再)也|却|(?<![成迁高])就|(?<=的)[一还都先又总老]|[' ])+$"
)
#: An adverb before the verb, or its first half: 「甜的§基本不碰」, 「咖啡因§完全不能碰」.
_ADVERB = lazy(r"(?:基本上?|完全?)(?=(?:上|全|都|也)*不)")
#: Words that say that the rest of the clause is not true.
_UNTRUE = lazy(r"骗人|假的|瞎说|才怪|假话")
#: Words that join a clause to the one before.
_JOINS = lazy(r"(?:但是?|可是?|不过|而且|并且|另外|还有|同时|只是|可惜|然后)(?:还是?|也|又)?(?=.{2})")
_SHORT = lazy(r"[。！!~～…\s]+$")


class FramedClause(NamedTuple):
    """A clause `text[start:end]` that a frame fits; the subject is `text[first:last]`."""

    frame: Frame
    match: re.Match[str]
    first: int
    last: int
    start: int
    end: int

    @property
    def across_clauses(self) -> bool:
        """Whether the frame reads several clauses together."""
        return self.frame in ACROSS_CLAUSES

    @property
    def sure(self) -> bool:
        """Whether the statement lasts, and the clause names its writer or does not need to."""
        return not self.frame.temporary and (self.frame.about_writer or bool(self.match.groupdict().get("me")))


def framed_clauses(text: str) -> Iterator[FramedClause]:
    """Yield the clauses of `text` that a frame fits, in order."""
    cuts = [match.span() for match in CLAUSE_ZH.finditer(text)]
    if (cuts or "：" in text) and (found := _first_fit(text, 0, len(text), ACROSS_CLAUSES)):
        yield found
        return
    bounds = list(zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)], strict=True))
    while bounds:
        (start, end), *bounds = bounds
        together = _first_fit(text[start : bounds[0][1]], start, bounds[0][1], ACROSS_CLAUSES) if bounds else None
        if together:
            yield together
            bounds = bounds[1:]
        elif found := _in_clause(text, start, end):
            yield found


def _in_clause(text: str, start: int, end: int) -> FramedClause | None:
    clause = _SHORT.sub("", text[start:end])
    start += len(clause) - len(clause.lstrip())
    clause = clause.lstrip()
    if len(clause) < 2 or len(clause) > LONGEST or TEMPORARY.search(clause) or _UNTRUE.search(clause):
        return None
    found = _first_fit(clause, start, end, FRAMES)
    joins = None if found else _JOINS.match(clause)
    return _first_fit(clause[joins.end() :], start + joins.end(), end, FRAMES) if joins else found


def _first_fit(clause: str, start: int, end: int, frames: Sequence[Frame]) -> FramedClause | None:
    return next(filter(None, (_read_by(clause, start, end, frame) for frame in frames)), None)


def _read_by(clause: str, start: int, end: int, frame: Frame) -> FramedClause | None:
    """Return what the frame reads in `clause`, which is at `text[start:end]`; None where it does not fit."""
    match = frame.find(clause)
    if (
        match is None
        or TEMPORARY.search(match["s"])
        or (frame.polarity == "like" and _REFUSES.search(match["s"]))
        or (frame.polarity == "dislike" and any(words.fullmatch(match["s"]) for words in (_AT_HOME, _BODY)))
        or any(words.fullmatch(match["s"]) for words in (BARE_WORD_ZH, NO_SUBJECT_ZH, _DURATION))
    ):
        return None
    first, last = _trimmed(clause, *match.span("s"), frame)
    return FramedClause(frame, match, start + first, start + last, start, end) if first < last else None


def _trimmed(clause: str, first: int, last: int, frame: Frame) -> tuple[int, int]:
    """Return the bounds of the subject without the words that only surround it."""
    while tail := AROUND.search(clause, first, last):
        if tail.start() <= first:
            break
        last = tail.start()
    last = first + len(_END.sub("", clause[first:last], count=1))
    if adverb := _ADVERB.search(clause, first + 1):
        last = min(last, adverb.start())
    if frame.kind == "avoid" and (verb := _VERB_OF_USE.match(clause, first, last)) and verb.end() < last:
        first = verb.end()
    if lead := _LEADS_IN.match(clause, first, last - 1):
        first = lead.end()
    if (
        frame.kind == "habit"
        and _OCCASION.search(clause, 0, first)
        and (after := _AFTER.match(clause, first, last - 1))
    ):
        first = after.end()
    if frame.kind not in ("fact", "goal") and (lasted := _DURATION.search(clause, first + 1, last)):
        last = lasted.start()
    return without_quotes(clause, first, last)
