"""A need that stands behind another word about oneself: "I'm vegetarian and allergic to peanuts", 「我有痛风，所以不能吃海鲜」."""

import re
from collections.abc import Iterator

from penchant.agent.statements import phrases_en, reading_zh
from penchant.agent.statements.own_words import LISTED, OTHERS_ZH
from penchant.agent.statements.sentences import ClauseReading, is_chinese

_BEHIND = re.compile(
    r"\b(?:i['’]m|i\s+am|im|i)\s+(?P<between>[^.!?;:]{2,80}?),?\s+(?:and|but)\s+(?:am\s+)?(?:also\s+|\w+ly\s+)?"
    r"(?:(?:allergic|intolerant|hypersensitive)\s+to|(?:never|don['’]?t|do\s+not|can['’]?t|cannot|must\s+not)\s+(?:eat|drink))\s+(?:any\s+)?(?P<rest>.+)",
    re.IGNORECASE,
)
#: An allergy that is had beside something else: "I have a flight tomorrow and a nut allergy".
_ALLERGY = re.compile(
    r"\b(?:i|we)(?:['’]ve|\s+have)\s+(?:got\s+)?(?P<between>[^.!?;:]{2,80}?),?\s+and\s+(?:also\s+)?an?\s+(?:(?:severe|serious|bad|strong|mild|slight)\s+)?(?P<rest>(?:[\w-]+\s+){1,2}?(?:allergy|intolerance))\b",
    re.IGNORECASE,
)
_NEEDED = r"(?:allerg\w+|intoleran\w+|c(?:o)?eliac|vegan|vegetarian|muslim|jewish|hindu|jain|sikh|mormon|teetotal|sober|diabet\w+|pregnant|breastfeeding|halal|kosher|keto|blood\s+thinners|medication|reflux|recovering)"
#: What a need named before asks for: "I'm coeliac, it has to be gluten-free".
_SO_MUST = re.compile(
    rf"^(?=[^.!?]*\b(?:i|i['’]m|im|we|we['’]re|my)\b)[^.!?]*\b{_NEEDED}\b[^.!?,;]{{0,40}}[,;–-]\s+(?:so\s+)?(?:it|everything|they|all\s+of\s+it|food)\s+(?:has|have|needs?|must)\s+(?:to\s+)?be\s+(?P<rest>\w[\w\s'’-]{{1,30}}?)\s*(?=$|[,.!;])",
    re.IGNORECASE,
)
#: Up to four words that may name what is left out: none that says how sure, how much or how long, nothing medical, and no clause.
_NO_THING = (
    r"(?:(?:more\s+)?(?:problems?|ideas?|thanks|worries|worry|needs?|jok\w+|kidding|doubts?|serious\w*|really|lies?|lying|offen[cs]e|cap|matter|wonder|surprises?|big\s+deal|exceptions?|excuses?|way|one|longer|rush|hurry"
    r"|pressure|harm|luck|chances?|shame|questions?|comments?|answers?|insulin|meds|medicines?|medication|pills?|symptoms?|complications?|reactions?|side\s+effects?|diagnosis|treatments?|issues?|trouble|bother|fuss|biggie"
    r"|debate|argument|contest|regrets?|plans?|clue|preference|limits?|restrictions?)\b)"
)
_WORD = r"(?!(?:yet|needed|required|necessary|is|are|was|were|will|can|could|would|should|but|so|now|either|here|there|though|about|i|we|you|it|that|far|wanted)\b)\w[\w'’-]*"
_THINGS = rf"(?!{_NO_THING}){_WORD}(?:\s+{_WORD}){{0,3}}?"
#: What a need named before leaves out: "we're teetotal, no wine please".
_SO_NO = re.compile(
    rf"^(?=[^.!?]*\b(?:i|i['’]m|im|we|we['’]re|my)\b)(?=[^.!?]*\b{_NEEDED}\b)"
    rf"[^.!?]{{4,80}}?(?:\s+so|[,;–-])\s+(?:so\s+)?(?:absolutely\s+|please\s+)?no\s+(?P<rest>{_THINGS})(?:\s+(?:for\s+(?:me|us)|(?:on|in)\s+(?:the|my|our)\s+\w+|please|thanks))*\s*(?=$|[.,!;])",
    re.IGNORECASE,
)
#: Somebody else is spoken of in between, or nothing is stated.
_ELSE = re.compile(
    rf"\b(?:my|he|she|they|you|who|whose|if|whether|not\s+(?:an?\s+)?{_NEEDED}|friends?|know|think|said|told)\b",
    re.IGNORECASE,
)

