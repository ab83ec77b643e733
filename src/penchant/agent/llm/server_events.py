"""Server-sent events of model servers, read as the standard says: an event without data is none, whatever else stands in it.

The decoder is a private part of `openai`, which offers no other; it is used in this module alone, and a test looks for what is used.
"""

from collections.abc import Generator, Iterator
from typing import Any

import openai
from openai._streaming import ServerSentEvent, SSEDecoder

_BEGINNINGS = (b"data:", b"event:", b"id:", b"retry:", b":")


class EventClient(openai.OpenAI):
    """OpenAI's client, for servers that keep a connection alive with comments, numbers and pings between their events."""

    def _make_sse_decoder(self) -> SSEDecoder:
        return _WithData()


class _WithData(SSEDecoder):
    def iter_bytes(self, iterator: Iterator[bytes]) -> Iterator[ServerSentEvent]:
        return (event for event in super().iter_bytes(iterator) if event.data.strip())


def chunks_in(body: bytes) -> Generator[Any] | None:
    """The chunks of a stream that was sent as something else; None where it is no stream. The chunks raise `ValueError` for no JSON."""
    if not body.lstrip().startswith(_BEGINNINGS):
        return None
    events = _WithData().iter_bytes(iter([body if body.endswith(b"\n\n") else body + b"\n\n"]))
    return (event.json() for event in events if not event.data.startswith("[DONE]"))
