"""A small shop with every kind of user a report has to be worth showing for, and profiles larger than any real one."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rule_agent import rule_agent
from word_directions import bag_of_words

from penchant.agent.interest_agent import InterestAgent
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.profile import ExpertWeight, Interest, Keyword, Profile

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SHELVES = {
    "tea": ("Food & Drink", "Hot Drinks"),
    "lamp": ("Home & Garden", "Lighting"),
    "fern": ("Home & Garden", "Plants"),
    "jazz": ("Music & Audio", "Jazz"),
    "tent": ("Outdoors & Nature", "Camping"),
}
HOSTILE = '<script>document.title="owned"// <svg onload=alert(1)> & “quoted” [x](javascript:alert(1)) <img src=x onerror=alert(1)'
"""A title that would harm a page, and that is no HTML by the rules by which items are read: those titles lose their tags."""
RIGHT_TO_LEFT = "كتاب الشاي الأخضر"
CHINESE = "龙井茶"


class WordEmbedder:
    """A text is the sum of its words' directions."""

    name, dimensions = "words", 64

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, 64), np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return bag_of_words(text, self.dimensions).copy()


def items() -> Iterator[Item]:
    for word, path in SHELVES.items():
        for number in range(8):
            title = f"{word} {word} {word} no {number}"
            yield Item(
                item_id=f"{word}-{number}", title=title, categories=(path,), url=f"https://shop.example/{word}/{number}"
            )
    yield Item(item_id="hostile", title=HOSTILE, categories=(SHELVES["tea"],), url="javascript:alert(1)")
    yield Item(item_id="rtl", title=f"tea tea {RIGHT_TO_LEFT}", categories=(SHELVES["tea"],))
    yield Item(item_id="zh", title=f"tea tea {CHINESE}", categories=(SHELVES["tea"],))


def did(user: str, item: str | None, day: float, kind: str = "purchase", text: str | None = None) -> Event:
    return Event(user_id=user, type=kind, item_id=item, text=text, at=START + timedelta(days=day))


def events() -> Iterator[Event]:
    """ada moved from lamps to tea; one did one thing; grump only dislikes; mallory touched what is hostile; others are company."""
    for number in range(6):
        yield did("ada", f"lamp-{number}", 3 * number)
        yield did("ada", f"fern-{number % 4}", 2 + 5 * number, "view")
        yield did("ada", f"tea-{number}", 110 + 6 * number)
        yield did("grump", f"jazz-{number}", 10 * number, "dislike")
    yield did("ada", None, 120, "search", "green tea")
    yield did("one", "tent-1", 5)
    for number in range(3):
        yield did("mallory", f"tea-{number}", 60 + number)
        yield did("mallory", ("hostile", "rtl", "zh")[number], 70 + number)
    for other in range(6):
        for number in range(6):
            word = list(SHELVES)[(other + number) % 5]
            yield did(f"other-{other}", f"{word}-{(number + other) % 8}", 20 * number + other)


def open_shop(home: Path) -> InterestAgent:
    """The shop with its profiles as of `NOW`, on rules alone."""
    agent = rule_agent(home, items(), at=NOW, embedder=WordEmbedder())
    agent.observe(list(events()))
    agent.update(at=START + timedelta(days=90))
    agent.update(at=NOW)
    agent.onboard("newcomer", interests=["gardening"])
    return agent


def large_profile(topics: int, each: int) -> Profile:
    """A made-up profile of `topics` × `each` interests on three levels; strengths are whole millionths."""
    shares = [1_000_000 // topics + (1 if rank < 1_000_000 % topics else 0) for rank in range(topics)]
    return Profile(
        user_id="giant",
        version=7,
        as_of=NOW,
        language="en",
        n_events=topics * each * 5,
        interests=tuple(_topic(rank, share, each) for rank, share in enumerate(shares)),
        experts=(
            ExpertWeight(half_life_days=14, prior=1, weight=0.6),
            ExpertWeight(half_life_days=None, prior=4, weight=0.4),
        ),
    )


def _topic(rank: int, whole: int, each: int) -> Interest:
    parts = [whole // each + (1 if number < whole % each else 0) for number in range(each)]
    below = tuple(
        _node(f"i-{rank}-{number}", f"Interest {rank}.{number}", 3, part, part / whole)
        for number, part in enumerate(parts)
    )
    middle = _node(f"s-{rank}", f"Subtopic {rank}", 2, whole, 1.0, *below)
    return _node(f"t-{rank}", f"Topic {rank}", 1, whole, whole / 1_000_000, middle)


def _node(name: str, label: str, level: int, part: int, share: float, *below: Interest) -> Interest:
    strength = part / 1_000_000
    return Interest(
        id=name, label=label, level=level, path=(label,), strength=strength, share=share, confidence=0.7, short_term=strength,
        long_term=strength, half_life_days=20.5, evidence_count=5, first_seen=START, last_seen=NOW, children=below,
        evidence=tuple(f"{name}-e{number}" for number in range(5)) if not below else (),
        keywords=(Keyword(term=label.lower(), weight=0.9), Keyword(term="things", weight=0.5)),
    )  # fmt: skip
