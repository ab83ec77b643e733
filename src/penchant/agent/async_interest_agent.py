"""`AsyncInterestAgent`: `InterestAgent` for programs that run an event loop."""

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

from penchant.agent.interest_agent import InterestAgent
from penchant.settings import Settings

WORKERS = 8


class AsyncInterestAgent:
    """An agent with every method of `InterestAgent`, under the same name and with the same arguments, as a coroutine.

    Methods run in a pool of `workers` threads that belongs to this object, so nothing blocks the event loop, and lists for several
    users are made at the same time. Cancelling a call stops waiting for it; the work itself runs to its end, so nothing is written by
    half.

    >>> async with AsyncInterestAgent.open() as agent:  # doctest: +SKIP
    ...     listed = await agent.recommend("ada", k=5)
    """

    def __init__(self, agent: InterestAgent, workers: int = WORKERS) -> None:
        self.agent = agent
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="penchant")

    @classmethod
    def open(cls, settings: Settings | None = None, *, workers: int = WORKERS, **parts: Any) -> Self:
        """Open the installation that `settings` describe. `parts`: arguments of `InterestAgent.open`. Raises `UsageError`."""
        return cls(InterestAgent.open(settings, **parts), workers)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = None if name.startswith("_") else getattr(self.agent, name, None)
        if not callable(method):
            raise AttributeError(f"{type(self).__name__} has no method {name!r}: see the methods of InterestAgent")

        @functools.wraps(method)
        async def call(*arguments: Any, **named: Any) -> Any:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, functools.partial(method, *arguments, **named))

        return call

    async def close(self) -> None:
        """Wait for running calls, then close the agent and its threads."""
        await asyncio.get_running_loop().run_in_executor(self._pool, self.agent.close)
        self._pool.shutdown()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()
