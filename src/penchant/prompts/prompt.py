"""The messages sent to a language model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class ToolCall:
    """A tool call by the model. `arguments` is JSON text as the model wrote it, not yet validated.

    `extra`: the server's own fields (a signature of the model's reasoning …), which must be sent back unchanged.
    """

    id: str
    name: str
    arguments: str
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Message:
    """One turn of a conversation. `tool_calls` only on assistant turns, `tool_call_id` only on tool turns.

    `extra`: the server's own fields of an assistant turn (its reasoning, its content in parts …), sent back unchanged.
    """

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Prompt:
    """A prompt: the stable part first (`system`), the variable part last (`user`), so that prefix caches stay valid.

    `step` names the purpose (`name_themes`, `rerank`, `explain`, `ask` …) for usage accounting; `user_id`: the user it is for;
    `is_repair`: whether it follows a reply that could not be used.
    """

    system: str
    user: str
    step: str
    user_id: str | None = None
    is_repair: bool = False

    def messages(self) -> tuple[Message, ...]:
        """Return the prompt as turns of a conversation; a prompt without instructions has no system turn."""
        user = Message("user", self.user)
        return (Message("system", self.system), user) if self.system else (user,)
