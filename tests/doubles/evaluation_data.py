"""A made data set on disk, and an embedder that needs no model."""

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from word_directions import bag_of_words

from penchant.store.event import Event
from penchant.store.item import Item

KINDS = ("tea", "lamp", "garden", "toy", "book")
TRAITS = ("red", "blue", "small", "large", "vintage", "paper", "glass", "wooden")
START = datetime(2026, 1, 1, tzinfo=UTC)


class WordEmbedder:
    """Bags of hashed words: texts that share words are near."""

    name, dimensions = "words", 32

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return bag_of_words(text, self.dimensions).copy()


def items() -> list[Item]:
    return [
        Item(item_id=f"{kind}-{n}", title=f"{TRAITS[n % 8]} {TRAITS[(n * 3 + 1) % 8]} {kind}")
        for kind in KINDS
        for n in range(12)
    ]


def events(users: int = 30, each: int = 12, seed: int = 1) -> list[Event]:
    random = np.random.default_rng(seed)
    history = []
    for user in range(users):
        favourites = random.choice(len(KINDS), 2, replace=False)
        for n in range(each):
            kind = KINDS[int(random.choice(favourites))]
            at = START + timedelta(days=float(random.uniform(0, 100)))
            item = f"{kind}-{random.integers(12)}"
            history.append(Event(user_id=f"u{user}", type="purchase", item_id=item, at=at, event_id=f"{user}-{n}"))
    return history


def write(folder: Path, history: Sequence[Event]) -> Path:
    """A data set in the import format."""
    folder.mkdir(exist_ok=True)
    for name, rows in (("items", items()), ("events", history)):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt") as file:
            file.writelines(row.model_dump_json() + "\n" for row in rows)
    return folder
