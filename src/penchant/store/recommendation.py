"""Models of recommendation lists: items, scores with their contributions, and explanations (`recommend --json`)."""

import hashlib
import json
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from penchant.errors import UsageError
from penchant.store.receipt import Degraded, Usage

MAX_K = 200


"""The maximum number of items in a list."""
Team = Literal["a", "b"]
Signal = Literal[
    "content", "collaborative", "trending", "freshness", "exploration", "llm", "popularity", "boost", "pin"
]


class Contribution(BaseModel):
    """One summand of a score: the signal, the interest it came through, and the evidence (event ids)."""

    signal: Signal
    interest_id: str | None = None
    evidence: tuple[str, ...] = ()
    value: float


class Citation(BaseModel):
    """What a sentence rests on: exactly one of the three fields is set."""

    model_config = ConfigDict(frozen=True)

    interest_id: str | None = None
    event_id: str | None = None
    item_field: str | None = None

    @model_serializer(mode="wrap")
    def _only_what_is_set(self, dump: SerializerFunctionWrapHandler) -> dict[str, str]:
        return {name: value for name, value in dump(self).items() if value is not None}


class Counterfactual(BaseModel):
    """The rank the item would have without this interest."""

    without_interest: str
    rank: int


class Explanation(BaseModel):
    """The reason for recommending an item. Every claim of `text` is backed by `cites`."""

    text: str
    source: Literal["llm", "rule"] = "rule"
    cites: list[Citation] = Field(default_factory=list)
    counterfactual: Counterfactual | None = None


class RecommendedItem(BaseModel):
    """One row of a list.

    `score` is the sum of the contributions' values (within 1e-6). `team`: on a list shared by two settings, the one
    that chose this item. `fits_query`: whether it is what the query of the list asks for; not part of the answer as JSON.
    """

    item_id: str
    title: str
    rank: int
    score: float
    contributions: list[Contribution] = Field(default_factory=list)
    explanation: Explanation
    team: Team | None = None
    fits_query: bool | None = Field(None, exclude=True)


class RerankUse(BaseModel):
    """How a language model took part in a list.

    `rerank_weight` and `reason` concern the order of the list; calls and tokens cover explanations as well.
    """

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    model: str | None = None
    rerank_weight: float = 0.0
    reason: str = ""
    explained: int = 0

    def and_explained(self, usage: Usage, explained: int) -> "RerankUse":
        """Return a copy with the cost of the explanations added.

        `explained`: the number of reasons written by the model that passed verification.
        """
        spent = {
            name: getattr(self, name) + getattr(usage, name) for name in ("calls", "prompt_tokens", "completion_tokens")
        }
        return self.model_copy(update=spent | {"explained": explained})


class Compared(BaseModel):
    """The two versions of the tuned setting that share a list.

    Team a is the one in force; version 0 is the setting before any tuning.
    """

    a: int
    b: int


class Exposure(BaseModel):
    """The variant of an experiment under which a list was made.

    `at`: when the list was given (`as_of` of a list is the moment of its profile).
    """

    experiment: str
    variant: str
    at: datetime | None = None


LeftOut = Literal[
    "before", "filtered", "stated", "muted", "had", "no_candidate", "unchosen", "unchosen_lately", "limited"
]
"""Why available items are left out: earlier pages, what the request does not want (filters, exclusions, wishes to avoid something), what
the user said, muted interests, what the user has had or refused, what nothing about the user points to (large catalogues), what nobody
has chosen at all or within the days asked for (popular items), limits per group.
"""


class Recommendation(BaseModel):
    """A recommendation list for one user, as it is shown, stored and explained."""

    recommendation_id: str
    user_id: str
    as_of: datetime
    profile_version: int
    degraded: list[Degraded] = Field(default_factory=list)
    items: list[RecommendedItem] = Field(default_factory=list)
    llm: RerankUse = Field(default_factory=RerankUse)
    compared: Compared | None = None
    exposure: Exposure | None = Field(None, description="The experiment the user takes part in, and their variant")
    qualified: int | None = Field(None, description="Items that could have been listed, after every filter")
    basis: Literal["profile", "behaviour", "popular"] = Field(
        "profile", description="`popular`: nothing is known of the user, so what is popular and new is listed"
    )
    available: int | None = Field(None, description="Items of the catalogue that were available")
    left_out: dict[LeftOut, int] = Field(default_factory=dict, description="How many of them each step left out")
    fewer: str | None = Field(None, description="Why there are fewer items than were asked for")
    after: str | None = Field(None, description="The list this is the next page of")
    asked: dict[str, Any] = Field(default_factory=dict, description="The rules of the request, for its next page")


class ListedItem(BaseModel):
    """One row of a list that is not for a particular user. `score` is the sum of the contributions' values."""

    item_id: str
    title: str
    rank: int
    score: float
    contributions: list[Contribution] = Field(default_factory=list)
    why: str


class ItemList(BaseModel):
    """Items similar to one (`about`), popular items (of the last `days`), or the latest.

    `qualified`: how many items could have been listed. `available`: items of the catalogue that were available;
    `left_out`: how many of them each step left out. `fewer`: why there are fewer than were asked for. `degraded`: what the
    filters name and no item has.
    """

    kind: Literal["similar", "popular", "latest"]
    as_of: datetime
    about: str | None = None
    days: float | None = None
    qualified: int
    available: int
    left_out: dict[LeftOut, int] = Field(default_factory=dict)
    fewer: str | None = None
    items: list[ListedItem] = Field(default_factory=list)
    degraded: list[Degraded] = Field(default_factory=list)


class ItemExplanation(BaseModel):
    """Why an item is recommended to a user, or why not (`explain USER ITEM`)."""

    user_id: str
    item_id: str
    title: str
    recommended: bool
    rank: int | None
    score: float
    contributions: list[Contribution] = Field(default_factory=list)
    explanation: Explanation
    why_not: list[str] = Field(default_factory=list)
    degraded: list[Degraded] = Field(default_factory=list)
    llm: RerankUse = Field(default_factory=RerankUse)

    @property
    def why(self) -> str:
        """What speaks for the item: the reason without the sentences of `why_not`, such as that the user has bought it."""
        reason = self.explanation.text
        for objection in self.why_not:
            reason = reason.replace(objection, "")
        return reason.strip()


def bounded_k(k: object) -> int:
    """Return `k` if it is a valid length of a list. Raises `UsageError`."""
    if not isinstance(k, int) or isinstance(k, bool) or not 1 <= k <= MAX_K:
        raise UsageError(f"k must be a whole number between 1 and {MAX_K}, not {k!r}")
    return k


def identity(recommendation: Recommendation) -> str:
    """Return the id of a list: a digest of its user, profile version, moment, request, experiment, items and scores."""
    rows = (f"{row.item_id}:{row.score:.6f}:{row.team or ''}" for row in recommendation.items)
    asked = json.dumps(recommendation.asked, sort_keys=True) if recommendation.asked else None
    exposure = recommendation.exposure.model_dump_json() if recommendation.exposure else None
    content = "\x1f".join(
        [
            recommendation.user_id,
            str(recommendation.profile_version),
            recommendation.as_of.isoformat(),
            recommendation.after or "",
            *filter(None, (asked, exposure)),
            *rows,
        ]
    )
    return "r-" + hashlib.blake2b(content.encode(), digest_size=10).hexdigest()
