"""Results as short as a model can afford to read: the most that fits into a number of tokens, the whole account on request."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tiktoken

from penchant.agent.llm.model import BUNDLED

CLAUSE_ENDS = (". ", "。", "; ", "；", ", ", "，", " and ", "和")
"""Where a sentence can be cut, so that what is left is still true. Nothing is cut inside quotation marks."""
QUOTES = {"“": "”", "《": "》", "「": "」"}


@dataclass(frozen=True)
class Short:
    """One way to tell a result: `content` is structured and has the result's own shape, `text` says the same to who reads text only."""

    content: Mapping[str, Any]
    text: str

    @property
    def tokens(self) -> int:
        """Tokens of both together, as they are sent over MCP (cl100k, which newer tables do not exceed by much)."""
        sent = {"content": [{"type": "text", "text": self.text}], "structuredContent": self.content, "isError": False}
        return count_tokens(as_json(sent))


@dataclass(frozen=True)
class Shortening:
    """How a capability's results are told in few tokens. `versions`: from the fullest to the tersest; `tokens`: what one may take."""

    versions: Callable[[Any], Iterator[Short]]
    tokens: Callable[[Any], int]

    def apply(self, value: Any) -> Short:
        """The fullest version that fits; the tersest, where none does."""
        limit = self.tokens(value)
        for version in self.versions(value):
            if version.tokens <= limit:
                return version
        return version


def as_json(content: Mapping[str, Any]) -> str:
    """Compact JSON, letters as they are."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str)


def count_tokens(text: str) -> int:
    """Tokens of a text by the bundled table."""
    return len(_encoding().encode(text, disallowed_special=()))


def cut(sentence: str, limit: int | None) -> str:
    """The clauses of a sentence that fit into `limit` characters (None: all), at least the first; nothing for 0."""
    if limit is None or len(sentence) <= limit:
        return sentence
    ends = list(_clause_ends(sentence))
    fitting = [end for end in ends if end <= limit] or ends[:1]
    return sentence[: fitting[-1]] if limit and fitting else sentence if limit else ""


def shortened(text: str, limit: int | None) -> str:
    """The text, or its first `limit` characters with an ellipsis."""
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


@lru_cache(maxsize=1)
def _encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding(BUNDLED)
