"""Any server that speaks OpenAI's chat completions: hosted, or llama.cpp, vLLM, Ollama … on the next machine."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any, TypeVar

import httpx
from openai.types.chat import ChatCompletion

from penchant.agent.llm.assistant_turn import AssistantTurn, Deltas, finish_in, likeliest_in, turn_in, usage_in
from penchant.agent.llm.chat_request import response_format, streaming, was_ignored, wire_messages
from penchant.agent.llm.factory import Abilities, Discovery, Memory
from penchant.agent.llm.gguf import (
    billions_of,
    context_tokens_of,
    groups_per_call,
    sure_of_topics,
    tier_of,
)
from penchant.agent.llm.model import (
    MOST_OPTIONS,
    Choice,
    Generation,
    Message,
    ModelProfile,
    Prompt,
    Tier,
    lettered,
    likelihoods,
    spoken_of,
)
from penchant.agent.llm.server_errors import Rejected, ServerErrors, after_refusal, lacks_logprobs, lacks_tools
from penchant.agent.llm.server_events import EventClient, chunks_in
from penchant.agent.llm.streams import Stream, pieces_of
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelTruncated
from penchant.network.deadline import Waiting, time_limit
from penchant.network.http_client import address_and_login, bounded_client
from penchant.paid_calls import refuse_paid_call
from penchant.secrets import remember
from penchant.store.receipt import Usage

Sent = TypeVar("Sent")
OFFICIAL = "https://api.openai.com/v1"
THOUGHT_TOKENS = 4096
"""Room for thoughts, beside the room for the answer, of a model that was seen to need it."""
_ANNOUNCING = ("gpt-", "chatgpt", "claude", "gemini")
"""How names of models begin that never think without saying so."""
_CHARACTERS_PER_TOKEN = 24
_ANY_CHARACTERS = 100_000
_MOST_CHANGES = 8


class OpenAiModel:
    """One model on one server. Thread-safe; each call is one HTTP request, or a few the first time a server turns something down.

    `timeout_seconds` bounds each request as a whole, however slowly it trickles in. Retries are not made here. Whatever the server sends,
    nothing but `ModelError` is raised. Some models begin with a thought that only its end gives away: until an answer of this one has
    shown whether it does, a streamed answer comes as a whole.
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
        remember([api_key] if api_key else [])
        self.model = model
        self.server, login = address_and_login(base_url or OFFICIAL)
        self.discovery = Discovery(self.server, model, memory)
        self._timeout = timeout_seconds
        self._tier = tier
        self._errors = ServerErrors(self.server, model, timeout_seconds)
        http = http_client or bounded_client(timeout_seconds)
        if login:
            http.auth = httpx.BasicAuth(*login)
        self._client = EventClient(
            api_key=api_key or "none",
            base_url=self.server,
            timeout=timeout_seconds,
            max_retries=0,
            http_client=http,  # type: ignore[arg-type]
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

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def generate(self, prompt: Prompt, *, schema: dict[str, Any] | None = None, max_tokens: int = 512) -> Generation:
        def request(abilities: Abilities, room: int) -> dict[str, Any]:
            body: dict[str, Any] = {
                "messages": wire_messages(prompt.messages(), abilities),
                abilities.limit_field: room,
            }
            wanted = response_format(abilities.structured, schema) if schema else None
            if wanted:
                body["response_format"] = wanted
            return body

        generation = self._with_room(request, max_tokens)
        abilities = self.discovery.abilities
        if (
            schema
            and abilities.structured != "none"
            and generation.finish == "stop"
            and was_ignored(schema, generation.text)
        ):
            self.discovery.learn(structured=abilities.one_step_down())
        return generation

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """Options that are not single characters are shown to the model behind letters; at most 20, as servers tell no more."""
        if not 0 < len(options) <= MOST_OPTIONS:
            raise ModelError(f"{len(options)} options: a server can weigh 1 to {MOST_OPTIONS} at once; ask in parts")
        asked, letters = lettered(prompt, options)

        def request(abilities: Abilities) -> dict[str, Any]:
            if not abilities.logprobs:
                raise self._no_likelihoods()
            shown = {"logprobs": True, "top_logprobs": abilities.alternatives}
            return {"messages": wire_messages(asked.messages(), abilities), abilities.limit_field: 1, **shown}

        body = self._asked(request, self._post)
        pairs = likeliest_in(_first_choice(body))
        if not pairs:
            self.discovery.learn(logprobs=False)
            raise self._no_likelihoods()
        return Choice(likelihoods(sorted(pairs), letters), usage_in(body.get("usage")), spoken_of(pairs, letters))

    def chat(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "ask",
        user_id: str | None = None,
    ) -> Generation:
        generation = self._with_room(self._turn(messages, tools), max_tokens)
        self._note_open_beginning(generation.text, generation.finish)
        return generation

    def stream(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[dict[str, Any]] = (),
        max_tokens: int = 512,
        step: str = "ask",
        user_id: str | None = None,
    ) -> Stream:
        """Pieces of the next turn, and what it cost. `timeout_seconds` bounds the whole of the waiting, not the reader's pauses.

        A turn of nothing but thoughts, cut off, is asked for once more with more room.
        """
        request, waiting = self._turn(messages, tools), Waiting(self._timeout)
        room = self._room(max_tokens)
        try:
            return (yield from self._streamed(request, room, waiting))
        except ModelTruncated as spent:
            if spent.text or room >= self._most_room(max_tokens):
                raise
            self.discovery.learn(thinks=True)
            usage = yield from self._streamed(request, self._most_room(max_tokens), waiting)
            read, written = spent.tokens or (0, 0)
            return usage + Usage(calls=1, prompt_tokens=read, completion_tokens=written)

    def _streamed(self, request: Callable[[Abilities, int], dict[str, Any]], room: int, waiting: Waiting) -> Stream:
        opens_silently = self._may_open_silently()
        turn = Deltas(_ANY_CHARACTERS + _CHARACTERS_PER_TOKEN * room, opens_silently=opens_silently)
        with waiting.part():
            chunks = self._asked(lambda abilities: request(abilities, room) | streaming(abilities), self._open)
        if isinstance(chunks, Mapping):
            whole = self._generation(chunks)
            self._note_open_beginning(whole.text, whole.finish)
            yield from pieces_of(whole)
            return whole.usage
        with closing(chunks):
            while True:
                with self._errors.translated(), waiting.part():
                    chunk = next(chunks, None)
                    if chunk is None:
                        break
                    plain = _plain(chunk)
                    self._errors.raise_within(plain)
                    pieces = list(turn.pieces_of(plain))
                yield from pieces
        if turn.thoughts.closed_alone:
            self.discovery.learn(opens_silently=True)
        yield from turn.rest()
        self._note_open_beginning("shown" if turn.shown else "", turn.finish)
        return turn.usage

    def _may_open_silently(self) -> bool:
        seen = self.discovery.abilities.opens_silently
        return seen if seen is not None else not self.model.rsplit("/", 1)[-1].lower().startswith(_ANNOUNCING)

    def _note_open_beginning(self, answer: str, finish: str) -> None:
        """A whole answer without a closing mark that stands alone: the next one may be shown as it comes."""
        if answer.strip() and finish != "length" and self.discovery.abilities.opens_silently is None:
            self.discovery.learn(opens_silently=False)

    def _with_room(self, request: Callable[[Abilities, int], dict[str, Any]], max_tokens: int) -> Generation:
        """One generation; where thoughts took all the tokens, one more with more room for them. Raises `ModelTruncated` after that."""
        room = self._room(max_tokens)
        first = self._generation(self._asked(lambda abilities: request(abilities, room), self._post))
        if not _is_spent(first):
            return first
        spent, most = first, self._most_room(max_tokens)
        if room < most:
            self.discovery.learn(thinks=True)
            try:
                again = self._generation(self._asked(lambda abilities: request(abilities, most), self._post))
            except ModelRefused:  # so much is more than it can give
                self.discovery.learn(thinks=False)
            else:
                spent = Generation(again.text, again.finish, first.usage + again.usage, again.tool_calls, again.extra)
                if not _is_spent(again):
                    return spent
        error = ModelTruncated(
            f"the thoughts of {self.model} took all {most} tokens: choose a model that thinks less, or switch its thinking off",
            tokens=(spent.usage.prompt_tokens, spent.usage.completion_tokens),
        )
        error.calls = spent.usage.calls
        raise error

    def _room(self, max_tokens: int) -> int:
        return self._most_room(max_tokens) if self.discovery.abilities.thinks else max_tokens

    def _most_room(self, max_tokens: int) -> int:
        return max_tokens + max(THOUGHT_TOKENS, 3 * max_tokens)

    def _turn(
        self, messages: Sequence[Message], tools: Sequence[dict[str, Any]]
    ) -> Callable[[Abilities, int], dict[str, Any]]:
        """The request for the next turn of a conversation."""

        def request(abilities: Abilities, room: int) -> dict[str, Any]:
            if tools and not abilities.tools:
                raise self._no_tools()
            body: dict[str, Any] = {"messages": wire_messages(messages, abilities), abilities.limit_field: room}
            return body | ({"tools": list(tools)} if tools else {})

        return request

    def _open(self, body: dict[str, Any]) -> Any:
        """Chunks; closed, it hangs up, and the server may stop writing. From a server that does not stream this, the whole completion."""
        if "stream" not in body:
            return self._post(body)
        refuse_paid_call(self.server)
        with self._errors.translated(body):
            stream = self._client.chat.completions.create(model=self.model, **body)
            return self._whole_in_place_of(stream) or stream

    def _whole_in_place_of(self, stream: Any) -> Any:
        """The completion of a server that answers with all of it though a stream was asked for, in one document; or the chunks of a
        stream that calls itself a document."""
        response = getattr(stream, "response", None)
        if response is None or not response.headers.get("content-type", "").startswith("application/json"):
            return None
        with time_limit(self._timeout):
            body = response.read()
            if (chunks := chunks_in(body)) is not None:
                return chunks
            try:
                document = json.loads(body)
            except (ValueError, RecursionError):
                document = None
        if not isinstance(document, Mapping):
            raise ModelInvalidReply(f"{self.server} sent something that is not a chat completion")
        self._errors.raise_within(document)
        return document

    def _asked(self, request: Callable[[Abilities], dict[str, Any]], send: Callable[[dict[str, Any]], Sent]) -> Sent:
        """Send, and on each 400 ask in another way that the complaint calls for; what worked is remembered."""
        abilities, lessons = self.discovery.abilities, dict[str, Any]()
        for _ in range(_MOST_CHANGES):
            body = request(abilities)
            try:
                sent = send(body | ({"temperature": 0.0} if abilities.temperature else {}))
            except Rejected as rejected:
                self._learn_inability(body, rejected)
                weaker = after_refusal(abilities, rejected.body, rejected.complaint)
                if weaker is None:
                    raise self._errors.refused(rejected.complaint) from None
                abilities = abilities.model_copy(update=weaker.changes)
                lessons |= weaker.changes if weaker.learns else {}
            else:
                self.discovery.learn(**lessons)
                return sent
        raise ModelRefused(f"{self.model} on {self.server} turns down every way to ask: is llm.base_url a chat server?")

    def _learn_inability(self, body: Mapping[str, Any], rejected: Rejected) -> None:
        """What there is no other way to ask for: calls of tools, and likelihoods."""
        complaint = rejected.complaint
        if "tools" in body and lacks_tools(complaint) and not ("stream" in body and complaint.mentions("stream")):
            self.discovery.learn(tools=False)
            raise self._no_tools() from None
        if "logprobs" in body and lacks_logprobs(complaint):
            self.discovery.learn(logprobs=False)
            raise self._no_likelihoods() from None

    def _post(self, body: dict[str, Any]) -> Mapping[str, Any]:
        refuse_paid_call(self.server)
        with self._errors.translated(body), time_limit(self._timeout):
            reply = self._client.chat.completions.create(model=self.model, **body)
            if not isinstance(reply, ChatCompletion):
                raise ModelInvalidReply(
                    f"{self.server} sent something that is not a chat completion", str(reply)[:2000]
                )
            plain = _plain(reply)
            self._errors.raise_within(plain, body)
        return plain

    def _generation(self, body: Mapping[str, Any]) -> Generation:
        usage = usage_in(body.get("usage"))
        spent = (usage.prompt_tokens, usage.completion_tokens)
        choice = _first_choice(body)
        if not choice:
            raise ModelInvalidReply("the model server sent a reply without choices", tokens=spent)
        with self._errors.translated():
            turn: AssistantTurn = turn_in(choice.get("message"))
        if turn.closed_alone:
            self.discovery.learn(opens_silently=True)
        if turn.refusal or finish_in(choice) == "content_filter":
            raise ModelRefused(f"the model declined: {turn.refusal or 'stopped by its content filter'}", tokens=spent)
        if turn.calls:
            return Generation(turn.text, "tool_calls", usage, turn.calls, turn.extra)
        if finish_in(choice) == "length":
            return Generation(turn.text, "length", usage)
        if not turn.text.strip():
            raise ModelInvalidReply("the model sent an empty reply", tokens=spent)
        return Generation(turn.text, "stop", usage, extra=turn.extra)

    def _no_tools(self) -> ModelError:
        return ModelError(f"{self.model} on {self.server} cannot call tools: let a rule-driven plan call them")

    def _no_likelihoods(self) -> ModelError:
        return ModelError(f"{self.model} on {self.server} offers no log-probabilities: ask for JSON instead")


def _plain(reply: Any) -> Mapping[str, Any]:
    """What the server sent, as plain JSON values, whatever its types."""
    if isinstance(reply, Mapping):
        return reply
    plain = reply.to_dict(mode="python", use_api_names=True, exclude_unset=True, warnings=False)
    return plain if isinstance(plain, Mapping) else {}


def _first_choice(body: Mapping[str, Any]) -> Mapping[str, Any]:
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, Mapping) else {}


def _is_spent(generation: Generation) -> bool:
    """Whether thoughts took all the tokens and nothing came of them."""
    return generation.finish == "length" and not generation.text.strip() and not generation.tool_calls
