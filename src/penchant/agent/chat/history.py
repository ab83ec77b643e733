"""What was said before, as much of it as the model has room for."""

from collections.abc import Callable
from dataclasses import dataclass, field

from penchant.prompts.prompt import Message

OVERHEAD = 8
"""Tokens around a turn, by template."""


@dataclass
class History:
    """Whole exchanges, oldest first: the user's message and the answer. Tool calls are not kept: what they said is in the answer."""

    exchanges: list[tuple[str, str]] = field(default_factory=list)

    def add(self, message: str, answer: str) -> None:
        self.exchanges.append((message, answer))

    @property
    def last(self) -> str:
        """What was said just before."""
        return "\n".join(self.exchanges[-1]) if self.exchanges else ""

    def within(self, budget: int, count: Callable[[str], int]) -> tuple[list[Message], int]:
        """The newest exchanges that fit into `budget` tokens, oldest first, and how many older ones were left out."""
        messages: list[Message] = []
        for number, (message, answer) in enumerate(reversed(self.exchanges)):
            budget -= count(message) + count(answer) + 2 * OVERHEAD
            if budget < 0:
                return messages, len(self.exchanges) - number
            messages = [Message("user", message), Message("assistant", answer), *messages]
        return messages, 0
