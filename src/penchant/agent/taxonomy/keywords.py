"""What words set a theme apart: the terms of its titles by class-based TF-IDF (Grootendorst 2022, arXiv 2203.05794)."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from penchant.agent.taxonomy.title_words import IDLE, words_of
from penchant.store.plain import plain

KEYWORDS = 8
_HAN = re.compile(r"[\u3400-\u9fff]+")
_IDLE_HAN = frozenset("的了和与在是及等或为我你他她它们这那有不也都很就到给把被让吗呢吧啊一个款件套装新版请想要")
Keywords = tuple[tuple[str, float], ...]


def theme_keywords(titles: Sequence[Sequence[str]]) -> list[Keywords]:
    """For each theme's titles its heaviest (term, weight), weights adding up to 1; empty where titles hold no words."""
    counts = [Counter(term for title in own for term in set(title_terms(title))) for own in titles]
    everywhere: Counter[str] = Counter()
    for own in counts:
        everywhere.update(own)
    mean = sum(everywhere.values()) / max(len(counts), 1)
    return [_heaviest(own, everywhere, mean) for own in counts]


def title_terms(title: str) -> list[str]:
    """Words in the singular; of Chinese, pairs of characters."""
    text = plain(title)
    pairs = [run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)]
    words = [word for word in words_of(text) if word not in IDLE and len(word) > 1 and not _HAN.search(word)]
    return words + [pair for pair in pairs if _IDLE_HAN.isdisjoint(pair)]


def _heaviest(own: Counter[str], everywhere: Counter[str], mean: float) -> Keywords:
    weights = {term: count * math.log(1 + mean / everywhere[term]) for term, count in own.items()}
    best = sorted(weights, key=lambda term: (-weights[term], term))[:KEYWORDS]
    total = sum(weights[term] for term in best)
    return tuple((term, round(weights[term] / total, 6)) for term in best) if total > 0 else ()
