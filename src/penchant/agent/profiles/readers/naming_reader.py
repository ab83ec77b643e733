"""Reading with a capable model: all groups of a batch in one call, with the existing tree and the user's messages beside them.

The model places, labels and classifies; it counts nothing and proves nothing. Whatever it leaves out or gets wrong is read by rule.
"""

import math
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from penchant.agent.llm.model import LanguageModel, Prompt, token_counter
from penchant.agent.llm.structured_output import Completion, complete
from penchant.agent.profiles.readers.places import Place
from penchant.agent.profiles.readers.reader import Group, Reading, ReadReply, ReadRequest, Remark, StatedPreference
from penchant.agent.profiles.readers.rule_reader import RuleReader
from penchant.agent.profiles.readers.stances import supports
from penchant.prompts.budget import batches, first_that_fit, fit
from penchant.prompts.contexts import GroupLine, NameGroups
from penchant.prompts.fence import Trusted, neutralise
from penchant.prompts.render import render
from penchant.prompts.replies import GroupReading, NamedGroups, Said, name_groups_reply, speaks
from penchant.store.receipt import Degraded, Usage
from penchant.store.statement import Polarity

if TYPE_CHECKING:
    from penchant.agent.taxonomy.placement import Placement
    from penchant.prompts.vocabulary import Vocabulary

STEP = "name_groups"
MAX_GROUPS = 24
MAX_REMARKS = 40
MAX_KNOWN = 40
TEXTS = 5
TEXT_LENGTH = 60
REMARK_LENGTH = 240
#: Tokens of a reply: what each group and each message may take, and what every reply takes.
GROUP_REPLY, REMARK_REPLY, ANY_REPLY = 48, 24, 64
#: Tokens of evidence a group may take on average; more texts say little more.
GROUP_EVIDENCE = 90


