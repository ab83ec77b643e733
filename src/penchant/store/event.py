"""Events: one thing that one user did at one moment."""

import hashlib
import json
import re
from collections.abc import Collection
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from penchant.characters import storable
from penchant.store.identifiers import MAX_ID, Identifier
from penchant.store.json_values import bounded_object, json_object
from penchant.store.moments import Moment, parse_moment

__all__ = [
    "DEFAULT_WEIGHTS",
    "MAX_CLOCK_DIFFERENCE",
    "MAX_ID",
    "MAX_TEXT",
    "MAX_VALUE",
    "Event",
    "EventType",
    "Identifier",
    "JsonObject",
    "Media",
    "Moment",
    "parse_moment",
]

MAX_TEXT = 20_000
_Words = Annotated[
    str,
    Field(max_length=MAX_TEXT),
    BeforeValidator(lambda value: storable(value) if isinstance(value, str) else value),
]
MAX_VALUE = 1e12
"""The largest absolute value of a rating, duration or quantity: sums and squares of such values stay finite."""
MAX_RATING = 100.0
"""The largest scale of ratings: scales are 1, 5, 10 or 100."""
MAX_CLOCK_DIFFERENCE = timedelta(days=1)
"""How far clocks may differ: a new event later than now plus this is refused."""


class EventType(StrEnum):
    """The event types of every installation; settings may add more."""

    VIEW = "view"
    CLICK = "click"
    SEARCH = "search"
    LIKE = "like"
    SAVE = "save"
    CART = "cart"
    PURCHASE = "purchase"
    RATING = "rating"
    DWELL = "dwell"
    SHARE = "share"
    FOLLOW = "follow"
    MESSAGE = "message"
    SKIP = "skip"
    HIDE = "hide"
    DISLIKE = "dislike"
    RETURN = "return"


#: The evidence of one event: how strongly it shows that the user likes its subject, or dislikes it (below zero).
#: The weight of `rating` is scaled by the distance from the user's own mean, that of `dwell` by a saturating function of its duration.
DEFAULT_WEIGHTS: dict[str, float] = {
    EventType.VIEW: 0.3,
    EventType.CLICK: 0.5,
    EventType.SEARCH: 0.6,
    EventType.DWELL: 0.5,
    EventType.LIKE: 1.0,
    EventType.SAVE: 1.0,
    EventType.CART: 0.8,
    EventType.PURCHASE: 1.0,
    EventType.RATING: 1.0,
    EventType.SHARE: 0.9,
    EventType.FOLLOW: 0.9,
    EventType.MESSAGE: 0.6,
    EventType.SKIP: -0.2,
    EventType.HIDE: -0.8,
    EventType.DISLIKE: -1.0,
    EventType.RETURN: -0.8,
}


JsonObject = Annotated[dict[str, Any], BeforeValidator(json_object), AfterValidator(bounded_object)]


_TYPE = re.compile(r"^[a-z][a-z0-9_]{0,31}$")


def refuse_unknown(data: dict[str, Any], known: Collection[str], place: str) -> None:
    """Raise `ValueError` that lists unknown fields, suggests a known one, and names the `place` for additional facts."""
    unknown = [str(name)[:40] for name in data if name not in known]
    if unknown:
        near = get_close_matches(unknown[0], known, n=1)
        meant = f" (did you mean {near[0]!r}?)" if near else ""
        raise ValueError(
            f"there is no field {', '.join(map(repr, unknown[:5]))}{meant}: put further fields into {place!r}"
        )


def _type_name(value: Any) -> Any:
    """Return the type in lower case, as types are written (`View` is `view`)."""
    if not isinstance(value, str) or value in DEFAULT_WEIGHTS:
        return value
    name = value.strip().casefold()
    if not _TYPE.fullmatch(name):
        raise ValueError("is not an event type: write a word such as view, in letters, digits and _")
    return name


class Media(BaseModel):
    """Audio, video or an image, represented by a transcript or a caption."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["audio", "video", "image"]
    transcript: _Words | None = None
    caption: _Words | None = None


class Event(BaseModel):
    """One thing one user did.

    Frozen. A missing `event_id` is derived from the content, so that an event sent twice counts once.
    """

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, extra="forbid")

    user_id: Identifier
    type: Annotated[str, BeforeValidator(_type_name), Field(pattern=_TYPE.pattern)]
    at: Moment
    event_id: Identifier = ""
    item_id: Identifier | None = None
    text: _Words | None = None
    value: float | None = Field(None, allow_inf_nan=False, ge=-MAX_VALUE, le=MAX_VALUE)
    context: JsonObject = Field(default_factory=dict)
    media: Annotated[Media | None, BeforeValidator(json_object)] = None

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        """Remove empty optional fields: CSV has no nulls."""
        if not isinstance(data, dict):
            return data
        refuse_unknown(data, cls.model_fields, "context")
        return {key: value for key, value in data.items() if value is not None and value != ""}

    @model_validator(mode="after")
    def _derive_id(self) -> Self:
        if not self.event_id:
            object.__setattr__(self, "event_id", self.content_id())
        return self

    def content_id(self) -> str:
        """Return the id that is derived from the content: a digest of all fields but `event_id`."""
        fields = self.model_dump(mode="json", exclude={"event_id"}, exclude_none=True)
        canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return "e-" + hashlib.blake2b(canonical.encode("utf-8", "replace"), digest_size=10).hexdigest()

    def said(self) -> str:
        """Return the event's own words: text, then transcript and caption; empty if it has none."""
        media = (self.media.transcript, self.media.caption) if self.media else ()
        return "\n".join(part.strip() for part in (self.text, *media) if part and part.strip())


def unknown_type(name: str, known: Collection[str]) -> str:
    """Return what is wrong with an event type that has no weight. `known`: the types that have one."""
    return f"unknown event type {name[:60]!r}: use one of {', '.join(known)}, or give it a weight under [event_weights]"


def refusal_reason(event: Event) -> str | None:
    """Return why an event is refused that says nothing or cannot be true, and what to do; None if it is fine.

    Only new events are checked: events that were stored before this check existed can still be read.
    """
    kind, value = event.type, event.value
    if kind == EventType.RATING and value is not None and not 0 <= value <= MAX_RATING:
        return f"{value:g} is no rating: give a number from 0 up to 100 (ratings are of 1, 5, 10 or 100)"
    if kind == EventType.PURCHASE and value is not None and value < 0:
        return f"a purchase of {value:g}: what came back is of the type return"
    if event.item_id is not None or event.said():
        return None
    return {
        EventType.PURCHASE.value: "a purchase of nothing: name the item (item_id)",
        EventType.SEARCH.value: "a search without words: give the words (text)",
    }.get(kind)
