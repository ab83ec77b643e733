"""Chat completions as plain JSON values, also where a server sends one as a stream, as text, or in an older form."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from penchant.agent.llm.assistant_turn import StreamedTurn
from penchant.agent.llm.server_events import chunks_in
from penchant.agent.llm.streams import Retraction, answer_of
from penchant.errors import ModelInvalidReply


def as_plain(reply: Any) -> Mapping[str, Any]:
    """Return what the client made of a reply or a chunk as plain JSON values."""
    if isinstance(reply, Mapping):
        return reply
    plain = reply.to_dict(mode="python", use_api_names=True, exclude_unset=True, warnings=False)
    return plain if isinstance(plain, Mapping) else {}


def collected(chunks: Iterable[Any], turn: StreamedTurn) -> Mapping[str, Any]:
    """Return the completion that the chunks of a stream amount to. Raises `ModelInvalidReply`."""
    pieces: list[str | Retraction] = [piece for chunk in chunks for piece in turn.pieces_of(as_plain(chunk))]
    text = answer_of([*pieces, *turn.unfinished()])
    return turn.as_completion(text)


def document_in(body: bytes, server: str) -> Any:
    """Return the chunks of a stream, or the JSON object, in a body of any kind. Raises `ModelInvalidReply`."""
    if (chunks := chunks_in(body)) is not None:
        return chunks
    with suppress(ValueError, RecursionError):
        document = json.loads(body)
        if isinstance(document, Mapping):
            return document
    begins = " ".join(body[:200].decode(errors="replace").split())
    raise ModelInvalidReply(f"{server} sent something that is not a chat completion: {begins or 'nothing'}")
