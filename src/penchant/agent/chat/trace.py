"""What happened in one turn of a conversation: every step, and why it ended as it did."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from penchant.store.receipt import Degraded, Usage

StepKind = Literal["model", "tool", "refused", "rule", "limit"]
Stopped = Literal["steps", "calls", "tokens", "time"]
Plan = Literal["model", "rules"]


class Step(BaseModel):
    """One step. `says`: what came of it, shortened; for `refused` and `limit` the reason."""

    number: int
    kind: StepKind
    name: str
    arguments: dict[str, Any] = Field(default_factory=dict)
    says: str = ""
    failed: bool = False
    tokens: int = 0
    seconds: float = 0.0


class Shown(BaseModel):
    """An item the answer shows, with the reason a tool gave."""

    item_id: str
    title: str
    why: str = ""


class ChatAnswer(BaseModel):
    """One turn, answered. `plan`: who decided which tools to call. `stopped`: the limit that ended it early."""

    user_id: str
    message: str
    text: str
    plan: Plan
    items: list[Shown] = Field(default_factory=list)
    stopped: Stopped | None = None
    model: str | None = None
    llm: Usage = Field(default_factory=Usage)
    degraded: list[Degraded] = Field(default_factory=list)
    trace: list[Step] = Field(default_factory=list)
