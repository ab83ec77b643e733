"""How a language model takes part in the loop: by tool calls, or by one step in JSON at a time where it has none.

Both ways propose the next step and, when no tool is wanted, yield the answer as it is written. Which one is used
depends on the model's profile.
"""

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from penchant.agent.chat.toolbox import ANSWER, as_json, as_lines, decision_schema
from penchant.agent.llm.model import LanguageModel, Message, ModelProfile, Prompt, ToolCall
from penchant.agent.llm.streams import Piece, Retraction, ServerFields, Stream, next_piece, text_stream
from penchant.agent.llm.structured_output import json_in
from penchant.agent.llm.written_calls import is_unread_call, text_before_calls, written_calls
from penchant.errors import ModelInvalidReply
from penchant.prompts.contexts import Ask
from penchant.prompts.fence import Trusted
from penchant.prompts.render import render
from penchant.store.receipt import Usage

CALL_TOKENS = 200
"""Tokens for one call in JSON."""
MAX_RESULT_CHARACTERS = 6_000
"""The most characters of a tool's result that a model is shown."""
STEP = "ask"


@dataclass(frozen=True)
class TurnContext:
    """What a model is told at the start of a turn. `history` fits into the model's window."""

    user_id: str
    language: str
    ask: Ask
    message: str
    history: Sequence[Message]
    tools: Sequence[dict[str, Any]]
    reply_tokens: int


@dataclass(frozen=True)
class Proposal:
    """The next step: calls to make, or none if the answer is due. `usage`: what it has cost so far."""

    calls: tuple[ToolCall, ...]
    usage: Usage


@dataclass(frozen=True)
class AnswerEnd:
    """How an answer ended: its usage beyond that of the proposal, and calls that followed the text."""

    usage: Usage
    calls: tuple[ToolCall, ...] = ()


class ModelDriver(Protocol):
    """One turn of a model.

    `propose` and `add_result` alternate until there are no calls; then comes `answer`, which may end with further calls.
    """

    def propose(self, *, whole: bool = False) -> Proposal:
        """Return the next step. Raises `ModelError`.

        `whole`: wait for the end of the model's turn, so that no call in it is missed.
        """
        ...

    def add_result(self, call: ToolCall, result: Mapping[str, Any]) -> None:
        """Pass the result of a call to the model."""
        ...

    def answer(self) -> Generator[str | Retraction, None, AnswerEnd]:
        """Yield pieces of the answer and return how it ended. After a `Retraction` it begins again. Raises `ModelError`."""
        ...


def driver_for(model: LanguageModel | None) -> "Callable[[LanguageModel, TurnContext], ModelDriver] | None":
    """Return how this model can take part; None where rules have to plan."""
    if model is None:
        return None
    profile: ModelProfile = model.profile
    if profile.tier != "name":
        return None
    if profile.structured == "grammar":
        return SchemaDriver
    return ToolCallDriver if profile.tools else None


