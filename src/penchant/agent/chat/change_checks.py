"""Checks that the user asked for a change in their own words: neither a model nor a text it has read can order one.

Models can be made to call tools by what they read. Every call that changes something must therefore be backed by what
the user said: their own words must name this thing and this action in one clause, neither denied nor as a question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from penchant.agent.chat.reactions import reactions
from penchant.agent.chat.references import Items, is_only_a_reference
from penchant.agent.chat.user_words import (
    NEAR,
    Clause,
    clauses,
    listed,
    own_text,
    share_named,
    stem,
    words_of,
)
from penchant.agent.statements.corrections import CORRECTS
from penchant.agent.statements.detection import Detection, StatementDetector
from penchant.agent.statements.household import whom
from penchant.characters import has_han
from penchant.store.statement import Polarity, StatementKind

LASTING = frozenset({"like", "dislike", "avoid", "prefer"})
"""The kinds of statements that are a taste."""
MIN_CONFIDENCE = 0.8
"""The least confidence at which a fact, a habit or a goal is stored."""
MIN_NAMED_SHARE = 0.5
"""The share of an interest's words that must be in the message for the interest to be named."""
NO_ITEMS = Items()
_ACTIONS = ("pin", "unpin", "mute", "unmute", "rename", "remove")
_EDIT_VERBS = {action: listed("edits", action) for action in _ACTIONS}
"""Words that ask for each action."""
_DENIED_SHOWING = frozenset(listed("edits", "shown"))
"""With "not" before them, these words ask for less of something, which is muting it."""
_EDIT_VERBS_ZH = {action: listed("edits", f"{action}_zh") for action in _ACTIONS}
_LISTS, _LISTS_ZH = frozenset(listed("edits", "lists")), listed("edits", "lists_zh")
"""Words for lists from which something can be removed while it is still liked."""
_PROFILE = frozenset(("interests", "profile", "tastes"))
_TAKEN_BACK_ZH = listed("edits", "taken_back_zh")
_FORGET_VERBS = frozenset(listed("forgetting", "verbs"))
_DATA = frozenset(listed("forgetting", "data"))
_WHOLE = frozenset(listed("forgetting", "whole"))
_FILLER = frozenset(listed("forgetting", "filler"))
_AFTER_FORGET = frozenset(listed("forgetting", "after"))
_SYSTEMS = frozenset(listed("forgetting", "systems"))
_FORGET_VERBS_ZH = listed("forgetting", "verbs_zh")
_DATA_ZH = listed("forgetting", "data_zh")
_ALL_ZH = listed("forgetting", "whole_zh")
_AROUND_ZH = frozenset(("", *listed("forgetting", "around_zh")))
_YES = frozenset(listed("agreeing", "words"))
_YES_ZH = frozenset(listed("agreeing", "words_zh"))
_AGAIN = re.compile(r"\bagain\b|又|重新", re.IGNORECASE)
"""Something that is done again may end a diet."""
_POLARITIES: tuple[Polarity, ...] = ("dislike", "like")
_TASTES: dict[str, Polarity] = {stem(word): polarity for polarity in _POLARITIES for word in listed("tastes", polarity)}
_TASTES_ZH: dict[Polarity, tuple[str, ...]] = {polarity: listed("tastes", f"{polarity}_zh") for polarity in _POLARITIES}
_FIRST_PERSON = frozenset(listed("tastes", "first_person"))
_WISHES = frozenset(listed("tastes", "wishes"))
_WISHES_ZH = listed("tastes", "wishes_zh")


@dataclass(frozen=True)
class Stance:
    """What the user states about `label`, in their own sentence `text`. `polarity` None: neither liked nor disliked.

    `is_taste`: the statement is the purpose of the message, as a like, a dislike or a need of the household is, and
    not a diet mentioned beside a wish. `whom`: the member of the household it is for ("for my son"). `retracts`: it
    only ends an earlier statement. `corrects`: it may correct an earlier statement, or the assistant; `of_last`: it
    does not name what it corrects, so that this can only be what was said directly before.
    """

    label: str
    polarity: Polarity | None
    text: str
    is_taste: bool = True
    kind: StatementKind = "like"
    strict: bool = False
    whom: str | None = None
    retracts: bool = False
    corrects: bool = False
    of_last: bool = False


