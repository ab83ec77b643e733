"""Bodies of requests, and the page type for lists in answers. Unknown fields are refused by name."""

from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StrictBool,
    StrictFloat,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from penchant.agent.interest_agent import MAX_K
from penchant.agent.recommend.experiments import Variant
from penchant.settings import Language
from penchant.store.access_tokens import Scope
from penchant.store.announcements import WebhookEvent
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.json_values import bounded_object
from penchant.store.moments import ANY_MOMENT, POINT_IN_TIME, AnyMoment, Moment, PointInTime
from penchant.store.profile import Profile

T = TypeVar("T")
MAX_ITEMS, MAX_EVENTS, MAX_USERS = 1_000, 10_000, 100
MAX_RULES = 50
MAX_TEXT = 8_000


class Body(BaseModel):
    """Base class of all bodies. Null for an optional field means that it was left out."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON schema, in which every optional field may also be null."""
        schema = handler.resolve_ref_schema(handler(core))
        for name, field in schema.get("properties", {}).items():
            if name not in schema.get("required", ()) and {"type": "null"} not in field.get("anyOf", ()):
                around = {key: field.pop(key) for key in ("title", "description", "default") if key in field}
                schema["properties"][name] = {"anyOf": [field, {"type": "null"}], **around}
        return schema

    @model_validator(mode="before")
    @classmethod
    def _left_out(cls, data: Any) -> Any:
        fields = cls.model_fields
        if not isinstance(data, dict):
            return data
        return {
            name: value
            for name, value in data.items()
            if value is not None or name not in fields or fields[name].is_required() or fields[name].default is None
        }


def example(value: dict[str, Any]) -> ConfigDict:
    """Return a model configuration with this example for the documentation."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [value]})


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty: write what the user says")
    return text


UserText = Annotated[
    str, Field(min_length=1, max_length=MAX_TEXT, json_schema_extra={"pattern": r"\S"}), AfterValidator(_not_blank)
]
"""Text that a user writes; it must not be blank."""


class ItemsBody(Body):
    """Items for the catalogue. An item that exists already is replaced as a whole."""

    model_config = example(
        {"items": [{"item_id": "b1", "title": "The Silmarillion", "categories": [["Books", "Fantasy"]]}]}
    )
    items: Annotated[list[Item], Field(min_length=1, max_length=MAX_ITEMS)]


class ItemChange(Body):
    """The changes of an item. What is left out stays as it is, attributes too; null removes a field or an attribute."""

    model_config = example({"available": False, "attributes": {"price": 12.5}})
    title: str | None = None
    description: str | None = None
    categories: list[list[str]] | None = None
    tags: list[str] | None = None
    domain: str | None = None
    attributes: Annotated[dict[str, Any], AfterValidator(bounded_object)] | None = None
    created_at: AnyMoment | None = Field(None, description=ANY_MOMENT)
    lang: str | None = None
    url: str | None = None
    available: bool | None = None
    expires_at: AnyMoment | None = Field(None, description=f"The time from which it is unavailable: {ANY_MOMENT}")


class NewEvents(Body):
    """Events to record."""

    model_config = example(
        {"events": [{"user_id": "ada", "type": "purchase", "item_id": "b1", "at": "2026-01-05T10:00:00Z"}]}
    )
    events: Annotated[list[Event], Field(min_length=1, max_length=MAX_EVENTS)]


class TaxonomyCorrection(Body):
    """A correction of the taxonomy: a new name, a new subtopic for a theme, or two themes that are one."""

    model_config = example({"action": "rename", "value": "Presents", "lang": "en"})
    action: Literal["rename", "move", "merge"]
    value: str = Field(
        min_length=1,
        max_length=256,
        description="The new name; the id of the subtopic to move to; the id of the theme to be part of",
    )
    lang: Language | None = Field(None, description="The language of a new name")


class InterestChange(Body):
    """The user's own word on an interest."""

    model_config = example({"action": "mute"})
    action: Literal["pin", "unpin", "mute", "unmute", "rename", "remove", "state"]
    text: str | None = Field(
        None, max_length=120, description="For `rename` the new label; for `state` like or dislike, or a sentence"
    )


class NewStatement(Body):
    """A statement of the user about themself."""

    model_config = example({"text": "I am allergic to nuts."})
    text: UserText


class Onboarding(Body):
    """What is known at the start about a new user."""

    model_config = example({"interests": ["jazz"], "attributes": {"age_band": "25-34"}, "friends": []})
    interests: list[str] = Field(default_factory=list, max_length=MAX_RULES)
    attributes: dict[str, str] = Field(default_factory=dict, max_length=MAX_RULES)
    friends: list[str] = Field(default_factory=list, max_length=MAX_RULES)


class Onboarded(Profile):
    """The profile of a new user."""

    friends_without_profile: list[str] = Field(description="Friends who have nothing to lend until they have a profile")


