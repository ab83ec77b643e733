"""Pydantic models of the replies a language model may give, which accept only the numbers that were offered.

Reply models are created per call (`name_themes_reply(themes=12, …)`), because the offered numbers differ; they subclass the typed
bases here. Nothing in a reply counts or proves anything: evidence never comes from a model.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    create_model,
    field_validator,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema

from penchant.characters import has_han
from penchant.prompts.labels import ADDRESS, check_label, label_or_none, name_of_list
from penchant.store.plain import is_instruction

Entry = TypeVar("Entry")
MAX_REASON = 400
#: Maximum number of sentences in a portrait, and of characters in each; an ideograph counts as two.
PORTRAIT_SENTENCES, MAX_SENTENCE = 2, 240


def _non_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


_NUMBER = re.compile(r"[#(\[]?\s?(\d{1,6}+)\s?[.:)\]]?")
_NUMBER_KEYS = ("i", "g", "n", "m", "item", "id", "number", "index", "candidate")


def _digits_to_int(value: Any) -> Any:
    """Convert a whole number given as 3.0, as text (`#3`, `3.`) or in an object to an integer; refuse true and false."""
    if isinstance(value, bool):
        raise ValueError("is a number, not true or false")
    if isinstance(value, dict):
        value = next((value[key] for key in _NUMBER_KEYS if key in value), value)
    if isinstance(value, str) and (found := _NUMBER.fullmatch(value.strip())):
        return int(found[1])
    return int(value) if isinstance(value, float) and value.is_integer() else value


def one_of(*numbers: int) -> Any:
    """Return an integer type that accepts only `numbers`; an `enum` in the schema, because grammars do not enforce ranges.

    Raises `ValueError` without any number, because no reply could match an empty choice.
    """
    if not numbers:
        raise ValueError("a reply cannot choose among no numbers: leave the field out")

    def check(value: int) -> int:
        if value not in numbers:
            raise ValueError(f"{value} was not offered; the numbers are {numbers[0]} to {numbers[-1]}")
        return value

    schema = WithJsonSchema({"type": "integer", "enum": list(numbers)})
    return Annotated[int, BeforeValidator(_digits_to_int), AfterValidator(check), schema]


def one_of_names(*names: str) -> Any:
    """Return an integer type for the positions of the names, from 1 (0 is accepted too); the schema offers the names themselves."""
    numbers = {name.casefold(): number for number, name in enumerate(names, 1)}

    def number_of(value: Any) -> Any:
        return numbers.get(value.strip().casefold(), value) if isinstance(value, str) else value

    known = one_of(*range(len(names) + 1))
    return Annotated[known, BeforeValidator(number_of), WithJsonSchema({"type": "string", "enum": list(names)})]


class Reply(BaseModel):
    """The base class of all replies: unknown fields are ignored, null is as good as missing, and capitals do not matter.

    `numbered`: the names under which entries of the first field have their numbers, which count from 1 to `offered`.
    """

    model_config = ConfigDict(populate_by_name=True, extra="ignore")
    numbered: ClassVar[tuple[str, ...]] = ()
    offered: ClassVar[int] = 0

    @model_validator(mode="before")
    @classmethod
    def _as_declared(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = {name for field, info in cls.model_fields.items() for name in (field, info.alias)}
        return {name if name in known else str(name).casefold(): value for name, value in _without_nulls(data).items()}

    @classmethod
    def counted_from_one(cls, reply: Any) -> Any:
        """Return a reply whose entries are counted from 1, as they were offered, where a model counted from 0."""
        first = next(iter(cls.model_fields))
        if isinstance(reply, dict):
            entries = reply.get(first)
            return {**reply, first: cls.counted_from_one(entries)} if isinstance(entries, list) else reply
        numbers = [number for entry in reply if isinstance(number := _number_of(entry, cls.numbered), int)]
        if not numbers or min(numbers) != 0 or max(numbers) >= cls.offered:
            return reply
        return [_with_next_number(entry, cls.numbered) for entry in reply]


def _without_nulls(data: dict[Any, Any]) -> dict[Any, Any]:
    return {name: value for name, value in data.items() if value is not None}


def _number_of(entry: Any, names: tuple[str, ...]) -> Any:
    number = (
        next((entry[name] for name in names if name in entry), None) if names and isinstance(entry, dict) else entry
    )
    return None if isinstance(number, bool) else _digits_to_int(number)


def _with_next_number(entry: Any, names: tuple[str, ...]) -> Any:
    number = _number_of(entry, names)
    if not isinstance(number, int):
        return entry
    name = next((name for name in names if isinstance(entry, dict) and name in entry), None)
    return number + 1 if name is None else {**entry, name: number + 1}


def _first_of_each(entries: Iterable[Entry], number: Callable[[Entry], int]) -> list[Entry]:
    """Return the entries without those whose number has occurred before."""
    first: dict[int, Entry] = {}
    for entry in entries:
        first.setdefault(number(entry), entry)
    return list(first.values())


LabelIfAny = Annotated[str, AfterValidator(lambda label: check_label(label) if label.strip() else "")]


class ThemeReading(Reply):
    """The reading of one theme: the number of its place (0: none of those offered) and a label in each language, of which a model
    may leave all but one out ("").
    """

    model_config = ConfigDict(json_schema_extra={"required": ["g", "en", "zh"]})
    theme: int = Field(alias="g")
    place: int = Field(0, alias="p")
    en: LabelIfAny = ""
    zh: LabelIfAny = ""

    @model_validator(mode="after")
    def _labelled(self) -> "ThemeReading":
        if self.en or self.zh:
            return self
        raise ValueError("a theme needs a label")


class NamedThemes(Reply):
    """Reply to `name_themes`. If a theme occurs twice, the first reading counts."""

    groups: list[ThemeReading]
    numbered: ClassVar[tuple[str, ...]] = ("g", "theme")

    @model_validator(mode="after")
    def _once(self) -> "NamedThemes":
        self.groups = _first_of_each(self.groups, lambda reading: reading.theme)
        return self


class NamedTheme(Reply):
    """Reply to `name_theme`: a label, "" if the answer was no valid label; and the number of the place, from 1, or 0.

    The label comes first: small models that have not yet written what the things are take the first place offered.
    """

    label: Annotated[str, AfterValidator(name_of_list)]
    place: int = 0


class Reason(Reply):
    """A reason for one item, in one or two sentences, with the numbers of the facts it is based on."""

    item: int = Field(alias="i")
    text: Annotated[str, Field(max_length=MAX_REASON), AfterValidator(_non_blank)]
    cites: Annotated[list[int], Field(min_length=1)]


class ExplainedReply(Reply):
    """Reply to `explain`. If an item occurs twice, the first reason counts."""

    reasons: Annotated[list[Reason], Field(min_length=1)]
    numbered: ClassVar[tuple[str, ...]] = ("i", "item")

    @model_validator(mode="after")
    def _once(self) -> "ExplainedReply":
        self.reasons = _first_of_each(self.reasons, lambda reason: reason.item)
        return self


def _plain_sentences(sentences: list[str]) -> list[str]:
    """Return the valid sentences, each on one line: those without mark-up, addresses or instructions."""
    return [line for sentence in sentences if _is_plain(line := " ".join(sentence.split()))]


def _is_plain(line: str) -> bool:
    width = len(line) + sum(map(has_han, line))
    is_marked = ADDRESS.search(line) or is_instruction(line) or re.search(r"[<>{}\[\]|\\=«»]", line)
    return 0 < width <= MAX_SENTENCE and not is_marked


class InterestReading(Reply):
    """Why a user cares about the interest with this number, and a narrower label; "" if there is none."""

    interest: int = Field(alias="n")
    kind: Literal["habit", "gift", "one-off", "research"]
    label: Annotated[str, AfterValidator(label_or_none)] = ""


class ProfileReading(Reply):
    """Reply to `read_profile`. If an interest occurs twice, the first reading counts; only the first two sentences are used."""

    interests: list[InterestReading]
    numbered: ClassVar[tuple[str, ...]] = ("n", "interest")
    portrait: Annotated[list[str], AfterValidator(_plain_sentences)]

    @model_validator(mode="after")
    def _bounded(self) -> "ProfileReading":
        self.interests = _first_of_each(self.interests, lambda reading: reading.interest)
        self.portrait = self.portrait[:PORTRAIT_SENTENCES]
        return self


class Ranked(Reply):
    """Reply to `rerank` as JSON: candidate numbers, best first; a repeated number counts at its first position."""

    order: Annotated[list[int], Field(min_length=1)]

    @field_validator("order", mode="before")
    @classmethod
    def _from_text(cls, order: Any) -> Any:
        return (
            re.findall(r"\d+", order) if isinstance(order, str) and not re.search(r"[^\d\s,;>\[\]]", order) else order
        )

    @model_validator(mode="after")
    def _once(self) -> "Ranked":
        self.order = list(dict.fromkeys(self.order))
        return self


StatementKind = Literal["like", "dislike", "avoid", "require", "prefer", "habit", "goal", "fact"]


class FoundStatement(Reply):
    """A model's judgement of a statement that was found: whether it is one, its subject, and the number of its topic (0: none)."""

    number: int = Field(alias="n")
    ok: bool = True
    subject: Annotated[str, Field(max_length=200), AfterValidator(str.strip)] = ""
    topic: int = 0


