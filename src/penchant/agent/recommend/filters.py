"""Filter expressions over the items of a catalogue: `category=Kitchen`, `attributes.price<20`, `tags=vegan|vegetarian`, `age<=30`.

EXPR = FIELD OPERATOR VALUE. Several values, divided by `|` (or listed in brackets), mean any of them. Text is compared without regard
to case, ids exactly; a list matches a value if one of its members is equal to it. An item without an attribute matches no comparison with
it, not even `!=`; an item without a category, tag, language or domain matches `!=` with any value. Prices are numbers however a shop writes
them (`24,00 €`, `£19.99`). All expressions are evaluated on columns in memory, because an index's own metadata filters cost fifteen
times a plain query. Little is read of each item (`ItemRecord`), so the columns stay small.
"""

import operator
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple, overload

import numpy as np
import orjson
from numpy.typing import NDArray

from penchant.errors import UsageError
from penchant.store.amounts import amount
from penchant.store.item import Item


class ItemRecord(NamedTuple):
    """The fields of one item that filters read, as they are stored on disk."""

    categories: Sequence[Sequence[str]]
    tags: Sequence[str]
    lang: str | None
    attributes: Mapping[str, Any]

    @classmethod
    def of(cls, item: Item) -> "ItemRecord":
        """Return the fields of `item` that the item space does not contain."""
        return cls(item.categories, item.tags, item.lang, item.attributes)

    def line(self) -> str:
        """Return this record as a line of JSON. It is text, because each `bytes` object that orjson returns takes a kilobyte."""
        return orjson.dumps(tuple(self), default=_plain, option=orjson.OPT_APPEND_NEWLINE).decode()


NO_RECORD = ItemRecord((), (), None, {})


class StoredRecords(Sequence[ItemRecord]):
    """Records by position, stored as `lines` of JSON and parsed when they are read. The objects would take ten times as much memory, and
    filters turn them into columns only once.
    """

    def __init__(self, lines: bytes) -> None:
        self.lines = lines
        self._ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == ord("\n"))

    @classmethod
    def of(cls, records: Iterable[ItemRecord]) -> "StoredRecords":
        """Store these records in this order."""
        return cls.of_lines(record.line() for record in records)

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> "StoredRecords":
        """Store lines written by `ItemRecord.line`, in this order."""
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
    """Convert what JSON has no type for: a date or decimal from a Parquet file becomes its text."""
    return list(value) if isinstance(value, tuple) else str(value)


Mask = NDArray[np.bool_]
FIELDS = ("category", "tags", "lang", "domain", "item_id", "age")
LABELS = ("category", "tags", "lang", "domain")
"""The fields whose values are names that items share."""
ATTRIBUTE = "attributes."
SYNTAX = (
    "write FIELD OPERATOR VALUE, such as category=Kitchen, attributes.price<20, tags=vegan, lang=en|zh, domain=news or age<=30 (days); "
    f"fields are {', '.join(FIELDS)} and attributes.NAME; operators are = != < <= > >="
)
NESTING = ">"
PATH = "path"
"""The name of the column with whole category paths."""
_EXPRESSION = re.compile(r"([A-Za-z_][^=<>!]*)(!=|<=|>=|==|=|<|>)(.*)", re.DOTALL)
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_SYNONYMS = {"categories": "category", "tag": "tags", "language": "lang", "id": "item_id"}
_SECOND = re.compile(
    rf"(?:,|;|&|\band\b)\s*+(?:{'|'.join((*FIELDS, *_SYNONYMS, r'attributes[.][^=<>!,;&]{1,200}'))})\s*+(?:!=|[=<>])",
    re.IGNORECASE,
)
MAX_VALUES = 1_000
MAX_EXPRESSION = 10_000
"""The maximum number of characters of an expression: enough for several hundred ids."""
DAY_SECONDS = 86_400.0
MAX_CACHED_MASKS = 64


