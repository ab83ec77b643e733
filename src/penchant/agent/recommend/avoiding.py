"""What must not be in a list: "nothing violent", "no peanuts".

An item is barred when its words say so, or when among the candidates it is unusually near to what is to be avoided, and nearer to that
than to what is wanted. Both are judged among the candidates themselves, so no threshold depends on the embedder. What is barred takes no
part in the ranking, so scores, ranks and counterfactuals of the rest are exact.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from penchant.store.item import Item
from penchant.store.receipt import Degraded
from penchant.store.recommendation import Recommendation

if TYPE_CHECKING:
    from penchant.agent.parts import Parts

Vector = NDArray[np.float32]
LOOKED_AT = 40
"""Candidates judged in one round."""
ROUNDS = 4
"""What moves up when something is barred is judged in its turn, this often at most."""
UNUSUAL = 1.0
"""Standard deviations above the mean of the candidates."""
_STEM = 4
_WORD = re.compile(r"[a-z]{3,}|[\u3400-\u9fff]{2,}")
_EMPTY = frozenset(("the", "and", "any", "anything", "too", "very", "things", "stuff", "with", "about"))
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f]")
_ENGLISH_ONLY = "minilm"


def recommend_avoiding(
    parts: "Parts",
    user_id: str,
    k: int,
    *,
    avoid: str,
    query: str | None,
    domain: str | None,
    at: datetime | None,
    llm: bool,
) -> Recommendation:
    """The best `k` items without what is to be avoided. What could not be judged is said in `degraded`."""
    recommender, barred = parts.recommender, list[str]()
    for _ in range(ROUNDS):
        ranking = recommender.ranking(user_id, max(k, LOOKED_AT), query=query, domain=domain, at=at, excluding=barred)
        found = _unwanted([ranking.models.space.ids[row.item] for row in ranking.listed()], avoid, query, parts)
        barred += found
        if not found:
            break
    made = recommender.recommend(user_id, k, query=query, domain=domain, at=at, llm=llm, excluding=barred)
    if not (parts.settings.embedding.provider == _ENGLISH_ONLY and _NOT_LATIN.search(avoid)):
        return made
    reason = f"the embedder reads English only: {avoid!r} was looked for by its letters alone (embedding.provider=multilingual reads it)"
    return made.model_copy(update={"degraded": [*made.degraded, Degraded(step="avoid", reason=reason)]})


def _unwanted(ids: Sequence[str], avoid: str, query: str | None, parts: "Parts") -> list[str]:
    """Those of the candidates that are to be avoided."""
    if not ids:
        return []
    items, vectors = parts.catalogue.get(ids), parts.catalogue.vectors(ids)
    wanted = None if query is None else parts.embedder.embed_query(query)
    near = _near(ids, vectors, parts.embedder.embed_query(avoid), wanted)
    return [item_id for item_id, is_near in zip(ids, near, strict=True) if is_near or _says(items.get(item_id), avoid)]


def _near(ids: Sequence[str], vectors: Mapping[str, Vector], avoid: Vector, wanted: Vector | None) -> list[bool]:
    """For each candidate whether it is unusually near to `avoid`. Vectors are unit, shape (d,)."""
    like = np.array([float(vectors[name] @ avoid) if name in vectors else -1.0 for name in ids])
    limit = like.mean() + UNUSUAL * like.std()
    want = np.array([float(vectors[name] @ wanted) if wanted is not None and name in vectors else -1.0 for name in ids])
    return [bool(hit) for hit in (like > limit) & (like > want)]


def _says(item: Item | None, avoid: str) -> bool:
    """Whether the item's own words begin like a word of `avoid` ("violent", "violence")."""
    if item is None:
        return False
    text = item.text().lower()
    words = [word for word in _WORD.findall(avoid.lower()) if word not in _EMPTY]
    return any(re.search(rf"(?<![a-z]){re.escape(_stem(word))}", text) for word in words)


def _stem(word: str) -> str:
    return word if not word.isascii() or len(word) <= _STEM else word[: max(_STEM, len(word) - 3)]
