"""Models of what a user says about themself that is true beyond the moment (`statements USER --json`)."""

import hashlib
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from penchant.store.event import MAX_TEXT, Moment
from penchant.store.identifiers import Identifier

Polarity = Literal["like", "dislike"]
StatementKind = Literal["like", "dislike", "avoid", "require", "prefer", "habit", "goal", "fact"]
StatementSource = Literal["rule", "llm", "user"]
Span = Annotated[
    tuple[int, int], WithJsonSchema({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2})
]


class Statement(BaseModel):
    """One statement.

    `text`: the user's own sentence, verbatim (or the part of it that still holds); `subject`: a phrase of it.
    `polarity` is null for what is neither liked nor disliked ("I live in Leeds"). `retracts`: it only ends an earlier
    statement. `place`: the id of its topic or subtopic, if that is certain, and `path`: the labels of that node.
    `superseded_by`: the id of the statement that ended it, null while it holds.
    """

    model_config = ConfigDict(frozen=True)

    id: Identifier
    kind: StatementKind
    subject: str = Field(max_length=MAX_TEXT)
    polarity: Polarity | None
    strict: bool = False
    scope: str | None = None
    text: str = Field(max_length=MAX_TEXT)
    event_id: str | None = None
    span: Span | None = Field(None, description="The position of the sentence in the message")
    path: tuple[str, ...] = ()
    place: str | None = None
    source: StatementSource = "rule"
    confidence: float = Field(1.0, ge=0.0, le=1.0)
    valid_from: Moment
    superseded_by: str | None = None
    slot: str | None = Field(
        None, description="The property with only one value at a time: favourite player, diet, home"
    )
    replaces: str | None = Field(None, description="The earlier subject that it replaces, as the sentence says")
    retracts: bool = False
    ends: str | None = Field(None, description="The id of the statement it ends, if known exactly")


class StatementHistory(BaseModel):
    """The statements of a user (`statements USER --json`)."""

    user_id: str
    as_of: datetime | None = None
    statements: list[Statement] = Field(default_factory=list)


def digest(*parts: str) -> str:
    """Return a short id derived from `parts`."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
