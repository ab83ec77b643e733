"""Any server that speaks OpenAI's chat completions: hosted, or llama.cpp, vLLM, Ollama … on the next machine."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx
import openai
from openai.types.chat import ChatCompletion

from penchant.agent.llm.deadline import Waiting, bounded_client, remaining, time_limit
from penchant.agent.llm.deltas import Deltas, usage_of
from penchant.agent.llm.discovery import (
    Abilities,
    Discovery,
    Memory,
    after_rejection,
    response_format,
    was_ignored,
)
from penchant.agent.llm.known_models import (
    billions_of,
    context_tokens_of,
    groups_per_call,
    sure_of_topics,
    tier_of,
)
from penchant.agent.llm.letters import MOST_OPTIONS, lettered, likelihoods, spoken_of
from penchant.agent.llm.model import Choice, Generation, Message, ModelProfile, Prompt, Tier, ToolCall
from penchant.agent.llm.streams import Stream, pieces_of
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelUnreachable
from penchant.paid_calls import refuse_paid_call

Sent = TypeVar("Sent")
OFFICIAL = "https://api.openai.com/v1"
_SETTING = {401: "llm.api_key", 403: "llm.api_key", 404: "llm.model"}
_BUSY = frozenset({408, 409, 425, 429})


class OpenAiModel:
    """One model on one server. Thread-safe; each call is one HTTP request, or a few the first time a server turns something down.

    `timeout_seconds` bounds each request as a whole, however slowly it trickles in. Retries are not made here.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout_seconds: float = 30.0,
        memory: Memory | None = None,
        tier: Tier | None = None,
        http_client: httpx.Client | None = None,
    ) -> None:
        self.model = model
        self.server = base_url or OFFICIAL
        self.discovery = Discovery(self.server, model, memory)
        self._timeout = timeout_seconds
        self._tier = tier
        self._client = openai.OpenAI(
            api_key=api_key or "none",
            base_url=self.server,
            timeout=timeout_seconds,
            max_retries=0,
            http_client=http_client or bounded_client(timeout_seconds),  # type: ignore[arg-type]
        )

    @property
    def profile(self) -> ModelProfile:
        abilities = self.discovery.abilities
        return ModelProfile(
            provider="openai",
            model=self.model,
            structured=abilities.structured,
            logprobs=abilities.logprobs,
            tools=abilities.tools,
            context_tokens=context_tokens_of(self.model),
            tier=self._tier or tier_of(self.model),
            groups_per_call=groups_per_call(billions_of(self.model)),
            sure_of_topics=sure_of_topics(billions_of(self.model)),
        )

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        def request(abilities: Abilities) -> dict[str, Any]:
            body: dict[str, Any] = {"messages": _wire(prompt.messages()), abilities.limit_field: max_tokens}
            wanted = response_format(abilities.structured, schema) if schema else None
            if wanted:
                body["response_format"] = wanted
            return body

        generation = _generation(self._ask(request))
        abilities = self.discovery.abilities
        if (
            schema
            and abilities.structured != "none"
            and generation.finish == "stop"
            and was_ignored(schema, generation.text)
        ):
            self.discovery.learn(abilities.one_step_down())
        return generation

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """Options that are not single characters are shown to the model behind letters; at most 20, as servers tell no more."""
        if not 0 < len(options) <= MOST_OPTIONS:
            raise ModelError(f"{len(options)} options: a server can weigh 1 to {MOST_OPTIONS} at once; ask in parts")
        asked, letters = lettered(prompt, options)

        def request(abilities: Abilities) -> dict[str, Any]:
            if not abilities.logprobs:
                raise ModelError(f"{self.model} on {self.server} offers no log-probabilities: ask for JSON instead")
            shown = {"logprobs": True, "top_logprobs": MOST_OPTIONS}
            return {"messages": _wire(asked.messages()), abilities.limit_field: 1, **shown}

        completion = self._ask(request)
        content = (
            completion.choices[0].logprobs.content if completion.choices and completion.choices[0].logprobs else None
        )
        if not content:
            self.discovery.learn(self.discovery.abilities.model_copy(update={"logprobs": False}))
            raise ModelError(f"{self.model} on {self.server} offers no log-probabilities: ask for JSON instead")
        told = {(top.token, top.logprob) for top in (content[0], *(content[0].top_logprobs or ()))}
        return Choice(likelihoods(sorted(told), letters), usage_of(completion.usage), spoken_of(told, letters))

    def chat(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "ask",
        user_id: str | None = None,
    ) -> Generation:
        return _generation(self._ask(self._turn(messages, tools, max_tokens)))

    def stream(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "ask",
        user_id: str | None = None,
    ) -> Stream:
        """Pieces of the next turn, and what it cost. `timeout_seconds` bounds the whole of the waiting, not the reader's pauses."""
        waiting, turn, request = Waiting(self._timeout), Deltas(), self._turn(messages, tools, max_tokens)
        with waiting.part():
            chunks = self._asked(lambda abilities: request(abilities) | _streamed(abilities), self._open)
        if isinstance(chunks, ChatCompletion):
            whole = _generation(chunks)
            yield from pieces_of(whole)
            return whole.usage
        with closing(chunks):
            while True:
                with self._translated(), waiting.part():
                    chunk = next(chunks, None)
                if chunk is None:
                    yield from turn.calls()
                    return turn.usage
                with self._translated():
                    text = turn.text_of(chunk)
                if text:
                    yield text

    def _turn(
        self, messages: Sequence[Message], tools: Sequence[dict[str, Any]], max_tokens: int
    ) -> Callable[[Abilities], dict[str, Any]]:
        """The request for the next turn of a conversation."""

        def request(abilities: Abilities) -> dict[str, Any]:
            if tools and not abilities.tools:
                raise ModelError(f"{self.model} on {self.server} cannot call tools: let a rule-driven plan call them")
            body: dict[str, Any] = {"messages": _wire(messages), abilities.limit_field: max_tokens}
            return body | ({"tools": list(tools)} if tools else {})

        return request

    def _open(self, body: dict[str, Any]) -> Any:
        """Chunks; closed, it hangs up, and the server may stop writing. From a server that does not stream this, the whole completion."""
        if "stream" not in body:
            return self._post(body)
        refuse_paid_call(self.server)
        with self._translated(body):
            return self._client.chat.completions.create(model=self.model, **body)

    def _ask(self, request: Callable[[Abilities], dict[str, Any]]) -> ChatCompletion:
        return self._asked(request, self._post)

    def _asked(self, request: Callable[[Abilities], dict[str, Any]], send: Callable[[dict[str, Any]], Sent]) -> Sent:
        """Send, and on each 400 ask in the next weaker way; what worked is remembered."""
        abilities = self.discovery.abilities
        while True:
            body = request(abilities)
            try:
                sent = send(body | ({"temperature": 0.0} if abilities.temperature else {}))
            except _Rejected as rejected:
                weaker = after_rejection(abilities, rejected.body, str(rejected))
                if weaker is None or weaker == abilities:
                    raise ModelRefused(f"{self.model} on {self.server} rejected the request: {rejected}") from None
                if not (weaker.logprobs and weaker.tools):
                    self.discovery.learn(weaker)
                abilities = weaker
            else:
                self.discovery.learn(abilities)
                return sent

    def _post(self, body: dict[str, Any]) -> ChatCompletion:
        refuse_paid_call(self.server)
        with self._translated(body), time_limit(self._timeout):
            reply = self._client.chat.completions.create(model=self.model, **body)
        if not isinstance(reply, ChatCompletion):
            raise ModelInvalidReply(f"{self.server} sent something that is not a chat completion", str(reply)[:2000])
        return reply

    @contextmanager
    def _translated(self, body: dict[str, Any] | None = None) -> Iterator[None]:
        """OpenAI's exceptions as ours: what may help next time, and what to mend."""
        try:
            yield
        except openai.APIStatusError as error:
            raise self._status_error(error, body) from None
        except (openai.APITimeoutError, httpx.TimeoutException):
            raise self._late() from None
        except openai.APIConnectionError as error:
            cause = error.__cause__ or error
            raise ModelUnreachable(
                f"no connection to {self.server} ({cause}); is the server running, and llm.base_url right?"
            ) from None
        except httpx.HTTPError as error:
            raise ModelUnreachable(f"the connection to {self.server} broke ({error})") from None
        except (openai.OpenAIError, ValueError, TypeError, AttributeError) as error:
            raise ModelInvalidReply(f"{self.server} sent something that is not a chat completion: {error}") from None

    def _late(self) -> ModelUnreachable:
        """Names the limit that was reached: of one reply, or one around it."""
        if remaining() <= 0:
            limits = "settings llm.total_timeout_seconds and recommend.llm_seconds"
            return ModelUnreachable(f"{self.server} did not answer within the time of all tries together ({limits})")
        return ModelUnreachable(
            f"{self.server} did not answer within {self._timeout:g} s (setting llm.timeout_seconds)"
        )

    def _status_error(self, error: openai.APIStatusError, body: dict[str, Any] | None) -> Exception:
        status, said = error.status_code, _complaint(error)
        if status == 500 and body is not None and "response_format" in body and "response_format" in said:
            return _Rejected(said, body)  # llama-cpp-python's server calls a format it does not know its own fault
        if status in _BUSY or status >= 500:
            return ModelUnreachable(f"{self.server} answered {status}: {said}", _retry_after(error.response.headers))
        if status in _SETTING:
            setting = _SETTING[status]
            return ModelRefused(
                f"{self.server} answered {status} for model {self.model!r}: {said}. Mend {_how(setting)}.", setting
            )
        if status in (400, 422) and body is not None:
            return _Rejected(said, body)
        return ModelRefused(f"{self.server} answered {status}: {said}")


