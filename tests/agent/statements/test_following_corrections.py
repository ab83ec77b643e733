"""A message that only takes back the one directly before puts its own word in the place of what was said, and nothing else does."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from rule_agent import rule_agent

from penchant import Event, InterestAgent
from penchant.tools import open_conversation

USERS = count()
START = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    return rule_agent(tmp_path_factory.mktemp("home"))


def holds(agent: InterestAgent, *messages: str) -> set[tuple[str, str]]:
    """The kinds and subjects that hold after these messages, which arrive last first."""
    user = f"u{next(USERS)}"
    times = [START + timedelta(minutes=number) for number in range(len(messages))]
    events = [Event(user_id=user, type="message", text=text, at=at) for text, at in zip(messages, times, strict=True)]
    agent.observe(reversed(events))
    agent.update(user)
    return {(statement.kind, statement.subject) for statement in agent.statements(user).statements}


@pytest.mark.parametrize(
    ("messages", "left"),
    [
        (("I'm allergic to peanuts", "no wait, mangoes"), {("avoid", "mangoes")}),
        (("I'm allergic to peanuts. No wait, mangoes.",), {("avoid", "mangoes")}),
        (("我对花生过敏", "不对，是芒果"), {("avoid", "芒果")}),
        (("I love jazz", "oops, I meant blues"), {("like", "blues")}),
        (("I live in Leeds", "no wait, Manchester"), {("fact", "Manchester")}),
        (("My budget is 500", "oops, 600"), {("fact", "600")}),
        (("My budget is 500 euros", "oops, 600 euros"), {("fact", "600 euros")}),
        (("I'm 34", "oops, 35 years old"), {("fact", "35 years old")}),
        (("我喜欢喝咖啡", "不对，茶"), {("like", "茶")}),
        (("我喜欢爵士乐", "说错了，是摇滚乐"), {("like", "摇滚乐")}),
        (("我住在成都", "不对，是重庆"), {("fact", "重庆")}),
        (("我喜欢爵士乐", "等等，说错了，是摇滚乐"), {("like", "摇滚乐")}),
        (("I love coffee", "Scratch that, I love tea"), {("like", "coffee"), ("like", "tea")}),
    ],
)
def test_what_the_next_message_corrects_no_longer_holds(
    agent: InterestAgent, messages: tuple[str, ...], left: set[tuple[str, str]]
) -> None:
    assert holds(agent, *messages) == left


@pytest.mark.parametrize(
    ("messages", "left"),
    [
        (("I'm allergic to peanuts", "what can I cook tonight?", "no wait, mangoes"), {("avoid", "peanuts")}),
        (("I'm allergic to peanuts", "no wait, tomorrow"), {("avoid", "peanuts")}),
        (("I'm allergic to peanuts", "no wait, mangoes are fine, aren't they?"), {("avoid", "peanuts")}),
        (("我对花生过敏", "不对，是明天"), {("avoid", "花生")}),
        (("我对花生过敏", "不对，是我朋友"), {("avoid", "花生")}),
        (("我对花生过敏", "不对，是医生说的"), {("avoid", "花生")}),
        (("I'm allergic to peanuts and shrimp", "no wait, mangoes"), {("avoid", "peanuts"), ("avoid", "shrimp")}),
        (("I love jazz", "no wait, start over"), {("like", "jazz")}),
        (("I live in Leeds", "no, it's England"), {("fact", "Leeds")}),
        (("I live in Leeds", "No wait, Try again"), {("fact", "Leeds")}),
        (("I'm 34", "oops, 3 errors"), {("fact", "34")}),
        (("我喜欢喝咖啡", "今晚吃什么", "不对，是茶"), {("like", "喝咖啡")}),
        (("我住在成都", "不对，是明天"), {("fact", "成都")}),
    ],
)
def test_what_may_correct_somebody_else_or_something_else_changes_nothing(
    agent: InterestAgent, messages: tuple[str, ...], left: set[tuple[str, str]]
) -> None:
    assert holds(agent, *messages) == left


def test_a_conversation_takes_a_correction_from_the_turn_after_and_from_no_later_one(agent: InterestAgent) -> None:
    talk = open_conversation(agent, "ann")
    for message in (
        "I'm allergic to peanuts",
        "no wait, mangoes",
        "I love jazz",
        "recommend me some lamps",
        "no wait, blues",
    ):
        talk.ask(message)

    assert {each.subject for each in agent.statements("ann").statements} == {"Mangoes", "Jazz"}
