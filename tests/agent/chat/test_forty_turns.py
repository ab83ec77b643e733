"""A conversation of forty turns with the 1.5 B model in process (`make test-llm`): what was said in the second is heeded in the last."""

import os
from pathlib import Path

import pytest
from film_club import NOW

from penchant import InterestAgent, Settings
from penchant.store.clock import FixedClock
from penchant.tools import open_conversation

pytestmark = pytest.mark.llm

OPENING = ("Hello!", "By the way, I never watch violent films.")
BETWEEN = (
    "How are you?",
    "What is a documentary?",
    "Who made Paddington?",
    "Thanks!",
    "What do whales eat?",
    "Tell me one fact about owls.",
    "ok",
    "What is a princess?",
    "How long is a film, usually?",
    "Good to know.",
    "Where is Tuscany?",
    "Do penguins fly?",
)


def test_the_last_answer_heeds_what_was_said_in_the_second_turn(club_home: Path) -> None:
    model = os.environ.get("PENCHANT_TEST_LLM")
    if not model:
        pytest.skip("PENCHANT_TEST_LLM names no GGUF file")
    llm = {"provider": "local", "model": model, "total_timeout_seconds": 1_200}
    agent = InterestAgent.open(Settings.load(home=club_home, llm=llm), clock=FixedClock(NOW))
    before = agent.recommend("bob", 5).items
    conversation = open_conversation(agent, "bob")
    turns = [*OPENING, *(BETWEEN[turn % len(BETWEEN)] for turn in range(37)), "Suggest three films for tonight."]

    answers = [conversation.ask(message) for message in turns]

    last = answers[-1]
    context, left_out = conversation.context_for(turns[-1], "en", [])
    assert len(answers) == 40
    assert "violent films" in str(context.ask.profile)
    assert left_out > 0, "the second turn is still within the window: nothing was remembered"
    assert any("violent" in item.title for item in before)
    assert last.items
    assert [item.title for item in last.items if "violent" in item.title] == []