class MissedStatement(Reply):
    """A statement that was not found before: the sentence and the subject in the words of message number `message`."""

    message: int = Field(alias="m")
    quote: Annotated[str, Field(max_length=MAX_REASON), AfterValidator(_non_blank)]
    subject: Annotated[str, Field(max_length=200), AfterValidator(_non_blank)]
    kind: StatementKind
    strict: bool = False
    topic: int = 0


class HeardStatements(Reply):
    """Reply to `hear_statements`. If a found statement occurs twice, the first judgement counts."""

    found: list[FoundStatement] = Field(default_factory=list)
    more: list[MissedStatement] = Field(default_factory=list)

    @model_validator(mode="after")
    def _once(self) -> "HeardStatements":
        self.found = _first_of_each(self.found, lambda statement: statement.number)
        return self


@lru_cache(maxsize=256)
def hear_statements_reply(*, messages: int, found: int, topics: int) -> type[HeardStatements]:
    """Return a `HeardStatements` that accepts only the offered numbers: messages 1…n, found 1…m (no field without any), topics 0…k."""
    topic = (one_of(*range(topics + 1)), Field(0))
    of_message = (one_of(*range(1, messages + 1)), Field(alias="m"))
    missed = create_model("MissedStatement", __base__=MissedStatement, message=of_message, topic=topic)
    fields: dict[str, Any] = {
        "more": (list[missed], Field(default_factory=list, json_schema_extra={"maxItems": 4 * messages}))
    }
    if found:
        judged = create_model(
            "FoundStatement",
            __base__=FoundStatement,
            number=(one_of(*range(1, found + 1)), Field(alias="n")),
            topic=topic,
        )
        limits: Any = Field(default_factory=list, json_schema_extra={"maxItems": found})
        fields["found"] = (list[judged], limits)
    else:
        unasked: Any = SkipJsonSchema[Annotated[list[FoundStatement], BeforeValidator(lambda _: [])]]
        fields["found"] = (unasked, Field(default_factory=list))
    return create_model("HeardStatements", __base__=HeardStatements, **fields)


