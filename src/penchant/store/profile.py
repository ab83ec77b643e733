"""The profile as people and programs read it: the tree of interests at one moment (`profile show --json`)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import repeat
from operator import is_
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from penchant.store.statement import Polarity, Statement

Trend = Literal["rising", "steady", "fading"]
Status = Literal["active", "pinned", "muted"]
LabelSource = Literal["llm", "rule", "user"]
NodeKind = Literal["topic", "subtopic", "theme", "personal"]
MAX_EVIDENCE_SHOWN = 20
LEAST_OPINION, MIXED_SHARE = 0.5, 0.25
"""From this much evidence, and this part of what speaks the other way, a second opinion is worth telling."""


class Frozen(BaseModel):
    """A value: compared by content, never changed."""

    model_config = ConfigDict(frozen=True)


Node = TypeVar("Node", bound=BaseModel)


def made(kind: type[Node], values: dict[str, Any]) -> Node:
    """An instance of `kind` whose `values` are complete and known to fit: `model_construct` where there are hundreds of them."""
    node = kind.__new__(kind)
    _set_values(node, values)
    _set_fields(node, _all_fields(kind))
    _set_extra(node, None)
    _set_private(node, None)
    return node


def made_all(kind: type[Node], columns: Mapping[str, Sequence[Any]]) -> list[Node]:
    """As many instances of `kind` as the columns, one per field, are long: as `made` makes each, in half the time."""
    count = len(next(iter(columns.values())))
    same = {name for name, column in columns.items() if column and all(map(is_, column, repeat(column[0])))}
    blank = {name: column[0] if name in same else None for name, column in columns.items()}
    rows: list[dict[str, Any]] = [blank.copy() for _ in range(count)]
    for name in columns.keys() - same:
        for row, value in zip(rows, columns[name], strict=True):
            row[name] = value
    nodes: list[Node] = list(map(kind.__new__, repeat(kind, count)))
    fields = _all_fields(kind)
    for node, row in zip(nodes, rows, strict=True):
        _set_values(node, row)
        _set_fields(node, fields)
        _set_extra(node, None)
        _set_private(node, None)
    return nodes


def complete(node: BaseModel, values: dict[str, Any]) -> None:
    """Give an instance that was just made, and that nobody has seen, fields that were not known when it was made."""
    vars(node).update(values)


_set_values, _set_fields, _set_extra, _set_private = (vars(BaseModel)[slot].__set__ for slot in BaseModel.__slots__)
"""The slots of a model, in the order in which it names them."""


@cache
def _all_fields(kind: type[BaseModel]) -> set[str]:
    return set(kind.model_fields)


class Keyword(Frozen):
    """A term and its Bayes weight P(interest | term), 0–1."""

    term: str
    weight: float


class Interest(Frozen):
    """A node of the tree. `strength` is its share of the whole profile, `share` its share within its parent (both 0–1).

    `node`: what it is; ids of topics, subtopics and themes are the taxonomy's, the same for every user.

    `short_term` and `long_term` are the shares of the whole by the fast and by the slow clocks; `half_life_days` is the effective
    half-life (None: never fades). `evidence` holds at most 20 event ids, newest first; `evidence_count` counts them all.
    `liked`, `disliked`: evidence for and against, faded, kept apart: the one does not cancel the other (`is_mixed`).
    `lent`: a beginning that rests on others (friends, people alike), not yet on the user.
    """

    id: str
    label: str
    level: int = Field(ge=1)
    node: NodeKind = "theme"
    path: tuple[str, ...]
    strength: float
    share: float
    confidence: float
    polarity: Polarity = "like"
    liked: float = 0.0
    disliked: float = 0.0
    short_term: float = 0.0
    long_term: float = 0.0
    trend: Trend = "steady"
    half_life_days: float | None = None
    status: Status = "active"
    source: Literal["inferred", "stated"] = "inferred"
    lent: bool = False
    label_source: LabelSource = "rule"
    evidence: tuple[str, ...] = ()
    evidence_count: int = 0
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    keywords: tuple[Keyword, ...] = ()
    children: tuple["Interest", ...] = ()

    @property
    def is_mixed(self) -> bool:
        """Whether things behind it were liked and others disliked, so that its polarity alone would not tell."""
        return min(self.liked, self.disliked) >= max(LEAST_OPINION, MIXED_SHARE * max(self.liked, self.disliked))

    def walk(self) -> Iterator["Interest"]:
        """This node and everything below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()


class Pool(Frozen):
    """Behaviour that no interest explains yet."""

    events: int = 0


class ExpertWeight(Frozen):
    """One clock of the mixture and how much it is trusted for this user. `half_life_days` None: never forgets."""

    half_life_days: float | None
    prior: float
    weight: float


class Drift(Frozen):
    """An interest that rose or fell by more than chance explains."""

    id: str
    label: str
    direction: Literal["rose", "fell"]


class LeafReading(Frozen):
    """What a language model makes of one interest. `label`: a narrower one; `kind`: why the user does this."""

    id: str
    label: str | None = None
    kind: Literal["habit", "gift", "one-off", "research"] = "habit"


class Reading(Frozen):
    """A personal reading: a portrait in at most two sentences, made from version `version` of the profile.

    `portrait` is empty where nothing that the model wrote could be shown to rest on the profile.
    """

    version: int
    language: str
    portrait: str = ""
    interests: tuple[LeafReading, ...] = ()
    model: str | None = None

    def of(self, interest_id: str) -> LeafReading | None:
        """What it makes of the interest with this id."""
        return next((leaf for leaf in self.interests if leaf.id == interest_id), None)


class Profile(Frozen):
    """Everything known of one user at one moment. Top-level strengths sum to 1; children sum to their parent."""

    user_id: str
    version: int
    as_of: datetime
    language: str
    n_events: int
    interests: tuple[Interest, ...] = ()
    pool: Pool = Pool()
    experts: tuple[ExpertWeight, ...] = ()
    drift: tuple[Drift, ...] = ()
    taxonomy_version: int = Field(
        0, description="The version of the taxonomy whose nodes these are; 0: the vocabulary alone"
    )
    statements: tuple[Statement, ...] = Field((), description="What the user says of themself, as it holds now")
    reading: Reading | None = Field(
        None, description="A summary by a language model; no structure and no number comes from it"
    )

    def walk(self) -> Iterator[Interest]:
        """Every node, depth first."""
        for interest in self.interests:
            yield from interest.walk()

    def find(self, interest_id: str) -> Interest | None:
        """The node with this id, or None."""
        return next((node for node in self.walk() if node.id == interest_id), None)

    def pruned(self, depth: int) -> "Profile":
        """The same profile with only the upper `depth` levels."""
        return self.model_copy(update={"interests": _upper(self.interests, depth)})


def _upper(nodes: tuple[Interest, ...], depth: int) -> tuple[Interest, ...]:
    if depth < 1:
        return ()
    return tuple(node.model_copy(update={"children": _upper(node.children, depth - 1)}) for node in nodes)