class _Rejected(Exception):
    """A 400: the request was understood and not liked. Never leaves this module."""

    def __init__(self, complaint: str, body: dict[str, Any]) -> None:
        super().__init__(complaint)
        self.body = body


def _how(setting: str) -> str:
    variable = "PENCHANT_" + setting.upper().replace(".", "__")
    also = " (or OPENAI_API_KEY)" if setting == "llm.api_key" else " (or llm.base_url, if the address is wrong)"
    return f"setting {setting}, for instance through {variable}{also}"


def _complaint(error: openai.APIStatusError) -> str:
    detail = error.body if error.body is not None else error.message
    return " ".join(str(detail).split())[:500]


def _retry_after(headers: Any) -> float | None:
    value = headers.get("retry-after")
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except ValueError:
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _streamed(abilities: Abilities) -> dict[str, Any]:
    return {"stream": True, "stream_options": {"include_usage": True}} if abilities.streams else {}


def _wire(messages: Sequence[Message]) -> list[dict[str, Any]]:
    return [_wire_message(message) for message in messages]


def _wire_message(message: Message) -> dict[str, Any]:
    wired: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.tool_calls:
        wired["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in message.tool_calls
        ]
    return wired | ({"tool_call_id": message.tool_call_id} if message.tool_call_id else {})


def _tool_calls(message: Any) -> Iterator[ToolCall]:
    """Servers leave ids and arguments out, and some know other kinds of tools."""
    for position, call in enumerate(message.tool_calls or ()):
        if function := getattr(call, "function", None):
            yield ToolCall(call.id or f"call_{position}", str(function.name), function.arguments or "{}")


def _generation(completion: ChatCompletion) -> Generation:
    usage = usage_of(completion.usage)
    spent = (usage.prompt_tokens, usage.completion_tokens)
    if not completion.choices:
        raise ModelInvalidReply("the model server sent a reply without choices", tokens=spent)
    choice = completion.choices[0]
    message = choice.message
    if choice.finish_reason == "content_filter" or getattr(message, "refusal", None):
        why = getattr(message, "refusal", None) or "stopped by its content filter"
        raise ModelRefused(f"the model declined: {why}", tokens=spent)
    calls = tuple(_tool_calls(message))
    if calls:
        return Generation(message.content or "", "tool_calls", usage, calls)
    if choice.finish_reason == "length":
        return Generation(message.content or "", "length", usage)
    if not message.content:
        raise ModelInvalidReply("the model sent an empty reply", tokens=spent)
    return Generation(message.content, "stop", usage)
