"""What must not be in a list: "nothing violent", "no peanuts".

An item is barred when its own words say so, or when its vector is nearer to what is to be avoided than nearly all of the catalogue is. The
measure is the catalogue itself, so no threshold depends on the embedder. What is barred takes no part in the ranking, so scores, ranks
and counterfactuals of the rest are exact.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from penchant.agent.recommend.request_rules import NO_RULES, RequestRules
from penchant.characters import HAN
from penchant.settings import Language
from penchant.store.item import Item
from penchant.store.receipt import Degraded
from penchant.store.recommendation import Recommendation

if TYPE_CHECKING:
    from penchant.agent.recommend.interactions import ItemSpace
    from penchant.agent.recommend.recommender import Recommender

LOOKED_AT = 40
"""Candidates whose words are read in one round."""
ROUNDS = 4
"""What moves up when something is barred is read in its turn, this often at most."""
UNUSUAL = 3.0
"""Robust standard deviations above the median of the catalogue."""
DEVIATION = 1.4826
"""A normal distribution's standard deviation in median absolute deviations."""
_STEM = 4
_NAMES = re.compile(r"\s*(?:[,，、;]|\band\b|\bor\b)\s*")
_WORD = re.compile(rf"[a-z]{{3,}}|[{HAN}]{{2,}}")
_EMPTY = frozenset(("the", "and", "any", "anything", "too", "very", "things", "stuff", "with", "about"))
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f]")
_ENGLISH_ONLY = "minilm"


def recommend_avoiding(
    recommender: "Recommender",
    user_id: str,
    k: int,
    *,
    avoid: str,
    query: str | None,
    at: datetime | None,
    llm: bool,
    language: Language | None = None,
    rules: RequestRules = NO_RULES,
    after: str | None = None,
) -> Recommendation:
    """The best `k` items without what is to be avoided. What could not be judged is said in `degraded`."""
    barred = list[str]()
    for turn in range(ROUNDS):
        ranking = recommender.ranking(user_id, max(k, LOOKED_AT), query=query, at=at, excluding=barred, rules=rules)
        space = ranking.models.space
        found = [*_near(space, avoid, recommender), *_called(space, avoid, recommender)] if turn == 0 else []
        found += _saying([space.ids[row.item] for row in ranking.listed()], avoid, recommender)
        barred += found
        if not found:
            break
    recommendation = recommender.recommend(
        user_id, k, query=query, at=at, llm=llm, language=language, excluding=barred, rules=rules, after=after
    )
    if not (recommender.settings.embedding.provider == _ENGLISH_ONLY and _NOT_LATIN.search(avoid)):
        return recommendation
    reason = f"the embedder reads English only: {avoid!r} was looked for by its letters alone (embedding.provider=multilingual reads it)"
    return recommendation.model_copy(
        update={"degraded": [*recommendation.degraded, Degraded(step="avoid", reason=reason)]}
    )


def _near(space: "ItemSpace", avoid: str, recommender: "Recommender") -> list[str]:
    """Items of the catalogue whose vectors (n, d) are unusually near to `avoid`."""
    if not len(space):
        return []
    like = space.vectors @ recommender.embedder.embed_query(avoid)
    middle = float(np.median(like))
    limit = middle + UNUSUAL * DEVIATION * float(np.median(np.abs(like - middle)))
    return [space.ids[row] for row in np.flatnonzero(like > limit)]


def _called(space: "ItemSpace", avoid: str, recommender: "Recommender") -> list[str]:
    """Items that are called by one of the names of what is to be avoided, or by another word for it (nuts: almonds)."""
    return [space.ids[row] for row in recommender.strict.naming(_NAMES.split(avoid), space)]


def _saying(ids: Sequence[str], avoid: str, recommender: "Recommender") -> list[str]:
    """Those whose own words name what is to be avoided."""
    items = recommender.catalogue.get(ids)
    return [item_id for item_id in ids if _says(items.get(item_id), avoid)]


def _says(item: Item | None, avoid: str) -> bool:
    """Whether the item's own words begin like a word of `avoid` ("violent", "violence")."""
    if item is None:
        return False
    text = item.text().lower()
    words = [word for word in _WORD.findall(avoid.lower()) if word not in _EMPTY]
    return any(re.search(rf"(?<![a-z]){re.escape(_stem(word))}", text) for word in words)


def _stem(word: str) -> str:
    return word if not word.isascii() or len(word) <= _STEM else word[: max(_STEM, len(word) - 3)]