def asks_to_be_forgotten(message: str) -> bool:
    """Return whether the user asks, in their own words and not in a quotation, to delete what is known about them."""
    return any(_forgets_zh(clause) if has_han(clause.text) else _forgets_en(clause) for clause in clauses(message))


def reason_to_refuse(
    name: str, arguments: Mapping[str, Any], message: str, before: str = "", items: Items = NO_ITEMS
) -> str | None:
    """Return why a call that changes something is not what the user asked for, or None when it is.

    `before`: the previous message and answer; the questions in it count when `message` is only a "yes". `items`:
    those of the conversation, for expressions such as "the second one".
    """
    agreed = _agrees(message)
    found = _questions(before) if agreed else clauses(message)
    match name:
        case "forget_user":
            forgets = asks_to_be_forgotten(message)
            return None if forgets else "the user did not ask, in their own words, to be forgotten"
        case "edit_interest" if arguments.get("action") == "state":
            if not agreed and not tastes(before) and any(stance.of_last for stance in tastes(message)):
                return "it corrects something, and the message before states nothing"
            return _reason_against_statement(arguments, message if not agreed else before, found, items)
        case "edit_interest":
            return _reason_against_edit(arguments, found)
        case "give_feedback":
            return _reason_against_feedback(arguments, message, items)
    quoted = [value for value in _texts(arguments) if share_named(own_text(message), value) >= MIN_NAMED_SHARE]
    return None if quoted else "nothing of it is in the user's own words"


def tastes(message: str, items: Items = NO_ITEMS) -> list[Stance]:
    """Return what the message states as a lasting taste.

    What it says about an item of the conversation is feedback on the item, not a taste.
    """
    judged = [reaction.item for reaction in reactions(message, items) if reaction.item is not None]
    return [
        stance
        for stance in _stances(message)
        if not is_only_a_reference(stance.label)
        and not any(share_named(item.title, stance.label) == 1.0 and items.find(stance.text) == item for item in judged)
    ]


def _stances(message: str) -> list[Stance]:
    return [
        Stance(
            statement.subject[:1].upper() + statement.subject[1:],
            statement.polarity,
            statement.text,
            statement.kind in LASTING or statement.retracts or bool(whom(statement.scope)),
            statement.kind,
            statement.strict,
            whom(statement.scope),
            statement.retracts,
            statement.slot == CORRECTS,
            statement.slot == CORRECTS and not statement.replaces,
        )
        for statement in StatementDetector().detect(message)
        if statement.subject and _is_stored(statement)
    ]


def _is_stored(statement: Detection) -> bool:
    """Return whether a conversation stores the statement.

    Stored are tastes and needs, whatever may end one, and everything else that is certainly meant to last.
    """
    if statement.retracts or statement.slot == "diet" or statement.confidence >= MIN_CONFIDENCE:
        return True
    if statement.kind == "habit":
        return bool(_AGAIN.search(statement.text))
    return statement.kind in {*LASTING, "require", "fact"} and statement.polarity is not None


def mentions(text: str, name: str) -> bool:
    """Return whether some of `name` is in the user's own words in `text`."""
    return share_named(own_text(text), name) > 0


def _reason_against_edit(arguments: Mapping[str, Any], found: Sequence[Clause]) -> str | None:
    action, interest = str(arguments.get("action", "")), _last_part(str(arguments.get("interest", "")))
    naming = [clause for clause in found if share_named(clause.text, interest) >= MIN_NAMED_SHARE]
    if not naming:
        return f"the user did not mention {interest!r}: ask them first, or name it in their words"
    if not any(_asks_for(action, clause, interest) for clause in naming):
        return f"the user did not ask to {action} {interest!r}"
    label = str(arguments.get("text") or "")
    if action == "rename" and not any(share_named(clause.text, label) == 1.0 for clause in found):
        return f"the user did not say that {interest!r} should be called {label!r}"
    return None


