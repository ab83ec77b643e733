"""A streamed chat completion put together again: servers send text in pieces, and calls with their arguments cut anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from penchant.agent.llm.model import ToolCall
from penchant.errors import ModelInvalidReply, ModelRefused
from penchant.store.receipt import Usage


@dataclass
class _Call:
    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass
class Deltas:
    """What has arrived of one turn. `spoke`: whether any text did; `usage`: what the server says it cost, once it has said so."""

    usage: Usage = field(default_factory=lambda: Usage(calls=1))
    spoke: bool = False
    declined: str = ""
    _calls: dict[int, _Call] = field(default_factory=dict)

    def text_of(self, chunk: Any) -> str:
        """The text in one chunk; whatever else is in it is kept."""
        if chunk.usage:
            self.usage = usage_of(chunk.usage)
        if not chunk.choices:
            return ""
        choice = chunk.choices[0]
        if choice.finish_reason == "content_filter":
            self.declined = self.declined or "stopped by its content filter"
        if choice.delta is None:  # some servers say no more than how it ended
            return ""
        for number, part in enumerate(choice.delta.tool_calls or ()):
            self._add(number if part.index is None else part.index, part)
        self.declined += getattr(choice.delta, "refusal", None) or ""
        text: str = choice.delta.content or ""
        self.spoke = self.spoke or bool(text)
        return text

    def calls(self) -> Iterator[ToolCall]:
        """The calls, now that the turn has ended. Raises `ModelRefused`, and `ModelInvalidReply` where nothing came at all."""
        spent = (self.usage.prompt_tokens, self.usage.completion_tokens)
        if self.declined:
            raise ModelRefused(f"the model declined: {self.declined}", tokens=spent)
        if not self.spoke and not self._calls:
            raise ModelInvalidReply("the model sent an empty reply", tokens=spent)
        for number, call in sorted(self._calls.items()):
            yield ToolCall(call.id or f"call_{number}", call.name, call.arguments or "{}")

    def _add(self, number: int, part: Any) -> None:
        """Ids and names come whole, once or with every part; arguments come in parts."""
        call = self._calls.setdefault(number, _Call())
        call.id = call.id or part.id or ""
        if part.function:
            call.name = call.name or part.function.name or ""
            call.arguments += part.function.arguments or ""


def usage_of(usage: Any) -> Usage:
    """One call, with what its server says it cost."""
    return Usage(
        calls=1,
        prompt_tokens=getattr(usage, "prompt_tokens", None) or 0,
        completion_tokens=getattr(usage, "completion_tokens", None) or 0,
    )
