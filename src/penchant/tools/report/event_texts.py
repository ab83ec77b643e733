"""The user's events as a report speaks of them: in words, each with a place on the page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.profile import Profile
from penchant.store.recommendation import Recommendation
from penchant.tools.report.context import EventText, EvidenceRow, ReportEvidence
from penchant.tools.report.phrases import Phrases

LONGEST = 160


class EventTexts:
    """One user's events, oldest first, with what the catalogue knows of their items. `weights`: signed weight per event type."""

    def __init__(
        self, events: Sequence[Event], items: Mapping[str, Item], weights: Mapping[str, float], say: Phrases
    ) -> None:
        self.events, self.items, self.weights, self.say = events, items, weights, say
        self._place = {event.event_id: place for place, event in enumerate(events)}
        self._cited: set[int] = set()

    def get(self, event_id: str) -> Event | None:
        """The event, if it is one of this user's."""
        place = self._place.get(event_id)
        return None if place is None else self.events[place]

    def about(self, event: Event) -> str:
        """The item's title, or the event's own words, or the item's id."""
        item = self.items.get(event.item_id or "")
        words = " ".join((item.title if item else event.said() or event.item_id or self.say("no_words")).split())
        return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"

    def weight(self, event: Event) -> float:
        """What its type says, signed, before it fades."""
        return self.weights.get(event.type, 0.0)

    def cite(self, event_id: str) -> EventText | None:
        """The event in words, with its anchor; its row will be in the evidence whatever the limit."""
        place = self._place.get(event_id)
        if place is None:
            return None
        self._cited.add(place)
        event = self.events[place]
        text = f"{self.say.deed(event.type, self.about(event))} ({self.say.short_day(event.at)})"
        return EventText(event_id=event_id, text=text, anchor=_anchor(place))

    def unknown_items(self) -> int:
        """How many events name an item that the catalogue does not know."""
        return sum(event.item_id is not None and event.item_id not in self.items for event in self.events)

    def evidence(self, profile: Profile, recommendation: Recommendation, limit: int) -> ReportEvidence:
        """The rows of the page, newest first: what is cited, then what the list rests on, then the newest, up to `limit` (cited always)."""
        interests, ranks = _interests(profile, recommendation), _ranks(recommendation)
        first = [*self._cited, *(self._place[name] for name in ranks if name in self._place)]
        order = dict.fromkeys([*first, *range(len(self.events) - 1, -1, -1)])
        shown = sorted(list(order)[: max(limit, len(self._cited))], reverse=True)
        return ReportEvidence(known=len(self.events), rows=tuple(self._row(place, interests, ranks) for place in shown))

    def _row(self, place: int, interests: Mapping[str, list[str]], ranks: Mapping[str, list[int]]) -> EvidenceRow:
        event = self.events[place]
        return EvidenceRow.model_construct(
            event_id=event.event_id,
            anchor=_anchor(place),
            at=event.at,
            type=event.type,
            deed=self.say.kind(event.type),
            about=self.about(event),
            item_id=event.item_id,
            value=event.value,
            weight=self.weight(event),
            interests=tuple(interests.get(event.event_id, ())),
            ranks=tuple(ranks.get(event.event_id, ())),
        )


def _anchor(place: int) -> str:
    return f"e{place + 1}"


def _interests(profile: Profile, recommendation: Recommendation) -> dict[str, list[str]]:
    """Event to the interests it is shown under, as far as profile and list name their evidence."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for node in profile.walk():
        if not node.children:
            for event_id in node.evidence:
                found[event_id][node.id] = None
    known = {node.id for node in profile.walk()}
    for item in recommendation.items:
        for part in item.contributions:
            if part.interest_id in known and len(part.evidence) == 1 and part.interest_id:
                found[part.evidence[0]][part.interest_id] = None
    return {event_id: list(named) for event_id, named in found.items()}


def _ranks(recommendation: Recommendation) -> dict[str, list[int]]:
    """Event to the ranks of the items whose reasons cite it, those that are cited in words first."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for item in recommendation.items:
        for cite in item.explanation.cites:
            if cite.event_id:
                found[cite.event_id][item.rank] = None
    return {event_id: list(ranks) for event_id, ranks in found.items()}
