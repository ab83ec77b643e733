"""Probes and what they need: an installation, the command line, servers, other processes."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from penchant import Event, InterestAgent, Item, Settings

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
KINDS = ("jazz record", "opera ticket", "camping tent", "walking boots", "crime novel", "fresh pasta")
CLI = [sys.executable, "-m", "penchant.tools.cli"]


class WrongError(Exception):
    """Raised when the reported fault was observed."""


class NotDrivableError(Exception):
    """Raised when this version has no interface with which the line can be checked."""


@dataclass(frozen=True)
class Probe:
    """A check of one reported fault: its line in the report, the claim that must hold, and the function that checks it
    in a fresh home.
    """

    line: str
    claim: str
    run: Callable[[Path], None]


PROBES: dict[str, Probe] = {}


def probe(line: str, claim: str) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """Register the decorated function as the probe of a line such as `4b`."""

    def enter(run: Callable[[Path], None]) -> Callable[[Path], None]:
        PROBES[line] = Probe(line, claim, run)
        return run

    return enter


def wrong_if(is_wrong: object, what: str) -> None:
    """Raise `WrongError` with `what` where `is_wrong` is true."""
    if is_wrong:
        raise WrongError(what)


# An installation


def opened(home: Path, **more: Any) -> InterestAgent:
    """Open the installation in `home`, without a model by default."""
    settings: dict[str, Any] = {"home": home, "llm": {"provider": "none"}, **more}
    return InterestAgent.open(Settings(**settings))


def item(number: int, name: str = "i") -> Item:
    """Return an item of one of six kinds."""
    kind = KINDS[number % len(KINDS)]
    return Item(item_id=f"{name}{number}", title=f"{kind} {number}", categories=[[kind.split()[-1].title()]])


def bought(user: str, number: int, days: float = 0, name: str = "i") -> Event:
    """Return a purchase of `item(number)`."""
    at = START + timedelta(days=days, minutes=number)
    return Event(user_id=user, type="purchase", item_id=f"{name}{number}", at=at)


def says(user: str, text: str) -> Event:
    """Return a message."""
    return Event(user_id=user, type="message", text=text, at=START)


def shop(home: Path, users: int = 2, items: int = 36) -> InterestAgent:
    """Return a small shop; user n has bought six items of the kinds n and n + 1."""
    agent = opened(home)
    agent.add_items([item(number) for number in range(items)])
    agent.observe([bought(f"u{user}", 6 * n + (user + n % 2) % 6) for user in range(users) for n in range(items // 6)])
    agent.update()
    return agent


def holding(folder: Path, *needles: str) -> list[str]:
    """Return the names of files that contain any of these words."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path.name for path in files if any(needle.encode() in path.read_bytes() for needle in needles)]


# Other processes


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of this process with this home, and without a model unless `more` sets one."""
    return os.environ | {"PENCHANT_HOME": str(home), "PENCHANT_LLM__PROVIDER": "none", "NO_COLOR": "1"} | more


def cli(
    home: Path,
    *arguments: str,
    seconds: float = 600,
    stdin: str = "",
    folder: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command of Penchant to its end."""
    try:
        return subprocess.run(
            [*CLI, *arguments],
            input=stdin,
            env=environment(home, **(env or {})),
            cwd=folder or home.parent,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise WrongError(f"`penchant {' '.join(arguments)[:60]}` does not end within {seconds:.0f} s") from None


def must_work(done: subprocess.CompletedProcess[str], what: str) -> None:
    """Raise `WrongError` where a command failed."""
    wrong_if(
        done.returncode, f"{what} ends with {done.returncode}: {' '.join((done.stderr or done.stdout).split())[-160:]}"
    )


def child(home: Path, code: str, *arguments: str, **env: str) -> subprocess.Popen[str]:
    """Start Python code in its own process; the home is `sys.argv[1]`."""
    command = [sys.executable, "-c", "from benchmarks.reliability.probing import *\n" + code, str(home), *arguments]
    return subprocess.Popen(
        command, env=environment(home, **env), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def killed_at_write(home: Path, code: str, number: int) -> bool:
    """Run `code` in a process that dies at its transaction `number`, counted from 0, and return whether it got that far."""
    dying = f"""
import os, sqlalchemy
left = [{number}]
@sqlalchemy.event.listens_for(sqlalchemy.engine.Engine, "before_cursor_execute")
def count(connection, cursor, statement, *more):
    if statement.strip().upper().startswith("COMMIT"): ended(connection)
@sqlalchemy.event.listens_for(sqlalchemy.engine.Engine, "commit")
def ended(connection):
    left[0] -= 1
    if left[0] < 0: os._exit(9)
"""
    process = child(home, dying + code)
    process.communicate(timeout=900)
    return process.returncode == 9


# Servers


@dataclass
class PlayedServer:
    """A server that plays a model server. `asked`: the bodies it received; `headers`: their headers."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)


Play = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@contextmanager
def serving(play: Play) -> Iterator[PlayedServer]:
    """Run a local server that answers each POST with `play`."""
    played = PlayedServer("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            played.asked.append(body)
            played.headers.append(dict(self.headers))
            try:
                play(self, body)
            except OSError:  # the client closed the connection, which is allowed here
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    played.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield played
    finally:
        server.shutdown()


def send(handler: BaseHTTPRequestHandler, status: int, content: bytes, **headers: str) -> None:
    """Send a complete answer."""
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def completion(message: dict[str, Any]) -> bytes:
    """Return a chat completion in OpenAI's format."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": None, **message}}
    usage = {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18}
    body = {"id": "c", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice], "usage": usage}
    return json.dumps(body).encode()


def model_at(url: str, **more: str) -> dict[str, str]:
    """Return the environment that configures a language model at this address."""
    return {
        "PENCHANT_LLM__PROVIDER": "openai",
        "PENCHANT_LLM__MODEL": "m",
        "PENCHANT_LLM__BASE_URL": url,
        "PENCHANT_LLM__API_KEY": "sk-planted-key-in-force",
        "PENCHANT_LLM__TIER": "name",
        **more,
    }


def temporary() -> tempfile.TemporaryDirectory[str]:
    """Return a temporary folder for a fresh home."""
    return tempfile.TemporaryDirectory(prefix="penchant-reliability-")