@lru_cache(maxsize=256)
def name_themes_reply(*, themes: int, places: int) -> type[NamedThemes]:
    """Return a `NamedThemes` that accepts only the offered numbers: themes 1…n, places 0…m."""
    reading = create_model(
        "ThemeReading",
        __base__=ThemeReading,
        theme=(one_of(*range(1, themes + 1)), Field(alias="g")),
        place=(one_of(*range(places + 1)), Field(0, alias="p")),
    )
    limits = Field(min_length=1, json_schema_extra={"maxItems": themes, "minItems": themes})
    reply = create_model("NamedThemes", __base__=NamedThemes, groups=(list[reading], limits))
    reply.offered = themes
    return reply


@lru_cache(maxsize=256)
def name_theme_reply(*places: str) -> type[NamedTheme]:
    """Return a `NamedTheme` that accepts only the offered places, by name; without places it has no such field."""
    if not places:
        unasked: Any = SkipJsonSchema[Annotated[int, BeforeValidator(lambda _: 0)]]
        return create_model("NamedTheme", __base__=NamedTheme, place=(unasked, 0))
    return create_model("NamedTheme", __base__=NamedTheme, place=(one_of_names(*places), Field()))


@lru_cache(maxsize=256)
def explain_reply(*, items: int, facts: int) -> type[ExplainedReply]:
    """Return an `ExplainedReply` about items 1…n that cites only facts 1…m."""
    cites: Any = Annotated[list[one_of(*range(1, facts + 1))], Field(min_length=1, json_schema_extra={"maxItems": 6})]  # type: ignore[misc]
    item: Any = (one_of(*range(1, items + 1)), Field(alias="i"))
    reason: Any = create_model("Reason", __base__=Reason, item=item, cites=(cites, Field()))
    limits = Field(min_length=1, json_schema_extra={"minItems": items, "maxItems": items})
    reply = create_model("ExplainedReply", __base__=ExplainedReply, reasons=(list[reason], limits))
    reply.offered = items
    return reply


