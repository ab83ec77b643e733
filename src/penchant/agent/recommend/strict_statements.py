"""Items that a user's strict statements exclude from every list: an allergy, a diet, a faith, "never".

An item is excluded if its title, categories or tags name what it must not contain. A diet excludes many things; an item that says it
is free of them ("vegan steak", "nut-free") stays. What the words of the catalogue do not tell cannot be excluded.
"""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.interactions import ItemSpace
from penchant.agent.statements.subjects import stem, terms, within
from penchant.arrays import Ints
from penchant.characters import HAN
from penchant.store.statement import Statement

_WORDS = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?", re.IGNORECASE)
_HAN = re.compile(rf"[{HAN}]{{2,}}")
_STEM = 4
_MEAT = (
    "meat steak beef pork ham bacon sausage salami chorizo prosciutto lamb mutton veal chicken "
    "turkey duck poultry venison burger meatball jerky pepperoni brisket ribs 牛肉 牛排 猪肉 火腿 培根 香肠 羊肉 "
    "鸡肉 鸡翅 鸭 肉"
)
_FISH = (
    "fish salmon tuna cod anchovy sardine shrimp prawn crab lobster oyster mussel clam squid seafood "
    "caviar sushi 鱼 虾 蟹 海鲜 三文鱼 生蚝"
)
_DAIRY = "milk cheese butter cream yogurt yoghurt dairy whey ghee mozzarella parmesan cheddar 牛奶 奶酪 芝士 黄油 酸奶"
_NUTS = "nut peanut almond cashew hazelnut pistachio walnut pecan macadamia praline marzipan nutella 坚果 花生 杏仁 腰果 核桃 榛子 开心果"
_WHEAT = "wheat gluten bread pasta flour barley rye bagel baguette noodle cake cookie 小麦 面包 面条 麸质"
_PORK = "pork ham bacon prosciutto chorizo pepperoni lard gelatine gelatin 猪肉 火腿 培根"
_DRINK = "alcohol wine beer whisky whiskey vodka gin rum liqueur champagne prosecco cocktail brandy 酒 啤酒 红酒 白酒"
#: The words that a diet or faith excludes; the key is a term of the statement's subject.
EXCLUDED_WORDS: Mapping[str, str] = {
    "vegan": f"{_MEAT} {_FISH} {_DAIRY} egg honey leather 鸡蛋 蜂蜜",
    "vegetarian": f"{_MEAT} {_FISH}",
    "pescatarian": _MEAT,
    "halal": f"{_PORK} {_DRINK}",
    "kosher": f"{_PORK} shrimp prawn crab lobster oyster",
    "muslim": f"{_PORK} {_DRINK}",
    "gluten-free": _WHEAT,
    "dairy-free": _DAIRY,
    "nut-free": _NUTS,
    "celiac": _WHEAT,
    "coeliac": _WHEAT,
}
#: Other words for things to be excluded.
SYNONYMS: Mapping[str, str] = {
    "nut": _NUTS,
    "peanut": "peanut 花生",
    "gluten": _WHEAT,
    "wheat": _WHEAT,
    "dairy": _DAIRY,
    "lactose": _DAIRY,
    "milk": _DAIRY,
    "meat": _MEAT,
    "shellfish": "shellfish shrimp prawn crab lobster oyster mussel clam 虾 蟹 生蚝",
    "seafood": _FISH,
    "fish": _FISH,
    "pork": _PORK,
    "alcohol": _DRINK,
    "baby": "baby newborn infant toddler maternity pregnancy pregnant diaper nappy stroller crib 婴 宝宝 孕 新生儿 尿布 纸尿裤 奶瓶",
    "egg": "egg omelette 鸡蛋",
    "violent": "violence violent murder war gore horror slasher killer 暴力 杀人 战争",
    "violence": "violence violent murder war gore horror slasher killer 暴力 杀人 战争",
}
_FREE_OF = re.compile(r"\b\w+[\s-]free\b|\b(?:without|no)\s+\w+|不含\S{1,4}|无\S{1,3}", re.IGNORECASE)
_WITHOUT_ANIMALS = re.compile(
    r"\b(?:vegan|vegetarian|plant[\s-]based|meatless|imitation|faux)\b|素食|纯素|植物", re.IGNORECASE
)


