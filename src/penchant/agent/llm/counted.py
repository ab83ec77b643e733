"""Counting what models cost: per call, by step, user, model and day."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any

from penchant.agent.llm.model import Choice, Generation, LanguageModel, Message, ModelProfile, Prompt
from penchant.agent.llm.streaming import text_stream
from penchant.errors import ModelInvalidReply, ModelTruncated
from penchant.store.clock import Clock, SystemClock
from penchant.store.receipt import Usage
from penchant.store.usage import UsageLog


class Counted:
    """Any `LanguageModel`, with every call put down in the usage account. Thread-safe when `model` is."""

    def __init__(self, model: LanguageModel, log: UsageLog, clock: Clock | None = None) -> None:
        self.model = model
        self._log = log
        self._clock = clock or SystemClock()

    @property
    def profile(self) -> ModelProfile:
        return self.model.profile

    @property
    def count_tokens(self) -> Callable[[str], int] | None:
        """The model's own tokenizer, where it has one."""
        return getattr(self.model, "count_tokens", None)

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        with self._useless(prompt.step, prompt.user_id):
            made = self.model.generate(prompt, schema=schema, max_tokens=max_tokens)
        repairs = int(prompt.is_repair)
        self._add(prompt.step, prompt.user_id, made.usage.model_copy(update={"repairs": repairs}))
        return made

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        choice = self.model.choose(prompt, options)
        self._add(prompt.step, prompt.user_id, choice.usage)
        return choice

    def chat(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "ask",
        user_id: str | None = None,
    ) -> Generation:
        with self._useless(step, user_id):
            made = self.model.chat(messages, tools=tools, max_tokens=max_tokens, step=step, user_id=user_id)
        self._add(step, user_id, made.usage)
        return made

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int = 512, step: str = "ask", user_id: str | None = None
    ) -> Generator[str, None, Usage]:
        """Pieces of the next turn, and what it cost."""
        usage = yield from text_stream(self.model, messages, max_tokens=max_tokens, step=step, user_id=user_id)
        self._add(step, user_id, usage)
        return usage

    @contextmanager
    def _useless(self, step: str, user_id: str | None) -> Generator[None]:
        """A reply that cannot be read was a call all the same."""
        try:
            yield
        except (ModelInvalidReply, ModelTruncated):
            self._add(step, user_id, Usage())
            raise

    def _add(self, step: str, user_id: str | None, usage: Usage) -> None:
        counted = usage.model_copy(update={"calls": max(1, usage.calls)})
        self._log.add(self._clock.now().date(), step, user_id, self.profile.model, counted)
