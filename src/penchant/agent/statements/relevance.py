"""Which statements and interests bear on a question: by meaning, by the words they share across languages, and by place."""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from penchant.agent.statements.sentences import is_chinese
from penchant.agent.statements.subjects import terms
from penchant.store.statement import Statement

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Place = Callable[[Collection[str]], Mapping[str, str | None]]
#: What sharing a word, standing in the same place, and being strict add to a cosine similarity.
SHARED_WORD, SAME_PLACE, STRICT = 0.35, 0.2, 0.05
_ENGLISH_ONLY = "minilm"


class Relevance:
    """Scores texts for one question. `embedder`: the name of what embeds; `place`: the place each text is surely about."""

    def __init__(self, question: str, embed: Embed, embedder: str, place: Place) -> None:
        self.question, self.embed, self.embedder = question, embed, embedder
        self.place = place([question]).get(question)
        self.terms = terms(question)

    def of_statements(self, statements: Sequence[Statement]) -> list[float]:
        """How much each statement bears on the question; comparable among themselves."""
        meant = self._similarities([f"{statement.subject}. {statement.text}"[:300] for statement in statements])
        return [
            by_meaning
            + self._shared(statement.subject, statement.text)
            + self._near(statement.place)
            + STRICT * statement.strict
            for statement, by_meaning in zip(statements, meant, strict=True)
        ]

    def of_labels(self, labels: Sequence[str]) -> list[float]:
        """How much each label of an interest bears on the question."""
        meant = self._similarities(labels)
        return [by_meaning + self._shared(label, label) for label, by_meaning in zip(labels, meant, strict=True)]

    def _similarities(self, texts: Sequence[str]) -> list[float]:
        """Cosine similarities; 0 where the embedder does not read the language of either."""
        similarities = [0.0] * len(texts)
        readable = [at for at, text in enumerate(texts) if self._reads(text)]
        if readable and self._reads(self.question):
            vectors = self.embed([self.question, *(texts[at] for at in readable)])
            for at, value in zip(readable, (vectors[1:] @ vectors[0]).tolist(), strict=True):
                similarities[at] = value
        return similarities

    def _reads(self, text: str) -> bool:
        return not (self.embedder.startswith(_ENGLISH_ONLY) and is_chinese(text))

    def _shared(self, subject: str, text: str) -> float:
        in_subject = self.terms & terms(subject)
        if in_subject:
            return SHARED_WORD * (1 + 0.2 * (len(in_subject) - 1))
        return SHARED_WORD / 2 if self.terms & terms(text) or _share_characters(self.question, text) else 0.0

    def _near(self, place: str | None) -> float:
        return SAME_PLACE if place is not None and place == self.place else 0.0


def _share_characters(first: str, other: str) -> bool:
    """Whether two Chinese texts share two characters in a row."""
    if not (is_chinese(first) and is_chinese(other)):
        return False
    pairs = {first[at : at + 2] for at in range(len(first) - 1) if is_chinese(first[at : at + 2])} - _COMMON
    return any(pair in other for pair in pairs)


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
