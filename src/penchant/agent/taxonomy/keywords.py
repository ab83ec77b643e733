"""Finds the keywords of themes: the words that distinguish the titles of one theme from those of the others."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from penchant.agent.taxonomy.lexicon import IDLE, IDLE_HAN, stem_of, words_of, written_words
from penchant.characters import IDEOGRAPHS, has_han
from penchant.store.plain import plain

KEYWORDS = 8
LONGEST_HAN = 8
_PARTICLE = re.compile("[的吗呢吧啊你我他她它]")  # in hardly any longer word
Keywords = tuple[tuple[str, float], ...]


def theme_keywords(titles: Sequence[Sequence[str]], things: Collection[str] = frozenset()) -> list[Keywords]:
    """Return for each theme the (term, weight) pairs with the highest weights; the weights sum to 1. () if the titles contain no words.

    Of terms with the same weight, those in `things` come first: what a thing is says more than whatever is first by alphabet.
    """
    counts = [Counter(term for title in own for term in set(title_terms(title))) for own in titles]
    everywhere: Counter[str] = Counter()
    for own in counts:
        everywhere.update(own)
    mean = sum(everywhere.values()) / max(len(counts), 1)
    return [_heaviest(own, everywhere, mean, theirs, things) for own, theirs in zip(counts, titles, strict=True)]


def in_written_form(keywords: Sequence[Keywords], titles: Iterable[str]) -> list[Keywords]:
    """Return the keywords with each term as most of `titles` write it, in lower case: "hades" instead of its stem "hade". One form for
    all themes, so that what two interests share stays recognizable as the same word.
    """
    forms: dict[str, Counter[str]] = {term: Counter() for own in keywords for term, _ in own}
    for title in titles:
        for word in written_words(plain(title)):
            if (counts := forms.get(stem_of(word))) is not None:
                counts[word] += 1
    best = {term: min(counts, key=lambda form: (-counts[form], form), default=term) for term, counts in forms.items()}
    return [tuple((best[term], weight) for term, weight in own) for own in keywords]


def term_weights(keywords: Keywords) -> dict[str, float]:
    """Return the weights of keywords by the terms that `title_terms` finds in titles."""
    return {found: weight for term, weight in reversed(keywords) for found in title_terms(term)}


def title_terms(title: str) -> list[str]:
    """Return the words of a title in the singular; for Chinese, pairs of characters."""
    text = plain(title)
    pairs = [run[at : at + 2] for run in IDEOGRAPHS.findall(text) for at in range(len(run) - 1)]
    words = [word for word in words_of(text) if word not in IDLE and len(word) > 1 and not has_han(word)]
    return words + [pair for pair in pairs if IDLE_HAN.isdisjoint(pair)]


def _heaviest(
    own: Counter[str], everywhere: Counter[str], mean: float, titles: Sequence[str], things: Collection[str]
) -> Keywords:
    weights = {term: count * math.log(1 + mean / everywhere[term]) for term, count in own.items()}
    heaviest = sorted(weights, key=lambda term: (-weights[term], term not in things, term))[: KEYWORDS * 4]
    whole = _whole_words([term for term in heaviest if has_han(term)], titles)
    weights = {whole.get(term, term): weights[term] for term in reversed(heaviest)}  # of equal words the heaviest stays
    best = sorted(weights, key=lambda term: (-weights[term], term not in things, term))[:KEYWORDS]
    total = sum(weights[term] for term in best)
    return tuple((term, round(weights[term] / total, 6)) for term in best) if total > 0 else ()


def _whole_words(pairs: Sequence[str], titles: Sequence[str]) -> dict[str, str]:
    """Return the word that each pair of characters is part of: the longest that stands around it wherever it occurs in `titles`. Chinese
    has no spaces, and two characters out of the middle of a word mean nothing.
    """
    runs = {part for title in titles for run in IDEOGRAPHS.findall(plain(title)) for part in _PARTICLE.split(run)}
    return {pair: _longest_around(pair, [run for run in runs if pair in run]) for pair in pairs}


def _longest_around(pair: str, runs: Sequence[str]) -> str:
    """Return the longest word around `pair` that is the same in all `runs`, at most `LONGEST_HAN` characters."""
    word = pair
    while runs and len(word) < LONGEST_HAN:
        before = {run[at - 1] if (at := run.index(word)) else "" for run in runs}
        after = {run[run.index(word) + len(word) :][:1] for run in runs}
        if len(before) == 1 and (only := min(before)):
            word = only + word
        elif len(after) == 1 and (only := min(after)):
            word += only
        else:
            break
    return word
