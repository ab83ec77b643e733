"""A course site: a declared goal, how long a lesson held, ratings, and an answer to "why not this one?".

    python examples/education.py

Everything is made up here and kept in a temporary folder; no language model is needed.
"""

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.clock import FixedClock

TERM = datetime(2026, 9, 1, tzinfo=UTC)
COURSES = {
    ("Technology & Computing", "Programming"): [
        "Python basics",
        "Python for data",
        "Web services in Python",
        "Testing software",
    ],
    ("Science", "Mathematics"): ["Linear algebra", "Probability", "Calculus in pictures", "Statistics for data"],
    ("Arts & Culture", "Drawing"): [
        "Drawing portraits",
        "Perspective drawing",
        "Watercolour landscapes",
        "Life drawing",
    ],
    ("Business & Finance", "Accounting"): [
        "Bookkeeping",
        "Reading a balance sheet",
        "Cost accounting",
        "Taxes for freelancers",
    ],
}


def items() -> list[Item]:
    """Courses with their level."""
    levels = ["beginner", "intermediate", "intermediate", "advanced"]
    return [
        Item(
            item_id=title.lower().replace(" ", "-"), title=title, categories=(place,), domain="education",
            attributes={"level": levels[number]}, description=f"A course of {4 + number} weeks: {title.lower()}, step by step.",
        )
        for place, titles in COURSES.items()
        for number, title in enumerate(titles)
    ]  # fmt: skip


def classmates(stock: list[Item]) -> list[Event]:
    """Twenty-five learners: whoever programs also takes mathematics."""
    draw = random.Random(5)
    together = [
        [("Technology & Computing", "Programming"), ("Science", "Mathematics")],
        [("Arts & Culture", "Drawing")],
    ]
    together.append([("Business & Finance", "Accounting")])
    events = []
    for number in range(25):
        places = draw.choice(together)
        for item in draw.sample([course for course in stock if course.categories[0] in places], 4):
            at = TERM - timedelta(days=draw.uniform(1, 90))
            events.append(Event(user_id=f"learner-{number}", type="save", item_id=item.item_id, at=at))
    return events


def main() -> None:
    """Gia wants to work with data, tries a few lessons, and asks why."""
    with tempfile.TemporaryDirectory() as home:
        clock = FixedClock(TERM)
        agent = InterestAgent.open(Settings(home=Path(home), llm={"provider": "none"}), clock=clock)
        agent.add_items(items())
        agent.observe(classmates(items()))
        agent.update()

        goal = agent.onboard("gia", interests=["data analysis with Python"])
        print("Declared:", "; ".join(" > ".join(node.path) for node in goal.walk() if node.source == "stated"))
        print("Before the first lesson:", "; ".join(row.title for row in agent.recommend("gia", k=3).items))

        clock.moment = TERM + timedelta(days=21)
        lessons = [("python-basics", "dwell", 2700), ("python-basics", "rating", 5), ("probability", "dwell", 1500)]
        lessons += [("probability", "rating", 4), ("bookkeeping", "dwell", 20), ("bookkeeping", "rating", 1)]
        agent.observe(
            [
                Event(user_id="gia", type=kind, item_id=course, value=value, at=TERM + timedelta(days=2 + 3 * number))
                for number, (course, kind, value) in enumerate(lessons)
            ]
        )
        agent.update("gia")
        for topic in agent.profile("gia").interests:
            print(f"{topic.label}: {topic.polarity}, {topic.strength:.0%}, confidence {topic.confidence:.2f}")
        listing = agent.recommend("gia", k=4)
        for row in listing.items:
            parts = ", ".join(f"{part.signal} {part.value:+.2f}" for part in row.contributions[:3])
            print(f"{row.rank}. {row.title} ({parts}): {row.explanation.text}")
        for course in ("cost-accounting", "python-basics"):
            account = agent.explain("gia", course)
            print(
                f"{account.title}:",
                *(account.why_not or [f"number {account.rank}, with a score of {account.score:.2f}"]),
            )


if __name__ == "__main__":
    main()
