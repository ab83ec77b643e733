"""The steps of `penchant demo`, on the bundled sample of Online Retail (Chen, 2015; CC BY 4.0)."""

import re
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from penchant.agent.interest_agent import InterestAgent
from penchant.prompts.locales import Translator
from penchant.settings import Settings
from penchant.store.embedders import CachedEmbedder, open_embedder
from penchant.store.profile import Profile
from penchant.store.receipt import ImportReceipt, UpdateReceipt
from penchant.store.recommendation import ItemExplanation, Recommendation
from penchant.tools.report import write_report
from penchant.tools.sample import Plot, import_sample, plot_of_sample

if TYPE_CHECKING:
    from penchant.tools.cli.rendering.progress import Unit

ProgressBar = Callable[[str, "Unit"], AbstractContextManager[Callable[[int, int], None]]]
FAVOURITES = 3


@dataclass(frozen=True)
class Customer:
    """What is known about the customer before any model is used. `favourites`: the titles in most orders, the most
    frequent first.
    """

    user_id: str
    first: datetime
    last: datetime
    orders: int
    events: int
    countries: tuple[str, ...]
    favourites: tuple[str, ...]


@dataclass(frozen=True)
class Demonstration:
    """The demonstration on its own installation. `agent` uses the configured model, `rules` none."""

    plot: Plot
    agent: InterestAgent
    rules: InterestAgent
    bar: ProgressBar

    @property
    def home(self) -> Path:
        return self.agent.settings.home

    @property
    def _words(self) -> Translator:
        return Translator(self.agent.settings.lang, "cli")

    def load(self) -> list[ImportReceipt]:
        """Import catalogue and events; a second time all of them are duplicates."""
        return import_sample(self.agent, lambda part: self.bar(self._words(f"progress_{part}"), "bytes"))

    def customer(self) -> Customer:
        """Return facts about the customer."""
        events = self.agent.events(self.plot.customer, until=self.plot.christmas)
        bought = [event for event in events if event.type == "purchase"]
        often = Counter(item for item, _ in {(event.item_id or "", event.at) for event in bought})
        favourites = sorted(often, key=lambda item: (-often[item], item))[:FAVOURITES]
        titles = self.agent.items(favourites)
        return Customer(
            user_id=self.plot.customer,
            first=bought[0].at,
            last=bought[-1].at,
            orders=len({event.at for event in bought}),
            events=len(events),
            countries=tuple(dict.fromkeys(str(event.context["country"]) for event in events)),
            favourites=tuple(titles[item].title for item in favourites),
        )

    def update(self, at: datetime) -> tuple[UpdateReceipt, UpdateReceipt]:
        """Update to the time `at`, the customer with the model, then everyone else by rules; return both receipts."""
        customer = self.agent.update(self.plot.customer, at=at)
        with self.bar(self._words("progress_update"), "users") as on_progress:
            everyone = self.rules.update(at=at, on_progress=on_progress)
        others = [user for user in everyone.users if user.user_id != self.plot.customer]
        return customer, UpdateReceipt(users=others)

    def profile(self, at: datetime) -> Profile:
        return self.agent.profile(self.plot.customer, at=at)

    def recommend(self) -> Recommendation:
        return self.agent.recommend(self.plot.customer, 10, at=self.plot.christmas)

    def explain(self, recommendation: Recommendation) -> ItemExplanation:
        """Return the explanation of the first item."""
        return self.agent.explain(self.plot.customer, recommendation.items[0].item_id, at=self.plot.christmas)

    def report(self) -> Path:
        """Write the report in the configured language and return its path."""
        path = self.home / f"report-{self.agent.settings.lang}.html"
        return write_report(self.agent, self.plot.customer, path, at=self.plot.christmas, compare=self.plot.spring)


def open_story(bar: ProgressBar, *, fast: bool) -> Demonstration:
    """Open the demonstration in its own installation, whatever store the settings name: in `PENCHANT_HOME`, else in the
    cache folder.

    Each pair of embedder and model has its own home there, because they name interests differently; all share one
    cache of embeddings.
    """
    asked = Settings.load()
    cache = Path(platformdirs.user_cache_dir("penchant", appauthor=False))
    demos = (asked.home if "home" in asked.model_fields_set else cache) / "demo"
    readers = [asked.embedding.provider, *([] if fast else [asked.llm.provider, Path(asked.llm.model or "").name])]
    home = demos / re.sub(r"[^\w.-]+", "-", "-".join(filter(None, readers)))
    own: dict[str, Any] = {"home": home, "store": {"url": None}, "chroma": {"url": None}}
    by_rules = Settings.load(**own, llm={"provider": "none"})
    embedder = CachedEmbedder(open_embedder(by_rules), demos / "vectors.db")
    rules = InterestAgent.open(by_rules, embedder=embedder)
    # With several threads a model this small mostly waits for its own threads on a busy machine: one is quicker.
    llm = {"threads": 1} if asked.llm.provider == "local" and asked.llm.model is None and not asked.llm.threads else {}
    agent = rules if fast else InterestAgent.open(Settings.load(**own, llm=llm), embedder=embedder)
    return Demonstration(plot_of_sample(), agent, rules, bar)
