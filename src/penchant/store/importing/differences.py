"""Items of a file that were known with other content: which rows the last one outweighs, and what an item loses."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from penchant.characters import counted
from penchant.store.item import Item

LINES_NAMED = 10
"""The maximum number of lines that a note names."""
_LOST = ("description", "categories", "tags", "domain", "created_at", "lang", "url", "expires_at")
"""Fields that an item may have had and lose; without the attributes, which a shop adds and drops."""


def lines_in_words(lines: Sequence[int]) -> str:
    """Return the first lines: `lines 3, 9, …`."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    return f"lines {', '.join(map(str, lines[:LINES_NAMED]))}{', …' if len(lines) > LINES_NAMED else ''}"


class Differences:
    """Compares the items of one file with each other and with the catalogue, for the receipt."""

    def __init__(self) -> None:
        self._outweighed: list[int] = []
        self._rows: dict[str, int] = {}
        self._updated = 0
        self._lost: dict[str, Counter[str]] = defaultdict(Counter)
        self._losing: Counter[str] = Counter()

    def compare(self, rows: Sequence[tuple[int, Item]], latest: Mapping[str, Item], known: Mapping[str, Item]) -> None:
        """Note what differs, batch by batch. `rows`: lines and their items; `latest`: the last row of each id; `known`: the
        items of the catalogue that `latest` changes. Some of these were written by rows before.
        """
        self._outweighed += [self._rows[name] for name in known if name in self._rows]
        self._outweighed += [line for line, item in rows if item != latest[item.item_id]]
        for name, before in known.items():
            if name not in self._rows:
                self._updated += 1
                self._note_losses(before, latest[name])
        self._rows |= {item.item_id: line for line, item in rows}

    def notes(self) -> list[str]:
        """Return notes for the receipt."""
        notes = []
        if count := len(self._outweighed):
            notes.append(
                f"{counted(count, 'row')}: a later row has the same item_id and other content, and stands: "
                f"{lines_in_words(sorted(self._outweighed))}"
            )
        if self._updated:
            notes.append(f"{counted(self._updated, 'item')}: known before with other content, which the file replaces")
        return notes + [self._loss(name, self._losing[name]) for name in _LOST if self._losing[name]]

    def _note_losses(self, before: Item, after: Item) -> None:
        new = [name for name in after.attributes if name not in before.attributes]
        for name in _LOST:
            if getattr(before, name) and not getattr(after, name):
                self._losing[name] += 1
                self._lost[name].update(column for column in new if _says(after.attributes[column], before, name))

    def _loss(self, name: str, count: int) -> str:
        [(column, found)] = self._lost[name].most_common(1) or [("", 0)]
        lost = f"{counted(count, 'item')}: without {name} now, which an earlier import gave"
        if 2 * found > count:
            return f"{lost}: import the file again with --columns {name}={column}"
        return f"{lost}: if that is not meant, import the file again with the --columns of that time"


def _says(value: Any, item: Item, name: str) -> bool:
    """Return whether an attribute is what a field of the item was read from."""
    try:
        read = Item.model_validate({"item_id": item.item_id, "title": item.title, name: value})
    except ValueError:
        return False
    return bool(getattr(read, name) == getattr(item, name))