def _asks_for(action: str, clause: Clause, interest: str) -> bool:
    """Return whether the clause asks for this action, by a word that is not part of the interest's own name."""
    if clause.asks or (action == "remove" and _is_about_a_list(clause)):
        return False
    if has_han(clause.text):
        return _asks_for_zh(action, clause.text)
    own = {stem(word) for word in words_of(interest)}
    words = clause.words
    for at, word in enumerate(words):
        if action == "mute" and word in _DENIED_SHOWING and clause.negated(at):
            return True
        if word in _EDIT_VERBS.get(action, ()) and stem(word) not in own and not clause.negated(at):
            return True
    return False


def _is_about_a_list(clause: Clause) -> bool:
    """Return whether the clause is about a list ("remove the horror books from this page"), not about an interest."""
    if has_han(clause.text):
        return any(mark in clause.text for mark in _LISTS_ZH)
    words = clause.words
    places = [at for at, word in enumerate(words) if word in ("from", "off", "in", "on")]
    return not _PROFILE & set(words) and any(_LISTS & set(words[at + 1 : at + NEAR]) for at in places)


def _asks_for_zh(action: str, text: str) -> bool:
    for mark in _EDIT_VERBS_ZH.get(action, ()):
        place = text.find(mark)
        if place >= 0 and not text[:place].endswith(_TAKEN_BACK_ZH):
            return True
    return False


def _reason_against_statement(
    arguments: Mapping[str, Any], message: str, found: Sequence[Clause], items: Items
) -> str | None:
    interest = str(arguments.get("interest", ""))
    words = str(arguments.get("text") or "like")
    stated = tastes(message, items)
    if any(stance.text == words and stance.label.casefold() == interest.casefold() for stance in stated):
        return None
    polarity: Polarity = "dislike" if words == "dislike" else "like"
    if is_only_a_reference(interest):
        return f"{interest!r} is an item of the list and no taste: report it with give_feedback and the item's item_id"
    if not any(share_named(clause.text, interest) >= MIN_NAMED_SHARE for clause in found):
        return f"the user did not mention {interest!r}: ask them first, or name it in their words"
    read = [
        stance
        for stance in stated
        if not stance.retracts
        and (
            share_named(stance.label, interest) >= MIN_NAMED_SHARE
            or share_named(interest, stance.label) >= MIN_NAMED_SHARE
        )
    ]
    if any(stance.polarity == polarity for stance in read):
        return None
    if not read and any(
        share_named(clause.text, interest) >= MIN_NAMED_SHARE and _taste(clause) == polarity for clause in found
    ):
        return None
    return f"the user did not say that they {polarity} {interest!r}, not as a lasting taste"


def _taste(clause: Clause) -> Polarity | None:
    """Return the polarity that a clause in the first person states; None where it asks, wishes, or states none."""
    if clause.asks:
        return None
    if has_han(clause.text):
        if "我" not in clause.text or any(wish in clause.text for wish in _WISHES_ZH):
            return None
        return next(
            (polarity for polarity, marks in _TASTES_ZH.items() if any(mark in clause.text for mark in marks)), None
        )
    words = clause.words
    if not _FIRST_PERSON & set(words) or _WISHES & set(words):
        return None
    for at, word in enumerate(words):
        polarity = _TASTES.get(stem(word))
        if polarity is not None:
            return "dislike" if polarity == "like" and clause.negated(at) else polarity
    return None


