"""Splits English clauses joined by a comma alone: "I love tea, hate coffee", "I love summer, winter is not for me".

Each clause is read by itself: the second does not belong to the first, nor does it share its polarity.
"""

import re
from collections.abc import Iterable, Iterator

from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
#: A clause about the writer, without a condition and without other people.
_FIRST = lazy(
    r"(?:(?:honestly|actually|personally|well|so|and|but|ok|okay|hi|hello|hey)[,\s]+)*(?:i|we|im|ive|i['’]\w+|we['’]\w+|my|our|love|hate|adore|not|never|no|don['’]?t|can['’]?t|[\w\s'’-]{3,40}\s(?:is|are)\s+my)\b"
    r"(?!.*\b(?:who|whose|people|someone|somebody|anyone|if|when|whenever|while|than|said|says|told|think|asked)\b)",
    _I,
)
_HOW = r"(?:(?:really|absolutely|just|also|totally|still|usually|generally|mostly|always|but|and|though|simply|honestly)\s+)*"
#: A taste without its grammatical subject: "hate coffee", "not a cat person".
ELLIPTIC = (
    rf"{_HOW}(?:(?:love|hate|adore|loathe|detest|dislike|despise|avoid|can['’]?t\s+(?:stand|bear|eat|drink|have|do|handle|take)|cannot\s+(?:stand|bear|eat)"
    r"|(?:don['’]?t|do\s+not|won['’]?t|never)\s+(?:like|enjoy|eat|drink|watch|wear|use|read|listen\s+to|care\s+for|touch|do))\s+(?!(?:it|them|that|this|him|her|to\s+(?:see|hear|know))\b)\w"
    r"|allergic\s+to\s+\w|not\s+(?:really\s+|so\s+|too\s+|much\s+of\s+)*(?:an?\s+(?:\w+\s+)?(?:fan|lover|person)\b|into\s+\w|keen\s+on\s+\w|fond\s+of\s+\w))"
)
TASTE_GOING_ON = lazy(ELLIPTIC, _I)
_NAME = (
    r"(?!(?:i|we|it|that|this|these|those|they|he|she|you|which|who|what|where|there|here|and|or|so|because|even|the|one|both|all|none|my|our"
    r"|your|please)\b)(?:an?\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,3}?"
)
_ME = r"(?:me|us)\b"
#: Another thing, with the writer's judgement of it.
_VERDICT = (
    rf"(?:but\s+|and\s+|though\s+|while\s+|whereas\s+)?{_NAME}\s+(?:(?:just|really|always|also)\s+)?(?:(?:is|are|isn['’]?t|aren['’]?t)\s+(?:just\s+|really\s+|so\s+|too\s+|way\s+|very\s+|a\s+bit\s+|kinda\s+|pretty\s+|absolutely\s+)*"
    r"(?:not|no|my|for\s+me|boring|dull|gross|disgusting|awful|terrible|horrible|overrated|annoying|exhausting|stressful|scary|loud|noisy|bland|meh|hell|torture|the\s+(?:best|worst)|better|worse|nicer|great|amazing|lovely|fine|ok|okay|hard|too|off\s+limits|out|a\s+no)\b"
    rf"|(?:make|give|bore|scare|stress|drain|annoy|drive|tire|wear|freak|creep|terrif(?:y|ie)|disgust|irritate|depress|overwhelm|upset|put|leave|bother|bug|kill|suit)s?(?:es)?\s+{_ME}|(?:do|does)(?:n['’]?t|\s+not)\s+(?:agree|work|do\s+it|suit|appeal|interest)\b"
    r"|not\s+(?:so\s+much|really|at\s+all|for\s+me)\s*\W*$)"
)
_SECOND = lazy(rf",\s+(?=(?:{ELLIPTIC}|{_VERDICT}))", _I)
_SHORTEST = 6


def spliced(text: str, pieces: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each clause within these pieces of an English sentence, splitting at commas that join clauses."""
    for start, end in pieces:
        begin = start
        while (cut := _SECOND.search(text, begin + _SHORTEST, end)) and _FIRST.match(text[begin : cut.start()]):
            yield begin, cut.start()
            begin = cut.end()
        yield begin, end
