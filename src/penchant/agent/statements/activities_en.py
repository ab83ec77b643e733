"""Divides English habits and goals that share the words before the first: "I want to learn Welsh and visit Cardiff"."""

import re
from collections.abc import Iterator

from penchant.agent.statements import phrases_en
from penchant.agent.statements.sentences import ClauseReading
from penchant.lazy_patterns import lazy

#: Verbs of activities in their basic form, with their object or place; not what is done to the thing before ("… and fry it").
_VERB = (
    r"(?:travel|visit|see|move|live|work|run|walk|swim|cycle|ride|drive|hike|climb|ski|sail|surf|dance|sing|play|learn|study|teach|read|write|paint|draw|sew|knit|cook|bake|eat|drink|sleep|meditate|journal|stretch|grow|plant|raise|keep|feed|train|lift|lose|gain|save|invest|pay|spend|earn|buy|sell|rent|build"
    r"|renovate|redo|replace|insulate|fix|repair|decorate|redecorate|declutter|clean|tidy|start|open|launch|found|finish|complete|pass|get|become|apply|quit|stop|give|cut|reduce|improve|master|speak|go|take|make|do|find|join|volunteer|adopt|retire|explore|publish|record|perform|stay|leave|return|switch|convert|install"
    r"|set|put|have|be|use|collect|watch|listen|call|meet|pray|check|brew|share|help|worry|plan)"
)
#: A verb by what stands behind it: "bake a cake", "stretch more".
_WITH_OBJECT = (
    r"(?!(?:and|or|than|not|what|such|quite|once|twice|for|of|in|on|at|to|with|by|from|as)\b)[a-z]{2,}\s+"
    r"(?:an?(?!\s+(?:lot|bit|little|day|week|month|year))|my|our|more|less|fewer)\b"
)
_AND_DO = lazy(
    rf"(?:,\s+(?:and\s+)?|\s+and\s+)(?:(?:then|also|finally|eventually|maybe|usually|often)\s+)?(?={_VERB}\s+(?!(?:it|them|that|this|him|her|you)\b)\w|{_WITH_OBJECT})(?![^.!?;]*\b(?:it|them)\b)",
    re.IGNORECASE,
)
#: A verb that only leads to the next one: "go and see", "sit down and read".
_LEADS_ON = lazy(
    r"(?:go|come|try|sit|stand|lie|stop|wait|turn|hurry|get)(?:\s+(?:down|up|out|back|there|home))?", re.IGNORECASE
)
_STARTS = lazy(rf"{_VERB}\s|wake\s|rise\s|{_WITH_OBJECT}", re.IGNORECASE)


#: Ends a wish to do less of something: "use my phone less".
LESS_AT_END = lazy(r"\s+(?:a\s+(?:lot|bit)\s+|much\s+|far\s+)?less(?:\s+often)?$", re.IGNORECASE)


def activities(piece: str, reading: ClauseReading) -> Iterator[ClauseReading]:
    """Yield a reading of each activity of a habit or goal, in order; each is aimed at or given up by its own words.

    "Eat less sugar and sleep more" gives up the first and aims at the second.
    """
    bounds = list(_bounds(piece, reading))
    if len(bounds) == 1:
        yield reading
        return
    for number, (start, end) in enumerate(bounds):
        given_up = reading.polarity == "dislike" and number == 0
        each = reading._replace(start=start, end=end, polarity="dislike" if given_up else "like")
        yield each if given_up or reading.kind == "habit" else _as_given_up(piece, each)


def _as_given_up(piece: str, goal: ClauseReading) -> ClauseReading:
    """Return the goal, as one against its thing or activity where there is to be less of it."""
    if thing := phrases_en.abandoned(piece, goal.start, goal.end):
        return goal._replace(polarity="dislike", start=thing[0], end=thing[1])
    if fewer := LESS_AT_END.search(piece[: goal.end], goal.start):
        return goal._replace(polarity="dislike", end=fewer.start())
    return goal


def _bounds(piece: str, reading: ClauseReading) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each activity of which the first begins where the reading does."""
    start, end = reading.start, reading.end
    is_thing = reading.polarity == "dislike"  # that is given up; its verb stands before it
    if not is_thing and not _STARTS.match(piece, start):
        yield start, end
        return
    clause = max(end, _end(piece, start, reading))
    begun = start
    while joint := _next(piece, begun, clause, is_thing=is_thing and begun == start):
        yield begun, joint.start()
        begun = joint.end()
        clause = max(clause, _end(piece, begun, reading))
    yield begun, end if begun == start else clause


def _end(piece: str, start: int, reading: ClauseReading) -> int:
    """Return where the phrase of the activity that begins at `start` ends."""
    start, end, scope = phrases_en.phrase(piece, start, len(piece))
    end = phrases_en.with_scope(piece, start, end, scope, reading.kind)
    return phrases_en.activity_end(piece, start, end, len(piece), reading.kind)


def _next(piece: str, begun: int, clause: int, *, is_thing: bool) -> re.Match[str] | None:
    """Return the joint before the next activity, within the clause or directly behind it."""
    joint = _AND_DO.search(piece, begun)
    if joint is None or joint.start() > clause or _LEADS_ON.fullmatch(piece, begun, joint.start()):
        return None
    return joint if is_thing or " " in piece[begun : joint.start()] else None
