"""Processes users' new messages: finds statements, has a model confirm them if there is one, places and stores them."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from penchant.agent.statements.corrections import CORRECTS
from penchant.agent.statements.detection import DENIAL, Detection, StatementDetector, distinct
from penchant.agent.statements.subjects import thing_done, without_times
from penchant.agent.statements.supersession import OF_BODY
from penchant.errors import PenchantError
from penchant.lazy_patterns import lazy
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.event import Event
from penchant.store.receipt import Degraded, StatementCounts, Usage, UserUpdate
from penchant.store.statement import Statement
from penchant.store.statements import Statements

Place = Callable[[Collection[str]], Mapping[str, str | None]]
"""Returns for each text the id of the topic or subtopic that it is certainly about, or None."""
FOOD, HEALTH = "food-drink", "health-wellness"
#: Animals that are eaten, where nothing says so: who is allergic to fish is not allergic to an aquarium.
EATEN_ANIMALS = "fish-aquariums"
#: Such an animal by its bare name, and words for those that are kept or watched.
_BARE_ANIMAL = lazy(r"(?:(?:raw|fried|cooked|oily|white|fresh|smoked|grilled)\s+)?fish|鱼肉?", re.IGNORECASE)
_KEPT = lazy(
    r"\b(?:aquariums?|tanks?|ponds?|pets?|keep\w*|kept|swim\w*|div\w+|snorkel\w*|catch\w*)\b|养|缸|池", re.IGNORECASE
)
#: Words before something that is eaten or drunk: a fish that is eaten is not a pet.
_EATING_VERB = lazy(
    r"(?:\b(?:eat|drink|cook)(?:s|ing|en)?\s+(?:(?!for\b|with\b)\w+\s+){0,2}|[吃喝饮][过着了]?)$", re.IGNORECASE
)
_EATING = lazy(r"(?:eat|drink|cook)(?:s|ing)?\b|[吃喝饮]", re.IGNORECASE)
#: What a person is or has one of, and whose value names no thing: who lives in Rome is on no journey there, and 500 euros are no flight.
_WITHOUT_PLACE = frozenset({"home", "age", "name", "relationship", "employer", "budget"})
#: Other such things have the place of their name, not that of the value: a car that is a Golf is no sport.
_PLACED_BY_VALUE = frozenset({"diet", "job", CORRECTS})
#: What somebody likes best of what is about no topic: a colour is no fashion; and facts that deny: who has no cat is about no pets.
_ABOUT_NOTHING = lazy(
    r"favou?rite\s+(?:\w+\s+)?(?:colou?rs?|numbers?|days?|months?|seasons?|words?|letters?|times?)|最喜欢的(?:颜色|数字|季节|月份|日子|字)",
    re.IGNORECASE,
)
_DENIED_FACT = lazy(rf"{DENIAL.pattern}|no\s|没有?|不", re.IGNORECASE)
#: Ends the clause that a subject is named in: golf is not about clothes because of "but I look silly in a hat".
_CLAUSE_ENDS = lazy(
    r"[,.;:!?，。；：！？–—]|\b(?:when(?:ever)?|while|because|since|so|but|though|and\s+(?=(?:i|we|my|our)\b))\b|但是?|因为|所以|的时候",
    re.IGNORECASE,
)


@dataclass
class DetectedStatements:
    """The result of processing the messages of some users.

    By user: how many statements were found, the model's usage, which steps were degraded, and errors of users whose
    messages could not be read at all.
    """

    counts: dict[str, StatementCounts] = field(default_factory=dict)
    usage: dict[str, Usage] = field(default_factory=dict)
    degraded: dict[str, list[Degraded]] = field(default_factory=dict)

    failed: dict[str, PenchantError] = field(default_factory=dict)

    def add_to(self, receipts: Mapping[str, UserUpdate]) -> None:
        """Add the numbers of statements and the model's usage to the receipts."""
        for user, counts in self.counts.items():
            receipts[user].statements = counts
        for user, usage in self.usage.items():
            receipts[user].llm += usage


class Confirmed(Protocol):
    """The detections that a model has confirmed or added, by message, with its usage."""

    @property
    def detections(self) -> Sequence[Sequence[Detection]]: ...
    @property
    def usage(self) -> Usage: ...
    @property
    def degraded(self) -> Sequence[Degraded]: ...


class ConfirmingReader(Protocol):
    """A model that confirms the detections in one user's messages, and adds to them."""

    def read(self, user_id: str, messages: Sequence[str], found: Sequence[Sequence[Detection]]) -> Confirmed: ...