@dataclass
class ToolCallDriver:
    """Uses the server's own tool calling.

    A turn is read as it arrives. As soon as it has text for the reader, `propose` returns, and `answer` yields the
    rest.
    """

    model: LanguageModel
    context: TurnContext
    messages: list[Message] = field(default_factory=list)
    _turn: Stream | None = None
    _text: str = ""
    _tool_calls: list[ToolCall] = field(default_factory=list)
    _extra: dict[str, Any] = field(default_factory=dict)

    def propose(self, *, whole: bool = False) -> Proposal:
        self._turn, self._text, self._tool_calls, self._extra = self._next_turn(), "", [], {}
        while not isinstance(piece := next_piece(self._turn), Usage):
            self._add_piece(piece)
            if not whole and text_before_calls(self._text):
                return Proposal((), Usage())
        self._turn = None
        return Proposal(self._calls(), piece)

    def add_result(self, call: ToolCall, result: Mapping[str, Any]) -> None:
        self.messages.append(Message("tool", as_json(result)[:MAX_RESULT_CHARACTERS], tool_call_id=call.id))

    def answer(self) -> Generator[str | Retraction, None, AnswerEnd]:
        sent, usage = 0, Usage()
        while self._turn is not None:
            ready = text_before_calls(self._text)
            if ready[sent:]:
                yield ready[sent:]
                sent = len(ready)
            piece = next_piece(self._turn)
            if isinstance(piece, Usage):
                self._turn, usage = None, piece
                continue
            self._add_piece(piece)
            if isinstance(piece, Retraction):
                yield piece
                sent = 0
        if calls := self._calls():
            return AnswerEnd(usage, calls)
        rest = text_before_calls(self._text, ended=True)[sent:]
        if rest:
            yield rest
        return AnswerEnd(usage)

    def _add_piece(self, piece: Piece) -> None:
        if isinstance(piece, str):
            self._text += piece
        elif isinstance(piece, ToolCall):
            self._tool_calls.append(piece)
        elif isinstance(piece, ServerFields):
            self._extra |= piece.fields
        else:
            self._text = ""

    def _next_turn(self) -> Stream:
        context = self.context
        messages = [*self._opening(), *self.messages]
        return text_stream(
            self.model,
            messages,
            tools=context.tools,
            max_tokens=context.reply_tokens,
            step=STEP,
            user_id=context.user_id,
        )

    def _calls(self) -> tuple[ToolCall, ...]:
        """Return the calls of the turn that has ended, and add them to the messages."""
        calls = tuple(self._tool_calls) or self._written()
        if not calls and is_unread_call(self._text):
            raise ModelInvalidReply("the model wrote down a call that cannot be read", self._text)
        if calls:
            self.messages.append(Message("assistant", self._text if self._tool_calls else "", calls, extra=self._extra))
        return calls

    def _written(self) -> tuple[ToolCall, ...]:
        names = {tool["function"]["name"] for tool in self.context.tools}
        found = enumerate(written_calls(self._text, names))
        return tuple(ToolCall(f"call_{len(self.messages)}_{at}", name, arguments) for at, (name, arguments) in found)

    def _opening(self) -> list[Message]:
        context = self.context
        prompt = render("ask", context.language, context.ask, user_id=context.user_id)
        return [
            Message("system", f"{prompt.system}\n\n{prompt.user}"),
            *context.history,
            Message("user", context.message),
        ]


@dataclass
class SchemaDriver:
    """One step at a time in JSON, which a grammar limits to valid calls; then the answer as free text, streamed."""

    model: LanguageModel
    context: TurnContext
    done: list[tuple[Trusted, Trusted]] = field(default_factory=list)

    def propose(self, *, whole: bool = False) -> Proposal:
        context = self.context
        generation = self.model.generate(self._prompt(), schema=decision_schema(context.tools), max_tokens=CALL_TOKENS)
        step = json_in(generation.text)
        if not isinstance(step, dict) or "tool" not in step:
            late = generation.finish == "length"
            why = (
                "was cut off (llm.total_timeout_seconds gives it more time)"
                if late
                else "is no JSON object with a tool"
            )
            raise ModelInvalidReply(f"the model's next step {why}", generation.text)
        if step["tool"] == ANSWER:
            return Proposal((), generation.usage)
        call = ToolCall(
            f"call_{len(self.done)}", str(step["tool"]), json.dumps(step.get("arguments") or {}, ensure_ascii=False)
        )
        # Small models may repeat a call endlessly: a repeated call means that the model has what it needs.
        again = any(earlier == _call_text(call) for earlier, _ in self.done)
        return Proposal(() if again else (call,), generation.usage)

    def add_result(self, call: ToolCall, result: Mapping[str, Any]) -> None:
        self.done.append((_call_text(call), Trusted(as_json(_without_reasons(result))[:MAX_RESULT_CHARACTERS])))

    def answer(self) -> Generator[str | Retraction, None, AnswerEnd]:
        context = self.context
        messages = self._prompt(answering=True).messages()
        turn = text_stream(self.model, messages, max_tokens=context.reply_tokens, step=STEP, user_id=context.user_id)
        while not isinstance(piece := next_piece(turn), Usage):
            if isinstance(piece, str | Retraction):
                yield piece
        return AnswerEnd(piece)

    def _prompt(self, *, answering: bool = False) -> Prompt:
        context = self.context
        ask = Ask(
            now=context.ask.now,
            profile=context.ask.profile,
            tools=as_lines(context.tools),
            history=tuple((Trusted(turn.role), Trusted(turn.content)) for turn in context.history),
            message=Trusted(context.message),
            done=tuple(self.done),
            answering=answering,
        )
        return render("ask", context.language, ask, user_id=context.user_id)


def _call_text(call: ToolCall) -> Trusted:
    return Trusted(f"{call.name} {call.arguments}")


def _without_reasons(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a list without its reasons, which are added when the list is shown: a model in process reads slowly."""
    items = result.get("items")
    if not isinstance(items, list):
        return result
    return {**result, "items": [{name: value for name, value in item.items() if name != "why"} for item in items]}
