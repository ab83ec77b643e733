"""What the user has done here is answered from their events, with the days."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from penchant import Event, InterestAgent, Item
from penchant.settings import LlmSettings, Settings
from penchant.store.clock import FixedClock
from penchant.tools import open_conversation

KETTLE, RAKE, NOVEL = (
    "- Steel kettle (2 times, last on 20 May 2026)",
    "- Garden rake (11 May 2026)",
    "- Dune (12 May 2026)",
)


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    home: Path = tmp_path_factory.mktemp("home")
    settings = Settings(home=home, llm=LlmSettings(provider="none"))
    agent = InterestAgent.open(settings, clock=FixedClock(datetime(2026, 6, 15, tzinfo=UTC)))
    titles = {"k": "Steel kettle", "r": "Garden rake", "n": "Dune"}
    agent.add_items([Item(item_id=name, title=title) for name, title in titles.items()])
    done = [("purchase", "k", 10), ("purchase", "r", 11), ("view", "n", 12), ("purchase", "k", 20)]
    agent.observe(
        [
            Event(user_id="ada", type=kind, item_id=item, at=datetime(2026, 5, day, tzinfo=UTC))
            for kind, item, day in done
        ]
    )
    agent.observe([Event(user_id="bob", type="view", item_id="gone", at=datetime(2026, 5, 3, tzinfo=UTC))])
    agent.update()
    return agent


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("what did I buy?", f"What you bought:\n{KETTLE}\n{RAKE}"),
        ("My last orders?", f"What you bought:\n{KETTLE}\n{RAKE}"),
        ("show me all my purchases", f"What you bought:\n{KETTLE}\n{RAKE}"),
        ("When did I buy the rake?", f"What you bought:\n{RAKE}"),
        ("Have I ever bought a kettle?", f"What you bought:\n{KETTLE}"),
        ("did I order a sofa?", f"I find no “sofa” among it.\nWhat you bought:\n{KETTLE}\n{RAKE}"),
        ("What did I look at recently?", f"What you looked at or chose:\n{KETTLE}\n{NOVEL}\n{RAKE}"),
        (
            "上个月我买了什么？",
            "您购买过：\n- Steel kettle（2 次，最近一次 2026年5月20日）\n- Garden rake（2026年5月11日）",
        ),
        ("what did I buy last month?", f"What you bought:\n{KETTLE}\n{RAKE}"),
        ("what did I buy this month?", f"I find nothing of that time.\nWhat you bought:\n{KETTLE}\n{RAKE}"),
        ("我买过什么？", "您购买过：\n- Steel kettle（2 次，最近一次 2026年5月20日）\n- Garden rake（2026年5月11日）"),
    ],
)
def test_what_was_bought_or_looked_at_is_named_with_its_day(agent: InterestAgent, message: str, answer: str) -> None:
    assert open_conversation(agent, "ada").ask(message).text == answer


def test_what_no_event_answers_is_answered_by_what_is_known(agent: InterestAgent) -> None:
    bought = open_conversation(agent, "bob").ask("what did I buy?").text
    looked = open_conversation(agent, "bob").ask("what have I seen so far?").text
    unknown = open_conversation(agent, "eve").ask("what did I buy?").text

    assert not bought.startswith("What you bought")
    assert looked == "What you looked at or chose:\n- gone (3 May 2026)"
    assert "bought" not in unknown
