"""Extends the subject of a Chinese statement to whatever belongs to it: its predicate, its denial, all that stands in front."""

from collections.abc import Sequence

from penchant.agent.statements.sentences import ClauseReading
from penchant.agent.statements.spans import Span, predicate_zh
from penchant.agent.statements.whole_words_zh import BARE_ZH
from penchant.agent.statements.wordings import Kind
from penchant.lazy_patterns import lazy

#: Kinds whose subject is a thing that may stand in front of its writer.
_TASTES: frozenset[Kind] = frozenset({"like", "dislike", "avoid", "prefer", "require"})
#: A doctor as the one who tells the writer what to do.
ADVISES_ZH = lazy(
    r"[^，。我]{0,4}(?:医生|大夫|营养师|牙医|咨询师|教练|老师|老板|领导)(?:建议|嘱咐|叮嘱|要求|[让叫劝])(?:了|过)?我"
)
_DENIED_OR_COUNTED_ZH = lazy(r"(?:没有?|怀孕|怀了)$")
#: Fears whose first character is also a verb.
_FEAR_ZH = lazy(r"恐(?:高|飞|婚|血|水)症?")
#: A thing in front of its writer, with a clause of its own: 「音乐太吵的餐厅我不太想去」.
_IN_FRONT_ZH = lazy(
    r"(?:^|(?<=[，。；！？]))(?![我咱他她它你这每今昨明周早晚夜平最现以从自因所但不如当对在作除说其虽既])(?P<s>[^，。；！？我咱他她它你]{1,14}的[^，。；！？我咱他她它你的]{1,6})(?=我(?!们?的|[妈爸爷奶姐哥弟妹老]))"
)


#: Something named in front of the writer, or in a clause of its own before.
_NAMED_IN_FRONT_ZH = lazy(
    r"(?:^|(?<=[，；]))(?:唉|啊+|对于|说到|提起|其实|尤其|反正|现在|最近|你们家的)*(?P<s>(?![我咱你他她它这那每今昨明因但所如虽]|时间)[^，；。！？我了]{2,16}?)(?:[这那](?:[个种]?东西|种?事儿?|玩意儿?)|什么的)?(?:[，、](?:也|还|就|都|真的|实在|[这那][^，我]{0,3})*)?我(?!们?(?:的|家|妈|爸|老))"
)
_BEFORE_ZH = lazy(
    r"(?:^|(?<=，))(?:从小|小时候|一天到晚|平时|试[过了]?[^，我]{0,2}次|试[过了]|听|看|[跟和][^，我]{1,4}学的|[甭别]给我(?:介绍|推荐?))*(?P<s>(?!大家|别人|我|今|昨)[^，。我]{2,10}?)(?:长大)?，"
)
_TOWARDS_ZH = lazy(r"对(?P<s>[^，。我]{2,12}?)(?:[这那]种?事儿?)?(?=我|厌|烦|喜欢|着迷)")


def named_zh(piece: str, subject: Span) -> Span | None:
    """Return a Chinese subject, or where its words name nothing, what is named before them; None without it.

    An example is 「薄荷味牙膏」 for 「来」 in 「薄荷味牙膏我实在喜欢不起来」.
    """
    if not BARE_ZH.fullmatch(piece, *subject) or piece.startswith("是", subject.start - 1):
        return subject
    for pattern in (_TOWARDS_ZH, _NAMED_IN_FRONT_ZH, _BEFORE_ZH):
        if found := [match.span("s") for match in pattern.finditer(piece, 0, subject.start + 1)]:
            return Span(*found[-1])
    return None


def chinese_subject(piece: str, readings: Sequence[ClauseReading], subject: Span, kind: Kind) -> Span:
    """Return the subject of a Chinese piece, extended to whatever belongs to it."""
    subject = predicate_zh(piece, subject) if kind in ("habit", "goal") else _with_denial_zh(piece, subject, kind)
    as_read = Span(readings[0].start, readings[0].end) if readings and kind in _TASTES else subject
    taken = subject.end == as_read.end and subject.start == as_read.start - 1 and piece[subject.start] in "吃喝"
    cut = subject.end == as_read.end and as_read.start == subject.start - 1 and piece[as_read.start] in "得有带没要能会"
    subject = as_read if taken or cut else _in_front_zh(piece, subject, kind)
    return subject._replace(start=subject.start - 1) if _FEAR_ZH.match(piece, max(subject.start - 1, 0)) else subject


def _with_denial_zh(piece: str, subject: Span, kind: Kind) -> Span:
    """Return the subject; for a fact, with the words that deny it or say what it counts ("没有烤箱", "怀孕五个月")."""
    before = _DENIED_OR_COUNTED_ZH.search(piece, 0, subject.start) if kind == "fact" else None
    return subject._replace(start=before.start()) if before else subject


def _in_front_zh(piece: str, subject: Span, kind: Kind) -> Span:
    """Return all that stands in front of the writer if the subject is a part of it, else the subject."""
    front = _IN_FRONT_ZH.search(piece) if kind in _TASTES else None
    inside = front is not None and front.start("s") <= subject.start and subject.end <= front.end("s")
    return Span(*front.span("s")) if front and inside else subject
