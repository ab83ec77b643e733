"""The state of one turn: earlier turns, tool calls with their results or why they were refused, and limits."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from penchant.agent.chat.answers import Shown, Step, StepKind, Stopped, description_repeated
from penchant.agent.chat.change_checks import reason_to_refuse
from penchant.agent.chat.intents import with_exclusions
from penchant.agent.chat.references import Items
from penchant.agent.chat.toolbox import PastEvent, Toolbox, as_json, items_in, known_name
from penchant.agent.llm.written_calls import arguments_in
from penchant.errors import UsageError
from penchant.prompts.fence import neutralise
from penchant.prompts.locales import Translator
from penchant.prompts.prompt import Message
from penchant.store.receipt import Degraded, Usage

OVERHEAD = 8
"""Tokens that a template adds around a turn."""


@dataclass
class History:
    """Complete exchanges, oldest first: the user's message and the answer.

    Tool calls are not stored, since the answer has their results.
    """

    exchanges: list[tuple[str, str]] = field(default_factory=list)

    def add(self, message: str, answer: str) -> None:
        self.exchanges.append((message, answer))

    @property
    def last(self) -> str:
        """The previous message and answer, or an empty string."""
        return "\n".join(self.exchanges[-1]) if self.exchanges else ""

    def within(self, budget: int, count: Callable[[str], int]) -> tuple[list[Message], int]:
        """Return the newest exchanges that fit into `budget` tokens, oldest first, and how many older ones are left out."""
        messages: list[Message] = []
        for number, (message, answer) in enumerate(reversed(self.exchanges)):
            budget -= count(message) + count(answer) + 2 * OVERHEAD
            if budget < 0:
                return messages, len(self.exchanges) - number
            messages = [Message("user", message), Message("assistant", answer), *messages]
        return messages, 0


@dataclass(frozen=True)
class Limits:
    """The limits of one turn: model replies, tool calls, tokens read and written, seconds in total, tokens of one reply."""

    steps: int = 8
    calls: int = 16
    tokens: int = 60_000
    seconds: float = 300.0
    reply_tokens: int = 500


@dataclass
class Meter:
    """What a turn has cost so far."""

    limits: Limits
    steps: int = 0
    calls: int = 0
    usage: Usage = field(default_factory=Usage)

    def __post_init__(self) -> None:
        self.started = time.monotonic()

    def replied(self, usage: Usage) -> None:
        """Count one reply of the model."""
        self.steps += 1
        self.usage += usage

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.limits.seconds - (time.monotonic() - self.started))

    def reached(self) -> Stopped | None:
        """Return the first limit that is reached, or None."""
        spent = self.usage.prompt_tokens + self.usage.completion_tokens
        checks: tuple[tuple[Stopped, bool], ...] = (
            ("calls", self.calls >= self.limits.calls),
            ("steps", self.steps >= self.limits.steps),
            ("tokens", spent >= self.limits.tokens),
            ("time", self.seconds_left <= 0),
        )
        return next((name for name, over in checks if over), None)


LISTING, WISH = ("recommend_items", "search_items"), ("query", "avoid")
"""The tools that list items, and their arguments that say what is wished for."""
MAX_RESULT_TEXT = 300
MAX_STRING = 400


@dataclass(frozen=True)
class CompletedCall:
    """A tool call that was made, with its result."""

    name: str
    arguments: Mapping[str, Any]
    result: Mapping[str, Any]
    failed: bool


@dataclass
class Turn:
    """The state of one turn. A call with the same arguments is made only once.

    `before`: the previous message and answer; `shown`: the items of the conversation before this turn; `wish`: the
    arguments of the conversation's last list (`query`, `avoid`); `language`: of the answer, and so of tools' results;
    `listed`: what is left of the last list, where the answer shows it again; `again`: an item that the answer shows
    again, alone.
    """

    message: str
    before: str
    toolbox: Toolbox
    meter: Meter
    shown: Items = field(default_factory=Items)
    wish: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    called: list[CompletedCall] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    degraded: list[Degraded] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    repeated_descriptions: int = 0
    listed: list[Shown] = field(default_factory=list)
    again: Shown | None = None

    @property
    def say(self) -> Translator:
        """The phrases of the chat in the language of the answer."""
        return Translator(self.language, "chat")

    @property
    def items(self) -> list[Shown]:
        """Every item that a tool returned in this turn, with the reason from the newest result."""
        found = [item for call in self.called if not call.failed for item in items_in(call.result)]
        return list({item.item_id: item for item in found}.values())

    def listed_again(self) -> list[Shown]:
        """Return the items of the last list for another look, which makes them this turn's list."""
        self.listed = [item for item in self.shown.latest if item.item_id not in self.shown.disliked]
        return self.listed

    @property
    def judged(self) -> Mapping[str, bool]:
        """Whether the user disliked an item, by its id, for each that this turn has given feedback on."""
        given = [each.arguments for each in self.called if each.name == "give_feedback" and not each.failed]
        return {str(each["item_id"]): each["outcome"] == "disliked" for each in given}

    @property
    def wished(self) -> Mapping[str, str]:
        """The arguments of this turn's last list (`query`, `avoid`), or else those of the conversation's last list."""
        listed = [each for each in self.called if each.name in LISTING and not each.failed]
        asked = [
            each.arguments for each in listed if each.arguments.get("k") != 1
        ]  # a list of one is a look-up for the answer
        return {name: str(asked[-1][name]) for name in WISH if asked[-1].get(name)} if asked else self.wish

    @property
    def known(self) -> Items:
        """Items that the user may mean: those of the conversation, and those that tools have returned in this turn."""
        return replace(self.shown, known=[*self.items, *self.shown.known])

    def call(self, name: str, arguments: str | Mapping[str, Any]) -> Mapping[str, Any]:
        """Make the call or refuse it, add it to the trace, and return the result for the model to read."""
        started = time.monotonic()
        self.meter.calls += 1
        name = known_name(name, self.toolbox.schemas())
        try:
            taken = arguments if isinstance(arguments, Mapping) else arguments_in(arguments)
        except UsageError as error:
            return self._refuse(name, {"arguments": str(arguments)[:MAX_RESULT_TEXT]}, str(error))
        taken = self.toolbox.declared(name, taken)
        if reason := description_repeated(name, taken, self.toolbox.schemas, self.message):
            self.repeated_descriptions += 1
            return self._refuse(name, taken, reason)
        if name == "recommend_items":
            taken = with_exclusions(taken, self.message)
        for earlier in self.called:
            if (earlier.name, _identifying_arguments(earlier.arguments)) == (name, _identifying_arguments(taken)):
                again = {"note": "this was called before with the same arguments, and said:", **earlier.result}
                self.step("tool", name, taken, "called before: the earlier answer was given again")
                return again
        if self.toolbox.changes(name) and (
            reason := reason_to_refuse(name, taken, self.message, self.before, self.known)
        ):
            return self._refuse(name, taken, reason)
        answer = self.toolbox.call(name, self._in_language(name, taken))
        result: Mapping[str, Any] = _clean(answer.result)
        self.called.append(CompletedCall(name, taken, result, answer.failed))
        self.step("tool", name, taken, as_json(result), failed=answer.failed, since=started)
        return result

    def _in_language(self, name: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the arguments with the language of the answer, if the tool takes one and none is given."""
        takes = any(
            tool["function"]["name"] == name and "lang" in tool["function"]["parameters"]["properties"]
            for tool in self.toolbox.schemas()
        )
        return {"lang": self.language, **arguments} if takes else arguments

    def statements(self) -> Sequence[Mapping[str, Any]]:
        """Return the user's statements that are in force."""
        found: Sequence[Mapping[str, Any]] = _clean(self.toolbox.statements())
        self.step("tool", "statements", says=f"{len(found)} hold")
        return found

    def past_events(self) -> Sequence[PastEvent]:
        """Return what the user did with items, newest first."""
        found = self.toolbox.past_events(self.language)
        self.step("tool", "past_events", says=f"{len(found)} are recorded")
        return [event._replace(title=_clean(event.title), categories=_clean(event.categories)) for event in found]

    def confirms(self, question: str) -> bool:
        """Ask the user before something is removed; the answer is in the trace."""
        agrees = self.toolbox.confirms(question)
        self.step("tool" if agrees else "refused", "confirm", says=question, failed=not agrees)
        return agrees

    def forget(self, statement_id: str) -> None:
        """Remove a statement that the message asks to forget."""
        answer = self.toolbox.remove_statement(statement_id)
        self.step(
            "tool", "remove_statement", {"statement_id": statement_id}, as_json(answer.result), failed=answer.failed
        )

    def step(
        self,
        kind: StepKind,
        name: str,
        arguments: Mapping[str, Any] | None = None,
        says: str = "",
        *,
        failed: bool = False,
        tokens: int = 0,
        since: float | None = None,
    ) -> Step:
        """Add a step to the trace."""
        seconds = 0.0 if since is None else round(time.monotonic() - since, 3)
        step = Step(
            number=len(self.steps) + 1,
            kind=kind,
            name=name,
            arguments=dict(arguments or {}),
            says=" ".join(says.split())[:MAX_RESULT_TEXT],
            failed=failed,
            tokens=tokens,
            seconds=seconds,
        )
        self.steps.append(step)
        return step

    def _refuse(self, name: str, arguments: Mapping[str, Any], reason: str) -> Mapping[str, Any]:
        self.refused.append(reason)
        self.step("refused", name, arguments, reason, failed=True)
        return {"error": "refused", "detail": f"{reason}; nothing was done"}


def _identifying_arguments(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the arguments that make a call different from others: feedback on an item is the same for any list."""
    return {name: value for name, value in arguments.items() if name != "recommendation_id"}


def _clean(value: Any, key: str = "") -> Any:
    """Return a result without text from others that could pass for an instruction or a turn; ids stay unchanged."""
    if isinstance(value, Mapping):
        return {name: _clean(part, name) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part, key) for part in value]
    return neutralise(value, MAX_STRING) if isinstance(value, str) and not key.endswith("_id") else value
