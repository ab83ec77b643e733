"""The small world with a language model of a test's choosing behind a reader of groups."""

from collections.abc import Sequence
from pathlib import Path

from small_world import TOPICS, World, event

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.llm.model import LanguageModel
from penchant.agent.profiles.readers import open_reader
from penchant.agent.profiles.readers.reader import Group, Reader, ReadRequest
from penchant.agent.taxonomy.placement import Placement
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.event import Event
from penchant.store.receipt import LabelSources, UserUpdate

TASTES = ("jazz", "tent", "novel", "boots")


def purchases(day: float = 0, user: str = "ada", tastes: Sequence[str] = TASTES) -> list[Event]:
    """Enough of each taste for a group of it."""
    return [event(f"{taste}-{n}", day + n, user=user) for n in range(6) for taste in tastes]


class NamingAgent(InterestAgent):
    """An agent of the small world. `reader`: has groups of behaviour read by the model under test."""

    def __init__(self, world: World, reader: Reader) -> None:
        super().__init__(world)
        self.world, self.reader, self.read = world, reader, set[str]()

    def groups(self, user: str) -> tuple[Group, ...]:
        """The themes of the user's behaviour that no model has been asked about yet."""
        tastes = sorted({str(one.item_id).split("-")[0] for one in self.events(user) if one.item_id} - self.read)
        self.read |= set(tastes)
        embed = self.world.word_embedder.embed_query
        return tuple(
            Group(taste, tuple(f"{taste} {taste} {n}" for n in range(6)), embed(taste), ((TOPICS[taste], taste),), 6)
            for taste in tastes
        )


def naming_agent(folder: Path, model: LanguageModel) -> NamingAgent:
    """An agent whose groups are read by `model`; everything else is small and real."""
    world = World(f"sqlite:///{folder / 'penchant.db'}")
    vocabulary = Vocabulary.load(None)
    placement = Placement(vocabulary, world.word_embedder)
    return NamingAgent(world, open_reader(model, vocabulary, placement, world.settings))


def updated(agent: NamingAgent, user: str = "ada") -> UserUpdate:
    """The receipt of one update of one user, with what became of the groups that were read beside it."""
    [receipt] = agent.update(user).users
    groups = agent.groups(user)
    if not groups:
        return receipt
    [reply] = agent.reader.read([ReadRequest(user, "en", groups)])
    by_model = sum(reading.source == "llm" for reading in reply.readings)
    return receipt.model_copy(
        update={
            "groups_named": len(reply.readings),
            "label_source": LabelSources(llm=by_model, rule=len(reply.readings) - by_model),
            "llm": reply.usage,
            "degraded": list(reply.degraded),
            "status": "degraded" if reply.degraded else "ok",
        }
    )
