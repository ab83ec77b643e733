"""Feedback on lists: stored beside the list, counted, and where it is a judgement, recorded as an event too.

`liked`, `disliked` and `rated` are the user's own judgement of an item, so they become events: they change the profile, and disliked
items are not listed again. `shown` and `clicked` only measure lists. A click that should count as interest is sent as an event by the
application, which sees all clicks; if feedback recorded it too, it would count twice and favour what was recommended already.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field, ValidationError

from penchant.agent.profiles.engine.signals import RATING_PRIOR_MEAN, SCALES
from penchant.agent.recommend.explanations.rule_explainer import leading_interest, strongest_signal
from penchant.errors import FIND_ITEMS, NotFoundError, UsageError
from penchant.prompts.remarks import remark
from penchant.store.event import MAX_CLOCK_DIFFERENCE, Event, EventType
from penchant.store.profile import construct
from penchant.store.receipt import Observed
from penchant.store.recommendation import Contribution, Recommendation, RecommendedItem, Signal
from penchant.store.recommendations import Feedback, Outcome, Recommendations, parse_outcome

if TYPE_CHECKING:
    from penchant.store.catalogue import Catalogue


CONFIDENCE = 0.95
Labels = Callable[[str], Mapping[str, str]]
"""Maps a user id to the labels of the user's interests, by interest id."""


class SuccessRate(BaseModel):
    """`count` of `total` as a share with its 95 % Wilson interval; all None if `total` is 0."""

    count: int = 0
    total: int = 0
    rate: float | None = None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, count: int, total: int) -> "SuccessRate":
        """Return the rate of `count` in `total`."""
        if not total:
            return cls()
        from scipy.stats import binomtest  # takes a third of a second to import

        interval = binomtest(count, total).proportion_ci(CONFIDENCE, method="wilson")
        share, low, high = (round(float(value), 4) for value in (count / total, interval.low, interval.high))
        return cls(count=count, total=total, rate=share, low=low, high=high)


class Reception(BaseModel):
    """How users received items: `click_through` of those seen, `satisfaction` of those judged (liked, disliked or rated)."""

    click_through: SuccessRate = Field(default_factory=SuccessRate)
    satisfaction: SuccessRate = Field(default_factory=SuccessRate)


class InterestReception(Reception):
    """Reception of the items to which one interest contributes most. Interests of different users with the same label count together."""

    label: str
    users: int


class ReceptionStats(Reception):
    """Reception of all stored lists. `by_signal`: by the signal that contributes most to an item."""

    lists: int = 0
    lists_with_feedback: int = 0
    by_signal: dict[str, Reception] = Field(default_factory=dict)
    by_interest: list[InterestReception] = Field(default_factory=list)


@dataclass(frozen=True)
class Seen:
    """One item of a list that the user has seen, with the outcome. `satisfied`: None if the user did not judge it."""

    user_id: str
    row: RecommendedItem
    clicked: bool
    satisfied: bool | None


def seen(recommendation: Recommendation, given: Sequence[Feedback], scale: float) -> list[Seen]:
    """Return the items of a list that the user has seen, in its order. `scale`: the best possible rating."""
    by_item: dict[str, list[Feedback]] = defaultdict(list)
    for feedback in given:
        by_item[feedback.item_id].append(feedback)
    reported = any(feedback.outcome == "shown" for feedback in given)
    last = max((row.rank for row in recommendation.items if row.item_id in by_item), default=0)
    return [
        _seen(recommendation.user_id, row, by_item[row.item_id], scale)
        for row in recommendation.items
        if row.item_id in by_item or (not reported and row.rank < last)
    ]


def rating_scale(given: Iterable[Feedback]) -> float:
    """Return the best possible rating, guessed from the largest one seen (1, 5, 10 or 100)."""
    largest = max((feedback.rating for feedback in given if feedback.rating is not None), default=1.0)
    return next((top for top in SCALES if largest <= top), largest)


def stats(lists: int, heard: Sequence[tuple[Recommendation, Sequence[Feedback]]], labels: Labels) -> ReceptionStats:
    """Return the reception of all lists. `heard`: lists with the feedback on them; `lists`: the number of all lists."""
    scale = rating_scale(use for _, given in heard for use in given)
    looked = [use for recommendation, given in heard for use in seen(recommendation, given, scale)]
    signals: dict[str, list[Seen]] = defaultdict(list)
    interests: dict[str, list[Seen]] = defaultdict(list)
    for use in looked:
        if signal := strongest_signal(use.row.contributions):
            signals[signal].append(use)
        if name := leading_interest(use.row.contributions):
            interests[labels(use.user_id).get(name, name)].append(use)
    by_interest = [
        InterestReception(label=label, users=len({use.user_id for use in some}), **_reception(some))
        for label, some in interests.items()
    ]
    return ReceptionStats(
        lists=lists,
        lists_with_feedback=len(heard),
        by_signal={signal: Reception(**_reception(some)) for signal, some in sorted(signals.items())},
        by_interest=sorted(by_interest, key=lambda use: (-use.click_through.total, use.label)),
        **_reception(looked),
    )


def _seen(user_id: str, row: RecommendedItem, given: Sequence[Feedback], scale: float) -> Seen:
    outcomes = {feedback.outcome for feedback in given}
    judged = [feedback for feedback in given if feedback.outcome in ("liked", "disliked", "rated")]
    satisfied = _satisfied(judged[-1], scale) if judged else None  # the last judgement counts
    return Seen(user_id, row, bool(outcomes - {"shown", "disliked"}), satisfied)


