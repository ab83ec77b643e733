"""A news site: interests that turn within days, films and talks by their transcripts, and what is new.

    python examples/news.py

Everything is made up here and kept in a temporary folder; no language model is needed.
"""

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.clock import FixedClock

MONDAY = datetime(2026, 6, 1, 7, tzinfo=UTC)
STORIES = {
    ("News & Politics", "Elections"): [
        "{} candidates debate tax plans",
        "Polls tighten before the {} election",
        "{} parties sign a coalition",
    ],
    ("Sports & Fitness", "Football"): [
        "{} wins the cup on penalties",
        "Injury rules out the {} striker",
        "{} names a new football coach",
    ],
    ("Science", "Space"): [
        "{} probe lands on an asteroid",
        "Telescope finds water near a {} star",
        "{} crew returns from the space station",
    ],
    ("Business & Finance", "Markets"): [
        "{} shares fall after results",
        "Central bank of {} holds rates",
        "{} inflation slows again",
    ],
}
PLACES = ["Northland", "Estonia", "Kenya", "Brazil", "Japan", "Canada"]


def items() -> list[Item]:
    """Three stories per place and desk, the newest of the last hours."""
    stock_list = []
    for desk, headlines in STORIES.items():
        for day, place in enumerate(PLACES):
            for number, headline in enumerate(headlines):
                name = f"{desk[1].lower()}-{place.lower()}-{number}"
                written = MONDAY - timedelta(days=3 * (len(PLACES) - 1 - day), hours=number)
                stock_list.append(
                    Item(
                        item_id=name,
                        title=headline.format(place),
                        categories=(desk,),
                        created_at=written,
                        domain="news",
                    )
                )
    return stock_list


def readers(stock: list[Item]) -> list[Event]:
    """Forty readers with a favourite desk each."""
    draw = random.Random(3)
    events = []
    for number in range(40):
        desk = draw.choice(list(STORIES))
        for item in draw.sample([article for article in stock if article.categories[0] == desk], 6):
            at = max(item.created_at or MONDAY, MONDAY - timedelta(days=14)) + timedelta(minutes=draw.uniform(5, 300))
            events.append(Event(user_id=f"reader-{number}", type="click", item_id=item.item_id, at=min(at, MONDAY)))
    return events


def main() -> None:
    """Ben follows elections for two weeks; then a film about space changes his week."""
    with tempfile.TemporaryDirectory() as home:
        clock = FixedClock(MONDAY)
        agent = InterestAgent.open(Settings(home=Path(home), llm={"provider": "none"}), clock=clock)
        agent.add_items(items())
        agent.observe(readers(items()))
        agent.observe(
            [
                Event(
                    user_id="ben",
                    type="dwell",
                    item_id=f"elections-{place.lower()}-{number}",
                    value=90,
                    at=MONDAY - timedelta(days=14 - day),
                )
                for day, place in enumerate(PLACES[:5])
                for number in range(2)
            ]
        )
        agent.update("ben")
        before = agent.profile("ben")
        tell("On Monday", agent)

        clock.moment = MONDAY + timedelta(days=2)
        film = {
            "kind": "video",
            "transcript": "A journey to the asteroids: how a space probe lands and what the telescope saw.",
        }
        agent.observe([Event(user_id="ben", type="view", at=clock.moment - timedelta(hours=20), media=film)])
        agent.observe(
            [
                Event(
                    user_id="ben",
                    type="dwell",
                    item_id=f"space-{place}-{number}",
                    value=240,
                    at=clock.moment - timedelta(hours=18 - 3 * at),
                )
                for at, (place, number) in enumerate([("japan", 0), ("brazil", 1), ("kenya", 0), ("estonia", 2)])
            ]
        )
        agent.update("ben")
        tell("On Wednesday", agent)
        changes = agent.diff("ben", before.version, agent.profile("ben").version)
        print("New in the tree:", "; ".join(" > ".join(entry.path) for entry in changes.appeared))
        clock_lengths = [node.half_life_days for node in agent.profile("ben").interests]
        print("Half-lives in force, in days:", clock_lengths)
        for row in agent.recommend("ben", k=4).items:
            print(f"{row.rank}. {row.title}: {row.explanation.text}")
        asked = agent.recommend("ben", k=3, query="something lighter, sport perhaps", avoid="injury")
        print("Asked for sport without injuries:", "; ".join(row.title for row in asked.items))


def tell(when: str, agent: InterestAgent) -> None:
    """Topics with how they move."""
    topics = agent.profile("ben").interests
    print(f"{when}:", ", ".join(f"{topic.label} {topic.strength:.0%} {topic.trend}" for topic in topics))


if __name__ == "__main__":
    main()
