"""The small world, whose themes are named by a language model of a test's choosing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from small_world import ITEMS, World, event

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.llm.model import LanguageModel
from penchant.agent.taxonomy.reader import TaxonomyReader
from penchant.store.event import Event
from penchant.store.receipt import LabelSources, UserUpdate

TASTES = ("jazz", "tent", "novel", "boots")


def purchases(day: float = 0, user: str = "ada", tastes: Sequence[str] = TASTES) -> list[Event]:
    """Six of each taste."""
    return [event(f"{taste}-{n}", day + n, user=user) for n in range(6) for taste in tastes]


class NamingAgent(InterestAgent):
    """An agent of the small world with a theme for each of `TASTES`, none of which a model has been asked about yet."""

    def __init__(self, world: World, model: LanguageModel) -> None:
        super().__init__(world)
        self.world = world
        self.unnamed, _ = world.taxonomies.refresh()
        world.taxonomies.labeler = TaxonomyReader(model, world.vocabulary, world.word_embedder, max_tokens=100_000)

    def forget_names(self) -> None:
        """Put every theme back to its name by rule, as if no model had been asked."""
        store = self.world.taxonomies.store
        store.save(replace(self.unnamed, version=store.latest_version()))


def naming_agent(folder: Path, model: LanguageModel) -> NamingAgent:
    """An agent whose themes are named by `model`; everything else is small and real."""
    items = [item for item in ITEMS if item.item_id.split("-")[0] in TASTES]
    return NamingAgent(World(f"sqlite:///{folder / 'penchant.db'}", items), model)


def updated(agent: NamingAgent, user: str = "ada") -> UserUpdate:
    """The receipt of one update of one user, with what became of the themes that were named in it."""
    receipt = agent.update(user)
    [own] = receipt.users
    themes = receipt.taxonomy
    if themes is None:
        return own
    return own.model_copy(
        update={
            "groups_named": themes.themes,
            "label_source": LabelSources(llm=themes.named_by_llm, rule=themes.named_by_rule),
            "llm": themes.llm,
            "degraded": themes.degraded,
            "status": themes.status,
        }
    )
