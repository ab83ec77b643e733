"""Measure MCP calls for a profile of 200 interests: python benchmarks/mcp_server.py [--calls N]

Calls run in process, with the SDK's client, which checks every answer against its schema; beside each the agent's
method alone shows what the protocol costs. The garbage collector is set as in `penchant mcp`. Then the time from
starting `penchant mcp` to its first answer over stdio.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from mcp import Client

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.clock import FixedClock
from penchant.tools.mcp.server import build_server
from penchant.tools.serving import collect_garbage_rarely

NOW = datetime(2026, 3, 1, tzinfo=UTC)
INTERESTS, EACH, CLIENTS = 205, 10, 32
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}},
}


class Directions:
    """An embedder without a model: texts of one kind get similar vectors, different kinds dissimilar ones."""

    name, dimensions = "directions", 256

    def embed(self, texts: Any) -> Any:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Any:
        kind = text.split(".", maxsplit=1)[0].rsplit(" ", 1)[0]
        near = np.random.default_rng(sum(map(ord, text)))
        vector = np.random.default_rng(abs(hash_of(kind))).normal(size=self.dimensions) + 0.05 * near.normal(
            size=self.dimensions
        )
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


def hash_of(text: str) -> int:
    """Return a number for the text that is the same in every run."""
    return int.from_bytes(text.encode()[-7:], "big")


def main() -> None:
    """Print one row per call."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=200)
    calls = parser.parse_args().calls
    with tempfile.TemporaryDirectory() as folder:
        agent = person_of_many_interests(Path(folder))
        leaves = sum(not node.children for node in agent.profile("ada").walk())
        print(f"profile of {leaves} interests, {calls} calls each, in process\n")
        print(f"{'':<32}{'p50 ms':>9}{'p95 ms':>9}")
        collect_garbage_rarely()
        asyncio.run(measured(agent, calls))
        print(f"\n`penchant mcp` to its first answer over stdio: {start_up(Path(folder)):.2f} s")


async def measured(agent: InterestAgent, calls: int) -> None:
    """Print the times of each call through a client and of the agent's method alone."""
    server = build_server(agent)
    async with Client(server) as client:
        await client.list_tools()
        for name, facade in FACADES.items():
            report(f"{name} over MCP", await timed(calls, partial(client.call_tool, name, {"user_id": "ada"})))
            report("  the facade alone", await timed(calls, partial(asyncio.to_thread, facade, agent)))
    report(f"get_context, {CLIENTS} clients at once", await crowd(server, max(1, calls // CLIENTS)))


FACADES: dict[str, Callable[[InterestAgent], Any]] = {
    "get_profile": lambda agent: agent.profile("ada"),
    "get_context": lambda agent: agent.context("ada"),
    "recommend_items": lambda agent: agent.recommend("ada", 5),
}


async def timed(calls: int, once: Callable[[], Awaitable[Any]]) -> list[float]:
    """Return the milliseconds of each call; the first three are not counted."""
    took = []
    for _ in range(calls + 3):
        started = time.perf_counter()
        result = await once()
        took.append(1000 * (time.perf_counter() - started))
        assert not getattr(result, "is_error", False), result
    return took[3:]


async def crowd(server: Any, each: int) -> list[float]:
    """Return the milliseconds of calls by many clients at once."""

    async def one() -> list[float]:
        async with Client(server) as client:
            return await timed(each, lambda: client.call_tool("get_context", {"user_id": "ada"}))

    return [took for many in await asyncio.gather(*(one() for _ in range(CLIENTS))) for took in many]


def report(name: str, took: list[float]) -> None:
    print(f"{name:<32}{np.percentile(took, 50):>9.1f}{np.percentile(took, 95):>9.1f}")


def person_of_many_interests(home: Path) -> InterestAgent:
    """Return an agent with one user who bought a few items of each of many kinds, one kind after the other."""
    settings = Settings.load(home=home, llm={"provider": "none"})
    agent = InterestAgent.open(settings, clock=FixedClock(NOW), embedder=Directions())
    names = [f"kind{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(INTERESTS)]
    items = [
        Item(item_id=f"{name}-{n}", title=f"{name} {n}", categories=[[f"Topic {at % 12}", name]])
        for at, name in enumerate(names)
        for n in range(EACH + 2)
    ]
    agent.add_items(items)
    agent.observe(
        [
            Event(user_id="ada", type="purchase", item_id=f"{name}-{n}", at=NOW - timedelta(hours=at * EACH + n + 1))
            for at, name in enumerate(names)
            for n in range(EACH)
        ]
    )
    agent.update("ada")
    return agent


def start_up(home: Path) -> float:
    """Return the seconds from starting the command to the answer of `initialize`."""
    environment = {**os.environ, "PENCHANT_HOME": str(home / "empty"), "PENCHANT_LLM__PROVIDER": "local"}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "penchant.tools.cli", "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(HELLO) + "\n")
    process.stdin.flush()
    assert "result" in json.loads(process.stdout.readline())
    took = time.perf_counter() - started
    process.communicate()
    return took


if __name__ == "__main__":
    main()
