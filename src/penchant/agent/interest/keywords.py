"""The keyword model: which words speak for an interest.

    w(k|i) = P(I_i | k) = P(k|i) P(i) / (P(k|i) P(i) + P(k|¬i) P(¬i))

by Bayes over decayed counts, Laplace-smoothed (the article's §4.2). A word that every interest shares says little, however frequent.
"""

import re
from collections.abc import Mapping, Sequence

from penchant.store.profile import Keyword, made

SHOWN = 6
SMOOTHING = 0.5
MAX_TERMS = 40
_WORD = re.compile(r"[^\W\d_]{3,}|[\u3400-\u9fff]+")
_CJK = re.compile(r"[\u3400-\u9fff]+")
_STOP_WORDS = """
the and for with from your you this that are was has have not but all its our out per set pack box into over under about than
what when who how why can will just get let one two three too very more most some any other also
"""
_STOP = frozenset(_STOP_WORDS.split())


def terms(text: str) -> list[str]:
    """The different words of a text in order: three letters or more, stop words left out; Chinese by pairs of characters."""
    found: dict[str, None] = {}
    for run in _WORD.findall(text.lower()):
        for chinese in _CJK.findall(run):
            found.update(dict.fromkeys(chinese[i : i + 2] for i in range(max(len(chinese) - 1, 1))))
        found.update(dict.fromkeys(word for word in _CJK.split(run) if len(word) >= 3 and word not in _STOP))
    return list(found)[:MAX_TERMS]


def keywords(counts: Sequence[Mapping[str, float]]) -> list[tuple[Keyword, ...]]:
    """Per interest, its most telling terms: by weight times how often it was seen."""
    everywhere: dict[str, float] = {}
    for leaf in counts:
        for term, count in leaf.items():
            everywhere[term] = everywhere.get(term, 0.0) + count
    total, distinct = sum(everywhere.values()), len(everywhere)
    return [_telling(leaf, everywhere, total, distinct) for leaf in counts]


def _telling(
    leaf: Mapping[str, float], everywhere: Mapping[str, float], total: float, distinct: int
) -> tuple[Keyword, ...]:
    if not leaf:
        return ()
    own = sum(leaf.values())
    prior = own / total if total else 0.0
    for_it = prior / (own + SMOOTHING * distinct)
    against = (1.0 - prior) / (total - own + SMOOTHING * distinct)
    ranked = []
    for term, count in leaf.items():
        likely = (count + SMOOTHING) * for_it
        both = likely + (everywhere[term] - count + SMOOTHING) * against
        weight = likely / both if both > 0.0 else 1.0
        ranked.append((-count * weight, term, weight))
    ranked.sort()
    return tuple([made(Keyword, {"term": term, "weight": round(weight, 4)}) for _, term, weight in ranked[:SHOWN]])
