"""Lines 22 and 23, and small ones about servers: missing limits."""

import json
import resource
import socket
import time
import zlib
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from benchmarks.reliability.access import mcp
from benchmarks.reliability.probing import (
    START,
    NotDrivableError,
    bought,
    child,
    cli,
    completion,
    item,
    model_at,
    must_work,
    opened,
    probe,
    send,
    serving,
    shop,
    wrong_if,
)

from penchant import Event, Item, Settings


def memory_of_children() -> float:
    """Return the peak memory of any child process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1_000


def new_behaviour(home: Path) -> None:
    agent = shop(home, users=1)
    agent.observe([bought("ada", n) for n in range(24)])


def endless(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"message": {"content": "')
    while True:
        handler.wfile.write(b"x" * 1_000_000)


def packed_text(megabytes: int) -> bytes:
    """Return a gzip-compressed reply that decompresses to this many megabytes."""
    packer = zlib.compressobj(9, wbits=31)
    pieces = [packer.compress(b'{"choices": [{"message": {"content": "')]
    pieces += [packer.compress(b"x" * 1_000_000) for _ in range(megabytes)]
    return b"".join([*pieces, packer.flush()])


@probe("22a", "a reply without end takes neither memory nor time")
def endless_reply(home: Path) -> None:
    _bounded(home, endless)


@probe("22b", "a small reply that unpacks to 1.5 GB fills no memory")
def packed_reply(home: Path) -> None:
    bomb = packed_text(1_500)
    _bounded(home, lambda handler, body: send(handler, 200, bomb, Content_Encoding="gzip"))


def _bounded(home: Path, play: Any) -> None:
    new_behaviour(home)
    must_work(cli(home, "update", "u0"), "`update`")
    before = memory_of_children()
    with serving(play) as server:
        begun = time.perf_counter()
        env = model_at(server.url, PENCHANT_LLM__TIMEOUT_SECONDS="30", PENCHANT_LLM__TOTAL_TIMEOUT_SECONDS="60")
        done = cli(home, "update", "ada", seconds=600, env=env)
        asked = len(server.asked)
    must_work(done, "`update`")
    wrong_if(not asked, "the model was never asked")
    more = memory_of_children() - before
    wrong_if(more > 400, f"{more:.0f} MB more than an update without it, in {time.perf_counter() - begun:.0f} s")


@probe("22c", "an embedding server that sends a byte a second ends with a time limit")
def dripping_vectors(home: Path) -> None:
    def drip(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for _ in range(600):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(1)

    file = home.parent / "items.jsonl"
    file.write_text(json.dumps(item(1).model_dump(mode="json", exclude_none=True)) + "\n")
    more = {"PENCHANT_EMBEDDING__TIMEOUT_SECONDS": "5"} if "timeout_seconds" in str(Settings().embedding) else {}
    with serving(drip) as server:
        env = {
            "PENCHANT_EMBEDDING__PROVIDER": "openai",
            "PENCHANT_EMBEDDING__BASE_URL": server.url,
            "PENCHANT_EMBEDDING__API_KEY": "k",
        }
        begun = time.perf_counter()
        done = cli(home, "items", "import", str(file), seconds=200, env=env | more)
    wrong_if("Traceback" in done.stderr or "unexpected" in done.stderr, done.stderr[-200:])
    wrong_if(time.perf_counter() - begun > 190, "no end in sight after 190 s")


@probe("22d", "an endless stream ends with its time limit and burns no processor")
def endless_stream(home: Path) -> None:
    def stream(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        delta = {
            "id": "c",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "m",
            "choices": [{"index": 0, "delta": {"content": "la "}}],
        }
        while True:
            handler.wfile.write(f"data: {json.dumps(delta)}\n\n".encode() * 200)

    shop(home, users=1)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with serving(stream) as server:
        env = model_at(server.url, PENCHANT_LLM__TIMEOUT_SECONDS="5", PENCHANT_LLM__TOTAL_TIMEOUT_SECONDS="15")
        done = cli(home, "ask", "u0", "tell me something", seconds=900, env=env)
    burnt = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    must_work(done, "`ask`")
    wrong_if(burnt > 45, f"{burnt:.0f} s of processor under limits of 5 and 15 s")
    wrong_if(len(done.stdout) > 200_000, f"{len(done.stdout)} characters are shown")


@probe("23a", "512 long items are embedded in bounded memory")
def long_items(home: Path) -> None:
    code = """
