"""Text as it is made, with its cost at the end."""

from collections.abc import Generator, Sequence

from penchant.agent.llm.model import LanguageModel, Message
from penchant.store.receipt import Usage


def text_stream(
    model: LanguageModel,
    messages: Sequence[Message],
    *,
    max_tokens: int = 512,
    step: str = "ask",
    user_id: str | None = None,
) -> Generator[str, None, Usage]:
    """Pieces of the next assistant turn, returning what it cost. A model that cannot stream hands it out in one piece."""
    stream = getattr(model, "stream", None)
    if stream is not None:
        usage = yield from stream(messages, max_tokens=max_tokens, step=step, user_id=user_id)
        return usage or Usage(calls=1)
    generation = model.chat(messages, max_tokens=max_tokens, step=step, user_id=user_id)
    yield generation.text
    return generation.usage
