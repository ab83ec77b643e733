"""Events about items that the catalogue does not hold: counted, and named in the receipt."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from penchant.characters import counted

MAX_NAMED = 5
"""The maximum number of items that the note names."""


class AbsentItems:
    """Counts events by items that the catalogue does not hold. `known`: returns which of a list of items it holds."""

    def __init__(self, known: Callable[[list[str]], AbstractSet[str]] | None) -> None:
        self._known = known
        self._present: set[str] = set()
        self._absent: Counter[str] = Counter()

    def add(self, item_ids: list[str]) -> None:
        """Look up the items of some events, one id for each event."""
        if self._known is None:
            return
        new = [name for name in dict.fromkeys(item_ids) if name not in self._present and name not in self._absent]
        if new:
            self._present |= self._known(new)
        self._absent.update(name for name in item_ids if name not in self._present)

    def notes(self) -> list[str]:
        """Return a note for the receipt, or none."""
        if not self._absent:
            return []
        named = ", ".join([*list(self._absent)[:MAX_NAMED], *(["…"] if len(self._absent) > MAX_NAMED else [])])
        items = "an item that is" if len(self._absent) == 1 else f"{len(self._absent):,} items that are"
        return [
            f"{counted(self._absent.total(), 'event')} about {items} not in the catalogue: import these with "
            f"`penchant items import`: {named}"
        ]
