"""How long a list takes, beside a plain Chroma query and brute-force numpy: python benchmarks/recommend.py [--full]

One table per catalogue size: python benchmarks/recommend.py [--full]
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings

from penchant.agent.interest.live import LiveEvidence, LiveInterests
from penchant.agent.recommend.behaviour import Behaviour, Evidence, ItemSpace
from penchant.agent.recommend.models import ItemModels, Moment
from penchant.agent.recommend.ranker import rank
from penchant.agent.recommend.retrieve import gather
from penchant.agent.recommend.signals import User
from penchant.agent.recommend.tuned import Tuned

DIMENSIONS, CLUSTERS, INTERESTS, EVENTS, USERS = 384, 200, 20, 200, 1_000
NOW = 1_780_000_000.0
WORDS = [f"{a}{b}" for a in ("red", "blue", "tea", "lamp", "toy") for b in ("pot", "box", "shade", "set", "bag", "tin")]


def main() -> None:
    """Print one table per catalogue size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true", help="10,000, 100,000 and 1,000,000 items")
    parser.add_argument("--runs", type=int, default=100)
    options = parser.parse_args()
    sizes = (10_000, 100_000, 1_000_000) if options.full else (10_000, 100_000)
    base: float | None = None
    for size in sizes:
        base = measure(size, options.runs, base)


def measure(size: int, runs: int, base: float | None) -> float:
    """One catalogue; returns the median of `recommend`."""
    random = np.random.default_rng(0)
    space, clusters = catalogue(size, random)
    behaviour = made(size, clusters, random)
    started = time.perf_counter()
    models = ItemModels.fit(space, behaviour)
    fitted = time.perf_counter() - started
    moment = Moment.of(models, NOW)
    users = [person(space, behaviour, user) for user in range(20)]
    with tempfile.TemporaryDirectory() as folder:
        collection = index(folder, space)
        search = searcher(collection)
        tuned = Tuned()

        def recommend(run: int) -> Any:
            user = users[run % len(users)]
            open_items = np.ones(size, bool)
            open_items[user.evidence.items] = False
            pool = gather(models, moment, user, open_items, search)
            return rank(models, moment, user, pool, beta=tuned.beta, rules=tuned.rules, k=10).listed()

        timings = {
            "recommend": clock(recommend, runs),
            "plain Chroma, 20 vectors": clock(lambda run: search(users[run % 20].live.vectors, 50), runs),
            "plain Chroma, 1 vector": clock(lambda run: search(users[run % 20].live.vectors[:1], 50), runs),
            "brute-force numpy, 20 vectors": clock(lambda run: brute(space, users[run % 20]), min(runs, 30)),
        }
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{size:,} items, {len(behaviour):,} events (models fitted in {fitted:.1f} s; peak memory {memory:,.0f} MB)"
    )
    ours = timings["recommend"][0]
    for name, (middle, high) in timings.items():
        print(f"  {name:32s} p50 {middle:8.2f} ms   p95 {high:8.2f} ms   {middle / ours:6.2f} x recommend")
    if base is not None:
        print(f"  growth from the smallest catalogue: {ours / base:.2f} x")
    return base or ours


def catalogue(size: int, random: np.random.Generator) -> tuple[ItemSpace, Any]:
    """Clustered unit vectors with titles of three words."""
    centres = random.normal(size=(CLUSTERS, DIMENSIONS))
    clusters = random.integers(CLUSTERS, size=size)
    vectors = np.empty((size, DIMENSIONS), np.float32)
    for start in range(0, size, 50_000):
        part = clusters[start : start + 50_000]
        rows = centres[part] + 0.8 * random.normal(size=(len(part), DIMENSIONS))
        vectors[start : start + 50_000] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    titles = tuple(" ".join(random.choice(WORDS, 3)) for _ in range(size))
    return ItemSpace(tuple(f"i{row}" for row in range(size)), vectors, (None,) * size, None, titles), clusters


