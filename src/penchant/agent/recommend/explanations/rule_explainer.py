"""Explanations by rule: one or two sentences of facts only: the user's own evidence with dates, the interest, the counterfactual."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

import numpy as np

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.contributions import LEADING_SHARE
from penchant.agent.recommend.others import LATELY_DAYS, Others
from penchant.prompts.locales import Translator, day_in_words
from penchant.store.event import Event, EventType
from penchant.store.item import Item
from penchant.store.receipt import Degraded, Usage
from penchant.store.recommendation import Citation, Contribution, Counterfactual, Explanation, Signal
from penchant.store.statement import Statement

NAMED = 2
"""The largest number of events that one reason names."""
NEW = timedelta(days=90)
"""An item created more recently than this is called new."""
LEAST_CONTRIBUTION = 0.001
"""A contribution below this is no reason, because an account would show it as 0."""
LEAST_SHARE = 0.1
"""An event of no particular interest that adds less than this share of what speaks for an item is no reason to list it."""
FAIR_SHARE = 1 / 3
"""Where only the content carries an item, a signal that adds less than this share of what its content adds is not named instead."""
STANDING = frozenset(
    {EventType.CART, EventType.SAVE, EventType.LIKE, EventType.FOLLOW, EventType.PURCHASE, EventType.RATING}
)
"""Events that users remember: a reason says so if they are about the listed item itself."""
_OF_INTERESTS = ("content", "exploration")
_TYPES_WITH_PHRASES = {*EventType, "looked"} - {EventType.SEARCH, EventType.MESSAGE}


@dataclass(frozen=True)
class Facts:
    """Everything that a reason may rest on: the item, its contributions, the interests, and the user's events and their items by id.
    `others`: counts what others did, on demand; `shared_path`: the labels of an interest's path down to where the item is, None if
    it is not about the interest (by default all). `at`: the moment of the list (None: that of the profile). `own`: the user's newest
    standing event about the item itself; `asked`: what the query adds to the score; `alike`: whether the item is like another, by id;
    `answers`: whether the item is like the query or in a category that it names, however much that adds; `is_near`: whether few items
    are nearer to the query.
    """

    item: Item
    rank: int
    contributions: Sequence[Contribution]
    live: LiveInterests
    events: Mapping[str, Event]
    items: Mapping[str, Item]
    counterfactual: Counterfactual | None = None
    others: Callable[[], Others] = Others
    #: The user's statements, by the id of the interest that rests on each.
    statements: Mapping[str, Statement] = field(default_factory=dict)
    shared_path: Callable[[str], tuple[str, ...] | None] | None = None
    at: datetime | None = None
    own: Event | None = None
    asked: float = 0.0
    alike: Callable[[str], bool] = lambda _item_id: True
    answers: bool = True
    is_near: bool = False

    @property
    def usable_contributions(self) -> list[Contribution]:
        """The contributions that a reason may rest on; without what only the leading interest adds, if the item is not about it."""
        return self._usable_and_leading[0]

    @property
    def leading(self) -> str | None:
        """The interest that carries most of the score, or about as much, and that the item is about."""
        return self._usable_and_leading[1]

    @cached_property
    def _usable_and_leading(self) -> tuple[list[Contribution], str | None]:
        found = without_dislikes(self.contributions, self.live)
        leading = leading_interest(found, lambda name: self.path_of(name) is not None)
        if leading is not None or leading_interest(found) is None:
            return found, leading
        return [part for part in found if part.signal not in _OF_INTERESTS or self._is_alike(part)], None

    def path_of(self, interest: str) -> tuple[str, ...] | None:
        """Return the labels of an interest's path down to where the item is; None if the item is not about it."""
        if self.shared_path is not None:
            return self.shared_path(interest)
        return self.live.paths[self.live.ids.index(interest)]

    def _is_alike(self, part: Contribution) -> bool:
        """Return whether a part rests on one event about something that the item is like."""
        event = self.events.get(part.evidence[0]) if len(part.evidence) == 1 and part.signal == "content" else None
        return event is not None and event.item_id is not None and self.alike(event.item_id)

    @cached_property
    def decisive_signal(self) -> Signal | None:
        """The signal that carries most of the score without any interest, if the item would rank as high without the leading interest;
        None if an interest makes the difference. It is `content` where the query carries most and the item is like it.
        """
        if (
            self.answers
            and self.asked >= LEAST_CONTRIBUTION
            and self.asked > sum(part.value for part in self.contributions) / 2
        ):
            return "content"
        if self.leading is not None and (self.counterfactual is None or self.counterfactual.rank > self.rank):
            return None
        alone = [
            part for part in self.usable_contributions if part.interest_id is None and part.signal not in _OF_INTERESTS
        ]
        signal = strongest_signal(alone)
        carried = sum(part.value for part in alone if part.signal == signal)
        return signal if carried > sum(part.value for part in self.contributions) / 2 else None