def _satisfied(given: Feedback, scale: float) -> bool:
    """Return whether an item was liked, or rated above the average of all people."""
    return given.outcome == "liked" or (given.rating is not None and given.rating / scale > RATING_PRIOR_MEAN)


def _reception(some: Sequence[Seen]) -> dict[str, SuccessRate]:
    judged = [row for row in some if row.satisfied is not None]
    return {
        "click_through": SuccessRate.of(sum(row.clicked for row in some), len(some)),
        "satisfaction": SuccessRate.of(sum(bool(row.satisfied) for row in judged), len(judged)),
    }


BEHAVIOUR: dict[Outcome, EventType] = {
    "liked": EventType.LIKE,
    "disliked": EventType.DISLIKE,
    "rated": EventType.RATING,
}
"""The outcomes that are recorded as events too, with the event type."""
MAX_INTERESTS_STORED = 3
Observe = Callable[[Sequence[Event]], Observed]


class FeedbackReceipt(Feedback):
    """The stored feedback. `recommendation_id`: as given, or the user's newest list with the item on it."""

    event_id: str | None = Field(
        None, description="The id of the event that was also stored, if the feedback is a judgement by the user"
    )


def record_feedback(
    lists: Recommendations,
    catalogue: "Catalogue",
    user_id: str,
    item_id: str,
    answer: str,
    *,
    of: str | None,
    at: datetime | None,
    now: datetime,
    observe: Observe,
) -> FeedbackReceipt:
    """Store what a user made of an item. `answer`: `clicked`, `rated:4` …; `of`: the id of the list with the item.

    Raises `UsageError`, `NotFoundError`.
    """
    outcome, rating = parse_outcome(answer)
    at = at or now
    if at > now + MAX_CLOCK_DIFFERENCE:
        raise UsageError(f"{at:%Y-%m-%d %H:%M} is in the future: record feedback after it was given")
    check_item(catalogue, item_id)
    stood_on = _list_of(lists, user_id, item_id, of)
    try:
        given = FeedbackReceipt(
            user_id=user_id, item_id=item_id, outcome=outcome, rating=rating, at=at, recommendation_id=stood_on
        )
    except ValidationError as error:
        fault = error.errors()[0]
        raise UsageError(f"{fault['loc'][0]} is not usable: {fault['msg']}") from None
    event = as_event(given)
    accepted = event is not None and not observe([event]).withheld
    lists.add_feedback(Feedback(**given.model_dump(exclude={"event_id"})))
    return given.model_copy(update={"event_id": event.event_id if event is not None and accepted else None})


def check_item(catalogue: "Catalogue", item_id: str) -> None:
    """Raise `NotFoundError` for an item that the catalogue has never had."""
    if not catalogue.get([item_id]):
        raise NotFoundError(remark("item_unknown", item=repr(item_id)), FIND_ITEMS)


def stored_form(recommendation: Recommendation) -> Recommendation:
    """Return a list in the small form that is stored for feedback: each account by signal and by the few interests that contribute most."""
    items = [row.model_copy(update={"contributions": _summed(row.contributions)}) for row in recommendation.items]
    return recommendation.model_copy(update={"items": items})


def _summed(contributions: Sequence[Contribution]) -> list[Contribution]:
    carried: dict[str, float] = {}
    for part in contributions:
        if part.interest_id is not None:
            carried[part.interest_id] = carried.get(part.interest_id, 0.0) + part.value
    named = sorted(carried, key=lambda name: (-carried[name], name))[:MAX_INTERESTS_STORED]
    sums: dict[tuple[Signal, str | None], float] = {}
    for part in contributions:
        place = part.signal, part.interest_id if part.interest_id in named else None
        sums[place] = sums.get(place, 0.0) + part.value
    return [
        construct(Contribution, {"signal": signal, "interest_id": name, "evidence": (), "value": value})
        for (signal, name), value in sums.items()
    ]


def as_event(given: Feedback) -> Event | None:
    """Return the event for this feedback; None if it is no judgement. The same feedback on the same list always gives the same event."""
    kind = BEHAVIOUR.get(given.outcome)
    if kind is None:
        return None
    once = given.recommendation_id or given.at.isoformat()
    content = "\x1f".join([given.user_id, given.item_id, given.outcome, str(given.rating), once])
    return Event(
        user_id=given.user_id,
        type=kind,
        item_id=given.item_id,
        value=given.rating,
        at=given.at,
        event_id="f-" + hashlib.blake2b(content.encode(), digest_size=10).hexdigest(),
    )


def _list_of(recommendations: Recommendations, user_id: str, item_id: str, named: str | None) -> str | None:
    """Return the id of the list that feedback belongs to.

    Raises `UsageError` if the named list lacks the item, `NotFoundError` if it is not the user's.
    """
    if named is None:
        lists = recommendations.for_user(user_id)
        return next(
            (
                recommendation.recommendation_id
                for recommendation in lists
                if any(row.item_id == item_id for row in recommendation.items)
            ),
            None,
        )
    named_list = recommendations.get(named)
    if named_list.user_id != user_id:
        raise NotFoundError(f"user {user_id!r} was never given recommendation {named!r}")
    if not any(row.item_id == item_id for row in named_list.items):
        raise UsageError(f"item {item_id!r} is not on the list {named!r}: leave the list out, or name the right one")
    return named