def made(size: int, clusters: Any, random: np.random.Generator) -> Behaviour:
    """`EVENTS` events of each user in `INTERESTS` clusters, over a year."""
    order = np.argsort(clusters, kind="stable")
    bounds = np.searchsorted(clusters[order], np.arange(CLUSTERS + 1))
    users = np.repeat(np.arange(USERS), EVENTS)
    liked = np.stack([random.choice(CLUSTERS, INTERESTS, replace=False) for _ in range(USERS)])
    chosen = liked[users, random.integers(INTERESTS, size=len(users))]
    items = order[bounds[chosen] + (random.random(len(users)) * (bounds[chosen + 1] - bounds[chosen])).astype(int)]
    at = NOW - np.sort(random.uniform(0, 365 * 86_400, len(users)))[::-1]
    shuffled = random.permutation(len(users))
    return Behaviour(USERS, size, users[shuffled], items[shuffled], at, np.ones(len(users)))


def person(space: ItemSpace, behaviour: Behaviour, user: int) -> User:
    """A user whose interests are the groups of what they took."""
    rows = np.flatnonzero(behaviour.users == user)[::-1]
    items = behaviour.items[rows]
    leaves = np.arange(len(rows)) % INTERESTS
    vectors = np.stack([space.vectors[items[leaves == leaf]].mean(0) for leaf in range(INTERESTS)])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    moment = datetime.fromtimestamp(NOW, UTC)
    ids = [f"e{row}" for row in rows]
    p = np.sort(np.random.default_rng(user).dirichlet(np.ones(INTERESTS)))[::-1]
    live = LiveInterests(
        user_id=f"u{user}", version=1, as_of=moment,
        ids=tuple(f"n{leaf}" for leaf in range(INTERESTS)),
        labels=tuple(f"interest {leaf}" for leaf in range(INTERESTS)),
        paths=tuple((f"topic {leaf % 5}", f"interest {leaf}") for leaf in range(INTERESTS)),
        vectors=vectors.astype(np.float32), p=p, liking=np.ones(INTERESTS),
        muted=np.zeros(INTERESTS, bool), pinned=np.zeros(INTERESTS, bool), stated=np.zeros(INTERESTS, bool),
        evidence=tuple(
            tuple(LiveEvidence(ids[row], None, moment, 1.0) for row in np.flatnonzero(leaves == leaf))
            for leaf in range(INTERESTS)
        ),
    )  # fmt: skip
    return User(Evidence.of(live, ids, items=items, at=behaviour.at[rows], weights=np.ones(len(rows))), live, NOW)


def index(folder: str, space: ItemSpace) -> Any:
    """The vectors in an embedded Chroma collection."""
    client = chromadb.PersistentClient(folder, Settings(anonymized_telemetry=False))
    collection = client.create_collection("items", embedding_function=None, metadata={"hnsw:space": "cosine"})
    for start in range(0, len(space), 5_000):
        collection.add(ids=list(space.ids[start : start + 5_000]), embeddings=space.vectors[start : start + 5_000])
    return collection


def searcher(collection: Any) -> Callable[[Any, int], list[Any]]:
    """One query call for all vectors."""

    def search(vectors: Any, limit: int) -> list[Any]:
        found = collection.query(query_embeddings=vectors, n_results=limit, include=["distances"])
        return [np.fromiter((int(name[1:]) for name in near), np.int64) for near in found["ids"]]

    return search


def brute(space: ItemSpace, user: User) -> Any:
    """Every similarity, then the best 50 of each."""
    return np.argpartition(-(user.live.vectors @ space.vectors.T), 50, axis=1)[:, :50]


def clock(call: Callable[[int], Any], runs: int) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds, after a warm-up."""
    for run in range(5):
        call(run)
    taken = []
    for run in range(runs):
        started = time.perf_counter()
        call(run)
        taken.append(1_000 * (time.perf_counter() - started))
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95))


if __name__ == "__main__":
    main()
