"""Lets a language model confirm or reject the statements that rules found in messages, and add those they missed.

A capable model reads a batch of one user's messages per call. What it adds must be in the message, word for word, in
the user's own sentences. Where a model or its server fails, the statements found by rules stay. A small model is not
asked: for the doubtful sentences of `benchmarks/statement_gold`, the embedded one told statements from others worse
than chance, at a third of a second each.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from penchant.agent.llm.model import LanguageModel, Prompt, token_counter
from penchant.agent.llm.structured_output import complete
from penchant.agent.statements.candidates import may_state
from penchant.agent.statements.detection import Detection
from penchant.agent.statements.own_words import own_sentences
from penchant.agent.statements.sentences import Sentence
from penchant.agent.statements.whole_subjects import NEGATIVE_KINDS
from penchant.agent.statements.wordings import Polarity
from penchant.prompts.contexts import HeardMessage, HearStatements
from penchant.prompts.fence import MAX_TEXT, Trusted
from penchant.prompts.remarks import remark
from penchant.prompts.render import render
from penchant.prompts.replies import FoundStatement, HeardStatements, MissedStatement, hear_statements_reply
from penchant.store.receipt import Degraded, Usage

STEP = "hear_statements"
#: Messages per call, and tokens that one user's messages may take together in an update.
MESSAGES_PER_CALL, MAX_TOKENS = 12, 60_000
REPLY_TOKENS, ANY_REPLY = 90, 60
#: The confidence of statements found only by a model.
MODEL_CONFIDENCE = 0.8


@dataclass(frozen=True)
class StatementReading:
    """The result of a reading: `detections` by message, in order, with the usage and what could not be done."""

    detections: tuple[tuple[Detection, ...], ...]
    usage: Usage = field(default_factory=Usage)
    degraded: tuple[Degraded, ...] = ()


@dataclass(frozen=True)
class _Message:
    at: int
    text: str
    sentences: tuple[Sentence, ...]
    found: tuple[Detection, ...]


class StatementReader:
    """Asks `model` about users' statements. `topics`: called at each reading; id and label of the topics it may name."""

    def __init__(
        self,
        model: LanguageModel,
        topics: Callable[[], Mapping[str, str]],
        *,
        language: str = "en",
        max_in_flight: int = 4,
        prompts: Path | None = None,
    ) -> None:
        self.model, self.topics, self.language = model, topics, language
        self.max_in_flight, self.prompts = max_in_flight, prompts
        self.count = token_counter(model)

    @property
    def names(self) -> bool:
        """Whether the model can read several messages at once and answer in words."""
        return self.model.profile.tier == "name" and self.model.profile.groups_per_call > 1

    def read(self, user_id: str, messages: Sequence[str], found: Sequence[Sequence[Detection]]) -> StatementReading:
        """Return the confirmed ones of `found` (by message) and those added. Never raises for failures of the model."""
        detections = [tuple(of_message) for of_message in found]
        if not self.names:
            return StatementReading(tuple(detections))
        asked = [
            _Message(at, text, tuple(own_sentences(text)), detections[at])
            for at, text in enumerate(messages)
            if detections[at] or may_state(text)
        ]
        topics = self.topics()
        batches, left_out = self._affordable(user_id, asked, topics)
        usage, degraded = Usage(), list[Degraded]()
        with ThreadPoolExecutor(self.max_in_flight, "penchant-hear") as pool:
            replies = pool.map(lambda batch: self._ask(user_id, batch, topics), batches)
            for batch, (reply, cost, notes) in zip(batches, replies, strict=True):
                usage += cost
                degraded += notes
                for message, after in zip(batch, _merged(batch, reply, list(topics)), strict=True):
                    detections[message.at] = after
        if left_out:
            name = "read_by_rule_one" if left_out == 1 else "read_by_rule"
            reason = remark(name, count=left_out, tokens=MAX_TOKENS)
            degraded.append(Degraded(step=STEP, reason=reason))
        return StatementReading(tuple(detections), usage, tuple(degraded))

    def _affordable(
        self, user_id: str, asked: Sequence[_Message], topics: Mapping[str, str]
    ) -> tuple[list[Sequence[_Message]], int]:
        """Return batches within the token budget, preferring the newest messages, and how many messages are left out."""
        size = min(MESSAGES_PER_CALL, self.model.profile.groups_per_call, self.model.profile.context_tokens // 400)
        parts = [asked[at : at + max(1, size)] for at in range(0, len(asked), max(1, size))]
        budget, affordable = MAX_TOKENS, []
        for batch in reversed(parts):
            prompt = self._prompt(user_id, batch, topics)
            budget -= self.count(prompt.system) + self.count(prompt.user) + _reply_tokens(batch)
            if budget < 0:
                break
            affordable.append(batch)
        return affordable[::-1], len(asked) - sum(map(len, affordable))

    def _prompt(self, user_id: str, batch: Sequence[_Message], topics: Mapping[str, str]) -> Prompt:
        numbers = iter(range(1, 1 + sum(len(message.found) for message in batch)))
        lines = tuple(
            HeardMessage(
                " ".join(sentence.text for sentence in message.sentences)[:MAX_TEXT] or message.text[:MAX_TEXT],
                tuple((next(numbers), Trusted(entry.kind), entry.subject) for entry in message.found),
            )
            for message in batch
        )
        context = HearStatements(lines, tuple(map(Trusted, topics.values())))
        return render(STEP, self.language, context, user_id=user_id, folder=self.prompts)

    def _ask(
        self, user_id: str, batch: Sequence[_Message], topics: Mapping[str, str]
    ) -> tuple[HeardStatements | None, Usage, tuple[Degraded, ...]]:
        reply_type = hear_statements_reply(
            messages=len(batch), found=sum(len(message.found) for message in batch), topics=len(topics)
        )
        prompt = self._prompt(user_id, batch, topics)
        done = complete(self.model, prompt, reply_type, max_tokens=_reply_tokens(batch), language=self.language)
        return done.value, done.usage, done.degraded


def _merged(
    batch: Sequence[_Message], reply: HeardStatements | None, topics: Sequence[str]
) -> Iterator[tuple[Detection, ...]]:
    """Yield the detections of each message after the model's verdicts; unchanged where it gave none."""
    verdicts = {verdict.number: verdict for verdict in reply.found} if reply else {}
    number = 0
    for at, message in enumerate(batch, 1):
        remaining = []
        for detection in message.found:
            number += 1
            verdict = verdicts.get(number)
            if verdict is None or verdict.ok:
                remaining.append(_confirmed(detection, verdict, topics))
        missed = [entry for entry in reply.more if entry.message == at] if reply else []
        added = [new for entry in missed if (new := _added(message, entry, topics))]
        yield (*remaining, *(new for new in added if not any(_are_the_same(new, entry) for entry in message.found)))


def _confirmed(detection: Detection, verdict: FoundStatement | None, topics: Sequence[str]) -> Detection:
    if verdict is None:
        return detection
    subject = " ".join(verdict.subject.split())
    stands = bool(subject) and subject in detection.text and not detection.retracts and not detection.replaces
    return replace(
        detection,
        subject=subject if stands else detection.subject,
        topic=_topic(verdict.topic, topics),
        confidence=max(detection.confidence, MODEL_CONFIDENCE),
    )


def _added(message: _Message, entry: MissedStatement, topics: Sequence[str]) -> Detection | None:
    """Return what a model adds if its sentence and subject are in the user's own words, else None."""
    quote, subject = entry.quote.strip(), entry.subject.strip()
    for sentence in message.sentences:
        offset = sentence.text.find(quote)
        if offset >= 0 and subject in quote and any(map(str.isalnum, subject)):
            polarity: Polarity | None = (
                None if entry.kind == "fact" else "dislike" if entry.kind in NEGATIVE_KINDS else "like"
            )
            return Detection(
                kind=entry.kind,
                subject=" ".join(subject.split()),
                polarity=polarity,
                strict=entry.strict,
                scope=None,
                text=message.text[slice(*sentence.whole)],
                start=sentence.whole[0],
                end=sentence.whole[1],
                confidence=MODEL_CONFIDENCE,
                topic=_topic(entry.topic, topics),
                by_model=True,
            )
    return None


def _are_the_same(new: Detection, known: Detection) -> bool:
    """Return whether both are the same: in one sentence, with one subject inside the other."""
    if new.start != known.start:
        return False
    ours, theirs = new.subject.casefold(), known.subject.casefold()
    return ours in theirs or theirs in ours


def _topic(number: int, topics: Sequence[str]) -> str | None:
    return topics[number - 1] if number else None


def _reply_tokens(batch: Sequence[_Message]) -> int:
    return ANY_REPLY + REPLY_TOKENS * max(len(batch), sum(len(message.found) for message in batch))
