"""A need that stands behind another word about oneself: "I'm vegetarian and allergic to peanuts"."""

import re
from collections.abc import Iterator

from penchant.agent.statements import phrases_en
from penchant.agent.statements.own_words import LISTED
from penchant.agent.statements.sentences import ClauseReading

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


def read(sentence: str) -> list[ClauseReading]:
    """What the sentence says its writer must not have, where that is not the first thing it says; none of a question or a supposition."""
    return list(_read(sentence))


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
