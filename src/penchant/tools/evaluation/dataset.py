"""A data set in memory: its events as columns, in canonical order."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.interactions import Behaviour, ItemSpace
from penchant.arrays import Floats, Ints
from penchant.store.event import Event


@dataclass(frozen=True)
class Log:
    """Events as columns, oldest first (then by event id). `users`: codes into `user_ids`; `items`: positions in the
    space, -1 for none; `at`: Unix seconds; `weights`: signed weight by type; `events`: the events themselves.
    """

    user_ids: tuple[str, ...]
    users: Ints
    items: Ints
    at: Floats
    weights: Floats
    events: tuple[Event, ...]

    @classmethod
    def of(cls, events: list[Event], space: ItemSpace, weights: Mapping[str, float]) -> "Log":
        """Return the log of `events` in canonical order; duplicates are dropped."""
        unique = {(event.user_id, event.event_id): event for event in events}
        ordered = tuple(sorted(unique.values(), key=lambda event: (event.at, event.event_id)))
        user_ids, users = np.unique(np.array([event.user_id for event in ordered], dtype=str), return_inverse=True)
        return cls(
            tuple(str(user) for user in user_ids),
            users.astype(np.int64),
            space.positions([event.item_id for event in ordered]),
            np.array([event.at.timestamp() for event in ordered]),
            np.array([weights.get(event.type, 0.0) for event in ordered]),
            ordered,
        )

    def __len__(self) -> int:
        return len(self.users)

    @cached_property
    def chosen(self) -> NDArray[np.bool_]:
        """Return which rows are a choice of a known item, shape (n,)."""
        return np.asarray((self.items >= 0) & (self.weights > 0))

    @cached_property
    def by_user(self) -> list[Ints]:
        """Return the rows of each user, oldest first."""
        order = np.argsort(self.users, kind="stable")
        bounds = np.searchsorted(self.users[order], np.arange(len(self.user_ids) + 1))
        return [order[bounds[user] : bounds[user + 1]] for user in range(len(self.user_ids))]

    def behaviour(self, known: NDArray[np.bool_], n_items: int) -> Behaviour:
        """Return the choices among the `known` (n,) rows, for fitting item models."""
        keep = known & self.chosen
        return Behaviour(
            len(self.user_ids), n_items, self.users[keep], self.items[keep], self.at[keep], self.weights[keep]
        )
