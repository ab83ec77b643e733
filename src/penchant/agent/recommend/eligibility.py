"""Which items may be listed for one user at one moment.

What settles an item (so that it is not recommended again) is a matter of the event type and the item's domain: a click is a read on a news
site and a look in a shop. What was refused (disliked, hidden, given back, rated below the user's own mean) never comes back, whatever is
set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from penchant.agent.recommend.interactions import ItemSpace
from penchant.arrays import Ints
from penchant.settings import RecommendSettings
from penchant.store.ledger import ItemEvent

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Settling:
    """After which events an item is settled, by domain."""

    settings: RecommendSettings

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """Types that settle an item of a domain without rules of its own."""
        return frozenset(self.settings.settles)

    @cached_property
    def by_domain(self) -> dict[str, tuple[frozenset[str], bool]]:
        """For each domain with rules of its own: the types that settle, and whether what was had comes back."""
        given = self.settings.domains.items()
        return {
            name: (
                self.everywhere if value.settles is None else frozenset(value.settles),
                self.settings.repeat if value.repeat is None else value.repeat,
            )
            for name, value in given
        }

    def rules(self, domain: str | None) -> tuple[frozenset[str], bool]:
        """The types that settle an item of `domain`, and whether what was had may come back."""
        return self.by_domain.get(domain or "", (self.everywhere, self.settings.repeat))

    def settled(self, deeds: Sequence[ItemEvent], positions: Ints, space: ItemSpace) -> Ints:
        """Positions of what `deeds` have settled; `positions` (m,): where the item of each is, -1 for unknown."""
        known = [(deed.type, at) for deed, at in zip(deeds, positions.tolist(), strict=True) if at >= 0]
        domains = space.domains or (None,) * len(space)
        rules = {domain: self.rules(domain) for domain in {domains[at] for _, at in known}}
        kinds = {domain: frozenset[str]() if repeat else kinds for domain, (kinds, repeat) in rules.items()}
        return np.unique(np.array([at for kind, at in known if kind in kinds[domains[at]]], np.int64))

    def settling(self, item_id: str, domain: str | None, deeds: Sequence[ItemEvent]) -> ItemEvent | None:
        """The newest of `deeds` (newest first) that has settled an item; None where nothing has."""
        kinds, repeat = self.rules(domain)
        return (
            None if repeat else next((deed for deed in deeds if deed.item_id == item_id and deed.type in kinds), None)
        )


@dataclass(frozen=True)
class Eligible:
    """`open_items` (n,): what may be listed; `pinned` (m,): positions of pins that may stand; the masks behind it, for whoever asks why."""

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
    against: Ints,
    now: float,
) -> Eligible:
    """What may be listed of the `wanted` (n,): not what is settled, refused or no longer available at `now` (Unix seconds).

    A pin is the shop's own word: it brings back what the user has had, but never what they refused, what is gone or what the request
    leaves out.
    """
    ended = space.ends <= now
    allowed = wanted & ~ended
    allowed[against] = False
    pinned = np.array([position for position, _ in pins if allowed[position]], np.int64)
    open_items = allowed.copy()
    open_items[settled] = False
    open_items[pinned] = True
    return Eligible(open_items, pinned, wanted, settled, against, ended)
