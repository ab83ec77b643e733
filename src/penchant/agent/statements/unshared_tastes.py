"""Tastes of the writer for what others use or do, named there and only referred to: "My team uses Jira but I hate it"."""

import re
from collections.abc import Iterator

from penchant.agent.statements.indirect_tastes import back_reference
from penchant.agent.statements.own_words import OTHERS_EN
from penchant.agent.statements.phrases_en import POINTS_ELSEWHERE, phrase
from penchant.agent.statements.sentences import ClauseReading
from penchant.lazy_patterns import lazy

#: What they do in general, up to its object; not what they did once, or do at the moment.
_DOES = lazy(
    r"(?:(?:at|in)\s+(?:(?:my|our|the)\s+)?\w+\s+)?(?:(?:all|both|always|mostly|just|only|really|still|usually|often|constantly)\s+)*(?:(?:is|are)\s+(?:all\s+)?(?:into|crazy\s+about|mad\s+about|obsessed\s+with|fond\s+of|on)"
    r"|(?!\w+(?:ed|ing)\b|(?:at|in|is|are|was|were|had|did|got|gave|made|said|says|told|sent|wrote|went|took|put|wants?|asks?|needs?|thinks?|knows?)\b)[a-z]+(?:\s+(?:to|for|on|with|at|by))?)\s+"
    r"(?!(?:an?|the|this|that|these|those|it|them|him|her|me|us|you|your|his|their|my|our|what|how|to|so|very)\b)(?=\w)",
    re.IGNORECASE,
)
_CONTRAST = lazy(
    r"(?:,|\s[-–—])?\s*(?:but|yet|though|although|whereas|while|and|,)\s*(?:honestly\s+|personally\s+)?$", re.IGNORECASE
)


def read(sentence: str) -> Iterator[ClauseReading]:
    """Yield the taste, about what others are said to use or do in the clause before it; nothing without both."""
    others = OTHERS_EN.match(sentence)
    does = _DOES.match(sentence, others.end()) if others else None
    taste = back_reference(sentence, chinese=False) if does else None
    if does is None or taste is None:
        return
    joint = _CONTRAST.search(sentence, does.end(), taste.span.start)
    if joint is None or joint.start() == does.end():
        return
    start, end, _ = phrase(sentence, does.end(), joint.start())
    if start < end and not POINTS_ELSEWHERE.match(sentence[start:end]):
        yield ClauseReading(taste.polarity, taste.polarity, start, end, sure=True)
