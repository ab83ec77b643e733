"""Whether a sentence states something lasting of its writer, and what kind: logistic regressions, trained on sentences written for this
project (`scripts/train_statements.py`), their weights shipped as data.

One model a language reads words and rules alone; for English another reads the sentence vector of the default embedder, and the two are
added where that embedder is in use.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.statements.patterns_en import Kind
from penchant.agent.statements.sentences import Reading

#: Places that features are hashed into.
PLACES = 1 << 15
_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+|[^\w\s]", re.IGNORECASE)
_I = re.IGNORECASE
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("first", re.compile(r"^(?:i|i['’]\w+|my|we|our)\b|^(?:我|本人|咱)", _I)),
    ("person", re.compile(r"\b(?:i|i['’]\w+|me|my|mine|we|us|our)\b|我|本人|咱", _I)),
    ("other", re.compile(r"^(?:he|she|they|you|people|everyone|someone|it|this|that|there)\b|^(?:他|她|它|你|大家|有人|很多人)", _I)),
    ("question", re.compile(r"[?？]\s*$|^(?:do|does|did|is|are|was|can|could|should|would|will|what|which|who|where|when|why|how)\b|[吗呢么]\s*[?？]?$|怎么|什么|为什么|如何|多少|哪", _I)),
    ("soon", re.compile(r"\b(?:today|tonight|tomorrow|yesterday|this\s+(?:morning|afternoon|evening|weekend|week|time|one|month)|next\s+\w+|last\s+\w+|right\s+now|just\s+now|ago|currently|by\s+(?:tomorrow|noon|monday|friday)|on\s+(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|at\s+(?:noon|\w+\s+o['’]clock)|in\s+(?:january|february|march|april|may|june|july|august|september|october|november|december))\b|今天|今晚|明天|昨天|刚才|刚刚|这次|下周|上周|下个月|周[一二三四五六日]|中午|昨晚|后天|待会|马上|一会", _I)),
    ("always", re.compile(r"\b(?:always|never|usually|every\s+\w+|only|generally|typically|all\s+my\s+life|for\s+\w+\s+years|since|whenever|twice\s+a|times\s+a|these\s+days|tend\s+to|anything|any)\b|一直|从来|从不|每天|每周|平时|总是|一般|常年|习惯|向来|天天|最近|已经|多年|只", _I)),
    ("point", re.compile(r"\b(?:this|that|these|those|it|your|above|below|following)\b|这个|那个|这段|上面|下面|第[一二三]", _I)),
    ("work", re.compile(r"\b(?:code|function|error|answer|draft|version|paragraph|sentence|email|file|script|bug|table|column|button|page|list|link|text|essay|step|question|chapter|test|homework|exam|order|invoice|ticket|app\b|server|data|query|output|password|account)\b|代码|报错|错误|函数|答案|版本|方案|标题|结尾|段落|作业|文件|论文|周报|邮件|问题|数据|颜色", _I)),
    ("ask", re.compile(r"\b(?:please|help|recommend|suggest|give\s+me|show\s+me|tell\s+me|find|write|explain|list|can\s+you|could\s+you|i\s+need\s+(?:a|an|to|some|help|you)|i\s+want\s+(?:a|an|to|you)|i['’]d\s+like|looking\s+for|what\s+should)\b|推荐|帮我|请问|怎么办|有没有|给我|请你|想要|想问|帮忙|求", _I)),
    ("past", re.compile(r"\b(?:was|were|had|did|went|saw|bought|got|made|found|came|lost|forgot|ate|tried|used|watched|read|\w{3,}ed)\b|了$|过$", _I)),
    ("ing", re.compile(r"^(?:i['’]m|i\s+am|we['’]re|we\s+are)\s+\w+ing\b|^我?正?在", _I)),
)  # fmt: skip


def features(sentence: str, readings: Sequence[Reading], *, chinese: bool) -> NDArray[np.int64]:
    """Places of the sentence's features, shape (n,), each once."""
    names = _chinese(sentence, readings) if chinese else _english(sentence, readings)
    places = {zlib.crc32(name.encode("utf-8", "replace")) % PLACES for name in names}
    return np.fromiter(places, np.int64, len(places))


