"""Counting what models cost: per call, by step, user, model and day."""

from collections.abc import Callable, Sequence

from penchant.agent.llm.model import LanguageModel, ToolCall, cost_of_failure
from penchant.agent.llm.streams import Piece, Stream, noted
from penchant.agent.llm.tokens import token_counter
from penchant.agent.llm.wrapper import Answer, Call, WrapperModel
from penchant.errors import ModelError
from penchant.store.clock import Clock, SystemClock
from penchant.store.receipt import Usage
from penchant.store.usage import UsageLog


class MeteredModel(WrapperModel):
    """Any `LanguageModel`, with every call put down in the usage account: by what its server says it cost.

    A stream that breaks, or that nobody reads to its end, tells no cost: what was sent and what arrived of it is counted with the model's
    tokenizer, or estimated where it has none.
    """

    def __init__(self, model: LanguageModel, log: UsageLog, clock: Clock | None = None) -> None:
        super().__init__(model)
        self._log = log
        self._clock = clock or SystemClock()

    def answer(self, call: Call, ask: Callable[[], Answer]) -> Answer:
        since = self._log.begun()
        try:
            answer = ask()
        except ModelError as error:
            self._add(call, cost_of_failure(error), since)
            raise
        self._add(call, _as_call(answer.usage), since)
        return answer

    def pieces(self, call: Call, opened: Callable[[], Stream]) -> Stream:
        arrived: list[Piece] = []
        since = self._log.begun()
        try:
            usage = yield from noted(opened(), arrived)
        except ModelError as error:
            cost = cost_of_failure(error)
            self._add(call, self._cost_so_far(call, arrived) if arrived and not cost.prompt_tokens else cost, since)
            raise
        except BaseException:  # nobody reads on, or Ctrl-C
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
    """Every answer was a call, whatever a model says of it."""
    return usage.model_copy(update={"calls": max(1, usage.calls)})
