"""Measure lists in a real installation, beside a plain Chroma query and brute-force numpy: python
benchmarks/recommend.py

Ledger, profiles, Chroma and models are the product's own, on disk; only items and events are generated. `recommend`
is the whole call, from reading the profile to the reasons, without a language model. Each call of the first row is
for another user, of whom nothing is cached yet; the next two rows repeat the users with nothing changed, and with one
more purchase. Each catalogue is filled in one process and measured in another, so that the reported memory is that of
an installation that only answers. The last rows use a filter, and hide 30 % of the catalogue. The garbage collector
is set as in Penchant's servers.
"""

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.recommend.candidates import MAX_INTERESTS
from penchant.settings import LlmSettings, Settings
from penchant.store.clock import FixedClock
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.tools.serving import collect_garbage_rarely

DIMENSIONS, CLUSTERS, LIKED, EVENTS, USERS = 384, 200, 34, 200, 1_000
"""Of the 34 clusters that a user buys from, some 20 become interests; the others have too few events."""
WARM = 20
PRICES, HIDDEN = 100, 0.3
"""How many prices there are, each of one item in a hundred; the share of items that are hidden at the end."""
NOW = datetime(2026, 6, 1, tzinfo=UTC)
WORDS = [f"{a}{b}" for a in ("red", "blue", "tea", "lamp", "toy") for b in ("pot", "box", "shade", "set", "bag", "tin")]
Rows = NDArray[np.float32]


def main() -> None:
    """Print one table per catalogue size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000, 100,000 and 1,000,000 items")
    parser.add_argument("--sizes", type=int, nargs="+", help="other sizes")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--keep", type=Path, help="fill installations in this folder, and use those that are there")
    options = parser.parse_args()
    sizes = options.sizes or ([10_000, 100_000, 1_000_000] if options.full else [10_000, 100_000])
    base: tuple[float, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            home = (options.keep or Path(folder)) / str(size)
            if not (home / "filled.json").exists():
                _alone(fill, home, size, options.runs + WARM)
            figures = _alone(measure, home, size, options.runs)
            show(figures, base)
            base = base or (figures["timings"]["recommend"][0], figures["timings"]["recommend"][2])


def _alone(work: Callable[..., Any], *arguments: Any) -> Any:
    """Run `work` in its own process and return its result."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


