"""The user's events in words, each with its anchor on the page."""

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
    """One user's events, oldest first, with their items from the catalogue. `weights`: signed weight by event type."""

    def __init__(
        self, events: Sequence[Event], items: Mapping[str, Item], weights: Mapping[str, float], say: Phrases
    ) -> None:
        self.events, self.items, self.weights, self.say = events, items, weights, say
        self._place = {event.event_id: place for place, event in enumerate(events)}
        self._cited: set[int] = set()

    def get(self, event_id: str) -> Event | None:
        """Return the event with this id, or None where this user has none."""
        place = self._place.get(event_id)
        return None if place is None else self.events[place]

    def about(self, event: Event) -> str:
        """Return the title of the event's item, else the event's own words, else the item's id; at most 160 characters."""
        item = self.items.get(event.item_id or "")
        words = " ".join((item.title if item else event.said() or event.item_id or self.say("no_words")).split())
        return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"

    def weight(self, event: Event) -> float:
        """Return the signed weight of the event's type, before decay."""
        return self.weights.get(event.type, 0.0)

    def cite(self, event_id: str) -> EventText | None:
        """Return the event in words with its anchor, or None where it is unknown. A cited event is always included in
        the evidence.
        """
        place = self._place.get(event_id)
        if place is None:
            return None
        self._cited.add(place)
        event = self.events[place]
        text = f"{self.say.action(event.type, self.about(event))} ({self.say.short_day(event.at)})"
        return EventText(event_id=event_id, text=text, anchor=_anchor(place))

    def unknown_items(self) -> int:
        """Return how many events have an item that is not in the catalogue."""
        return sum(event.item_id is not None and event.item_id not in self.items for event in self.events)

    def evidence(self, profile: Profile, recommendation: Recommendation, limit: int) -> ReportEvidence:
        """Return the evidence of the page, newest first: cited events, then those behind the list, then the newest, up
        to `limit` rows (cited ones always).
        """
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
            action=self.say.kind(event.type),
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
    """Return the interests that each event is shown under, by event id, as far as profile and list name their evidence."""
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
    """Return the ranks of the items whose reasons cite each event, by event id."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for item in recommendation.items:
        for cite in item.explanation.cites:
            if cite.event_id:
                found[cite.event_id][item.rank] = None
    return {event_id: list(ranks) for event_id, ranks in found.items()}
