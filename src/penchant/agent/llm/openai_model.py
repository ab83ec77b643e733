"""A model behind any server with OpenAI's chat completions: hosted, or llama.cpp, vLLM, Ollama … on the own network."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any, TypeVar, Unpack

import httpx
from openai.types.chat import ChatCompletion

from penchant.agent.llm.abilities import Abilities, Discovery, Memory
from penchant.agent.llm.assistant_turn import (
    AssistantTurn,
    StreamedTurn,
    finish_reason,
    first_choice,
    first_token_alternatives,
    parse_turn,
    parse_usage,
)
from penchant.agent.llm.chat_request import (
    response_format,
    schema_was_ignored,
    stream_fields,
    whole_fields,
    wire_messages,
    within_limit,
)
from penchant.agent.llm.completions import as_plain, collected, document_in
from penchant.agent.llm.gguf import (
    billions_of,
    context_tokens_of,
    groups_per_call,
    sure_of_topics,
    tier_of,
)
from penchant.agent.llm.model import (
    MOST_OPTIONS,
    TURN_TOKENS,
    Choice,
    Generation,
    Message,
    ModelProfile,
    Prompt,
    Tier,
    TurnOptions,
    count_reported,
    option_log_probabilities,
    with_letters,
)
from penchant.agent.llm.server_errors import Rejected, ServerErrors, fallback_after, lacks_logprobs, lacks_tools
from penchant.agent.llm.server_events import EventClient
from penchant.agent.llm.streams import Piece, Stream, pieces_of
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelTruncated
from penchant.network.deadline import WaitBudget, time_limit
from penchant.network.http_client import MAX_BYTES, address_and_login, bounded_client
from penchant.paid_calls import refuse_paid_call
from penchant.secrets import register_secrets
from penchant.store.receipt import Usage

Sent = TypeVar("Sent")
OFFICIAL = "https://api.openai.com/v1"
THOUGHT_TOKENS = 4096
"""The least number of tokens for thoughts, beside those for the answer, of a model that was seen to need them."""
_ANNOUNCING = ("gpt-", "chatgpt", "claude", "gemini")
"""Prefixes of the names of models that always mark the beginning of their thoughts."""
_CHARACTERS_PER_TOKEN, _ANY_CHARACTERS, _MOST_CHANGES = 24, 100_000, 8


class OpenAiModel:
    """One model on one server. Thread-safe.

    Each call is one HTTP request, or several the first time a server refuses something. `timeout_seconds` bounds each
    request as a whole, however slowly the answer arrives. Retries are not made here (see `ResilientModel`). Whatever
    the server sends, only `ModelError` is raised.

    Some models begin with a thought that has a closing mark but no opening one. Until an answer of this model has
    shown whether it does, a streamed answer is yielded as a whole.
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
    ) -> None:
        register_secrets([api_key] if api_key else [])
        self.model = model
        self.server, login = address_and_login(base_url or OFFICIAL)
        self.discovery = Discovery(self.server, model, memory)
        self._timeout = timeout_seconds
        self._tier = tier
        self._errors = ServerErrors(self.server, model, timeout_seconds)
        http = bounded_client(timeout_seconds)
        if login:
            http.auth = httpx.BasicAuth(*login)
        self._client = EventClient(
            api_key=api_key or "none",
            base_url=self.server,
            timeout=timeout_seconds,
            max_retries=0,
            http_client=http,
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

        generation = self._generate_with_room(request, max_tokens)
        abilities = self.discovery.abilities
        if (
            schema
            and abilities.structured != "none"
            and generation.finish == "stop"
            and schema_was_ignored(schema, generation.text)
        ):
            self.discovery.learn(structured=abilities.one_step_down())
        return generation

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """Weigh at most 20 options; all but single characters are shown behind letters. Raises `ModelError`."""
        if not 0 < len(options) <= MOST_OPTIONS:
            raise ModelError(f"{len(options)} options: a server can weigh 1 to {MOST_OPTIONS} at once; ask in parts")
        asked, letters = with_letters(prompt, options)

        def request(abilities: Abilities) -> dict[str, Any]:
            if not abilities.logprobs:
                raise self._no_likelihoods()
            shown = {"logprobs": True, "top_logprobs": abilities.alternatives}
            return {"messages": wire_messages(asked.messages(), abilities), abilities.limit_field: 1, **shown}

        body = self._request(request, self._post)
        pairs = first_token_alternatives(first_choice(body))
        if not pairs:
            self.discovery.learn(logprobs=False)
            raise self._no_likelihoods()
        return Choice(
            option_log_probabilities(sorted(pairs), letters),
            parse_usage(body.get("usage")),
            count_reported(pairs, letters),
        )

    def chat(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Generation:
        room = options.get("max_tokens", TURN_TOKENS)
        generation = self._generate_with_room(self._turn(messages, options.get("tools", ())), room)
        self._learn_no_silent_opening(generation.text, generation.finish)
        return generation

    def stream(self, messages: Sequence[Message], **options: Unpack[TurnOptions]) -> Stream:
        """Yield pieces of the next turn, and return the usage.

        `timeout_seconds` bounds the total time spent waiting for the server, without the reader's pauses. A turn that
        is cut off within its thoughts is requested once more with more tokens.
        """
        request, waiting = self._turn(messages, options.get("tools", ())), WaitBudget(self._timeout)
        max_tokens = options.get("max_tokens", TURN_TOKENS)
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

    def _streamed(self, request: Callable[[Abilities, int], dict[str, Any]], room: int, waiting: WaitBudget) -> Stream:
        opens_silently = self._may_open_silently()
        turn = StreamedTurn(_ANY_CHARACTERS + _CHARACTERS_PER_TOKEN * room, opens_silently=opens_silently)
        with waiting.spend():
            chunks = self._request(lambda abilities: request(abilities, room) | stream_fields(abilities), self._open)
        if isinstance(chunks, Mapping):
            whole = self._generation(chunks)
            self._learn_no_silent_opening(whole.text, whole.finish)
            yield from pieces_of(whole)
            return whole.usage
        with closing(chunks):
            while True:
                try:
                    with self._errors.translated(), waiting.spend():
                        chunk = next(chunks, None)
                        pieces: list[Piece] = [] if chunk is None else list(turn.pieces_of(self._checked(chunk)))
                except Rejected as rejected:
                    chunk, pieces = None, list(turn.pieces_of(rejected.completion))
                yield from pieces
                if chunk is None:
                    break
        if turn.thoughts.closed_unopened:
            self.discovery.learn(opens_silently=True)
        yield from turn.rest()
        self._learn_no_silent_opening("shown" if turn.shown else "", turn.finish)
        return turn.usage

    def _may_open_silently(self) -> bool:
        seen = self.discovery.abilities.opens_silently
        return seen if seen is not None else not self.model.rsplit("/", 1)[-1].lower().startswith(_ANNOUNCING)

    def _learn_no_silent_opening(self, answer: str, finish: str) -> None:
        """Learn from a complete answer without a lone closing mark that the next ones can be yielded as they arrive."""
        if answer.strip() and finish != "length" and self.discovery.abilities.opens_silently is None:
            self.discovery.learn(opens_silently=False)

    def _generate_with_room(self, request: Callable[[Abilities, int], dict[str, Any]], max_tokens: int) -> Generation:
        """Generate, and once more with more tokens if thoughts took all; after that, raise `ModelTruncated`."""
        room = self._room(max_tokens)
        first = self._generation(
            self._request(lambda abilities: request(abilities, room) | whole_fields(abilities), self._post)
        )
        if not first.is_all_thought:
            return first
        spent, most = first, self._most_room(max_tokens)
        if room < most:
            self.discovery.learn(thinks=True)
            try:
                again = self._generation(
                    self._request(lambda abilities: request(abilities, most) | whole_fields(abilities), self._post)
                )
            except ModelRefused:  # the model does not support so many tokens
                self.discovery.learn(thinks=False)
            else:
                spent = Generation(again.text, again.finish, first.usage + again.usage, again.tool_calls, again.extra)
                if not again.is_all_thought:
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
        """Return a function that builds the request for the next turn of a conversation."""

        def request(abilities: Abilities, room: int) -> dict[str, Any]:
            if tools and not abilities.tools:
                raise self._no_tools()
            body: dict[str, Any] = {"messages": wire_messages(messages, abilities), abilities.limit_field: room}
            return body | ({"tools": list(tools)} if tools else {})

        return request

    def _open(self, body: dict[str, Any]) -> Any:
        """Return the chunks of a stream; closing it hangs up, so that the server can stop writing.

        Where the server does not stream this request, the whole completion is returned.
        """
        if "stream" not in body:
            return self._post(body)
        refuse_paid_call(self.server)
        with self._errors.translated(body):
            stream = self._client.chat.completions.create(model=self.model, **body)
            return self._unstreamed(stream) or stream

    def _unstreamed(self, stream: Any) -> Any:
        """Return what came as one document instead of a stream (a completion or chunks); None for a stream."""
        response = getattr(stream, "response", None)
        if response is None or response.headers.get("content-type", "").startswith("text/event-stream"):
            return None
        with time_limit(self._timeout):
            return self._document(response.read())

    def _document(self, body: bytes) -> Any:
        """Return the completion or the chunks in a body of any kind. Raises `ModelError`."""
        document = document_in(body, self.server)
        if isinstance(document, Mapping):
            self._errors.raise_error_in(document)
        return document

    def _request(self, request: Callable[[Abilities], dict[str, Any]], send: Callable[[dict[str, Any]], Sent]) -> Sent:
        """Send a request; after each 400, change it in the way that the complaint suggests, and remember what worked."""
        abilities, lessons = self.discovery.abilities, dict[str, Any]()
        for _ in range(_MOST_CHANGES):
            body = within_limit(request(abilities), abilities)
            try:
                sent = send(body | ({"temperature": 0.0} if abilities.temperature else {}))
            except Rejected as rejected:
                written: Sent = rejected.completion
                if written:
                    return written
                self._learn_inability(body, rejected)
                weaker = fallback_after(abilities, rejected.body, rejected.complaint)
                if weaker is None:
                    raise self._errors.refused(rejected.complaint) from None
                abilities = abilities.model_copy(update=weaker.changes)
                lessons |= weaker.changes if weaker.learns else {}
            else:
                self.discovery.learn(**lessons)
                return sent
        raise ModelRefused(f"{self.model} on {self.server} turns down every way to ask: is llm.base_url a chat server?")

    def _learn_inability(self, body: Mapping[str, Any], rejected: Rejected) -> None:
        """Remember and raise that the server supports no tool calls or no log-probabilities."""
        complaint = rejected.complaint
        if "tools" in body and lacks_tools(complaint) and not ("stream" in body and complaint.mentions("stream")):
            self.discovery.learn(tools=False)
            raise self._no_tools() from None
        if "logprobs" in body and lacks_logprobs(complaint):
            self.discovery.learn(logprobs=False)
            raise self._no_likelihoods() from None

    def _post(self, body: dict[str, Any]) -> Mapping[str, Any]:
        if "stream" in body:
            return self._whole(self._open(body))
        refuse_paid_call(self.server)
        with self._errors.translated(body), time_limit(self._timeout):
            reply = self._client.chat.completions.create(model=self.model, **body)
            if not isinstance(reply, ChatCompletion):
                return self._whole(self._document(str(reply).encode(errors="replace")))
            plain = as_plain(reply)
            self._errors.raise_error_in(plain, body)
        return plain

    def _whole(self, sent: Any) -> Mapping[str, Any]:
        """Return a completion as it is, and the chunks of a stream as one completion."""
        if isinstance(sent, Mapping):
            return sent
        with closing(sent), self._errors.translated(), time_limit(self._timeout):
            return collected(map(self._checked, sent), StreamedTurn(MAX_BYTES))

    def _checked(self, chunk: Any) -> Mapping[str, Any]:
        plain = as_plain(chunk)
        self._errors.raise_error_in(plain)
        return plain

    def _generation(self, body: Mapping[str, Any]) -> Generation:
        usage = parse_usage(body.get("usage"))
        spent = (usage.prompt_tokens, usage.completion_tokens)
        choice = first_choice(body)
        if not choice:
            raise ModelInvalidReply("the model server sent a reply without choices", tokens=spent)
        with self._errors.translated():
            turn: AssistantTurn = parse_turn(choice.get("message"))
        if turn.closed_unopened:
            self.discovery.learn(opens_silently=True)
        if turn.refusal or finish_reason(choice) == "content_filter":
            raise ModelRefused(f"the model declined: {turn.refusal or 'stopped by its content filter'}", tokens=spent)
        if turn.calls:
            return Generation(turn.text, "tool_calls", usage, turn.calls, turn.extra)
        if finish_reason(choice) == "length":
            return Generation(turn.text, "length", usage)
        if not turn.text.strip():
            raise ModelInvalidReply("the model sent an empty reply", tokens=spent)
        return Generation(turn.text, "stop", usage, extra=turn.extra)

    def _no_tools(self) -> ModelError:
        return ModelError(f"{self.model} on {self.server} cannot call tools: let a rule-driven plan call them")

    def _no_likelihoods(self) -> ModelError:
        return ModelError(f"{self.model} on {self.server} offers no log-probabilities: ask for JSON instead")
