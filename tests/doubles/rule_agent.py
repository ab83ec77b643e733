"""An agent without a language model, over a small catalogue."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from penchant import InterestAgent, Item
from penchant.settings import LlmSettings, Settings
from penchant.store.clock import FixedClock
from penchant.store.embedders import Embedder


def rule_agent(
    home: Path, things: Iterable[str | Item] = (), *, at: datetime | None = None, embedder: Embedder | None = None
) -> InterestAgent:
    """An agent with these items, of which a title alone becomes item `i0`, `i1` …; its clock stands at `at`, if given."""
    settings = Settings(home=home, llm=LlmSettings(provider="none"))
    agent = InterestAgent.open(settings, clock=None if at is None else FixedClock(at), embedder=embedder)
    if items := [Item(item_id=f"i{n}", title=it) if isinstance(it, str) else it for n, it in enumerate(things)]:
        agent.add_items(items)
    return agent
