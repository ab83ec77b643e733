"""Reasons by rule: grammatical in both languages, and nothing but facts."""

from datetime import UTC, datetime

import numpy as np
import pytest

from penchant.agent.interest.live import LiveEvidence, LiveInterests
from penchant.agent.recommend.reasons import Facts, by_rule, leading_interest
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.recommendation import Citation, Contribution, Counterfactual, Explanation

BOUGHT = datetime(2026, 5, 3, tzinfo=UTC)
POT = Item(item_id="pot", title="RED TEA POT")
LAMP = Item(item_id="lamp", title="PAPER LAMP")
EVENT = Event(user_id="ada", type="purchase", item_id="pot", at=BOUGHT, event_id="e1")
LIVE = LiveInterests(
    user_id="ada", version=1, as_of=BOUGHT, ids=("n1",), labels=("Tea pots",), paths=(("Kitchen", "Tea", "Tea pots"),),
    vectors=np.ones((1, 1), np.float32), p=np.ones(1), liking=np.ones(1), muted=np.zeros(1, bool), pinned=np.zeros(1, bool),
    stated=np.zeros(1, bool), evidence=((LiveEvidence("e1", "pot", BOUGHT, 1.0),),),
)  # fmt: skip


def facts(*contributions: Contribution, counterfactual: Counterfactual | None = None) -> Facts:
    return Facts(LAMP, 1, contributions, LIVE, {"e1": EVENT}, {"pot": POT, "lamp": LAMP}, counterfactual)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "You bought “RED TEA POT” on 3 May 2026, part of your interest in Kitchen › Tea › Tea pots. "
            "Without “Tea pots” it would be number 9.",
        ),
        (
            "zh",
            "因为您2026年5月3日购买了“RED TEA POT”（兴趣：Kitchen › Tea › Tea pots）。如果没有“Tea pots”这一兴趣，它会排在第9位。",
        ),
    ],
)
def test_a_reason_names_the_purchase_its_date_the_interest_and_what_would_change(language: str, text: str) -> None:
    told = facts(
        Contribution(signal="collaborative", interest_id="n1", evidence=("e1",), value=1.0),
        counterfactual=Counterfactual(without_interest="n1", rank=9),
    )
    assert by_rule(told, language) == Explanation(
        text=text,
        cites=[Citation(event_id="e1"), Citation(interest_id="n1")],
        counterfactual=Counterfactual(without_interest="n1", rank=9),
    )


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Many people have chosen it lately."), ("zh", "最近有很多人选择了它。")]
)
def test_where_nothing_personal_speaks_the_reason_says_what_does(language: str, text: str) -> None:
    told = facts(Contribution(signal="trending", value=1.0), Contribution(signal="freshness", value=0.5))
    assert by_rule(told, language).text == text


def test_an_interest_that_speaks_against_an_item_does_not_lead() -> None:
    assert leading_interest([Contribution(signal="content", interest_id="n1", value=-1.0)]) is None
