"""What `penchant demo` does, step by step, with the bundled sample of Online Retail (Chen, 2015; CC BY 4.0)."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
from pydantic import BaseModel

from penchant.agent.interest_agent import InterestAgent
from penchant.settings import Settings
from penchant.store.event import Event, Moment
from penchant.store.profile import Profile
from penchant.store.receipt import ImportReceipt, UpdateReceipt
from penchant.store.recommendation import ItemExplanation, Recommendation

if TYPE_CHECKING:
    from penchant.tools.rendering.progress import Unit

ProgressBar = Callable[[str, "Unit"], AbstractContextManager[Callable[[int, int], None]]]
COMPANY = 24
"""How many other customers are updated with `--fast`: enough for what customers have in common to be learnt."""


class Plot(BaseModel):
    """`sample.json`: whose story is told, and the two moments it is told at."""

    customer: str
    spring: Moment
    christmas: Moment


@dataclass(frozen=True)
class Customer:
    """What is known of the customer before any model looks."""

    user_id: str
    first: datetime
    last: datetime
    orders: int
    events: int
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """The demonstration on its own installation: `agent` reads with the configured model, `rules` without one."""

    plot: Plot
    agent: InterestAgent
    rules: InterestAgent
    fast: bool
    bar: ProgressBar

    @property
    def home(self) -> Path:
        return self.agent.parts.settings.home

    def load(self) -> list[ImportReceipt]:
        """Catalogue and behaviour; the second time everything is known already."""
        receipts = []
        for name, read in (("items", self.agent.import_items), ("events", self.agent.import_events)):
            with resources.as_file(sample(f"{name}.jsonl.gz")) as path, self.bar(name, "bytes") as on_progress:
                receipts.append(read(path, on_progress))
        return receipts

    def customer(self) -> Customer:
        """Who the story is about."""
        events = [
            stored.event for stored in self.agent.parts.ledger.events(self.plot.customer, until=self.plot.christmas)
        ]
        bought = [event for event in events if event.type == "purchase"]
        return Customer(
            user_id=self.plot.customer,
            first=bought[0].at,
            last=bought[-1].at,
            orders=len({event.at for event in bought}),
            events=len(events),
            countries=_countries(events),
        )

    def update(self, at: datetime) -> UpdateReceipt:
        """Move time to `at`: the customer is read with the model, the company by rules."""
        others = [user for user in self.agent.parts.ledger.users() if user != self.plot.customer]
        receipt = self.agent.update(self.plot.customer, at=at)
        with self.bar("update", "users") as on_progress:
            self.rules.update(*(others[:COMPANY] if self.fast else others), at=at, on_progress=on_progress)
        return receipt

    def profile(self, at: datetime) -> Profile:
        return self.agent.profile(self.plot.customer, at=at)

    def recommend(self) -> Recommendation:
        return self.agent.recommend(self.plot.customer, 10, at=self.plot.christmas)

    def explain(self, recommendation: Recommendation) -> ItemExplanation:
        """The account of the first item."""
        return self.agent.explain(self.plot.customer, recommendation.items[0].item_id, at=self.plot.christmas)


def open_story(bar: ProgressBar, *, fast: bool) -> Story:
    """An installation of its own, whatever store the settings name: in `PENCHANT_HOME`, else in the cache folder."""
    plot = Plot.model_validate(json.loads(sample("sample.json").read_text(encoding="utf-8")))
    asked = Settings.load()
    home = (
        asked.home if "home" in asked.model_fields_set else Path(platformdirs.user_cache_dir("penchant", False))
    ) / "demo"
    own: dict[str, Any] = {"home": home, "store": {"url": None}, "chroma": {"url": None}}
    by_rules = Settings.load(**own, llm={"provider": "none"})
    rules = InterestAgent.open(by_rules)
    agent = rules if fast else InterestAgent.open(Settings.load(**own), embedder=rules.parts.embedder)
    return Story(plot, agent, rules, fast, bar)


def sample(name: str) -> Any:
    """A file of the bundled sample."""
    return resources.files("penchant") / "data" / "sample" / name


def _countries(events: Sequence[Event]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(event.context["country"]) for event in events if "country" in event.context))
