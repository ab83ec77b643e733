"""The film club, for everything that talks, and a small shop without a model."""

from pathlib import Path

import pytest
from film_club import club, club_home, filled_club

from penchant import InterestAgent, Item
from penchant.settings import LlmSettings, Settings

__all__ = ["club", "club_home", "filled_club"]


@pytest.fixture(scope="package")
def grocer(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    """A shop of a few things to eat and drink; each test talks to it as somebody else."""
    home: Path = tmp_path_factory.mktemp("grocer")
    agent = InterestAgent.open(Settings(home=home, llm=LlmSettings(provider="none")))
    titles = ("Peanut Butter", "Smoked Salmon", "Green Tea", "绿茶")
    agent.add_items([Item(item_id=f"i{at}", title=title) for at, title in enumerate(titles)])
    return agent
