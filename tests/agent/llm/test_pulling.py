"""Fetching a model's file from a hub: resumed, checked, and in place only when whole."""

import hashlib
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from penchant.agent.app.model_choice import pull
from penchant.errors import ModelError, UsageError

FILE = b"GGUF" + struct.pack("<IQQ", 3, 0, 0) + bytes(range(256)) * 40
DIGEST = hashlib.sha256(FILE).hexdigest()


class Hub(ThreadingHTTPServer):
    """Serves `content` at every address. `ranges`: whether it can start in the middle; `asked`: the ranges that were asked for."""

    daemon_threads = True

    def __init__(self, content: bytes, ranges: bool, tag: str | None) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.content, self.ranges, self.tag = content, ranges, tag
        self.asked: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/resolve/main/tiny.gguf"


class _Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        wanted = self.headers["Range"]
        self.server.asked.append(wanted)
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.server.ranges else 0
        rest = self.server.content[start:]
        self.send_response(416 if start and not rest else 206 if start else 200)
        self.send_header("Content-Length", str(len(rest)))
        if self.server.tag:
            self.send_header("X-Linked-Etag", f'"{self.server.tag}"')
        self.end_headers()
        self.wfile.write(rest)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


@contextmanager
def hub(content: bytes = FILE, *, ranges: bool = True, tag: str | None = None) -> Iterator[Hub]:
    server = Hub(content, ranges, tag)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def test_a_file_comes_whole_with_its_progress_told(tmp_path: Path) -> None:
    progress: list[tuple[int, int]] = []
    with hub(tag=DIGEST) as server:
        path = pull(server.url, tmp_path / "models", on_progress=lambda done, total: progress.append((done, total)))
        again = pull(server.url, tmp_path / "models")
    assert path == again == tmp_path / "models" / "tiny.gguf" and path.read_bytes() == FILE
    assert progress[-1] == (len(FILE), len(FILE)) and server.asked == [None]


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("here", [1, 5_000, len(FILE)])
def test_what_broke_off_goes_on_where_it_stopped(tmp_path: Path, here: int, ranges: bool) -> None:
    (tmp_path / "tiny.gguf.part").write_bytes(FILE[:here])
    with hub(ranges=ranges) as server:
        assert pull(server.url, tmp_path, sha256=DIGEST.upper()).read_bytes() == FILE
    assert server.asked == [f"bytes={here}-"]


@pytest.mark.parametrize("known_by", ["argument", "hub"])
def test_a_file_that_adds_up_to_something_else_is_removed(tmp_path: Path, known_by: str) -> None:
    wrong = "0" * 64
    with (
        hub(tag=wrong if known_by == "hub" else None) as server,
        pytest.raises(ModelError, match="it was removed; pull it again"),
    ):
        pull(server.url, tmp_path, sha256=wrong if known_by == "argument" else None)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_model_is_removed(tmp_path: Path) -> None:
    with hub(b"<html>Sign in</html>") as server, pytest.raises(ModelError, match="is not a GGUF file"):
        pull(server.url, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_hub_out_of_reach_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"127\.0\.0\.1 cannot be reached .* set llm\.model to its path"):
        pull("http://127.0.0.1:9/m.gguf", tmp_path, timeout_seconds=2)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nope", "no model 'nope' is known: give one of"),
        ("smollm2-135m", "is embedded already: nothing to pull"),
        ("gpt-4o-mini", "runs on a server: nothing to pull"),
        ("https://example.com/model.zip", "does not end in .gguf"),
    ],
)
def test_what_cannot_be_pulled_is_said_before_anything_is_asked(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        pull(name, tmp_path)


def test_a_digest_is_64_hexadecimal_digits(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="64 hexadecimal digits"):
        pull("https://example.com/m.gguf", tmp_path, sha256="beef")