@dataclass(frozen=True)
class Condition:
    """A parsed expression. `values`: the alternatives, casefolded except for ids."""

    column: str
    operator: str
    values: tuple[str, ...]
    text: str = field(compare=False, default="")

    @classmethod
    def parse(cls, text: str) -> "Condition":
        """Parse an expression. Raises `UsageError` that shows the syntax."""
        if len(text) > MAX_EXPRESSION:
            raise UsageError(f"{text[:80]!r} … has {len(text):,} characters: a filter takes at most {MAX_EXPRESSION:,}")
        found = _EXPRESSION.fullmatch(text.strip())
        if found is None:
            raise UsageError(f"{text[:80]!r} is not a filter: {SYNTAX}")
        name, sign, value = found[1].strip(), "=" if found[2] == "==" else found[2], found[3].strip()
        name = _SYNONYMS.get(name.lower(), name if name.startswith(ATTRIBUTE) else name.lower())
        if name not in FIELDS and not (name.startswith(ATTRIBUTE) and len(name) > len(ATTRIBUTE)):
            written = f"{ATTRIBUTE}{found[1].strip().removeprefix(ATTRIBUTE) or 'NAME'}{found[2]}{value}"[:80]
            raise UsageError(f"{text[:80]!r} is not a field of an item (an attribute is written {written!r}): {SYNTAX}")
        if _has_second(value, is_id=name == "item_id"):
            raise UsageError(
                f"{text[:80]!r} holds several filters: give each of them by itself, or put quotes around a value that "
                f"reads like one; {SYNTAX}"
            )
        values = _values(value, exact=name == "item_id")
        if not values:
            raise UsageError(f"{text[:80]!r} has no value: {SYNTAX}")
        if sign in _COMPARE and not (name == "age" or name.startswith(ATTRIBUTE)):
            raise UsageError(f"{text[:80]!r}: only attributes and age can be compared by {sign}: {SYNTAX}")
        if (sign in _COMPARE or name == "age") and any(amount(part) is None for part in values):
            raise UsageError(f"{text[:80]!r} compares with {value[:80]!r}, which is not a number: {SYNTAX}")
        return cls(name, sign, values, text)


def _has_second(value: str, *, is_id: bool) -> bool:
    """Return whether another filter follows in a value. Quoted and bracketed values are taken as they are; so are ids that are addresses,
    which contain `&id=42`.
    """
    parts = [] if _is_within(value, "[", "]") else [part.strip() for part in value.split("|")]
    found = [(part, _SECOND.search(part)) for part in parts if not _is_quoted(part)]
    return any(second and not (is_id and _is_address(part, second.start())) for part, second in found)


def _is_address(text: str, end: int) -> bool:
    """Return whether a text without spaces begins like an address before `end`."""
    return len(text.split()) == 1 and any(mark in text[:end] for mark in "/?:")


def _is_quoted(text: str) -> bool:
    return _is_within(text, '"', '"') or _is_within(text, "'", "'")


def _is_within(text: str, first: str, last: str) -> bool:
    """Return whether `first` and `last` enclose the whole text, and do not occur inside."""
    return len(text) > 1 and text[0] == first and text.find(last, 1) == len(text) - 1


def _values(text: str, *, exact: bool) -> tuple[str, ...]:
    listed = text[1:-1].split(",") if text.startswith("[") and text.endswith("]") else text.split("|")
    parts = [_unquoted(part.strip()) for part in listed]
    found = tuple(dict.fromkeys(part if exact else part.casefold() for part in parts if part))
    if len(found) > MAX_VALUES:
        raise UsageError(f"a filter takes at most {MAX_VALUES} values, not {len(found)}")
    return found


