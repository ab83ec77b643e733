"""Models around models: whatever is asked is passed on, and what a wrapper is about stands in one or two methods."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from penchant.agent.llm.model import Choice, Generation, LanguageModel, Message, ModelProfile, Prompt
from penchant.agent.llm.streams import Stream, text_stream

Answer = TypeVar("Answer", Generation, Choice)


@dataclass(frozen=True)
class Call:
    """What is asked, for whom and in which step: a `prompt` (with `options` for a choice), or the `messages` of a conversation."""

    step: str
    user_id: str | None
    prompt: Prompt | None = None
    options: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()

    @property
    def is_repair(self) -> bool:
        """Whether it asks again for what could not be read."""
        return self.prompt is not None and self.prompt.is_repair


class WrapperModel:
    """A `LanguageModel` that asks `model`; subclasses put something around every call (`answer`) and every stream (`pieces`).

    Thread-safe when `model` is.
    """

    def __init__(self, model: LanguageModel) -> None:
        self.model = model

    @property
    def profile(self) -> ModelProfile:
        return self.model.profile

    @property
    def count_tokens(self) -> Callable[[str], int] | None:
        """The model's own tokenizer, where it has one."""
        return getattr(self.model, "count_tokens", None)

    def close(self) -> None:
        """Give back what the model holds: memory, a process, connections."""
        close = getattr(self.model, "close", None)
        if close is not None:
            close()

    def answer(self, call: Call, ask: Callable[[], Answer]) -> Answer:
        """What `ask` answers: one generation, choice or turn of a conversation."""
        return ask()

    def pieces(self, call: Call, opened: Callable[[], Stream]) -> Stream:
        """What the stream hands out that `opened` opens."""
        return (yield from opened())

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        call = Call(prompt.step, prompt.user_id, prompt)
        return self.answer(call, lambda: self.model.generate(prompt, schema=schema, max_tokens=max_tokens))

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        call = Call(prompt.step, prompt.user_id, prompt, tuple(options))
        return self.answer(call, lambda: self.model.choose(prompt, options))

    def chat(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "ask",
        user_id: str | None = None,
    ) -> Generation:
        call = Call(step, user_id, messages=tuple(messages))
        return self.answer(
            call, lambda: self.model.chat(messages, tools=tools, max_tokens=max_tokens, step=step, user_id=user_id)
        )

    def stream(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "ask",
        user_id: str | None = None,
    ) -> Stream:
        """Pieces of the next turn, and what it cost. A model that cannot stream hands it out in one piece."""
        call = Call(step, user_id, messages=tuple(messages))

        def opened() -> Stream:
            return text_stream(self.model, messages, tools=tools, max_tokens=max_tokens, step=step, user_id=user_id)

        return (yield from self.pieces(call, opened))
