"""A small world for tests of the interest engine: words as directions, and parts that need no model and no index."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from penchant.agent.app.services import Services
from penchant.settings import LlmSettings, Settings, StoreSettings
from penchant.store.clock import FixedClock
from penchant.store.event import Event
from penchant.store.item import Item

DIMENSIONS = 32
START = datetime(2026, 1, 1, tzinfo=UTC)
TOPICS = {
    "jazz": "Music & Audio",
    "opera": "Music & Audio",
    "tent": "Outdoors & Nature",
    "boots": "Outdoors & Nature",
    "novel": "Books & Literature",
    "pasta": "Food & Drink",
}
ITEMS = [
    Item(item_id=f"{word}-{n}", title=f"{word} {word} {n}", categories=((topic, word.title()),))
    for word, topic in TOPICS.items()
    for n in range(6)
]


@lru_cache(maxsize=4096)
def direction(word: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
    vector = np.random.default_rng(seed).normal(size=DIMENSIONS)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


class WordEmbedder:
    """A text is the sum of its words' directions."""

    name = "words"
    dimensions = DIMENSIONS

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        total = sum((direction(word) for word in re.findall(r"\w+", text.lower())), np.zeros(DIMENSIONS, np.float32))
        length = float(np.linalg.norm(total))
        return np.asarray(total / length if length else direction("?"), dtype=np.float32)


class MemoryCatalogue:
    """Items in a dictionary."""

    def __init__(self, items: Sequence[Item], embedder: WordEmbedder) -> None:
        self.items = {item.item_id: item for item in items}
        self.embedder = embedder

    def get(self, item_ids: Sequence[str]) -> dict[str, Item]:
        return {i: self.items[i] for i in item_ids if i in self.items}

    def vectors(self, item_ids: Sequence[str]) -> dict[str, np.ndarray]:
        return {i: self.embedder.embed_query(self.items[i].title) for i in item_ids if i in self.items}

    def count(self) -> int:
        return len(self.items)

    def revision(self) -> str:
        return hashlib.blake2b("".join(sorted(map(repr, self.items.values()))).encode()).hexdigest()

    def iter_items(self) -> Iterator[Item]:
        return iter(self.items.values())

    def matrix(self, known: object = None) -> tuple[list[str], np.ndarray]:
        ids = sorted(self.items)
        return ids, self.embedder.embed([self.items[i].title for i in ids])


class World(Services):
    """An installation over a real SQLite database, with a small embedder and catalogue. `time` and `things` are theirs."""

    def __init__(self, url: str, items: Sequence[Item] = ITEMS) -> None:
        self.time, self.word_embedder = FixedClock(START + timedelta(days=3650)), WordEmbedder()
        self.things = MemoryCatalogue(items, self.word_embedder)
        home = Path(url.removeprefix("sqlite:///")).parent
        settings = Settings(home=home, lang="en", store=StoreSettings(url=url), llm=LlmSettings(provider="none"))
        super().__init__(settings, clock=self.time, embedder=self.word_embedder, given={"catalogue": self.things})


def event(item: str | None, day: float, kind: str = "purchase", user: str = "ada", **more: Any) -> Event:
    """An event `day` days after the start."""
    return Event(user_id=user, type=kind, item_id=item, at=START + timedelta(days=day), **more)
