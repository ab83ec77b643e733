"""How much one turn may cost, and the meter that says when it is enough."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from penchant.agent.chat.trace import Stopped
from penchant.store.receipt import Usage


@dataclass(frozen=True)
class Limits:
    """Of one turn: replies of the model, tool calls, tokens read and written, seconds in all, and tokens of one reply."""

    steps: int = 8
    calls: int = 16
    tokens: int = 60_000
    seconds: float = 300.0
    reply_tokens: int = 500


@dataclass
class Meter:
    """What a turn has cost so far."""

    limits: Limits
    monotonic: Callable[[], float] = time.monotonic
    steps: int = 0
    calls: int = 0
    usage: Usage = field(default_factory=Usage)

    def __post_init__(self) -> None:
        self.started = self.monotonic()

    def replied(self, usage: Usage) -> None:
        """One reply of the model."""
        self.steps += 1
        self.usage += usage

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.limits.seconds - (self.monotonic() - self.started))

    def reached(self) -> Stopped | None:
        """The limit that is reached, if one is."""
        spent = self.usage.prompt_tokens + self.usage.completion_tokens
        checks: tuple[tuple[Stopped, bool], ...] = (
            ("calls", self.calls >= self.limits.calls),
            ("steps", self.steps >= self.limits.steps),
            ("tokens", spent >= self.limits.tokens),
            ("time", self.seconds_left <= 0),
        )
        return next((name for name, over in checks if over), None)
