"""Models of a profile: the tree of interests of one user at one moment (`profile show --json`)."""

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
"""The minimum evidence of the weaker opinion to be mentioned, and its minimum part of the stronger one's."""


class Frozen(BaseModel):
    """A value: compared by content and immutable."""

    model_config = ConfigDict(frozen=True)


Node = TypeVar("Node", bound=BaseModel)


def construct(kind: type[Node], values: dict[str, Any]) -> Node:
    """Return an instance of `kind` with complete, valid `values`: a faster `model_construct`.

    Profiles have hundreds of nodes.
    """
    node = kind.__new__(kind)
    _set_values(node, values)
    _set_fields(node, _all_fields(kind))
    _set_extra(node, None)
    _set_private(node, None)
    return node


def construct_all(kind: type[Node], columns: Mapping[str, Sequence[Any]]) -> list[Node]:
    """Return an instance of `kind` for each row of the columns, which are one per field.

    Takes half the time of calling `construct` for each row.
    """
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


def set_late_fields(node: BaseModel, values: dict[str, Any]) -> None:
    """Set fields of a new instance, before anyone else uses it, that were not known when it was created."""
    vars(node).update(values)


_set_values, _set_fields, _set_extra, _set_private = (vars(BaseModel)[slot].__set__ for slot in BaseModel.__slots__)
"""The setters of the slots of a pydantic model, in the order in which the class lists them."""


@cache
def _all_fields(kind: type[BaseModel]) -> set[str]:
    return set(kind.model_fields)


class Keyword(Frozen):
    """A term and its Bayes weight P(interest | term), 0–1."""

    term: str
    weight: float


class Interest(Frozen):
    """A node of the tree.

    `strength` is its share of the whole profile, `share` its share within its parent (both 0–1).

    `node`: the kind of node. Ids of topics, subtopics and themes are the taxonomy's, the same for every user.

    `short_term` and `long_term`: the share of the whole profile by the fast and by the slow timescales.
    `half_life_days`: the effective half-life (None: never fades). `evidence`: at most 20 event ids, newest first;
    `evidence_count` counts them all. `liked`, `disliked`: decayed evidence for and against; they do not cancel each
    other (see `is_mixed`). `lent`: the interest rests on other people (friends, similar users) and not yet on this
    user.
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
        """Whether some of its items were liked and others disliked, so that `polarity` alone does not describe it."""
        return min(self.liked, self.disliked) >= max(LEAST_OPINION, MIXED_SHARE * max(self.liked, self.disliked))

    def walk(self) -> Iterator["Interest"]:
        """Yield this node and all nodes below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()


class Pool(Frozen):
    """Events that no interest explains yet."""

    events: int = 0


class ExpertWeight(Frozen):
    """One timescale of the mixture and its trust for this user. `half_life_days` None: never forgets."""

    half_life_days: float | None
    prior: float
    weight: float


class Drift(Frozen):
    """An interest that rose or fell by more than chance explains."""

    id: str
    label: str
    direction: Literal["rose", "fell"]


class LeafReading(Frozen):
    """A language model's reading of one interest. `label`: a narrower label; `kind`: why the user does this."""

    id: str
    label: str | None = None
    kind: Literal["habit", "gift", "one-off", "research"] = "habit"


class Reading(Frozen):
    """A language model's personal reading of version `version` of a profile.

    `portrait` has at most two sentences. It is empty if nothing that the model wrote could be verified against the
    profile.
    """

    version: int
    language: str
    portrait: str = ""
    interests: tuple[LeafReading, ...] = ()
    model: str | None = None

    def of(self, interest_id: str) -> LeafReading | None:
        """Return the reading of the interest with this id, or None."""
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
    statements: tuple[Statement, ...] = Field((), description="The user's statements that are in force")
    reading: Reading | None = Field(
        None, description="A summary by a language model; no structure and no number comes from it"
    )

    def walk(self) -> Iterator[Interest]:
        """Yield all nodes, depth first."""
        for interest in self.interests:
            yield from interest.walk()

    def find(self, interest_id: str) -> Interest | None:
        """Return the node with this id, or None."""
        return next((node for node in self.walk() if node.id == interest_id), None)

    def pruned(self, depth: int) -> "Profile":
        """Return the profile with only the upper `depth` levels."""
        return self.model_copy(update={"interests": _upper(self.interests, depth)})


def _upper(nodes: tuple[Interest, ...], depth: int) -> tuple[Interest, ...]:
    if depth < 1:
        return ()
    return tuple(node.model_copy(update={"children": _upper(node.children, depth - 1)}) for node in nodes)
