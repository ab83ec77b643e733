"""Decides, from evidence in the file itself, whether slashes divide levels and whether flat lists are paths.

`Gear/Bags` and `Gear/Watches` share a beginning, so slashes divide levels; they belong to the name in `TV/Video` alone.
So do backslashes (`AC\\DC`) and double colons (`std::vector`).
`["Books", "Fantasy"]` is a path; in `["Action", "Comedy"]` beside `["Comedy", "Drama"]` the same name stands in any
place, so these are categories side by side.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Any

from penchant.characters import counted
from penchant.store.item import path_names

MAX_LEVELS = 8
"""The maximum number of levels of a path: longer flat lists are categories side by side."""
_MARKS = {"::": ("double colons", "a double colon"), "\\": ("backslashes", "a backslash"), "/": ("slashes", "a slash")}
_SHORTEST = 2
"""The minimum length in characters of a level beside a slash: `N/A`, `w/o` and `1/2` are names."""


class Slashes:
    """Learns from parts of cells whether slashes, backslashes and double colons divide levels, then divides."""

    def __init__(self, parts: Iterable[str] = ()) -> None:
        distinct = set(parts)
        self._dividing = [mark for mark in _MARKS if _divides(mark, distinct)]
        self._counts: Counter[tuple[str, bool]] = Counter()

    def paths(self, parts: Sequence[str]) -> list[list[str]] | None:
        """Return the parts as paths; None if nothing divides them."""
        shown = [mark for mark in _MARKS if any(len(_by_mark(part, mark)) > 1 for part in parts)]
        dividing = [mark for mark in shown if mark in self._dividing]
        self._counts.update((mark, mark in dividing) for mark in shown)
        return [_levels(part, dividing) for part in parts] if dividing else None

    def notes(self) -> list[str]:
        """Return notes for the receipt about how the marks were interpreted."""
        notes = []
        for mark, (several, single) in _MARKS.items():
            if count := self._counts[mark, True]:
                notes.append(
                    f"{counted(count, 'cell')}: {several} in categories divide levels (Gear{mark}Bags is Gear > Bags)"
                )
            if count := self._counts[mark, False]:
                notes.append(
                    f"{counted(count, 'cell')}: {single} in a category is part of its name: divide levels with > (Gear > Bags)"
                )
        return notes


class FlatLists:
    """Learns from flat lists of names whether they are paths or categories side by side, then reads them."""

    def __init__(self, lists: Iterable[Any] = ()) -> None:
        distinct = {tuple(names) for names in lists if _is_flat(names)}
        first = {names[0] for names in distinct}
        several = [names for names in distinct if len(names) > 1]
        mixed = sum(any(name in first for name in names[1:]) for names in several)
        self.are_paths = 2 * mixed <= len(several)
        self._counts: Counter[bool] = Counter()

    def read(self, names: Any) -> Any:
        """Return a flat list as one path, or as a path for each name; other values unchanged."""
        if not _is_flat(names) or len(names) == 1:
            return names
        is_path = self.are_paths and len(names) <= MAX_LEVELS
        self._counts[is_path] += 1
        return [names] if is_path else [[name] for name in names]

    def notes(self) -> list[str]:
        """Return notes for the receipt about how flat lists were interpreted."""
        notes = []
        if count := self._counts[True]:
            notes.append(
                f"{counted(count, 'list')} of categories: each is read as one path, from broad to narrow (Books > Fantasy): write "
                '[["Action"], ["Comedy"]] for several categories'
            )
        if count := self._counts[False]:
            notes.append(
                f"{counted(count, 'list')} of categories: each is read as categories side by side: write "
                '[["Books", "Fantasy"]] for a path'
            )
        return notes


def levels_of(part: str) -> list[str]:
    """Return the levels of a category that is written with `>` or with slashes."""
    names = path_names(part)
    return names if len(names) > 1 else _levels(part, _MARKS)


def _levels(part: str, marks: Iterable[str]) -> list[str]:
    return next((levels for mark in marks if len(levels := _by_mark(part, mark)) > 1), [part])


def _by_mark(part: str, mark: str) -> list[str]:
    levels = [level.strip() for level in part.split(mark)]
    if "://" in part or not all(len(level) >= _SHORTEST for level in levels):
        return [part]
    return levels


def _divides(mark: str, distinct: Set[str]) -> bool:
    """Return whether most parts that hold the mark share a beginning with others."""
    roots = Counter(levels[0] for part in distinct if len(levels := _by_mark(part, mark)) > 1)
    shared = sum(count for root, count in roots.items() if count > 1 or root in distinct)
    return shared > roots.total() - shared


def _is_flat(names: Any) -> bool:
    is_list = isinstance(names, list) and bool(names)
    return is_list and all(isinstance(name, str) and len(path_names(name)) == 1 for name in names)
