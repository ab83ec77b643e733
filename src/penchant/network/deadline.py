"""Time limits for a call as a whole, not only for each wait for the next bytes.

HTTP clients limit each read, so a server that sends one byte a second never exceeds the limit. The client of
`http_client` limits every read, write and connect to the time that is left, down to the socket.
"""

import math
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")
_DEADLINE: ContextVar[float] = ContextVar("deadline", default=math.inf)


def remaining() -> float:
    """Return the seconds left of the tightest limit in force: infinity without a limit, never negative."""
    return max(0.0, _DEADLINE.get() - time.monotonic())


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Limit everything done inside to `seconds`. A nested limit can shorten an outer one, never extend it."""
    token = _DEADLINE.set(min(_DEADLINE.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _DEADLINE.reset(token)


class WaitBudget:
    """A total time limit of `seconds` for several separate waits. Time between the waits does not count."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @contextmanager
    def spend(self) -> Iterator[None]:
        """Limit the code inside to the time that is left, and subtract the time it takes."""
        began = time.monotonic()
        try:
            with time_limit(self._left):
                yield
        finally:
            self._left -= time.monotonic() - began


def limited_steps(work: Generator[Piece, None, Result], seconds: float) -> Generator[Piece, None, Result]:
    """Yield the pieces of `work` and return its result, limiting the time that `work` itself runs to `seconds`.

    Time that the consumer takes between pieces does not count.
    """
    waiting = WaitBudget(seconds)
    try:
        while True:
            with waiting.spend():
                try:
                    piece = next(work)
                except StopIteration as end:
                    result: Result = end.value
                    return result
            yield piece
    finally:
        work.close()
