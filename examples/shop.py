"""A gift shop: clean behaviour, build, update, recommend, explain, hear how it was taken.

    python examples/shop.py

Everything is made up here and kept in a temporary folder; no language model is needed.
"""

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from penchant import Event, InterestAgent, Item, Settings
from penchant.store.clock import FixedClock

SPRING, SUMMER = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
SHELVES = {
    ("Kitchen", "Tea"): [
        "Red tea pot",
        "Blue tea cup",
        "Tea strainer",
        "Green tea tin",
        "Porcelain tea set",
        "Tea cosy",
    ],
    ("Kitchen", "Baking"): ["Cake tin", "Rolling pin", "Pie dish", "Cookie cutters", "Pastry brush", "Flour sieve"],
    ("Garden", "Tools"): ["Hand trowel", "Garden fork", "Pruning shears", "Watering can", "Garden gloves", "Seed tray"],
    ("Garden", "Plants"): ["Lavender seeds", "Tomato seeds", "Herb pot", "Rose bush", "Bird feeder", "Plant labels"],
    ("Living", "Candles"): ["Scented candle", "Tea-light holder", "Glass lantern", "Candle snuffer", "Beeswax candle"],
}


def items() -> list[Item]:
    """The catalogue: a title and its place in the shop are enough."""
    return [
        Item(item_id=title.lower().replace(" ", "-"), title=title, categories=(shelf,), domain="shop")
        for shelf, titles in SHELVES.items()
        for title in titles
    ]


def crowd(stock: list[Item]) -> list[Event]:
    """Thirty other customers, each with a favourite shelf: what shoppers have in common is learnt from them."""
    draw = random.Random(7)
    events = []
    for number in range(30):
        favourite = draw.choice(list(SHELVES))
        for _ in range(6):
            item = draw.choice([product for product in stock if product.categories[0] == favourite])
            at = SPRING - timedelta(days=draw.uniform(1, 60))
            events.append(Event(user_id=f"customer-{number}", type="purchase", item_id=item.item_id, at=at))
    return events


def did(kind: str, item: str, at: datetime) -> Event:
    """Something Ada did."""
    return Event(user_id="ada", type=kind, item_id=item, at=at)


def main() -> None:
    """Ada through a spring of tea and a summer of gardening."""
    with tempfile.TemporaryDirectory() as home:
        clock = FixedClock(SPRING)
        agent = InterestAgent.open(Settings(home=Path(home), llm={"provider": "none"}), clock=clock)
        agent.add_items(items())
        agent.observe(crowd(items()))

        tea = [
            did("view", "red-tea-pot", SPRING - timedelta(days=9)),
            did("purchase", "red-tea-pot", SPRING - timedelta(days=8)),
        ]
        tea += [
            did("purchase", "tea-strainer", SPRING - timedelta(days=7)),
            did("purchase", "blue-tea-cup", SPRING - timedelta(days=5)),
        ]
        print("Written down:", agent.observe([*tea, tea[0]]))  # sent twice, counted once
        agent.update()
        show(agent, "In spring")

        clock.moment = SUMMER
        beds = ["hand-trowel", "pruning-shears", "lavender-seeds", "tomato-seeds", "garden-fork"]
        agent.observe([did("purchase", bed, SUMMER - timedelta(days=9 - place)) for place, bed in enumerate(beds)])
        agent.update("ada")
        show(agent, "In summer")

        listing = agent.recommend("ada", k=5)
        for row in listing.items:
            print(f"{row.rank}. {row.title}: {row.explanation.text}")
        first, last = listing.items[0], listing.items[-1]
        agent.feedback("ada", first.item_id, "liked", listing.recommendation_id)
        agent.feedback("ada", last.item_id, "disliked", listing.recommendation_id)
        agent.update("ada")
        again = agent.recommend("ada", k=40)
        print(f"{last.title} was disliked; listed again: {last.item_id in {row.item_id for row in again.items}}")
        print("Why not the red tea pot?", *agent.explain("ada", "red-tea-pot").why_not)
        rate = agent.stats().recommendations.satisfaction
        print(f"Satisfied with {rate.count} of {rate.total} judged items (95 % between {rate.low} and {rate.high})")


def show(agent: InterestAgent, when: str) -> None:
    """The topics of Ada's tree, strongest first."""
    topics = agent.profile("ada").interests
    print(f"{when}:", ", ".join(f"{topic.label} {topic.strength:.0%}" for topic in topics))


if __name__ == "__main__":
    main()
