"""Measure `penchant serve` under load: python benchmarks/load.py [--seconds N] [--rate N] [--workers N] [--home FOLDER]
…

A shop of 10,000 items is created (or reused from `--home`), and each call is measured in process. Then the service is
started on a free port and this process sends it `--rate` requests a second, however fast it answers. The time of a
request counts from when it was due, so that waiting behind a slow one is included. `--idle`: connections that send
nothing; `--half-open`: connections that have sent part of a request. Exits with 1 where a request failed.

`--histories` measures something else: the processor time of each call in process, for users with more and more events.
"""

import argparse
import asyncio
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import numpy as np

from penchant import Event, InterestAgent, Item, Settings
from penchant.settings import LlmSettings

KINDS = ("tea", "lamp", "novel", "tent", "jacket", "pasta", "clock", "guitar", "bicycle", "puzzle", "camera", "scarf")
TRAITS = (
    "red",
    "blue",
    "small",
    "large",
    "vintage",
    "paper",
    "glass",
    "wooden",
    "light",
    "winter",
    "classic",
    "folding",
)
CONNECTIONS = 64
FIFTHS, READY_ANSWERS = 5, 10
EACH, BATCH, K, CALLS = 40, 100, 10, 100
"""Events per user; events per request; items per list; calls in process."""
MIX = (("GET profile", 0.6), ("POST recommendations", 0.3), (f"POST events of {BATCH}", 0.1))
PROFILE, LISTS, EVENTS = (name for name, _ in MIX)
HISTORIES, REPEATS = (50, 250, 500, 1_000, 2_000), 20


