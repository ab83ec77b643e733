"""What filters read of the items of a catalogue, kept small."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, overload

import numpy as np
import orjson

from penchant.store.item import Item


class ItemRecord(NamedTuple):
    """What filters read of one item, as it is kept on disk."""

    categories: Sequence[Sequence[str]]
    tags: Sequence[str]
    lang: str | None
    attributes: Mapping[str, Any]

    @classmethod
    def of(cls, item: Item) -> "ItemRecord":
        """The part of `item` that is not in the item space already."""
        return cls(item.categories, item.tags, item.lang, item.attributes)

    def line(self) -> str:
        """As JSON, in a line that ends. Text, because the bytes that orjson returns keep a kilobyte each."""
        return orjson.dumps(tuple(self), default=_plain, option=orjson.OPT_APPEND_NEWLINE).decode()


NO_RECORD = ItemRecord((), (), None, {})


class StoredRecords(Sequence[ItemRecord]):
    """Records by position, as `lines` of JSON, each read when it is asked for: the objects would take ten times as much memory, and
    filters make columns of them once."""

    def __init__(self, lines: bytes) -> None:
        self.lines = lines
        self._ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == ord("\n"))

    @classmethod
    def of(cls, records: Iterable[ItemRecord]) -> "StoredRecords":
        """These records, in this order."""
        return cls.of_lines(record.line() for record in records)

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> "StoredRecords":
        """Records as `ItemRecord.line` writes them, in this order."""
        return cls("".join(lines).encode())

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[ItemRecord]:
        return (ItemRecord(*orjson.loads(line)) for line in self.lines.splitlines())

    @overload
    def __getitem__(self, at: int) -> ItemRecord: ...
    @overload
    def __getitem__(self, at: slice) -> list[ItemRecord]: ...
    def __getitem__(self, at: int | slice) -> ItemRecord | list[ItemRecord]:
        if isinstance(at, slice):
            return [self[row] for row in range(len(self))[at]]
        row = range(len(self))[at]
        begin = self._ends[row - 1] + 1 if row else 0
        return ItemRecord(*orjson.loads(self.lines[begin : self._ends[row]]))


def _plain(value: Any) -> Any:
    """What JSON has no word for: a date or decimal of a Parquet file is its text."""
    return list(value) if isinstance(value, tuple) else str(value)
