"""Decides whether commas separate the categories in a file, from evidence in the file itself.

"Mexican, Burgers" are two categories; "Clothing, Shoes & Jewelry" is one. Commas separate if the parts also occur
elsewhere: alone, with other partners, or as the beginning of a path. They belong to the name if the parts never occur
without each other.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from penchant.characters import counted
from penchant.store.importing.category_levels import FlatLists, Slashes, levels_of
from penchant.store.item import path_names
from penchant.store.json_values import json_object

SAMPLE = 20_000
"""The number of rows that are examined before the first one is imported."""
LONGEST = 2_000
"""The maximum length in characters of a cell that is examined: a longer one is not a list of categories."""
_COMMAS = ",，、"
_SEPARATORS = re.compile("[|;；,，、]")
_LISTED = (" & ", " and ", " + ", " und ", " y ", " et ")


class CategoryCommas:
    """Learns from the cells of the column `categories` what commas mean there, then splits cells or leaves them."""

    def __init__(self, cells: Iterable[Any] = ()) -> None:
        self.separate = False
        self._together: set[tuple[str, str]] = set()
        self._with_commas = 0
        self._counts: Counter[str] = Counter()
        cells = list(cells)
        self._flat = FlatLists(map(_as_list, cells))
        written = [cell for cell in cells if isinstance(cell, str) and len(cell) <= LONGEST]
        self._learn([cell for cell in written if not cell.lstrip().startswith(("[", "{"))])

    def split(self, cell: Any) -> Any:
        """Return the cell as paths, or unchanged if nothing separates its parts."""
        if not isinstance(cell, str) or cell.lstrip().startswith(("[", "{")):
            return self._flat.read(_as_list(cell))
        return cell if len(cell) > LONGEST else self._levelled(self._split(cell))

    def _split(self, cell: str) -> Any:
        for semicolon in ";；":
            if semicolon in cell and "|" not in cell:
                self._counts["categories are separated by semicolons"] += 1
                return self._paths(cell.replace("；", ";").split(";"))
        if "|" in cell or not _has_comma(cell):
            return cell
        self._with_commas += 1
        if not self.separate:
            return cell
        parts = self._joined(_parts(cell))
        self._counts["categories are separated by commas"] += len(parts) > 1
        return self._paths(parts)

    def notes(self) -> list[str]:
        """Return notes for the receipt about how commas were interpreted."""
        notes = [f"{counted(count, 'cell')}: {what}" for what, count in self._counts.items() if count]
        left = self._with_commas - self._counts["categories are separated by commas"]
        if left and not self.separate:
            notes.append(
                f"{counted(left, 'cell')}: a comma in a category is read as part of its name: separate categories with | (Mexican|Burgers)"
            )
        return notes + self._slashes.notes() + self._flat.notes()

    def _learn(self, cells: Sequence[str]) -> None:
        different = Counter(cells)
        self._slashes = Slashes(part.strip() for cell in different for part in _SEPARATORS.split(cell))
        partners: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        listed = {cell: parts for cell in different if "|" not in cell and _has_comma(cell) and (parts := _parts(cell))}
        for cell in different:
            for part in listed.get(cell, [cell.strip()]):
                partners[part].add(tuple(other for other in listed.get(cell, [cell.strip()]) if other != part))
        divided = {
            cell: [levels for part in parts if len(levels := levels_of(part)) > 1] for cell, parts in listed.items()
        }
        for_it = against = 0
        for cell, parts in listed.items():
            met_elsewhere = any(len(partners[part]) > 1 for part in parts)
            roots = {levels[0].strip() for levels in divided[cell]}
            if met_elsewhere or any(part in roots for part in parts) or len(divided[cell]) > 1:
                for_it += 1
            elif different[cell] > 1 or _is_listed(parts):
                against += 1
        self.separate = for_it > against
        self._together = {
            (left, right)
            for parts in listed.values()
            for left, right in pairwise(parts)
            if _is_listed([left, right]) and _always_beside(left, right, partners)
        }

    def _levelled(self, value: Any) -> Any:
        """Return categories without levels as paths if slashes divide levels; others unchanged."""
        parts = value.split("|") if isinstance(value, str) else [path[0] for path in value if len(path) == 1]
        if len(parts) < len(value) and not isinstance(value, str):
            return value
        if any(len(path_names(part)) > 1 or (isinstance(value, str) and _is_enumerated(part)) for part in parts):
            return value
        paths = self._slashes.paths(parts)
        return value if paths is None else without_prefixes(paths)

    def _joined(self, parts: Sequence[str]) -> list[str]:
        """Return the parts with those joined that form one name ("Clothing", "Shoes & Jewelry")."""
        joined: list[str] = []
        for part in parts:
            if joined and (joined[-1], part) in self._together:
                joined[-1] = f"{joined[-1]}, {part}"
            else:
                joined.append(part)
        return joined

    def _paths(self, parts: Sequence[str]) -> list[list[str]]:
        """Return paths from broad to narrow, without those that are a prefix of another."""
        paths = [[name.strip() for name in path_names(part)] for part in parts if part.strip()]
        return without_prefixes(paths)


def without_prefixes(paths: Sequence[list[str]]) -> list[list[str]]:
    """Return the paths without those that are the beginning of another."""
    return [path for path in paths if not any(path == other[: len(path)] and len(path) < len(other) for other in paths)]


def tag_names(cell: str, counts: Counter[str]) -> Any:
    """Split the tags in a cell: at |, otherwise at semicolons or commas."""
    if cell.lstrip().startswith("[") or "|" in cell or len(cell) > 4 * LONGEST:
        return cell
    for separators in (";；", _COMMAS):
        if any(mark in cell for mark in separators):
            counts[f"cell: tags are separated by {'semicolons' if ';' in separators else 'commas'}"] += 1
            for mark in separators[1:]:
                cell = cell.replace(mark, separators[0])
            return [name.strip() for name in cell.split(separators[0]) if name.strip()]
    return cell


def _as_list(cell: Any) -> Any:
    """Return the list that a cell holds as JSON or as Python writes it; anything else as it is."""
    if not isinstance(cell, str) or not cell.lstrip().startswith("["):
        return cell
    try:
        return json_object(cell)
    except ValueError:
        return cell


def _is_enumerated(part: str) -> bool:
    """Return whether slashes in a part may belong to names in an enumeration: "TV/Video, Audio"."""
    return _has_comma(part) and "::" not in part and "\\" not in part


def _has_comma(cell: str) -> bool:
    return any(mark in cell for mark in _COMMAS)


def _parts(cell: str) -> list[str]:
    for mark in _COMMAS[1:]:
        cell = cell.replace(mark, ",")
    return [part.strip() for part in cell.split(",") if part.strip()]


def _is_listed(parts: Sequence[str]) -> bool:
    """Return whether the last part ends an enumeration that is one name: "Shoes & Jewelry" after "Clothing"."""
    return len(parts) > 1 and any(mark in parts[-1].casefold() for mark in _LISTED)


def _always_beside(left: str, right: str, partners: dict[str, set[tuple[str, ...]]]) -> bool:
    return all(right in others for others in partners[left]) and all(left in others for others in partners[right])
