"""Ratings on every scale say whether a user likes or dislikes something; a 0 says so on a scale from 0 to 1 alone."""

from datetime import UTC, datetime, timedelta

import pytest
from rule_agent import rule_agent

from penchant import Event, InterestAgent, Item

SHELVES = {"Fantasy": "Dragon saga", "History": "Roman war chronicle", "Cooking": "Pasta cookbook"}


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    agent = rule_agent(tmp_path_factory.mktemp("home"))
    agent.add_items(
        Item(item_id=f"{shelf}{number}", title=f"{title} {number}", categories=(("Books", shelf),))
        for shelf, title in SHELVES.items()
        for number in range(5)
    )
    return agent


def opinions(agent: InterestAgent, user: str, liked: float, disliked: float) -> dict[str, str]:
    """Rate two books of fantasy and two of history, and return the polarity of each shelf."""
    rated = [("Fantasy0", liked), ("Fantasy1", liked), ("History0", disliked), ("History1", disliked)]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    agent.observe(
        Event(user_id=user, type="rating", item_id=item, value=value, at=start + timedelta(days=day))
        for day, (item, value) in enumerate(rated)
    )
    agent.update(user)
    return {node.label: node.polarity for node in agent.profile(user).walk() if node.label in SHELVES}


@pytest.mark.parametrize(("liked", "disliked"), [(1, 0), (5, 1), (10, 2), (100, 10), (0.9, 0.1)])
def test_the_lower_rating_is_a_dislike_on_every_scale(agent: InterestAgent, liked: float, disliked: float) -> None:
    user = f"{liked}-{disliked}"

    assert opinions(agent, user, liked, disliked) == {"Fantasy": "like", "History": "dislike"}
    assert agent.recommend(user, 3).items[0].item_id.startswith("Fantasy")
    assert not any(item.item_id.startswith("History") for item in agent.recommend(user, 6).items)


def test_a_zero_among_stars_is_no_rating_and_refuses_nothing(agent: InterestAgent) -> None:
    assert opinions(agent, "stars", 5, 0) == {"Fantasy": "like", "History": "like"}
    assert any(item.item_id.startswith("History") for item in agent.recommend("stars", 10).items)


def test_ones_alone_say_neither_liking_nor_dislike(agent: InterestAgent) -> None:
    opinions(agent, "ones", 1, 1)

    assert {(node.liked, node.disliked) for node in agent.profile("ones").walk()} == {(0.0, 0.0)}


@pytest.mark.parametrize(("first", "later"), [(1, 5), (3, 10), (10, 90), (0, 1)])
@pytest.mark.parametrize("apart", [False, True])
def test_a_low_rating_is_a_dislike_as_soon_as_a_later_one_shows_the_scale(
    agent: InterestAgent, first: float, later: float, apart: bool
) -> None:
    user, start = f"{first}-then-{later}-{apart}", datetime(2026, 1, 1, tzinfo=UTC)
    rated = [("History0", first), ("History1", first), ("Fantasy0", later), ("Fantasy1", later)]
    for day, (item, value) in enumerate(rated):
        agent.observe([Event(user_id=user, type="rating", item_id=item, value=value, at=start + timedelta(days=day))])
        if apart:
            agent.update(user)
    agent.update(user)

    polarity = {node.label: node.polarity for node in agent.profile(user).walk() if node.label in SHELVES}
    assert polarity == {"Fantasy": "like", "History": "dislike"}
    listed = agent.recommend(user, 10).items
    assert not any(item.item_id in ("History0", "History1") for item in listed)
    assert not any("Roman war" in item.explanation.text for item in listed)
    assert agent.verify(rebuild=True).ok
    moments = [start + timedelta(days=day, hours=1) for day in range(4)]
    assert agent.timeline(user, moments) == [agent.profile(user, at=at) for at in moments]
