"""The small world with a language model of a test's choosing behind its reader."""

from collections.abc import Sequence
from pathlib import Path

from small_world import World, event

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.llm.model import LanguageModel
from penchant.agent.profiles.readers import open_reader
from penchant.agent.taxonomy.placement import Placement
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.event import Event
from penchant.store.receipt import UserUpdate

TASTES = ("jazz", "tent", "novel", "boots")


def purchases(day: float = 0, user: str = "ada", tastes: Sequence[str] = TASTES) -> list[Event]:
    """Enough of each taste for a group of it."""
    return [event(f"{taste}-{n}", day + n, user=user) for n in range(6) for taste in tastes]


def naming_agent(folder: Path, model: LanguageModel) -> InterestAgent:
    """An agent whose groups are read by `model`; everything else is small and real."""
    world = World(f"sqlite:///{folder / 'penchant.db'}")
    world.__dict__["model"] = model
    world.__dict__["reader"] = open_reader(
        model, Vocabulary.load(None), Placement(Vocabulary.load(None), world.words), world.settings
    )
    return InterestAgent(world)


def updated(agent: InterestAgent, user: str = "ada") -> UserUpdate:
    """The receipt of one update of one user."""
    [receipt] = agent.update(user).users
    return receipt