_BODY_ZH = (
    r"(?:糖尿病|痛风|高血压|高血脂|脂肪肝|胃炎|胃溃疡|肠胃炎|乳糜泻|蚕豆病|湿疹|哮喘|结石|贫血|过敏|不耐受|怀孕|备孕|哺乳|坐月子|吃素|素食者?|纯素|信佛|佛教徒|回民|穆斯林|轮椅|戒酒|手术|牙套|残疾"
    r"|(?:肠胃|胃|腰|腿脚?|脚|膝盖|眼睛|肝|肾|心脏|肺|牙|皮肤|嗓子)[^，。！？,]{0,3}?(?:不好|不行|不便|有问题|敏感|弱|差)|对[^，。！？,]{1,8}?敏感)"
)
_SO_ZH = rf"^(?:因为|由于)?(?:我|本人)(?!们?(?:的|家|有个)?(?:朋友|同事|妈|爸))[^，。！？,!?]*?{_BODY_ZH}[^，。！？,!?]{{0,6}}[，,](?:我)?(?:所以|因此|因而|平时|现在|就|一直|都|只好|也|是){{0,3}}"
_THING_ZH = r"(?P<s>(?!什么|哪|多|少|太|点|医院|药|注意|问|的$)[^，。！？,.!?；;：:吗]{1,14}?)(?=$|[，。！？,.!?；;])"
#: What a condition of the body or a faith forbids and what it asks for.
_FORBIDS_ZH = re.compile(
    rf"{_SO_ZH}(?:(?:不能|不可以|不许|不敢|没法|不)(?:再)?(?:吃|喝|碰|沾|用|抽|闻)|(?:得|要)?忌口?|(?:得|要|必须)避开)(?:任何)?{_THING_ZH}"
)
_ASKS_FOR_ZH = re.compile(
    rf"{_SO_ZH}(?:必须要?|只能|只|一定[要得]|需要|得)(?:是|吃|喝|用|住|选|坐|穿|去)(?:点)?{_THING_ZH}"
)
_SUPPOSED_ZH = re.compile(r"如果|要是|假如|万一|是不是|会不会|吗")


def read(sentence: str) -> list[ClauseReading]:
    """What the sentence says its writer must not have, where that is not the first thing it says; none of a question or a supposition."""
    return list(_read_zh(sentence) if is_chinese(sentence) else _read(sentence))


def _read_zh(sentence: str) -> Iterator[ClauseReading]:
    if _SUPPOSED_ZH.search(sentence) or OTHERS_ZH.match(sentence):
        return
    if found := _FORBIDS_ZH.match(sentence):
        start, end = reading_zh.phrase(sentence, *found.span("s"))
        yield ClauseReading("avoid", "dislike", start, end, strict=True, sure=True)
    elif found := _ASKS_FOR_ZH.match(sentence):
        start, end = reading_zh.phrase(sentence, *found.span("s"))
        yield ClauseReading("require", "like", start, end, strict=True, sure=True)


def _read(sentence: str) -> Iterator[ClauseReading]:
    if (left_out := _SO_NO.match(sentence)) and not _ELSE.search(sentence, 0, left_out.start("rest")):
        start, end, scope = phrases_en.phrase(sentence, left_out.start("rest"), left_out.end("rest"))
        if start < end:
            yield ClauseReading("avoid", "dislike", start, end, scope, strict=True, sure=True)
    if needed := _SO_MUST.match(sentence):
        start, end, scope = phrases_en.phrase(sentence, needed.start("rest"), needed.end("rest"))
        if start < end:
            yield ClauseReading("require", "like", start, end, scope, strict=True, sure=True)
    found = _BEHIND.search(sentence) or _ALLERGY.search(sentence)
    if found is None or _ELSE.search(found["between"]) or sentence[: found.start()].casefold().strip() in ("if", "am"):
        return
    start, end, scope = phrases_en.phrase(sentence, found.start("rest"), found.end("rest"))
    subject = sentence[start:end]
    if (
        start < end
        and not phrases_en.POINTS_ELSEWHERE.match(subject)
        and any(map(str.isalnum, LISTED.sub("", subject)))
    ):
        yield ClauseReading("avoid", "dislike", start, end, scope, strict=True, sure=True)
