"""A real HTTP server on this machine that plays what model servers do, well and badly."""

import json
import os
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

from planted_secrets import PASSWORD

Body = dict[str, Any]
Play = Callable[["Exchange"], None]


class Exchange(BaseHTTPRequestHandler):
    """One request and what is done about it."""

    server: "ModelServer"
    protocol_version = "HTTP/1.1"
    body: Body

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.next_play(self.body)(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""

    def send(self, status: int, content: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)


class ModelServer(ThreadingHTTPServer):
    """Plays `plays` one after the other, the last one for ever. `bodies`: what was asked, in order."""

    daemon_threads = True

    def __init__(self, *plays: Play) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.plays = list(plays)
        self.bodies: list[Body] = []
        self.closing = threading.Event()
        self._turn = threading.Lock()

    @property
    def url(self) -> str:
        """Its address, with a password in it that must come up nowhere."""
        return f"http://tester:{quote(PASSWORD, safe='')}@127.0.0.1:{self.server_port}/v1"

    def next_play(self, body: Body) -> Play:
        with self._turn:
            self.bodies.append(body)
            return self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up on purpose here."""


@contextmanager
def serving(*plays: Play) -> Iterator[ModelServer]:
    """A server that plays, until the end of the block."""
    server = ModelServer(*plays)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()


def completion(text: str | None, finish: str = "stop", **message: Any) -> Body:
    """A chat completion as OpenAI sends it."""
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": text, **message},
        "logprobs": None,
    }
    used = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    return {"id": "c", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice], "usage": used}


# What servers do


def answers(reply: str | Callable[[Body], str], finish: str = "stop", **message: Any) -> Play:
    """The text, or what a function makes of the request, as a chat completion."""

    def play(exchange: Exchange) -> None:
        text = reply if isinstance(reply, str) else reply(exchange.body)
        exchange.send(200, json.dumps(completion(text, finish, **message)).encode())

    return play


def says(content: Body | str, status: int = 200, kind: str = "application/json", **headers: str) -> Play:
    """Anything at all."""
    sent = content if isinstance(content, str) else json.dumps(content)
    return lambda exchange: exchange.send(status, sent.encode(), kind, **headers)


def fails(status: int, message: str = "no", **headers: str) -> Play:
    """An error as OpenAI sends it."""
    return says({"error": {"message": message, "type": "error", "code": status}}, status, **headers)


def event(content: str | None = None, finish: str | None = None, **delta: Any) -> str:
    """One event of a streamed turn."""
    choice = {"index": 0, "delta": {"content": content, **delta}, "finish_reason": finish}
    shape = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(shape)}\n\n"


def calling(name: str, arguments: str, number: int = 0, size: int = 7) -> list[str]:
    """A call as servers stream it: id and name first, then the arguments, cut anywhere."""
    begun = {"index": number, "id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": ""}}
    cut = [arguments[at : at + size] for at in range(0, len(arguments), size)]
    rest = [{"index": number, "function": {"arguments": part}} for part in cut]
    return [event(tool_calls=[part]) for part in (begun, *rest)]


def streams(*events: str | threading.Event) -> Play:
    """A turn in events, with its cost at the end; where a `threading.Event` stands among them, once that is set and not before."""
    shape = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": []}
    end = f"data: {json.dumps(shape | {'usage': completion('')['usage']})}\n\ndata: [DONE]\n\n"

    def play(exchange: Exchange) -> None:
        size = sum(len(piece.encode()) for piece in (*events, end) if isinstance(piece, str))
        exchange.send_response(200)
        exchange.send_header("Content-Type", "text/event-stream")
        exchange.send_header("Content-Length", str(size))
        exchange.end_headers()
        for piece in (*events, end):
            if isinstance(piece, threading.Event):
                piece.wait(30)
            else:
                exchange.wfile.write(piece.encode())
                exchange.wfile.flush()

    return play


def hangs_up(exchange: Exchange) -> None:
    """A promise of a long reply, its beginning, and a reset of the connection."""
    exchange.send_response(200)
    exchange.send_header("Content-Length", "1000")
    exchange.end_headers()
    exchange.wfile.write(b'{"id": "c"')
    exchange.wfile.flush()
    hang_up(exchange)


def hang_up(exchange: Exchange) -> None:
    """A reset of the connection, in the middle of whatever was being sent."""
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.close_connection = True
    os.close(exchange.connection.detach())


def stays_silent(exchange: Exchange) -> None:
    """Not a byte."""
    exchange.server.closing.wait(30)


def trickles(exchange: Exchange) -> None:
    """A good reply, a byte at a time, slower than anybody would wait for the whole of it."""
    content = json.dumps(completion(name_all(exchange.body))).encode()
    exchange.send_response(200)
    exchange.send_header("Content-Length", str(len(content)))
    exchange.end_headers()
    for position in range(len(content)):
        if exchange.server.closing.wait(0.05):
            return
        exchange.wfile.write(content[position : position + 1])
        exchange.wfile.flush()


# What models say


def name_all(body: Body) -> str:
    """A name for every theme of a `name_themes` request."""
    numbers = re.findall(r"^(\d+)(?: in «.*»)?: «", body["messages"][-1]["content"], re.MULTILINE)
    return json.dumps({"groups": [{"g": int(n), "p": 0, "en": f"Named {n}", "zh": "名字"} for n in numbers]})
