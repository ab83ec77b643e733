"""Items: things that can be recommended."""

import csv
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from penchant.store.event import refuse_unknown
from penchant.store.identifiers import Identifier
from penchant.store.json_values import attributes_of, changed_attributes, json_object
from penchant.store.markup import readable
from penchant.store.moments import ANY_MOMENT, AnyMoment
from penchant.store.placeholders import is_placeholder
from penchant.store.plain import plain

__all__ = ["MAX_TITLE", "CategoryPath", "Item", "is_placeholder", "path_names"]

MAX_TITLE = 2_000
MAX_DESCRIPTION = 20_000
MAX_CATEGORIES = 100
MAX_TAGS = 200
MAX_NAME = 200
"""The maximum length of a category or tag, in characters."""
MAX_LISTED = 20_000
"""The maximum length in characters of a list of categories that is written without quotes, such as `[Books, Music]`."""
_LEVELS = re.compile(r"->|[>＞»›→]|(?<=\s)(?:::|\\)(?=\s)")
"""What divides levels in any text. Without blanks around, `::` and a backslash belong to names such as `std::vector`."""
_LINE_BREAKS = re.compile(r"[\r\n]++")


def _title(value: Any) -> Any:
    return readable(value).strip() if isinstance(value, str) else value


def _description(value: Any) -> Any:
    return readable(value, "\n").strip() or None if isinstance(value, str) else value


def path_names(text: str) -> list[str]:
    """Split a category into its levels: `Books > Fantasy`, `Books » Fantasy`, `Books :: Fantasy`."""
    return _LEVELS.split(text)


def _paths(value: Any) -> Any:
    """Accept `"Books > Fantasy"`, `["Books", "Fantasy"]`, a list of either, objects with names (`{"name": "Books"}`), names with
    counts (`{"Books": 5}`), or JSON text of any of them (CSV).
    """
    if isinstance(value, str):
        value = _of_text(value)
    if isinstance(value, dict):
        value = [value] if _name_of(value) is not None else [[name] for name in value] if _are_counts(value) else value
    if isinstance(value, list | tuple):
        value = [[name] if (name := _name_of(part)) is not None else part for part in value]
        if value and all(isinstance(part, str | int) and not isinstance(part, bool) for part in value):
            names = [readable(str(part)) for part in value]
            is_path = not any(_LEVELS.search(name) for name in names)
            value = [names] if is_path else [path_names(name) for name in names]
        return _clean_paths(value)
    return value


def _of_text(text: str) -> Any:
    bare = text.strip()
    if bare[:1] not in ("[", "{"):
        return [path_names(part) for part in readable(text).split("|")]
    try:
        return json_object(text)
    except ValueError:
        if len(bare) > MAX_LISTED or bare[-1:] not in ("]", "}"):
            raise
    listed = _LINE_BREAKS.sub(" ", bare[1:-1])
    return [path_names(part) for part in next(csv.reader([listed], skipinitialspace=True), [])]


def _name_of(part: Any) -> str | None:
    """Return the name of a category that is an object, as shops and film databases export it; None for anything else."""
    if not isinstance(part, dict):
        return None
    return next((part[key] for key in ("name", "title", "label") if isinstance(part.get(key), str)), None)


def _are_counts(value: dict[Any, Any]) -> bool:
    return all(isinstance(count, int | float) for count in value.values())


def _clean_paths(paths: Any) -> Any:
    """Return distinct paths with entities decoded, without placeholders ("missing", "Uncategorized")."""
    found: dict[Any, None] = {}
    for path in paths:
        if not isinstance(path, list | tuple):
            return paths
        named = [_name_of(name) or name for name in path if name is not None]
        if not all(isinstance(name, str | int | float) for name in named):
            return paths
        names = tuple(readable(str(name)).strip() for name in named)
        if clean := tuple(name for name in names if not is_placeholder(name)):
            found[clean] = None
    return tuple(found)


