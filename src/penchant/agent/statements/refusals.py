"""What a user asks never to be shown: "show me no baby things", "don't show me horror", 「别给我看婴儿用品」.

It stands from now on, whatever is told beside it.
"""

import re

from penchant.agent.statements.phrases_en import POINTS_ELSEWHERE
from penchant.agent.statements.reading_zh import ORDINAL
from penchant.agent.statements.sentences import ClauseReading, is_chinese

_SHOW = r"(?:show|give|send|recommend|suggest|offer)"
_THINGS = r"(?:\s+(?:things?|stuff|products?|items?|content|articles|related\s+(?:things|products|items|stuff)))"
_S = rf"(?P<{{0}}>\w[\w'’-]*(?:\s+[\w'’-]+){{{{0,4}}}}?{_THINGS}?)"
_S_THINGS = rf"(?P<d>\w[\w'’-]*(?:\s+[\w'’-]+){{0,4}}?{_THINGS})"
_END = r"(?:,?\s+(?:any\s?more|again|ever(?:\s+again)?|please|from\s+now\s+on|thanks?|thank\s+you))*\s*(?=$|[,.;!?])"
_REFUSED = re.compile(
    r"(?:^|[,;:.!?–—-]\s*|\b(?:so|and|but)\s+)(?:(?:so|and|but)\s+)?(?:(?:please|kindly|can\s+you|could\s+you)[,\s]+){0,2}"
    rf"(?:{_SHOW}\s+(?:me|us)\s+no\s+(?:more\s+)?{_S.format('a')}"
    rf"|(?:do\s+not|don['’]?t|never|stop)\s+(?:ever\s+)?{_SHOW}(?:ing)?\s+(?:(?:me|us)\s+)?(?:any\s+)?(?:more\s+)?{_S.format('b')}"
    rf"|(?:i|we)\s+(?:do\s+not|don['’]?t|never)\s+(?:ever\s+)?(?:want|wish)\s+to\s+see\s+(?:any\s+)?(?:more\s+)?{_S.format('c')}){_END}"
    rf"|^(?:please[,\s]+)?no\s+(?:more\s+)?{_S_THINGS}{_END}",
    re.IGNORECASE,
)  # fmt: skip
_THINGS_ZH = r"(?:的)?(?:用品|产品|商品|东西|内容|相关的?|之类的?|类)*"
_REFUSED_ZH = re.compile(
    r"(?:^|[，,；;。！!\s]|所以|但是?|而且)(?:请|麻烦|拜托|求你?|以后|千万|也|就){0,3}"
    r"(?:(?:不要|别|不用|不必)再?(?:给我|让我|向我|跟我)再?(?:看到?|推荐|推送|推|展示|显示|放|发)|(?:不要|别)再?(?:推荐|推送|展示|显示)(?:给我)?|我?(?:不想|不愿意?)再?看到|我?再也不想看到?)"
    rf"(?:任何|什么|那些|这些|有关|关于){{0,2}}(?P<a>[^，。！？,.!?；;：:\s]{{1,14}}?){_THINGS_ZH}(?:了|吧|啊|谢谢)?(?=$|[，。！？,.!?；;])"
)
_NO_SUBJECT_ZH = re.compile(r"^(?:太|这|那|它|他|她|你|我|一样|重复|同样|同类|其[他它]|别的|刚才|上面|看过|买过)")
_NO_SUBJECT = re.compile(r"^(?:more|too|so|of|the\s+same|anything|anyone|how|what|your|my|things?|stuff|ones?)\b", re.IGNORECASE)  # fmt: skip


def read(sentence: str) -> list[ClauseReading]:
    """What the sentence asks never to be shown, in order."""
    chinese = is_chinese(sentence)
    found = []
    for match in (_REFUSED_ZH if chinese else _REFUSED).finditer(sentence):
        name = next(name for name, value in match.groupdict().items() if value)
        subject = match[name]
        elsewhere = (_NO_SUBJECT_ZH, ORDINAL) if chinese else (_NO_SUBJECT, POINTS_ELSEWHERE)
        if not any(regex.match(subject) for regex in elsewhere):
            start, end = match.span(name)
            found.append(ClauseReading("avoid", "dislike", start, end, strict=True, sure=True))
    return found


def without(message: str) -> str:
    """The message without what it asks not to be shown."""
    return (_REFUSED_ZH if is_chinese(message) else _REFUSED).sub(" ", message).strip()
