"""Behaviour: one thing one user did at one moment."""

import hashlib
import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

MAX_TEXT = 20_000
MAX_ID = 256


class EventType(StrEnum):
    """The types every installation knows; settings may add more."""

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


#: Signed evidence of one event: how much it says that the user likes (or, below zero, dislikes) what it is about.
#: `rating` is scaled by its distance from the user's own mean, `dwell` by its saturated duration.
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


def parse_moment(value: Any) -> Any:
    """ISO 8601 with zone, or Unix seconds, to an aware UTC datetime; a time without zone is refused."""
    if isinstance(value, bool):
        raise ValueError("is not a time: give ISO 8601 with a zone, or Unix seconds")
    if isinstance(value, str):
        text = value.strip()
        try:
            value = float(text)
        except ValueError:
            try:
                value = datetime.fromisoformat(text)
            except ValueError:
                raise ValueError(f"{text[:40]!r} is not a time: give ISO 8601 with a zone, or Unix seconds") from None
    if isinstance(value, int | float):
        try:
            return datetime.fromtimestamp(value, UTC)
        except (ValueError, OverflowError, OSError):
            raise ValueError(f"{value!r} is not a time: Unix seconds are expected") from None
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("has no time zone: append 'Z' or an offset such as '+08:00'")
    return value


def _to_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("is outside the years that can be kept") from None


_ALWAYS_SAID = frozenset({str, int, bool, type(None)})


def json_object(value: Any) -> Any:
    """CSV has no objects: JSON text stands for one."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except RecursionError:
        raise ValueError("is nested too deeply") from None


def _can_be_said(value: dict[str, Any]) -> dict[str, Any]:
    """What goes in must come out as JSON again. Nearly every context is flat and without fractions: that needs no second look."""
    if all(type(part) in _ALWAYS_SAID for part in value.values()):
        return value
    try:
        json.dumps(value, allow_nan=False, default=str)
    except ValueError:
        raise ValueError("holds NaN or an infinity, which JSON cannot say: leave it out") from None
    return value


Moment = Annotated[datetime, BeforeValidator(parse_moment), AfterValidator(_to_utc)]
JsonObject = Annotated[dict[str, Any], BeforeValidator(json_object), AfterValidator(_can_be_said)]
Identifier = Annotated[str, Field(min_length=1, max_length=MAX_ID, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Media(BaseModel):
    """Sound or pictures, by what was said in them or what they show."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["audio", "video", "image"]
    transcript: str | None = Field(None, max_length=MAX_TEXT)
    caption: str | None = Field(None, max_length=MAX_TEXT)


class Event(BaseModel):
    """One thing one user did. Frozen; `event_id` is derived from the content when absent, so sending twice counts once."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, extra="ignore")

    user_id: Identifier
    type: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
    at: Moment
    event_id: Identifier = ""
    item_id: Identifier | None = None
    text: str | None = Field(None, max_length=MAX_TEXT)
    value: float | None = Field(None, allow_inf_nan=False)
    context: JsonObject = Field(default_factory=dict)
    media: Annotated[Media | None, BeforeValidator(json_object)] = None

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        """CSV has no nulls: an empty optional field is an absent one."""
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None and value != ""}

    @model_validator(mode="after")
    def _derive_id(self) -> Self:
        if not self.event_id:
            object.__setattr__(self, "event_id", self.content_id())
        return self

    def content_id(self) -> str:
        """A digest of everything the event says."""
        said = self.model_dump(mode="json", exclude={"event_id"}, exclude_none=True)
        canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return "e-" + hashlib.blake2b(canonical.encode(), digest_size=10).hexdigest()

    def said(self) -> str:
        """The event's own words: text, then transcript or caption; empty when it has none."""
        media = (self.media.transcript, self.media.caption) if self.media else ()
        return "\n".join(part.strip() for part in (self.text, *media) if part and part.strip())
