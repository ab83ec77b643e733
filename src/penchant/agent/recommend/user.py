"""One user as the ranking sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.interactions import UserEvidence
from penchant.arrays import Ints
from penchant.store.ledger import ItemEvent


@dataclass(frozen=True)
class User:
    """One user at one moment: their events, their interests and their query.

    `events`: the events that `evidence` was made from. `refused`: the items with a negative newest clear judgement, by id. `named`:
    for each disliked leaf, the positions of items that name it. `without`: leaves to leave out. `against`: the ids of the events that
    speak against their item. `named_by_query` (n,): how well a query that the embedder cannot read matches each title, instead of `query`.
    `wish`: the words of the query.
    """

    evidence: UserEvidence
    live: LiveInterests
    at: float
    query: NDArray[np.float32] | None = None
    without: frozenset[int] = frozenset()
    events: Sequence[ItemEvent] = ()
    refused: Mapping[str, ItemEvent] = field(default_factory=dict)
    named: Mapping[int, Ints] = field(default_factory=dict)
    against: frozenset[str] = frozenset()
    named_by_query: NDArray[np.float32] | None = None
    wish: str = ""

    @property
    def is_asking(self) -> bool:
        """Whether there is a query."""
        return self.query is not None or self.named_by_query is not None

    @property
    def has_profile(self) -> bool:
        """Whether there is a profile. Before the first update, the events take the place of interests: otherwise what is new would
        outweigh the first clicks of a visitor.
        """
        return self.live.version > 0 or len(self.live.ids) > 0

    @cached_property
    def active(self) -> NDArray[np.bool_]:
        """Shape (i,): interests that take part; muted ones and those in `without` do not."""
        out = np.asarray(self.live.muted, bool).copy()
        out[list(self.without)] = True
        return ~out
