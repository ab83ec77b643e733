"""The places of the vocabulary that a text names by their own terms."""

from collections import defaultdict
from functools import lru_cache

from penchant.agent.taxonomy.lexicon import tokens_of
from penchant.characters import LANGUAGES
from penchant.prompts.terms import subtopics_of, terms_of
from penchant.prompts.vocabulary import Vocabulary

LONGEST_TERM = 4
"""In tokens."""


class TermPlaces:
    """The subtopics whose terms a text contains. A term of several topics names no place."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        owners: defaultdict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
        for topic_id, subtopic in subtopics_of(vocabulary):
            for term in (term for language in LANGUAGES for term in terms_of(subtopic, language)):
                owners[tuple(tokens_of(term))].add((topic_id, subtopic.id))
        self._owners = {key: found for key, found in owners.items() if key and len({topic for topic, _ in found}) == 1}

    def named(self, text: str) -> str | None:
        """Return the place of a text that is nothing but a term: its subtopic, or the topic if several of its subtopics share the term."""
        found = self._owners.get(tuple(tokens_of(text)))
        if not found:
            return None
        topic, subtopic = min(found)
        return subtopic if len(found) == 1 else topic

    def names_only(self, text: str, topic_id: str, subtopic_id: str) -> bool:
        """Return whether the terms in a text name this subtopic and no other of its topic."""
        words = tokens_of(text)
        parts = (tuple(words[at : at + n]) for n in range(1, LONGEST_TERM + 1) for at in range(len(words) - n + 1))
        named = {place for part in parts for place in self._owners.get(part, ()) if place[0] == topic_id}
        return named == {(topic_id, subtopic_id)}


@lru_cache(maxsize=4)
def term_places(vocabulary: Vocabulary) -> TermPlaces:
    """Return the places by terms of a vocabulary, made once."""
    return TermPlaces(vocabulary)
