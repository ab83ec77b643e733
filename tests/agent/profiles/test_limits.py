"""A need, a diet or an amount limits what suits a user: it filters their lists and is no interest of theirs."""

from datetime import timedelta

import pytest
from jam_shop import NOW
from rule_agent import rule_agent

from penchant import Event, InterestAgent

LIMITS = (
    "I'm vegetarian.",
    "My flat must have pets allowed.",
    "I need step-free access.",
    "I need something under £20.",
    "Nothing over fifty euros, please.",
    "I'm allergic to peanuts.",
    "I'm lactose intolerant.",
)


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    titles = ("Beef Steak", "Peanut Butter", "Green Tea", "Jazz at Midnight", "Rock Anthems", "Folk Songs")
    return rule_agent(tmp_path_factory.mktemp("home"), titles, at=NOW)


def says(agent: InterestAgent, user: str, *messages: str) -> None:
    agent.observe([Event(user_id=user, type="message", text=text, at=NOW) for text in messages])
    agent.update(user)


@pytest.mark.parametrize("message", LIMITS)
def test_what_limits_a_user_stands_among_their_statements_and_not_in_their_tree(
    agent: InterestAgent, message: str
) -> None:
    user = f"ada-{LIMITS.index(message)}"
    says(agent, user, message)

    assert [each.text for each in agent.statements(user).statements] == [message]
    assert [node.label for node in agent.profile(user).walk() if node.source == "stated"] == []


def test_lists_keep_to_a_limit_that_is_no_interest(agent: InterestAgent) -> None:
    says(agent, "bo", "I'm vegetarian and I'm allergic to peanuts. I love jazz.")

    listed = {row.title for row in agent.recommend("bo", 10).items}

    assert listed == {"Green Tea", "Jazz at Midnight", "Rock Anthems", "Folk Songs"}


def test_a_limit_changes_nothing_in_the_tree_of_a_user_with_behaviour(agent: InterestAgent) -> None:
    earlier = NOW - timedelta(days=1)
    agent.observe([Event(user_id="cy", type="purchase", item_id=f"i{at}", at=earlier) for at in (3, 4, 5)])
    agent.update("cy")
    before = [(node.id, node.strength) for node in agent.profile("cy").walk()]

    agent.edit("cy", "state", "step-free access", "I need step-free access.")

    assert [(node.id, node.strength) for node in agent.profile("cy").walk()] == before
    assert [each.subject for each in agent.statements("cy").statements] == ["step-free access"]


@pytest.mark.parametrize(
    ("message", "label"),
    [("I only buy second-hand clothes", "second-hand clothes"), ("I only use Linux", "Linux")],
)
def test_the_only_thing_somebody_buys_or_uses_is_a_taste_as_well(
    agent: InterestAgent, message: str, label: str
) -> None:
    says(agent, label, message)

    assert [node.label for node in agent.profile(label).walk() if not node.children] == [label]


@pytest.mark.parametrize(("user", "message"), [("sober", "I don't drink or smoke."), ("smoker", "I smoke")])
def test_drinking_and_smoking_without_a_thing_are_statements_and_no_interests(
    agent: InterestAgent, user: str, message: str
) -> None:
    says(agent, user, message)

    assert {each.text for each in agent.statements(user).statements} == {message}
    assert list(agent.profile(user).walk()) == []
