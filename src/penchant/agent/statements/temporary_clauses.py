"""Finds temporary clauses, which state nothing lasting, and what the user asks never to be shown.

Some clauses in the first person have the grammar of a statement, but hold only for the moment: what somebody is looking
for, has just done, or has for a while. Only such a clause is left out: "I'm vegan and I feel like soup" still states
that the writer is vegan. Doubts, denials, possibilities and secrets (passwords, card numbers) are left out as well. The
kinds are listed in `temporary_clauses_en` and `temporary_clauses_zh`.

What a user asks never to be shown ("show me no baby things", 「别给我看婴儿用品」) holds from now on, whatever else is in
the sentence.
"""

import re
from collections.abc import Iterator

from penchant.agent.statements import reading_en
from penchant.agent.statements.own_words_zh import (
    ASKS_ZH,
    AWAKE_ZH,
    DREAM_ZH,
    LODGING_ZH,
    SOUGHT_ZH,
    WOULD_STAY_ZH,
    WRITER_AGAIN_ZH,
)
from penchant.agent.statements.phrases_en import POINTS_ELSEWHERE
from penchant.agent.statements.reading_zh import ORDINAL
from penchant.agent.statements.sentences import CLAUSE_ZH, ClauseReading, is_chinese
from penchant.agent.statements.temporary_clauses_en import ENGLISH
from penchant.agent.statements.temporary_clauses_zh import CHINESE
from penchant.characters import has_han
from penchant.lazy_patterns import lazy

_SHOW = r"(?:show|give|send|recommend|suggest|offer)"
_THINGS = r"(?:\s+(?:things?|stuff|products?|items?|content|articles|related\s+(?:things|products|items|stuff)))"
_SHOWN = rf"(?P<{{0}}>\w[\w'’-]*(?:\s+[\w'’-]+){{{{0,4}}}}?{_THINGS}?)"
_S_THINGS = rf"(?P<d>\w[\w'’-]*(?:\s+[\w'’-]+){{0,4}}?{_THINGS})"
_REFUSED_END = (
    r"(?:,?\s+(?:any\s?more|again|ever(?:\s+again)?|please|from\s+now\s+on|thanks?|thank\s+you))*\s*(?=$|[,.;!?])"
)
_IN_ANSWERS = r"\s+(?:in|with|at\s+the\s+end\s+of)\s+(?:any\s+of\s+)?your\s+(?!(?:last|latest|first|previous|earlier)\b)(?:\w+\s+)?(?:repl(?:y|ies)|answers?|responses?|messages?|explanations?|e-?mails?|texts?)"
_REFUSED = lazy(
    r"(?:^|[,;:.!?–—-]\s*|\b(?:so|and|but)\s+)(?:(?:so|and|but)\s+)?(?:(?:please|kindly|can\s+you|could\s+you)[,\s]+){0,2}"
    rf"(?:{_SHOW}\s+(?:me|us)\s+no\s+(?:more\s+)?{_SHOWN.format('a')}|(?:no\s+(?:more\s+)?|(?:do\s+not|don['’]?t|never|stop)\s+(?:ever\s+)?(?:us|put|writ|add|includ)(?:e|ing)?\s+(?:any\s+)?){_SHOWN.format('e')}{_IN_ANSWERS}"
    rf"|(?:do\s+not|don['’]?t|never|stop)\s+(?:ever\s+)?{_SHOW}(?:ing)?\s+(?:(?:me|us)\s+)?(?:any\s+)?(?:more\s+)?{_SHOWN.format('b')}"
    rf"|(?:i|we)\s+(?:do\s+not|don['’]?t|never)\s+(?:ever\s+)?(?:want|wish)\s+to\s+see\s+(?:any\s+)?(?:more\s+)?{_SHOWN.format('c')}){_REFUSED_END}"
    rf"|^(?:please[,\s]+)?no\s+(?:more\s+)?{_S_THINGS}{_REFUSED_END}",
    re.IGNORECASE,
)  # fmt: skip
_THINGS_ZH = r"(?:的)?(?:用品|产品|商品|东西|内容|相关的?|之类的?|类)*"
_REFUSED_ZH = lazy(
    r"(?:^|[，,；;。！!\s]|所以|但是?|而且)(?:请|麻烦|拜托|求你?|以后|千万|也|就){0,3}"
    r"(?:(?:不要|别|不用|不必)再?(?:给我|让我|向我|跟我)再?(?:看到?|推荐|推送|推|展示|显示|放|发)|(?:不要|别)再?(?:推荐|推送|展示|显示|推(?![我了开门荐送到]))(?:给我)?|我?(?:不想|不愿意?)再?看到|我?再也不想看到?)"
    rf"(?:任何|什么|那些|这些|有关|关于){{0,2}}(?P<a>[^，。！？,.!?；;：:\s]{{1,14}}?){_THINGS_ZH}(?:了|吧|啊|谢谢)?(?=$|[，。！？,.!?；;])"
)
#: Words of a refusal that applies beyond the answer that is asked for beside it.
_FROM_NOW_ON_ZH = lazy(r"给我|让我|向我|跟我|看到|再|以后|任何|千万")
_NO_SUBJECT_ZH = lazy(r"^(?:太|这|那|它|他|她|你|我|一样|重复|同样|同类|其[他它]|别的|刚才|上面|看过|买过)")
_NO_SUBJECT = lazy(r"^(?:more|too|so|of|the\s+same|anything|anyone|how|what|your|my|things?|stuff|ones?)\b|.*\s(?:any|it|them|this|that|these|those)$", re.IGNORECASE)  # fmt: skip


