"""A user's conversation about their own profile: the loop from a message to an answer, with every step in the trace.

The model proposes and the turn decides: a change needs the user's own words, tools act for this user only, and limits
are enforced.
"""

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import date

from penchant.agent.chat.answers import ChatAnswer, GroundedText, Plan, Shown, Step
from penchant.agent.chat.intents import intent_of
from penchant.agent.chat.model_drivers import AnswerEnd, ModelDriver, SchemaDriver, TurnContext, driver_for
from penchant.agent.chat.references import Items
from penchant.agent.chat.rule_answers import answer_by_rule, events_answer, record_statements
from penchant.agent.chat.toolbox import Toolbox, numbered, result_text
from penchant.agent.chat.turn import History, Limits, Meter, Turn
from penchant.agent.llm.model import LanguageModel, ToolCall, count_tokens_roughly, token_counter
from penchant.agent.llm.streams import Retraction
from penchant.characters import has_han, is_japanese
from penchant.errors import ModelError, UsageError
from penchant.network.deadline import limited_steps
from penchant.prompts.contexts import Ask
from penchant.prompts.fence import Trusted
from penchant.prompts.locales import Translator
from penchant.store.receipt import Degraded, Usage

MAX_MESSAGE = 8_000
ROOM_FOR_RESULTS = 1_200
"""Tokens of a model's window that are reserved for the results of tools."""
REMEMBERED_ITEMS = 50
MAX_REPEATED_DESCRIPTIONS = 2
"""After so many calls with a description as an argument, rules answer instead of the model."""
NO_TOOL = "the model asked no tool for what only tools know: rules do"
REPEATS_DESCRIPTIONS = "the model repeats what its tools are described as: rules plan and answer"
FACTUAL = ("explain", "item", "profile")
"""Intents that only tools can answer: without a tool call, a model would have to invent the answer."""
Piece = Step | str
"""What a turn yields as it goes on: its steps, and parts of the answer's text."""


