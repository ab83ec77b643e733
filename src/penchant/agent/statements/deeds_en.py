"""What one does or wants to do in English, with its verb: "bake bread", "pay off a loan"."""

import re

from penchant.agent.statements.reading_en import phrase
from penchant.agent.statements.wordings_en import ADVERB

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
#: Words of a verb before its object, at most.
MOST_VERBS = 3


def whole_deed(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of what one does or wants to do, of which `text[start:end]` is part: with its verb, where that says more than that it is
    done, and with what follows where they are a verb alone."""
    doers = [found.end() for found in _DOER.finditer(text, 0, start) if found.end() < start]
    verb = text[doers[-1] : start] if doers else ""
    if 0 < len(verb.split()) <= MOST_VERBS and not _MARKS.search(verb):
        bare = bool(_PREPOSITION.match(text, start, end)) or not _LIGHT_VERB.match(verb)
        start = doers[-1] if bare else start
    if " " not in text[start:end] and _GOES_ON.match(text, end):
        _, end, _ = phrase(text, start, len(text))
    return start, end