@dataclass(frozen=True)
class Explained:
    """The explanations of a list, in its order; the model's usage for them, and what failed."""

    explanations: tuple[Explanation, ...]
    usage: Usage = field(default_factory=Usage)
    degraded: tuple[Degraded, ...] = ()


class Explainer(Protocol):
    """Writes the explanations of a list."""

    def explain(self, listed: Sequence[Facts], language: str) -> Explained:
        """Return one explanation for each item of a list, in `en` or `zh`."""
        ...


class RuleExplainer:
    """Writes explanations by rule, which needs no model and states only facts."""

    def explain(self, listed: Sequence[Facts], language: str) -> Explained:
        return Explained(tuple(by_rule(facts, language) for facts in listed))


def by_rule(facts: Facts, language: str) -> Explanation:
    """Explain by the interest and the evidence that weigh most; without a personal reason, by the strongest signal. Where the interest
    makes no difference, the signal that carries the item comes first.
    """
    events = strongest_events(facts)
    path = leading_path(facts)
    first = signal_sentence(facts.decisive_signal, facts, language) if facts.decisive_signal else None
    sentences, cites = ([first], [Citation(item_field="item_id")]) if first else ([], [])
    if facts.own is not None:
        sentences.insert(0, _own_event(facts.own, language))
        cites.insert(0, Citation(event_id=facts.own.event_id))
    if events:
        shared = _through_others(facts, events)
        sentences.append(_as_others(events, facts, language) if shared else _because(events, facts, path, language))
        cites += [Citation(event_id=event.event_id) for event in events]
    elif (statement := facts.statements.get(facts.leading or "")) is not None:
        sentences.append(statement_in_words(statement, statement.valid_from, language))
        cites += [Citation(event_id=statement.event_id)] if statement.event_id else []
    elif first is None:
        sentence, of_item = _by_signal(facts, path, language)
        sentences += [sentence] if sentence else []
        cites += [Citation(item_field="item_id")] if of_item else []
    if path is not None:
        cites.append(Citation(interest_id=path[0]))
    if path is not None and facts.counterfactual is not None and facts.counterfactual.rank > facts.rank:
        sentences.append(_would_be(facts, language))
    say = Translator(language, "reasons")
    text = say("between_sentences").join(sentences) or say("nothing")
    return Explanation(text=text, source="rule", cites=cites, counterfactual=facts.counterfactual)


def _by_signal(facts: Facts, path: tuple[str, tuple[str, ...]] | None, language: str) -> tuple[str | None, bool]:
    """Return the sentence of the strongest signal that has one, and whether it is about the item alone."""
    if path is None and (nearest := _nearest(facts)) is not None:
        return Translator(language, "reasons")(nearest), True
    for signal in signals_by_strength(facts.usable_contributions):
        if path is not None and signal == "content" and not (facts.answers and _is_asked_for(facts)):
            return _fits(path, language), False
        if (sentence := signal_sentence(signal, facts, language)) is not None:
            return sentence, True
    return None, False


def _nearest(facts: Facts) -> str | None:
    """Return the phrase for an item that its content carries although it is about no interest and not like the query, where nothing
    else adds a fair share of its score. None for other items.
    """
    total = _by_signals(without_dislikes(facts.contributions, facts.live))
    content = total.pop("content", 0.0)
    if max(total.values(), default=0.0) >= content * FAIR_SHARE:
        return None
    if facts.asked >= LEAST_CONTRIBUTION and facts.asked > content / 2:
        return None if facts.answers else "nearest_asked" if facts.is_near else "nothing"
    usable = _by_signals(facts.usable_contributions).get("content", 0.0)
    return "nearest" if usable < LEAST_CONTRIBUTION <= content else None


def statement_in_words(statement: Statement, at: datetime, language: str) -> str:
    """Return what the user said and when; for an interest entered only by its name, that they entered it."""
    is_entered = statement.event_id is None and statement.text == statement.subject
    say = Translator(language, "reasons")
    return say("you_entered" if is_entered else "you_said", day=f"{at:%Y-%m-%d}", text=statement.text)


