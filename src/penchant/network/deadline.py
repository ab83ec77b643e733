"""Time limits that hold: a limit on the whole of a call, not only on the wait for its next byte.

HTTP clients bound each read, so a server that sends one byte a second is never late. The client of `http_client` gives every read,
write and connect at most what is left of the time limit in force, down to the socket.
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
    """Seconds left of the tightest limit in force; infinite where there is none, never negative."""
    return max(0.0, _DEADLINE.get() - time.monotonic())


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Everything within ends in `seconds`; a limit already in force is only ever tightened."""
    token = _DEADLINE.set(min(_DEADLINE.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _DEADLINE.reset(token)


class Waiting:
    """A limit of `seconds` on what is waited for in parts, all parts together; the time between them is the reader's own."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @contextmanager
    def part(self) -> Iterator[None]:
        """One part of it."""
        began = time.monotonic()
        try:
            with time_limit(self._left):
                yield
        finally:
            self._left -= time.monotonic() - began


def stepped(work: Generator[Piece, None, Result], seconds: float) -> Generator[Piece, None, Result]:
    """The same pieces and result, with a limit on the time that `work` itself takes; its reader may pause between pieces."""
    waiting = Waiting(seconds)
    try:
        while True:
            with waiting.part():
                try:
                    piece = next(work)
                except StopIteration as end:
                    result: Result = end.value
                    return result
            yield piece
    finally:
        work.close()
