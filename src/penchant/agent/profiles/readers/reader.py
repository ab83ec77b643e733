"""The one thing a language model is asked about behaviour: to read a group of it and say what it is.

Groups are made by rules, so evidence is exact by construction; a reading adds a name, a place and a kind, nothing that counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from penchant.store.receipt import Degraded, Usage
from penchant.store.statement import Polarity

Kind = Literal["habit", "one-off", "gift", "research"]


@dataclass(frozen=True)
class Group:
    """Similar behaviour to be read. `key` is a stable digest of what founded it; readings are recorded under it.

    `texts`: what the user touched, most telling first (untrusted). `vector`: shape (d,), unit. `categories`: the catalogue's own paths,
    most frequent first, empty where the catalogue brings none. `events`, `weight`: count and signed evidence behind it. `personal`: whether
    the user's own words are among the texts. `offers`: how often a model has looked at it in vain.
    """

    key: str
    texts: tuple[str, ...]
    vector: NDArray[np.float32]
    categories: tuple[tuple[str, ...], ...] = ()
    events: int = 1
    weight: float = 1.0
    personal: bool = False
    offers: int = 0


@dataclass(frozen=True)
class KnownInterest:
    """An interest that already stands in the tree: the reader may answer "this is that one" instead of inventing a twin."""

    id: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """The user's own words (a message or a search): may state a preference."""

    event_id: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What a group is. `path` runs topic, subtopic, interest, in `language`; `topic_id` and `subtopic_id` are the vocabulary's ids where
    it was used (so that the same place has the same id in every language). `offers`: how often a model has looked at it in vain."""

    key: str
    path: tuple[str, ...]
    topic_id: str | None = None
    subtopic_id: str | None = None
    same_as: str | None = None
    polarity: Polarity | None = None
    kind: Kind = "habit"
    confidence: float = 1.0
    source: Literal["llm", "rule"] = "rule"
    offers: int = 0


@dataclass(frozen=True)
class StatedPreference:
    """A preference the user put into words. `span` is verbatim in the remark's text."""

    event_id: str
    label: str
    polarity: Polarity
    span: str
    source: Literal["llm", "rule"] = "rule"


@dataclass(frozen=True)
class ReadRequest:
    """Everything of one user that is to be read in one go."""

    user_id: str
    language: str
    groups: tuple[Group, ...]
    known: tuple[KnownInterest, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class ReadReply:
    """One reading for every group asked about (by rule where the model failed), and the stated preferences found."""

    readings: tuple[Reading, ...]
    statements: tuple[StatedPreference, ...] = ()
    usage: Usage = field(default_factory=Usage)
    degraded: tuple[Degraded, ...] = ()


class Reader(Protocol):
    """Reads groups. Never raises for what a model or a server does: it falls back to rules and says so in `degraded`."""

    def read(self, requests: Sequence[ReadRequest]) -> list[ReadReply]:
        """One reply per request, in order. Hosted models are called for several requests at once."""
        ...