class Merge(Body):
    """A visitor who turns out to be a known user. `from`: the id whose record is merged into this user; or `into`: the
    id that this user's record is merged into.
    """

    model_config = example({"from": "visitor-81f3"})
    from_user: str | None = Field(None, alias="from", min_length=1, max_length=256)
    into: str | None = Field(None, min_length=1, max_length=256)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.from_user is None) == (self.into is None):
            raise ValueError("give either `from` or `into`")
        return self


class ListWishes(Body):
    """The options of a list. An item must satisfy every `where` expression."""

    model_config = example({"k": 5, "where": ["attributes.price<20"], "exclude": ["b1"], "boost": {"tags=new": 1.5}})
    k: int = Field(10, strict=True, ge=1, le=MAX_K)
    query: str | None = Field(None, max_length=500)
    domain: str | None = Field(None, max_length=128)
    avoid: str | None = Field(None, max_length=500)
    at: PointInTime | None = Field(None, description=f"The list as of this time: {POINT_IN_TIME}")
    llm: bool = Field(False, strict=True, description="Let the language model re-rank and explain; slower")
    where: list[str] = Field(default_factory=list, max_length=MAX_RULES)
    exclude: list[str] = Field(default_factory=list, max_length=1_000)
    boost: dict[str, StrictFloat] = Field(default_factory=dict, max_length=MAX_RULES)
    pin: list[str] = Field(default_factory=list, max_length=MAX_RULES)
    cap: list[str] = Field(default_factory=list, max_length=MAX_RULES)
    fresh_only: float | None = Field(None, strict=True, gt=0, description="Only what appeared within so many days")
    after: str | None = Field(None, max_length=256, description="A recommendation_id: the next page of that list")
    lang: Language | None = None


class ManyLists(ListWishes):
    """The same options for the lists of several users."""

    model_config = example({"user_ids": ["ada", "bob"], "k": 5})
    user_ids: list[str] = Field(min_length=1, max_length=MAX_USERS)


class NewFeedback(Body):
    """The outcome of showing an item to the user."""

    model_config = example({"item_id": "b2", "outcome": "clicked", "recommendation_id": "r-5f0c"})
    item_id: str = Field(min_length=1, max_length=256)
    outcome: str = Field(
        description="shown, clicked, liked, disliked or rated:N",
        json_schema_extra={"pattern": r"^(shown|clicked|liked|disliked|rated:[0-9]+(\.[0-9]+)?)$"},
    )
    recommendation_id: str | None = Field(None, max_length=256)
    at: Moment | None = Field(None, description="When it happened: ISO 8601 with zone; now, if left out")


class NewExperiment(Body):
    """The variants that users are assigned to, in proportion to their shares; the others are compared with the first."""

    model_config = example(
        {"name": "mixed-lists", "variants": {"as-is": {"share": 1}, "mixed": {"share": 1, "diversity": 0.3}}}
    )
    name: str = Field(min_length=1, max_length=64)
    variants: dict[str, Variant] = Field(min_length=2, max_length=8)


class NewUpdate(Body):
    """The users whose profiles are updated; all users where none are named."""

    model_config = example({"user_ids": ["ada"]})
    user_ids: list[str] = Field(default_factory=list, max_length=MAX_USERS)
    at: PointInTime | None = Field(None, description=f"The profiles as of this time: {POINT_IN_TIME}")


class NewMessage(Body):
    """A message of the user to the assistant."""

    model_config = example({"message": "What should I read next?"})
    message: UserText


class ConsentChange(Body):
    """What the user allows from now on; purposes that are left out stay as they are."""

    model_config = example({"profile": True, "recommend": True, "llm": False})
    profile: StrictBool | None = None
    recommend: StrictBool | None = None
    llm: StrictBool | None = None


class TokenWishes(Body):
    """The permissions of a new token."""

    model_config = example({"scopes": ["read", "recommend"], "user_id": "ada", "expires": "30d"})
    scopes: list[Scope] = Field(min_length=1)
    user_id: str | None = None
    tenant: str | None = None
    expires: str | None = Field(None, description="Time until it expires, such as 12h, 30d or 1y")
    note: str | None = Field(None, max_length=200)


class WebhookWishes(Body):
    """An address to notify, and the events to notify it of."""

    model_config = example({"url": "https://shop.example/penchant", "events": ["profile.updated", "erased"]})
    url: str = Field(min_length=1, max_length=2_000)
    events: list[WebhookEvent] = Field(default_factory=list, description="The kinds of events to deliver; empty: all")


class NewTenant(Body):
    """A separate installation behind this service."""

    model_config = example({"name": "acme"})
    name: str = Field(
        min_length=1,
        max_length=48,
        description="Small letters a-z, digits and hyphens",
        json_schema_extra={"pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"},
    )


class Page(BaseModel, Generic[T]):
    """One page of a list. `next_cursor`: the `cursor` of the next page; null at the end."""

    data: list[T]
    next_cursor: str | None = None
