"""Reads users for the ranking: their events, the interests that these speak for, and their query."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

import numpy as np

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.interactions import UserEvidence, refused, speaking_against
from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.queries import read_query
from penchant.agent.recommend.strict_statements import StrictStatements
from penchant.agent.recommend.user import User
from penchant.arrays import Ints
from penchant.errors import NotFoundError
from penchant.store.ledger import ItemEvent

if TYPE_CHECKING:
    from penchant.store.embedders.embedder import Embedder
    from penchant.store.ledger import Ledger


class Interests(Protocol):
    """A source of users' interests."""

    def live(self, user_id: str, at: datetime | None = None, *, language: str | None = None) -> LiveInterests:
        """Return the interests of one user at a moment. Raises `NotFoundError`."""
        ...


@dataclass(frozen=True)
class UserReader:
    """Reads the users of one installation. `event_weights`: by event type; `strict`: finds the items that name a dislike."""

    interests: Interests
    ledger: "Ledger"
    embedder: "Embedder"
    event_weights: Mapping[str, float]
    strict: StrictStatements

    def live(
        self, user_id: str, at: datetime | None, now: datetime, models: ItemModels, language: str | None
    ) -> LiveInterests:
        """Return the interests of a user at `at` (None: the latest); none for a user without any data."""
        try:
            return self.interests.live(user_id, at, language=language)
        except NotFoundError:
            return nobody(user_id, now, models.space.vectors.shape[1])

    def user(
        self,
        live: LiveInterests,
        models: ItemModels,
        now: datetime,
        *,
        query: str | None = None,
        without: Sequence[str] = (),
    ) -> tuple[User, Ints]:
        """Return the user with these interests, and the position of the item of each of their events (-1: unknown)."""
        events = self.ledger.item_events(live.user_id, now)
        against = refused(events, self.event_weights)
        evidence, positions = self._evidence(events, against, live, models)
        asked, by_name = read_query(query, self.embedder, models.space)
        missing = frozenset(leaf for leaf, name in enumerate(live.ids) if name in without)
        named = self.strict.disliked(live, models.space, asked_for=query or "")
        low = speaking_against(events, self.event_weights)
        at, wish = now.timestamp(), query or ""
        return User(evidence, live, at, asked, missing, events, against, named, low, by_name, wish), positions

    def evidence(self, live: LiveInterests, models: ItemModels, until: datetime) -> tuple[UserEvidence, Ints]:
        """Return the user's evidence up to and including `until`, and the positions of all items that their events are about."""
        events = self.ledger.item_events(live.user_id, until)
        evidence, positions = self._evidence(events, refused(events, self.event_weights), live, models)
        return evidence, np.unique(positions[positions >= 0])

    def _evidence(
        self, events: Sequence[ItemEvent], against: Container[str], live: LiveInterests, models: ItemModels
    ) -> tuple[UserEvidence, Ints]:
        names, about, kinds, moments, _ = zip(*events, strict=True) if events else ((), (), (), (), ())
        items, weight_of = (
            models.space.positions(about),
            {kind: self.event_weights.get(kind, 0.0) for kind in set(kinds)},
        )
        signed = np.fromiter(map(weight_of.__getitem__, kinds), np.float64, len(kinds))
        if against:
            signed[[item in against for item in about]] = 0.0
        evidence = UserEvidence.of(live, names, items, np.array(moments, np.float64) / 1e6, signed)
        return evidence, items


def nobody(user_id: str, at: datetime, dimensions: int) -> LiveInterests:
    """Return the interests of a user without any data."""
    none, flags = np.zeros(0), np.zeros(0, bool)
    return LiveInterests(
        user_id, 0, at, (), (), (), np.zeros((0, dimensions), np.float32), none, none, flags, flags, flags, flags, ()
    )
