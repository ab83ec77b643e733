"""A need that stands behind another word about oneself: "I'm vegetarian and allergic to peanuts"."""

import re
from collections.abc import Iterator

from penchant.agent.statements import reading_en
from penchant.agent.statements.own_words import LISTED
from penchant.agent.statements.sentences import ClauseReading

_BEHIND = re.compile(
    r"\b(?:i['’]m|i\s+am|im|i)\s+(?P<between>[^.!?;:]{2,80}?),?\s+(?:and|but)\s+(?:also\s+|\w+ly\s+)?"
    r"(?:(?:allergic|intolerant|hypersensitive)\s+to|(?:never|don['’]?t|do\s+not|can['’]?t|cannot|must\s+not)\s+(?:eat|drink))\s+(?:any\s+)?(?P<rest>.+)",
    re.IGNORECASE,
)
#: Somebody else is spoken of in between, or nothing is stated.
_ELSE = re.compile(r"\b(?:my|he|she|they|you|who|whose|if|whether|not\s+vegan|friends?|know|think|said|told)\b", re.IGNORECASE)  # fmt: skip


def read(sentence: str) -> list[ClauseReading]:
    """What the sentence says its writer must not have, where that is not the first thing it says; none of a question or a supposition."""
    return list(_read(sentence))


def _read(sentence: str) -> Iterator[ClauseReading]:
    found = _BEHIND.search(sentence)
    if found is None or _ELSE.search(found["between"]) or sentence[: found.start()].casefold().strip() in ("if", "am"):
        return
    start, end, scope = reading_en.phrase(sentence, found.start("rest"), found.end("rest"))
    subject = sentence[start:end]
    if (
        start < end
        and not reading_en.POINTS_ELSEWHERE.match(subject)
        and any(map(str.isalnum, LISTED.sub("", subject)))
    ):
        yield ClauseReading("avoid", "dislike", start, end, scope, strict=True, sure=True)
