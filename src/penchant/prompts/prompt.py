"""What is sent to a language model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class ToolCall:
    """The model asks for a tool; `arguments` is JSON text as the model wrote it, not yet validated.

    `extra`: fields of the server's own (a signature of the thought behind the call …), which it wants back as they came.
    """

    id: str
    name: str
    arguments: str
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Message:
    """One turn of a conversation. `tool_calls` only on assistant turns, `tool_call_id` only on tool turns.

    `extra`: fields of an assistant turn that are the server's own (its reasoning, its content in parts …), sent back as they came.
    """

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Prompt:
    """What is sent: the stable part first (`system`), what varies last (`user`), so that prefix caches hold.

    `step` names the purpose (`name_themes`, `rerank`, `explain`, `ask` …) for the usage account; `user_id` whom it is for; `is_repair`
    that an earlier reply to it could not be used.
    """

    system: str
    user: str
    step: str
    user_id: str | None = None
    is_repair: bool = False

    def messages(self) -> tuple[Message, ...]:
        """As turns of a conversation; a prompt without instructions has no system turn."""
        user = Message("user", self.user)
        return (Message("system", self.system), user) if self.system else (user,)
