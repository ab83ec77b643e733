"""Models for tests: one with scripted replies, and one that records the calls of another model for replay.

```python
model = ScriptedModel({"groups": [{"g": 1, "t": 6, "label": "Tea", "kind": "habit", "same": 0, "like": True}], "said":
[]})
agent = InterestAgent.open(model=model)
agent.update("ada")
assert "tea" in model.asked[0].user
```
"""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Unpack

from penchant.agent.llm.model import (
    TURN_STEP,
    Choice,
    Generation,
    LanguageModel,
    Message,
    ModelProfile,
    Prompt,
    TurnOptions,
    count_tokens_roughly,
    log_softmax,
)
from penchant.agent.llm.streams import Piece, Stream, join_pieces, record_pieces
from penchant.agent.llm.wrapper import Answer, Call, WrapperModel
from penchant.errors import ModelError
from penchant.store.receipt import Usage

ScriptedReply = str | dict[str, Any] | list[Any] | Generation | ModelError
"""A reply: text, a value that is sent as JSON, a whole `Generation`, or an error that is raised."""
Script = ScriptedReply | Callable[[Prompt], ScriptedReply]
Weigh = Callable[[Prompt, Sequence[str]], Sequence[float]]
CAPABLE = ModelProfile(
    provider="scripted",
    model="scripted",
    structured="schema",
    logprobs=True,
    tools=True,
    context_tokens=8192,
    tier="name",
)


class ScriptedModel:
    """Returns `replies` one after the other; a function among them is called for its own and all later replies.

    Thread-safe.

    `weigh` returns log-likelihoods (nats, up to a constant) of options; without it all options are equally likely.
    `asked` has every prompt in order; a conversation is recorded as a prompt of its system turns and its last turn.
    Raises `ModelError` when no reply is left.
    """

    def __init__(self, *replies: Script, weigh: Weigh | None = None, profile: ModelProfile = CAPABLE) -> None:
        self.profile = profile
        self.asked: list[Prompt] = []
        self._replies = list(replies)
        self._weigh: Weigh = weigh or (lambda prompt, options: [0.0] * len(options))
        self._lock = threading.Lock()

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        reply = self._next(prompt)
        if isinstance(reply, ModelError):
            raise reply
        if isinstance(reply, Generation):
            return reply
        text = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
        sent = count_tokens_roughly(prompt.system) + count_tokens_roughly(prompt.user)
        return Generation(text, usage=Usage(calls=1, prompt_tokens=sent, completion_tokens=count_tokens_roughly(text)))

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        with self._lock:
            self.asked.append(prompt)
        sent = count_tokens_roughly(prompt.system) + count_tokens_roughly(prompt.user)
        return Choice(log_softmax(self._weigh(prompt, options)), Usage(calls=1, prompt_tokens=sent))

    def chat(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Generation:
        system = "\n\n".join(message.content for message in messages if message.role == "system")
        step, user_id = options.get("step", TURN_STEP), options.get("user_id")
        return self.generate(Prompt(system, messages[-1].content, step, user_id))

    def _next(self, prompt: Prompt) -> ScriptedReply:
        with self._lock:
            self.asked.append(prompt)
            if not self._replies:
                raise ModelError(
                    f"ScriptedModel was asked {len(self.asked)} times: give it more replies, or a function"
                )
            first = self._replies[0]
            if not callable(first):
                return self._replies.pop(0)  # type: ignore[return-value]
        return first(prompt)


@dataclass(frozen=True)
class Exchange:
    """One call: the request (`options` for a choice, `messages` for a conversation), and what was returned or raised."""

    prompt: Prompt | None = None
    messages: tuple[Message, ...] = ()
    options: tuple[str, ...] = ()
    reply: Generation | Choice | ModelError = field(default_factory=lambda: Generation(""))


class RecordingModel(WrapperModel):
    """Passes every call on to `model` and records it in `exchanges`. Thread-safe when `model` is."""

    def __init__(self, model: LanguageModel) -> None:
        super().__init__(model)
        self.exchanges: list[Exchange] = []

    def answer(self, call: Call, ask: Callable[[], Answer]) -> Answer:
        try:
            reply = ask()
        except ModelError as error:
            self._keep(call, error)
            raise
        self._keep(call, reply)
        return reply

    def pieces(self, call: Call, opened: Callable[[], Stream]) -> Stream:
        """Record a stream as its whole text, or as the text that was read if it is not read to its end."""
        read: list[Piece] = []
        usage = Usage(calls=1)
        try:
            usage = yield from record_pieces(opened(), read)
        except ModelError as error:
            self._keep(call, error)
            raise
        except GeneratorExit:
            self._keep(call, join_pieces(read, usage))
            raise
        self._keep(call, join_pieces(read, usage))
        return usage

    def _keep(self, call: Call, reply: Generation | Choice | ModelError) -> None:
        self.exchanges.append(Exchange(call.prompt, call.messages, call.options, reply))

    def replayed(self) -> ScriptedModel:
        """Return a model that gives the recorded replies again, by prompt and not by order."""
        texts: dict[tuple[str, str], ScriptedReply] = {}
        weights: dict[tuple[str, str], tuple[float, ...]] = {}
        for exchange in self.exchanges:
            asked = _key(exchange)
            if isinstance(exchange.reply, Choice):
                weights[asked] = exchange.reply.log_probabilities
            else:
                texts[asked] = exchange.reply

        def say(prompt: Prompt) -> ScriptedReply:
            unheard = ModelError(f"nothing was recorded for this prompt (step {prompt.step!r})")
            return texts.get((prompt.system, prompt.user), unheard)

        def weigh(prompt: Prompt, options: Sequence[str]) -> tuple[float, ...]:
            if (prompt.system, prompt.user) not in weights:
                raise ModelError(f"no choice was recorded for this prompt (step {prompt.step!r})")
            return weights[prompt.system, prompt.user]

        return ScriptedModel(say, weigh=weigh, profile=self.profile)


def _key(exchange: Exchange) -> tuple[str, str]:
    if exchange.prompt is not None:
        return exchange.prompt.system, exchange.prompt.user
    system = "\n\n".join(message.content for message in exchange.messages if message.role == "system")
    return system, exchange.messages[-1].content
