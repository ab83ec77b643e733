"""Make the bundled sample from Online Retail (Chen, 2015; CC BY 4.0): `python scripts/make_sample.py FOLDER`.

FOLDER has the whole data set as `items.jsonl.gz` and `events.jsonl.gz`. The same folder gives the same bytes. Nobody
is selected by hand: customers are selected by length and variety of their history, the customer of the demo by how
much of the tree changes between the seasons and how well it agrees with the titles behind it, both computed by the
engine.
"""

import gzip
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from penchant import InterestAgent, Profile, Settings
from penchant.agent.taxonomy.placement import Placement
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.minilm import MiniLm

Row = dict[str, Any]
SAMPLE = Path(__file__).parent.parent / "src" / "penchant" / "data" / "sample"
SPRING = datetime(2011, 5, 1, tzinfo=UTC)
AUTUMN = datetime(2011, 9, 1, tzinfo=UTC)
CHRISTMAS = datetime(2011, 12, 10, tzinfo=UTC)
"""The midnight after the last day of the data."""

CUSTOMERS = 60
EVENTS = range(150, 801)
MONTHS = 8
EACH_SEASON = 60
"""The minimum of events before spring, and of events from autumn on: enough to tell a change from chance."""
TOPICS = 5
NOTABLE = 0.04
"""A tree worth showing has at least `TOPICS` topics of at least this strength."""


def read(path: Path) -> list[Row]:
    """Return the objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write gzipped JSON Lines without time stamp and name, so that the same rows give the same bytes."""
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode("utf-8"))


def at(event: Row) -> datetime:
    """Return the time of an event."""
    return datetime.fromisoformat(event["at"])


def histories(events: Iterable[Row]) -> dict[str, list[Row]]:
    """Return events by customer."""
    found: dict[str, list[Row]] = defaultdict(list)
    for event in events:
        found[event["user_id"]].append(event)
    return found


def is_long(history: Sequence[Row]) -> bool:
    """Return whether a history lasts for months, has enough events in both seasons, and is short enough for a person to
    follow.
    """
    months = {event["at"][:7] for event in history}
    before, after = sum(at(event) < SPRING for event in history), sum(at(event) >= AUTUMN for event in history)
    return len(history) in EVENTS and len(months) >= MONTHS and min(before, after) >= EACH_SEASON


def topics_of(items: Sequence[Row]) -> dict[str, str]:
    """Return each item's topic in the built-in vocabulary."""
    embedder = MiniLm()
    placed = Placement(Vocabulary.load(), embedder).topics(embedder.embed([item["title"] for item in items]), k=1)
    return {item["item_id"]: best.topic_id for item, [best] in zip(items, placed, strict=True)}


def pick_customers(events: Sequence[Row]) -> list[str]:
    """Return the customers with the most different items among the long histories, by id."""
    varied = {
        user: len({event["item_id"] for event in history})
        for user, history in histories(events).items()
        if is_long(history)
    }
    return sorted(sorted(varied, key=lambda user: (-varied[user], user))[:CUSTOMERS])


def pick_story(users: Sequence[str], item_of: Mapping[str, str], topics: Mapping[str, str]) -> str:
    """Return the customer of the demo, read by rules alone: most change between spring and Christmas, times agreement
    with what was bought.

    Agreement is squared: a tree that misreads its customer is worse to show than one that changes a little less.
    """
    with tempfile.TemporaryDirectory() as home:
        agent = InterestAgent.open(Settings.load(home=Path(home), llm={"provider": "none"}))
        agent.import_items(SAMPLE / "items.jsonl.gz")
        agent.import_events(SAMPLE / "events.jsonl.gz")
        chosen = []
        for moment in (SPRING, CHRISTMAS):
            agent.update(*users, at=moment)
            chosen.append({user: agent.profile(user, at=moment) for user in users})
    spring, christmas = chosen
    scores = {}
    for user in users:
        moved = change(spring[user], christmas[user])
        agreed = min(agreement(tree[user], item_of, topics) for tree in chosen)
        scores[user] = moved * agreed**2
        print(f"  customer {user}: {moved:.3f} of the tree moved, {agreed:.3f} agrees with the titles", file=sys.stderr)
    return max(users, key=lambda user: (scores[user], user))


def change(before: Profile, after: Profile) -> float:
    """Return the share of strength that moved between topics (total variation, 0–1); 0 for a tree too bare to show."""
    was, now = ({node.label: node.strength for node in profile.interests} for profile in (before, after))
    if min(sum(strength >= NOTABLE for strength in tree.values()) for tree in (was, now)) < TOPICS:
        return 0.0
    return sum(abs(now.get(label, 0.0) - was.get(label, 0.0)) for label in {**was, **now}) / 2


def agreement(profile: Profile, item_of: Mapping[str, str], topics: Mapping[str, str]) -> float:
    """Return the share of strength (0–1) whose evidence stands under the topic of its own title."""
    vocabulary, agreed = Vocabulary.load(), 0.0
    for leaf in (node for node in profile.walk() if not node.children and node.evidence):
        topic = vocabulary.find(leaf.path[0])
        same = sum(topic is not None and topics[item_of[event]] == topic.id for event in leaf.evidence)
        agreed += leaf.strength * same / len(leaf.evidence)
    return agreed


def main(folder: Path) -> None:
    """Write items, events and plot."""
    items, events = read(folder / "items.jsonl.gz"), read(folder / "events.jsonl.gz")
    users = pick_customers(events)
    chosen = [event for event in events if event["user_id"] in set(users)]
    touched = {event["item_id"] for event in chosen}
    SAMPLE.mkdir(parents=True, exist_ok=True)
    write(SAMPLE / "items.jsonl.gz", (item for item in items if item["item_id"] in touched))
    write(SAMPLE / "events.jsonl.gz", sorted(chosen, key=lambda event: (event["at"], event["event_id"])))
    item_of = {event["event_id"]: event["item_id"] for event in chosen}
    plot = {
        "customer": pick_story(users, item_of, topics_of(items)),
        "spring": SPRING.isoformat(),
        "christmas": CHRISTMAS.isoformat(),
    }
    (SAMPLE / "sample.json").write_text(json.dumps(plot, indent=2) + "\n", encoding="utf-8")
    size = sum(file.stat().st_size for file in SAMPLE.iterdir())
    print(f"{len(users)} customers, {len(chosen):,} events, {len(touched):,} items, {size:,} bytes; {plot}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} FOLDER (with items.jsonl.gz and events.jsonl.gz of Online Retail)")
    main(Path(sys.argv[1]))
