"""Finds the item that the user means: by its place in a list, by its title, or by "it" where only one was shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from penchant.agent.chat.answers import Shown
from penchant.agent.chat.user_words import (
    GENERIC,
    MAX_READ,
    listed,
    own_text,
    share_named,
    words_of,
)
from penchant.characters import has_han, simplified

_NUMBERS = listed("references", "numbers")
_ORDINALS = {
    word: place for name in ("ordinals", "ordinals_short") for place, word in enumerate(listed("references", name))
} | {"last": -1}
DIGITS_ZH = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PLACE_ZH = re.compile(
    r"第\s?(\d{1,3}|十?[一二两三四五六七八九十])(?![天次年月周季集章回遍\d])|最后(?:那|这)?一?[个部本首款件条篇项张]|(?:倒数第一)"
)
_ONLY_A_PLACE_ZH = re.compile(
    r"[它他她]们?|(?:这|那)?(?:第\s?(?:\d{1,3}|十?[一二两三四五六七八九十])|最后一?|倒数第一|一|这|那)[个部本首款件条篇项张]?"
    r"(?:商品|电影|书|推荐)?"
)
#: Asks to see what is only pointed to, and nothing else: "show me the second one", 「看看第二个」.
_ASKS_TO_SEE = re.compile(
    r"^\W*(?:(?:please|and|but|so|then|now|ok(?:ay)?|yes|(?:can|could|would|will)\s+you|(?:can|could|may)\s+(?:i|we)|let\s+(?:me|us)"
    r"|(?:i|we)(?:['’]d|\s+would)\s+like\s+to|(?:i|we)\s+want\s+to)[\s,]+)*+"
    r"(?:(?:show|tell)\s+(?:me|us)\s+(?:(?:some\s+)?(?:more|something)\s+)?(?:about\s+)?|(?:see|view|open|display|show|describe)\s+"
    r"|(?:have\s+a\s+|take\s+a\s+)?(?:closer\s+)?look\s+at\s+|(?:what|how)\s+about\s+"
    r"|(?:give\s+me\s+)?(?:(?:some\s+)?more|(?:the\s+|some\s+)?details?)\s+(?:about|on|of|for)\s+)?"
    r"(?P<thing>[^,;.?!]{2,40}?)(?:[\s,]+(?:again|please|then|now|in\s+(?:more\s+)?detail|more\s+closely|closer))*+\W*$",
    re.IGNORECASE,
)
_ASKS_TO_SEE_ZH = re.compile(
    r"^\W*(?:(?:请|麻烦|帮我|给我|让我|我想|我要|那|再|你|能不能|能|可以|不妨|详细|具体)*+"
    r"(?:看一看|看看|看一?下|看|打开|点开|展示|显示|查看|介绍|说说|讲讲|说|了解)(?:一?下)?|(?:那么?)?)"
    r"(?P<thing>\S{1,10}?)(?:的?(?:详情|详细信息|介绍|信息))?(?:怎么样|如何|吧|呢|啊|谢谢)*+\W*$"
)
_ONE_THING = frozenset(("it", "this", "that", "这", "那", "它", "这个", "那个"))
_OF_LISTS = re.compile(r"\b(?:list|page|results?|recommendations|suggestions)\b|列表|清单|推荐$", re.IGNORECASE)
_LISTS_OF = r"\s+(?:list|page|batch|set|recommendations|suggestions|results)\b"
_FIRST_LIST = re.compile(
    rf"\b(?:first|original){_LISTS_OF}|(?:第一|最初的?)(?:个|张|份|次的?)?(?:列表|页|批|清单)", re.IGNORECASE
)
_LIST_BEFORE = re.compile(
    rf"\b(?:previous|earlier|other|old){_LISTS_OF}|(?:上|前)一?(?:个|张|份|次的?)?(?:列表|页|批|清单)", re.IGNORECASE
)
_OTHER_LISTS = re.compile(f"{_FIRST_LIST.pattern}|{_LIST_BEFORE.pattern}", re.IGNORECASE)
MAX_LISTS = 20
"""The most lists of a conversation that are remembered beside the latest."""
_BEFORE_A_PLACE = frozenset(listed("references", "before"))
_POINTING = frozenset(listed("references", "pointing"))
_AFTER_A_PLACE = _POINTING | GENERIC | frozenset(listed("references", "after"))
_POINTING_ZH = listed("references", "pointing_zh")
_TITLE_ENDS = re.compile(r"\s[-–—]\s|[:：(（]")
MIN_NAMED_SHARE = 0.5
"""The share of a title's words that must be in a text for the title to be meant."""


