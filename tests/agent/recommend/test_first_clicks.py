"""What a visitor sees after the first clicks, before any update has made a profile."""

from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from penchant.agent.interest_agent import InterestAgent
from penchant.settings import LlmSettings, Settings
from penchant.store.clock import FixedClock
from penchant.store.event import Event
from penchant.store.item import Item

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
OLD = NOW - timedelta(days=400)
GAMES = [f"{name}, {kind}, {size}" for name, kind, size in product(
    ("Quick quiz", "Word duel", "Bluff dice"), ("travel", "classic", "family"), ("6 players", "8 players")
)]  # fmt: skip
OTHERS = [f"{name}, {kind}" for name, kind in product(
    ("Clay mask", "Masonry paint", "Tomato seeds", "Pipe wrench"), ("large", "small", "medium", "extra large")
)]  # fmt: skip


@pytest.mark.parametrize("clicks", [1, 2, 3])
def test_the_first_clicks_of_a_visitor_count_for_more_than_that_an_item_is_new(tmp_path: Path, clicks: int) -> None:
    settings = Settings(home=tmp_path, llm=LlmSettings(provider="none"))
    with InterestAgent.open(settings, clock=FixedClock(NOW)) as agent:
        agent.add_items([Item(item_id=f"g{n}", title=title, created_at=OLD) for n, title in enumerate(GAMES)])
        agent.add_items([Item(item_id=f"o{n}", title=title, created_at=NOW) for n, title in enumerate(OTHERS)])
        agent.observe(
            [
                Event(user_id="visitor", type="click", item_id=f"g{n}", at=NOW - timedelta(minutes=9 - n))
                for n in range(clicks)
            ]
        )
        page = agent.recommend("visitor", 10)

        assert page.basis == "behaviour"
        assert sum(row.item_id.startswith("g") for row in page.items) > 5
        assert page.items[0].explanation.text.startswith("You clicked “Quick quiz")
        agent.update("visitor")
        assert agent.recommend("visitor", 10).basis == "profile"


def test_a_user_who_removed_their_interests_gets_no_others_in_their_place(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, llm=LlmSettings(provider="none"))
    with InterestAgent.open(settings, clock=FixedClock(NOW)) as agent:
        agent.add_items([Item(item_id=f"g{n}", title=title, created_at=OLD) for n, title in enumerate(GAMES)])
        agent.add_items([Item(item_id=f"o{n}", title=title, created_at=NOW) for n, title in enumerate(OTHERS)])
        agent.observe([Event(user_id="ada", type="click", item_id="g0", at=NOW - timedelta(days=1))])
        agent.update("ada")
        for topic in agent.profile("ada").interests:
            agent.edit("ada", "remove", topic.id)

        assert all(row.item_id.startswith("o") for row in agent.recommend("ada", 10).items)
