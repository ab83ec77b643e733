"""Maps the columns of a row to the fields of an event or item, and recognises missing values however they are written.

Names are matched to fields (`User ID` is `user_id`); other columns go into `context` or `attributes`. What pandas,
spreadsheets and databases write for missing values (NaN, NULL, NaT …) is removed, and 17850.0 becomes the id 17850.
Conversions that concern more than one row are counted for the receipt.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC
from json import JSONDecodeError
from typing import Any

from penchant.characters import counted
from penchant.errors import UsageError
from penchant.store.amounts import amount, is_amount_in_words, rating
from penchant.store.event import MAX_TEXT, EventType
from penchant.store.identifiers import normal_id
from penchant.store.importing.categories import CategoryCommas, tag_names
from penchant.store.importing.json_text import Repeating, parse_json
from penchant.store.importing.layouts import EVENTS, ITEMS, Layout, snake_case
from penchant.store.importing.options import ImportOptions
from penchant.store.item import MAX_DESCRIPTION
from penchant.store.json_values import json_object
from penchant.store.markup import readable
from penchant.store.moments import Times
from penchant.store.placeholders import is_missing, is_placeholder

MAX_NAMED = 12
"""The maximum number of columns that a note names."""
_FLOAT_ID = re.compile(r"(-?\d{1,16})\.0{1,6}", re.ASCII)
_SHORTENED_ID = re.compile(r"\d(?:\.\d{1,16})?[eE]\+\d{1,3}", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,15})(?:\.\d{1,15})?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"(-?\d{1,15}|-?\d{1,3}(?:\.\d{3}){1,4}),(\d{1,15})", re.ASCII)
_HAD = """
instock limitedavailability instoreonly onlineonly preorder presale backorder madetoorder available availablefororder lowstock limitedstock
auflager lieferbar vorrätig verfügbar ja 有货 有 是 现货 在售
"""
_NOT_HAD = """
outofstock soldout discontinued reserved unavailable notavailable currentlyunavailable temporarilyoutofstock
ausverkauft vergriffen nichtlieferbar nichtvorrätig nichtverfügbar nein 缺货 无货 售罄 无 否 下架 停售
"""
_STOCK = dict.fromkeys(_HAD.split(), True) | dict.fromkeys(_NOT_HAD.split(), False)
"""What shops and product feeds write for the availability of an item, without separators between words.

