"""Finds where a question or request begins after a statement in an English sentence, with or without a question mark.

Examples: "dentists terrify me, how do I get through this", "big on strong tea so which brand", "I wear a size 12, any
good boots?".
"""

import re
from collections.abc import Iterator

from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
#: Emoji.
_PICTURE = r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\s\u200d\ufe0f\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]*+"
#: Separators of clauses: a punctuation mark, an emoji, a laugh or a polite word.
_MARK = (
    rf"(?:\s*[,;:.–—)]+\s+|\s+-+\s+|\s*{_PICTURE}|[\s,]+(?:lol|lmao|haha\w*|tbh|btw|pls|plz|please|thanks|thx)[\s,.!]+)"
)
_LED = r"(?:(?:and|so|but|then|anyway|also|well|ok|okay|btw|pls|plz|please|hence|now|plus)[\s,]+)*"
#: Beginnings of questions: auxiliaries before what is asked about, and question words.
_NO_THING = (
    r"(?!(?:all|always|my|mine|not|never|what|why|how|been|too|so|just|because|since|more|one|still|nothing|no)\b)"
)
_WHO = r"(?:i|you|we|it|there|they|he|she|the|this|that|these|those|an?|any\w*|some\w*|my|our)\b"
_AUX = rf"(?:(?:is|are|does|do)\s+{_NO_THING}(?=\w+\s+\w|it\b)|(?:can|could|should|would|will|has|have|did|was|were|may|shall)\s+{_WHO})"
_WH = (
    r"(?:what(?!\s+(?:i|we|a|an)\b|\s+with\b)|who(?!\s+(?:i|we)\b)|whose|why|how(?!\s+(?:i|we|ever)\b)"
    r"|which(?!\s+(?:i|we|is\s+why|means|makes|i['’]\w+)\b)|where(?=\s+(?:is|are|can|could|do|does|should|would|will|to|from|else|in)\b|['’]?s\b)"
    r"|when(?=\s+(?:is|are|can|could|do|does|should|will)\b|['’]s\b))\b"
)
_TELL = r"(?:(?:give|show|tell|send|find|text|email|help|make|teach|remind)\s+(?:me|us)|recommend|suggest)\b"
_REQUEST = (
    r"(?:suggestions?|ideas?|tips|show\s+(?:the|only|just)|find\s+(?:a|an|the|some|something)"
    r"|any(?!\s+(?:more|other\s+way|longer|day|time)\b|\s+[\w'’-]+(?:\s+[\w'’-]+){0,2}\s+(?:must|has\s+to|have\s+to|needs?\s+to|should|will\s+do|goes|suits|works|is\s+(?:fine|ok|okay|good))\b)"
    r"|got\s+any|(?:plan|list|sort|filter|rewrite|redo|fix|cross|forget\s+about|compare|translate|explain|swap|replace|take)\s+(?:the|those|these|it|them|that|this|me|out|a|an|my|for|by)|rewrite|redo"
    r"|(?:ask|check|look)\s+(?:me|if|whether)|(?:need|want)\s+(?:ideas|tips|help|advice|suggestions|recommendations|recs)|something\s+(?:with|without|for|like|else)|(?:more|best|good|other)\s+(?:of|ones?|options?|ideas?)\b)\b"
)
_ASKS = lazy(
    rf"(?:{_MARK}{_LED}|\s+(?:so|but)\s+{_LED})(?=(?:{_WH}|{_AUX}|{_TELL}|{_REQUEST}))|\s+and\s+{_LED}(?=(?:{_WH}|(?:can|could|do|would|will)\s+you\b|{_TELL}))",
    _I,
)
#: A question of a few words without a verb, with a question mark at the end.
_SHORT = lazy(
    rf"(?:{_MARK}|\s+so\s+){_LED}(?=(?!(?:i|we|i['’]\w+|my|or|and|though|too\s*\?|right|correct|true|yes|no|yeah|eh|huh|innit|ok|okay|remember|see|get\s+it|is\s+(?:it|that|he|she)|isn['’]?t|doesn['’]?t|aren['’]?t|don['’]?t)\b)[\w'’£$€-]+(?:\s+[\w'’£$€-]+){{0,7}}\s*\?+[\s)]*$)",
    _I,
)
#: Greetings and fillers before a question, which are no clause.
_NO_CLAUSE = lazy(r"(?:ok|okay|hi|hey|hello|yes|no|so|well|please|sorry|thanks|thank\s+you|\W)*$", _I)
#: The fewest characters before a question that can state something.
SHORTEST = 6
#: A statement that begins like a question: "what I favour is linen", "where I live, in the hills, …".
TELLS = lazy(
    r"(?:what|who|when)\s+(?:(?:really|always|most|usually)\s+)*(?:(?:i|we)(?:['’]d)?\s|\w+s\s+(?:me|my)\s)[^?]*?\s(?:is|are)\s[^?]+(?:$|[.!?]\s|,\s)|where\s+(?:i|we)\s+live[,\s]",
    _I,
)


def starts_of_questions(text: str) -> Iterator[int]:
    """Yield where a question or request may begin, after a clause that may state something."""
    for found in (*_ASKS.finditer(text, SHORTEST), *_SHORT.finditer(text, SHORTEST)):
        if not _NO_CLAUSE.match(text[: found.start()]):
            yield found.start()


def start_of_asking(text: str) -> int | None:
    """Return where the first question or request after a clause begins; None without one."""
    return min(starts_of_questions(text), default=None)
