"""Which statements and interests bear on a question: by meaning, by the words they share across languages, and by what both are about.

Where the embedder reads English alone, a Chinese text is compared by the English of those of its words that the word list knows; where
that is none, it counts as alike as the others are on average.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from penchant.agent.statements.sentences import is_chinese
from penchant.agent.statements.subjects import gloss, terms
from penchant.store.statement import Statement

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Topics = Callable[[Sequence[str]], NDArray[np.float64]]
"""How likely each text (n) is about each topic of the vocabulary (t): shape (n, t)."""
#: What sharing a word, being about the same topics, and being strict add to a cosine similarity.
SHARED_WORD, SAME_TOPICS, STRICT = 0.35, 0.3, 0.05
_ENGLISH_ONLY = "minilm"


class Relevance:
    """Scores texts for one question. `embedder`: the name of what embeds; `topics`: what each text is about."""

    def __init__(self, question: str, embed: Embed, embedder: str, topics: Topics) -> None:
        self.question, self.embed, self.embedder, self.topics = question, embed, embedder, topics
        self.terms = terms(question) - _ASKING

    def of_statements(self, statements: Sequence[Statement]) -> list[float]:
        """How much each statement bears on the question; comparable among themselves."""
        meant = self._similarities([f"{statement.subject}. {statement.text}"[:300] for statement in statements])
        near = self._near([statement.text[:300] for statement in statements])
        return [
            by_meaning
            + self._shared(statement.subject, statement.text)
            + SAME_TOPICS * by_topics
            + STRICT * statement.strict
            for statement, by_meaning, by_topics in zip(statements, meant, near, strict=True)
        ]

    def of_labels(self, labels: Sequence[str]) -> list[float]:
        """How much each label of an interest bears on the question."""
        meant = self._similarities(labels)
        return [by_meaning + self._shared(label, label) for label, by_meaning in zip(labels, meant, strict=True)]

    def _similarities(self, texts: Sequence[str]) -> list[float]:
        """Cosine similarities; their mean where the embedder reads nothing of a text, 0 where it reads nothing of the question."""
        question, *read = [self._readable(text) for text in (self.question, *texts)]
        rows = [at for at, text in enumerate(read) if text]
        if not (question and rows):
            return [0.0] * len(texts)
        vectors = self.embed([question, *(read[at] for at in rows)])
        found = vectors[1:] @ vectors[0]
        similarities = np.full(len(texts), float(found.mean()))
        similarities[rows] = found
        return [float(value) for value in similarities]

    def _readable(self, text: str) -> str:
        return gloss(text) if self.embedder.startswith(_ENGLISH_ONLY) and is_chinese(text) else text

    def _shared(self, subject: str, text: str) -> float:
        in_subject = self.terms & terms(subject)
        if in_subject:
            return SHARED_WORD * (1 + 0.2 * (len(in_subject) - 1))
        return SHARED_WORD / 2 if self.terms & terms(text) or _share_characters(self.question, text) else 0.0

    def _near(self, texts: Sequence[str]) -> list[float]:
        """Cosine similarities of what the texts and the question are about, 0 to 1."""
        if not texts:
            return []
        spread = self.topics([self.question, *texts])
        unit = spread / np.maximum(np.linalg.norm(spread, axis=1, keepdims=True), 1e-9)
        return [float(value) for value in unit[1:] @ unit[0]]


def _share_characters(first: str, other: str) -> bool:
    """Whether two Chinese texts share two characters in a row."""
    if not (is_chinese(first) and is_chinese(other)):
        return False
    pairs = {first[at : at + 2] for at in range(len(first) - 1) if is_chinese(first[at : at + 2])} - _COMMON
    return any(pair in other for pair in pairs)


_ASKING = terms(
    "what which who where when why how should can could would will there one idea suggest recommend best good me you tell want"
)
_COMMON = frozenset(
    (
        "什么",
        "怎么",
        "一个",
        "推荐",
        "可以",
        "我的",
        "有没",
        "没有",
        "今天",
        "晚上",
        "哪里",
        "一下",
        "帮我",
        "我想",
        "我要",
        "给我",
    )
)
