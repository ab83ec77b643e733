"""Generate data sets for `penchant eval`, always the same ones: `python benchmarks/datasets.py KIND FOLDER [--from
SOURCE]`.

`news`     a simulated news site: items published all day, read for hours; titles reveal only part of what readers of
a story like
`sparse`   a simulated shop of 17,000 games and 50,000 customers with nine purchases each, and 20 candidates for 2,000
of them
`nines`    a real data set (`--from`) with every history cut into visitors with nine events, and 20 candidates for
2,000 of them

Simulated data show that a model finds the structure that was put in, and what it costs; they say nothing about real
people.
"""

import argparse
import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DAY = 86_400.0
START = 1_767_225_600.0
CANDIDATES = 19
ASKED = 2_000
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "qui",
    "ro",
    "su",
    "ta",
    "ve",
    "wi",
    "xo",
    "zy",
    "bra",
    "cle",
    "dri",
    "flo",
    "gru",
]
TOPICS = {
    "Politics": "parliament election minister vote law reform party debate budget treaty",
    "Business": "shares market profit merger bank inflation trade exports startup wages",
    "Sports": "final striker coach league medal transfer stadium record injury champion",
    "Technology": "chip software robot app network battery browser satellite privacy update",
    "Health": "vaccine hospital study doctors diet virus surgery sleep therapy patients",
    "Science": "telescope fossil planet climate genome physics experiment ocean species laser",
    "Culture": "festival novel painting museum theatre orchestra poet exhibition director sculpture",
    "Film": "actor premiere sequel trailer series screenplay studio comedy thriller award",
    "Travel": "airline hotel island railway border tourists beach visa mountain cruise",
    "Food": "restaurant recipe chef harvest wine bakery cheese coffee spice menu",
    "Crime": "court police trial fraud verdict robbery prison evidence suspect appeal",
    "Weather": "storm flood heatwave snow drought wind forecast wildfire temperature rain",
}


