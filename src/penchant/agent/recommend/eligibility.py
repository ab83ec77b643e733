"""Which items may be listed for one user at one moment.

Which events settle an item, so that it is not recommended again, depends on the event type and the item's domain: a click means that
an article was read on a news site, but only a look in a shop. An item that the user refused (disliked, hid, returned, rated below
their own mean) is never listed again, whatever is configured.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.interactions import CLEAR, ItemSpace
from penchant.arrays import Ints
from penchant.settings import RecommendSettings
from penchant.store.ledger import ItemEvent

if TYPE_CHECKING:
    from penchant.agent.recommend.user import User
    from penchant.store.recommendations import Recommendations

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class SettlingTypes:
    """The event types that settle an item, by domain."""

    settings: RecommendSettings

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """The types that settle an item whose domain has no rules of its own."""
        return frozenset(self.settings.settles)

    @cached_property
    def by_domain(self) -> dict[str, tuple[frozenset[str], bool]]:
        """For each domain with rules of its own, in lower case: the types that settle, and whether items may be repeated."""
        given = self.settings.domains.items()
        return {
            name.strip().casefold(): (
                self.everywhere if value.settles is None else frozenset(value.settles),
                self.settings.repeat if value.repeat is None else value.repeat,
            )
            for name, value in given
        }

    def rules(self, domain: str | None) -> tuple[frozenset[str], bool]:
        """Return the types that settle an item of `domain` (in any case), and whether items may be repeated there."""
        return self.by_domain.get((domain or "").strip().casefold(), (self.everywhere, self.settings.repeat))

    def settled(self, events: Sequence[ItemEvent], positions: Ints, space: ItemSpace) -> Ints:
        """Return the positions of the items that `events` have settled. `positions` (m,): that of each event's item, -1 if unknown."""
        known = [(event.type, at) for event, at in zip(events, positions.tolist(), strict=True) if at >= 0]
        domains = space.domains or (None,) * len(space)
        rules = {domain: self.rules(domain) for domain in {domains[at] for _, at in known}}
        kinds = {domain: frozenset[str]() if repeat else kinds for domain, (kinds, repeat) in rules.items()}
        return np.unique(np.array([at for kind, at in known if kind in kinds[domains[at]]], np.int64))

    def settling(self, item_id: str, domain: str | None, events: Sequence[ItemEvent]) -> ItemEvent | None:
        """Return the newest of `events` (newest first) that settled the item; None if none did."""
        kinds, repeat = self.rules(domain)
        return (
            None
            if repeat
            else next((event for event in events if event.item_id == item_id and event.type in kinds), None)
        )


def shown_in_vain(
    recommendations: "Recommendations",
    settings: RecommendSettings,
    user: "User",
    weights: Mapping[str, float],
) -> list[str]:
    """Return the items that were shown to the user as often as `shown_times` within `shown_days`, without any outcome: neither feedback
    nor an event that says as much as a click.
    """
    if settings.shown_times is None:
        return []
    since = datetime.fromtimestamp(user.at, UTC) - timedelta(days=settings.shown_days)
    often = recommendations.passed_over(user.live.user_id, settings.shown_times, since)
    if not often:
        return []
    begin = since.timestamp() * 1e6
    taken = {each.item_id for each in user.events if each.at >= begin and weights.get(each.type, 0.0) >= CLEAR}
    return [item for item in often if item not in taken]


@dataclass(frozen=True)
class Eligible:
    """`open_items` (n,): what may be listed. `pinned` (m,): positions of allowed pins. The other fields explain why."""

    open_items: Mask
    pinned: Ints
    wanted: Mask
    settled: Ints
    refused: Ints
    ended: Mask


def eligible(
    space: ItemSpace,
    wanted: Mask,
    pins: Sequence[tuple[int, int]],
    *,
    settled: Ints,
    refused: Ints,
    now: float,
) -> Eligible:
    """Return which of the `wanted` items (n,) may be listed: not settled, not refused and still available at `now` (Unix seconds).

    A pin is the decision of the shop: it brings back settled items, but not what the user refused, what is unavailable or what the
    request leaves out.
    """
    ended = space.ends <= now
    allowed = wanted & ~ended
    allowed[refused] = False
    pinned = np.array([position for position, _ in pins if allowed[position]], np.int64)
    open_items = allowed.copy()
    open_items[settled] = False
    open_items[pinned] = True
    return Eligible(open_items, pinned, wanted, settled, refused, ended)
