"""A model in this process, run by llama.cpp: the embedded one with 135 M parameters, or any GGUF file."""

import threading
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

import numpy as np

from penchant.agent.llm.gguf import GgufHead, groups_per_call, read_head, sure_of_topics
from penchant.agent.llm.model import (
    TURN_TOKENS,
    Choice,
    Generation,
    Message,
    ModelProfile,
    Prompt,
    Tier,
    TurnOptions,
    count_tokens_roughly,
    log_softmax,
)
from penchant.agent.llm.streams import Retraction, Stream, ThoughtFilter, pieces_of, without_thoughts
from penchant.characters import whole_characters
from penchant.errors import ModelError, ModelInvalidReply, PenchantError
from penchant.network.deadline import remaining
from penchant.store.receipt import Usage

if TYPE_CHECKING:
    from llama_cpp import Llama

    from penchant.agent.llm.chat_request import ChatTemplate


class LocalModelOptions(TypedDict, total=False):
    """The arguments of a `LocalModel` beside its file."""

    name: str | None
    context_tokens: int
    threads: int | None
    timeout_seconds: float
    tier: Tier | None


class LocalModel:
    """One GGUF file, loaded at the first call. Thread-safe: calls are answered one at a time.

    `timeout_seconds` and the time limit in force bound the writing of one reply, without the time spent waiting for
    other calls; what is written by then is returned as cut off. `tier` overrides what the file's size suggests.
    Nothing is raised before the first call: a missing file is an error of that call.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str | None = None,
        context_tokens: int = 4096,
        threads: int | None = None,
        timeout_seconds: float = 120.0,
        tier: Tier | None = None,
    ) -> None:
        self.path = path
        self.name = name or path.stem
        self._wanted_tokens = context_tokens
        self._threads = threads
        self.timeout_seconds = timeout_seconds
        self._tier = tier
        self._turn = threading.Lock()

    @property
    def profile(self) -> ModelProfile:
        """The model's profile from the header of the file; a minimal profile where the file cannot be read."""
        try:
            head = self._head
        except ModelError:
            return ModelProfile(provider="local", model=self.name, tier=self._tier or "choose")
        tier = self._tier or head.tier
        return ModelProfile(
            provider="local",
            model=self.name,
            structured="grammar",
            logprobs=True,
            tools=tier == "name" and head.shows_tools,
            context_tokens=self._context(head),
            tier=tier,
            groups_per_call=groups_per_call(head.billions),
            sure_of_topics=sure_of_topics(head.billions),
        )

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        with self._loaded() as (llama, chat):
            return self._write(llama, self._tokens(llama, chat, prompt), max_tokens, schema)

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """Weigh the options with one prefill, and one more pass for every option of several tokens.

        For a single character, both the character and the character after a space are counted.
        """
        if not options or not all(options):
            raise ModelError("a choice needs options, none of them empty")
        with self._loaded() as (llama, chat):
            from penchant.agent.llm.llama_runtime import continuation, next_token

            tokens = self._tokens(llama, chat, prompt)
            ways = [[self._tokens_of_plain_text(llama, way) for way in _ways(option)] for option in options]
            longest = max(len(way) for option in ways for way in option)
            self._check_room(llama, len(tokens) + longest)
            first = next_token(llama, tokens)
            sums = [np.logaddexp.reduce([continuation(llama, first, way) for way in option]) for option in ways]
            asked = sum(len(way) - 1 for option in ways for way in option)
            return Choice(log_softmax(sums), Usage(calls=1, prompt_tokens=len(tokens) + asked))

    def chat(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Generation:
        tools, max_tokens = options.get("tools", ()), options.get("max_tokens", TURN_TOKENS)
        if tools and not self.profile.tools:
            raise ModelError(f"{self.name} cannot call tools: let a rule-driven plan call them")
        with self._loaded() as (llama, chat):
            from penchant.agent.llm.chat_request import parse_calls

            written = self._write(llama, _special(llama, chat.render(messages, tools)), max_tokens)
            text, calls = parse_calls(written.text, tools) if tools else (written.text, ())
            return Generation(text, "tool_calls", written.usage, calls) if calls else written

    def stream(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Stream:
        """Yield pieces of the next turn as they are written, and return the usage.

        Other calls wait until the last piece is taken.

        With tools, the turn is yielded when it is complete, since calls are parsed from the whole text.
        """
        max_tokens = options.get("max_tokens", TURN_TOKENS)
        if options.get("tools"):
            turn = self.chat(messages, **options)
            yield from pieces_of(turn)
            return turn.usage
        with self._loaded() as (llama, chat):
            _, usage = yield from _answered(self._pieces(llama, _special(llama, chat.render(messages)), max_tokens))
            return usage

    def load(self) -> None:
        """Load the file now rather than at the first call. Raises `ModelError`."""
        with self._loaded():
            pass

    def close(self) -> None:
        """Free the model's memory; the next call loads it again."""
        with self._turn:
            loaded = self.__dict__.pop("_model", None)
            if loaded is not None:
                loaded[0].close()

    def count_tokens(self, text: str) -> int:
        """Count with the model's own tokenizer; an over-estimate where it cannot be loaded."""
        try:
            return len(self._tokens_of_plain_text(self._model[0], text))
        except Exception:  # noqa: BLE001 – a boundary, with an estimate as the fallback
            return count_tokens_roughly(text)

    @cached_property
    def _head(self) -> GgufHead:
        return read_head(self.path)

    @cached_property
    def _model(self) -> "tuple[Llama, ChatTemplate]":
        from penchant.agent.llm.chat_request import ChatTemplate
        from penchant.agent.llm.llama_runtime import load, token_text

        head = self._head
        try:
            llama = load(self.path, context_tokens=self._context(head), threads=self._threads)
        except Exception as error:  # noqa: BLE001 – a boundary: a broken file raises all kinds of exceptions
            raise ModelError(
                f"{self.path} cannot be loaded ({error}): is it a whole GGUF file, and is there memory for it?"
            ) from None
        return llama, ChatTemplate(
            head.chat_template, token_text(llama, llama.token_eos()), token_text(llama, llama.token_bos())
        )

    def _context(self, head: GgufHead) -> int:
        return min(head.context_tokens, self._wanted_tokens)

    @contextmanager
    def _loaded(self) -> "Iterator[tuple[Llama, ChatTemplate]]":
        """Yield the loaded model to one caller at a time.

        Exceptions of llama.cpp become `ModelError`, and the cached state of the prompt is dropped.
        """
        with self._turn:
            model = self._model
            from penchant.agent.llm.llama_runtime import forget

            try:
                yield model
            except PenchantError:
                raise
            except Exception as error:  # noqa: BLE001 – a boundary: templates and native code raise all kinds of exceptions
                forget(model[0])
                kind = "" if isinstance(error, RuntimeError | ValueError) else f"{type(error).__name__} "
                raise ModelError(f"{self.name} failed at this prompt ({kind}{error})") from None

    def _write(
        self, llama: "Llama", tokens: list[int], max_tokens: int, schema: dict[str, Any] | None = None
    ) -> Generation:
        pieces = self._pieces(llama, tokens, max_tokens, schema)
        text = ""
        while True:
            try:
                text += next(pieces)
            except StopIteration as end:
                finish, usage = end.value
                break
        text, _ = (text, False) if schema else without_thoughts(text)
        if not text.strip():
            spent = (usage.prompt_tokens, usage.completion_tokens)
            raise ModelInvalidReply(f"{self.name} sent an empty reply", tokens=spent)
        return Generation(text, finish, usage)

    def _pieces(
        self, llama: "Llama", tokens: list[int], max_tokens: int, schema: dict[str, Any] | None = None
    ) -> Generator[str, None, tuple[Literal["stop", "length"], Usage]]:
        """Yield the text as it is written, whole characters only; return why it ended and the usage."""
        from penchant.agent.llm.llama_runtime import write

        self._check_room(llama, len(tokens) + 1)
        decoder, written = getincrementaldecoder("utf-8")(errors="replace"), 0
        tokens_written = write(
            llama, tokens, max_tokens=max_tokens, seconds=min(self.timeout_seconds, remaining()), schema=schema
        )
        while True:
            try:
                piece = next(tokens_written)
            except StopIteration as end:
                usage = Usage(calls=1, prompt_tokens=len(tokens), completion_tokens=written)
                return ("stop" if end.value else "length"), usage
            written += 1
            if text := decoder.decode(piece):
                yield text

    def _tokens(self, llama: "Llama", chat: "ChatTemplate", prompt: Prompt) -> list[int]:
        """Return the tokens of a prompt: a text to be continued where there are no instructions, else a conversation."""
        if not prompt.system:
            return self._tokens_of_plain_text(llama, prompt.user, beginning=True)
        return _special(llama, chat.render(prompt.messages()))

    def _tokens_of_plain_text(self, llama: "Llama", text: str, beginning: bool = False) -> list[int]:
        encoded = whole_characters(text).encode()
        tokens: list[int] = llama.tokenize(encoded, add_bos=beginning, special=False)
        return tokens

    def _check_room(self, llama: "Llama", needed: int) -> None:
        if needed > llama.n_ctx():
            raise ModelError(
                f"the prompt takes {needed} tokens and {self.name} is given {llama.n_ctx()}: raise llm.context_tokens"
            )


def _answered(
    pieces: Generator[str, None, tuple[Literal["stop", "length"], Usage]],
) -> Generator[str | Retraction, None, tuple[Literal["stop", "length"], Usage]]:
    """Yield the pieces without thoughts."""
    thoughts = ThoughtFilter()
    while True:
        try:
            piece = next(pieces)
        except StopIteration as end:
            yield from thoughts.end()
            finish, usage = end.value
            return finish, usage
        yield from thoughts.feed(piece)


def _special(llama: "Llama", text: str) -> list[int]:
    """Return the tokens of a rendered conversation, in which each control mark is a single token."""
    tokens: list[int] = llama.tokenize(whole_characters(text).encode(), add_bos=False, special=True)
    return tokens


def _ways(option: str) -> tuple[str, ...]:
    """Return the ways in which a model may write an option: a single character also after a space."""
    return (option, f" {option}") if len(option) == 1 and not option.isspace() else (option,)
