"""A stored state is made anew where the rules that made it have changed since."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from recommend_shop import WordEmbedder
from rule_agent import rule_agent
from sqlalchemy import update

from penchant import Event, InterestAgent, Item
from penchant.agent.profiles.folding import FORMAT
from penchant.agent.profiles.words import WordPlacer
from penchant.agent.taxonomy.placement import Placement
from penchant.prompts.vocabulary import Vocabulary
from penchant.settings import Settings
from penchant.store.embedders import open_embedder
from penchant.store.schema import profile_versions

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SHELVES = ("tea", "lamp", "book", "rug")
RESULT = {
    "deeds": {
        "Rug": (0.3223, 0.363, 0.0),
        "Tea": (0.2537, 1.1725, 0.0),
        "Lamp": (0.2212, 0.3555, 0.0),
        "Book": (0.2028, 0.0, 1.1973),
    },
    "stars": {
        "Rug": (0.3417, 0.0, 0.0),
        "Tea": (0.2267, 1.1547, 0.0),
        "Book": (0.22, 0.0, 0.9301),
        "Lamp": (0.2116, 0.0, 0.0),
    },
    "thumbs": {"Tea": (0.379, 2.3521, 0.0), "Rug": (0.3657, 0.0, 1.21), "Lamp": (0.2554, 0.0, 1.1848)},
}
"""Strength, liked and disliked of each shelf by user, to four digits."""
RESULT_FORMAT = 9
PLACES = {
    "headphones": "headphones-speakers",
    "瑜伽垫": "yoga-pilates",
    "birthday candles": "birthdays",
    "I like knitting and painting": "hobbies-crafts",
    "every Kazuo Ishiguro novel": "books-literature",
    "slow risotto with saffron": "food-drink",
    "running shoes for trails": None,
}
"""Where texts count, by their words: in a subtopic, in a topic whose subtopics are too near to each other, or nowhere."""
PLACES_FORMAT = 9


def behaviour() -> list[Event]:
    """What every kind of evidence counts: thumbs, stars, seconds, purchases, dislikes and repeats within ten minutes."""
    deeds: dict[str, list[tuple[str, str, float | None]]] = {
        "thumbs": [("rating", "tea", 1.0), ("rating", "lamp", 0.0), ("rating", "tea", 1.0), ("rating", "rug", 0.0)],
        "stars": [("rating", "tea", 5.0), ("rating", "lamp", 0.0), ("rating", "book", 2.0), ("rating", "rug", None)],
        "deeds": [("purchase", "tea", None), ("dwell", "lamp", 45.0), ("dislike", "book", None), ("view", "rug", None)],
    }
    return [
        Event(user_id=user, type=kind, item_id=f"{shelf}-{n}", value=value, at=NOW - timedelta(days=9 - n, minutes=-m))
        for user, done in deeds.items()
        for n, (kind, shelf, value) in enumerate(done)
        for m in (0, 5)
    ]


def opened(home: Path) -> InterestAgent:
    return rule_agent(home, at=NOW, embedder=WordEmbedder())


def lived(home: Path) -> InterestAgent:
    agent = opened(home)
    agent.add_items(
        Item(item_id=f"{shelf}-{n}", title=f"{shelf} number {n}", categories=[["Shop", shelf.title()]])
        for shelf in SHELVES
        for n in range(4)
    )
    agent.observe(behaviour())
    agent.update()
    return agent


def test_rules_that_give_another_result_have_another_number(tmp_path: Path) -> None:
    agent = lived(tmp_path)

    found = {
        user: {
            node.label: (round(node.strength, 4), round(node.liked, 4), round(node.disliked, 4))
            for node in agent.profile(user).walk()
            if node.node == "subtopic"
        }
        for user in ("deeds", "stars", "thumbs")
    }

    assert (found, FORMAT) == (RESULT, RESULT_FORMAT), "raise FORMAT, so that stored states are made anew"


def test_rules_that_place_a_text_elsewhere_have_another_number(tmp_path: Path) -> None:
    embedder = open_embedder(Settings(home=tmp_path))
    placer = WordPlacer(Placement(Vocabulary.load(), embedder), embedder)

    assert (placer.place(PLACES), FORMAT) == (PLACES, PLACES_FORMAT), (
        "raise FORMAT, so that stored states are made anew"
    )


def test_a_state_of_other_rules_is_behind_until_the_next_update_makes_it_anew(tmp_path: Path) -> None:
    agent = lived(tmp_path)
    head = agent.services.profiles.head("stars")
    assert head is not None
    with agent.services.database.write() as connection:
        older = head.receipt | {"engine": head.receipt["engine"] | {"format": FORMAT - 1}}
        connection.execute(update(profile_versions).where(profile_versions.c.user_id == "stars").values(receipt=older))

    before = agent.verify(rebuild=True)
    agent.update()
    after = agent.verify(rebuild=True)

    assert (before.ok, before.behind, before.identical) == (True, ["stars"], 2)
    assert (after.ok, after.behind, after.identical) == (True, [], 3)
