"""Where a fact about the writer has its place: under what it is about, not under what its value sounds like."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from rule_agent import rule_agent

from penchant import Event, InterestAgent

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InterestAgent]:
    with rule_agent(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def place(agent: InterestAgent, text: str) -> tuple[str, ...]:
    """Return the path of the only statement of a user who has sent this message."""
    agent.observe([Event(user_id=text, type="message", text=text, at=AT)])
    agent.update(text)
    [statement] = agent.statements(text).statements
    return tuple(statement.path)


@pytest.mark.parametrize(
    "text",
    [
        "I live in Rome",
        "My budget is 500 euros",
        "I work at Apple",
        "我住在上海",
        "My favourite colour is blue",
        "我最喜欢的颜色是蓝色",
        "I don't have a dog",
    ],
)
def test_a_home_an_employer_an_amount_a_colour_and_a_lack_have_no_place(agent: InterestAgent, text: str) -> None:
    assert place(agent, text) == ()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("My car is a VW Golf", "Automotive"),
        ("My phone is a Pixel 8", "Electronics & Gadgets"),
        ("My bike is a Brompton", "Sports & Fitness"),
        ("I am vegan", "Food & Drink"),
    ],
)
def test_a_thing_that_somebody_has_stands_where_such_things_stand(agent: InterestAgent, text: str, topic: str) -> None:
    assert place(agent, text)[0] == topic
