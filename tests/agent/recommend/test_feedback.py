"""What users make of a list: kept beside it, counted once, and behaviour only where it is the user's own judgement."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from evaluation_data import START, WordEmbedder, events, items
from rule_agent import rule_agent

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.recommend.explanations.rule_explainer import leading_interest, strongest_signal
from penchant.agent.recommend.feedback import SuccessRate, rating_scale, stats
from penchant.agent.recommend.tuning.learning import choices_from_feedback, chosen_and_passed_items
from penchant.errors import ConsentError, NotFoundError, UsageError
from penchant.store.clock import FixedClock
from penchant.store.event import Event
from penchant.store.recommendation import Contribution, Explanation, Recommendation, RecommendedItem
from penchant.store.recommendations import Feedback, Outcome

NOW = START + timedelta(days=120)


@pytest.fixture
def agent(tmp_path: Path) -> InterestAgent:
    """Real parts throughout; twelve customers of a shop."""
    opened = rule_agent(tmp_path, items(), at=NOW, embedder=WordEmbedder())
    opened.observe(events(users=12, each=10))
    opened.update()
    return opened


def behaviour(agent: InterestAgent, user: str) -> list[Event]:
    return [event for event in agent.events(user) if event.event_id.startswith("f-")]


def test_a_judgement_becomes_behaviour_and_moves_the_profile(agent: InterestAgent) -> None:
    listing = agent.recommend("u1")
    given = agent.feedback("u1", listing.items[0].item_id, "liked", listing.recommendation_id)
    [event] = behaviour(agent, "u1")
    assert (event.type, event.item_id, event.event_id) == ("like", listing.items[0].item_id, given.event_id)
    assert agent.update("u1").users[0].events_new == 1


def test_a_disliked_item_does_not_come_back_and_a_rating_keeps_its_number(agent: InterestAgent) -> None:
    first, second = agent.recommend("u1").items[:2]
    agent.feedback("u1", first.item_id, "disliked")
    agent.feedback("u1", second.item_id, "rated:4.5")
    assert {(event.type, event.value) for event in behaviour(agent, "u1")} == {("dislike", None), ("rating", 4.5)}
    assert first.item_id not in {row.item_id for row in agent.recommend("u1", 60).items}


def test_a_list_is_kept_small_and_still_says_what_spoke_for_each_item(agent: InterestAgent) -> None:
    listing = agent.recommend("u1")
    stored = agent.services.recommendations.get(listing.recommendation_id)
    assert [row.explanation for row in stored.items] == [row.explanation for row in listing.items]
    for given, row in zip(listing.items, stored.items, strict=True):
        assert sum(part.value for part in row.contributions) == pytest.approx(given.score, abs=1e-6)
        assert leading_interest(row.contributions) == leading_interest(given.contributions)
        assert strongest_signal(row.contributions) == strongest_signal(given.contributions)
        assert len({part.interest_id for part in row.contributions}) <= 4


@pytest.mark.parametrize("outcome", ["shown", "clicked"])
def test_what_only_measures_a_list_is_no_behaviour(agent: InterestAgent, outcome: str) -> None:
    listing = agent.recommend("u1")
    given = agent.feedback("u1", listing.items[0].item_id, outcome, listing.recommendation_id)
    assert (given.event_id, behaviour(agent, "u1")) == (None, [])


def test_the_same_feedback_sent_twice_counts_once(agent: InterestAgent) -> None:
    listing = agent.recommend("u1")
    for _ in range(2):
        for outcome in ("clicked", "liked"):
            agent.feedback("u1", listing.items[0].item_id, outcome, listing.recommendation_id)
    counts = agent.stats().recommendations
    assert len(behaviour(agent, "u1")) == 1
    assert (counts.click_through, counts.satisfaction) == (SuccessRate.of(1, 1), SuccessRate.of(1, 1))


def test_without_a_list_it_belongs_to_the_newest_one_with_the_item(agent: InterestAgent) -> None:
    listing = agent.recommend("u1")
    assert agent.feedback("u1", listing.items[2].item_id, "clicked").recommendation_id == listing.recommendation_id
    unlisted = next(item for item in items() if item.item_id not in {row.item_id for row in listing.items})
    assert agent.feedback("u1", unlisted.item_id, "liked").recommendation_id is None


def test_the_newest_list_is_that_given_last_whatever_moment_it_is_of(agent: InterestAgent) -> None:
    item = agent.recommend("u1").items[0].item_id
    asked: list[dict[str, Any]] = [{"k": k} for k in range(2, 9)] + [
        {"at": NOW - timedelta(days=1)},
        {"k": 3},
    ]  # the last is given twice
    for wishes in asked:
        assert isinstance(agent.clock, FixedClock)
        agent.clock.advance(timedelta(seconds=1))
        listing = agent.recommend("u1", pin=[item], **wishes)

        assert agent.feedback("u1", item, "clicked").recommendation_id == listing.recommendation_id


def test_what_cannot_be_meant_is_refused_and_nothing_is_written(agent: InterestAgent) -> None:
    listing = agent.recommend("u1")
    listed = {row.item_id for row in listing.items}
    unlisted = next(item.item_id for item in items() if item.item_id not in listed)
    known, listed_item = listing.recommendation_id, listing.items[0].item_id
    wrong: list[tuple[str, str, str, str | None, type[Exception], str]] = [
        ("u1", listed_item, "adored", None, UsageError, "use shown, clicked, liked, disliked or rated:N"),
        ("u1", listed_item, "rated:nan", None, UsageError, "give a number"),
        ("u1", listed_item, "rated", None, UsageError, "rated:N"),
        ("u1", "nothing", "liked", None, NotFoundError, "no item 'nothing'"),
        ("u1", unlisted, "clicked", known, UsageError, "is not on the list"),
        ("u1", listed_item, "clicked", "r-0", NotFoundError, "no recommendation 'r-0'"),
        ("u2", listed_item, "clicked", known, NotFoundError, "was never given"),
        ("u\n1", listed_item, "clicked", None, UsageError, "holds a line break"),
    ]
    for user, item, outcome, recommendation, error, text in wrong:
        with pytest.raises(error, match=text):
            agent.feedback(user, item, outcome, recommendation)
    with pytest.raises(UsageError, match="is in the future"):
        agent.feedback("u1", listed_item, "liked", at=NOW + timedelta(days=9))
    assert agent.services.recommendations.feedback() == []
    assert behaviour(agent, "u1") == []


def test_consent_and_erasure_hold_for_feedback(agent: InterestAgent) -> None:
    listing = agent.recommend("u1")
    agent.feedback("u1", listing.items[0].item_id, "liked", listing.recommendation_id)
    assert agent.erase("u1").residue == 0
    assert agent.services.recommendations.feedback() == []
    agent.revoke("u2", "recommend")
    with pytest.raises(ConsentError):
        agent.feedback("u2", listing.items[0].item_id, "liked")


# What the counts say


def listed(user: str, *signals: tuple[str, str | None]) -> Recommendation:
    """A list whose items are spoken for by one signal and interest each."""
    rows = [
        RecommendedItem(
            item_id=f"i{rank}",
            title=f"item {rank}",
            rank=rank,
            score=1.0,
            contributions=[Contribution(signal=signal, interest_id=interest, value=1.0)],
            explanation=Explanation(text="because"),
        )
        for rank, (signal, interest) in enumerate(signals, 1)
    ]
    return Recommendation(recommendation_id=f"r-{user}", user_id=user, as_of=NOW, profile_version=1, items=rows)


def said(listing: Recommendation, *outcomes: tuple[int, Outcome, float | None]) -> list[Feedback]:
    return [
        Feedback(user_id=listing.user_id, item_id=f"i{rank}", outcome=outcome, rating=rating, at=NOW)
        for rank, outcome, rating in outcomes
    ]


FOUR = (("content", "tea"), ("content", "tea"), ("trending", None), ("collaborative", "lamps"))


def test_rates_are_by_signal_and_interest_with_wilson_intervals() -> None:
    ada, bob = listed("ada", *FOUR), listed("bob", *FOUR)
    heard = [
        (ada, said(ada, (1, "shown", None), (1, "clicked", None), (2, "shown", None), (4, "liked", None))),
        (bob, said(bob, (1, "rated", 5.0), (2, "rated", 2.0), (3, "disliked", None))),
    ]
    found = stats(5, heard, lambda user: {"tea": "Kitchen › Tea"})
    assert (found.lists, found.lists_with_feedback) == (5, 2)
    assert found.click_through == SuccessRate.of(4, 6)
    assert found.satisfaction == SuccessRate.of(2, 4)
    assert {
        name: (rates.click_through.count, rates.click_through.total) for name, rates in found.by_signal.items()
    } == {
        "collaborative": (1, 1),
        "content": (3, 4),
        "trending": (0, 1),
    }
    assert [(rates.label, rates.users, rates.satisfaction) for rates in found.by_interest] == [
        ("Kitchen › Tea", 2, SuccessRate.of(1, 2)),
        ("lamps", 1, SuccessRate.of(1, 1)),
    ]
    assert SuccessRate.of(8, 10) == SuccessRate(count=8, total=10, rate=0.8, low=0.4902, high=0.9433)
    assert SuccessRate.of(0, 0) == SuccessRate()


def test_where_nothing_was_reported_shown_everything_down_to_the_last_outcome_was_seen() -> None:
    recommendation = listed("ada", *FOUR)
    assert stats(
        1, [(recommendation, said(recommendation, (3, "clicked", None)))], lambda user: {}
    ).click_through == SuccessRate.of(1, 3)


def test_the_last_word_on_an_item_is_the_one_that_counts() -> None:
    recommendation = listed("ada", *FOUR)
    changed = said(recommendation, (1, "liked", None), (1, "disliked", None))
    assert stats(1, [(recommendation, changed)], lambda user: {}).satisfaction == SuccessRate.of(0, 1)


@pytest.mark.parametrize(
    ("ratings", "best"), [([1.0], 1.0), ([4.0], 5.0), ([2.0, 8.0], 10.0), ([], 1.0), ([640.0], 640.0)]
)
def test_the_scale_of_ratings_is_guessed_from_the_largest(ratings: Sequence[float], best: float) -> None:
    recommendation = listed("ada", *FOUR)
    assert rating_scale(said(recommendation, *((1, "rated", value) for value in ratings))) == best


# What tuning learns from it


def test_only_what_stood_above_a_click_or_was_disliked_counts_as_passed_over() -> None:
    recommendation = listed("ada", *FOUR)
    assert chosen_and_passed_items(recommendation, said(recommendation, (3, "clicked", None)), 5.0) == (
        ("i3",),
        ("i1", "i2"),
    )
    assert chosen_and_passed_items(
        recommendation, said(recommendation, (1, "clicked", None), (4, "disliked", None)), 5.0
    )[1] == ("i4",)
    shown = said(recommendation, (1, "clicked", None), (2, "shown", None))
    assert chosen_and_passed_items(recommendation, shown, 5.0) == (("i1",), ())
    assert chosen_and_passed_items(recommendation, said(recommendation, (1, "rated", 1.0), (2, "rated", 5.0)), 5.0) == (
        ("i2",),
        ("i1",),
    )


def test_a_choice_learnt_from_a_list_holds_what_was_taken_against_what_was_passed_over(agent: InterestAgent) -> None:
    for user in ("u1", "u2", "u3", "u4"):
        listing = agent.recommend(user)
        agent.feedback(user, listing.items[3].item_id, "clicked", listing.recommendation_id)
    recommender = agent.services.recommender
    choices = list(choices_from_feedback(recommender, agent.services.recommendations))
    assert len(choices) == 4
    for choice in choices:
        ids = choice.models.space.ids
        [listing] = agent.services.recommendations.for_user(choice.user.live.user_id)
        assert {ids[place] for place in choice.allowed.nonzero()[0]} == {row.item_id for row in listing.items[:4]}
        assert [ids[place] for place in choice.chosen] == [listing.items[3].item_id]
        assert choice.moment.at == listing.as_of.timestamp()


def test_lists_that_teach_nothing_are_left_out(agent: InterestAgent) -> None:
    listing = agent.recommend("u1")
    agent.feedback("u1", listing.items[0].item_id, "clicked", listing.recommendation_id)
    assert list(choices_from_feedback(agent.services.recommender, agent.services.recommendations)) == []