def refused_subjects(sentence: str) -> list[ClauseReading]:
    """Return a reading for each thing that the sentence asks never to be shown, in order."""
    chinese = is_chinese(sentence)
    found = []
    for match in (_REFUSED_ZH if chinese else _REFUSED).finditer(sentence):
        name = next(name for name, value in match.groupdict().items() if value)
        subject = match[name]
        elsewhere = (_NO_SUBJECT_ZH, ORDINAL) if chinese else (_NO_SUBJECT, POINTS_ELSEWHERE)
        of_answer = chinese and ASKS_ZH.search(sentence, 0, match.start()) and not _FROM_NOW_ON_ZH.search(match[0])
        if not of_answer and not any(regex.match(subject) for regex in elsewhere):
            start, end = match.span(name)
            found.append(ClauseReading("avoid", "dislike", start, end, strict=True, sure=True))
    return found


def without_refusals(message: str) -> str:
    """Return the message without its requests not to be shown something."""
    return (_REFUSED_ZH if is_chinese(message) else _REFUSED).sub(" ", message).strip()


#: Something secret and what it is, which is never a statement: 「我的密码是…」, "my PIN is …".
_SECRET = lazy(
    r"(?:密码|口令|密钥|验证码|校验码|安全码|(?:银行|信用|储蓄|社保)?卡号|(?:^|[，。,\s]|我的?|登[录陆]|支付宝|微信|QQ|银行|邮箱|游戏|会员|公司)的?[账帐]号|身份证号?码?|护照号码?|\bPIN码?(?=[^A-Za-z，。！？,.!?]{0,6}\d))(?:一直|现在|就)*(?:是|为|叫|改成了?|[：:=])?\s*(?P<zh>[A-Za-z\d][^，。！？\s]*)"
    r"|\b(?:(?:pass(?:word|code|phrase)|pin(?=[^,.;!?]{0,40}\d)|cvv|cvc|ssn|iban|log-?in)(?:\s+(?:code|number|no\.?))?|(?:(?:credit|debit|bank)\s+)?(?:card|account|passport|social\s+security|routing)\s+(?:number|no\.?)"
    r"|(?:security|verification|access)\s+code|(?:api|secret(?!\s+key\s+to\b)|private|access|encryption)\s+key|(?:access|auth)\s+token)"
    r"(?:\s+(?:for|of|to|on|at)\s+[^,.;!?]{1,30}?)?\s*(?:is|was|are|=|:|['’]s)(?:\s+now)?\s*(?!\w+ing\b|(?:not|too|very|so|always|never|the|an?|my|on|in)\b)(?P<en>\S(?:(?!\s(?:and|but|so|because)\b|\.\s)[^,;!?])*)",
    re.IGNORECASE,
)
#: The number of a card or a person by its length, whatever it is called, and the short number beside it; years and amounts are shorter.
_LONG_NUMBER = lazy(r"(?<![\d.])\d(?:[ -]?\d){12,18}[Xx]?(?!\d)|(?<=\bcv[vc]\s)\d{3,4}\b", re.IGNORECASE)
_LATIN = lazy(r"[a-z]", re.IGNORECASE)
#: Kinds that are read even if their clause does not mention the writer.
_NEEDS = ("avoid", "require")
#: Places where a separate clause may begin.
_CUT_EN = lazy(
    r"[,;:–—]\s+(?:(?:and|but|so|yet)\s+)?|\s+-+\s+|\s+(?:and|but|so|yet|because|since|although|though|while|whereas)\s+",
    re.IGNORECASE,
)
#: Beginnings of a clause that is independent of the one before.
_INDEPENDENT = lazy(
    r"(?:also\s+|please\s+|\w+ly\s+)*(?:i|i['’]\w+|im|ive|we|we['’]\w+|my|our|am|are|allergic|intolerant|vegan|vegetarian|c(?:o)?eliac|diabetic|never|no|not|don['’]?t|do\s+not|can['’]?t|cannot|hate|love|avoid|prefer|must|only|have)\b",
    re.IGNORECASE,
)
#: A need that shares the subject or verb of a temporary clause: "I've got a date and a nut allergy".
_HAD_AS_WELL = lazy(
    r"an?\s+(?:[\w-]+\s+){1,3}?(?:allergy|intolerance)\b|(?:am\s+)?(?:also\s+|\w+ly\s+)?allergic\s+to\b", re.IGNORECASE
)


