"""What a title names outright: terms of the vocabulary found in it as they stand.

A longer term speaks louder than a shorter one and hides those within it ("hot water bottle" is no "water bottle"); the last words of an
English title name the thing; a term of several subtopics counts for each by the root of their number.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from penchant.agent.taxonomy.title_words import HAN, words_of
from penchant.prompts.terms import subtopics_of, terms_of
from penchant.prompts.vocabulary import LANGUAGES, Vocabulary

PER_WORD, AT_END, PER_CHARACTER = 0.7, 0.5, 0.35
LONGEST_WORDS, LONGEST_HAN = 5, 8
Found = tuple[int, int, float, tuple[int, ...]]
"""Start, end, score, subtopics."""


class Lexicon:
    """The terms of a vocabulary, by words and, where they hold Chinese, by characters."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.size = len(subtopics_of(vocabulary))
        words: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        han: defaultdict[str, set[int]] = defaultdict(set)
        for index, (_, subtopic) in enumerate(subtopics_of(vocabulary)):
            for language in LANGUAGES:
                for term in terms_of(subtopic, language):
                    if HAN.search(term):
                        han[term].add(index)
                    elif key := tuple(words_of(term)):
                        words[key].add(index)
        self._words = {key: tuple(sorted(owners)) for key, owners in words.items()}
        self._han = {key: tuple(sorted(owners)) for key, owners in han.items()}

    def scores(self, titles: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n, subtopics): 0 where no term of a subtopic is found, else from 1 on."""
        found = np.zeros((len(titles), self.size), np.float32)
        for row, title in enumerate(titles):
            for _, _, score, owners in self._in_words(title) + self._in_han(title):
                for owner in owners:
                    found[row, owner] = max(found[row, owner], score / len(owners) ** 0.5)
        return found

    def _in_words(self, title: str) -> list[Found]:
        words = words_of(title)
        found = [
            (start, end, 1 + PER_WORD * (end - start - 1) + AT_END * (end == len(words)), owners)
            for start in range(len(words))
            for end in range(start + 1, min(start + LONGEST_WORDS, len(words)) + 1)
            if (owners := self._words.get(tuple(words[start:end])))
        ]
        return _longest(found)

    def _in_han(self, title: str) -> list[Found]:
        text = re.sub(r"\s+", " ", title.casefold())
        if not HAN.search(text):
            return []
        found = [
            (start, end, 1 + PER_CHARACTER * (end - start - 2), owners)
            for start in range(len(text))
            for end in range(start + 1, min(start + LONGEST_HAN, len(text)) + 1)
            if (owners := self._han.get(text[start:end]))
        ]
        return _longest(found)


def _longest(found: list[Found]) -> list[Found]:
    return [
        match
        for match in found
        if not any(
            other[0] <= match[0] and match[1] <= other[1] and other[1] - other[0] > match[1] - match[0]
            for other in found
        )
    ]