class Shop(NamedTuple):
    """The size of the shop; its items and events follow from numbers."""

    items: int
    users: int

    def item(self, n: int) -> Item:
        kind, trait = KINDS[n % len(KINDS)], TRAITS[n // len(KINDS) % len(TRAITS)]
        return Item(
            item_id=f"i{n}", title=f"{trait} {kind} no {n}", categories=[["Shop", kind.title(), f"{trait} {kind}"]]
        )

    def events(self, user: int, count: int, until: datetime, name: str) -> Iterator[dict[str, Any]]:
        """Yield events of a user who mostly prefers two kinds of items."""
        drawn = np.random.default_rng((user, count, sum(name.encode())))
        liked = drawn.choice(len(KINDS), 2, replace=False)
        for n in range(count):
            item = int(drawn.integers(self.items))
            if drawn.random() < 0.8:
                item = min(item - item % len(KINDS) + int(drawn.choice(liked)), self.items - 1)
            kind = "purchase" if drawn.random() < 0.2 else "click"
            at = (until - timedelta(hours=count - n)).isoformat()
            yield {"user_id": f"u{user}", "event_id": f"{name}-{n}", "type": kind, "item_id": f"i{item}", "at": at}


class Load:
    """Sends requests on schedule and records times and errors."""

    def __init__(self, url: str, shop: Shop) -> None:
        self.url, self.shop = url, shop
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.errors: Counter[str] = Counter()
        self._drawn = np.random.default_rng(7)
        self._sent = 0
        self._free = asyncio.Semaphore(CONNECTIONS)
        """Requests wait here for a connection, because many requests waiting inside of httpx slow it down."""

    async def warm(self) -> None:
        """Send the first request of each kind, which waits for models to load."""
        async with httpx.AsyncClient(base_url=self.url, timeout=120) as client:
            for name, _ in MIX:
                (await self._send(client, name)).raise_for_status()

    async def run(self, seconds: float, rate: float) -> None:
        """Send `rate` requests a second for `seconds`, each when it is due."""
        limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
        names, shares = [name for name, _ in MIX], [share for _, share in MIX]
        async with (
            httpx.AsyncClient(base_url=self.url, timeout=30, limits=limits) as client,
            asyncio.TaskGroup() as group,
        ):
            began = time.perf_counter()
            for n in range(round(seconds * rate)):
                due = began + n / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(self._timed(client, str(self._drawn.choice(names, p=shares)), due))

    async def _timed(self, client: httpx.AsyncClient, name: str, due: float) -> None:
        try:
            async with self._free:
                answer = await self._send(client, name)
        except httpx.HTTPError as error:
            self.errors[f"{name}: {type(error).__name__}"] += 1
            return
        self.seconds[name].append(time.perf_counter() - due)
        if answer.status_code != 200:
            self.errors[f"{name}: {answer.status_code}"] += 1

    async def _send(self, client: httpx.AsyncClient, name: str) -> httpx.Response:
        user = int(self._drawn.integers(self.shop.users))
        if name == PROFILE:
            return await client.get(f"/v1/users/u{user}/profile")
        if name == LISTS:
            return await client.post(f"/v1/users/u{user}/recommendations", json={"k": K})
        self._sent += 1
        events = list(self.shop.events(user, BATCH, datetime.now(UTC), f"load-{time.time_ns()}-{self._sent}"))
        return await client.post("/v1/events", json={"events": events})


def main() -> int:
    """Print one row per kind of request."""
    asked = arguments()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as folder:
        shop, home = Shop(asked.items, asked.users), asked.home or Path(folder)
        with InterestAgent.open(Settings(home=home, llm=LlmSettings(provider="none"))) as agent:
            fill(agent, shop)
            if asked.histories:
                print_by_history(agent, shop)
                return 0
            alone = in_process(agent, shop)
        with service(home, asked.workers) as (url, process):
            load = Load(url, shop)
            asyncio.run(load.warm())
            with silent_connections(url, asked.idle, asked.half_open) as still_open:
                memory = asyncio.run(loaded(load, asked.seconds, asked.rate, process.pid))
                still = still_open()
    print(
        f"{shop.items:,} items, {shop.users} users; {asked.rate:g} requests a second for {asked.seconds:g} s; workers: {asked.workers}\n"
    )
    print(f"{'':<24}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}   in process{'p50 ms':>9}{'p95 ms':>9}")
    for name, _ in MIX:
        print(
            f"{name:<24}{len(load.seconds[name]):>9}{percentiles(load.seconds[name])}{'':>13}{percentiles(alone[name])}"
        )
    print(f"\nerrors: {sum(load.errors.values())} {dict(load.errors) or ''}")
    print(
        f"memory of the service in MB, at the start and after each fifth: {', '.join(f'{each:.0f}' for each in memory)}"
    )
    if asked.idle or asked.half_open:
        print(f"connections besides: {asked.idle} idle, {asked.half_open} half-open; {still} still open at the end")
    return 1 if load.errors else 0


async def loaded(load: Load, seconds: float, rate: float, pid: int) -> list[float]:
    """Run the load; return the memory of the service in MB at the start and after each fifth of the time."""

    async def sampled() -> list[float]:
        samples = [memory_mb(pid)]
        for _ in range(FIFTHS):
            await asyncio.sleep(seconds / FIFTHS)
            samples.append(memory_mb(pid))
        return samples

    async with asyncio.TaskGroup() as group:
        memory = group.create_task(sampled())
        group.create_task(load.run(seconds, rate))
    return memory.result()


def arguments() -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--idle", type=int, default=0)
    parser.add_argument("--half-open", type=int, default=0)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--users", type=int, default=300)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--histories", action="store_true")
    return parser.parse_args()


def fill(agent: InterestAgent, shop: Shop) -> None:
    """Create the shop, unless an earlier run has done so."""
    if agent.services.catalogue.count() < shop.items:
        agent.add_items([shop.item(n) for n in range(shop.items)])
    until = datetime.now(UTC)
    for user in range(shop.users):
        agent.observe([Event.model_validate(event) for event in shop.events(user, EACH, until, f"u{user}")])
    agent.update()
    agent.warm("u0")


def in_process(agent: InterestAgent, shop: Shop) -> dict[str, list[float]]:
    """Return the seconds of the same calls without the service."""
    now = datetime.now(UTC)

    def observe(n: int) -> None:
        events = shop.events(n % shop.users, BATCH, now, f"alone-{time.time_ns()}")
        agent.observe([Event.model_validate(event) for event in events])

    calls: dict[str, Callable[[int], object]] = {
        PROFILE: lambda n: agent.profile(f"u{n % shop.users}").model_dump_json(),
        LISTS: lambda n: agent.recommend(f"u{n % shop.users}", K).model_dump_json(),
        EVENTS: observe,
    }
    return {name: [timed(call, n) for n in range(CALLS)] for name, call in calls.items()}


