"""A little shop with 21 customers who buy of two kinds each, on a disk of its own."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from small_world import WordEmbedder

from penchant.agent.interest_agent import InterestAgent
from penchant.settings import LlmSettings, Settings, StoreSettings
from penchant.store.clock import FixedClock
from penchant.store.embedders import CachedEmbedder
from penchant.store.event import Event
from penchant.store.item import Item

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""Where the fixture `clock` stands."""
TITLES = (
    "jazz record",
    "opera ticket",
    "camping tent",
    "walking boots",
    "crime novel",
    "fresh pasta",
    "tea pot",
    "desk lamp",
)
ITEMS = [Item(item_id=f"i{n}", title=f"{TITLES[n % 8]} number {n}", domain="shop") for n in range(40)]


def installation(
    home: Path, clock: FixedClock, url: str | None = None, *, items: Sequence[Item] = ITEMS
) -> InterestAgent:
    settings = Settings(home=home, llm=LlmSettings(provider="none"), store=StoreSettings(url=url))
    agent = InterestAgent.open(settings, clock=clock, embedder=CachedEmbedder(WordEmbedder(), home / "words.db"))
    agent.add_items(items)
    return agent


def bought(user: str, item: str, clock: FixedClock, days_ago: int) -> Event:
    return Event(user_id=user, type="purchase", item_id=item, at=clock.now() - timedelta(days=days_ago))


def customers(clock: FixedClock) -> list[Event]:
    """21 people who buy of two kinds each."""
    chance = random.Random(7)
    return [
        bought(f"u{user:02}", f"i{chance.choice((user, user + 1)) % 8 + 8 * chance.randrange(5)}", clock, 3 * day + 1)
        for user in range(21)
        for day in range(6)
    ]


def visited(home: Path) -> None:
    """The shop in an empty home, at noon of 1 March 2026, and what its customers bought."""
    with installation(home, FixedClock(NOON)) as agent:
        agent.observe(customers(FixedClock(NOON)))


def profiled(home: Path) -> None:
    """The same, with their profiles."""
    visited(home)
    with installation(home, FixedClock(NOON)) as agent:
        agent.update()
