"""What the recommender works with: the leaves of a profile at one moment, as arrays."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.arrays import Flags, Floats
from penchant.store.statement import Polarity


class LiveEvidence(NamedTuple):
    """One event behind an interest. `weight`: signed evidence, decayed to the moment of reading by the interest's own half-life."""

    event_id: str
    item_id: str | None
    at: datetime
    weight: float


@dataclass(frozen=True)
class LiveInterests:
    """The n leaves of one user's tree, strongest first; rows of every field belong together.

    `ids`, `labels`, `paths`: as in the `Profile` (`paths` without repeated labels); `nodes`: ids from the topic down,
    the taxonomy's where they are its. `vectors`: shape (n, d), unit rows. `p`: shape (n,), what the next event will
    be about, sums to 1 (to 0 for an empty profile). `liking`: shape (n,), the Beta posterior P(like). `muted`,
    `pinned`, `stated`: shape (n,). `evidence`: newest first, the newest that were kept. `contexts`: per leaf,
    evidence by context value such as `hour:evening`."""

    user_id: str
    version: int
    as_of: datetime
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    vectors: NDArray[np.float32]
    p: Floats
    liking: Floats
    muted: Flags
    pinned: Flags
    stated: Flags
    evidence: tuple[tuple[LiveEvidence, ...], ...]
    contexts: tuple[dict[str, float], ...] = field(default=())
    nodes: tuple[tuple[str, ...], ...] = field(default=())
    n_events: int = 0

    @property
    def polarity(self) -> tuple[Polarity, ...]:
        """A leaf the user more likely dislikes than likes is a dislike."""
        return tuple("dislike" if liking < 0.5 else "like" for liking in self.liking)

    @property
    def appetite(self) -> Floats:
        """Shape (n,): what recommendation may use: p where liked, -p where disliked, 0 where muted."""
        signed = np.where(self.liking < 0.5, -self.p, self.p)
        return np.where(self.muted, 0.0, signed)
