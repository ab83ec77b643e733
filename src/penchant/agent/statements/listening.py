"""From new messages to statements that are written down: detected in batches, placed, each with the message and the place in it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from penchant.agent.statements.book import digest
from penchant.agent.statements.detection import Detection, StatementDetector
from penchant.store.event import Event
from penchant.store.receipt import Degraded, StatementCounts
from penchant.store.statement import Statement
from penchant.store.statements import Statements

Place = Callable[[Collection[str]], Mapping[str, str | None]]
"""The id of the topic or subtopic each text is surely about, or None."""


@dataclass
class Heard:
    """What became of the messages of some users: how many statements were found, and what could not be done as configured."""

    counts: dict[str, StatementCounts] = field(default_factory=dict)
    degraded: dict[str, list[Degraded]] = field(default_factory=dict)


class StatementListener:
    """Hears what users state. Said twice in one message, it is one statement; the same messages give the same ids."""

    def __init__(self, detector: StatementDetector, place: Place, statements: Statements) -> None:
        self.detector, self.place, self.statements = detector, place, statements

    def hear(self, spoken: Mapping[str, Sequence[Event]]) -> Heard:
        """Write down what the new messages (by user) state. Raises `ModelError` from the embedder, `StoreError`."""
        messages = [(user, event) for user, events in spoken.items() for event in events]
        detected = self.detector.detect_all([event.said() for _, event in messages])
        places = self.place({detection.subject for found in detected for detection in found if detection.subject})
        statements: dict[str, list[Statement]] = {}
        for (user, event), found in zip(messages, detected, strict=True):
            for detection in found:
                statements.setdefault(user, []).append(_statement(event, detection, places.get(detection.subject)))
        if statements:
            self.statements.add(statements)
        return Heard({user: StatementCounts(rule=len(theirs)) for user, theirs in statements.items()})


def _statement(event: Event, found: Detection, place: str | None) -> Statement:
    return Statement(
        id=f"s-{digest(event.event_id, str(found.start), found.kind, found.subject, str(found.retracts))}",
        kind=found.kind,
        subject=found.subject,
        polarity=found.polarity,
        strict=found.strict,
        scope=found.scope,
        text=found.text,
        event_id=event.event_id,
        span=(found.start, found.end),
        place=place,
        source="rule",
        confidence=found.confidence,
        valid_from=event.at,
        slot=found.slot,
        replaces=found.replaces,
        retracts=found.retracts,
    )
