"""Closes connections that do not finish their request; uvicorn alone would wait for them for ever.

The head of a request must be complete `HEAD_SECONDS` after its first byte or after the connection was made; while a
body arrives, no gap may be longer than `BODY_SECONDS`. Answers may take any time.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEAD_SECONDS, BODY_SECONDS = 20.0, 30.0


class BoundedConnection(AutoHTTPProtocol):  # type: ignore[valid-type, misc]
    """Uvicorn's protocol with these limits; passed to uvicorn as `http`."""

    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._wait(HEAD_SECONDS)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        cycle: Any = self.cycle
        if cycle is not None and not cycle.response_complete:
            self._stop()
            if cycle.more_body:
                self._wait(BODY_SECONDS)
        elif self._limit is None:
            self._wait(HEAD_SECONDS)

    def on_response_complete(self) -> None:
        self._stop()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _wait(self, seconds: float) -> None:
        self._limit = asyncio.get_running_loop().call_later(seconds, self.transport.close)

    def _stop(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
