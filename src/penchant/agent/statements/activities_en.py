"""Divides English activities that share the words before the first: "I want to learn Welsh and visit Cardiff"."""

import re
from collections.abc import Iterator

from penchant.agent.statements import phrases_en
from penchant.lazy_patterns import lazy

#: Verbs of activities in their basic form, with their object or place; not what is done to the thing before ("… and fry it").
_VERB = (
    r"(?:travel|visit|see|move|live|work|run|walk|swim|cycle|ride|drive|hike|climb|ski|sail|surf|dance|sing|play|learn|study|teach|read|write|paint|draw|sew|knit|cook|bake|eat|drink|sleep|meditate|journal|stretch|grow|plant|raise|keep|feed|train|lift|lose|gain|save|invest|pay|spend|earn|buy|sell|rent|build"
    r"|renovate|redo|replace|insulate|fix|repair|decorate|redecorate|declutter|clean|tidy|start|open|launch|found|finish|complete|pass|get|become|apply|quit|stop|give|cut|reduce|improve|master|speak|go|take|make|do|find|join|volunteer|adopt|retire|explore|publish|record|perform|stay|leave|return|switch|convert|install"
    r"|set|put|have|be|use|collect|watch|listen|call|meet|pray|check|brew|share|help|worry|plan)"
)
_AND_DO = lazy(
    rf"(?:,\s+(?:and\s+)?|\s+and\s+)(?:(?:then|also|finally|eventually|maybe|usually|often)\s+)?(?={_VERB}\s+(?!(?:it|them|that|this|him|her|you)\b)\w)(?![^.!?;]*\b(?:it|them)\b)",
    re.IGNORECASE,
)
#: A verb that only leads to the next one: "go and see", "sit down and read".
_LEADS_ON = lazy(
    r"(?:go|come|try|sit|stand|lie|stop|wait|turn|hurry|get)(?:\s+(?:down|up|out|back|there|home))?", re.IGNORECASE
)
_STARTS = lazy(rf"{_VERB}\s|wake\s|rise\s", re.IGNORECASE)


def activities(piece: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each activity of a habit or goal whose first one is within `piece[start:end]`, in order."""
    if not _STARTS.match(piece, start):
        yield start, end
        return
    clause = max(end, phrases_en.phrase(piece, start, len(piece))[1])
    begun = start
    while joint := _next(piece, begun, clause):
        yield begun, joint.start()
        begun = joint.end()
        clause = max(clause, phrases_en.phrase(piece, begun, len(piece))[1])
    yield begun, end if begun == start else clause


def _next(piece: str, begun: int, clause: int) -> re.Match[str] | None:
    """Return the joint before the next activity, within the clause or directly behind it."""
    joint = _AND_DO.search(piece, begun)
    if joint is None or joint.start() > clause or _LEADS_ON.fullmatch(piece, begun, joint.start()):
        return None
    return joint if " " in piece[begun : joint.start()] else None
