"""Reasons by rule: grammatical in both languages, and nothing but facts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.explanations.facts import closed_facts
from penchant.agent.recommend.explanations.rule_explainer import Facts, by_rule, leading_interest
from penchant.agent.recommend.others import Others
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.recommendation import Citation, Contribution, Counterfactual, Explanation, Signal

BOUGHT = datetime(2026, 5, 3, tzinfo=UTC)
POT = Item(item_id="pot", title="RED TEA POT")
LAMP = Item(item_id="lamp", title="PAPER LAMP")
EVENT = Event(user_id="ada", type="purchase", item_id="pot", at=BOUGHT, event_id="e1")
LIVE = LiveInterests(
    user_id="ada", version=1, as_of=BOUGHT, ids=("n1",), labels=("Tea pots",), paths=(("Kitchen", "Tea", "Tea pots"),),
    vectors=np.ones((1, 1), np.float32), p=np.ones(1), liking=np.ones(1), muted=np.zeros(1, bool), pinned=np.zeros(1, bool),
    stated=np.zeros(1, bool), acted=np.ones(1, bool), evidence=(("e1",),),
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
    known = facts(
        Contribution(signal="collaborative", interest_id="n1", evidence=("e1",), value=1.0),
        counterfactual=Counterfactual(without_interest="n1", rank=9),
    )
    assert by_rule(known, language) == Explanation(
        text=text,
        cites=[Citation(event_id="e1"), Citation(interest_id="n1")],
        counterfactual=Counterfactual(without_interest="n1", rank=9),
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "You bought “RED TEA POT” on 3 May 2026; others who chose what you chose also chose it."),
        ("zh", "您2026年5月3日购买了“RED TEA POT”；与您选择相同的其他人也选择了它。"),
    ],
)
def test_what_is_chosen_together_with_an_interest_and_not_like_it_is_not_called_part_of_it(
    language: str, text: str
) -> None:
    parts = (
        Contribution(signal="collaborative", interest_id="n1", evidence=("e1",), value=2.0),
        Contribution(signal="content", interest_id="n1", evidence=("e1",), value=1.0),
    )
    known = Facts(LAMP, 1, parts, LIVE, {"e1": EVENT}, {"pot": POT, "lamp": LAMP}, others=lambda: Others(together=3))
    assert by_rule(known, language).text == text
    alike = replace(known, contributions=(parts[0], parts[1].model_copy(update={"value": 3.0})))
    assert "Tea pots" in by_rule(alike, language).text


TWO_INTERESTS = LiveInterests(
    user_id="ada", version=1, as_of=BOUGHT, ids=("n1", "n2"), labels=("Tea pots", "Mugs"),
    paths=(("Kitchen", "Tea", "Tea pots"), ("Kitchen", "Cups", "Mugs")), vectors=np.ones((2, 1), np.float32), p=np.ones(2) / 2,
    liking=np.ones(2), muted=np.zeros(2, bool), pinned=np.zeros(2, bool), stated=np.zeros(2, bool),
    acted=np.ones(2, bool), evidence=(("e1",), ("e2",)),
)  # fmt: skip


def test_what_is_called_part_of_an_interest_is_part_of_it() -> None:
    """The mug weighs most of all purchases, but the pots lead: the sentence about them names the pot."""
    mug = Event(user_id="ada", type="purchase", item_id="mug", at=BOUGHT, event_id="e2")
    items = {"pot": POT, "lamp": LAMP, "mug": Item(item_id="mug", title="BLUE MUG")}
    parts = (
        Contribution(signal="content", interest_id="n1", value=3.0),
        Contribution(signal="content", interest_id="n1", evidence=("e1",), value=1.0),
        Contribution(signal="collaborative", interest_id="n2", evidence=("e2",), value=2.0),
    )
    reason = by_rule(Facts(LAMP, 1, parts, TWO_INTERESTS, {"e1": EVENT, "e2": mug}, items), "en")

    assert reason.text == "You bought “RED TEA POT” on 3 May 2026, part of your interest in Kitchen › Tea › Tea pots."
    assert reason.cites == [Citation(event_id="e1"), Citation(interest_id="n1")]


@pytest.mark.parametrize(
    ("second", "english", "chinese"),
    [
        (
            {"type": "purchase", "at": BOUGHT},
            "You bought “RED TEA POT” and “BLUE MUG” on 3 May 2026",
            "因为您2026年5月3日购买了“RED TEA POT”和“BLUE MUG”",
        ),
        (
            {"type": "purchase", "at": datetime(2026, 5, 4, tzinfo=UTC)},
            "You bought “RED TEA POT” on 3 May 2026 and “BLUE MUG” on 4 May 2026",
            "因为您2026年5月3日购买了“RED TEA POT”，2026年5月4日购买了“BLUE MUG”",
        ),
        (
            {"type": "view", "at": BOUGHT},
            "You bought “RED TEA POT” on 3 May 2026 and viewed “BLUE MUG” on 3 May 2026",
            "因为您2026年5月3日购买了“RED TEA POT”，2026年5月3日浏览了“BLUE MUG”",
        ),
    ],
)
def test_what_was_done_twice_or_on_one_day_is_said_once(second: dict[str, object], english: str, chinese: str) -> None:
    other = Event.model_validate({"user_id": "ada", "item_id": "mug", "event_id": "e2", **second})
    parts = [Contribution(signal="content", interest_id="n1", evidence=(name,), value=1.0) for name in ("e1", "e2")]
    items = {"pot": POT, "lamp": LAMP, "mug": Item(item_id="mug", title="BLUE MUG")}
    known = Facts(LAMP, 1, parts, LIVE, {"e1": EVENT, "e2": other}, items)

    assert by_rule(known, "en").text == f"{english}, part of your interest in Kitchen › Tea › Tea pots."
    assert by_rule(known, "zh").text == f"{chinese}（兴趣：Kitchen › Tea › Tea pots）。"


@pytest.mark.parametrize(
    ("signal", "english", "chinese"),
    [
        (
            "trending",
            "Others have looked at or chosen it once in the last 30 days.",
            "最近30天内其他人浏览或选择了它1次。",
        ),
        ("popularity", "Others have looked at or chosen it 1,200 times.", "其他人浏览或选择了它1,200次。"),
        (
            "collaborative",
            "3 other people who chose what you chose also chose it.",
            "与您选择相同的另外3人也选择了它。",
        ),
        ("freshness", "It is new here.", "它是最近新增的。"),
    ],
)
def test_where_nothing_personal_speaks_the_reason_says_what_does(signal: Signal, english: str, chinese: str) -> None:
    lamp = LAMP.model_copy(update={"created_at": BOUGHT - timedelta(days=2)})
    known = replace(facts(Contribution(signal=signal, value=1.0)), item=lamp, others=lambda: Others(1, 1200, 3))
    assert (by_rule(known, "en").text, by_rule(known, "zh").text) == (english, chinese)


NOTHING = "There is no particular reason yet: it completes the list."


def test_what_was_created_long_ago_is_not_called_new() -> None:
    known = facts(Contribution(signal="freshness", value=1.0))
    of_age = [
        replace(known, item=LAMP.model_copy(update={"created_at": LIVE.as_of - timedelta(days=d)})) for d in (9, 600)
    ]
    assert [by_rule(each, "en").text for each in of_age] == ["It is new here.", NOTHING]


def test_newness_that_adds_nothing_is_no_reason_and_gives_way_to_the_true_one() -> None:
    young = LAMP.model_copy(update={"created_at": LIVE.as_of - timedelta(days=2)})
    nearly_nothing = replace(facts(Contribution(signal="freshness", value=0.0002)), item=young)
    assert by_rule(nearly_nothing, "en").text == NOTHING
    assert by_rule(nearly_nothing, "zh").text == "目前没有特别的理由：它用来补足列表。"
    old = facts(Contribution(signal="freshness", value=0.02), Contribution(signal="popularity", value=0.01))
    popular = replace(old, others=lambda: Others(ever=12))
    assert by_rule(popular, "en").text == "Others have looked at or chosen it 12 times."


def test_others_who_are_not_there_are_no_reason() -> None:
    known = facts(Contribution(signal="trending", value=1.0))
    assert by_rule(known, "en").text == NOTHING
    assert all("Others" not in fact.text for fact in closed_facts(known, "en"))


def test_an_interest_that_speaks_against_an_item_does_not_lead() -> None:
    assert leading_interest([Contribution(signal="content", interest_id="n1", value=-1.0)]) is None


@pytest.mark.parametrize(
    ("rank", "text"),
    [
        (1, "Others have looked at or chosen it 9 times in the last 30 days. You bought “RED TEA POT” on 3 May 2026"),
        (4, "You bought “RED TEA POT” on 3 May 2026"),
    ],
)
def test_what_carries_an_item_comes_before_an_interest_without_which_it_would_stand_there_too(
    rank: int, text: str
) -> None:
    parts = (
        Contribution(signal="trending", value=2.486),
        Contribution(signal="content", interest_id="n1", evidence=("e1",), value=0.154),
        Contribution(signal="popularity", value=-0.12),
    )
    known = replace(
        facts(*parts, counterfactual=Counterfactual(without_interest="n1", rank=rank)), others=lambda: Others(9, 9, 0)
    )

    assert by_rule(known, "en").text.startswith(text)
    assert ("Others" in closed_facts(known, "en")[0].text) == (rank == 1)


def test_an_interest_that_carries_most_of_a_score_leads_wherever_the_item_stands() -> None:
    parts = (
        Contribution(signal="trending", value=1.0),
        Contribution(signal="content", interest_id="n1", evidence=("e1",), value=1.2),
    )
    known = facts(*parts, counterfactual=Counterfactual(without_interest="n1", rank=1))

    assert by_rule(replace(known, others=lambda: Others(9, 9, 0)), "en").text.startswith("You bought")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_disliked_interest_is_never_a_reason(language: str) -> None:
    """An item unlike what is disliked gains by it, and what was done with disliked things says nothing for another."""
    disliking = replace(LIVE, liking=np.full(1, 0.2))
    parts = (
        Contribution(signal="content", interest_id="n1", value=3.0),
        Contribution(signal="collaborative", interest_id="n1", evidence=("e1",), value=2.0),
        Contribution(signal="trending", value=0.1),
    )
    known = Facts(LAMP, 1, parts, disliking, {"e1": EVENT}, {"pot": POT, "lamp": LAMP})

    only_trending = facts(Contribution(signal="trending", value=0.1))
    assert by_rule(known, language) == by_rule(only_trending, language)
    assert closed_facts(known, language) == closed_facts(only_trending, language)


@pytest.mark.parametrize(("asked", "answers"), [(0.0, True), (1.2, False)])
def test_a_little_popularity_is_no_reason_where_the_content_or_the_query_carries_the_item(
    asked: float, answers: bool
) -> None:
    known = replace(
        facts(
            Contribution(signal="content", interest_id="h", value=1.2), Contribution(signal="popularity", value=0.04)
        ),
        others=lambda: Others(ever=2),
        shared_path=lambda _interest: None,
        asked=asked,
        answers=answers,
    )
    nearest = ("Of what is left, it is among the nearest to what you choose.", "在其余物品中，它与您的选择较为接近。")
    nothing = (NOTHING, "目前没有特别的理由：它用来补足列表。")
    assert (by_rule(known, "en").text, by_rule(known, "zh").text) == (nothing if asked else nearest)
    if asked:
        of_here = "Of what is here, it is among the nearest to what you asked for."
        assert by_rule(replace(known, is_near=True), "en").text == of_here