def _reason_against_feedback(arguments: Mapping[str, Any], message: str, items: Items) -> str | None:
    item_id, outcome = str(arguments.get("item_id", "")), str(arguments.get("outcome", "")).replace(" ", "")
    judged = reactions(message, items)
    if not judged:
        return "the user has not said how they took an item"
    about = [reaction for reaction in judged if reaction.item is not None and reaction.item.item_id == item_id]
    if not about:
        meant = ", ".join(repr(reaction.item.item_id) for reaction in judged if reaction.item is not None)
        return (
            f"what the user said is about {meant}, not {item_id!r}"
            if meant
            else "it is not clear which item the user means: ask them"
        )
    if not any(_same_outcome(reaction.outcome, outcome) for reaction in about):
        return f"the user said {about[0].outcome!r} of it, not {outcome!r}"
    return None


def _same_outcome(stated: str, given: str) -> bool:
    if stated.startswith("rated:") and given.startswith("rated:"):
        try:
            return float(stated[6:]) == float(given[6:])
        except ValueError:
            return False
    return stated == given


def _forgets_en(clause: Clause) -> bool:
    words = clause.words
    for at, word in enumerate(words):
        if word not in _FORGET_VERBS or clause.asks or clause.negated(at):
            continue
        place = at + 1
        while place < len(words) and place <= at + 2 * NEAR + 1 and words[place] in _FILLER:
            place += 1
        rest = words[place:]
        if rest[:1] == ["me"] and _ends_there(rest[1:]):
            return True
        if rest[:1] == ["my"]:
            named = next((n for n, part in enumerate(rest[1:], start=1) if part not in _WHOLE), len(rest))
            if named < len(rest) and rest[named] in _DATA and _ends_there(rest[named + 1 :]):
                return True
        if {"all", "everything"} & set(words[at + 1 : place]) and rest in ([], ["it"]):
            return True
    return False


def _ends_there(rest: Sequence[str]) -> bool:
    """Return whether nothing follows that makes it something smaller: "my history", not "my history books"."""
    if not rest:
        return True
    if rest[0] in ("from", "in", "on", "at"):
        return bool(_SYSTEMS & set(rest[1:3]))
    return rest[0] in _AFTER_FORGET


def _forgets_zh(clause: Clause) -> bool:
    """Return whether the clause has a word of deleting with "me" or "my data", and names nothing smaller."""
    text = "".join(character for character in clause.text if character.isalnum())
    verb = next((mark for mark in _FORGET_VERBS_ZH if mark in text), None)
    if clause.asks or verb is None or "我" not in text:
        return False
    before, _, after = text.partition(verb)
    if before.endswith(("不要", "别", "不用", "请勿", "不", "没")):
        return False
    rest = before + after
    for mark in ("我", *_DATA_ZH, *_ALL_ZH):
        rest = rest.replace(mark, "")
    named = (
        any(mark in text for mark in _DATA_ZH)
        or "一切" in text
        or "关于我" in text
        or after.rstrip("吧了啊") in ("我", "掉我")
    )
    return named and rest in _AROUND_ZH


def _agrees(message: str) -> bool:
    words = words_of(message)
    if has_han(message):
        return message.strip(" ，,。.！!吧") in _YES_ZH
    return 0 < len(words) <= NEAR and set(words) <= _YES


def _questions(before: str) -> list[Clause]:
    """Return the clauses of the last question in the previous message and answer."""
    asked = [line for line in before.replace("？", "?").split("\n") if line.rstrip().endswith("?")]
    sentences = [line.rstrip("?").replace("!", ".").rpartition(". ")[2] for line in asked[-1:]]
    return [clause for sentence in sentences for clause in clauses(sentence, questions_ask=False)]


def _last_part(path: str) -> str:
    for mark in (" > ", " › ", "/"):
        path = path.rpartition(mark)[2]
    return path


def _texts(arguments: Any) -> list[str]:
    if isinstance(arguments, str):
        return [arguments]
    parts = arguments.values() if isinstance(arguments, Mapping) else arguments if isinstance(arguments, list) else ()
    return [text for part in parts for text in _texts(part)]