@lru_cache(maxsize=64)
def read_profile_reply(*, interests: int) -> type[ProfileReading]:
    """Return a `ProfileReading` of interests 1…n."""
    number: Any = (one_of(*range(1, interests + 1)), Field(alias="n"))
    reading: Any = create_model("InterestReading", __base__=InterestReading, interest=number)
    sentences = Annotated[list[str], AfterValidator(_plain_sentences)]
    reply = create_model(
        "ProfileReading",
        __base__=ProfileReading,
        interests=(list[reading], Field(json_schema_extra={"maxItems": interests})),
        portrait=(sentences, Field(json_schema_extra={"maxItems": PORTRAIT_SENTENCES})),
    )
    reply.offered = interests
    return reply


@lru_cache(maxsize=256)
def rank_reply(*, candidates: int) -> type[Ranked]:
    """Return a `Ranked` that contains only candidates 1…n."""
    order: Any = Annotated[list[one_of(*range(1, candidates + 1))], Field(min_length=1)]  # type: ignore[misc]
    reply = create_model("Ranked", __base__=Ranked, order=(order, Field(json_schema_extra={"maxItems": candidates})))
    reply.offered = candidates
    return reply


@lru_cache(maxsize=256)
def schema_of(reply_type: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema sent to the model: no additional fields, no prose, no defaults. Fields with a default may be omitted, as
    most replies do (the module of a model makes all fields required for strict servers). The same object is returned each time,
    because Pydantic takes milliseconds to create one, so it must not be changed.
    """
    stripped = _strict(reply_type.model_json_schema(by_alias=True))
    assert isinstance(stripped, dict)
    return stripped


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(part) for part in node]
    if not isinstance(node, dict):
        return node
    schema = {
        key: _strict(value)
        for key, value in node.items()
        if key not in ("title", "description", "default", "maxLength") or isinstance(value, dict)
    }
    if "properties" in schema:
        schema |= {"additionalProperties": False}
    return schema
