"""Withdraws items from recommendation: hidden ones, those missing from the feed, and removed ones.

They stay in the index, because past behaviour with them still counts, is explained and can be replayed. They are
never recommended. Only items that nobody's behaviour needs any longer are deleted.
"""

from collections.abc import Collection, Sequence

from penchant.errors import NotFoundError
from penchant.store.catalogue import HIDDEN, MISSING, PAGE, REMOVED, WITHDRAWN, Catalogue
from penchant.store.database import chunks
from penchant.store.item import Item

_SHOWN = 5


class Withdrawals:
    """Withdraws items of a catalogue and restores them. Every method returns the ids whose state has changed, sorted."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def hide(self, item_ids: Sequence[str]) -> list[str]:
        """Leave the items out of every list until they are unhidden. Raises `NotFoundError`."""
        return self._set(self._states_of_known(item_ids), HIDDEN, leave=(HIDDEN, REMOVED))

    def unhide(self, item_ids: Sequence[str]) -> list[str]:
        """Restore hidden and missing items. Raises `NotFoundError`."""
        return self._set(self._states_of_known(item_ids), "", leave=("", REMOVED))

    def remove(self, item_ids: Sequence[str]) -> list[str]:
        """Remove the items from the catalogue; an import restores them. Raises `NotFoundError`."""
        return self._set(self._states_of_known(item_ids), REMOVED, leave=(REMOVED,))

    def hide_missing(self, present: Collection[str]) -> list[str]:
        """Mark all items except those in `present` as missing, until they are imported again."""
        states = self._states(None)
        return self._set(
            {name: state for name, state in states.items() if name not in present},
            MISSING,
            leave=(MISSING, HIDDEN, REMOVED),
        )

    def delete(self, items: Sequence[Item], needed: Collection[str]) -> list[str]:
        """Delete these items for good, but for those whose content has been changed since. Those in `needed`, which behaviour is about,
        are only removed.
        """
        known = self.catalogue.known([item.item_id for item in items])
        gone = known.difference(self.catalogue.differing(items))
        self._set(self._states(sorted(gone.intersection(needed))), REMOVED, leave=(REMOVED,))
        deleted = sorted(gone.difference(needed))
        for some in chunks(deleted, PAGE):
            with self.catalogue.index.writing() as collection:
                self.catalogue.stamp(collection, "deletion begun", some)
                collection.delete(ids=some)
                self.catalogue.stamp(collection, "deletion done", some)
        return deleted

    def _states_of_known(self, item_ids: Sequence[str]) -> dict[str, str]:
        states = {name: state for name, state in self._states(item_ids).items() if state != REMOVED}
        unknown = [name for name in dict.fromkeys(item_ids) if name not in states]
        if unknown:
            more = ", …" if len(unknown) > _SHOWN else ""
            named = ", ".join(map(repr, unknown[:_SHOWN]))
            raise NotFoundError(
                f"no item {named}{more} in the catalogue: nothing was changed; `penchant items latest` names some"
            )
        return states

    def _states(self, item_ids: Sequence[str] | None) -> dict[str, str]:
        """Return the state of each of these items, or of all: `HIDDEN`, `MISSING`, `REMOVED`, or "" for available."""
        states: dict[str, str] = {}
        asked = [None] if item_ids is None else list(chunks(dict.fromkeys(item_ids), PAGE))
        for some in asked:
            found = self.catalogue.index.read(lambda rows, ids=some: rows.get(ids=ids, include=["metadatas"]))  # type: ignore[misc]
            rows = zip(found["ids"], found["metadatas"] or [], strict=True)
            states |= {name: str((row or {}).get(WITHDRAWN, "")) for name, row in rows}
        return states

    def _set(self, states: dict[str, str], state: str, *, leave: Collection[str]) -> list[str]:
        changed = sorted(name for name, before in states.items() if before not in leave)
        for some in chunks(changed, PAGE):
            with self.catalogue.index.writing() as collection:
                self.catalogue.stamp(collection, f"{state} begun", some)
                collection.update(ids=some, metadatas=[{WITHDRAWN: state}] * len(some))
                self.catalogue.stamp(collection, f"{state} done", some)
        return changed
