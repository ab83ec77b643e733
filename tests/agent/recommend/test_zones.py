"""The dates a person is told are theirs: half past midnight on 11 May in Berlin is not 10 May."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_shop import installation

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import UsageError
from penchant.store.clock import FixedClock
from penchant.store.event import Event
from penchant.tools.openai import call_tool

LATE = datetime(2025, 5, 10, 22, 30, tzinfo=UTC)
"""11 May in Berlin and in Shanghai, 10 May in London's winter time and in New York."""


@pytest.fixture
def agent(home: Path, clock: FixedClock) -> InterestAgent:
    agent = installation(home, clock)
    agent.observe([Event(user_id=user, type="purchase", item_id="i6", at=LATE) for user in ("ada", "bob", "cid")])
    words = "I am allergic to peanuts."
    agent.observe([Event(user_id=user, type="message", text=words, at=LATE) for user in ("ada", "bob")])
    agent.onboard("ada", attributes={"zone": "Europe/Berlin"})
    agent.onboard("cid", attributes={"zone": "-05:00"})
    agent.update()
    return agent


def _reasons(agent: InterestAgent, user: str, **asked: str) -> str:
    listed = agent.recommend(user, 20, llm=False, **asked)  # type: ignore[arg-type]
    return " ".join(row.explanation.text for row in listed.items)


def test_reasons_and_what_keeps_an_item_off_are_dated_as_the_user_lives(agent: InterestAgent) -> None:
    assert "on 11 May 2025" in _reasons(agent, "ada")
    assert "2025年5月11日" in _reasons(agent, "ada", lang="zh")
    for user in ("bob", "cid"):
        assert "on 10 May 2025" in _reasons(agent, user)
        assert "11 May" not in _reasons(agent, user)
    assert agent.explain("ada", "i6").why_not == ["You bought it on 11 May 2025."]
    assert agent.explain("bob", "i6").why_not == ["You bought it on 10 May 2025."]


def test_contexts_and_reports_too(agent: InterestAgent) -> None:
    from penchant.tools.report.write import content

    assert "(2025-05-11)" in agent.context("ada").text
    assert "(2025-05-10)" in agent.context("bob").text
    ada, bob = (content(agent, user, form="html", slim=True, llm=False) for user in ("ada", "bob"))
    assert "2025-05-11 00:30" in ada
    assert "10 May 2025" not in ada
    assert "2025-05-10 22:30" in bob


def test_the_zone_of_the_installation_holds_for_those_who_have_named_none(home: Path, agent: InterestAgent) -> None:
    there = InterestAgent.open(
        agent.settings.model_copy(update={"zone": "Asia/Shanghai"}), clock=agent.clock, embedder=agent.embedder
    )
    assert "on 11 May 2025" in _reasons(there, "bob")
    assert "on 10 May 2025" in _reasons(there, "cid")


def test_the_zone_named_last_holds_and_is_gone_with_the_word(agent: InterestAgent) -> None:
    agent.onboard("ada", attributes={"zone": "America/New_York"})
    assert "on 10 May 2025" in _reasons(agent, "ada")
    agent.undo("ada")
    assert "on 11 May 2025" in _reasons(agent, "ada")


def test_a_zone_that_is_none_is_refused(agent: InterestAgent) -> None:
    with pytest.raises(UsageError, match="not a time zone: write a name such as Europe/Berlin"):
        agent.onboard("ada", attributes={"zone": "Middle/Earth"})


def test_what_a_search_finds_to_have_ended_is_dated_in_the_zone_of_the_installation(agent: InterestAgent) -> None:
    there = InterestAgent.open(
        agent.settings.model_copy(update={"zone": "Asia/Shanghai"}), clock=agent.clock, embedder=agent.embedder
    )
    title = there.change_item("i6", expires_at=LATE).title
    for place, day in ((agent, "10 May 2025"), (there, "11 May 2025")):
        [found] = json.loads(call_tool("search_items", json.dumps({"query": title, "k": 1}), agent=place))["items"]

        assert (found["item_id"], day in found["why"]) == ("i6", True), found
