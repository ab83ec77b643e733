"""A shop of jams whose customers several agents and processes read at once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from recommend_shop import WordEmbedder
from rule_agent import rule_agent

from penchant import Event, InterestAgent, Item

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FRUITS = ("apple", "pear", "plum", "cherry", "quince", "fig")


def opened(home: Path) -> InterestAgent:
    return rule_agent(home, at=NOW, embedder=WordEmbedder())


def jams(home: Path) -> None:
    """In an empty home: Ada alone has bought figs with cherries; bob has bought cherries."""
    with opened(home) as agent:
        agent.add_items([Item(item_id=name, title=f"{name} jam", categories=[["Jam"]]) for name in FRUITS])
        bought = [("ada", "cherry"), ("ada", "fig"), ("bob", "cherry"), ("cleo", "pear"), ("cleo", "plum")]
        agent.observe(
            [
                Event(user_id=user, type="purchase", item_id=item, at=NOW - timedelta(days=9, hours=-hour))
                for hour, (user, item) in enumerate(bought)
            ]
        )
        agent.update()


def call(home: Path, code: str) -> None:
    """Open the shop and call a method of its agent, as it is written."""
    with opened(home) as agent:
        exec(f"agent.{code}", {"agent": agent})
