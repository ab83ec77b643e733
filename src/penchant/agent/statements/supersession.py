"""Decides which statements still hold: a later one about the same subject, or one that replaces it, ends an earlier one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from penchant.agent.statements.changes import (
    has_same_head_word,
    is_opposite,
    is_same_category,
    is_same_goal,
    is_same_slot,
    is_same_subtopic,
    less_preferred,
    mentions_change,
    mentions_replacement,
    prefers_over,
)
from penchant.agent.statements.changes_en import FORGET
from penchant.agent.statements.corrections import CORRECTS, corrected, is_value_of
from penchant.agent.statements.household import whom
from penchant.agent.statements.reading_zh import FORGET as FORGET_ZH
from penchant.agent.statements.subjects import is_same_subject, terms, within
from penchant.lazy_patterns import lazy
from penchant.store.statement import Statement

_NO_PLACES: Mapping[str, str] = MappingProxyType({})
#: Kinds of which a person has several at a time: a second pet does not end the first.
_MANY = frozenset({"fact", "habit", "goal"})
_TASTES = frozenset({"like", "dislike", "avoid", "prefer", "require"})


def mark_superseded(
    statements: Iterable[Statement], topics: Mapping[str, str] = _NO_PLACES, before: Mapping[str, str] = _NO_PLACES
) -> list[Statement]:
    """Return every statement, oldest first, each with the id of what superseded it.

    `topics`: the topic of each place that statements are about, where that is known. `before`: the id of the message
    directly before each message that corrects something.
    """
    standing: dict[str, Statement] = {}
    ordered = _in_order(statements)
    ended: dict[str, str] = {}
    known = {each.id: each for each in ordered}
    resolved: list[Statement] = []
    for unresolved in ordered:
        statement = _resolved(unresolved, list(standing.values()), topics, before)
        resolved.append(statement)
        for other in list(standing.values()):
            if _ends(statement, other, topics):
                ended[other.id] = statement.id
                del standing[other.id]
        if statement.ends in known and statement.ends in standing:
            ended[statement.ends] = statement.id
            del standing[statement.ends]
        if not statement.retracts and statement.subject:
            standing[statement.id] = statement
    return [each.model_copy(update={"superseded_by": ended.get(each.id)}) for each in resolved if each.slot != CORRECTS]


def _in_order(statements: Iterable[Statement]) -> list[Statement]:
    """Return the statements, oldest first; what a correction takes back ends after it: 「不是对花生过敏，是对芒果」."""
    found = list(statements)
    corrects = {(each.event_id, each.span) for each in found if each.slot == CORRECTS}
    return sorted(found, key=lambda each: (each.valid_from, each.retracts and (each.event_id, each.span) in corrects))


def in_force(history: Sequence[Statement]) -> list[Statement]:
    """Return the statements that nothing has superseded: strict ones first, then the newest. `history`: see `mark_superseded`."""
    standing = [
        statement
        for statement in history
        if statement.superseded_by is None and not statement.retracts and statement.subject
    ]
    return sorted(standing, key=lambda statement: (not statement.strict, -statement.valid_from.timestamp()))


def _resolved(
    statement: Statement, standing: Sequence[Statement], topics: Mapping[str, str], before: Mapping[str, str]
) -> Statement:
    """Return the statement with the subject it refers to.

    "I don't like it any more" is about the last statement with another polarity; a correction is about what it
    corrects.
    """
    if statement.slot == CORRECTS:
        return corrected(statement, standing, topics, before)
    if statement.subject or statement.ends is not None:
        return statement
    candidates = [
        earlier
        for earlier in standing
        if earlier.polarity != statement.polarity and earlier.kind in _TASTES | {"habit"}
        if statement.polarity != "like"
        or earlier.event_id == statement.event_id  # "it" may be anything in another message
    ]
    return statement.model_copy(update={"subject": candidates[-1].subject}) if candidates else statement


def _ends(statement: Statement, other: Statement, topics: Mapping[str, str]) -> bool:
    """Return whether `statement`, which is later, ends `other`. Statements about one person do not end another's."""
    if whom(statement.scope) != whom(other.scope):
        return False
    if (
        statement.replaces
        and other.polarity != "dislike"
        and (within(other.subject, statement.replaces) or is_same_subject(other.subject, statement.replaces))
    ):
        return True
    if statement.retracts:
        return bool(statement.subject) and _retracts(statement, other)
    if statement.scope in (None, other.scope) and is_same_slot(statement.slot, other.slot):
        return True
    if not is_same_subject(statement.subject, other.subject):
        return (
            _breaks_diet(statement, other)
            or _includes(statement, other)
            or _prefers_otherwise(statement, other, topics)
            or _replaces_unnamed(statement, other, topics)
        )
    return _replaces_same_subject(statement, other)


