"""A small shop with real behaviour in a real ledger: everything but the index and the embedder is the product's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from word_directions import bag_of_words

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.profiles.engine.fold import Rules, fold
from penchant.agent.profiles.engine.occasions import place_events
from penchant.agent.profiles.engine.personal import Places
from penchant.agent.profiles.engine.projection import Overlay, live, view
from penchant.agent.profiles.engine.state import State
from penchant.agent.recommend.catalogue_lists import CatalogueLists
from penchant.agent.recommend.explanations.rule_explainer import Explainer, RuleExplainer
from penchant.agent.recommend.model_store import FOLDER, ModelStore
from penchant.agent.recommend.recent import LiveBehaviour
from penchant.agent.recommend.recommender import ListSources, Recommender, Reranker
from penchant.agent.taxonomy.builder import build_taxonomy
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.prompts.vocabulary import Vocabulary
from penchant.settings import Settings
from penchant.store.clock import FixedClock
from penchant.store.database import Database
from penchant.store.documents import Documents
from penchant.store.event import DEFAULT_WEIGHTS, Event
from penchant.store.event_columns import read_event_columns
from penchant.store.item import Item
from penchant.store.ledger import Ledger
from penchant.store.recommendations import Recommendations

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
KINDS = ("tea", "lamp", "garden", "toy", "book", "clock")
TRAITS = ("red", "blue", "small", "large", "vintage", "paper", "glass", "wooden")


class WordEmbedder:
    """Bags of hashed words: texts that share words are near."""

    name, dimensions = "words", 64

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return bag_of_words(text, self.dimensions).copy()


@dataclass(frozen=True)
class Hit:
    item_id: str
    similarity: float


class MemoryCatalogue:
    """The catalogue's interface by brute force."""

    def __init__(self, items: Sequence[Item], embedder: WordEmbedder) -> None:
        self.items: dict[str, Item] = {}
        self.embedder = embedder
        self.add(items)

    def add(self, items: Sequence[Item]) -> None:
        self.items |= {item.item_id: item for item in items}
        self.vectors = self.embedder.embed([item.title for item in self.items.values()])

    def get(self, item_ids: Sequence[str]) -> dict[str, Item]:
        return {name: self.items[name] for name in item_ids if name in self.items}

    def withdrawn(self, item_ids: Sequence[str]) -> dict[str, str]:
        return {}

    def count(self) -> int:
        return len(self.items)

    def revision(self) -> str:
        return str(len(self.items))

    def matrix(self, known: object = None) -> tuple[list[str], NDArray[np.float32]]:
        return list(self.items), self.vectors

    def iter_items(self) -> Iterator[Item]:
        return iter(self.items.values())

    def search(self, vectors: NDArray[np.float32], k: int, domain: str | None = None) -> list[list[Hit]]:
        names, likeness = list(self.items), vectors @ self.vectors.T
        return [[Hit(names[at], float(row[at])) for at in np.argsort(-row, kind="stable")[:k]] for row in likeness]

    def nearest(self, vectors: NDArray[np.float32], k: int) -> list[list[str]]:
        return [[hit.item_id for hit in row] for row in self.search(vectors, k)]


@lru_cache(maxsize=64)
def taxonomy_of(items: tuple[str, ...]) -> Taxonomy:
    """The taxonomy of these items, told as JSON: built once for all tests of a process that ask about the same ones."""
    catalogue = MemoryCatalogue([Item.model_validate_json(item) for item in items], WordEmbedder())
    shelves = list(catalogue.items.values())
    return build_taxonomy(shelves, catalogue.vectors, Vocabulary.load(None), catalogue.embedder)


class EngineTrees:
    """The engine without stored profiles or names: folds the ledger on every read."""

    def __init__(self, shop: "Shop") -> None:
        self.shop = shop

    def taxonomy(self) -> Taxonomy:
        """The one of what is on the shelves."""
        return taxonomy_of(tuple(item.model_dump_json() for item in self.shop.catalogue.items.values()))

    def live(self, user_id: str, at: datetime | None = None, *, language: str | None = None) -> LiveInterests:
        shop, at, taxonomy = self.shop, at or self.shop.clock.now(), self.taxonomy()
        columns = read_event_columns(shop.database, [user_id], until=at)
        state, overlay = State(), Overlay(Places(taxonomy, "en"))
        fold([state], columns, place_events(columns, taxonomy, {}), Rules(DEFAULT_WEIGHTS, len(taxonomy.themes)))
        return live(state, overlay, view(state, overlay, at.timestamp()), user_id, 1)


class Shop:
    """60 items of six kinds, some forty customers who each prefer two kinds."""

    def __init__(self, home: Path, users: int = 40, each: int = 10, seed: int = 0) -> None:
        self.settings = Settings(home=home)
        self.clock = FixedClock(NOW)
        self.event_weights: dict[str, float] = dict(DEFAULT_WEIGHTS)
        self.embedder = WordEmbedder()
        self.items = stock()
        self.catalogue: Any = MemoryCatalogue(self.items, self.embedder)
        self.database = Database.open(f"sqlite:///{home / 'test.db'}")
        self.ledger = Ledger(self.database)
        self.interests: Any = EngineTrees(self)
        self.ledger.append(behaviour(self.items, users, each, seed))

    def stock(self, items: Sequence[Item]) -> None:
        """Put more items on the shelves."""
        self.catalogue.add(items)

    @cached_property
    def recommender(self) -> Recommender:
        return self.open_recommender()

    def open_recommender(self, explainer: Explainer | None = None, reranker: Reranker | None = None) -> Recommender:
        """A recommender with nothing in memory."""
        return Recommender(
            sources=ListSources(
                interests=self.interests,
                ledger=self.ledger,
                event_weights=self.event_weights,
                catalogue=self.catalogue,
                taxonomy=self.interests.taxonomy,
                embedder=self.embedder,
                documents=Documents(self.database, self.clock),
                recommendations=Recommendations(self.database),
            ),
            model_store=ModelStore(self.ledger, self.catalogue, self.settings.home / FOLDER, self.event_weights),
            newest=LiveBehaviour(self.ledger, self.event_weights),
            settings=self.settings,
            clock=self.clock,
            explainer=explainer or RuleExplainer(),
            reranker=reranker,
        )

    def recommender_lists(self) -> CatalogueLists:
        """What is listed beside the person."""
        return CatalogueLists(self.recommender)

    @property
    def lists(self) -> Recommendations:
        return Recommendations(self.database)


def stock() -> list[Item]:
    """Ten items of each kind."""
    return [
        Item(
            item_id=f"{kind}-{number}",
            title=f"{TRAITS[number % 8]} {TRAITS[(number * 3 + 1) % 8]} {kind}",
            categories=[["Shop", kind]],
            domain="home" if kind in ("lamp", "garden") else "shop",
        )
        for kind in KINDS
        for number in range(10)
    ]


def behaviour(items: Sequence[Item], users: int, each: int, seed: int) -> list[Event]:
    """Purchases of each user's two favourite kinds, now and then of something else, over five months."""
    random = np.random.default_rng(seed)
    events = []
    for user in range(users):
        first, second = random.choice(len(KINDS), 2, replace=False)
        for number in range(each):
            kind = random.choice([first, first, second, random.integers(len(KINDS))])
            item = items[int(kind) * 10 + int(random.integers(10))]
            at = START + timedelta(days=float(random.uniform(0, 145)))
            events.append(
                Event(user_id=f"u{user}", type="purchase", item_id=item.item_id, at=at, event_id=f"u{user}-{number}")
            )
    return events
