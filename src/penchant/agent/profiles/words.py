"""Places texts of users in the vocabulary: a topic or a subtopic if that is certain, else nothing. Texts never become labels, and no
language model is used.
"""

import re
import threading
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from penchant.agent.taxonomy.placement import Placed, Placement
from penchant.agent.taxonomy.scorer import NOTHING, MessageTopics, is_han
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.agent.taxonomy.term_places import TermPlaces, term_places
from penchant.characters import HAN
from penchant.prompts.vocabulary import Topic, Vocabulary
from penchant.store.embedders.embedder import Embedder, Matrix, Vector
from penchant.store.plain import plain

SURE_OF_SUBTOPIC, SURE_OF_TOPIC = 0.75, 0.5
"""A text counts for its nearest subtopic from the first confidence in the topic on, and for the topic alone from the second on."""
SURE_OF_MESSAGE = {"en": 0.8, "zh": 0.6}
"""The same for the classifier of messages, by language: nine of ten places it gives are right (`benchmarks/placing_text.py`)."""
SUBTOPIC_LEAD = 0.1
"""A subtopic has to be nearer than any other of its topic by this much, or be the only one of them whose terms stand in the text: nine
of ten subtopics are right then (`benchmarks/placing_text.py`).
"""
CACHED_TEXTS = 50_000
MOST_WORDS = 400
DESCRIBED = 0.5
"""Weight of the log-confidence by the topics' descriptions, relative to the classifier's."""
ENGLISH_ONLY = ("minilm",)
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")
FOREIGN_PART = 0.3
#: Opening words that say that something is wanted, before what it is: 「我想」 in 「我想学川菜」.
_WISH = re.compile(
    r"(?:i|we)(?:['’]d|\s+would)?\s+(?:(?:really|just|also|always)\s+){0,2}(?:want|like|love|hope|plan|wish|need|intend)(?:ed)?\s+to\s+(?=\w+\s+\w)"
    r"|(?:i['’]?m|i\s+am|we['’]re)\s+(?:(?:currently|really|just)\s+){0,2}(?:trying|planning|hoping|going)\s+to\s+(?=\w+\s+\w)"
    rf"|(?:我们?|俺|本人)(?:最近|一直|真的|其实|特别|很|还|也|正){{0,3}}(?:想要|想|打算|准备|计划|希望能|希望)(?=[学练做买去看听吃喝玩养种考][{HAN}])",
    re.IGNORECASE,
)