def _through_others(facts: Facts, events: Sequence[Event]) -> bool:
    """Return whether the leading interest, or without one the `events`, speak for the item more through what others chose than through
    its content.
    """
    total, leading, named = {"content": 0.0, "collaborative": 0.0}, facts.leading, {event.event_id for event in events}
    for part in facts.usable_contributions:
        counts = part.interest_id == leading if leading else not named.isdisjoint(part.evidence)
        if counts and part.signal in total:
            total[part.signal] += part.value
    return total["collaborative"] > total["content"] and facts.others().together > 0


def signal_sentence(signal: Signal, facts: Facts, language: str) -> str | None:
    """Return what a signal alone says for an item, with the number of others; None if there are none, or if the item is no longer new."""
    if signal == "freshness" and not _is_new(facts):
        return None
    if signal == "content" and _is_asked_for(facts):
        return Translator(language, "reasons")("asked_for") if facts.answers else None
    if signal not in ("trending", "popularity", "collaborative"):
        return Translator(language, "reasons")(signal)
    others = facts.others()
    if signal == "collaborative":
        return _also_chosen(others.together, language)
    return _chosen_by_others(others.lately if signal == "trending" else others.ever, signal == "trending", language)


def _is_new(facts: Facts) -> bool:
    """Return whether an item may be called new as of the list: by its date, if that contributes. An item without a date is not new, and
    the longest timescale of newness also adds a little to items that are years old.
    """
    created, added = (
        facts.item.created_at,
        sum(part.value for part in facts.usable_contributions if part.signal == "freshness"),
    )
    return created is not None and added >= LEAST_CONTRIBUTION and (facts.at or facts.live.as_of) - created < NEW


def _is_asked_for(facts: Facts) -> bool:
    """Return whether the item is listed for its content mostly because of the query."""
    content = sum(part.value for part in facts.usable_contributions if part.signal == "content")
    return facts.asked >= LEAST_CONTRIBUTION and facts.asked > content / 2


def _own_event(event: Event, language: str) -> str:
    """Return what the user did with the listed item itself, and when: it is in their cart, they saved it …"""
    say = Translator(language, "reasons")
    did, day = event_in_words(event.type, say("it"), language), day_in_words(event.at, language)
    if event.type != EventType.RATING or event.value is None:
        return say("you_did", did=did, day=day)
    return say("you_rated", did=did, day=day, rating=f"{event.value:g}")


def _also_chosen(people: int, language: str) -> str | None:
    say = Translator(language, "reasons")
    if people < 2:
        return say("also_chosen_by_one") if people else None
    return say("also_chosen", people=f"{people:,}")


def _chosen_by_others(count: int, lately: bool, language: str) -> str | None:
    say, days = Translator(language, "reasons"), f"{LATELY_DAYS:g}"
    if count < 2:
        once = say("lately_chosen_once", days=days) if lately else say("chosen_once")
        return once if count else None
    times = f"{count:,}"
    return say("lately_chosen_times", count=times, days=days) if lately else say("chosen_times", count=times)


def without_dislikes(contributions: Sequence[Contribution], live: LiveInterests) -> list[Contribution]:
    """Return all contributions but those of disliked interests: being unlike a dislike adds to a score, but is not an interest."""
    disliked = {live.ids[leaf] for leaf in np.flatnonzero(live.liking < 0.5).tolist()}
    return [part for part in contributions if part.interest_id not in disliked] if disliked else list(contributions)


def leading_interest(
    contributions: Sequence[Contribution], suits: Callable[[str], bool] = lambda _interest: True
) -> str | None:
    """Return the interest that carries most of the score, or the first that `suits` of those with almost as much (`LEADING_SHARE`);
    None if none speaks for it.
    """
    total: dict[str, float] = {}
    for part in contributions:
        if part.interest_id is not None:
            total[part.interest_id] = total.get(part.interest_id, 0.0) + part.value
    least = LEADING_SHARE * max(total.values(), default=0.0)
    ordered = sorted((name for name in total if total[name] >= least > 0), key=lambda name: (total[name], name))
    return next((name for name in reversed(ordered) if suits(name)), None)


