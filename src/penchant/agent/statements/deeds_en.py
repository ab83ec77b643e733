"""English subjects made whole: what one does with its verb ("bake bread", "pay off a loan"), a noun with the one behind it ("aisle seat"),
a number with what it counts ("200 dollars a month"), and what is given up without the giving up ("sugar").
"""

import re

from penchant.agent.statements.grammar_words import OPEN, words
from penchant.agent.statements.phrases_en import phrase
from penchant.agent.statements.wordings_en import _BAD, _GOOD, ADVERB

_I = re.IGNORECASE
_PREPOSITION = re.compile(
    r"(?:to|until|till|on|in|at|with|for|by|from|into|onto|after|before|without|through|around|along)\s", _I
)
_DOER = re.compile(
    rf"\b(?:i|we)\s+(?:{ADVERB}\s+|never\s+|rarely\s+|do\s+|can\s+){{0,4}}|\b(?:want|hope|plan|aim|intend|wish|trying|hoping|planning|aiming|determined|decided|dream\s+is|goal\s+is|plan\s+is)\s+to\s+",
    _I,
)
#: Verbs that a subject goes without: what they are about says enough.
_LIGHT_VERB = re.compile(
    r"(?:have|has|am|are|be|been|do|eat|drink|play|watch|read|use|wear|collect|listen|go|get|learn|become|study|want|need|like|love|visit|buy|drive|own|follow|start|try|would|could|will|used|speak|live|work|grow|brew|tend|know|keep|stick|prefer)\b",
    _I,
)
_MARKS = re.compile(r"[,;:.!?]")
_GOES_ON = re.compile(r"\s+(?:a|an|the|my|our|into|to|in|on|at|with|for|from|\d+|more|less|better)\s", _I)
_HOW_OFTEN = re.compile(
    r"(?<=\w)(?<!\bat)\s+(?:(?:once|twice|(?:two|three|four|five|six|several|\d+)\s+times)(?:\s+(?:a|per)\s+\w+)?|(?:every|each)\s+(?:single\s+|other\s+)?(?:\w+day\s+)?(?:day|night|morning|evening|afternoon|week|weekend|month|year|summer|winter|\w+day)"
    r"|(?:\w+\s+)?(?:days|nights|mornings|evenings)\s+a\s+week|daily|weekly)$",
    _I,
)
#: How a wish to have less of something begins.
GIVING_UP = re.compile(
    r"(?:to\s+)?(?:quit(?:ting)?|stop(?:ping)?|giv(?:e|ing)\s+up|cut(?:ting)?\s+(?:down|back)\s+on|cut(?:ting)?\s+out|reduc(?:e|ing)|limit(?:ing)?|wean(?:ing)?\s+(?:myself|ourselves)\s+off"
    r"|(?:eat|drink|us)(?:e|ing)?\s+less|spend(?:ing)?\s+less(?:\s+(?:time|money))?(?:\s+on)?|kick(?:ing)?)\s+(?:(?:eating|drinking)\s+)?(?=\w)",
    _I,
)
#: Words that are no part of the noun before them: what one thinks of it, when and where it is, and what is only put in.
_NO_NOUN = re.compile(
    rf"(?:{_BAD}|{_GOOD}|\w+ly|alone|together|outdoors|indoors|outside|inside|abroad|upstairs|nowadays|tonight|home|well|even|still|now|then|instead|anyway|though|lol|haha|tbh|imo|ngl|btw|thanks|thx|cheers|yeah|ok|full|part|bad|good|right|wrong|worse|best|worst|me|got|came|went|said|asked|recommend|suggest)\b",
    _I,
)
_NEXT_WORD = re.compile(r"\s+([A-Za-z][\w'’-]*)")
_BOUND = re.compile(r"\s*(?:$|[,.;:!?)–—]|-\s)")
_EACH = re.compile(r"\s+(?:a|per|an|each)\s+(?:day|week|month|year|head|person|night|piece|pop|hour)\b", _I)
#: Nouns that may stand behind what was taken for the whole of one, at most.
MOST_NOUNS = 2
#: Words of a verb before its object, at most.
MOST_VERBS = 3


def whole_deed(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of what one does or wants to do, of which `text[start:end]` is part: with its verb, where that says more than that it is
    done, and with what follows where they are a verb alone."""
    doers = [found.end() for found in _DOER.finditer(text, 0, start) if found.end() <= start]
    verb = text[doers[-1] : start] if doers else ""
    if 0 < len(verb.split()) <= MOST_VERBS and not _MARKS.search(verb):
        bare = bool(_PREPOSITION.match(text, start, end)) or not _LIGHT_VERB.match(verb)
        start = doers[-1] if bare else start
    if " " not in text[start:end] and _GOES_ON.match(text, end):
        _, end, _ = phrase(text, start, len(text))
    return start, without_how_often(text, start, end)


def without_how_often(text: str, start: int, end: int) -> int:
    """Where what one does ends without how often: "swim laps" of "swim laps twice a week"."""
    found = _HOW_OFTEN.search(text[start:end])
    return start + found.start() if found else end


def given_up(text: str, start: int, end: int) -> int:
    """Where what is given up begins in a wish to give it up; `start` where that is no such wish."""
    found = GIVING_UP.match(text, start, end)
    return found.end() if found else start


def whole_noun(text: str, start: int, end: int) -> int:
    """Where a noun ends of which `text[start:end]` is the beginning: before the next word of grammar, or at the end of the clause."""
    classed = {word.start: word.kind for word in words(text, chinese=False)}
    last = end
    for _ in range(MOST_NOUNS):
        found = _NEXT_WORD.match(text, last)
        if found is None or classed.get(found.start(1)) != OPEN or _NO_NOUN.match(text, found.start(1)):
            break
        last = found.end()
    following = _NEXT_WORD.match(text, last)
    ends = _BOUND.match(text, last) or (following and classed.get(following.start(1)) in ("case", "mark", "prefer"))
    if not ends:
        last = end
    each = _EACH.match(text, last) if any(map(str.isdigit, text[start:last])) else None
    return each.end() if each else last
