"""Which item the user means: by its place in the last list, by its title, or by "it" where one was shown; and how they judge it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from penchant.agent.chat.trace import Shown
from penchant.agent.chat.user_words import (
    GENERIC,
    MAX_READ,
    NEAR,
    Clause,
    clauses,
    listed,
    own_text,
    share_named,
    words_of,
)
from penchant.characters import has_han

_NUMBERS = listed("references", "numbers")
_ORDINALS = {
    word: place for name in ("ordinals", "ordinals_short") for place, word in enumerate(listed("references", name))
} | {"last": -1}
_DIGITS_ZH = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PLACE_ZH = re.compile(
    r"第\s?(\d{1,3}|十?[一二两三四五六七八九十])|最后(?:那|这)?一?[个部本首款件条篇项张]|(?:倒数第一)"
)
_ONLY_A_PLACE_ZH = re.compile(
    r"(?:这|那)?(?:第\s?(?:\d{1,3}|十?[一二两三四五六七八九十])|最后一?|倒数第一|这|那)[个部本首款件条篇项张]?"
    r"(?:商品|电影|书|推荐)?"
)
_BEFORE_A_PLACE = frozenset(listed("references", "before"))
_POINTING = frozenset(listed("references", "pointing"))
_AFTER_A_PLACE = _POINTING | GENERIC | frozenset(listed("references", "after"))
_POINTING_ZH = listed("references", "pointing_zh")
_TITLE_ENDS = re.compile(r"\s[-–—]\s|[:：(（]")
ENOUGH = 0.5
"""Share of a title's words that must be said for the title to be meant."""


@dataclass(frozen=True)
class Items:
    """Items of a conversation. `latest`: the list that was shown last; `known`: every item shown or found, newest first; `focus`: the one
    that was spoken of last, which "it" means."""

    latest: Sequence[Shown] = ()
    known: Sequence[Shown] = ()
    focus: Shown | None = None

    def meant(self, text: str) -> Shown | None:
        """The one item that `text` points to: by place in the latest list, by title, by id, or by "it" where only one was shown."""
        text = text[:MAX_READ]
        place = place_in(text)
        if place is not None:
            return self.latest[place] if -len(self.latest) <= place < len(self.latest) else None
        if titled := self._titled(text):
            return titled
        return self.only if points(text) else None

    @property
    def only(self) -> Shown | None:
        """The one item that can be meant where none is named."""
        return self.focus or (self.latest[0] if len(self.latest) == 1 else None)

    def shown_next(self, listed: Sequence[Shown], most: int) -> "Items":
        """The items after an answer that showed `listed`; at most `most` are remembered. An item of the latest list leaves it standing."""
        if not listed:
            return self
        known = [*listed, *(item for item in self.known if item not in listed)][:most]
        again = len(listed) == 1 and any(item.item_id == listed[0].item_id for item in self.latest)
        return Items(self.latest if again else listed, known, listed[0] if len(listed) == 1 else None)

    def asked_about(self, text: str) -> Shown | None:
        """The item a question is about: the one that is meant, else the first of the latest list."""
        text = text[:MAX_READ]
        place, lowered = place_in(own_text(text)), text.casefold()
        if place is None:
            named = [item for item in self.known if item.title.casefold() in lowered or item.item_id in text.split()]
            if named:
                return max(named, key=lambda item: len(item.title))
        return self.meant(text) or (self.latest[0] if self.latest and place is None else None)

    def _titled(self, text: str) -> Shown | None:
        words = text.split()
        found: dict[str, tuple[float, Shown]] = {}
        for item in self.known:
            share = 1.0 if item.item_id in words else _share_of_title(text, item.title)
            if share >= ENOUGH:
                found[item.item_id] = share, item
        best = max((share for share, _ in found.values()), default=0.0)
        candidates = [item for share, item in found.values() if share == best]
        return candidates[0] if len(candidates) == 1 else None


def place_in(text: str) -> int | None:
    """The place in a list that a text names, from 0, or from the end below 0: "the second one", "number 3", "#3", 「第二个」."""
    text = text[:MAX_READ]
    if found := _PLACE_ZH.search(text):
        number = found[1]
        if number is None:
            return -1
        return int(number) - 1 if number.isdigit() else _number_zh(number) - 1
    words = words_of(text)
    for at, word in enumerate(words):
        before, after = words[at - 1 : at], words[at + 1 : at + 2]
        if (
            word in _ORDINALS
            and (set(before) & _BEFORE_A_PLACE or set(after) & _POINTING)
            and set(after) <= _AFTER_A_PLACE
        ):
            return _ORDINALS[word]
        if before in (["number"], ["no"], ["item"], ["option"]) and (word.isdigit() or word in _NUMBERS):
            return (int(word) if word.isdigit() else _NUMBERS.index(word) + 1) - 1
        if word.startswith("#") and word[1:].isdigit():
            return int(word[1:]) - 1
    return None


def points(text: str) -> bool:
    """Whether a text points at something without naming it."""
    return any(mark in text for mark in _POINTING_ZH) or bool(set(words_of(text)) & _POINTING)


def is_only_a_reference(label: str) -> bool:
    """Whether a label points at an item of a list and names nothing: "second one", "the last two", 「第二个」."""
    if has_han(label):
        return _ONLY_A_PLACE_ZH.fullmatch(label.strip()) is not None
    words = words_of(label[:MAX_READ])
    pointing = GENERIC | _POINTING | _BEFORE_A_PLACE | set(_ORDINALS) | set(_NUMBERS)
    telling = set(words) & (set(_ORDINALS) | _POINTING | {"number", "option"})
    return bool(telling) and all(word in pointing or word.lstrip("#").isdigit() for word in words)


def _share_of_title(text: str, title: str) -> float:
    """How much of a title's beginning is said. A title of one word counts only where it is written as a title."""
    head = _TITLE_ENDS.split(title, maxsplit=1)[0].strip() or title
    telling = [word for word in words_of(head) if word not in GENERIC]
    if has_han(head) or len(telling) > 1:
        return share_named(text, head)
    place = text.find(head)
    return 1.0 if (place > 0 and head[:1].isupper()) or f"《{head}》" in text else 0.0


def _number_zh(numeral: str) -> int:
    return 10 + _DIGITS_ZH[numeral[1]] if len(numeral) == 2 else _DIGITS_ZH[numeral]


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
    return _outcome_zh(clause.text) if has_han(clause.text) else _outcome_en(clause)


def _rating(clause: Clause) -> float | None:
    if found := _STARS.search(clause.text):
        return float(found[1])
    if found := _STARS_ZH.search(clause.text):
        return float(_ZH_NUMBERS[found[1]])
    words, is_rated = clause.words, False
    for at, word in enumerate(words):
        if word.isdigit() or word in _NUMBER_WORDS:
            starred = words[at + 1 : at + 2] in (["stars"], ["star"]) or words[at + 1 : at + 3] == ["out", "of"]
            if starred or (is_rated and words[at - 1 : at] != ["number"]):
                return float(word) if word.isdigit() else float(_NUMBER_WORDS[word])
        is_rated = is_rated or word in ("rate", "rated")
    return None


def _outcome_en(clause: Clause) -> str | None:
    words = clause.words
    for at, word in enumerate(words):
        before = words[max(0, at - NEAR) : at]
        if not _WISHES.isdisjoint(before):
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