def _english(sentence: str, readings: Sequence[Reading]) -> Iterator[str]:
    frame, inside = _parts(sentence, readings, " § ")
    tokens = ["^", *(token.casefold() for token in _TOKEN.findall(frame)), "$"]
    for size in (1, 2, 3):
        for at in range(len(tokens) - size + 1):
            yield f"w{' '.join(tokens[at : at + size])}"
    for size in (2, 3, 4, 5):
        yield f"b{' '.join(tokens[:size])}"
    subject = [token.casefold() for token in _TOKEN.findall(inside)]
    yield from (f"s{token}" for token in subject)
    yield f"l{' '.join(subject[-1:])}"
    yield f"f{' '.join(subject[:2])}"
    yield from _signs(sentence, readings)


def _chinese(sentence: str, readings: Sequence[Reading]) -> Iterator[str]:
    frame, inside = _parts(sentence, readings, "§")
    characters = f"^{''.join(frame.split()).rstrip('。.!！~')}$"
    for size in (1, 2, 3, 4):
        for at in range(len(characters) - size + 1):
            yield f"w{characters[at : at + size]}"
    whole = f"^{''.join(sentence.split())}$"
    for size in (2, 3):
        for at in range(len(whole) - size + 1):
            yield f"a{whole[at : at + size]}"
    yield from (f"s{character}" for character in inside)
    yield from _signs(sentence, readings)


def _parts(sentence: str, readings: Sequence[Reading], mark: str) -> tuple[str, str]:
    """The sentence with its first subject marked, and the subject."""
    if not readings or readings[0].end <= readings[0].start:
        return sentence, ""
    first = readings[0]
    return sentence[: first.start] + mark + sentence[first.end :], sentence[first.start : first.end]


def _signs(sentence: str, readings: Sequence[Reading]) -> Iterator[str]:
    signs = [name for name, regex in _SIGNS if regex.search(sentence)]
    yield from (f"+{name}" for name in signs)
    yield "+bias"
    kind = "none"
    if readings:
        first = readings[0]
        kind = f"{first.kind}{'?' if first.weak else ''}"
        yield f"p{first.pattern}"
        yield "+strict" if first.strict else "-strict"
        yield "+two" if len(readings) > 1 else "+one"
    yield f"k{kind}"
    yield from (f"k{kind}+{name}" for name in signs)
    words = len(sentence.split())
    yield f"n{min(words, 30) // 3}"


KINDS: tuple[Kind, ...] = ("like", "dislike", "avoid", "require", "prefer", "habit", "goal", "fact")


class Weights(NamedTuple):
    """`states`: shape (places,), log-odds that a sentence states something; `kinds`: shape (8, places); with their intercepts.

    `vector`: shape (dimensions,) or empty: log-odds by the sentence vector of `embedder`.
    """

    states: NDArray[np.float32]
    intercept: float
    kinds: NDArray[np.float32]
    kind_intercepts: NDArray[np.float32]
    vector: NDArray[np.float32]
    vector_intercept: float
    embedder: str


class StatementClassifier:
    """Reads sentences of one language."""

    def __init__(self, weights: Weights, *, chinese: bool) -> None:
        self.weights = weights
        self.chinese = chinese

    def log_odds(self, sentence: str, readings: Sequence[Reading]) -> float:
        """That the sentence states something lasting of its writer, by its words and the rules, in nats."""
        places = features(sentence, readings, chinese=self.chinese)
        return float(self.weights.states[places].sum()) + self.weights.intercept

    def log_odds_of(self, vector: NDArray[np.float32]) -> float:
        """What the sentence's vector adds to that."""
        return float(self.weights.vector @ vector) + self.weights.vector_intercept

    def kind(self, sentence: str, readings: Sequence[Reading]) -> Kind:
        """The likeliest kind of a sentence that states something."""
        places = features(sentence, readings, chinese=self.chinese)
        scores = self.weights.kinds[:, places].sum(axis=1) + self.weights.kind_intercepts
        return KINDS[int(np.argmax(scores))]

    def reads_vectors_of(self, embedder: str) -> bool:
        """Whether sentence vectors of this embedder say anything to it."""
        return bool(self.weights.vector.size) and self.weights.embedder == embedder


@cache
def statement_classifier(language: str) -> StatementClassifier:
    """The shipped classifier of "en" or "zh"."""
    with files("penchant.agent.statements").joinpath(f"data/{language}.npz").open("rb") as file, np.load(file) as data:
        weights = Weights(
            states=data["states"].astype(np.float32),
            intercept=float(data["intercept"]),
            kinds=data["kinds"].astype(np.float32),
            kind_intercepts=data["kind_intercepts"].astype(np.float32),
            vector=data["vector"].astype(np.float32),
            vector_intercept=float(data["vector_intercept"]),
            embedder=str(data["embedder"]),
        )
    return StatementClassifier(weights, chinese=language == "zh")