class Conversation:
    """One user's conversation, one turn at a time. Not thread-safe: a server has one per conversation.

    `about(tokens, language, question)` returns the user's profile as a text of at most so many tokens, with what
    concerns the question first (an empty question: no preference). With `model` None, rules plan and answer.
    """

    def __init__(
        self,
        user_id: str,
        toolbox: Toolbox,
        *,
        model: LanguageModel | None,
        about: Callable[[int, str, str], str],
        language: str = "en",
        today: Callable[[], date] = date.today,
        limits: Limits | None = None,
    ) -> None:
        self.user_id, self.toolbox, self.model = user_id, toolbox, model
        self.language, self.limits = language, limits or Limits()
        self._about, self._today = about, today
        self.history = History()
        self.shown = Items()
        self.wish: Mapping[str, str] = {}

    def begin_after(self, listed: Sequence[Shown]) -> None:
        """Set the items that were shown, in this order, before the conversation."""
        self.shown = self.shown.after_showing(listed, REMEMBERED_ITEMS)

    def ask(self, message: str) -> ChatAnswer:
        """Answer one message. Raises `UsageError` for one that is empty or too long."""
        turn = self.stream(message)
        while True:
            try:
                next(turn)
            except StopIteration as end:
                answer: ChatAnswer = end.value
                return answer

    def stream(self, message: str) -> Generator[Piece, None, ChatAnswer]:
        """Answer one message, yielding steps and lines of text as they come; the answer is the generator's return value.

        Raises `UsageError` like `ask`.
        """
        message = message.strip()
        if not 0 < len(message) <= MAX_MESSAGE:
            raise UsageError(f"a message has 1 to {MAX_MESSAGE} characters, not {len(message)}")
        language = (
            "zh" if has_han(message) and not is_japanese(message) else "en" if message.isascii() else self.language
        )
        meter = Meter(self.limits)
        turn = Turn(message, self.history.last, self.toolbox, meter, self.shown, self.wish, language)
        runner = _TurnRunner(self, turn)
        text = yield from limited_steps(runner.run(), self.limits.seconds)
        self._remember(message, text, runner.listed, turn)
        return ChatAnswer(
            user_id=self.user_id,
            message=message,
            text=text,
            plan=runner.plan,
            items=runner.listed,
            stopped=turn.meter.reached() if runner.stopped else None,
            model=self.model.profile.model if self.model and runner.plan == "model" else None,
            llm=turn.meter.usage,
            degraded=turn.degraded,
            trace=turn.steps,
        )

    def context_for(self, message: str, language: str, tools: list[dict[str, object]]) -> tuple[TurnContext, int]:
        """Return what the model is told, within its window, and how many older exchanges had to be left out."""
        assert self.model is not None
        count, window = token_counter(self.model), self.model.profile.context_tokens
        about = self._about(min(400, window // 10), language, message)
        ask = Ask(now=Trusted(self._today().isoformat()), profile=Trusted(about))
        fixed = count_tokens_roughly(str(tools)) + count(about) + count(message) + self.limits.reply_tokens
        history, left_out = self.history.within(window - fixed - ROOM_FOR_RESULTS, count)
        return TurnContext(self.user_id, language, ask, message, history, tools, self.limits.reply_tokens), left_out

    def _remember(self, message: str, text: str, listed: list[Shown], turn: Turn) -> None:
        self.history.add(message, text)
        self.wish = turn.wished
        shown = self.shown.after_judging(turn.judged)
        self.shown = shown.showing_again(turn.listed) if turn.listed else shown.after_showing(listed, REMEMBERED_ITEMS)


class _TurnRunner:
    """Runs the steps of one turn."""

    def __init__(self, conversation: Conversation, turn: Turn) -> None:
        self.conversation, self.turn = conversation, turn
        self.plan: Plan = "rules"
        self.listed: list[Shown] = []
        self.stopped = False

    def run(self) -> Generator[Piece, None, str]:
        model = self.conversation.model
        driver = driver_for(model)
        if model is None or driver is None:
            why = "there is no model" if model is None else f"{model.profile.model} cannot call tools"
            yield self.turn.step("rule", "plan", says=f"{why}: rules plan and answer")
            return (yield from self._by_rule())
        intent = intent_of(self.turn.message, without=["self"])
        kind = intent.kind
        if kind == "self" or (kind == "unsay" and intent.definite) or (driver is SchemaDriver and kind in FACTUAL):
            yield self.turn.step("rule", "plan", says="facts about the user are told as they are written down")
            return (yield from self._by_rule())
        if kind == "history" and events_answer(self.turn):
            yield self.turn.step("rule", "plan", says="what the user did is told as it is recorded: no tool reads it")
            return (yield from self._by_rule())
        noted = yield from self._record_statements()
        try:
            tools = list(self.conversation.toolbox.schemas())
            context, left_out = self.conversation.context_for(self.turn.message, self.turn.language, tools)
            if left_out:
                yield self.turn.step(
                    "limit", "history", says=f"{left_out} older exchanges do not fit into the model's window"
                )
            self.plan = "model"
            return noted + (yield from self._by_model(driver(model, context)))
        except ModelError as error:
            self.turn.degraded.append(Degraded(step="ask", reason=str(error)))
            yield self.turn.step("model", "failed", says=f"{error.for_models}; rules plan and answer", failed=True)
            self.plan = "rules"
            return (yield from self._by_rule())

    def _by_rule(self) -> Generator[Piece, None, str]:
        before = len(self.turn.steps)
        text = answer_by_rule(self.turn)
        yield from self.turn.steps[before:]
        self.listed = self.turn.listed or ([self.turn.again] if self.turn.again else self.turn.items)
        yield text
        return text

    def _by_model(self, driver: ModelDriver) -> Generator[Piece, None, str]:
        meter, text = self.turn.meter, ""
        while True:
            if (limit := meter.reached()) is not None:
                return text + (yield from self._stop(limit))
            if self.turn.repeated_descriptions >= MAX_REPEATED_DESCRIPTIONS:
                return text + (yield from self._by_rule_instead(REPEATS_DESCRIPTIONS))
            only_tools_know = not self.turn.called and intent_of(self.turn.message).kind in FACTUAL
            calls = self._propose(driver, whole=only_tools_know or bool(self.turn.repeated_descriptions))
            yield self.turn.steps[-1]
            if not calls and only_tools_know:
                return text + (yield from self._by_rule_instead(NO_TOOL))
            if not calls and self.turn.repeated_descriptions and not self.turn.called:
                return text + (yield from self._by_rule_instead(REPEATS_DESCRIPTIONS))
            if not calls:
                more, calls = yield from self._answer(driver)
                text += more
            if not calls:
                return text
            for call in calls:
                if meter.reached() == "calls":
                    return text + (yield from self._stop("calls"))
                result = self.turn.call(call.name, call.arguments)
                yield self.turn.steps[-1]
                driver.add_result(call, result)

    def _by_rule_instead(self, why: str) -> Generator[Piece, None, str]:
        """Answer by rules where a model that can call tools does not use them properly."""
        self.plan = "rules"
        yield self.turn.step("rule", "plan", says=why)
        return (yield from self._by_rule())

    def _propose(self, driver: ModelDriver, *, whole: bool) -> tuple[ToolCall, ...]:
        """Return the calls that the model proposes and add a step to the trace; without calls, the model answers."""
        meter = self.turn.meter
        started = time.monotonic()
        proposal = driver.propose(whole=whole)
        meter.replied(proposal.usage)
        says = f"calls {len(proposal.calls)} tools" if proposal.calls else "answers"
        self.turn.step("model", "propose", says=says, tokens=_tokens(proposal.usage), since=started)
        return proposal.calls

    def _answer(self, driver: ModelDriver) -> Generator[Piece, None, tuple[str, tuple[ToolCall, ...]]]:
        """Yield the model's answer line by line; return its text and the calls that follow it.

        Items and reasons in it are taken from tools.
        """
        proposed = self.turn.steps[-1]
        text, grounded, answered = yield from self._checked_lines(driver)
        self.turn.meter.usage += answered.usage
        proposed.tokens += _tokens(answered.usage)
        self.listed = grounded.shown
        if grounded.left_out:
            yield self.turn.step(
                "refused", "names", says=f"left out, because no tool returned it: {'; '.join(grounded.left_out)}"
            )
        if answered.calls:
            return text, answered.calls
        rest = self._missing_part(text.strip(), grounded.rewritten) + self._unjudged_note()
        if rest:
            yield rest
        return f"{text.rstrip()}\n{rest}".strip(), ()

    def _checked_lines(self, driver: ModelDriver) -> Generator[Piece, None, tuple[str, GroundedText, AnswerEnd]]:
        """Yield the lines of the model's answer as they are after the check; return them joined, the check and the end."""
        conversation = self.conversation
        profile = conversation._about(10_000, self.turn.language, "")
        spoken_of = f"{self.turn.message}\n{profile}\n{self.turn.called}\n{conversation.history.last}"
        text, grounded = "", GroundedText(list(self.turn.known.known), spoken_of)
        lines = _lines(driver.answer())
        while True:
            try:
                line = next(lines)
            except StopIteration as end:
                return text, grounded, end.value
            if isinstance(line, Retraction):
                text, grounded = "", GroundedText(list(self.turn.known.known), spoken_of)
                yield self.turn.step(
                    "model", "thoughts", says="what was written so far were thoughts: the answer begins"
                )
                continue
            for piece in grounded.line(line):
                text += piece + "\n"
                yield piece + "\n"

    def _missing_part(self, text: str, has_list: bool) -> str:
        """Return what the answer lacks: the list that was requested but not shown, or any text at all."""
        if not has_list and (items := self.turn.items):
            of_turn = {item.item_id for item in items}
            self.listed = [item for item in self.listed if item.item_id in of_turn] or items
            return numbered(self.listed)
        if text:
            return ""
        answers = [result_text(call.name, call.arguments, call.result, self.turn.say) for call in self.turn.called]
        answers += [self.turn.say("not_asked", reason=reason) for reason in self.turn.refused]
        return "\n".join(answers) or self.turn.say("nothing")

    def _unjudged_note(self) -> str:
        unjudged = [call.arguments.get("avoid") for call in self.turn.called if call.result.get("not_judged")]
        return "".join(f"\n{self.turn.say('not_judged', avoid=avoid)}" for avoid in unjudged)

    def _record_statements(self) -> Generator[Piece, None, str]:
        """Record what the user says about items and their taste; yield and return the confirmation.

        Rules read it from the message, before anything is recommended.
        """
        intent = intent_of(self.turn.message, self.turn.shown, without=["self"])
        before = len(self.turn.steps)
        text = "".join(f"{line}\n" for line in record_statements(self.turn, intent))
        yield from self.turn.steps[before:]
        if text:
            yield text
        return text

    def _stop(self, limit: str) -> Generator[Piece, None, str]:
        """End the turn because a limit is reached; the answer is what tools have returned so far."""
        self.stopped = True
        yield self.turn.step("limit", limit, says=Translator("en", "chat")(limit) + " is reached")
        self.listed = self.turn.items
        list_text = numbered(self.listed)
        text = self.turn.say("stopped", limit=self.turn.say(limit)) + (f"\n{list_text}" if list_text else "")
        yield text
        return text


def _tokens(usage: Usage) -> int:
    return usage.prompt_tokens + usage.completion_tokens


def _lines(pieces: Generator[str | Retraction, None, AnswerEnd]) -> Generator[str | Retraction, None, AnswerEnd]:
    """Yield whole lines assembled from `pieces`, and return the value of `pieces` at the end."""
    rest = ""
    while True:
        try:
            piece = next(pieces)
            if isinstance(piece, Retraction):
                rest = ""
                yield piece
                continue
            rest += piece
        except StopIteration as end:
            if rest:
                yield rest
            answered: AnswerEnd = end.value
            return answered
        *lines, rest = rest.split("\n")
        yield from lines
