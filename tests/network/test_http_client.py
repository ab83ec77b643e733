"""Whatever a server sends, it is bounded in bytes, unpacked bytes and time, and nothing follows it to another host."""

import gzip
import json
import resource
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpcore
import httpx
import pytest
from long_tests import long_except
from model_server import Exchange, Play, answers, completion, says, serving
from processor_time import seconds

from penchant.agent.llm.model import Message, Prompt
from penchant.agent.llm.openai_model import OpenAiModel
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelUnreachable
from penchant.network.http_client import MAX_BYTES, bounded_client
from penchant.store.embedders.hosted import HostedEmbedder

PROMPT = Prompt("s", "u", "x")


def test_the_private_parts_of_httpx_that_are_used_are_there() -> None:
    """Fails first when a new version of httpx moves them."""
    client = httpx.Client(mounts={"http://": httpx.HTTPTransport()})
    assert isinstance(client._transport, httpx.HTTPTransport) and isinstance(client._mounts, dict)
    assert isinstance(client._transport._pool, httpcore.ConnectionPool)
    assert isinstance(client._transport._pool._network_backend, httpcore.NetworkBackend)


def without_end(piece: bytes, kind: str, **headers: str) -> Play:
    """The same bytes for ever, in chunks."""

    def play(exchange: Exchange) -> None:
        exchange.send_response(200)
        for name, value in {"Content-Type": kind, "Transfer-Encoding": "chunked", **headers}.items():
            exchange.send_header(name.replace("_", "-"), value)
        exchange.end_headers()
        chunk = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
        while not exchange.server.closing.is_set():
            exchange.wfile.write(chunk)

    return play


def bomb() -> bytes:
    """A gigabyte of blanks in a megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join([packer.compress(b" " * 2**20) for _ in range(1024)]) + packer.flush()


DELTA = b'data: {"choices": [{"index": 0, "delta": {"content": "and on "}}]}\n\n' * 200
WITHOUT_BOUNDS: dict[str, Play] = {
    "a body without end": without_end(b" " * 2**16, "application/json"),
    "a line without end": without_end(b"data: " + b"x" * 2**16, "text/event-stream"),
    "a text without end": without_end(DELTA, "text/event-stream"),
    "events without text": without_end(b": still here\n\n" * 4000, "text/event-stream"),
    "a bomb": says("", Content_Encoding="gzip"),
    "a long promise": says("", Content_Length="99999999999"),
    "an unknown packing": says("{}", Content_Encoding="br"),
    "a broken packing": says("{}", Content_Encoding="gzip"),
}


@contextmanager
def growing_less_than(megabytes: int) -> Iterator[None]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < megabytes


@pytest.mark.parametrize("kind", long_except("a text without end", WITHOUT_BOUNDS))
def test_a_reply_without_bounds_is_an_error_of_ours_before_it_fills_the_memory(kind: str) -> None:
    packed = bomb() if kind == "a bomb" else b""

    def play(exchange: Exchange) -> None:
        if packed:
            exchange.send(200, packed, Content_Encoding="gzip")
        else:
            WITHOUT_BOUNDS[kind](exchange)

    def ask() -> None:
        with pytest.raises(ModelError):
            model.generate(PROMPT)
        with pytest.raises(ModelError):
            list(model.stream([Message("user", "Hello")], max_tokens=64))
        with pytest.raises(ModelError):
            HostedEmbedder("tiny", base_url=server.url, timeout_seconds=5).embed(["tea"])

    with serving(play) as server, growing_less_than(150):
        model = OpenAiModel("tiny", base_url=server.url, timeout_seconds=20)
        assert seconds(15, ask) < 15


def test_a_packed_reply_is_read() -> None:
    text = "fine " * 50_000
    body = json.dumps(completion(text)).encode()
    for packed, name in ((gzip.compress(body), "gzip"), (zlib.compress(body), "deflate")):

        def play(exchange: Exchange, packed: bytes = packed, name: str = name) -> None:
            exchange.send(200, packed, Content_Encoding=name)

        with serving(play) as server:
            assert OpenAiModel("tiny", base_url=server.url).generate(PROMPT).text == text


def dribbles(exchange: Exchange) -> None:
    """One byte every twentieth of a second."""
    exchange.send_response(200)
    exchange.send_header("Content-Length", "100000")
    exchange.end_headers()
    while not exchange.server.closing.wait(0.05):
        exchange.wfile.write(b" ")
        exchange.wfile.flush()


def test_a_byte_at_a_time_ends_with_the_time_limit_for_embeddings_too() -> None:
    from tenacity import wait_none

    with serving(dribbles) as server:
        began = time.monotonic()
        with pytest.raises(ModelUnreachable, match=r"embedding\.timeout_seconds"):
            HostedEmbedder("tiny", base_url=server.url, timeout_seconds=0.2, wait=wait_none()).embed(["tea"])
        with pytest.raises(ModelUnreachable, match=r"llm\.timeout_seconds"):
            OpenAiModel("tiny", base_url=server.url, timeout_seconds=0.2).generate(PROMPT)
    assert time.monotonic() - began < 5


NESTED: dict[str, Any] = {
    "body": "[" * 5_000,
    "closed body": "[" * 5_000 + "]" * 5_000,
    "within a completion": json.dumps(completion("x"))[:-1] + ', "more": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "content": completion("[" * 5_000),
    "content of objects": completion('{"groups": ' * 5_000),
}


@pytest.mark.parametrize("kind", NESTED)
def test_a_reply_nested_without_end_is_an_error_of_ours_or_a_text(kind: str) -> None:
    with serving(says(NESTED[kind])) as server:
        for schema in (None, {"type": "object", "properties": {}}):
            with suppress(ModelInvalidReply):
                OpenAiModel("tiny", base_url=server.url).generate(PROMPT, schema=schema)
        with pytest.raises(ModelError):
            HostedEmbedder("tiny", base_url=server.url).embed(["tea"])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_prompts_and_keys_do_not_follow_a_redirect_to_another_host(status: int) -> None:
    with serving(answers("caught")) as other:
        elsewhere = f"{other.url}/chat/completions"
        with serving(says("", status, Location=elsewhere)) as server:
            with pytest.raises(ModelRefused, match=r"redirects to .* \(setting llm\.base_url\)"):
                OpenAiModel("tiny", base_url=server.url).generate(PROMPT)
            with pytest.raises(ModelRefused, match=r"redirects to .* \(setting embedding\.base_url\)"):
                HostedEmbedder("tiny", base_url=server.url).embed(["tea"])
        assert other.bodies == []


def test_a_redirect_on_the_same_server_is_followed() -> None:
    with serving(says("", 307, Location="/v2/chat/completions"), answers("fine")) as server:
        assert OpenAiModel("tiny", base_url=server.url).generate(PROMPT).text == "fine"
    assert [body["messages"] for body in server.bodies] == [server.bodies[0]["messages"]] * 2


def test_the_bound_is_the_one_that_was_asked_for() -> None:
    too_large = pytest.raises(httpx.TransportError, match="larger than 1 MB")
    with serving(says("x" * 2**21)) as server, bounded_client(5, max_bytes=2**20) as client, too_large:
        client.post(server.url, json={})
    assert MAX_BYTES >= 2**20