def _replaces_same_subject(statement: Statement, other: Statement) -> bool:
    """Return whether a statement about the same subject replaces the other.

    A statement with a scope (only when travelling) does not replace one without.
    """
    if statement.scope != other.scope and (other.scope is None) == (statement.scope is None):
        return False
    if statement.kind in _MANY and other.kind in _MANY:
        return statement.kind == other.kind
    return statement.kind in _TASTES or statement.polarity != other.polarity


def _prefers_otherwise(statement: Statement, other: Statement, topics: Mapping[str, str]) -> bool:
    """Return whether the new preference replaces the old one: named as better, its opposite, or of the same category after a change.

    A mere liking or habit does not end when something else is preferred to it.
    """
    if not {statement.kind, other.kind} <= {"prefer", "require"} or statement.scope != other.scope:
        return False
    if prefers_over(statement, other) or prefers_over(other, statement) or is_opposite(statement, other):
        return True
    if statement.kind != "prefer" or other.kind != "prefer":
        return False
    return not less_preferred(statement) and mentions_change(statement) and is_same_category(statement, other, topics)


def _replaces_unnamed(statement: Statement, other: Statement, topics: Mapping[str, str]) -> bool:
    """Return whether the user now uses something else of the same category, without naming what they used before."""
    if (
        statement.replaces
        or not mentions_replacement(statement)
        or other.kind not in ("habit", "fact", "prefer", "require")
    ):
        return False
    alike = has_same_head_word(statement, other) or is_same_subtopic(statement, other, topics)
    return statement.polarity != "dislike" and other.polarity != "dislike" and alike


def _includes(statement: Statement, other: Statement) -> bool:
    """Return whether what is no longer wanted includes what the other liked: no coffee means no morning coffee either."""
    unwanted = statement.polarity == "dislike" and statement.kind in ("avoid", "dislike") and other.polarity == "like"
    return unwanted and statement.scope is None and within(other.subject, statement.subject)


def _retracts(statement: Statement, other: Statement) -> bool:
    """Return whether a retraction ends `other`: the same thing, a kind of it, or one named more fully.

    An example of the last is "golf" for "playing golf at dawn"; "my budget" is the amount that was named.
    """
    if _ALLERGIES.fullmatch(statement.subject):
        return other.kind == "avoid" and bool(OF_BODY.search(other.text))
    asks = FORGET.match(statement.text) or FORGET_ZH.match(statement.text)
    if statement.kind == "goal" and not asks:
        return other.kind == "goal" and is_same_goal(statement.subject, other.subject)
    if statement.kind == "prefer" and not asks and other.kind not in ("prefer", "goal", "require"):
        return False  # a plan was taken back, and what is liked is liked
    if asks and _OF_VALUE.fullmatch(statement.subject):
        return is_value_of(other, statement.subject)
    return within(other.subject, statement.subject) or is_same_subject(other.subject, statement.subject)


#: What a person has one value of at a time: "my budget" means the amount, not budget airlines.
_OF_VALUE = lazy(
    r"budget|age|name|address|home|job|employer|diet|favou?rite\s.+|预算|年龄|名字|住址|工作|最喜欢的.+", re.IGNORECASE
)
#: "My allergies" means everything that is called an allergy.
_ALLERGIES = lazy(r"(?:all\s+)?(?:my\s+)?(?:food\s+)?(?:allerg(?:y|ies)|intolerances?)|(?:所有)?过敏", re.IGNORECASE)
OF_BODY = lazy(r"allerg|intoleran|过敏|不耐", re.IGNORECASE)
_DIETS = {
    "vegan": frozenset({"meat", "fish", "egg", "cheese", "milk", "dairy", "vegan"}),
    "vegetarian": frozenset({"meat", "fish", "vegetarian"}),
    "pescatarian": frozenset({"meat", "pescatarian"}),
}
_AGAIN = lazy(r"\bagain\b|又", re.IGNORECASE)


def _breaks_diet(statement: Statement, other: Statement) -> bool:
    """Return whether the statement contradicts a diet: a user who eats meat again is no longer a vegetarian."""
    if other.slot != "diet" or statement.kind not in ("like", "habit", "prefer", "fact"):
        return False
    eaten = terms(statement.subject)
    again = bool(_AGAIN.search(statement.text))
    return again and any(diet in terms(other.subject) and eaten & foods for diet, foods in _DIETS.items())
