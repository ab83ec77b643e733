"""`penchant recommend` and `penchant explain` in a terminal: of which moment a list is, and what the evidence was about."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import Result

from penchant.agent.interest_agent import InterestAgent
from penchant.settings import LlmSettings, Settings
from penchant.store.event import Event
from penchant.store.item import Item

Run = Callable[..., Result]
LAST = datetime.now(UTC) - timedelta(days=30)


@pytest.fixture
def zed(home: Path) -> None:
    """Zed, who lives in Shanghai, has looked for green tea and written of it a month ago."""
    with InterestAgent.open(Settings(home=home, llm=LlmSettings(provider="none"))) as agent:
        teas = [Item(item_id=f"tea-{n}", title=f"Green tea {n}", categories=(("Kitchen", "Tea"),)) for n in range(9)]
        agent.add_items(teas)
        words = {
            "search": "green tea",
            "message": "Which green tea is best in the evening, and how long should it draw?",
        }
        agent.observe([Event(user_id="zed", type=kind, text=text, at=LAST) for kind, text in words.items()])
        agent.onboard("zed", attributes={"zone": "Asia/Shanghai"})
        agent.update("zed")


@pytest.mark.usefixtures("zed")
def test_the_heading_of_a_list_is_its_moment_in_the_zone_of_the_user(penchant: Run) -> None:
    now = penchant("recommend", "zed").output.splitlines()[0]
    assert now.startswith("Recommended for zed  ")
    assert f"{LAST:%Y-%m-%d}" not in now
    at = (LAST + timedelta(days=3)).replace(hour=16, minute=30)
    then = penchant("recommend", "zed", "--at", at.isoformat()).output.splitlines()[0]
    assert then == f"Recommended for zed  {at + timedelta(hours=8):%Y-%m-%d} 00:30"


@pytest.mark.usefixtures("zed")
def test_statements_are_listed_as_events_are(penchant: Run) -> None:
    assert penchant("profile", "edit", "zed", "state", "green tea").exit_code == 0
    short, long = penchant("statements", "zed"), penchant("statements", "list", "zed")
    assert "green tea" in long.output
    assert (long.exit_code, long.output) == (0, short.output)
