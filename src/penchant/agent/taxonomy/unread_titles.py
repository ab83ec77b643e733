"""Titles in a script that the embedder does not read, counted while items are added, for the receipt."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from penchant.agent.taxonomy.lexicon import reads
from penchant.prompts.remarks import remark
from penchant.store.item import Item

if TYPE_CHECKING:
    from penchant.store.catalogue import AddReceipt, Catalogue

GOOD_PART = 0.1
"""The share of unread titles from which another embedder is suggested: a few foreign names in a catalogue are no reason."""


class CountsUnreadTitles:
    """A catalogue to import into that counts the titles that the embedder with this name does not read."""

    def __init__(self, catalogue: "Catalogue", embedder: str) -> None:
        self._catalogue, self._embedder = catalogue, embedder
        self._titles = self._unread = 0

    def add(self, items: Sequence[Item], /) -> "AddReceipt":
        """Add items, and count their titles."""
        self.count(item.title for item in items)
        return self._catalogue.add(items)

    def differing(self, items: Sequence[Item], /) -> Mapping[str, Item]:
        """Return the known items with the id of one of these and other content, by id."""
        return self._catalogue.differing(items)

    def count(self, titles: Iterable[str]) -> None:
        """Count titles; those without letters are in no script."""
        for title in titles:
            self._titles += 1
            self._unread += any(map(str.isalpha, title)) and not reads(self._embedder, title)

    def notes(self) -> list[str]:
        """Return the note for the receipt, in English, where a good part of the titles is not read."""
        if self._unread == 0 or self._unread < GOOD_PART * self._titles:
            return []
        return [remark("titles_unread", count=self._unread, titles=self._titles)]
