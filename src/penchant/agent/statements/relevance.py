"""Scores how relevant statements and interests are to a question: by meaning, shared words and topics.

Words are compared across languages. Where the embedder reads only English, a Chinese text is compared by the English
meanings of the words in the word list; if it has none, it gets the mean similarity of the others.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from penchant.agent.statements.sentences import is_chinese
from penchant.agent.statements.subjects import gloss, terms
from penchant.store.statement import Statement

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Topics = Callable[[Sequence[str]], NDArray[np.float64]]
"""Returns how likely each text (n) is about each topic of the vocabulary (t): shape (n, t)."""
#: What a shared word, the same topics and strictness add to a cosine similarity.
SHARED_WORD, SAME_TOPICS, STRICT = 0.35, 0.3, 0.05
_ENGLISH_ONLY = "minilm"


class Relevance:
    """Scores texts for one question. `embedder`: the name of the embedder of `embed`; `topics`: what each text is about."""

    def __init__(self, question: str, embed: Embed, embedder: str, topics: Topics) -> None:
        self.question, self.embed, self.embedder, self.topics = question, embed, embedder, topics
        self.terms = terms(question) - _ASKING

    def of_statements(self, statements: Sequence[Statement]) -> list[float]:
        """Return how relevant each statement is to the question; scores are comparable among themselves."""
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
        """Return how relevant each label of an interest is to the question."""
        meant = self._similarities(labels)
        return [by_meaning + self._shared(label, label) for label, by_meaning in zip(labels, meant, strict=True)]

    def _similarities(self, texts: Sequence[str]) -> list[float]:
        """Return cosine similarities to the question.

        A text that the embedder cannot read gets their mean; all are 0 where it cannot read the question.
        """
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
        """Return the cosine similarities between the topics of the texts and of the question, 0 to 1."""
        if not texts:
            return []
        spread = self.topics([self.question, *texts])
        unit = spread / np.maximum(np.linalg.norm(spread, axis=1, keepdims=True), 1e-9)
        return [float(value) for value in unit[1:] @ unit[0]]


def _share_characters(first: str, other: str) -> bool:
    """Return whether two Chinese texts share two characters in a row."""
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
