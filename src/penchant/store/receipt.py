"""Receipts: what was done with every input."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from penchant.errors import without_addresses
from penchant.secrets import mask


class ImportReceipt(BaseModel):
    """The result of an import. `accepted + duplicate + quarantined == lines`, always."""

    file: str
    lines: int = 0
    accepted: int = 0
    duplicate: int = 0
    quarantined: int = 0
    quarantine_file: str | None = None
    reasons: dict[str, int] = Field(default_factory=dict, description="How many lines were set aside, by reason")
    notes: list[str] = Field(
        default_factory=list, description="What is worth knowing about rows that were not set aside"
    )
    unnamed: int = Field(
        0, description="How many of the lines set aside do not say which item they are about", exclude=True
    )
    seconds: float = 0.0


class Usage(BaseModel):
    """The usage of language models: calls, how many of them were repairs, and tokens."""

    calls: int = 0
    repairs: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            calls=self.calls + other.calls,
            repairs=self.repairs + other.repairs,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
        )


class Degraded(BaseModel):
    """A step that could not be done as configured, and why. It was done by rules instead."""

    step: str
    reason: Annotated[str, AfterValidator(mask)]


class LabelSources(BaseModel):
    """How many groups were named by a model and by rules."""

    llm: int = 0
    rule: int = 0


class StatementCounts(BaseModel):
    """How many statements were found in new messages: by rule (grammar and classifier) and by the model."""

    rule: int = 0
    llm: int = 0


class UserUpdate(BaseModel):
    """The result of an update for one user. `events_new == assigned + pooled`, always."""

    user_id: str
    version: int
    events_new: int = 0
    assigned: int = 0
    pooled: int = 0
    groups_named: int = 0
    label_source: LabelSources = Field(default_factory=LabelSources)
    statements: StatementCounts = Field(default_factory=StatementCounts)
    reading: bool = Field(False, description="Whether a language model has read the profile")
    llm: Usage = Field(default_factory=Usage)
    degraded: list[Degraded] = Field(default_factory=list)
    status: Literal["ok", "degraded", "failed"] = "ok"

    def to_store(self) -> dict[str, Any]:
        """Return the receipt as it is stored with a version.

        It is exported with the profile and shown to its user, so it does not say where a model runs.
        """
        shown = [
            note.model_copy(update={"reason": without_addresses(note.reason)}).model_dump() for note in self.degraded
        ]
        return self.model_dump(mode="json", exclude={"version"}) | {"degraded": shown}


class TaxonomyUpdate(BaseModel):
    """What an update had to build, place or name for the catalogue.

    `built`: the whole taxonomy was built, not only extended.
    """

    version: int
    built: bool = False
    themes: int = 0
    items: int = 0
    named_by_llm: int = 0
    named_by_rule: int = 0
    llm: Usage = Field(default_factory=Usage)
    degraded: list[Degraded] = Field(default_factory=list)
    status: Literal["ok", "degraded"] = "ok"


class UpdateReceipt(BaseModel):
    """The result of an update (`update --json`). `taxonomy` is null if the catalogue has not changed."""

    users: list[UserUpdate] = Field(default_factory=list)
    taxonomy: TaxonomyUpdate | None = None


class EraseReceipt(BaseModel):
    """What `erase` found and removed, by place. `residue`: the number of rows that a second search still found."""

    user_id: str
    found: dict[str, int]
    removed: dict[str, int]
    residue: int
    notes: list[str] = Field(default_factory=list, description="What is left for the operator to do")


class MergeReceipt(BaseModel):
    """The result of merging one user's record into another's.

    `events`: events that the other user did not have; `duplicate`: those both had; `moved`: other rows by table;
    `version`: the profile version made from both.
    """

    from_user: str
    into_user: str
    events: int
    duplicate: int = 0
    moved: dict[str, int] = Field(default_factory=dict)
    version: int = 0
    degraded: list[Degraded] = Field(default_factory=list)


class Observed(BaseModel):
    """The result of storing events given in memory: `accepted + duplicate + withheld` is their number."""

    accepted: int
    duplicate: int
    withheld: int = Field(
        0, description="Not stored: their user does not allow `profile`, or has been erased meanwhile"
    )
    differing: list[str] = Field(
        default_factory=list,
        description="The `event_id` of each duplicate with other content than the event first stored, which stands",
    )


class UserSummary(BaseModel):
    """A row of `profile list`."""

    user_id: str
    version: int = Field(description="0: the user has events, but no profile yet")
    events: int
    updated_at: datetime | None = None
