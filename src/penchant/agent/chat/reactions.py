"""What the user says they made of an item: liked, disliked, a rating, or that they opened it."""

import re
from dataclasses import dataclass

from penchant.agent.chat.references import Items
from penchant.agent.chat.trace import Shown
from penchant.agent.chat.user_words import NEAR, Clause, clauses, is_chinese, listed

_VERBS = {outcome: frozenset(listed("reactions", outcome)) for outcome in ("liked", "disliked")}
"""Verbs of judgement: they count with the user as their subject."""
_ADJECTIVES = {outcome: frozenset(listed("reactions", f"{outcome}_it_is")) for outcome in ("liked", "disliked")}
_SAID_OF_IT = frozenset(listed("reactions", "said_of_it"))
_OPENED = frozenset(listed("reactions", "opened"))
_WISHES = frozenset(listed("reactions", "wishes"))
_SUBJECTS = frozenset(listed("reactions", "subjects"))
_ZH = {outcome: listed("reactions", f"{outcome}_zh") for outcome in ("disliked", "liked")}
_OPENED_ZH = listed("reactions", "opened_zh")
_WISHES_ZH = listed("reactions", "wishes_zh")
_NUMBER_WORDS = {word: number for number, word in enumerate(listed("references", "numbers"), start=1)}
_STARS = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s?(?:stars?\b|/\s?\d{1,3}\b|out\sof\b|points?\b|星|分|颗星)")
_ZH_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_STARS_ZH = re.compile(r"([一二两三四五六七八九十])(?:颗星|星|分)")


@dataclass(frozen=True)
class Reaction:
    """A judgement in the user's own words. `outcome`: liked, disliked, clicked or rated:N; `item`: what it is about, where clear."""

    outcome: str
    item: Shown | None


def reactions(message: str, items: Items) -> list[Reaction]:
    """Every judgement of an item in the message, in order. One whose clause names no item is about the only one the message names."""
    found = [(outcome_in(clause), items.meant(clause.raw)) for clause in clauses(message)]
    named = {item.item_id: item for _, item in found if item is not None}
    only = next(iter(named.values())) if len(named) == 1 else None
    alone = None if named else items.only
    return [Reaction(outcome, item or only or alone) for outcome, item in found if outcome is not None]


def outcome_in(clause: Clause) -> str | None:
    """What a clause says the user made of something; None where it asks, wishes, or judges nothing."""
    if clause.asks:
        return None
    rating = _rating(clause)
    if rating is not None:
        return f"rated:{rating:g}"
    return _outcome_zh(clause.text) if is_chinese(clause.text) else _outcome_en(clause)


def _rating(clause: Clause) -> float | None:
    if found := _STARS.search(clause.text):
        return float(found[1])
    if found := _STARS_ZH.search(clause.text):
        return float(_ZH_NUMBERS[found[1]])
    words = clause.words
    for at, word in enumerate(words):
        starred = words[at + 1 : at + 2] in (["stars"], ["star"]) or words[at + 1 : at + 3] == ["out", "of"]
        rated = bool({"rate", "rated"} & set(words[:at])) and words[at - 1 : at] != ["number"]
        if (starred or rated) and (word.isdigit() or word in _NUMBER_WORDS):
            return float(word) if word.isdigit() else float(_NUMBER_WORDS[word])
    return None


def _outcome_en(clause: Clause) -> str | None:
    words = clause.words
    for at, word in enumerate(words):
        before = words[max(0, at - NEAR) : at]
        if set(before) & _WISHES:
            continue
        for outcome, verbs in _VERBS.items():
            if word in verbs and set(words[:at][-NEAR:]) <= _SUBJECTS:
                return _turned(outcome) if clause.negated(at) else outcome
        for outcome, adjectives in _ADJECTIVES.items():
            if word in adjectives and _is_judgement(words, at):
                return _turned(outcome) if clause.negated(at) else outcome
        if word in _OPENED and set(before) <= _SUBJECTS:
            return "clicked"
    return "disliked" if _not_for_me(words) else None


def _is_judgement(words: list[str], at: int) -> bool:
    """Whether an adjective is said of something ("the second is great"), and not part of a wish ("something good")."""
    return at == 0 or bool(set(words[:at]) & _SAID_OF_IT)


def _not_for_me(words: list[str]) -> bool:
    return any(words[at : at + 3] == ["not", "for", "me"] for at in range(len(words) - 2))


def _turned(outcome: str) -> str:
    return "disliked" if outcome == "liked" else "liked"


def _outcome_zh(text: str) -> str | None:
    if any(wish in text for wish in _WISHES_ZH):
        return None
    if any(mark in text for mark in _OPENED_ZH):
        return "clicked"
    return next((outcome for outcome, marks in _ZH.items() if any(mark in text for mark in marks)), None)
