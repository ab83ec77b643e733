"""How lists are taken: click-through and satisfaction, by signal and by interest, each with how sure it is.

An item counts as seen when it was reported `shown` or got any other outcome; on a list for which nothing was reported `shown`, everything
down to the last item with an outcome was seen (people look from the top: the cascade model, Craswell et al., WSDM 2008). An item counts
once per list, however often the same outcome was sent. Intervals are Wilson's (1927), 95 %.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field
from scipy.stats import binomtest

from penchant.agent.profiles.engine.signals import RATING_PRIOR_MEAN, SCALES
from penchant.agent.recommend.explanations.rule_explainer import leading_interest, strongest_signal
from penchant.store.recommendation import Recommendation, RecommendedItem
from penchant.store.recommendations import Feedback

CONFIDENCE = 0.95
Labels = Callable[[str], Mapping[str, str]]
"""User id to what their interests are called, by interest id."""


class Rate(BaseModel):
    """`count` of `total`, as a share with its 95 % Wilson interval; no share of nothing."""

    count: int = 0
    total: int = 0
    rate: float | None = None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, count: int, total: int) -> "Rate":
        """The rate of `count` in `total`."""
        if not total:
            return cls()
        interval = binomtest(count, total).proportion_ci(CONFIDENCE, method="wilson")
        share, low, high = (round(float(value), 4) for value in (count / total, interval.low, interval.high))
        return cls(count=count, total=total, rate=share, low=low, high=high)


class Reception(BaseModel):
    """How items were taken: `click_through` of those seen, `satisfaction` of those judged (liked, disliked or rated)."""

    click_through: Rate = Field(default_factory=Rate)
    satisfaction: Rate = Field(default_factory=Rate)


class InterestReception(Reception):
    """The items that one interest speaks for most. Interests of different users under one label count together."""

    label: str
    users: int


class RecommendationStats(Reception):
    """Everything kept. `by_signal`: by the signal that speaks most for an item."""

    lists: int = 0
    lists_with_feedback: int = 0
    by_signal: dict[str, Reception] = Field(default_factory=dict)
    by_interest: list[InterestReception] = Field(default_factory=list)


@dataclass(frozen=True)
class Seen:
    """One item of one list that the user has seen, and what came of it. `satisfied`: None where they did not judge it."""

    user_id: str
    row: RecommendedItem
    clicked: bool
    satisfied: bool | None


def seen(recommendation: Recommendation, given: Sequence[Feedback], scale: float) -> list[Seen]:
    """What of a list was seen, in its order. `scale`: the best rating there is."""
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
    """The best rating there is, guessed from the largest one seen (1, 5, 10 or 100)."""
    largest = max((feedback.rating for feedback in given if feedback.rating is not None), default=1.0)
    return next((top for top in SCALES if largest <= top), largest)


def stats(
    lists: int, heard: Sequence[tuple[Recommendation, Sequence[Feedback]]], labels: Labels
) -> RecommendationStats:
    """Everything that was `heard`: lists beside the feedback on them; `lists`: how many there are in all."""
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
    return RecommendationStats(
        lists=lists,
        lists_with_feedback=len(heard),
        by_signal={signal: Reception(**_reception(some)) for signal, some in sorted(signals.items())},
        by_interest=sorted(by_interest, key=lambda use: (-use.click_through.total, use.label)),
        **_reception(looked),
    )


def _seen(user_id: str, row: RecommendedItem, given: Sequence[Feedback], scale: float) -> Seen:
    outcomes = {feedback.outcome for feedback in given}
    judged = [feedback for feedback in given if feedback.outcome in ("liked", "disliked", "rated")]
    satisfied = _satisfied(judged[-1], scale) if judged else None  # their last word counts
    return Seen(user_id, row, bool(outcomes - {"shown", "disliked"}), satisfied)


def _satisfied(given: Feedback, scale: float) -> bool:
    """Liked, or rated above what people give on average."""
    return given.outcome == "liked" or (given.rating is not None and given.rating / scale > RATING_PRIOR_MEAN)


def _reception(some: Sequence[Seen]) -> dict[str, Rate]:
    judged = [row for row in some if row.satisfied is not None]
    return {
        "click_through": Rate.of(sum(row.clicked for row in some), len(some)),
        "satisfaction": Rate.of(sum(bool(row.satisfied) for row in judged), len(judged)),
    }