Includes every `ItemAvailability` of schema.org.
"""
_SCHEMA = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:)")
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_DAY = 86_400
_BOOLEANS = {"true": True, "false": False}


class FieldError(ValueError):
    """Raised when a row cannot be an event or item; the message names the field."""


class Fields:
    """Reads the fields of the rows of one file.

    `commas`: whether commas separate its categories. `given`: the fields of rows that do not have them.
    """

    def __init__(
        self,
        layout: Layout,
        options: ImportOptions,
        commas: CategoryCommas | None = None,
        given: Mapping[str, str] | None = None,
    ) -> None:
        self.layout, self.options, self.commas, self.given = layout, options, commas, given or {}
        self.required = tuple(name for name in layout.required if name not in self.given)
        unknown = [name for name in options.columns if name not in layout.known]
        if unknown:
            known = ", ".join(sorted(layout.known))
            raise UsageError(f"--columns: there is no field {unknown[0]!r}: the fields are {known}")
        self.decimal_comma = False
        self._attribute_names: Counter[str] = Counter()
        #: How many things each note is about, by the note: a noun in the singular, a colon and the text.
        self.counts: Counter[str] = Counter()
        self._extras: dict[str, Any] = {}
        self._attributes: dict[str, Any] = {}
        #: How many rows have an amount as text, by the attribute.
        self._amounts: Counter[str] = Counter()
        self.renamed: dict[str, str] = {}
        self._asked = {column: name for name, column in options.columns.items()}
        self._places: dict[str, str] = {}
        zone, formats = options.zone, options.date_formats
        self.times = Times(zone, formats) if layout is EVENTS else Times(zone or UTC, formats, any_year=True)

    def place(self, column: str) -> str:
        """Return the field that a column is, or `context.NAME` (`attributes.NAME`) if it is none."""
        found = self._places.get(column)
        if found is None:
            found = self._places[column] = self._find(column)
            if found in self.layout.known and found != column and column not in self._asked:
                self.renamed[column] = found
        return found

    def is_field(self, column: str) -> bool:
        """Return whether a column is a field of an event or item."""
        return self.place(column) in self.layout.known

    def cell(self, content: bytes | Mapping[str, Any], name: str) -> Any:
        """Return the unconverted value of one field of a row. Raises `ValueError` for invalid JSON."""
        row = content if isinstance(content, Mapping) else parse_json(content)
        if not isinstance(row, dict):
            return None
        return next(
            (value for column, value in row.items() if value is not None and self.place(str(column)) == name), None
        )

    def user_of(self, content: bytes | Mapping[str, Any]) -> str | None:
        """Return the user id of a row in normal form; None if it has none."""
        if isinstance(content, bytes) and not content:
            return None
        try:
            return normal_id(self.cell(content, "user_id"))
        except ValueError:
            return self.given.get("user_id")

    def names_any(self, content: bytes | Mapping[str, Any]) -> bool:
        """Return whether a row has any of the required fields."""
        try:
            return any(self.cell(content, name) is not None for name in self.layout.required)
        except ValueError:
            return False

    def id_of(self, content: bytes | Mapping[str, Any]) -> str | None:
        """Return the item id of a row in normal form; None if it cannot be read."""
        try:
            row = content if isinstance(content, Mapping) else parse_json(content)
            if not isinstance(row, dict):
                return None
            named = {"item_id": self.cell(row, "item_id")}
            self._read_ids(named, not isinstance(content, bytes))
            return normal_id(named.get("item_id"))
        except ValueError:
            return None

    def plain(self, content: bytes | dict[str, Any]) -> bytes | dict[str, Any]:
        """Return the row in a form that needs no import options: with the names of fields, and times as ISO 8601."""
        if not (self.options.columns or self.options.date_formats or self.options.zone or self.given) or not content:
            return content
        try:
            row = content if isinstance(content, Mapping) else parse_json(content)
        except ValueError:
            return content
        if not isinstance(row, dict):
            return content
        named = {
            place if (place := self.place(column)) in self.layout.known else column: value
            for column, value in row.items()
        }
        if self.given and (not isinstance(content, bytes) or self.names_any(row)):
            named |= {name: value for name, value in self.given.items() if is_missing(named.get(name))}
        for name in self.layout.times:
            try:
                named[name] = self.times.read(named[name]).isoformat()
            except (KeyError, ValueError):  # left as it is written: reading the row says what is wrong with it
                continue
        return named

    def read(self, content: bytes | Mapping[str, Any]) -> dict[str, Any]:
        """Return the row as fields of an event or item. Raises `FieldError`, and `ValueError` for invalid JSON."""
        tabular = not isinstance(content, bytes)
        row = content if isinstance(content, Mapping) else parse_json(content)
        if not isinstance(row, dict):
            raise FieldError("not a JSON object")
        if isinstance(row, Repeating):
            raise FieldError(f"{'.'.join(row.path)[:60]}: is written twice, with different values: write it once")
        row, extras = self._sorted(row, tabular)
        self._extras, self._attributes = extras, {}
        self._read_ids(row, tabular)
        if tabular or any(name in row for name in self.layout.required):
            row = {**self.given, **row}
        self._read_times(row)
        if self.layout is EVENTS:
            self._read_event(row)
        else:
            self._read_item(row)
        self._add_extras(row, extras, tabular)
        return row

    def count_extras(self) -> None:
        """Count the further columns of the row that was read last, because it has turned out to be valid."""
        for name, value in self._extras.items():
            if not _is_nan(value):
                self._attribute_names[
                    name if len(self._attribute_names) < 200 or name in self._attribute_names else "…"
                ] += 1
        for name, value in self._attributes.items():
            if isinstance(value, str) and is_amount_in_words(value):
                self._amounts[name] += 1

    def notes(self) -> list[str]:
        """Return notes for the receipt about the rows that were imported."""
        notes = []
        if self.renamed:
            notes.append("read as fields: " + ", ".join(f"{name}={column}" for column, name in self.renamed.items()))
        if self._attribute_names:
            names = [name for name, _ in self._attribute_names.most_common(MAX_NAMED)] + (
                ["…"] if len(self._attribute_names) > MAX_NAMED else []
            )
            notes.append(f"kept under `{self.layout.extras}`, being no fields: {', '.join(names)}")
        for name, count in self._amounts.most_common(MAX_NAMED):
            notes.append(
                f"{counted(count, 'row')}: the amount in `{name}` is kept as it is written, and filters read it as a number: "
                f"attributes.{name}<20"
            )
        for what, count in self.counts.items():
            noun, _, rest = what.partition(":")
            notes.append(f"{counted(count, noun)}:{rest}")
        return notes + (self.commas.notes() if self.commas else [])

    def _find(self, column: str) -> str:
        if column in self._asked:
            return self._asked[column]
        claimed = self.options.columns
        if column in self.layout.known:
            return column if column not in claimed else self._extra(column)
        name = snake_case(column)
        if name in self.layout.known and name not in claimed:
            return name
        return self._extra(column)

    def _extra(self, column: str) -> str:
        before, dot, rest = column.partition(".")
        return column if dot and rest and before == self.layout.extras else f"{self.layout.extras}.{column}"

    def _sorted(self, row: Mapping[str, Any], tabular: bool) -> tuple[dict[str, Any], dict[str, Any]]:
        """Split a row into known fields and others, without missing values."""
        known: dict[str, Any] = {}
        extras: dict[str, Any] = {}
        simple = not self._asked and row.keys() <= self.layout.known
        for column, value in row.items():
            if value is None or value == "" or _holds_nothing(value, tabular):
                continue
            place = column if simple else self.place(column)
            if place in self.layout.known and (
                place == column or (place not in known and place not in row) or column in self._asked
            ):
                known[place] = value
            else:
                extras[
                    self._extra(column).partition(".")[2] if place in self.layout.known else place.partition(".")[2]
                ] = value
        return known, extras

    def _read_ids(self, row: dict[str, Any], tabular: bool) -> None:
        for name in self.layout.ids:
            value = row.get(name)
            if tabular and isinstance(value, str) and value.startswith('="') and value.endswith('"'):
                value = row[name] = value[2:-1]  # as spreadsheets protect numbers: ="0618260307"
            if isinstance(value, str):
                if is_missing(value):
                    del row[name]
                elif tabular and (whole := _FLOAT_ID.fullmatch(value.strip())):
                    row[name] = whole[1]
                    self.counts["id: written as a fraction (17850.0), read as a whole number (17850)"] += 1
                elif tabular and _SHORTENED_ID.fullmatch(value.strip()):
                    self.counts[
                        "id: like a number that a spreadsheet has shortened (1.23E+11); save that column as text"
                    ] += 1

    def _read_times(self, row: dict[str, Any]) -> None:
        for name in self.layout.times:
            value = row.get(name)
            if isinstance(value, str) and is_missing(value):
                del row[name]
            elif value is not None:
                try:
                    row[name] = self.times.read(value)
                except ValueError as error:
                    raise FieldError(f"{name}: {error}") from None

    def _read_event(self, row: dict[str, Any]) -> None:
        self._shorten(row, "text", MAX_TEXT)
        value = row.get("value")
        if isinstance(value, str):
            if is_missing(value):
                del row["value"]
            else:
                row["value"] = _number(self._with_point(value), row.get("type"))
        if _is_long(row.get("value")) and row.get("type") == EventType.DWELL:
            self.counts["dwell time: longer than a day; these are seconds, so divide milliseconds by 1,000"] += 1
        if _is_rating(row.get("type")) and row.get("value") is None:
            self.counts["rating: without a value, which shows attention, neither liking nor dislike"] += 1
        if row.get("value") == 0 and _is_rating(row.get("type")):
            self.counts["rating: 0, which is no rating, except for users whose ratings are from 0 to 1"] += 1

    def _read_item(self, row: dict[str, Any]) -> None:
        categories = row.get("categories")
        if isinstance(categories, str):
            categories = readable(categories)  # the semicolon of &amp; is no separator
        elif isinstance(categories, list):
            categories = [part for part in categories if part is not None and part != [] and not _is_nan(part)]
        if categories is not None:
            row["categories"] = self.commas.split(categories) if self.commas is not None else categories
        if _only_placeholders(row.get("categories")):
            self.counts["item: the category is a placeholder such as 'missing', which counts as none"] += 1
        if isinstance(tags := row.get("tags"), str):
            row["tags"] = tag_names(readable(tags), self.counts)
        if isinstance(description := row.get("description"), str) and len(description) > MAX_DESCRIPTION:
            row["description"] = readable(description, "\n").strip()
            self._shorten(row, "description", MAX_DESCRIPTION)
        if isinstance(available := row.get("available"), str | int | float):
            row["available"] = _in_stock(available)

    def _shorten(self, row: dict[str, Any], name: str, longest: int) -> None:
        text = row.get(name)
        if isinstance(text, str) and len(text) > longest:
            row[name] = text[:longest]
            self.counts[f"row: a longer {name} than {longest:,} characters; what comes after is left out"] += 1

    def _with_point(self, text: str) -> str:
        """Return a number with a decimal comma with a point instead, if the table's delimiter is not the comma.

        Other text unchanged.
        """
        parts = _DECIMAL_COMMA.fullmatch(text.strip()) if self.decimal_comma else None
        if parts is None:
            return text
        self.counts["number: a decimal comma is read as such (4,5 is 4.5)"] += 1
        return f"{parts[1].replace('.', '')}.{parts[2]}"

    def _typed(self, value: Any) -> Any:
        """Return the value of a table's unknown column: a number or truth value if it reads as one, otherwise the text."""
        if not isinstance(value, str):
            return value
        text = self._with_point(value).strip()
        if _NUMBER.fullmatch(text):
            return float(text) if "." in text else int(text)
        return _BOOLEANS.get(text.casefold(), text)

    def _add_extras(self, row: dict[str, Any], extras: dict[str, Any], tabular: bool) -> None:
        own = row.get(self.layout.extras)
        if own is None and not extras:
            return
        try:
            own = json_object(own) if own is not None else {}
        except ValueError as error:
            reason = "is not a JSON object" if isinstance(error, JSONDecodeError) else str(error)
            raise FieldError(f"{self.layout.extras}: {reason}") from None
        if not isinstance(own, Mapping):
            raise FieldError(f"{self.layout.extras}: is not a JSON object")
        filled = {name: value for name, value in own.items() if not _is_nan(value)}
        for name, value in extras.items():
            if not _is_nan(value):
                filled.setdefault(name, self._typed(value) if tabular else value)
        row[self.layout.extras] = filled
        self._attributes = filled if self.layout is ITEMS else {}