class StatementListener:
    """Finds and stores what users state in messages.

    A statement made twice in one message counts once; the same messages give the same ids. `reader`: a model that
    confirms and adds; it is not asked about users who refuse that (`refuses()` returns a function that says who does).
    """

    def __init__(
        self,
        detector: StatementDetector,
        place: Place,
        statements: Statements,
        vocabulary: Vocabulary,
        reader: ConfirmingReader | None = None,
        *,
        refuses: Callable[[], Callable[[str], bool]] = lambda: lambda user: False,
    ) -> None:
        self.detector, self.place, self.statements = detector, place, statements
        self.vocabulary, self.reader, self.refuses = vocabulary, reader, refuses

    def process(self, messages_by_user: Mapping[str, Sequence[Event]]) -> DetectedStatements:
        """Store the statements in the new messages of each user. A failure for one user does not affect the others."""
        result = DetectedStatements()
        try:
            self._process(messages_by_user, result)
        except PenchantError as error:
            result = DetectedStatements()
            if len(messages_by_user) == 1:
                result.failed = dict.fromkeys(messages_by_user, error)
                return result
            for each in [self.process({user: events}) for user, events in messages_by_user.items()]:
                result.counts |= each.counts
                result.usage |= each.usage
                result.degraded |= each.degraded
                result.failed |= each.failed
        return result

    def _process(self, messages_by_user: Mapping[str, Sequence[Event]], result: DetectedStatements) -> None:
        messages = [event.said() for events in messages_by_user.values() for event in events]
        detected = iter(self.detector.detect_all(messages))
        found = {user: [next(detected) for _ in events] for user, events in messages_by_user.items()}
        if self.reader is not None:
            refuses = self.refuses()
            asked = {user: events for user, events in messages_by_user.items() if not refuses(user)}
            found |= {user: self._confirmed(user, events, found[user], result) for user, events in asked.items()}
        statements = self._statements(messages_by_user, found)
        if statements:
            self.statements.add(statements)
        for user, theirs in statements.items():
            by_model = sum(statement.source == "llm" for statement in theirs)
            result.counts[user] = StatementCounts(rule=len(theirs) - by_model, llm=by_model)

    def _statements(
        self, messages_by_user: Mapping[str, Sequence[Event]], found: Mapping[str, Sequence[Sequence[Detection]]]
    ) -> dict[str, list[Statement]]:
        """Return the detections as statements with their places, by user. `found`: the detections of each message."""
        named = [entry for theirs in found.values() for of in theirs for entry in of if entry.subject]
        places = self.place({name for entry in named for name in _names(entry)})
        by_name = {entry.subject: self._place_of(entry, places) for entry in named}
        alone = [of[0] for theirs in found.values() for of in theirs if len(of) == 1 and _names(of[0])]
        by_clause = self.place(
            {_clause_of(each) for each in alone if each.subject and by_name.get(each.subject) is None}
        )
        statements: dict[str, list[Statement]] = {}
        for user, events in messages_by_user.items():
            for event, detections in zip(events, found[user], strict=True):
                for detection in detections:
                    place = by_name.get(detection.subject)
                    if place is None and len(detections) == 1 and _names(detection):
                        place = by_clause.get(_clause_of(detection))
                    place = self._placed(detection.topic, self._of_body(detection, place))
                    statements.setdefault(user, []).append(detection.statement(event.event_id, event.at, place))
        return statements

    def _confirmed(
        self, user: str, events: Sequence[Event], found: list[list[Detection]], result: DetectedStatements
    ) -> list[list[Detection]]:
        assert self.reader is not None
        reading = self.reader.read(user, [event.said() for event in events], found)
        if reading.usage.calls:
            result.usage[user] = reading.usage
        if reading.degraded:
            result.degraded[user] = list(reading.degraded)
        return [distinct(detections) for detections in reading.detections]

    def _place_of(self, detection: Detection, places: Mapping[str, str | None]) -> str | None:
        """Return the place of the first name of the statement that has one; what is eaten is by its bare name a food or nothing."""
        if not (found := _names(detection)):
            return None
        thing, *longer = found
        is_food = self.vocabulary.topic_id(places.get(thing)) == FOOD
        names = longer if longer and not is_food and _EATING.match(detection.subject) else (thing, *longer)
        return next((place for name in names if (place := places.get(name))), None)

    def _placed(self, topic: str | None, place: str | None) -> str | None:
        """Return the model's topic, or the place found by rule if it lies within that topic or the model names none."""
        return place if topic is None or self.vocabulary.topic_id(place) == topic else topic

    def _of_body(self, detection: Detection, place: str | None) -> str | None:
        """Return food or health for what is eaten, drunk or an allergy and would be placed elsewhere by its name alone."""
        lead = detection.text[: max(detection.text.casefold().find(detection.subject.casefold()), 0)]
        bare = place == EATEN_ANIMALS and detection.polarity and _BARE_ANIMAL.fullmatch(detection.subject)
        is_food = bool(bare) and not _KEPT.search(detection.text)
        is_eaten = detection.slot == "diet" or _EATING.match(detection.subject) or _EATING_VERB.search(lead) or is_food
        is_allergy = detection.kind == "avoid" and bool(OF_BODY.search(detection.text))
        if not (is_eaten or is_allergy) or self.vocabulary.topic_id(place) in (FOOD, HEALTH):
            return place
        topic = FOOD if is_eaten or place == EATEN_ANIMALS else HEALTH
        return topic if self.vocabulary.find(topic) is not None else place


def _clause_of(detection: Detection) -> str:
    """Return the clause of the sentence that names the subject; the sentence if the subject is not in it."""
    text, at = detection.text, detection.text.casefold().find(detection.subject.casefold())
    if at < 0:
        return text
    start = max((found.end() for found in _CLAUSE_ENDS.finditer(text, 0, at)), default=0)
    behind = _CLAUSE_ENDS.search(text, at + len(detection.subject))
    return text[start : behind.start() if behind else len(text)].strip()


def _names(detection: Detection) -> Sequence[str]:
    """Return the names by which a statement is placed, in order: tea that is drunk every morning is no exercise. None: it has no place."""
    subject, slot = detection.subject, detection.slot
    if (slot and _ABOUT_NOTHING.fullmatch(slot)) or (detection.kind == "fact" and _DENIED_FACT.match(subject)):
        return ()
    if detection.kind == "fact" and slot and slot not in _PLACED_BY_VALUE:
        return () if slot in _WITHOUT_PLACE else (slot,)
    if detection.kind not in ("habit", "goal"):
        return (subject,)
    return (thing_done(subject), without_times(subject), subject)
