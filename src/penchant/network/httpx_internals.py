"""The only module that uses private attributes of httpx.

The public constructor of httpx offers no way to set the network backend of its connection pool. Written against httpx
0.28 and httpcore 1. `pyproject.toml` limits both to versions below the next minor one, and `tests/network` checks
that the attributes exist.
"""

import math
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from penchant.network.deadline import remaining


def bound_by_deadline(client: httpx.Client) -> None:
    """Apply the time limit in force to every connect, read and write of `client`, also through proxies."""
    for transport in (client._transport, *client._mounts.values()):
        if isinstance(transport, httpx.HTTPTransport):
            transport._pool._network_backend = _BoundedNetwork(httpcore.SyncBackend())


def wrap_transports(client: httpx.Client, wrapper: type["WrappedTransport"], **arguments: Any) -> None:
    """Wrap every transport of `client` in `wrapper`, including those of proxies set in the environment."""
    client._transport = wrapper(client._transport, **arguments)
    client._mounts = {
        pattern: None if transport is None else wrapper(transport, **arguments)
        for pattern, transport in client._mounts.items()
    }


class WrappedTransport(httpx.BaseTransport):
    """A transport that delegates to `wrapped`. Subclasses override `handle_request`."""

    def __init__(self, wrapped: httpx.BaseTransport) -> None:
        self.wrapped = wrapped

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.wrapped.handle_request(request)

    def close(self) -> None:
        self.wrapped.close()


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
