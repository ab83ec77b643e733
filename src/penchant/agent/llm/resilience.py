"""Retries, time limits and a circuit breaker around a model.

| what happened | reaction |
|---|---|
| the server asks to wait (`Retry-After`) | wait that long, within a bound, then try again |
| no connection, a reset, a timeout, 429, 5xx | try again after an exponential, jittered pause, within the total time |
| a key, an address or a model name is wrong | no second try, and the same error at once for the next calls |
| the model declined, or its answer is not readable | no second try: another call would cost the same and have the same result |
| a stream breaks off | no second try once a piece was read; it counts as a failure |
| several failures in a row | the circuit opens: calls fail at once until one probe succeeds |
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential_jitter

from penchant.agent.llm.model import LanguageModel
from penchant.agent.llm.streams import Piece, Stream, next_piece
from penchant.agent.llm.wrapper import Answer, Call, WrapperModel
from penchant.errors import ModelError, ModelRefused, ModelUnreachable
from penchant.network.deadline import WaitBudget, remaining, time_limit
from penchant.store.receipt import Usage

Anything = TypeVar("Anything")


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how long to try. `total_seconds` covers all tries of one call and the pauses between them."""

    tries: int = 3
    total_seconds: float = 120.0
    first_pause_seconds: float = 0.5
    longest_pause_seconds: float = 30.0


class CircuitBreaker:
    """Avoids calls that would fail: opens after `failures` in a row, lets one probe through after `cool_down_seconds`.

    This is our own for measured reasons: pybreaker 1.4 holds a lock while a call lasts (eight concurrent calls of .2
    s take 1.6 s), circuitbreaker 2.1 lets all eight through as probes, and neither opens at once for a wrong key or
    closes when a stream begins.
    """

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

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Raise at once while the circuit is open; otherwise record how the call ends."""
        self._admit()
        try:
            yield
        except ModelUnreachable as error:
            self._failed(error, lasting=False)
            raise
        except ModelRefused as error:
            self._failed(error, lasting=True) if error.setting else self._answered()
            raise
        except (ModelError, GeneratorExit):  # also where a reader stops early: the server did answer
            self._answered()
            raise
        else:
            self._answered()
        finally:
            with self._lock:
                self._probing = False

    def answer_begun(self) -> None:
        """Close the circuit because the server has begun to answer, without waiting for the end of the answer.

        One more failure opens it again.
        """
        with self._lock:
            if self._opened_at is not None:
                self._in_a_row, self._opened_at, self._probing = self._allowed - 1, None, False

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


class ResilientModel(WrapperModel):
    """Any `LanguageModel` with retries, a time limit and a circuit breaker. Thread-safe when `model` is."""

    def __init__(
        self,
        model: LanguageModel,
        policy: RetryPolicy | None = None,
        breaker: CircuitBreaker | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(model)
        self._policy = policy or RetryPolicy()
        self._breaker = breaker or CircuitBreaker()
        self._sleep = sleep
        self._pause = wait_exponential_jitter(
            multiplier=self._policy.first_pause_seconds, max=self._policy.longest_pause_seconds, jitter=1.0
        )

    def answer(self, call: Call, ask: Callable[[], Answer]) -> Answer:
        with self._breaker.guard(), time_limit(self._policy.total_seconds):
            return self._retrying(ask)

    def pieces(self, call: Call, opened: Callable[[], Stream]) -> Stream:
        """Yield the pieces of a stream, with retries until the first piece.

        Later pieces are not retried, since what was read cannot be taken back. The circuit breaker watches until the
        end. The total time spent waiting for pieces is bounded; the reader's own pauses are not.
        """
        waiting = WaitBudget(self._policy.total_seconds)
        with self._breaker.guard():
            with waiting.spend():
                stream, piece = self._retrying(lambda: _first_piece(opened()))
            self._breaker.answer_begun()
            try:
                while not isinstance(piece, Usage):
                    yield piece
                    with waiting.spend():
                        piece = next_piece(stream)
                return piece
            finally:
                stream.close()

    def _retrying(self, ask: Callable[[], Anything]) -> Anything:
        retrying = Retrying(
            retry=retry_if_exception_type(ModelUnreachable),
            stop=self._should_stop,
            wait=self._wait,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(ask)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, ModelUnreachable) else None
        return self._pause(state) if asked is None else min(asked, self._policy.longest_pause_seconds)

    def _should_stop(self, state: RetryCallState) -> bool:
        return state.attempt_number >= self._policy.tries or state.upcoming_sleep >= remaining()


def _first_piece(stream: Stream) -> tuple[Stream, Piece | Usage]:
    return stream, next_piece(stream)
