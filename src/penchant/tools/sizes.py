"""Shortens results to a number of tokens; the full result is available on request."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from penchant.agent.chat.toolbox import as_json
from penchant.agent.llm.model import count_with_cl100k

CLAUSE_ENDS = (". ", "。", "; ", "；", ", ", "，", " and ", "和")
"""Where a sentence may be cut so that the rest is still true. Nothing is cut inside of quotation marks."""
QUOTES = {"“": "”", "《": "》", "「": "」"}


@dataclass(frozen=True)
class Short:
    """One version of a result. `content`: structured, in the shape of the result; `text`: the same for clients that read
    text only.
    """

    content: Mapping[str, Any]
    text: str

    @property
    def tokens(self) -> int:
        """Return the tokens of both together as sent over MCP (counted with cl100k; newer encodings hardly need more)."""
        sent = {"content": [{"type": "text", "text": self.text}], "structuredContent": self.content, "isError": False}
        return count_with_cl100k(as_json(sent))


@dataclass(frozen=True)
class Shortening:
    """How results of a capability are shortened. `versions`: yields a result from the fullest to the shortest version;
    `tokens`: returns how many tokens it may take.
    """

    versions: Callable[[Any], Iterator[Short]]
    tokens: Callable[[Any], int]

    def apply(self, value: Any) -> Short:
        """Return the fullest version that fits, or the shortest where none fits."""
        limit = self.tokens(value)
        for version in self.versions(value):
            if version.tokens <= limit:
                return version
        return version


def cut(sentence: str, limit: int | None) -> str:
    """Return the clauses of a sentence that fit into `limit` characters (None: all), at least the first one; "" for 0."""
    if limit is None or len(sentence) <= limit:
        return sentence
    ends = list(_clause_ends(sentence))
    fitting = [end for end in ends if end <= limit] or ends[:1]
    return sentence[: fitting[-1]] if limit and fitting else sentence if limit else ""


def shortened(text: str, limit: int | None) -> str:
    """Return the text, or its beginning with an ellipsis, at most `limit` characters; None for no limit."""
    return text if limit is None or len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _clause_ends(sentence: str) -> Iterator[int]:
    closing = ""
    for place, letter in enumerate(sentence):
        if closing:
            closing = "" if letter == closing else closing
        elif letter in QUOTES:
            closing = QUOTES[letter]
        elif place and sentence.startswith(CLAUSE_ENDS, place):
            yield place
