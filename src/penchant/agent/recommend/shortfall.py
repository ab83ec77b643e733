"""Why a list has fewer items than were asked for: what each step left out of the items that are available."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from penchant.arrays import Ints
from penchant.prompts.locales import Translator
from penchant.store.recommendation import LeftOut

if TYPE_CHECKING:
    from penchant.agent.recommend.interactions import ItemSpace

SECTION = "fewer"


class Steps:
    """Counts what each step of making a list leaves out, in their order. Begins with the items available at `now` (Unix seconds),
    but for those at the positions `without`, and takes out the items on earlier pages, `before`.
    """

    def __init__(self, space: "ItemSpace", now: float, without: Sequence[int] = (), before: Sequence[str] = ()) -> None:
        self._open: NDArray[np.bool_] = (space.ends > now) & ~(space.dates > now)
        self._open[list(without)] = False
        self.counts: dict[LeftOut, int] = {}
        self.available = int(np.count_nonzero(self._open))
        places, unseen = space.positions(before), np.ones(len(space), bool)
        unseen[places[places >= 0]] = False
        self.take("before", unseen)

    def counted(self) -> dict[str, Any]:
        """Return the counts as fields of a list."""
        return {"available": self.available, "left_out": self.counts}

    @property
    def remaining(self) -> int:
        """The number of items that no step has left out."""
        return int(np.count_nonzero(self._open))

    def considered(self, items: Ints | None) -> "Steps":
        """Count the items that are not among the candidates, given by their positions (None: all are), and return these steps."""
        if items is not None:
            candidates = np.zeros(len(self._open), bool)
            candidates[items] = True
            self.take("no_candidate", candidates)
        return self

    def take(self, step: LeftOut, open_items: NDArray[np.bool_]) -> None:
        """Count the items that are not in `open_items` (n,) and were open until now."""
        remaining = self._open & open_items
        if left_out := int(np.count_nonzero(self._open) - np.count_nonzero(remaining)):
            self.counts[step] = left_out
        self._open = remaining


def fewer(language: str, listed: int, k: int, available: int, left_out: Mapping[LeftOut, int]) -> str | None:
    """Return in a sentence why there are `listed` items instead of `k`; None where there are as many as were asked for."""
    if listed >= k:
        return None
    say = Translator(language, SECTION)
    known = {name: count for name, count in left_out.items() if count > 0}
    if rest := available - sum(known.values()) - listed:
        known["limited"] = known.get("limited", 0) + max(rest, 0)
    causes = [say(name, count=f"{count:,}") for name, count in known.items() if count]
    text = say("listed", listed=f"{listed:,}", k=f"{k:,}", available=f"{available:,}")
    return say("because", text=text, causes=say("separator").join(causes)) if causes else say("that_is_all", text=text)
