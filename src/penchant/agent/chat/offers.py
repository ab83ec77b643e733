"""What an answer offered and what the user then made of it: "the salad sounds perfect, the others don't work for me".

Read only where the answer shows several things side by side and the reply judges some of them in so many words: by name, by place, or as
"the others". A question judges nothing, nor does a condition, and what is judged both ways is left out.
"""

import re
from collections.abc import Iterator, Sequence

from penchant.agent.chat.reactions import choice_in
from penchant.agent.chat.references import place_in
from penchant.agent.chat.user_words import GENERIC, clauses, stem, words_of
from penchant.characters import HAN, IDEOGRAPH, has_han
from penchant.store.importing.transcripts import Judgement
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
_BETWEEN = re.compile(rf",\s*(?:or\s+|and\s+)?|\s+or\s+|、|，|还是|或者?|和(?=[{HAN}]{{2}})")
_ARTICLE = re.compile(r"^(?:an?|the|some|or|and)\s+", _I)
_OTHERS = re.compile(
    r"\b(?:others?|(?:the|all)\s+rest|other\s+(?:two|three|four|ones?|options?))\b|其他|其它|其余|别的|另外[几两三]", _I
)
_NONE = re.compile(r"\b(?:none|neither)\b|(?:都|全)(?:不(?!错)|没(?!问题))", _I)
_ALL = re.compile(
    r"\b(?:both|all)\s+(?:of\s+(?:them|these|those)\s+)?(?:sound|look|seem|are|work)|(?:两个|三个)?都(?:不错|很好|可以|喜欢|行)",
    _I,
)
_LIGHT = GENERIC | {"at", "with", "to", "by", "from", "style"}


def judgements(answer: str, reply: str) -> list[Judgement]:
    """What a reply says of the things an answer offered, in the order in which they were offered; mostly nothing."""
    names = offers(answer)
    if not names:
        return []
    verdicts: dict[str, set[bool]] = {}
    named: set[str] = set()
    others: set[bool] = set()
    for clause in clauses(squeezed(reply[:MOST_READ])):
        liked = False if _NONE.search(clause.text) and not clause.asks else choice_in(clause)
        meant = _meant(clause.heading, names) or _meant(clause.raw, names)
        named.update(meant)
        if liked is None:
            continue
        if not meant and _OTHERS.search(f"{clause.heading} {clause.raw}"):
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


def _meant(clause: str, names: Sequence[str]) -> list[str]:
    """Which offers a clause is about."""
    place = place_in(clause)
    if place is not None:
        return [names[place]] if -len(names) <= place < len(names) else []
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
        yield 1.0 if any(map(IDEOGRAPH.match, shared)) else len(shared) / len(alone) if alone else 0.0


def _terms(text: str) -> set[str]:
    """Stems of words, and pairs of Chinese characters."""
    words = [word for word in words_of(text) if not has_han(word)]
    pairs = {
        text[at : at + 2] for at in range(len(text) - 1) if IDEOGRAPH.match(text, at) and IDEOGRAPH.match(text, at + 1)
    }
    return pairs | {stem(word) for word in words if word not in _LIGHT}
