"""A social network: a newcomer with friends, follows and messages, words of one's own, and an assistant that knows them.

    python examples/social.py

Everything is made up here and kept in a temporary folder; no language model is needed.
"""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.clock import FixedClock

NOW = datetime(2026, 5, 10, 18, tzinfo=UTC)
POSTS = {
    ("Food & Drink", "Baking"): [
        "Sourdough with a crackling crust",
        "Rye bread for beginners",
        "How to shape a baguette",
        "Cinnamon rolls",
    ],
    ("Sports & Fitness", "Running"): [
        "First marathon, slow and happy",
        "Trail running in the rain",
        "Intervals for beginners",
        "Running shoes",
    ],
    ("Music & Audio", "Jazz"): [
        "Live jazz from a cellar",
        "Transcribing a saxophone solo",
        "Jazz records worth hearing",
        "A trio at midnight",
    ],
    ("Video Games", "Speedruns"): [
        "A speedrun in nine minutes",
        "Glitches explained",
        "World record attempt",
        "Speedrun marathon tonight",
    ],
}


def items() -> list[Item]:
    """Posts by what they are about."""
    return [
        Item(item_id=f"{place[1].lower()}-{number}", title=title, categories=(place,), domain="social")
        for place, titles in POSTS.items()
        for number, title in enumerate(titles)
    ]


def did(user: str, kind: str, item: str, days_ago: float) -> Event:
    """Something somebody did."""
    return Event(user_id=user, type=kind, item_id=item, at=NOW - timedelta(days=days_ago))


def main() -> None:
    """Dan follows bakers, Eve runs; Finn is new, knows both, and then speaks for himself."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), llm={"provider": "none"})
        agent = InterestAgent.open(settings, clock=FixedClock(NOW))
        agent.add_items(items())
        agent.observe([did("dan", kind, f"baking-{n}", 9 - n) for n, kind in enumerate(["like", "share", "follow"])])
        agent.observe([did("dan", "like", f"jazz-{n}", 5 - n) for n in range(2)])
        agent.observe([did("eve", kind, f"running-{n}", 8 - n) for n, kind in enumerate(["like", "follow", "save"])])
        agent.update()

        newcomer = agent.onboard("finn", friends=["dan", "eve"], attributes={"city": "Lyon"})
        print(
            "Lent by friends:",
            ", ".join(f"{interest.label} {interest.strength:.0%}" for interest in newcomer.interests),
        )
        print("A first feed:", "; ".join(row.title for row in agent.recommend("finn", k=3).items))

        agent.observe(
            [
                Event(
                    user_id="finn",
                    type="message",
                    text="I love jazz, but I can't stand running",
                    at=NOW - timedelta(hours=5),
                ),
                did("finn", "like", "jazz-2", 0.2),
                did("finn", "share", "jazz-3", 0.1),
                did("finn", "hide", "running-3", 0.1),
                did("finn", "view", "speedruns-0", 0.05),
                did("finn", "view", "speedruns-1", 0.04),
            ]
        )
        agent.update("finn")
        agent.edit("finn", "mute", "Speedruns")
        for topic in agent.profile("finn").interests:
            print(f"{topic.label}: {topic.polarity}, {topic.status}, {topic.source}, {topic.strength:.0%}")
        feed = agent.recommend("finn", k=3)
        for row in feed.items:
            print(f"{row.rank}. {row.title}: {row.explanation.text}")

        context = agent.context("finn", budget=80)
        print(f"For the assistant ({context.tokens} tokens):\n{context.text}")
        print("中文：", agent.recommend("finn", k=1, lang="zh").items[0].explanation.text)
        agent.revoke("eve", "profile")
        print("Withheld since Eve revoked:", agent.observe([did("eve", "like", "running-3", 0)]).withheld)
        print("Left of Finn after erasure:", agent.erase("finn").residue)


if __name__ == "__main__":
    main()
