"""How calls fail, and how patiently: retries, time limits, a circuit breaker.

| what happened | answer |
|---|---|
| asked to wait (`Retry-After`) | wait as told, bounded, then try again |
| no connection, a reset, too slow, 429, 5xx | try again after an exponential, jittered pause, while the total time lasts |
| a key, an address or a model name is wrong | no second try, and the same error at once for the next calls |
| the model said no, or said nothing readable | no second try: another call would cost the same and bring the same |
| several failures in a row | the circuit opens: calls fail at once until one probe gets through |
"""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential_jitter

from penchant.agent.llm.deadline import remaining, time_limit
from penchant.agent.llm.model import Choice, Generation, LanguageModel, Message, ModelProfile, Prompt
from penchant.agent.llm.streaming import text_stream
from penchant.errors import ModelError, ModelRefused, ModelUnreachable
from penchant.store.receipt import Usage

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Patience:
    """How long and how often to try. `total_seconds` covers all tries of one call and the pauses between them."""

    tries: int = 3
    total_seconds: float = 120.0
    first_pause_seconds: float = 0.5
    longest_pause_seconds: float = 30.0


class CircuitBreaker:
    """Spares calls that would fail: opens after `failures` in a row, lets one probe through after `cool_down_seconds`."""

    def __init__(
        self,
        failures: int = 3,
        cool_down_seconds: float = 60.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed = failures
        self._cool_down = cool_down_seconds
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._opened_at: float | None = None
        self._because: ModelError | None = None
        self._probing = False

    @property
    def is_open(self) -> bool:
        """Whether the next call would be refused."""
        with self._lock:
            return self._is_shut_off()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Refuse at once while open; otherwise watch how the call ends."""
        self._admit()
        try:
            yield
        except ModelUnreachable as error:
            self._failed(error, lasting=False)
            raise
        except ModelRefused as error:
            self._failed(error, lasting=True) if error.setting else self._answered()
            raise
        except ModelError:
            self._answered()
            raise
        else:
            self._answered()
        finally:
            with self._lock:
                self._probing = False

    def _admit(self) -> None:
        with self._lock:
            if self._is_shut_off():
                raise self._refusal()
            self._probing = self._opened_at is not None

    def _is_shut_off(self) -> bool:
        if self._opened_at is None:
            return False
        return self._probing or self._monotonic() - self._opened_at < self._cool_down

    def _refusal(self) -> ModelError:
        if isinstance(self._because, ModelRefused):
            return ModelRefused(str(self._because), self._because.setting)
        return ModelUnreachable(
            f"the model server is not called again for {self._cool_down:g} s after {self._in_a_row} failures in a row; "
            f"the last was: {self._because}"
        )

    def _failed(self, error: ModelError, *, lasting: bool) -> None:
        with self._lock:
            self._in_a_row += 1
            if lasting or self._in_a_row >= self._allowed or self._opened_at is not None:
                self._opened_at, self._because = self._monotonic(), error

    def _answered(self) -> None:
        with self._lock:
            self._in_a_row, self._opened_at, self._because = 0, None, None


class Resilient:
    """Any `LanguageModel`, called with patience. Thread-safe when `model` is."""

    def __init__(
        self,
        model: LanguageModel,
        patience: Patience | None = None,
        breaker: CircuitBreaker | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.model = model
        self._patience = patience or Patience()
        self._breaker = breaker or CircuitBreaker()
        self._sleep = sleep
        self._pause = wait_exponential_jitter(
            multiplier=self._patience.first_pause_seconds, max=self._patience.longest_pause_seconds, jitter=1.0
        )

    @property
    def profile(self) -> ModelProfile:
        return self.model.profile

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        return self._call(lambda: self.model.generate(prompt, schema=schema, max_tokens=max_tokens))

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        return self._call(lambda: self.model.choose(prompt, options))

    def chat(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "ask",
        user_id: str | None = None,
    ) -> Generation:
        return self._call(
            lambda: self.model.chat(messages, tools=tools, max_tokens=max_tokens, step=step, user_id=user_id)
        )

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int = 512, step: str = "ask", user_id: str | None = None
    ) -> Generator[str, None, Usage]:
        """Pieces of the next turn. Tried again only until the first piece is here: what was read cannot be taken back."""

        def begin() -> tuple[Generator[str, None, Usage], str | None, Usage]:
            pieces = text_stream(self.model, messages, max_tokens=max_tokens, step=step, user_id=user_id)
            try:
                return pieces, next(pieces), Usage()
            except StopIteration as end:
                return pieces, None, end.value

        pieces, first, usage = self._call(begin)
        if first is None:
            return usage
        yield first
        return (yield from pieces)

    def _call(self, ask: Callable[[], Answer]) -> Answer:
        retrying = Retrying(
            retry=retry_if_exception_type(ModelUnreachable),
            stop=self._is_enough,
            wait=self._wait,
            sleep=self._sleep,
            reraise=True,
        )
        with self._breaker.guard(), time_limit(self._patience.total_seconds):
            return retrying(ask)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, ModelUnreachable) else None
        return self._pause(state) if asked is None else min(asked, self._patience.longest_pause_seconds)

    def _is_enough(self, state: RetryCallState) -> bool:
        return state.attempt_number >= self._patience.tries or state.upcoming_sleep >= remaining()