class WordPlacer:
    """Places texts in the vocabulary by embedding alone. The result depends only on the text, and is cached. Thread-safe."""

    def __init__(self, placement: Placement, embedder: Embedder) -> None:
        self.placement, self.embedder = placement, embedder
        self._known: LRUCache[str, str | None] = LRUCache(CACHED_TEXTS)
        self._spreads: LRUCache[str, NDArray[np.float64]] = LRUCache(CACHED_TEXTS // 10)
        self._used_by_version: LRUCache[int, UsedPlaces] = LRUCache(8)
        self._lock = threading.Lock()

    def place_in(self, taxonomy: Taxonomy, texts: Collection[str]) -> dict[str, str | None]:
        """Return what `place` returns, limited to places that the taxonomy uses."""
        return self.limited_to(taxonomy, self.place(texts))

    def limited_to(self, taxonomy: Taxonomy, places: Mapping[str, str | None]) -> dict[str, str | None]:
        """Return the place of each text, limited to places that the taxonomy uses."""
        used = self._used_places(taxonomy)
        return {text: used.of(place) for text, place in places.items()}

    def topics_in(self, taxonomy: Taxonomy) -> list[Topic]:
        """Return the topics of the vocabulary that the taxonomy uses, in order."""
        used = self._used_places(taxonomy)
        return [topic for topic in self.placement.vocabulary.topics if used.of(topic.id) == topic.id]

    def _used_places(self, taxonomy: Taxonomy) -> "UsedPlaces":
        used = self._used_by_version.get(taxonomy.version)
        if used is None:
            used = self._used_by_version[taxonomy.version] = UsedPlaces(taxonomy, self.placement.vocabulary)
        return used

    def place(self, texts: Collection[str]) -> dict[str, str | None]:
        """Return the id of the topic or subtopic that each text is certainly about, or None. Raises `ModelError` from the embedder."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= self._placed(new)
            with self._lock:
                for text in new:
                    self._known[text] = known[text]
        return known

    def topics(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the probability of each topic of the vocabulary for each text: shape (n, topics). Raises `ModelError` from the
        embedder.
        """
        with self._lock:
            known = {text: self._spreads[text] for text in texts if text in self._spreads}
        if new := [text for text in dict.fromkeys(texts) if text not in known]:
            known |= dict(zip(new, self._spread(new), strict=True))
            with self._lock:
                self._spreads.update(known)
        return np.stack([known[text] for text in texts])

    def _spread(self, texts: Sequence[str]) -> NDArray[np.float64]:
        names = [topic.id for topic in self.placement.vocabulary.topics]
        foreign = self.embedder.name.startswith(ENGLISH_ONLY)
        vectors = np.zeros((len(texts), self.embedder.dimensions), np.float32)
        if embedded := [row for row, text in enumerate(texts) if not (foreign and is_han(text))]:
            vectors[embedded] = self.embedder.embed([texts[row] for row in embedded])
        spread = np.zeros((len(texts), len(names)))
        for row, places in enumerate(self.placement.topics(vectors, k=len(names))):
            for place in places if self.reads(texts[row]) else ():
                spread[row, names.index(place.topic_id)] = place.confidence
        messages = self._messages
        rows = [row for row, text in enumerate(texts) if messages is not None and messages.reads(text)]
        if messages is not None and rows:
            p = combined_probabilities(messages, [texts[row] for row in rows], vectors[rows], self.placement)
            spread[rows] = p[:, [messages.classes.index(name) for name in names]]
        return spread

    def vectors(self, texts: Collection[str]) -> dict[str, Vector]:
        """Return the vector (d,) of each text. Raises `ModelError` from the embedder."""
        different = list(dict.fromkeys(text for text in texts if text))
        return dict(zip(different, self.embedder.embed(different), strict=True)) if different else {}

    def forget(self) -> None:
        """Clear the caches, because a user is being erased."""
        with self._lock:
            self._known.clear()
            self._spreads.clear()

    def reads(self, text: str) -> bool:
        """Return whether the words of a text can be read: by the embedder, or for Chinese by their characters. True for a text without
        words.
        """
        if not self.embedder.name.startswith(ENGLISH_ONLY) or (self._messages is not None and is_han(text)):
            return True
        return len(_FOREIGN.findall(text)) <= FOREIGN_PART * len(_LETTER.findall(text))

    @cached_property
    def _messages(self) -> MessageTopics | None:
        """The classifier of messages, if the vocabulary has exactly the topics that it knows."""
        messages = MessageTopics(self.embedder.name)
        known = {topic.id for topic in self.placement.vocabulary.topics}
        return messages if known == set(messages.topics) else None

    def _placed(self, texts: Sequence[str]) -> dict[str, str | None]:
        readable = {text: without_wish(plain(text))[:MOST_WORDS] for text in texts if self.reads(text)}
        shown = {text: words for text, words in readable.items() if _LETTER.search(words)}
        places: dict[str, str | None] = dict.fromkeys(texts)
        if not shown:
            return places
        by_text = self.vectors(shown.values())
        words, vectors = list(shown.values()), np.stack([by_text[words] for words in shown.values()])
        found = self.placement.topics(vectors, k=len(self.placement.vocabulary.topics))
        terms = term_places(self.placement.vocabulary)
        places |= {text: _sure(best, shown[text], terms) for text, best in zip(shown, found, strict=True)}
        messages = self._messages
        if messages is None:
            return places
        # For an embedder or a language without a trained classifier, the descriptions alone decide.
        classified = [(row, text) for row, text in enumerate(shown) if messages.reads(words[row])]
        rows = [row for row, _ in classified]
        p = combined_probabilities(messages, [words[row] for row in rows], vectors[rows], self.placement)
        for at, (row, text) in enumerate(classified):
            places[text] = terms.named(words[row]) or _of_topic(messages, p[at], found[row], words[row], terms)
        return places


def without_wish(text: str) -> str:
    """Return a text without the opening words that only say that the user wants what follows."""
    wish = _WISH.match(text)
    return text[wish.end() :] if wish else text


def combined_probabilities(
    messages: MessageTopics, texts: Sequence[str], vectors: Matrix, placement: Placement
) -> NDArray[np.float64]:
    """Return probabilities (n, classes): the classifier's, combined with those by the topics' descriptions (a geometric mean) where the
    embedder reads the text.
    """
    p = messages.probabilities(texts, vectors)
    nothing = messages.classes.index(NOTHING)
    foreign = placement.embedder.name.startswith(ENGLISH_ONLY)
    for row, places in enumerate(placement.topics(vectors, k=len(messages.topics))):
        if foreign and is_han(texts[row]):
            continue
        described = np.ones(len(messages.classes))
        for place in places:
            described[messages.classes.index(place.topic_id)] = max(place.confidence, 1e-6)
        weighed = p[row] * described**DESCRIBED
        weighed[nothing] = 0.0
        p[row] = np.where(np.arange(len(weighed)) == nothing, p[row], (1 - p[row, nothing]) * weighed / weighed.sum())
    return p


def _of_topic(
    messages: MessageTopics, p: NDArray[np.float64], found: Sequence[Placed], text: str, terms: TermPlaces
) -> str | None:
    """Return the topic if the classifier is certain, or its subtopic if the descriptions are certain too (not for Chinese). None for a
    text about nothing in particular.
    """
    best = int(p.argmax())
    topic: str = messages.classes[best]
    sure = float(p[best])
    if topic == NOTHING or sure < SURE_OF_MESSAGE["zh" if is_han(text) else "en"]:
        return None
    described = next((place for place in found if place.topic_id == topic), None)
    if described is None or is_han(text) or sure < SURE_OF_SUBTOPIC:
        return topic
    return _sure_subtopic(described, text, terms) or topic


def _sure(found: Sequence[Placed], text: str, terms: TermPlaces) -> str | None:
    """Return the nearest place by the descriptions alone: a subtopic, a topic or, where nothing is certain, None."""
    best = found[0]
    return _sure_subtopic(best, text, terms) or (best.topic_id if best.confidence >= SURE_OF_TOPIC else None)


def _sure_subtopic(place: Placed, text: str, terms: TermPlaces) -> str | None:
    """Return the subtopic of a place if topic and subtopic are certain, else None."""
    if place.confidence < SURE_OF_SUBTOPIC:
        return None
    if place.subtopic_id is None or place.lead >= SUBTOPIC_LEAD:
        return place.subtopic_id
    return place.subtopic_id if terms.names_only(text, place.topic_id, place.subtopic_id) else None


class UsedPlaces:
    """The places of the vocabulary that a taxonomy uses. If the catalogue has its own categories, texts can only be about what it
    contains; otherwise they can be about any place of the vocabulary.
    """

    def __init__(self, taxonomy: Taxonomy, vocabulary: Vocabulary) -> None:
        themed = np.unique(taxonomy.theme_subtopics)
        self.subtopics = {taxonomy.subtopics[at].id for at in themed}
        self.topics = {taxonomy.topics[at].id for at in np.unique(taxonomy.subtopic_topics[themed])}
        self.topic_of = {
            node.id: taxonomy.topics[owner].id
            for node, owner in zip(taxonomy.subtopics, taxonomy.subtopic_topics.tolist(), strict=True)
        }
        self.is_open = self.topics <= {topic.id for topic in vocabulary.topics}
        self.is_empty = not len(themed)

    def of(self, place: str | None) -> str | None:
        """Return the place itself if it has themes, or if the taxonomy has none at all; else its topic; None if the catalogue has its
        own categories and lacks that topic.
        """
        if place is None or self.is_empty or place in self.subtopics:
            return place
        topic = self.topic_of.get(place, place)
        return topic if self.is_open or topic in self.topics else None