@dataclass(frozen=True)
class Items:
    """The items of a conversation.

    `latest`: the list shown last; `known`: every item shown or found, newest first; `focus`: the item mentioned last,
    which "it" means; `earlier`: the lists before the latest, oldest first; `disliked`: the ids of those that the user
    disliked.
    """

    latest: Sequence[Shown] = ()
    known: Sequence[Shown] = ()
    focus: Shown | None = None
    earlier: Sequence[Sequence[Shown]] = ()
    disliked: frozenset[str] = frozenset()

    def find(self, text: str) -> Shown | None:
        """Return the one item that `text` points to, or None.

        It is found by place in a list (the latest, unless another one is named), by title, by id, or by "it" where
        only one was shown.
        """
        text = text[:MAX_READ]
        place = place_in(_OTHER_LISTS.sub(" ", simplified(text)))
        if place is not None:
            listed = self._list_named(text)
            return listed[place] if -len(listed) <= place < len(listed) else None
        if titled := self._titled(text):
            return titled
        return self.only_candidate if is_pointing(text) else None

    @property
    def only_candidate(self) -> Shown | None:
        """The one item that can be meant where none is named, or None."""
        return self.focus or (self.latest[0] if len(self.latest) == 1 else None)

    def after_showing(self, listed: Sequence[Shown], most: int) -> "Items":
        """Return the items after an answer that showed `listed`, remembering at most `most`.

        If `listed` is one item of the latest list, that list stays the latest.
        """
        if not listed:
            return self
        known = [*listed, *(item for item in self.known if item not in listed)][:most]
        again = len(listed) == 1 and any(item.item_id == listed[0].item_id for item in self.latest)
        focus = listed[0] if len(listed) == 1 else None
        if again:
            return replace(self, known=known, focus=focus)
        earlier = [*self.earlier, self.latest][-MAX_LISTS:] if self.latest else self.earlier
        return replace(self, latest=listed, known=known, focus=focus, earlier=earlier)

    def showing_again(self, listed: Sequence[Shown]) -> "Items":
        """Return the items after an answer that showed what is left of the latest list, which takes its place."""
        return replace(self, latest=listed, focus=listed[0] if len(listed) == 1 else None)

    def after_judging(self, disliked: Mapping[str, bool]) -> "Items":
        """Return the items after judgements: whether each item, by its id, was disliked. "It" is the only one that was liked, then."""
        if not disliked:
            return self
        now = {item_id for item_id, is_so in disliked.items() if is_so}
        liked = [item for item in self.known if item.item_id in disliked and item.item_id not in now]
        focus = liked[0] if len(liked) == len(disliked) == 1 else None
        return replace(self, disliked=(self.disliked - set(disliked)) | now, focus=focus)

    def item_asked_about(self, text: str) -> Shown | None:
        """Return the item that a question is about: the one that is meant, else the first of the latest list, or None."""
        text = text[:MAX_READ]
        place, lowered = place_in(own_text(text)), text.casefold()
        if place is None:
            named = [item for item in self.known if item.title.casefold() in lowered or item.item_id in text.split()]
            if named:
                return max(named, key=lambda item: len(item.title))
        return self.find(text) or (self.latest[0] if self.latest and place is None else None)

    def _list_named(self, text: str) -> Sequence[Shown]:
        """Return the list that a text refers to ("the first list", "the previous page", 「上一页」), by default the latest."""
        text = simplified(text)
        if _FIRST_LIST.search(text):
            return self.earlier[0] if self.earlier else self.latest
        if _LIST_BEFORE.search(text):
            return self.earlier[-1] if self.earlier else ()
        return self.latest

    def _titled(self, text: str) -> Shown | None:
        words = text.split()
        found: dict[str, tuple[float, Shown]] = {}
        for item in self.known:
            share = 1.0 if item.item_id in words else _share_of_title(text, item.title)
            if share >= MIN_NAMED_SHARE:
                found[item.item_id] = share, item
        best = max((share for share, _ in found.values()), default=0.0)
        candidates = [item for share, item in found.values() if share == best]
        return candidates[0] if len(candidates) == 1 else None


