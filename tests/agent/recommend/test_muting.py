"""What a user has muted is not in their lists, is not counted as open, and the reason names it."""

from pathlib import Path

import pytest

from penchant import Event, InterestAgent, Item
from penchant.agent.recommend import candidates
from penchant.settings import LlmSettings, Settings
from penchant.store.recommendation import Recommendation


def shelf(name: str, title: str, category: str, numbers: range) -> list[Item]:
    """Items of one category with nearly one title."""
    return [Item(item_id=f"{name}{n}", title=f"{title} {n}", categories=[[category]]) for n in numbers]


ITEMS = [
    *shelf("Kitchen", "Frying pan", "Kitchen", range(6)),
    *shelf("Books", "Fantasy novel", "Books", range(6)),
    *shelf("Books", "Cookbook for frying pans", "Books2", range(20, 26)),
]


@pytest.fixture
def agent(tmp_path: Path) -> InterestAgent:
    """A shop in which `m` has bought a pan and a novel."""
    agent = InterestAgent.open(Settings(home=tmp_path, llm=LlmSettings(provider="none")))
    agent.add_items(ITEMS)
    bought = ("Kitchen0", "Books0")
    agent.observe([Event(user_id="m", type="purchase", item_id=item, at="2026-06-01T09:00:00Z") for item in bought])
    agent.update("m")
    return agent


def listed(answer: Recommendation) -> set[str]:
    return {row.item_id for row in answer.items}


@pytest.mark.parametrize("whole_up_to", [5_000, 3], ids=["whole catalogue", "retrieved"])
def test_what_is_muted_does_not_count_as_open(
    agent: InterestAgent, monkeypatch: pytest.MonkeyPatch, whole_up_to: int
) -> None:
    monkeypatch.setattr(candidates, "EVERYTHING_UP_TO", whole_up_to)
    agent.edit("m", "mute", "Kitchen")

    answer = agent.recommend("m", k=50, llm=False)

    assert answer.qualified == len(answer.items)


def test_a_pager_that_counts_down_what_is_open_comes_to_an_end(agent: InterestAgent) -> None:
    agent.edit("m", "mute", "Kitchen")
    page = agent.recommend("m", k=3, llm=False)
    open_items, seen = page.qualified, listed(page)

    while page.qualified:
        page = agent.recommend("m", k=3, llm=False, after=page.recommendation_id)
        assert page.qualified == (open_items or 0) - len(seen)
        seen |= listed(page)
        assert len(page.items) == min(3, page.qualified)

    assert len(seen) == open_items