def print_by_history(agent: InterestAgent, shop: Shop) -> None:
    """Print the processor time of each call in milliseconds, by the number of the user's events. It is the lower quartile
    of `REPEATS` calls, which depends little on what else the machine does.
    """
    for number, count in enumerate(HISTORIES, shop.users):
        history = shop.events(number, count, datetime.now(UTC) - timedelta(days=1), f"u{number}")
        agent.observe([Event.model_validate(event) for event in history])
    users = dict(zip(HISTORIES, range(shop.users, shop.users + len(HISTORIES)), strict=True))
    agent.update(*(f"u{number}" for number in users.values()))
    agent.services.model_store.wait()
    print(f"{'events of the user':<36}{''.join(f'{count:>8,}' for count in HISTORIES)}")
    for name, call, before in history_calls(agent, shop):
        taken = [1000 * processor_seconds(call, before, number) for number in users.values()]
        print(f"{name:<36}{''.join(f'{each:>8.2f}' for each in taken)}")


def history_calls(
    agent: InterestAgent, shop: Shop
) -> Iterator[tuple[str, Callable[[int], object], Callable[[int], object]]]:
    """Yield calls for the user of a number, each with its name and what is done before it without being measured."""

    def observe(user: int, count: int = 1) -> None:
        events = shop.events(user, count, datetime.now(UTC), f"history-{time.time_ns()}")
        agent.observe([Event.model_validate(event) for event in events])

    def nothing(_user: int) -> None:
        """Change nothing."""

    def profile(user: int) -> str:
        return agent.profile(f"u{user}").model_dump_json()

    def recommend(user: int) -> str:
        return agent.recommend(f"u{user}", K, llm=False).model_dump_json()

    yield PROFILE, profile, nothing
    yield LISTS, recommend, nothing
    yield f"{LISTS}, after an event", recommend, observe
    yield "update, after an event", lambda user: agent.update(f"u{user}"), observe
    yield EVENTS, lambda user: observe(user, BATCH), nothing


def processor_seconds(call: Callable[[int], object], before: Callable[[int], object], user: int) -> float:
    """Return the lower quartile of the processor time of calls."""
    taken = []
    for _ in range(REPEATS):
        before(user)
        began = time.process_time()
        call(user)
        taken.append(time.process_time() - began)
    return float(np.quantile(taken, 0.25))


def timed(call: Callable[[int], object], n: int) -> float:
    """Return the seconds of one call."""
    began = time.perf_counter()
    call(n)
    return time.perf_counter() - began


@contextmanager
def service(home: Path, workers: int) -> "Iterator[tuple[str, subprocess.Popen[bytes]]]":
    """Run `penchant serve` over this home; yields its address and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"PENCHANT_HOME": str(home), "PENCHANT_LLM__PROVIDER": "none"}
    command = [sys.executable, "-m", "penchant.tools.cli", "serve", "--port", str(port), "--workers", str(workers)]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(f"{url}/readyz", process)
            yield url, process
        finally:
            process.terminate()


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until it has answered so often in a row, on new connections, that every worker is ready. Raises `SystemExit` otherwise."""
    until, ready = time.monotonic() + 120, 0
    while process.poll() is None and time.monotonic() < until:
        answered = False
        with suppress(httpx.HTTPError):
            answered = httpx.get(url, timeout=5).status_code == 200
        ready = ready + 1 if answered else 0
        if ready == READY_ANSWERS:
            return
        time.sleep(0.2)
    raise SystemExit("the service does not start: run `penchant serve` to see why")


@contextmanager
def silent_connections(url: str, idle: int, half_open: int) -> Iterator[Callable[[], int]]:
    """Open connections that send nothing, or only part of a request; yields a function that counts those the service has
    not closed.
    """
    address = ("127.0.0.1", int(url.rsplit(":", 1)[1]))
    opened = [socket.create_connection(address, timeout=30) for _ in range(idle + half_open)]
    for connection in opened[idle:]:
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX-")
    try:
        yield lambda: sum(map(_is_open, opened))
    finally:
        for connection in opened:
            connection.close()


def _is_open(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process and of those it has started, without fits under way, which end (Linux)."""
    if b"model_fitting" in Path(f"/proc/{pid}/cmdline").read_bytes():
        return 0.0
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    started = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 + sum(memory_mb(int(child)) for child in started)


def percentiles(seconds: list[float]) -> str:
    """Return the median and the 95th percentile in milliseconds, as text."""
    return "".join(f"{1000 * float(np.percentile(seconds, q)):>9.1f}" if seconds else f"{'-':>9}" for q in (50, 95))


if __name__ == "__main__":
    sys.exit(main())
