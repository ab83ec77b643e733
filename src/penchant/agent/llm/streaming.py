"""Text as it is made, with its cost at the end."""

from collections.abc import Generator, Sequence

from penchant.agent.llm.model import LanguageModel, Message
from penchant.store.receipt import Usage

Stream = Generator[str, None, Usage]
"""Pieces of a text, then what it cost."""


def text_stream(
    model: LanguageModel,
    messages: Sequence[Message],
    *,
    max_tokens: int = 512,
    step: str = "ask",
    user_id: str | None = None,
) -> Stream:
    """Pieces of the next assistant turn, returning what it cost. A model that cannot stream hands it out in one piece."""
    stream = getattr(model, "stream", None)
    if stream is not None:
        usage = yield from stream(messages, max_tokens=max_tokens, step=step, user_id=user_id)
        return usage or Usage(calls=1)
    generation = model.chat(messages, max_tokens=max_tokens, step=step, user_id=user_id)
    yield generation.text
    return generation.usage


def next_of(stream: Stream) -> str | Usage:
    """The next piece, or what it all cost once there are no more."""
    try:
        return next(stream)
    except StopIteration as end:
        usage: Usage = end.value
        return usage


def noted(stream: Stream, pieces: list[str]) -> Stream:
    """The same stream; whatever has been handed out of it stands in `pieces`, also when it breaks off."""
    try:
        while isinstance(piece := next_of(stream), str):
            pieces.append(piece)
            yield piece
        return piece
    finally:
        stream.close()