class StrictStatements:
    """Finds the items that a user's current statements exclude. Thread-safe."""

    def __init__(self) -> None:
        self._index: tuple[ItemSpace, dict[str, list[int]]] | None = None
        self._lock = threading.Lock()

    def excluded(self, statements: Sequence[Statement], space: ItemSpace) -> Ints:
        """Return the positions of items that a strict statement excludes, ascending."""
        return self._rows([words for statement in statements if (words := excluded_words(statement))], space)

    def naming(self, names: Sequence[str], space: ItemSpace) -> Ints:
        """Return the positions of items that contain one of `names` or another word for it, ascending."""
        return self._rows([words for name in names if (words := words_of(name))], space)

    def disliked(self, live: LiveInterests, space: ItemSpace, asked_for: str) -> dict[int, Ints]:
        """Return, for each leaf that the user stated as a dislike and does not ask for, the positions of items that name it, ascending."""
        leaves = np.flatnonzero(np.asarray(live.stated, bool) & (live.liking < 0.5)).tolist()
        unasked = [leaf for leaf in leaves if not within(asked_for, live.labels[leaf])]
        return {leaf: rows for leaf in unasked if len(rows := self.naming([live.labels[leaf]], space))}

    def _rows(self, named: Sequence[Sequence[frozenset[str]]], space: ItemSpace) -> Ints:
        if not named or not len(space):
            return np.zeros(0, np.int64)
        index = self._words_of(space)
        found = {row for words in named for row in _naming(words, index) if not _is_exempt(words, _text(space, row))}
        return np.array(sorted(found), np.int64)

    def why(self, statements: Sequence[Statement], space: ItemSpace, position: int) -> Statement | None:
        """Return the statement that excludes the item at `position`; None if none does."""
        text = _text(space, position)
        words = _index_of([text])
        for statement in statements:
            named = excluded_words(statement)
            if named and _naming(named, words) and not _is_exempt(named, text):
                return statement
        return None

    def _words_of(self, space: ItemSpace) -> dict[str, list[int]]:
        with self._lock:
            if self._index is None or self._index[0] is not space:
                self._index = (space, _index_of([_text(space, at) for at in range(len(space))]))
            return self._index[1]


def excluded_words(statement: Statement) -> list[frozenset[str]]:
    """Return what a statement excludes: sets of words that must all occur in the item. Empty if the statement excludes nothing."""
    if not statement.strict:
        return []
    subject = terms(statement.subject)
    if statement.polarity == "dislike":
        return words_of(statement.subject)
    named = {key for key in EXCLUDED_WORDS if key in subject or key in statement.subject.casefold()}
    return [frozenset({_form(word)}) for key in sorted(named) for word in EXCLUDED_WORDS[key].split()]


def words_of(name: str) -> list[frozenset[str]]:
    """Return the words for a thing to be excluded: sets of words that must all occur in the item."""
    subject = terms(name)
    wider = [frozenset({_form(word)}) for known in subject for word in SYNONYMS.get(known, "").split()]
    own = frozenset(_form(word) for word in subject - _GENERAL)
    return [*wider, own] if own and len(own) <= 3 else wider


def mentions(name: str, space: ItemSpace, position: int) -> bool:
    """Return whether the words of the item at `position` name a thing or another word for it."""
    written = _forms_of(_text(space, position))
    return any(words <= written for words in _words_of(name))


@lru_cache(1024)
def _words_of(name: str) -> tuple[frozenset[str], ...]:
    return tuple(words_of(name))


@lru_cache(1024)
def _forms_of(text: str) -> frozenset[str]:
    return frozenset(_forms(text))


_GENERAL = frozenset(("allergy", "intolerance", "content", "product", "brand", "item", "allergies", "sensitivity"))


def _naming(words: Sequence[frozenset[str]], index: Mapping[str, Sequence[int]]) -> set[int]:
    found: set[int] = set()
    for together in words:
        rows = [set(index.get(word, ())) for word in together]
        found |= set.intersection(*rows) if rows else set()
    return found


def _index_of(texts: Sequence[str]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for position, text in enumerate(texts):
        for word in set(_forms(text)):
            index.setdefault(word, []).append(position)
    return index


def _forms(text: str) -> Iterator[str]:
    yield from (_form(word) for word in _WORDS.findall(text))
    for run in _HAN.findall(text):
        for size in (1, 2, 3):
            yield from (run[at : at + size] for at in range(len(run) - size + 1))


def _form(word: str) -> str:
    """Return the form for comparison: singular, and of a long word only the beginning, so that "violence" matches "violent"."""
    word = stem(word)
    return word if not word.isascii() or len(word) <= 6 else word[: max(_STEM, len(word) - 3)]


def _text(space: ItemSpace, position: int) -> str:
    """Return title, category labels and tags, without phrases that say what the item does not contain."""
    parts = [space.titles[position]] if space.titles else []
    return _FREE_OF.sub(" ", " · ".join([*parts, *space.table.labels(position)]))


def _is_exempt(words: Sequence[frozenset[str]], text: str) -> bool:
    """Return whether the text says that the item contains nothing of animals, and that is what is excluded."""
    return bool(_WITHOUT_ANIMALS.search(text)) and any(group <= _OF_ANIMALS for group in words)


_OF_ANIMALS = frozenset(_form(word) for word in f"{_MEAT} {_FISH} {_DAIRY}".split())