class MadeEmbedder:
    """An embedder for generated items: the number in a title gives a vector around one of `CLUSTERS` centres."""

    name, dimensions = "made", DIMENSIONS

    def __init__(self, size: int) -> None:
        random = np.random.default_rng(0)
        self.clusters = random.integers(CLUSTERS, size=size)
        self.centres = random.normal(size=(CLUSTERS, DIMENSIONS)).astype(np.float32)

    def embed(self, texts: Sequence[str]) -> Rows:
        rows = np.stack([self._row(text) for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def _row(self, text: str) -> Rows:
        """Return the vector of a text. Titles of items end in their number; any other text, also a vocabulary text with
        a larger number, gets an independent vector.
        """
        last = text.rsplit(maxsplit=1)[-1]
        number = int(last) if last.isdigit() else len(self.clusters)
        is_item = number < len(self.clusters)
        seed = number if is_item else int.from_bytes(text.encode()[:16].ljust(16), "big")
        noise = np.random.default_rng(seed).standard_normal(DIMENSIONS, np.float32)
        return self.centres[self.clusters[number]] + np.float32(0.8) * noise if is_item else noise

    def embed_query(self, text: str) -> Rows:
        return np.asarray(self.embed([text])[0])


def opened(home: Path, embedder: MadeEmbedder) -> InterestAgent:
    """Open the installation in `home` at the time `NOW`, without a language model."""
    settings = Settings(home=home, llm=LlmSettings(provider="none"))
    return InterestAgent.open(settings, clock=FixedClock(NOW), embedder=embedder)


def fill(home: Path, size: int, asking: int) -> None:
    """Create catalogue, behaviour, models, and the profiles of the `asking` users who will be measured."""
    started = time.perf_counter()
    embedder = MadeEmbedder(size)
    agent, random = opened(home, embedder), np.random.default_rng(1)
    for start in range(0, size, 5_000):
        agent.add_items([_item(number, random) for number in range(start, min(start + 5_000, size))])
    stocked = time.perf_counter()
    agent.observe(behaviour(size, embedder.clusters, random))
    agent.update(*(f"u{user}" for user in range(asking)))
    agent.recommend("u0", llm=False)  # fits and stores the models
    facts = {"stock": stocked - started, "rest": time.perf_counter() - stocked, "asking": asking}
    (home / "filled.json").write_text(json.dumps(facts), "utf-8")


def _item(number: int, random: np.random.Generator) -> Item:
    price = {"price": float(random.integers(PRICES))}
    return Item(item_id=f"i{number}", title=f"{' '.join(random.choice(WORDS, 3))} {number}", attributes=price)


def behaviour(size: int, clusters: Any, random: np.random.Generator) -> list[Event]:
    """Return `EVENTS` purchases of each user in `LIKED` clusters, over a year."""
    order = np.argsort(clusters, kind="stable")
    bounds = np.searchsorted(clusters[order], np.arange(CLUSTERS + 1))
    events = []
    for user in range(USERS):
        liked = random.choice(CLUSTERS, LIKED, replace=False)
        chosen = liked[random.integers(LIKED, size=EVENTS)]
        items = order[(bounds[chosen] + random.random(EVENTS) * (bounds[chosen + 1] - bounds[chosen])).astype(int)]
        days = random.uniform(0, 365, EVENTS)
        events += [
            Event(
                user_id=f"u{user}", type="purchase", item_id=f"i{item}", at=NOW - timedelta(days=day), event_id=f"{n}"
            )
            for n, (item, day) in enumerate(zip(items.tolist(), days.tolist(), strict=True))
        ]
    return events


def measure(home: Path, size: int, runs: int) -> dict[str, Any]:
    """Return the timings of a running installation."""
    filled = json.loads((home / "filled.json").read_text("utf-8"))
    runs = min(runs, filled["asking"] - WARM)
    agent = opened(home, MadeEmbedder(size))
    users = [f"u{user}" for user in range(WARM + runs)]
    for user in users[:WARM]:
        agent.recommend(user, llm=False)
    users = users[WARM:]
    collect_garbage_rarely()
    timings = {"recommend": clock(lambda run: agent.recommend(users[run], llm=False), runs)}
    timings["recommend, the same users again"] = clock(lambda run: agent.recommend(users[run], llm=False), runs)
    buy_again(agent, users)
    timings["recommend, after one more purchase"] = clock(lambda run: agent.recommend(users[run], llm=False), runs)
    half, hundredth = [f"attributes.price<{PRICES // 2}"], ["attributes.price<1"]
    timings |= {
        "recommend, where half of the items qualify": clock(
            lambda run: agent.recommend(users[run], llm=False, where=half), runs
        ),
        "recommend, where 1 % qualify": clock(
            lambda run: agent.recommend(users[run], llm=False, where=hundredth), runs
        ),
    }
    answering = peak_memory()
    agent.hide_items([f"i{number}" for number in range(round(HIDDEN * size))])
    agent.recommend(users[0], llm=False, where=half)  # the models adapt to the changed catalogue
    timings |= {
        "recommend, 30 % hidden": clock(lambda run: agent.recommend(users[run], llm=False), runs),
        "recommend, 30 % hidden, where 1 % qualify": clock(
            lambda run: agent.recommend(users[run], llm=False, where=hundredth), runs
        ),
    }
    agent.unhide_items([f"i{number}" for number in range(round(HIDDEN * size))])
    memory = answering, peak_memory()
    catalogue = agent.services.catalogue
    asked = [agent.services.profile_reader.live(user).vectors[:MAX_INTERESTS] for user in users]
    ids, vectors = catalogue.matrix()
    timings |= {
        "plain Chroma, one vector per interest": clock(lambda run: catalogue.search(asked[run], 50), runs),
        "plain Chroma, one vector": clock(lambda run: catalogue.search(asked[run][:1], 50), runs),
        "brute-force numpy, one vector per interest": clock(lambda run: brute(vectors, asked[run]), runs),
    }
    interests = float(np.mean([len(rows) for rows in asked]))
    return {"size": len(ids), "timings": timings, "memory": memory, "interests": interests, "filled": filled}


def peak_memory() -> float:
    """Return the most memory that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def buy_again(agent: InterestAgent, users: Sequence[str]) -> None:
    """Have each user buy their last item again, and update the profiles."""
    last = [agent.services.ledger.item_events(user)[0].item_id for user in users]
    agent.observe([
        Event(user_id=user, type="purchase", item_id=item, at=NOW, event_id=str(time.time_ns()))
        for user, item in zip(users, last, strict=True)
    ])  # fmt: skip
    agent.update(*users)


def brute(vectors: Rows, asked: Rows) -> Any:
    """Return the best 50 of each row by computing every similarity."""
    return np.argpartition(-(asked @ vectors.T), 50, axis=1)[:, :50]


def clock(call: Callable[[int], Any], runs: int) -> tuple[float, float, float]:
    """Return the median and the 95th percentile of wall-clock time and the mean processor time, in milliseconds. Where
    other work keeps the processors busy, the last one is the most reliable.
    """
    taken, worked = [], time.process_time()
    for run in range(runs):
        started = time.perf_counter()
        call(run)
        taken.append(1_000 * (time.perf_counter() - started))
    worked = 1_000 * (time.process_time() - worked) / runs
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95)), worked


def show(figures: dict[str, Any], base: tuple[float, float] | None) -> None:
    """Print one table."""
    ours, _, work = figures["timings"]["recommend"]
    answering, hiding = figures["memory"]
    print(
        f"\n{figures['size']:,} items, {USERS * EVENTS:,} events, {figures['interests']:.0f} interests a user; "
        f"at most {answering:,.0f} MB of memory while it answers, {hiding:,.0f} MB while 30 % are hidden "
        f"(filled in {figures['filled']['stock']:.0f} s, models and profiles in {figures['filled']['rest']:.0f} s)"
    )
    for name, (middle, high, worked) in figures["timings"].items():
        print(
            f"  {name:44s} p50 {middle:8.2f} ms   p95 {high:8.2f} ms   processor {worked:8.2f} ms   {middle / ours:6.2f} x recommend"
        )
    if base is not None:
        print(f"  growth from the smallest catalogue: {ours / base[0]:.2f} x (processor {work / base[1]:.2f} x)")


if __name__ == "__main__":
    main()