import resource
agent = opened(Path(sys.argv[1]))
agent.add_items([item(n) for n in range(8)])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
words = "velvet harbour lantern meadow thistle copper violin saffron glacier orchard "
agent.add_items([Item(item_id=f"long{n}", title=f"long {n}", description=(words * 20)[n % 9 : 1_000 + n % 9]) for n in range(512)])
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1000)
"""
    process = child(home, code)
    output, errors = process.communicate(timeout=900)
    wrong_if(process.returncode, f"it ends with {process.returncode}: {errors[-160:]}")
    wrong_if(int(output) > 900, f"{output.strip()} MB more")


@probe("23b", "items with 20,000 categories do not slow an update")
def many_categories(home: Path) -> None:
    agent = opened(home)
    try:
        agent.add_items(
            [Item(item_id=f"i{n}", title=f"jazz {n}", categories=[[f"c{k}"] for k in range(20_000)]) for n in range(4)]
        )
    except Exception as error:  # noqa: BLE001 - errors that are not Penchant's are reported
        wrong_if(not type(error).__module__.startswith(("penchant", "pydantic")), f"{type(error).__name__}: {error}")
        return
    agent.observe([Event(user_id="ada", type="purchase", item_id=f"i{n}", at=START) for n in range(4)])
    begun = time.process_time()
    agent.update("ada")
    agent.recommend("ada", 3)
    spent = time.process_time() - begun
    wrong_if(spent > 15, f"one update of four items takes {spent:.0f} s of processor")


@probe("23c", "an agent can be closed, and leaves neither descriptors nor threads")
def closed_agents(home: Path) -> None:
    shop(home, users=1)
    if not hasattr(opened(home), "close"):
        wrong_if(True, "`InterestAgent` has no `close`")
    counts = []
    for _ in range(12):
        agent = opened(home)
        agent.recommend("u0", 3)
        agent.close()
        counts.append([len(list(Path(f"/proc/self/{kind}").iterdir())) for kind in ("fd", "task")])
    grown = [after - before for before, after in zip(counts[2], counts[-1], strict=True)]
    wrong_if(max(grown) > 9, f"ten agents, opened and closed, leave {grown[0]} descriptors and {grown[1]} threads")


@probe("23d", "a connection that says nothing is not kept for over a minute")
def half_open(home: Path) -> None:
    with mcp(home) as url, socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1].split("/")[0]))) as silent:
        silent.sendall(b"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n")
        silent.settimeout(75)
        begun = time.perf_counter()
        try:
            ended = silent.recv(100)
        except TimeoutError:
            ended = None
        wrong_if(ended is None, f"a half-open connection stays for over {time.perf_counter() - begun:.0f} s")


@probe("25d", "Small: a redirect to another host gets no prompt and no key")
def redirected(home: Path) -> None:
    new_behaviour(home)

    def elsewhere(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        send(handler, 200, completion({"content": "{}"}))

    with serving(elsewhere) as other:

        def redirect(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
            send(handler, 307, b"", Location=other.url.replace("127.0.0.1", "localhost") + "/chat/completions")

        with serving(redirect) as server:
            must_work(cli(home, "update", "ada", env=model_at(server.url)), "`update`")
            if not server.asked:
                raise NotDrivableError("no request was made")
        wrong_if(other.asked, "the prompt was sent again to another host")


ADDING = """
import time
agent, until, turn = opened(Path(sys.argv[1])), time.time() + 25, 0
while time.time() < until:
    turn += 1
    agent.add_items([Item(item_id=f"new{turn}-{n}", title=f"new jazz {turn} {n}") for n in range(9)])
    time.sleep(1)
"""


@probe("25e", "Small: lists do not fail while another process adds nine items a second")
def items_that_come(home: Path) -> None:
    agent = shop(home, users=3)
    agent.recommend("u0")
    process, failures, calls = child(home, ADDING), [], 0
    while process.poll() is None:
        calls += 1
        try:
            agent.recommend(f"u{calls % 3}")
        except Exception as error:  # noqa: BLE001 - reported
            failures.append(f"{type(error).__name__}: {str(error)[:80]}")
    wrong_if(failures, f"{len(failures)} of {calls} lists fail: {failures[0] if failures else ''}")