def _number(text: str, kind: Any) -> str | float:
    """Return the number that a text is as people write amounts and ratings; other text unchanged."""
    found = amount(text)
    if found is None and _is_rating(kind):
        found = rating(text)
    return text if found is None else found


def _is_rating(kind: Any) -> bool:
    return isinstance(kind, str) and kind.strip().casefold() == EventType.RATING


def _is_long(value: Any) -> bool:
    return isinstance(value, int | float) and value > _DAY


def _in_stock(written: str | float) -> str | bool:
    """Return whether an item is available, from a word of a product feed or the number in stock.

    Unknown words unchanged.
    """
    if not isinstance(written, str):
        return written > 0
    if _NUMBER.fullmatch(written.strip()):
        return float(written) > 0
    word = written.strip().casefold()
    return _STOCK.get(_BETWEEN_WORDS.sub("", _SCHEMA.sub("", word, count=1)), word)


def _holds_nothing(value: Any, tabular: bool) -> bool:
    return is_missing(value) if tabular else _is_nan(value)


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _only_placeholders(categories: Any) -> bool:
    names = [categories] if isinstance(categories, str) else categories if isinstance(categories, list | tuple) else []
    flat = [name for part in names for name in (part if isinstance(part, list | tuple) else (part,))]
    return bool(flat) and all(isinstance(name, str) and is_placeholder(name) for name in flat)