def _names(value: Any) -> Any:
    if isinstance(value, str):
        value = json_object(value) if value.lstrip().startswith("[") else value.split("|")
    if isinstance(value, list | tuple):
        value = [_name_of(name) or name for name in value]
    if isinstance(value, list) and all(isinstance(name, str | int | float) for name in value):
        names = (readable(str(name)).strip() for name in value)
        return tuple(dict.fromkeys(name for name in names if name and not is_placeholder(name)))
    return value


Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
CategoryPath = Annotated[tuple[Name, ...], Field(min_length=1, max_length=8)]
Attributes = Annotated[dict[str, Any], BeforeValidator(json_object), AfterValidator(attributes_of)]


class Item(BaseModel):
    """One thing in the catalogue. Frozen; only `item_id` and `title` are required.

    `attributes`: text, numbers, booleans or lists of text by name. If `available` is False, or `expires_at` is in the
    past, the item is known and explained, but never recommended.
    """

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, extra="forbid")

    item_id: Identifier
    title: Annotated[str, Field(min_length=1, max_length=MAX_TITLE), BeforeValidator(_title)]
    description: Annotated[str | None, Field(max_length=MAX_DESCRIPTION), BeforeValidator(_description)] = None
    categories: Annotated[tuple[CategoryPath, ...], Field(max_length=MAX_CATEGORIES), BeforeValidator(_paths)] = ()
    tags: Annotated[tuple[Name, ...], Field(max_length=MAX_TAGS), BeforeValidator(_names)] = ()
    domain: Annotated[str, StringConstraints(strip_whitespace=True, max_length=128)] | None = None
    attributes: Attributes = Field(default_factory=dict)
    created_at: AnyMoment | None = Field(None, description=ANY_MOMENT)
    lang: Annotated[str, StringConstraints(strip_whitespace=True, max_length=16)] | None = None
    url: str | None = Field(None, max_length=4_096)
    available: bool = Field(True, description="False: known and explained, never recommended")
    expires_at: AnyMoment | None = Field(None, description=f"The time from which it is unavailable: {ANY_MOMENT}")

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        refuse_unknown(data, cls.model_fields, "attributes")
        return {
            key: value
            for key, value in data.items()
            if value is not None and not (isinstance(value, str) and not value.strip())
        }

    @classmethod
    def stored(cls, text: str) -> "Item":
        """Parse an item as this version or an earlier one stored it. Raises `ValueError`."""
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            return _as_once_allowed(json_object(text))

    def changed(self, fields: Mapping[str, Any]) -> "Item":
        """Return this item with these fields set; `attributes` are merged into its own.

        Fields that are left out stay, null removes one.

        Raises `ValueError` for a field or value that no item can have.
        """
        given = fields.get("attributes")
        attributes = {} if given is None else {"attributes": changed_attributes(self.attributes, given)}
        return Item(**{**dict(self), **fields, **attributes})

    def is_available(self, now: datetime) -> bool:
        """Return whether it may be recommended: available, and not expired."""
        return self.available and (self.expires_at is None or self.expires_at > now)

    def text(self) -> str:
        """Return the text that is embedded: title, categories, tags, and the start of the description.

        Orders to models are removed (see `plain`).
        """
        parts = [
            plain(self.title) or self.title,
            "; ".join(" > ".join(path) for path in self.categories),
            ", ".join(self.tags),
            plain((self.description or "")[:1_000]),
        ]
        return ". ".join(part for part in parts if part)


def _as_once_allowed(fields: Any) -> Item:
    """Return the item without the fields that are invalid today, so that an old catalogue can be read; its id stands for
    such a title.
    """
    if not isinstance(fields, dict):
        raise ValueError("is not an object")
    known = {name: value for name, value in fields.items() if name in Item.model_fields}
    for _ in range(len(known)):
        try:
            return Item.model_validate(known)
        except ValidationError as error:
            refused = {str(fault["loc"][0]) for fault in error.errors(include_url=False) if fault["loc"]}
            if not refused or "item_id" in refused:
                raise
            known = {name: value for name, value in known.items() if name not in refused}
            known |= {"title": known["item_id"]} if "title" in refused else {}
    return Item.model_validate(known)