@dataclass(frozen=True)
class Batch:
    """What one call is about."""

    request: ReadRequest
    groups: tuple[Group, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class _Outcome:
    """What one call brought: what the model said of each group and each message, by position, 0-based."""

    readings: dict[int, GroupReading]
    said: tuple[Said, ...]
    usage: Usage
    degraded: tuple[Degraded, ...]


class NamingReader:
    """One call per batch, `max_in_flight` at once for hosted models."""

    def __init__(
        self,
        model: LanguageModel,
        vocabulary: "Vocabulary",
        placement: "Placement",
        *,
        max_in_flight: int = 1,
        prompts: Path | None = None,
    ) -> None:
        self.model = model
        self.rules = RuleReader(vocabulary, placement)
        self.places = self.rules.places
        self.max_in_flight = max_in_flight
        self.prompts = prompts
        self.count = token_counter(model)

    def read(self, requests: Sequence[ReadRequest]) -> list[ReadReply]:
        planned = [list(self._batches(request)) for request in requests]
        with ThreadPoolExecutor(self.max_in_flight, "penchant-read") as pool:
            asked = [[pool.submit(self._ask, batch) for batch in batched] for batched in planned]
            answered = [[future.result() for future in futures] for futures in asked]
        return [self._reply(*parts) for parts in zip(requests, planned, answered, strict=True)]

    def listen(self, request: ReadRequest) -> tuple[ReadReply, dict[str, GroupReading]]:
        """One request, with what the model itself said of each group, by key, before anything was made of it."""
        planned = list(self._batches(request))
        outcomes = [self._ask(batch) for batch in planned]
        pairs = zip(planned, outcomes, strict=True)
        said = {batch.groups[at].key: one for batch, outcome in pairs for at, one in outcome.readings.items()}
        return self._reply(request, planned, outcomes), said

    def _batches(self, request: ReadRequest) -> Iterable[Batch]:
        profile = self.model.profile
        room = profile.context_tokens // (2 * GROUP_REPLY)
        groups = batches(len(request.groups), min(MAX_GROUPS, profile.groups_per_call, room))
        telling = [remark for remark in request.remarks if _may_state(remark.text)]
        remarks = batches(len(telling), min(MAX_REMARKS, room))
        for some, others in self._together(groups, remarks):
            yield Batch(request, request.groups[some], tuple(telling[others]))

    def _together(self, groups: Sequence[slice], remarks: Sequence[slice]) -> Iterable[tuple[slice, slice]]:
        """Which groups and which messages share a call."""
        return zip_longest(groups, remarks, fillvalue=slice(0))

    def _ask(self, batch: Batch) -> _Outcome:
        done = self._complete(batch)
        value = done.value
        readings = {reading.group - 1: reading for reading in value.groups} if value else {}
        outcome = _Outcome(readings, tuple(value.said) if value else (), done.usage, done.degraded)
        missing = [position for position in range(len(batch.groups)) if position not in readings]
        if done.truncated and readings and missing and not done.usage.repairs:
            return self._ask_smaller(batch, missing, outcome)
        return outcome

    def _ask_smaller(self, batch: Batch, missing: list[int], outcome: _Outcome) -> _Outcome:
        """The reply was cut off at the token limit: what it left out is asked once more, alone. Counts as the repair."""
        left = replace(batch, groups=tuple(batch.groups[position] for position in missing), remarks=())
        again = self._complete(left, may_repair=False)
        found = {missing[reading.group - 1]: reading for reading in again.value.groups} if again.value else {}
        usage = outcome.usage + again.usage.model_copy(update={"repairs": again.usage.calls})
        degraded = () if len(found) == len(missing) else (*outcome.degraded, *again.degraded)
        return _Outcome(outcome.readings | found, outcome.said, usage, degraded)

    def _complete(self, batch: Batch, *, may_repair: bool = True) -> Completion[NamedGroups]:
        prompt, known = self._prompt(batch)
        topics = len(self._topics(batch))
        reply_type = name_groups_reply(groups=len(batch.groups), topics=topics, known=known, remarks=len(batch.remarks))
        limit, language = _reply_tokens(batch), batch.request.language
        return complete(self.model, prompt, reply_type, max_tokens=limit, language=language, may_repair=may_repair)

    def _prompt(self, batch: Batch) -> tuple[Prompt, int]:
        """The prompt within the model's context, and how many known interests it holds."""
        request, language = batch.request, batch.request.language
        bare = NameGroups(self._topics(batch), ())
        fixed = render(STEP, language, bare, folder=self.prompts)
        room = self.model.profile.context_tokens - _reply_tokens(batch) - self.count(fixed.system) - ANY_REPLY
        remarks = tuple(neutralise(remark.text, REMARK_LENGTH) for remark in batch.remarks)
        room -= sum(map(self.count, remarks))
        known = first_that_fit([" > ".join(one.path) for one in request.known[:MAX_KNOWN]], room // 5, self.count)
        room = min(room - sum(map(self.count, known)), GROUP_EVIDENCE * len(batch.groups))
        shown = fit([shown_texts(group) for group in batch.groups], room, self.count)
        lines = tuple(line(group, texts) for texts, group in zip(shown, batch.groups, strict=True))
        context = replace(bare, groups=lines, known=known, remarks=remarks)
        return render(STEP, language, context, user_id=request.user_id, folder=self.prompts), len(known)

    def _topics(self, batch: Batch) -> tuple[Trusted, ...]:
        """Names of all topics; none where the catalogue places every group."""
        topics = self.places.vocabulary.topics if any(not group.categories for group in batch.groups) else ()
        return tuple(Trusted(self.places.vocabulary.label(topic.id, batch.request.language)) for topic in topics)

    def _reply(self, request: ReadRequest, planned: list[Batch], outcomes: list[_Outcome]) -> ReadReply:
        readings = list(self.rules.readings(request.groups, request.language))
        statements: list[StatedPreference] = []
        start = 0
        for batch, outcome in zip(planned, outcomes, strict=True):
            for position, group in enumerate(batch.groups, start):
                answer = outcome.readings.get(position - start)
                if answer is not None:
                    readings[position] = self._reading(group, readings[position], answer, request)
                elif outcome.usage.calls:
                    readings[position] = replace(readings[position], offers=group.offers + 1)
            statements += _statements(batch.remarks, outcome.said)
            start += len(batch.groups)
        by_rule_said = [said for said in self.rules.statements(request.remarks) if not _covered(said, statements)]
        return ReadReply(
            tuple(readings),
            (*statements, *by_rule_said),
            sum((outcome.usage for outcome in outcomes), Usage()),
            _lost([one for outcome in outcomes for one in outcome.degraded], readings),
        )

    def _reading(self, group: Group, by_rule: Reading, answer: GroupReading, request: ReadRequest) -> Reading:
        """What the model said of a group, where it can be true; the rule's word where it cannot."""
        place = self._place(group, by_rule, answer.topic, request.language)
        usable = (
            answer.label
            and _in_language(answer.label, request.language, group.texts)
            and self._is_of(answer.label, place.topic_id, by_rule, group)
        )
        label = answer.label if usable else by_rule.path[-1]
        known = request.known[answer.same - 1] if answer.same else None
        return replace(
            by_rule,
            path=(*place.path, label),
            topic_id=place.topic_id,
            subtopic_id=place.subtopic_id,
            same_as=known.id if known and known.path[:1] == place.path[:1] else None,
            polarity="like" if answer.like else "dislike",
            kind=answer.kind,
            confidence=1.0,
            source="llm",
        )

    def _is_of(self, label: str, topic_id: str | None, by_rule: Reading, group: Group) -> bool:
        """Whether the label is of this group: models that read many groups at once do not mix them up."""
        return True

    def _place(self, group: Group, by_rule: Reading, topic: int, language: str) -> Place:
        """The topic that model and embedding together make likeliest, with the subtopic of it that is nearest to the group."""
        if group.categories or not topic:
            return Place(by_rule.path[:-1], by_rule.topic_id, by_rule.subtopic_id)
        chosen = self.places.topic_ids[topic - 1]
        nearest = self.places.nearest([group], language, len(self.places.topic_ids))[0]
        if not self._embedding_reads(group):
            return next(place for place in nearest if place.topic_id == chosen)
        word = self._weight_of_word()
        return max(nearest, key=lambda place: math.log(max(place.confidence, 1e-6)) + word * (place.topic_id == chosen))

    def _weight_of_word(self) -> float:
        """What the model's word for a topic weighs beside the embedding's log-confidence, in nats: naive Bayes with the probability that
        it is right, its errors falling anywhere."""
        right, others = self.model.profile.sure_of_topics, len(self.places.topic_ids) - 1
        return math.log(others * right / (1 - right))

    def _embedding_reads(self, group: Group) -> bool:
        """Whether the embedder was made for the language of the texts; else its confidence means nothing."""
        chinese = 2 * sum(speaks(neutralise(text), "zh") for text in group.texts) > len(group.texts)
        return ("zh" if chinese else "en") in self.places.placement.calibration.languages


def line(group: Group, texts: tuple[str, ...]) -> GroupLine:
    """The group as a prompt shows it, by some of its texts."""
    return GroupLine(texts, " > ".join(group.categories[0]) if group.categories else "", group.weight < 0)


def shown_texts(group: Group) -> tuple[str, ...]:
    """The group's most telling texts, short, and none twice."""
    short = (neutralise(text, TEXT_LENGTH) for text in group.texts)
    return tuple(dict.fromkeys(text for text in short if text))[:TEXTS]


def _reply_tokens(batch: Batch) -> int:
    return ANY_REPLY + GROUP_REPLY * len(batch.groups) + REMARK_REPLY * len(batch.remarks)


def _may_state(text: str) -> bool:
    """Two search words state nothing; asking about them would only cost."""
    return len(text.split()) > 2 or sum("\u3400" <= character <= "\u9fff" for character in text) > 4


def _in_language(label: str, language: str, texts: Sequence[str]) -> bool:
    """A name the texts themselves use is fine in any script."""
    return speaks(label, language) or any(label.casefold() in text.casefold() for text in texts)


def _statements(remarks: Sequence[Remark], said: Iterable[Said]) -> Iterable[StatedPreference]:
    for one in said:
        remark = remarks[one.message - 1]
        polarity: Polarity = "like" if one.like else "dislike"
        if span := supports(remark.text, one.span, polarity):
            yield StatedPreference(remark.event_id, one.label, polarity, span, "llm")


def _covered(stated: StatedPreference, others: Sequence[StatedPreference]) -> bool:
    return any(
        other.event_id == stated.event_id and (other.span in stated.span or stated.span in other.span)
        for other in others
    )


def _lost(degraded: Iterable[Degraded], readings: Sequence[Reading]) -> tuple[Degraded, ...]:
    """What to say of groups and messages that the model did not cover."""
    by_rule = sum(reading.source == "rule" for reading in readings)
    named = f"{by_rule} of {len(readings)} groups named by rule"
    reasons = dict.fromkeys(f"{one.reason} ({named})" for one in degraded)
    if by_rule and not reasons:
        reasons = {f"the model left groups out ({named})": None}
    return tuple(Degraded(step=STEP, reason=reason) for reason in reasons)