def place_in(text: str) -> int | None:
    """Return the place in a list that a text names: from 0, or from the end if negative; None where it names none.

    Examples: "the second one", "number 3", "#3", 「第二个」.
    """
    text = simplified(text[:MAX_READ])
    if found := _PLACE_ZH.search(text):
        number = found[1]
        if number is None:
            return -1
        return int(number) - 1 if number.isdecimal() else _number_zh(number) - 1
    words = words_of(text)
    for at, word in enumerate(words):
        before, after = words[at - 1 : at], words[at + 1 : at + 2]
        if (
            word in _ORDINALS
            and (set(before) & _BEFORE_A_PLACE or set(after) & _POINTING)
            and set(after) <= _AFTER_A_PLACE
        ):
            return _ORDINALS[word]
        if before in (["number"], ["no"], ["item"], ["option"]) and (word.isdecimal() or word in _NUMBERS):
            return (int(word) if word.isdecimal() else _NUMBERS.index(word) + 1) - 1
        if word.startswith("#") and word[1:].isdecimal():
            return int(word[1:]) - 1
    return None


def is_pointing(text: str) -> bool:
    """Return whether a text points at something without naming it."""
    return any(mark in simplified(text) for mark in _POINTING_ZH) or bool(set(words_of(text)) & _POINTING)


def asks_to_see(message: str) -> bool:
    """Return whether a message only asks to see one item that it points to: "show me the second one", 「看看第二个」.

    `message` has single spaces only.
    """
    plain = simplified(message[:MAX_READ])
    found = (_ASKS_TO_SEE_ZH if has_han(plain) else _ASKS_TO_SEE).match(plain)
    if found is None or _OF_LISTS.search(found["thing"]):
        return False
    is_one = place_in(found["thing"]) is not None or found["thing"].casefold() in _ONE_THING
    asks = found.start("thing") > 0 or place_in(found["thing"]) is not None
    return is_one and asks and is_only_a_reference(found["thing"])


def is_only_a_reference(label: str) -> bool:
    """Return whether a label only points at an item of a list: "second one", "the last two", 「第二个」."""
    if has_han(label):
        return _ONLY_A_PLACE_ZH.fullmatch(simplified(label.strip())) is not None
    words = words_of(label[:MAX_READ])
    pointing = GENERIC | _POINTING | _BEFORE_A_PLACE | set(_ORDINALS) | set(_NUMBERS)
    telling = set(words) & (set(_ORDINALS) | _POINTING | {"number", "option", "item"}) or {
        word for word in words if word.startswith("#")
    }
    return bool(telling) and all(word in pointing or word.lstrip("#").isdecimal() for word in words)


def _share_of_title(text: str, title: str) -> float:
    """Return which share of the beginning of a title is in the text.

    A title of one word counts only where it is written as a title.
    """
    head = _TITLE_ENDS.split(title, maxsplit=1)[0].strip() or title
    telling = [word for word in words_of(head) if word not in GENERIC]
    if has_han(head) or len(telling) > 1:
        return share_named(text, head)
    place = text.find(head)
    return 1.0 if (place > 0 and head[:1].isupper()) or f"《{head}》" in text else 0.0


def _number_zh(numeral: str) -> int:
    return 10 + DIGITS_ZH[numeral[1]] if len(numeral) == 2 else DIGITS_ZH[numeral]
