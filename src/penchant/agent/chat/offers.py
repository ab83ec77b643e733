"""What an answer offered and what the user then made of it: "the salad sounds perfect, the others don't work for me".

Read only where the answer shows several things side by side and the reply judges some of them in so many words: by name, by place, or as
"the others". A question judges nothing, nor does a condition, and what is judged both ways is left out.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from penchant.store.plain import squeezed

MOST_OFFERS, MOST_READ = 12, 4_000
"""A longer list is no choice among a few; characters looked at of either text."""
ENOUGH = 0.5
"""Share of the words that an offer has for itself of which so many must be said for it to be meant."""
_I = re.IGNORECASE
_ENTRY = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}[.)、:：])\s*(?!\s)(?P<entry>[^\n]{2,300})$", re.MULTILINE)
_BOLD = re.compile(r"^\*\*(?P<name>[^*\n]{2,60})\*\*")
_NAME_ENDS = re.compile(r"\s*[:：(（，。—–]|\s-\s|,\s|\.\s|[.!?？！]?$")
_SIDE_BY_SIDE = re.compile(
    r"\b(?:how\s+about|what\s+about|there(?:['’]s|\s+is|\s+are)|you\s+(?:could|can|might)\s+(?:have|try|take|see|watch|read|visit|order)"
    r"|options?(?:\s+are)?:|choose\s+between|would\s+you\s+(?:like|prefer))\s+(?P<en>[^.?!\n:]{5,200})[.?!]"
    r"|(?:可以|推荐|要不要|不如|有)(?:选择?|试试|吃|喝|看|去)?[:：]?(?P<zh>[^。？！?!\n:：]{3,100})[。？！?!]",
    _I,
)
_BETWEEN = re.compile(r",\s*(?:or\s+|and\s+)?|\s+or\s+|、|，|还是|或者?|和(?=[\u3400-\u9fff]{2})")
_ARTICLE = re.compile(r"^(?:an?|the|some|or|and)\s+", _I)
_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")
_CLAUSE = re.compile(r"[,;，；]+|\s+(?:but|while|whereas|though)\s+|但是?|不过")
_ASKS = re.compile(
    r"[?？]\s*$|^\s*(?:is|are|do|does|can|could|would|should|what|which|how|why)\b|[吗呢]\s*$|\bif\b|如果|要是", _I
)
_OTHERS = re.compile(
    r"\b(?:others?|(?:the|all)\s+rest|other\s+(?:two|three|four|ones?|options?))\b|其他|其它|其余|别的|另外[几两三]", _I
)
_NONE = re.compile(r"\b(?:none|neither)\b|(?:都|全)(?:不|没)", _I)
_ALL = re.compile(
    r"\b(?:both|all)\s+(?:of\s+(?:them|these|those)\s+)?(?:sound|look|seem|are|work)|(?:两个|三个)?都(?:不错|很好|可以|喜欢|行)",
    _I,
)
_PLACES = ("first 1st 1 一", "second 2nd 2 二", "third 3rd 3 三", "fourth 4th 4 四", "fifth 5th 5 五")
_PLACE_OF = {word: place for place, words in enumerate(_PLACES) for word in words.split()}
_PLACE = re.compile(
    r"\b(?:the\s+|your\s+)(?P<ordinal>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))\b(?!\s+(?:time|day|half|thing))"
    r"|\b(?:number|option|no\.?)\s*(?P<number>[1-5])\b|第(?P<zh>[一二三四五1-5])[个家部本种款道项]|(?P<last>最后(?:一|那)?[个家部本种款道项])",
    _I,
)
_UNWANTED = re.compile(
    r"(?:\b(?:not|never|no|cannot|dont|doesnt|cant|wont|isnt|arent)\b|n['’]t\b)(?:\s+\S+){0,4}?\s+(?:works?|for\s+(?:me|us)|my|like|love|fan|into|keen|appeal|suit"
    r"|want|care|sounds?|good|great|right|fit|thanks|do|eat|have|interested|convinced)\b"
    r"|^\s*(?:not|no)\s+(?:the|a|an|that)\b|\b(?:hate|dislike|boring|too\s+\w+|rather\s+not|skip|pass\s+on|hard\s+pass|no\s+thanks|put\s+me\s+off|(?:are|is)\s+out)\b"
    r"|不行|不合适|不适合|不要|不喜欢|不爱|不想|不太|不考虑|算了|没兴趣|不感兴趣|太[\u3400-\u9fff]{1,2}了",
    _I,
)
_WANTED = re.compile(
    r"\b(?:sounds?|looks?|seems?|is|are|was|were|be|works?|['’]s)\s+(?:\w+\s+){0,2}?(?:perfect(?:ly)?|great|good|lovely|nice|ideal|amazing|delicious|wonderful|fantastic"
    r"|fun|right|best|tempting|awesome|fine|brilliant|for\s+(?:me|us))\b|['’]s\s+perfect\b"
    r"|\b(?:i['’]ll|i\s+will|ill|let['’]?s|we['’]ll|i['’]d)\s+(?:\w+\s+)?(?:take|go|have|do|try|choose|pick|get|book|love|like|watch|read|order)\b"
    r"|\b(?:i|we)\s+(?:really\s+|quite\s+|do\s+)?(?:like|love|choose|pick|prefer|want)\b|^\s*(?:perfect|great|yes|love)\b"
    r"|不错|很好|挺好|完美|很棒|太棒|真棒|就要|就选|我选|我要|喜欢|可以|正合适|很合适|很适合|正好",
    _I,
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LIGHT = frozenset("a an the and or of for in on at with to by from my your style one".split())  # noqa: SIM905


class Judgement(NamedTuple):
    """What the user made of `name`, which was offered."""

    name: str
    liked: bool


def judgements(answer: str, reply: str) -> list[Judgement]:
    """What a reply says of the things an answer offered, in the order in which they were offered; mostly nothing."""
    names = offers(answer)
    if not names:
        return []
    verdicts: dict[str, set[bool]] = {}
    named: set[str] = set()
    others: set[bool] = set()
    for clause in _clauses(reply):
        liked = _verdict(clause)
        meant = _meant(clause, names)
        named.update(meant)
        if liked is None:
            continue
        if not meant and _OTHERS.search(clause):
            others.add(liked)
        for name in meant:
            verdicts.setdefault(name, set()).add(liked)
    verdicts |= {name: others for name in names if others and named and name not in named}
    sure = {name: found for name, found in verdicts.items() if len(found) == 1}
    return [Judgement(name, next(iter(sure[name]))) for name in names if name in sure]


def offers(answer: str) -> list[str]:
    """The names of what an answer offers: entries of its list, or what it sets side by side in a sentence; none where it is one thing."""
    answer = squeezed(answer[:MOST_READ])
    listed = [_name(match["entry"]) for match in _ENTRY.finditer(answer)]
    if not listed and (found := _SIDE_BY_SIDE.search(answer)):
        listed = [_ARTICLE.sub("", part.strip()) for part in _BETWEEN.split(found["en"] or found["zh"])]
    names = list(dict.fromkeys(name for name in listed if 2 <= len(name) <= 60))
    return names if 2 <= len(names) <= MOST_OFFERS else []


def _name(entry: str) -> str:
    """What an entry of a list is called, without what is said about it."""
    if bold := _BOLD.match(entry):
        return bold["name"].strip(" :：")
    end = _NAME_ENDS.search(entry)
    return _ARTICLE.sub("", entry[: end.start() if end else len(entry)].strip(' *_"“”'))


def _clauses(reply: str) -> Iterator[str]:
    """The clauses of a reply that neither ask nor suppose."""
    for sentence in _SENTENCE.findall(squeezed(reply[:MOST_READ])):
        if not _ASKS.search(sentence):
            yield from _CLAUSE.split(sentence)


def _verdict(clause: str) -> bool | None:
    if _UNWANTED.search(clause) or _NONE.search(clause):
        return False
    return True if _WANTED.search(clause) else None


def _meant(clause: str, names: Sequence[str]) -> list[str]:
    """Which offers a clause is about."""
    place = _PLACE.search(clause)
    if place is not None:
        word = (place["ordinal"] or place["number"] or place["zh"] or "last").casefold()
        at = len(names) - 1 if word == "last" else _PLACE_OF.get(word, len(names))
        return [names[at]] if at < len(names) else []
    if named := [name for name, share in zip(names, _shares(clause, names), strict=True) if share >= ENOUGH]:
        return named
    if _OTHERS.search(clause):
        return []
    return list(names) if _NONE.search(clause) or _ALL.search(clause) else []


def _shares(clause: str, names: Sequence[str]) -> Iterator[float]:
    """How much of what only this offer is called stands in the clause, 0 to 1; two Chinese characters of it are enough."""
    written = _terms(clause)
    terms = [_terms(name) for name in names]
    for own in terms:
        alone = {term for term in own if sum(term in other for other in terms) == 1}
        shared = alone & written
        yield 1.0 if any(map(_HAN.match, shared)) else len(shared) / len(alone) if alone else 0.0


def _terms(text: str) -> set[str]:
    """Words without plurals, and pairs of Chinese characters."""
    words = [word.casefold() for word in _WORD.findall(text) if not _HAN.search(word)]
    pairs = {text[at : at + 2] for at in range(len(text) - 1) if _HAN.match(text, at) and _HAN.match(text, at + 1)}
    return pairs | {word.removesuffix("s") if len(word) > 3 else word for word in words if word not in _LIGHT}
