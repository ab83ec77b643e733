"""Time limits that hold: a limit on the whole of a call, not only on the wait for its next byte.

HTTP clients bound each read, so a server that sends one byte a second is never late. Here every read, write and connect is given at
most what is left of the time limit in force, down to the socket.
"""

import math
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import httpcore
import httpx

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


def bounded_client(timeout_seconds: float) -> httpx.Client:
    """An HTTP client whose every operation also ends with the time limit in force; proxies of the environment are honoured."""
    client = httpx.Client(timeout=timeout_seconds, follow_redirects=True)
    for transport in (client._transport, *client._mounts.values()):
        if isinstance(transport, httpx.HTTPTransport):
            transport._pool._network_backend = _BoundedNetwork(httpcore.SyncBackend())
    return client


def _bounded(timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
    left = remaining()
    if left <= 0:
        raise late("the time limit of the whole call has passed")
    return timeout if math.isinf(left) else min(left, math.inf if timeout is None else timeout)


class _BoundedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _bounded(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _bounded(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        limit = _bounded(timeout, httpcore.ConnectTimeout)
        return _BoundedStream(self._stream.start_tls(ssl_context, server_hostname, limit))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _BoundedNetwork(httpcore.NetworkBackend):
    def __init__(self, network: httpcore.NetworkBackend) -> None:
        self._network = network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        limit = _bounded(timeout, httpcore.ConnectTimeout)
        return _BoundedStream(self._network.connect_tcp(host, port, limit, local_address, socket_options))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        limit = _bounded(timeout, httpcore.ConnectTimeout)
        return _BoundedStream(self._network.connect_unix_socket(path, limit, socket_options))

    def sleep(self, seconds: float) -> None:
        self._network.sleep(seconds)
