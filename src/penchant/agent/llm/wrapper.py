"""Models that wrap a model: every call is passed on, and a subclass overrides one or two methods."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, Unpack

from penchant.agent.llm.model import (
    TURN_STEP,
    Choice,
    Generation,
    LanguageModel,
    Message,
    ModelProfile,
    Prompt,
    ToolCall,
    TurnOptions,
    cost_of_failure,
    token_counter,
)
from penchant.agent.llm.streams import Piece, Stream, record_pieces, text_stream
from penchant.errors import ModelError
from penchant.store.clock import Clock, SystemClock
from penchant.store.receipt import Usage
from penchant.store.usage import UsageLog
from penchant.tracing import TraceSpan, span

Answer = TypeVar("Answer", Generation, Choice)


@dataclass(frozen=True)
class Call:
    """What is asked, for which user and in which step: a `prompt` (with `options` for a choice) or `messages`."""

    step: str
    user_id: str | None
    prompt: Prompt | None = None
    options: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()

    @property
    def is_repair(self) -> bool:
        """Whether this asks again for a reply that could not be read."""
        return self.prompt is not None and self.prompt.is_repair


def _turn(messages: Sequence[Message], options: TurnOptions) -> Call:
    return Call(options.get("step", TURN_STEP), options.get("user_id"), messages=tuple(messages))


class WrapperModel:
    """A `LanguageModel` that asks `model`. Subclasses override `answer` (around every call) and `pieces` (every stream).

    Thread-safe when `model` is.
    """

    def __init__(self, model: LanguageModel) -> None:
        self.model = model

    @property
    def profile(self) -> ModelProfile:
        return self.model.profile

    @property
    def count_tokens(self) -> Callable[[str], int] | None:
        """The model's own token counter, or None."""
        return getattr(self.model, "count_tokens", None)

    def close(self) -> None:
        """Release what the model holds: memory, a process, connections."""
        close = getattr(self.model, "close", None)
        if close is not None:
            close()

    def answer(self, call: Call, ask: Callable[[], Answer]) -> Answer:
        """Return what `ask` returns: one generation, choice or turn of a conversation."""
        return ask()

    def pieces(self, call: Call, opened: Callable[[], Stream]) -> Stream:
        """Yield the pieces of the stream that `opened` opens, and return the usage."""
        return (yield from opened())

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        call = Call(prompt.step, prompt.user_id, prompt)
        return self.answer(call, lambda: self.model.generate(prompt, schema=schema, max_tokens=max_tokens))

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        call = Call(prompt.step, prompt.user_id, prompt, tuple(options))
        return self.answer(call, lambda: self.model.choose(prompt, options))

    def chat(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Generation:
        return self.answer(_turn(messages, options), lambda: self.model.chat(messages, **options))

    def stream(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Stream:
        """Yield pieces of the next turn, and return the usage. A model that cannot stream yields it in one piece."""
        turn = _turn(messages, options)
        return (yield from self.pieces(turn, lambda: text_stream(self.model, messages, **options)))


class TracedModel(WrapperModel):
    """Any `LanguageModel` with a trace span around every call.

    The span has the step, the model's name and the usage, and nothing of what is asked or answered.
    """

    def answer(self, call: Call, ask: Callable[[], Answer]) -> Answer:
        with self._span(call) as spent:
            answer = ask()
            _set_usage(spent, answer.usage)
            return answer

    def pieces(self, call: Call, opened: Callable[[], Stream]) -> Stream:
        with self._span(call) as spent:
            usage = yield from opened()
            _set_usage(spent, usage)
            return usage

    def _span(self, call: Call) -> TraceSpan:
        profile = self.profile
        names = {"gen_ai__request__model": profile.model, "gen_ai__provider__name": profile.provider}
        return span("model.call", current=False, penchant__step=call.step, penchant__repair=call.is_repair, **names)


def _set_usage(spent: TraceSpan, usage: Usage) -> None:
    spent.set(gen_ai__usage__input_tokens=usage.prompt_tokens, gen_ai__usage__output_tokens=usage.completion_tokens)


class MeteredModel(WrapperModel):
    """Any `LanguageModel`, with every call recorded in the usage log at the cost that its server reports.

    A stream that breaks off or is not read to its end reports no cost: what was sent and what arrived is then counted
    with the model's tokenizer, or estimated where it has none.
    """

    def __init__(self, model: LanguageModel, log: UsageLog, clock: Clock | None = None) -> None:
        super().__init__(model)
        self._log = log
        self._clock = clock or SystemClock()

    def answer(self, call: Call, ask: Callable[[], Answer]) -> Answer:
        since = self._log.start_number()
        try:
            answer = ask()
        except ModelError as error:
            self._add(call, cost_of_failure(error), since)
            raise
        self._add(call, _as_call(answer.usage), since)
        return answer

    def pieces(self, call: Call, opened: Callable[[], Stream]) -> Stream:
        arrived: list[Piece] = []
        since = self._log.start_number()
        try:
            usage = yield from record_pieces(opened(), arrived)
        except ModelError as error:
            cost = cost_of_failure(error)
            self._add(call, self._cost_so_far(call, arrived) if arrived and not cost.prompt_tokens else cost, since)
            raise
        except BaseException:  # the reader stopped early, or Ctrl-C
            self._add(call, self._cost_so_far(call, arrived), since)
            raise
        self._add(call, _as_call(usage), since)
        return usage

    def _cost_so_far(self, call: Call, arrived: Sequence[Piece]) -> Usage:
        count = token_counter(self.model)
        calls = "".join(piece.name + piece.arguments for piece in arrived if isinstance(piece, ToolCall))
        text = "".join(piece for piece in arrived if isinstance(piece, str)) + calls
        sent = sum(count(message.content) for message in call.messages)
        return Usage(calls=1, prompt_tokens=sent, completion_tokens=count(text))

    def _add(self, call: Call, usage: Usage, since: int) -> None:
        if usage.calls:
            repairs = usage.calls if call.is_repair else 0
            counted = usage.model_copy(update={"repairs": repairs})
            self._log.add(self._clock.now().date(), call.step, call.user_id, self.profile.model, counted, since=since)


def _as_call(usage: Usage) -> Usage:
    """Return the usage with at least one call, whatever the model reports."""
    return usage.model_copy(update={"calls": max(1, usage.calls)})
