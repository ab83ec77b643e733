"""Reads Chinese introductions, as in forums and chats: 「本人女，28，坐标杭州」, 「男 35 程序员」."""

from collections.abc import Iterator

from penchant.agent.statements.sentences import ClauseReading
from penchant.lazy_patterns import lazy

_GAP = r"[，,、\s/|]{0,2}"
_SEX = r"(?P<sex>[男女](?:生|士|性)?)"
_AGE = r"(?P<age>[1-8]\d(?:周?岁)?|[6-9]\d后|0\d后|[二三四五六七]十[一二三四五六七八九]?(?:周?岁)?)"
_WHO = r"^[^\w]*(?:(?:坐标|base|人在)[^，,。\s]{2,6}[，,\s]+)?(?:本人|楼主|我(?:是)?)?(?:性别|年龄)?"
_END = r"(?=$|[，,、。！；\s/|])(?!\s*(?:[码号寸斤米元块件双条度岁分页题]|cm|kg|公斤|厘米))"
_INTRODUCTIONS = (
    lazy(rf"{_WHO}{_GAP}{_SEX}{_GAP}(?:今年|年龄)?{_AGE}{_END}"),
    lazy(rf"{_WHO}{_GAP}{_AGE}{_GAP}(?:的)?{_SEX}{_END}"),
)


def read(sentence: str) -> Iterator[ClauseReading]:
    """Yield the sex and the age with which a sentence introduces its writer, in order."""
    for introduction in _INTRODUCTIONS:
        if found := introduction.match(sentence):
            parts = sorted((found.start(name), name) for name in ("sex", "age"))
            for _, name in parts:
                slot = "age" if name == "age" else None
                yield ClauseReading("fact", None, *found.span(name), slot=slot, sure=True)
            return
