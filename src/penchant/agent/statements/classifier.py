"""Classifies sentences: whether one states something lasting about its writer, and of which kind.

The models are logistic regressions, trained on sentences written for this project (`scripts/train_statements.py`);
their weights ship as data. In each language, a model reads words and rules alone. In English, another one reads the
sentence vector of the default embedder, and the log-odds of both are added where that embedder is in use.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.statements.grammar_words import class_sequence, words
from penchant.agent.statements.phrases_en import BY_WHEN
from penchant.agent.statements.sentences import ClauseReading
from penchant.agent.statements.spans import Span, best_span
from penchant.agent.statements.wordings import Kind, Polarity
from penchant.lazy_patterns import lazy

#: The numbers of places that features are hashed into: for whether a sentence states something, by language, and for all other models.
#: In fewer places, more features collide; Chinese features are runs of characters, of which there are many.
STATE_PLACES = {"en": 1 << 15, "zh": 1 << 18}
PLACES = 1 << 15
_TOKEN = lazy(r"[a-z]+(?:['’][a-z]+)?|\d+|[^\w\s]", re.IGNORECASE)
_DRAWN_OUT = lazy(r"([a-z])\1{2,}")
#: Words that would be another word without their apostrophe.
_NOT_SHORTENED = frozenset({"we're", "we'll", "we'd", "i'll", "she'll", "he'll"})
_I = re.IGNORECASE
#: Times that are no limit by their first word, and common where nothing is stated that lasts: "next week", but "by May" is one.
_NO_LIMIT = lazy(r"\s+(?:this(?!\s+year)|next|in|within|over|by\s+(?:my|our))\b", _I)
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("first", lazy(r"^(?:i|i['’]\w+|my|we|our)\b|^(?:我|本人|咱)", _I)),
    ("person", lazy(r"\b(?:i|i['’]\w+|me|my|mine|we|us|our)\b|我|本人|咱", _I)),
    ("other", lazy(r"^(?:he|she|they|you|people|everyone|someone|it|this|that|there)\b|^(?:他|她|它|你|大家|有人|很多人)", _I)),
    ("question", lazy(r"[?？]\s*$|^(?:do|does|did|is|are|was|can|could|should|would|will|what|which|who|where|when|why|how)\b|[吗呢么]\s*[?？]?$|怎么|什么|为什么|如何|多少|哪", _I)),
    ("soon", lazy(r"\b(?:today|tonight|tomorrow|yesterday|this\s+(?:morning|afternoon|evening|weekend|week|time|one|month)|next\s+\w+|last\s+\w+|right\s+now|just\s+now|ago|currently|by\s+(?:tomorrow|noon|monday|friday)|on\s+(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|at\s+(?:noon|\w+\s+o['’]clock)|in\s+(?:january|february|march|april|may|june|july|august|september|october|november|december))\b|今天|今晚|明天|昨天|刚才|刚刚|这次|下周|上周|下个月|周[一二三四五六日]|中午|昨晚|后天|待会|马上|一会", _I)),
    ("always", lazy(r"\b(?:always|never|usually|every\s+\w+|only|generally|typically|all\s+my\s+life|for\s+\w+\s+years|since|whenever|twice\s+a|times\s+a|these\s+days|tend\s+to|anything|any)\b|一直|从来|从不|每天|每周|平时|总是|一般|常年|习惯|向来|天天|最近|已经|多年|只", _I)),
    ("point", lazy(r"\b(?:this|that|these|those|it|your|above|below|following)\b|这个|那个|这段|上面|下面|第[一二三]", _I)),
    ("work", lazy(r"\b(?:code|function|error|answer|draft|version|paragraph|sentence|email|file|script|bug|table|column|button|page|list|link|text|essay|step|question|chapter|test|homework|exam|order|invoice|ticket|app\b|server|data|query|output|password|account)\b|代码|报错|错误|函数|答案|版本|方案|标题|结尾|段落|作业|文件|论文|周报|邮件|问题|数据|颜色", _I)),
    ("ask", lazy(r"\b(?:please|help|recommend|suggest|give\s+me|show\s+me|tell\s+me|find|write|explain|list|can\s+you|could\s+you|i\s+need\s+(?:a|an|to|some|help|you)|i\s+want\s+(?:a|an|to|you)|i['’]d\s+like|looking\s+for|what\s+should)\b|推荐|帮我|请问|怎么办|有没有|给我|请你|想要|想问|帮忙|求", _I)),
    ("past", lazy(r"\b(?:was|were|had|did|went|saw|bought|got|made|found|came|lost|forgot|ate|tried|used|watched|read|\w{3,}ed)\b|了$|过$", _I)),
    ("ing", lazy(r"^(?:i['’]m|i\s+am|we['’]re|we\s+are)\s+\w+ing\b|^我?正?在", _I)),
)  # fmt: skip


def features(
    sentence: str,
    readings: Sequence[ClauseReading],
    *,
    chinese: bool,
    places: int,
    subject: tuple[int, int] | None = None,
) -> NDArray[np.int64]:
    """Return the places (below `places`) of the sentence's features, shape (n,), each once.

    `subject`: its bounds, where they are known better than by the rules.
    """
    bounds = subject or (_without_deadline(sentence, readings[0]) if readings else (0, 0))
    names = chain(
        (_chinese if chinese else _english)(sentence, readings, bounds, whole=subject is None),
        _classes(sentence, bounds, chinese=chinese),
    )
    found = {zlib.crc32(name.encode("utf-8", "replace")) % places for name in names}
    return np.fromiter(found, np.int64, len(found))


def _without_deadline(sentence: str, reading: ClauseReading) -> tuple[int, int]:
    """Return the bounds of what is read, without by when, as in the sentences that the models were trained on."""
    start, end = reading.start, reading.end
    found = BY_WHEN.search(sentence, start, end) if reading.kind == "goal" else None
    return start, found.start() if found and found.start() > start and _NO_LIMIT.match(found[0]) else end


def _english(
    sentence: str, readings: Sequence[ClauseReading], bounds: tuple[int, int], *, whole: bool
) -> Iterator[str]:
    frame, inside = _parts(sentence, bounds, " § ")
    tokens = ["^", *map(_plain, _TOKEN.findall(frame)), "$"]
    for size in (1, 2, 3):
        for at in range(len(tokens) - size + 1):
            yield f"w{' '.join(tokens[at : at + size])}"
    for size in (2, 3, 4, 5):
        yield f"b{' '.join(tokens[:size])}"
    yield f"W{' '.join(tokens)}"
    if not whole:
        yield from _signs(sentence, readings)
        return
    subject = [_plain(token) for token in _TOKEN.findall(inside)]
    yield from (f"s{token}" for token in subject)
    yield f"l{' '.join(subject[-1:])}"
    yield f"f{' '.join(subject[:2])}"
    yield from _signs(sentence, readings)


def _plain(token: str) -> str:
    """Return the normal form of a word: "don't", "don’t" and "dont" are one, and "looove" is "love"."""
    word = _DRAWN_OUT.sub(r"\1", token.casefold().replace("’", "'"))
    if word == "!":
        return "."
    return word if word in _NOT_SHORTENED else word.replace("'", "")


def _chinese(
    sentence: str, readings: Sequence[ClauseReading], bounds: tuple[int, int], *, whole: bool
) -> Iterator[str]:
    frame, inside = _parts(sentence, bounds, "§")
    characters = f"^{''.join(frame.split()).rstrip('。.!！~')}$"
    for size in (1, 2, 3, 4):
        for at in range(len(characters) - size + 1):
            yield f"w{characters[at : at + size]}"
    yield f"W{characters}"
    text = f"^{''.join(sentence.split())}$"
    for size in (2, 3):
        for at in range(len(text) - size + 1):
            yield f"a{text[at : at + size]}"
    if whole:
        yield from (f"s{character}" for character in inside)
    yield from _signs(sentence, readings)


def _parts(sentence: str, bounds: tuple[int, int], mark: str) -> tuple[str, str]:
    """Return the sentence with its subject replaced by `mark`, and the subject."""
    start, end = bounds
    if end <= start:
        return sentence, ""
    return sentence[:start] + mark + sentence[end:], sentence[start:end]


def _classes(sentence: str, bounds: tuple[int, int], *, chinese: bool) -> Iterator[str]:
    """Yield features of the classes of words around the subject, and anywhere."""
    classed = words(sentence, chinese=chinese)
    start, end = bounds
    frame = class_sequence([word for word in classed if word.end <= start or word.start >= end])
    if end > start:
        frame.insert(len(class_sequence([word for word in classed if word.end <= start])), "§")
    frame = ["^", *frame, "$"]
    for size in (2, 3, 4):
        yield from (f"c{' '.join(frame[at : at + size])}" for at in range(len(frame) - size + 1))
    yield f"cW{' '.join(frame)}"
    anywhere = set(frame) | {word.kind for word in classed}
    yield from (f"c+{kind}" for kind in anywhere)
    taste = sorted(
        anywhere & {"me", "other", "not", "like", "dislike", "avoid", "need", "prefer", "want", "ask", "soon", "always"}
    )
    yield f"cT{' '.join(taste)}"
    yield from (f"cT{first}+{other}" for at, first in enumerate(taste) for other in taste[at + 1 :])


@lru_cache(256)
def _signs_in(sentence: str) -> tuple[str, ...]:
    return tuple(name for name, regex in _SIGNS if regex.search(sentence))


def _signs(sentence: str, readings: Sequence[ClauseReading]) -> Iterator[str]:
    signs = _signs_in(sentence)
    yield from (f"+{name}" for name in signs)
    yield "+bias"
    kind = "none"
    if readings:
        first = readings[0]
        kind = f"{first.kind}{'?' if first.weak else ''}"
        yield f"k{first.polarity}"
        yield f"k{first.kind}{first.polarity}"
        yield f"p{first.pattern}"
        yield "+strict" if first.strict else "-strict"
        yield "+two" if len(readings) > 1 else "+one"
    yield f"k{kind}"
    yield from (f"k{kind}+{name}" for name in signs)
    yield f"n{min(len(sentence.split()), 30) // 3}"


KINDS: tuple[Kind, ...] = ("like", "dislike", "avoid", "require", "prefer", "habit", "goal", "fact")

_LIKED, _DISLIKED = frozenset({"like", "require", "prefer"}), frozenset({"dislike", "avoid"})


class ClassifierWeights(NamedTuple):
    """The weights of the models of one language, with their intercepts.

    `states`: shape (state places,), log-odds that a sentence states something. `kinds`: shape (8, places).
    `dislikes`: shape (places,), log-odds that what is stated is not wanted. `spans`: shape (span places,), how well a
    run of words fits as a subject. `vector`: shape (dimensions,) or empty, log-odds by the sentence vector of
    `embedder`. `hidden`: shape (units, dimensions + 1), the weights of a small network over that vector, with their
    intercepts last; `hidden_out`: shape (units,), its output weights.
    """

    states: NDArray[np.float32]
    intercept: float
    kinds: NDArray[np.float32]
    kind_intercepts: NDArray[np.float32]
    dislikes: NDArray[np.float32]
    dislikes_intercept: float
    spans: NDArray[np.float32]
    vector: NDArray[np.float32]
    vector_intercept: float
    hidden: NDArray[np.float32]
    hidden_out: NDArray[np.float32]
    hidden_intercept: float
    embedder: str
    #: Calibrates log-odds for sentences that were not trained on. By words alone: factor and summand; by words, vector and network: the
    #: factor of each, and a summand.
    trust: NDArray[np.float32]


class StatementClassifier:
    """Classifies sentences of one language."""

    def __init__(self, weights: ClassifierWeights, *, chinese: bool) -> None:
        self.weights = weights
        self.chinese = chinese

    def log_odds(self, sentence: str, readings: Sequence[ClauseReading]) -> float:
        """Return the log-odds (nats) that the sentence states something lasting about its writer, by words and rules."""
        factor, summand = self.weights.trust[:2]
        return float(factor * self._by_words(sentence, readings) + summand)

    def log_odds_with(self, sentence: str, readings: Sequence[ClauseReading], vector: NDArray[np.float32]) -> float:
        """Return the same log-odds by the sentence's words, the rules and its vector."""
        weights = self.weights
        by_words, by_vector, by_network, summand = weights.trust[2:]
        vector_score = float(weights.vector @ vector) + weights.vector_intercept
        units = np.maximum(weights.hidden[:, :-1] @ vector + weights.hidden[:, -1], 0)
        network_score = float(units @ weights.hidden_out) + weights.hidden_intercept
        word_score = self._by_words(sentence, readings)
        return float(by_words * word_score + by_vector * vector_score + by_network * network_score + summand)

    def _by_words(self, sentence: str, readings: Sequence[ClauseReading]) -> float:
        places = features(sentence, readings, chinese=self.chinese, places=self.weights.states.size)
        return float(self.weights.states[places].sum()) + self.weights.intercept

    def subject(self, sentence: str, readings: Sequence[ClauseReading], beside: Span | None = None) -> Span | None:
        """Return the subject of a sentence that states something, outside of `beside`; None where there is no word."""
        return best_span(self.weights.spans, sentence, readings, chinese=self.chinese, beside=beside)

    def kind(
        self, sentence: str, readings: Sequence[ClauseReading], subject: Span | None
    ) -> tuple[Kind, Polarity | None]:
        """Return the likeliest kind and polarity of a sentence that states something about `subject`."""
        width = self.weights.dislikes.size
        places = features(sentence, readings, chinese=self.chinese, places=width, subject=subject)
        scores = self.weights.kinds[:, places].sum(axis=1) + self.weights.kind_intercepts
        odds = float(self.weights.dislikes[places].sum()) + self.weights.dislikes_intercept
        liked, disliked = -np.logaddexp(0, odds), -np.logaddexp(0, -odds)
        fits = np.array(
            [liked if kind in _LIKED else disliked if kind in _DISLIKED else max(liked, disliked) for kind in KINDS]
        )
        kind = KINDS[int(np.argmax(scores + fits))]
        unwanted = kind in _DISLIKED or (kind not in _LIKED and odds > 0)
        return kind, None if kind == "fact" else "dislike" if unwanted else "like"

    def reads_vectors_of(self, embedder: str) -> bool:
        """Return whether the classifier was trained on sentence vectors of this embedder."""
        return bool(self.weights.vector.size) and self.weights.embedder == embedder


@cache
def statement_classifier(language: str) -> StatementClassifier:
    """Return the shipped classifier of "en" or "zh"; it is loaded once."""
    with files("penchant.agent.statements").joinpath(f"data/{language}.npz").open("rb") as file, np.load(file) as data:
        weights = ClassifierWeights(
            states=data["states"].astype(np.float32),
            intercept=float(data["intercept"]),
            kinds=data["kinds"].astype(np.float32),
            kind_intercepts=data["kind_intercepts"].astype(np.float32),
            dislikes=data["dislikes"].astype(np.float32),
            dislikes_intercept=float(data["dislikes_intercept"]),
            spans=data["spans"].astype(np.float32),
            vector=data["vector"].astype(np.float32),
            vector_intercept=float(data["vector_intercept"]),
            hidden=data["hidden"].astype(np.float32) if "hidden" in data else np.zeros((0, 1), np.float32),
            hidden_out=data["hidden_out"].astype(np.float32) if "hidden" in data else np.zeros(0, np.float32),
            hidden_intercept=float(data["hidden_intercept"]) if "hidden" in data else 0.0,
            embedder=str(data["embedder"]),
            trust=data["trust"],
        )
    return StatementClassifier(weights, chinese=language == "zh")