def _unquoted(text: str) -> str:
    """Return the text without the quotes around it; a single quote belongs to the text (10")."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


@dataclass(frozen=True)
class _Labels:
    """A text field as columns: item `positions[j]` has the label with the code `codes[j]` (both (m,)). `names`: code by label."""

    positions: NDArray[np.int32]
    codes: NDArray[np.int32]
    names: Mapping[str, int]
    size: int

    @classmethod
    def of(cls, pairs: Iterator[tuple[int, str]], size: int) -> "_Labels":
        names: dict[str, int] = {}
        rows = [(at, names.setdefault(label, len(names))) for at, label in pairs]
        table = np.array(rows, np.int32).reshape(-1, 2)
        return cls(table[:, 0].copy(), table[:, 1].copy(), names, size)

    def mask(self, labels: Sequence[str]) -> Mask:
        """Return a mask (n,) of the items that have one of `labels`."""
        codes = [self.names[label] for label in labels if label in self.names]
        out = np.zeros(self.size, bool)
        if codes:
            out[self.positions[np.isin(self.codes, codes)]] = True
        return out

    def any(self) -> Mask:
        """Return a mask (n,) of the items that have any label."""
        out = np.zeros(self.size, bool)
        out[self.positions] = True
        return out


class ItemTable:
    """The columns that filters read, for a catalogue of n items; each is built on first use. Thread-safe: columns are never changed."""

    def __init__(self, records: Sequence[ItemRecord], domains: Sequence[str | None], ids: Sequence[str]) -> None:
        self._records, self._domains, self._ids, self.size = records, domains, ids, len(ids)
        self._masks: dict[Condition, Mask] = {}
        self._texts: dict[str, _Labels] = {}
        self._numbers: dict[str, NDArray[np.float64]] = {}

    @cached_property
    def attribute_names(self) -> frozenset[str]:
        """The names of all attributes that occur in the catalogue."""
        return frozenset(name for record in self._records for name in record.attributes)

    def known(self, name: str) -> Collection[str]:
        """Return the values of a text field that occur in the catalogue, in lower case."""
        return self._labels(name).names.keys()

    def labels(self, position: int) -> list[str]:
        """Return the category labels and tags of one item."""
        record = self._records[position]
        return [*(label for path in record.categories for label in path), *record.tags]

    def mask(self, condition: Condition, ages: NDArray[np.float64]) -> Mask:
        """Return a mask (n,) of the items that match `condition`. `ages` (n,): days since each item appeared."""
        if condition.column == "age":
            return self._compared(ages, condition)
        known = self._masks.get(condition)
        if known is None:
            if len(self._masks) >= MAX_CACHED_MASKS:
                self._masks.clear()
            known = self._masks[condition] = self._computed(condition)
        return known

    def groups(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return item positions (m,) with the code (m,) of each value of a field that the item has; categories count as whole paths."""
        labels = self._labels(PATH if name == "category" else name)
        return labels.positions.astype(np.int64), labels.codes.astype(np.int64)

    def _computed(self, condition: Condition) -> Mask:
        if condition.operator in _COMPARE:
            return self._compared(self._numeric(condition.column), condition)
        labels = self._labels(condition.column)
        is_id = condition.column == "item_id"
        matching = labels.mask(condition.values if is_id else [_spaced(value) for value in condition.values])
        if condition.column.startswith(ATTRIBUTE):
            numbers = [number for number in map(amount, condition.values) if number is not None]
            if numbers:
                matching = matching | np.isin(self._numeric(condition.column), numbers)
        if condition.operator != "!=":
            return matching
        return ~matching & labels.any() if condition.column.startswith(ATTRIBUTE) else ~matching

    @staticmethod
    def _compared(column: NDArray[np.float64], condition: Condition) -> Mask:
        numbers = [number for number in map(amount, condition.values) if number is not None]
        if condition.operator in ("=", "!="):
            equal = np.isin(column, numbers)
            return ~equal & ~np.isnan(column) if condition.operator == "!=" else equal
        compare = _COMPARE[condition.operator]
        return np.asarray(np.logical_or.reduce([compare(column, number) for number in numbers]))

    def _labels(self, name: str) -> _Labels:
        known = self._texts.get(name)
        if known is None:
            known = self._texts[name] = _Labels.of(self._pairs(name), self.size)
        return known

    def _pairs(self, name: str) -> Iterator[tuple[int, str]]:
        if name == "domain":
            yield from ((at, domain.casefold()) for at, domain in enumerate(self._domains) if domain)
        elif name == "item_id":
            yield from ((at, item) for at, item in enumerate(self._ids))
        else:
            for at, record in enumerate(self._records):
                for label in _labels_of(record, name):
                    yield at, label

    def _numeric(self, name: str) -> NDArray[np.float64]:
        known = self._numbers.get(name)
        if known is None:
            key = name.removeprefix(ATTRIBUTE)
            known = self._numbers[name] = np.array(
                [_as_number(record.attributes.get(key)) for record in self._records], float
            )
        return known


def _labels_of(record: ItemRecord, name: str) -> Iterator[str]:
    if name == PATH:
        yield from dict.fromkeys(f" {NESTING} ".join(path).casefold() for path in record.categories if path)
    elif name == "category":
        for path in record.categories:
            labels = [label.casefold() for label in path]
            for begin in range(len(labels)):  # every level, and every run of levels: "Home > Kitchen"
                for end in range(len(labels), begin, -1):
                    yield f" {NESTING} ".join(labels[begin:end])
    elif name == "tags":
        yield from dict.fromkeys(tag.casefold() for tag in record.tags)
    elif name == "lang":
        if record.lang:
            yield record.lang.casefold()
    else:
        value = record.attributes.get(name.removeprefix(ATTRIBUTE))
        values = value if isinstance(value, list | tuple) else () if value is None else (value,)
        yield from dict.fromkeys(str(part).casefold() for part in values)


def _spaced(value: str) -> str:
    """Return a category path with one space on each side of every `>`; `›` is read as it, because reasons show paths so."""
    value = value.replace("›", NESTING)
    return f" {NESTING} ".join(part.strip() for part in value.split(NESTING)) if NESTING in value else value


def _as_number(value: Any) -> float:
    if isinstance(value, bool) or value is None:
        return np.nan
    number = amount(str(value)) if isinstance(value, str | int | float) else None
    return np.nan if number is None else number


def matching(items: Sequence[Item], where: Sequence[str], now: datetime) -> list[Item]:
    """Return the items that match every expression. Raises `UsageError` that shows the syntax."""
    conditions = [Condition.parse(text) for text in where]
    if not conditions or not items:
        return list(items)
    table = ItemTable(
        [ItemRecord.of(item) for item in items], [item.domain for item in items], [i.item_id for i in items]
    )
    days = [(now - item.created_at).total_seconds() / DAY_SECONDS if item.created_at else np.nan for item in items]
    ages = np.array(days, np.float64)
    holds = np.all([table.mask(condition, ages) for condition in conditions], axis=0)
    return [item for item, wanted in zip(items, holds, strict=True) if wanted]
