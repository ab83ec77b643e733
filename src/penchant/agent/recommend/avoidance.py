"""Lists without what the user does not want: reads wishes such as "something for a flight, nothing violent" or 「不含坚果的零食」.

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

MAX_WISH = 4_000
"""How many characters of a wish are read."""
_I = re.IGNORECASE
_AVOID = lazy(
    r"(?:[,，;；]\s*)?\b(?:but\s+)?(?:nothing|no|not(?!\s+(?:only|just|yet|sure)\b)|without|except|anything\s+but|avoid(?:ing)?)\s+"
    r"(?:too\s+|any\s+|anything\s+|an?\s+|so\s+)*(?P<en>[a-z][a-z -]{2,40}?)(?=[,.;!?]|\s+(?:and|but|please)\b|$)"
    rf"|[,，;；]?\s*(?:不要|别(?:太|给我)?|不想(?:看|要)?|(?<!有)没有|不含|除了)(?:太|有|任何)?(?P<zh>[{HAN}]{{1,10}}?)(?:的(?=[{HAN}])|(?:的|内容|片|类)*(?=[，。,.;；!！?？]|$))",
    _I,
)  # fmt: skip
WISH_WORDS = lazy(
    r"^\W*what\s+(?:do|would|can|could|else\s+(?:do|would))\s+you\s+(?:recommend|suggest)\b|^\W*what\s+(?:should|could|can)\s+i\s+(?:buy|get|watch|read|try|listen\s+to|choose|pick)(?:\s+next)?\b(?!\s+(?:for|to|with|about|if|when|from)\b)|^\W*(?:(?:please|can|could|would|will)\s+)?(?:you\s+)?(?:recommend|suggest|give|show|get)\s+(?:me\s+)?(?:an?\s+|some\s+|something\s+)?|^\W*(?:i(?:['’]?d|\s+would)?\s+(?:want|need|like)\s+)(?:an?\s+|some\s+)?"
    r"|^\W*(?:有什么(?:可以|值得|好)?推荐|(?:我)?(?:该|可以)?[买看听读]什么好)(?:的|吗|呢)*(?=$|[？?。！!])|^\W*(?:请|帮我|给我)*(?:推荐|来)(?:一些|几个|一下|点|个)?|^\W*我?(?:想要|想看|想买|需要)(?:一些|点|个)?",
    _I,
)
ANYTHING = lazy(
    r"(?:something|anything|some|stuff|things?|items?)(?:\s+(?:new|nice|good|else))?(?:\s+for\s+(?:me|us|myself))?|for\s+(?:me|us|myself)|东西|内容|别的|什么(?:东西|好(?:的|东西)?)?(?:吧|呢|吗)?",
    _I,
)
_ENDS = " ,.;!?，。；！？"
#: Words at the end of a wish that are no part of it: behind a comma, or last in what begins as a request.
_POLITE_END = lazy(r"(?:^|,\s*)(?:please|pls|thanks|thank\s+you)$|(?:^|[，,]\s*)(?:谢谢|拜托)(?:了|你|您)?$", _I)
_POLITE_LAST = lazy(r"\s(?:please|pls|thanks)$|(?<![叫说写着])(?:谢谢|拜托)(?:了|你|您)?$", _I)


def split_wish(message: str) -> tuple[str, str]:
    """Return a wish without the words around it, and what it excludes, joined by commas."""
    message = " ".join(message[:MAX_WISH].split())
    avoided = [found["en"] or found["zh"] for found in _AVOID.finditer(message)]
    wish = " ".join(WISH_WORDS.sub("", _AVOID.sub(" ", message)).split()).strip(_ENDS)
    wish = _POLITE_END.sub("", wish).strip(_ENDS)
    wish = _POLITE_LAST.sub("", wish).strip(_ENDS) if WISH_WORDS.search(message) else wish
    return "" if ANYTHING.fullmatch(wish) else wish, ", ".join(word.strip() for word in avoided)


def split_query(query: str) -> tuple[str, str]:
    """Split a query in the same way, unless it may be a name: "no bake cookies" excludes nothing."""
    wanted, avoided = split_wish(query)
    if not avoided or (not wanted and query.casefold().startswith("no ") and " " in avoided):
        return query, ""
    return wanted, avoided


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
