"""Things that can be recommended."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from penchant.store.event import Identifier, JsonObject, Moment, json_object
from penchant.store.plain import plain

MAX_TITLE = 2_000


def _paths(value: Any) -> Any:
    """Accept `"Books > Fantasy"`, `["Books", "Fantasy"]`, a list of either, or JSON text of any of them (CSV)."""
    if isinstance(value, str):
        if value.lstrip().startswith("["):
            value = json_object(value)
        else:
            return tuple(_path(part) for part in value.split("|") if part.strip())
    if isinstance(value, list | tuple) and value and all(isinstance(part, str) for part in value):
        return tuple(_path(part) for part in value) if any(">" in part for part in value) else (tuple(value),)
    return value


def _path(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(">") if part.strip())


def _names(value: Any) -> Any:
    if isinstance(value, str):
        return (
            tuple(json_object(value))
            if value.lstrip().startswith("[")
            else tuple(filter(None, map(str.strip, value.split("|"))))
        )
    return value


CategoryPath = Annotated[tuple[str, ...], Field(min_length=1, max_length=8)]


class Item(BaseModel):
    """One thing in the catalogue. Frozen; only `item_id` and `title` are required."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, extra="ignore")

    item_id: Identifier
    title: Annotated[str, Field(min_length=1, max_length=MAX_TITLE)]
    description: str | None = Field(None, max_length=20_000)
    categories: Annotated[tuple[CategoryPath, ...], BeforeValidator(_paths)] = ()
    tags: Annotated[tuple[str, ...], BeforeValidator(_names)] = ()
    domain: str | None = Field(None, max_length=128)
    attributes: JsonObject = Field(default_factory=dict)
    created_at: Moment | None = None
    lang: str | None = Field(None, max_length=16)
    url: str | None = Field(None, max_length=4_096)
    available: bool = Field(True, description="False: known and explained, never recommended")
    expires_at: Moment | None = Field(None, description="From then on it is not available")

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None and value != ""}

    def text(self) -> str:
        """What is embedded: title, categories, tags, then the start of the description; without orders to models (see `plain`)."""
        parts = [
            plain(self.title) or self.title,
            "; ".join(" > ".join(path) for path in self.categories),
            ", ".join(self.tags),
            plain((self.description or "")[:1_000]),
        ]
        return ". ".join(part for part in parts if part)