def strongest_events(facts: Facts) -> list[Event]:
    """Return the events that contribute most, one for each item, at most `NAMED`; all of the leading interest, if there is one, and
    otherwise only if they add a fair share of what speaks for the item.
    """
    leading = facts.leading
    weight: dict[str, float] = {}
    for part in facts.usable_contributions:
        if leading in (None, part.interest_id) and part.value > 0 and len(part.evidence) == 1:
            weight[part.evidence[0]] = weight.get(part.evidence[0], 0.0) + part.value
    least = 0.0 if leading else LEAST_SHARE * sum(part.value for part in facts.contributions if part.value > 0)
    chosen: dict[str, Event] = {}
    for event_id in sorted(weight, key=lambda name: (-weight[name], name)):
        if weight[event_id] < least:
            break
        event = facts.events.get(event_id)
        if event is not None and event.item_id in facts.items and event.item_id != facts.item.item_id:
            chosen.setdefault(str(event.item_id), event)
        if len(chosen) == NAMED:
            break
    return list(chosen.values())


def leading_path(facts: Facts) -> tuple[str, tuple[str, ...]] | None:
    name = facts.leading
    path = None if name is None else facts.path_of(name)
    return None if name is None or path is None else (name, path)


def strongest_signal(contributions: Sequence[Contribution]) -> Signal | None:
    """Return the signal that adds most to a score; None if none adds anything."""
    total = _by_signals(contributions)
    best = max(total, key=lambda name: total[name], default=None)
    return best if best is not None and total[best] > 0 else None


def signals_by_strength(contributions: Sequence[Contribution]) -> list[Signal]:
    """Return the signals that add at least `LEAST_CONTRIBUTION` to a score, strongest first."""
    total = _by_signals(contributions)
    return sorted((name for name in total if total[name] >= LEAST_CONTRIBUTION), key=lambda name: -total[name])


def _by_signals(contributions: Sequence[Contribution]) -> dict[Signal, float]:
    total: dict[Signal, float] = {}
    for part in contributions:
        total[part.signal] = total.get(part.signal, 0.0) + part.value
    return total


def _because(events: Sequence[Event], facts: Facts, path: tuple[str, tuple[str, ...]] | None, language: str) -> str:
    say, done = Translator(language, "reasons"), _events_in_words(events, facts, language)
    return say("because_of_interest", events=done, place=" › ".join(path[1])) if path else say("because", events=done)


def _as_others(events: Sequence[Event], facts: Facts, language: str) -> str:
    """Explain by others' choices, without calling the item part of an interest, because its own content is not like it."""
    return Translator(language, "reasons")("as_others", events=_events_in_words(events, facts, language))


def _events_in_words(events: Sequence[Event], facts: Facts, language: str) -> str:
    """Return one or two events with their days; a repeated kind of event or day is written once."""
    say, first = Translator(language, "reasons"), events[0]
    title, day = _title(first, facts, language), day_in_words(first.at, language)
    alone = say("event", did=event_in_words(first.type, title, language), day=day)
    if len(events) == 1:
        return alone
    second = events[1]
    other_title, other_day = _title(second, facts, language), day_in_words(second.at, language)
    if first.type != second.type:
        other = say("event", did=event_in_words(second.type, other_title, language), day=other_day)
        return say("two_events", first=alone, second=other)
    if day == other_day:
        both = say("two_things", first=title, second=other_title)
        return say("event", did=event_in_words(first.type, both, language), day=day)
    other_event = event_in_words(second.type, other_title, language)
    return say("again", first=alone, did=other_event, about=other_title, day=other_day)


def titled_event_in_words(event: Event, facts: Facts, language: str) -> str:
    """Return what the user did with which item."""
    return event_in_words(event.type, _title(event, facts, language), language)


def event_in_words(kind: str, about: str, language: str) -> str:
    """Return an event of a type in words, about a thing in words; a type added in the settings becomes "chosen"."""
    name = kind if kind in _TYPES_WITH_PHRASES else "chosen"
    return Translator(language, "events")(name, about=about)


def _title(event: Event, facts: Facts, language: str) -> str:
    """Return the title of an event's item, with the number of a rating."""
    say, title = Translator(language, "reasons"), facts.items[str(event.item_id)].title
    if event.type != EventType.RATING or event.value is None:
        return say("title", title=title)
    return say("rated_title", title=title, rating=f"{event.value:g}")


def _fits(path: tuple[str, tuple[str, ...]], language: str) -> str:
    return Translator(language, "reasons")("fits", place=" › ".join(path[1]))


def _would_be(facts: Facts, language: str) -> str:
    assert facts.counterfactual is not None
    missing, rank = facts.counterfactual.without_interest, facts.counterfactual.rank
    label = facts.live.labels[facts.live.ids.index(missing)]
    return Translator(language, "reasons")("would_be", label=label, rank=rank)