def lasting_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the lasting parts of a sentence: all of it, or the clauses beside the temporary ones."""
    temporary = list(temporary_spans(text))
    if not temporary:
        yield 0, len(text)
        return
    chinese = is_chinese(text)
    start, before, skipped = -1, 0, -1
    for first, last in _clauses(text, CLAUSE_ZH if chinese else _CUT_EN):
        is_temporary = any(begin < last and first < end for begin, end in temporary)
        if is_temporary or (skipped >= 0 and not _is_independent(text[first:last], chinese=chinese)):
            if start >= 0:
                yield start, before
            start, skipped = -1, first if skipped < 0 else skipped
            continue
        if start < 0:
            start = skipped if skipped >= 0 and _HAD_AS_WELL.match(text, first) else first
        before, skipped = last, -1
    if start >= 0:
        yield start, before


def temporary_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each temporary clause and of each secret in the sentence."""
    yield from (found.span() for found in _SECRET.finditer(text))
    if _LATIN.search(text):
        yield from ENGLISH.spans(text)
    if not text.isascii() and has_han(text):
        yield from CHINESE.spans(text)
        yield from _spans_about_sought(text)
        yield from _spans_of_dream(text)


def _spans_about_sought(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each Chinese clause about somebody or a place to stay that the clause before looks for."""
    somebody = place = False
    for start, end in _clauses(text, CLAUSE_ZH):
        clause = text[start:end].strip(" 。！!～~")
        again = bool(WRITER_AGAIN_ZH.match(clause)) and not SOUGHT_ZH.match(clause)
        somebody, place = somebody and not again, place and not again
        if somebody or (place and WOULD_STAY_ZH.match(clause)):
            yield start, end
        somebody = somebody or bool(SOUGHT_ZH.match(clause))
        place = place or bool(LODGING_ZH.match(clause))


def _spans_of_dream(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each Chinese clause that tells a dream: 「昨晚梦到自己在飞，特别怕掉下来」."""
    dreaming = False
    for start, end in _clauses(text, CLAUSE_ZH):
        clause = text[start:end].strip(" 。！!～~")
        dreaming = bool(DREAM_ZH.match(clause)) or (dreaming and not AWAKE_ZH.match(clause))
        if dreaming:
            yield start, end


def masked(text: str) -> str:
    """Return the text with each password, PIN and number of a card or person masked, so that it is stored nowhere as a statement."""
    spans = [found.span(found.lastgroup or 0) for regex in (_SECRET, _LONG_NUMBER) for found in regex.finditer(text)]
    for start, end in spans:
        text = text[:start] + "".join(c if c.isspace() else "*" for c in text[start:end]) + text[end:]
    return text


def _is_independent(clause: str, *, chinese: bool) -> bool:
    return (
        chinese
        or bool(_INDEPENDENT.match(clause) or _HAD_AS_WELL.match(clause))
        or any(not each.weak and each.kind in _NEEDS for each in (*reading_en.read(clause), *refused_subjects(clause)))
    )


def _clauses(text: str, cuts: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for found in cuts.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)
