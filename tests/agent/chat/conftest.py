"""The film club, for everything that talks, and a small shop without a model."""

import pytest
from film_club import club, club_home, filled_club
from rule_agent import rule_agent

from penchant import InterestAgent

__all__ = ["club", "club_home", "filled_club"]


@pytest.fixture(scope="package")
def grocer(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    """A shop of a few things to eat and drink; each test talks to it as somebody else."""
    titles = ("Peanut Butter", "Smoked Salmon", "Green Tea", "绿茶")
    return rule_agent(tmp_path_factory.mktemp("grocer"), titles)
