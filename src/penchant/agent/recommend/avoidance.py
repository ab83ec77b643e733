"""Lists without what the user does not want.

An item is excluded if its own words name what is to be avoided, or if its vector is nearer to that than nearly all of the catalogue
is. The measure is the catalogue itself, so no threshold depends on the embedder. Excluded items take no part in the ranking, so
scores, ranks and counterfactuals of the others are exact.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.recommend.request_rules import RequestRules
from penchant.characters import HAN
from penchant.lazy_patterns import lazy
from penchant.prompts.remarks import remark
from penchant.store.item import Item
from penchant.store.receipt import Degraded

if TYPE_CHECKING:
    from penchant.agent.recommend.interactions import ItemSpace
    from penchant.agent.recommend.ranking import Ranking
    from penchant.agent.recommend.recommender import Recommender

READ_AT_ONCE = 40
"""How many candidates are read in one round."""
ROUNDS = 4
"""How many rounds there are at most; each reads the candidates that moved up since the one before."""
UNUSUAL = 3.0
"""An item is near if it lies more than this many robust standard deviations above the median of the catalogue."""
DEVIATION = 1.4826
"""The standard deviation of a normal distribution in median absolute deviations."""
_STEM = 4
_NAMES = lazy(r"\s*(?:[,，、;]|\band\b|\bor\b)\s*")
_WORD = lazy(rf"[a-z]{{3,}}|[{HAN}]{{2,}}")
_EMPTY = frozenset(("the", "and", "any", "anything", "too", "very", "things", "stuff", "with", "about"))
_NOT_LATIN = lazy(r"[^\W\d_\u0000-\u024f]")
_ENGLISH_ONLY = "minilm"


def avoiding(
    avoid: str, rules: RequestRules, ranked: Callable[[RequestRules], "Ranking"], recommender: "Recommender"
) -> RequestRules:
    """Return the rules without the items that have what is to be avoided. `ranked`: ranks the candidates under given rules."""
    for turn in range(ROUNDS):
        ranking = ranked(rules)
        space = ranking.models.space
        found = [*_items_near(space, avoid, recommender), *_items_named(space, avoid, recommender)] if turn == 0 else []
        found += _items_mentioning([space.ids[row.item] for row in ranking.listed()], avoid, recommender)
        rules = replace(rules, avoided=(*rules.avoided, *found))
        if not found:
            break
    return rules


def unread(avoid: str, recommender: "Recommender") -> list[Degraded]:
    """Return a note if `avoid` is in a language that the embedder cannot judge."""
    if recommender.settings.embedding.provider == _ENGLISH_ONLY and _NOT_LATIN.search(avoid):
        return [Degraded(step="avoid", reason=remark("avoid_unread", avoid=repr(avoid)))]
    return []


def _items_near(space: "ItemSpace", avoid: str, recommender: "Recommender") -> list[str]:
    """Return the items of the catalogue whose vectors (n, d) are unusually near to `avoid`."""
    if not len(space):
        return []
    like = space.vectors @ recommender.embedder.embed_query(avoid)
    middle = float(np.median(like))
    limit = middle + UNUSUAL * DEVIATION * float(np.median(np.abs(like - middle)))
    return [space.ids[row] for row in np.flatnonzero(like > limit)]


def _items_named(space: "ItemSpace", avoid: str, recommender: "Recommender") -> list[str]:
    """Return the items that name something to be avoided, or another word for it (nuts: almonds)."""
    return [space.ids[row] for row in recommender.strict.naming(_NAMES.split(avoid), space)]


def _items_mentioning(ids: Sequence[str], avoid: str, recommender: "Recommender") -> list[str]:
    """Return those of `ids` whose own words name what is to be avoided."""
    items = recommender.catalogue.get(ids)
    return [item_id for item_id in ids if _mentions(items.get(item_id), avoid)]


def _mentions(item: Item | None, avoid: str) -> bool:
    """Return whether the item's text has a word with the stem of a word in `avoid` ("violent", "violence")."""
    if item is None:
        return False
    text = item.text().lower()
    words = [word for word in _WORD.findall(avoid.lower()) if word not in _EMPTY]
    return any(re.search(rf"(?<![a-z]){re.escape(_stem(word))}", text) for word in words)


def _stem(word: str) -> str:
    return word if not word.isascii() or len(word) <= _STEM else word[: max(_STEM, len(word) - 3)]