def main() -> None:
    """Write one data set in the import format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["news", "sparse", "nines"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--from", dest="source", type=Path, help="the data set that `nines` cuts up")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.kind == "news":
        news(given.folder)
    elif given.kind == "sparse":
        sparse(given.folder)
    elif given.source is None:
        parser.error("`nines` needs --from FOLDER with items.jsonl.gz and events.jsonl.gz")
    else:
        nines(given.source, given.folder)


def news(folder: Path, days: int = 12, per_day: int = 300, users: int = 1_500, seed: int = 5) -> None:
    """Write the clicks of `users` readers over `days`: attention halves within hours, and readers differ by topic and by
    story.
    """
    random = np.random.default_rng(seed)
    born = np.sort(START + DAY * _daytime(random, random.uniform(0, days, days * per_day)))
    n, topics = len(born), list(TOPICS)
    stories = days * 12
    story_topic, story_start = random.integers(len(topics), size=stories), random.uniform(-2, days, stories)
    story_taste = random.normal(size=(stories, 8))
    story_words = [_word(random) for _ in range(stories)]
    story = np.full(n, -1)
    for item in range(n):
        age = (born[item] - START) / DAY - story_start
        running = np.flatnonzero((age >= 0) & (age < 3))
        if len(running) and random.random() < 0.7:
            story[item] = random.choice(running)
    topic = np.where(story >= 0, story_topic[story], random.integers(len(topics), size=n))
    taste = np.where((story >= 0)[:, None], story_taste[story], 0.0) + 0.6 * random.normal(size=(n, 8))
    titles = [
        _headline(random, topics[topic[item]], story_words[story[item]] if story[item] >= 0 else None)
        for item in range(n)
    ]
    appeal, half_life = random.normal(0, 0.8, n), 3600 * np.exp(random.normal(np.log(5.0), 0.5, n))
    likes_topic, likes_taste = random.normal(0, 1.0, (users, len(topics))), random.normal(0, 0.9, (users, 8))
    activity = random.exponential(size=users)
    sessions = random.poisson(days * activity)
    events = []
    for user in range(users):
        for start in START + DAY * _daytime(random, random.uniform(0.5, days, sessions[user])):
            at, read = start, set[int]()
            live = np.flatnonzero((born < start) & (born > start - 2 * DAY))
            if not len(live):
                continue
            pull = appeal[live] + likes_topic[user, topic[live]] + taste[live] @ likes_taste[user] / 2
            pull = pull - np.log(2) * (start - born[live]) / half_life[live]
            for _ in range(1 + random.poisson(2.0)):
                chosen = int(live[_gumbel(random, pull).argmax()])
                if chosen not in read:
                    events.append(_event(f"u{user}", "click", f"n{chosen}", at))
                read.add(chosen)
                at += float(random.exponential(90.0)) + 5.0
    items = [
        {
            "item_id": f"n{item}",
            "title": titles[item],
            "domain": "news",
            "categories": [[topics[topic[item]]]],
            "created_at": round(float(born[item]), 3),
        }
        for item in range(n)
    ]
    _write(folder, items, events)


GAME_GENRES = (
    *("racing", "puzzle", "strategy", "shooter", "adventure", "football"),
    *("role-playing", "platform", "music", "fighting", "simulation", "quiz"),
)


def sparse(folder: Path, n: int = 17_000, users: int = 50_000, each: int = 9, seed: int = 7) -> None:
    """Write purchases by platform, genre and series: new games are bought most, and customers tend to buy the next part
    of a series.
    """
    random = np.random.default_rng(seed)
    platforms = [_word(random).title() for _ in range(40)]
    genres = GAME_GENRES
    launch = random.uniform(-1_500, 2_500, len(platforms))
    series = n // 5
    series_genre, series_taste = random.integers(len(genres), size=series), random.normal(size=(series, 10))
    names = [f"{_word(random).title()} {_word(random)}" for _ in range(series)]
    of = random.integers(series, size=n)
    platform = random.choice(len(platforms), n, p=_zipf(len(platforms)))
    release = np.maximum(launch[platform], 0) + random.exponential(700, n)
    taste = series_taste[of] + 0.4 * random.normal(size=(n, 10))
    appeal = random.gumbel(0, 1.1, n)
    part = np.argsort(np.argsort(release))  # later parts of a series get higher numbers
    by_platform = [np.flatnonzero(platform == number) for number in range(len(platforms))]
    same_series = [np.flatnonzero(of == number) for number in range(series)]
    events = []
    for user in range(users):
        likes_genre, likes_taste = random.normal(0, 1.0, len(genres)), random.normal(0, 1.0, 10)
        owned = list(random.choice(len(platforms), 2, p=_zipf(len(platforms))))
        day = float(random.uniform(200, 3_000))
        had: list[int] = []
        for _ in range(each):
            day += float(random.exponential(60.0))
            if random.random() < 0.05:
                owned.append(int(random.choice(len(platforms), p=_zipf(len(platforms)))))
            machine = owned[-1] if random.random() < 0.7 else owned[-2]
            open_items = by_platform[machine]
            if had and random.random() < 0.25:
                open_items = same_series[of[had[-1]]]
            open_items = random.choice(open_items, min(len(open_items), 150), replace=False)
            age = np.maximum(day - release[open_items], 0.0)
            pull = (
                appeal[open_items] + likes_genre[series_genre[of[open_items]]] + 0.6 * taste[open_items] @ likes_taste
            )
            pull = pull - age / 500.0 - 50.0 * (release[open_items] > day) - 50.0 * np.isin(open_items, had)
            chosen = int(open_items[_gumbel(random, pull).argmax()])
            had.append(chosen)
            events.append(_event(f"u{user}", "purchase", f"g{chosen}", START + day * DAY))
    items: list[dict[str, Any]] = [
        {
            "item_id": f"g{item}",
            "title": f"{names[of[item]]} {1 + int((part[same_series[of[item]]] < part[item]).sum())} ({platforms[platform[item]]})",
            "domain": "games",
            "categories": [["Games", genres[series_genre[of[item]]].title()]],
        }
        for item in range(n)
    ]
    _write(folder, items, events)
    _candidates(folder, events, [row["item_id"] for row in items], random)


def nines(source: Path, folder: Path, each: int = 9) -> None:
    """Cut every user's events, in order, into visitors with `each` consecutive ones; the rest at the end is dropped."""
    items, rows = (_read(source / f"{name}.jsonl.gz") for name in ("items", "events"))
    known = {item["item_id"] for item in items}
    histories: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (row["at"], row.get("event_id", ""))):
        if row.get("item_id") in known and row["type"] != "return":
            histories.setdefault(row["user_id"], []).append(row)
    events = []
    for user, history in histories.items():
        for visitor in range(len(history) // each):
            part = history[visitor * each : (visitor + 1) * each]
            events += [
                row | {"user_id": f"{user}-{visitor}", "event_id": f"{user}-{visitor}-{i}"}
                for i, row in enumerate(part)
            ]
    _write(folder, items, events)
    _candidates(folder, events, sorted(known), np.random.default_rng(3))


def _candidates(folder: Path, events: list[dict[str, Any]], ids: list[str], random: np.random.Generator) -> None:
    """Write for `ASKED` users items that they never touched: lines `user_id<TAB>item item …`."""
    had: dict[str, set[str]] = {}
    for row in events:
        had.setdefault(row["user_id"], set()).add(row["item_id"])
    asked = random.choice(sorted(had), min(ASKED, len(had)), replace=False)
    with (folder / "candidates.txt").open("w", encoding="utf-8") as file:
        for user in asked:
            others = [item for item in random.choice(ids, 3 * CANDIDATES, replace=False) if item not in had[user]]
            file.write(f"{user}\t{' '.join(others[:CANDIDATES])}\n")


def _daytime(random: np.random.Generator, days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return times (in days) moved towards the middle of their day."""
    whole = np.floor(days)
    return np.asarray(whole + np.clip(0.58 + 0.2 * random.normal(size=len(days)), 0.0, 0.999))


def _gumbel(random: np.random.Generator, logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `logits` with Gumbel noise; the index of the largest is a sample from their softmax."""
    return np.asarray(logits + random.gumbel(size=len(logits)))


def _headline(random: np.random.Generator, topic: str, name: str | None) -> str:
    words = random.choice(TOPICS[topic].split(), 3, replace=False).tolist()
    if name is not None and random.random() < 0.5:
        words.insert(0, name.title())
    return " ".join(words).capitalize()


def _word(random: np.random.Generator) -> str:
    return "".join(random.choice(SYLLABLES, 3))


def _zipf(n: int) -> NDArray[np.float64]:
    weights = 1.0 / np.arange(1, n + 1)
    return np.asarray(weights / weights.sum())


def _event(user: str, kind: str, item: str, at: float) -> dict[str, Any]:
    return {"user_id": user, "type": kind, "item_id": item, "at": round(at, 3)}


def _read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _write(folder: Path, items: Iterable[dict[str, Any]], events: list[dict[str, Any]]) -> None:
    for name, rows in (("items", items), ("events", sorted(events, key=lambda row: str(row["at"])))):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(f"{folder}: {len(events):,} events")


if __name__ == "__main__":
    main()
