"""Reads server-sent events of model servers as the standard says: an event without data is skipped.

The decoder is a private part of `openai`, which has no public one. It is used in this module alone, and a test checks
that what is used exists.
"""

from collections.abc import Generator, Iterator
from typing import Any

import openai
from openai._streaming import ServerSentEvent, SSEDecoder

from penchant.network.http_client import address_and_query

_BEGINNINGS = (b"data:", b"event:", b"id:", b"retry:", b":")


class EventClient(openai.OpenAI):
    """OpenAI's client, for servers that keep a connection alive with comments, ids and pings between the events.

    The query of `base_url` is sent with every request.
    """

    def __init__(self, *, base_url: str, **options: Any) -> None:
        address, query = address_and_query(base_url)
        super().__init__(base_url=address, default_query=query, **options)

    def _make_sse_decoder(self) -> SSEDecoder:
        return _WithData()


class _WithData(SSEDecoder):
    def iter_bytes(self, iterator: Iterator[bytes]) -> Iterator[ServerSentEvent]:
        return (event for event in super().iter_bytes(iterator) if event.data.strip())


def chunks_in(body: bytes) -> Generator[Any] | None:
    """Return the chunks of a stream that was sent as a plain document; None where `body` is no stream.

    Reading the chunks raises `ValueError` for invalid JSON.
    """
    if not body.lstrip().startswith(_BEGINNINGS):
        return None
    events = _WithData().iter_bytes(iter([body if body.endswith(b"\n\n") else body + b"\n\n"]))
    return (event.json() for event in events if not event.data.startswith("[DONE]"))
