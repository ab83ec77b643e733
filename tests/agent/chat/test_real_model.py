"""The loop with the 1.5 B model in process (`make test-llm`)."""

import os
from pathlib import Path

import pytest
from film_club import NOW

from penchant import InterestAgent, Settings
from penchant.store.clock import FixedClock
from penchant.tools import open_conversation

pytestmark = pytest.mark.llm


@pytest.fixture
def agent(club_home: Path) -> InterestAgent:
    """The film club with the model that PENCHANT_TEST_LLM names."""
    model = os.environ.get("PENCHANT_TEST_LLM")
    if not model:
        pytest.skip("PENCHANT_TEST_LLM names no GGUF file")
    llm = {"provider": "local", "model": model, "total_timeout_seconds": 1_200}
    return InterestAgent.open(Settings.load(home=club_home, llm=llm), clock=FixedClock(NOW))


@pytest.mark.parametrize(
    "message", ["something for a long flight, nothing violent", "推荐几部适合长途飞行的电影，不要暴力的"]
)
def test_it_calls_the_tool_and_every_reason_is_the_tool_s(agent: InterestAgent, message: str) -> None:
    answer = open_conversation(agent, "ada").ask(message)

    assert (answer.plan, answer.degraded) == ("model", [])
    assert "recommend_items" in [step.name for step in answer.trace if step.kind == "tool"]
    assert answer.items
    for item in answer.items:
        assert item.why in answer.text


def test_it_records_what_the_user_states(agent: InterestAgent) -> None:
    open_conversation(agent, "ada").ask("I'm off thrillers.")

    stated = [node for node in agent.profile("ada").walk() if node.source == "stated" and not node.children]
    assert [node.polarity for node in stated] == ["dislike"]
