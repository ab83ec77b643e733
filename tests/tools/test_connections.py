"""Who begins to ask and does not go on is let go; who waits for an answer is not."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import uvicorn

from penchant.tools import connections
from penchant.tools.connections import BoundedConnection

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
ANSWER_SECONDS = 1.0
LIMIT = 0.3


async def answering(scope: Any, receive: Any, send: Any) -> None:
    """Reads the whole body, takes longer than the limits, and answers with what was sent."""
    import asyncio

    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body, more = body + message.get("body", b""), message.get("more_body", False)
    await asyncio.sleep(ANSWER_SECONDS)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server whose limits are short."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", LIMIT)
    monkeypatch.setattr(connections, "BODY_SECONDS", LIMIT)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(answering, http=BoundedConnection, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield listening.getsockname()
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    "sent",
    [b"", b"POST", HEAD, HEAD + b"\r\n", HEAD + b"\r\nab"],
    ids=["nothing", "a word", "half a head", "no body", "half a body"],
)
def test_a_request_that_is_not_finished_is_let_go(address: tuple[str, int], sent: bytes) -> None:
    with closing(socket.create_connection(address, timeout=30)) as client:
        client.sendall(sent)

        assert client.recv(1) == b""


def test_an_answer_may_take_longer_and_the_next_request_has_its_own_time(address: tuple[str, int]) -> None:
    with closing(socket.create_connection(address, timeout=30)) as client:
        for _ in range(2):
            client.sendall(HEAD + b"\r\nhello")
            answer = b""
            while not answer.endswith(b"hello"):
                answer += client.recv(1_000)
            assert answer.startswith(b"HTTP/1.1 200")
        client.sendall(b"POST")

        assert client.recv(1) == b""
